// What stated totals leave unexplained: worked out anew from the rows whenever something below or beside a statement changes, and posted as facts (design 4.2).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "measures/statements.h"

namespace khuyenhoc {

// The statements of one body and extent about one series, those taken back included, and whether it took over what others had stated.
struct Holder {
  BodyId body;
  Extent extent = Extent::subtree;
  std::vector<Statement> statements;
  bool taken_over = false;              // at a restructure; or handed over, which is the same with a minus
  FactLayer layer() const { return extent == Extent::own ? FactLayer::own_remainder : FactLayer::remainder; }
  bool holds_nothing() const { return statements.empty() && !taken_over; }
};

// A remainder on its way from one statement to the next: what arrives within takes from it, never below nothing and never back above what there was.
struct RemainderCourse {
  std::int64_t now = 0;
  std::int64_t most = 0;
  std::int64_t take(std::int64_t arrived);             // answers by how much it changed
  void hand(std::int64_t amount) {                     // what is taken over, or handed over, moves both
    now += amount;
    most += amount;
  }
};

// One series inside one transaction (or one snapshot, for what only reads).
//
// A level (stock, reference, yearly): on a statement's day the remainder is max(0, total - what the rest explains). Until the next statement, what arrives
// below within the total takes from it on its own day (a companion), never below nothing and never above what the statement left. So a correction of the past
// leaves the levels of later statements as they are. What a restructure hands over to the holder in its layer is a remainder like one of its own, from the day
// on: the next statement works it out anew, and until then, or where there is none, it shrinks by what arrives within (decision 8).
//
// A flow: the windows of one holder that do not cross count in every period that contains them. A longer one posts only what those inside it leave, on its
// last day that no shorter one covers. A window that crosses another of lower rank (periods.h) answers only for itself: its remainder stays out of the cube,
// and so do, for exactly that window, the remainders of longer or crossing windows that happen to lie in it.
class Remainders {
 public:
  Remainders(db::Reader& reader, Ledger& ledger, Series series);

  // What the records and the statements below explain of one of the holder's totals.
  std::int64_t explained(const Holder& holder, const Statement& statement);
  // What stands of a level's remainder on the statement's day; nothing of a flow.
  std::int64_t remainder_on(const Holder& holder, const Statement& statement) const;
  // What would stand of earlier statements, and of what was taken over, if this level had not been stated; nothing of a flow.
  std::int64_t remainder_without(const Holder& holder, const Statement& statement);
  // The holder's statements that a change of these days may concern.
  std::vector<const Statement*> concerned(const Holder& holder, Period changed) const;
  // Those in force: of flows the ones that count in the totals, shorter windows before longer ones, then the ones that answer only for themselves.
  std::vector<const Statement*> inner_first(const Holder& holder) const;
  bool answers_only_for_itself(const Holder& holder, const Statement& statement) const;
  // Posts what must change, and answers between which days facts changed; nullopt when none did.
  std::optional<Period> rework(db::Writer& writer, const Holder& holder, Period changed);

 private:
  struct Wanted {
    std::int64_t amount = 0;
    Arrival arrival = Arrival::beyond;
  };
  struct Place {                        // of one fact of a holder
    FactLayer layer = FactLayer::remainder;
    Day day;
    Source source;                      // the statement; of a companion before the first one what was handed over
    Period window{};                    // of a statement; for window remainders the window they answer for
    FactKind kind = FactKind::statement;
    auto operator<=>(const Place&) const = default;
  };
  using Plan = std::map<Place, Wanted>;
  struct HandedOver {                   // on one day
    std::int64_t amount = 0;
    std::int64_t within = 0;            // of that, what is said to lie within the total stated before
    Source source;
  };

  std::int64_t sum(std::span<const BodyId> bodies, Period days) const;
  std::int64_t remainder_sum(const Holder& holder, FactLayer layer, Period days) const;
  std::int64_t listed(const Holder& holder, Period days) const;        // of the region, without the holder's own remainders
  std::vector<BodyId> region(const Holder& holder, Day day) const;
  std::map<Day, std::int64_t> arrivals(const Holder& holder, Period days) const;

  static Source of(const Statement& statement) { return {"statement", statement.id}; }
  Plan plan_levels(const Holder& holder, Day start, std::span<const Fact> standing) const;
  // From after one statement (none: before the first) to before the next.
  void go_on(Plan& plan, const Holder& holder, RemainderCourse& course, Period gap, const std::map<Day, HandedOver>& handed, const Statement* statement) const;
  // Flows: the statements that count in the totals, shorter windows first.
  std::vector<const Statement*> counting(const Holder& holder) const;
  // What explains each of these, by statement; they are all that overlap each other, shorter first.
  std::map<std::int64_t, std::int64_t> explained_counting(const Holder& holder, std::span<const Statement* const> ones) const;
  struct Plans {
    Plan totals, windows;
  };
  Plans plan_counting(const Holder& holder, std::span<const Statement* const> ones) const;
  struct WindowSums {
    std::int64_t all = 0;               // window remainders below, for exactly this window
    std::int64_t taken_off = 0;         // of these, what takes overhanging remainders off (negative)
  };
  WindowSums window_sums(const Holder& holder, std::span<const BodyId> bodies, Period window) const;
  struct Crossing {
    std::int64_t explained = 0;
    std::int64_t overhanging = 0;       // remainders in the window that stand for more than it, and that nobody below has taken off
  };
  Crossing crossing(const Holder& holder, Period window) const;

  std::optional<Period> post(db::Writer& writer, const Holder& holder, const Plan& plan, std::vector<Fact> standing, const std::function<bool(const Fact&)>& concerns);
  std::vector<Fact> live(const Holder& holder, FactLayer layer) const;

  db::Reader& reader_;
  Ledger& ledger_;
  Series series_;
  std::int64_t stored_;
  bool level_;
  LedgerView view_;
};

}  // namespace khuyenhoc
