// Sắp xếp đơn vị: bodies are opened, dissolved, merged, split, transferred and renamed by a decision, singly or in bulk; seen before it is done, done in one
// transaction, taken back while nothing depends on it (design 4.1). What an ended body held is handed over with it.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "measures/own_figures.h"
#include "measures/statements.h"
#include "organisation/organisation_store.h"
#include "organisation/posts.h"

namespace khuyenhoc {

using BodyRestructureId = Id<struct BodyRestructureTag>;

struct LegalBasis {
  std::string number;                   // "15/QĐ-HKH"
  Day date;
  std::string issuer;                   // "Hội Khuyến học tỉnh Đắk Lắk"
};

// The n-th body (from 0) that the same restructure opens, before it has a number: usable wherever an act names a superior or a successor.
constexpr BodyId planned(std::size_t n) { return BodyId{-1 - static_cast<std::int64_t>(n)}; }

struct BodyAct {
  enum class Kind : std::int64_t { open = 1, dissolve = 2, merge = 3, split = 4, transfer = 5, rename = 6 };
  Kind kind = Kind::open;
  std::vector<BodyId> bodies;           // dissolve, merge: those that end; split, rename: the one; transfer: those that move
  std::vector<NewBody> opened;          // open: any number; merge: the successor when it is new; split: new parts. Their day is the restructure's.
  std::vector<BodyId> successors;       // merge: the one that goes on; split: those that take a part over; dissolve: who takes the stocks over, if decided
  std::vector<std::pair<BodyId, BodyId>> branches;   // split: which branch goes to which part
  BodyId superior;                      // transfer: the new superior; none: unchanged
  UnitId area;                          // transfer: the new area; none: unchanged
  std::string name, short_name;         // rename
};

struct BodyRestructure {
  Day day;                              // first day of the new state
  std::string title;                    // "Hợp nhất Hội Khuyến học thị trấn Ea Kar và xã Cư Huê"
  LegalBasis basis;
  std::vector<BodyAct> acts;
};

struct RestructureBy {
  UserId user;
  std::int64_t now_ms = 0;
  AuditSink sink;
};

enum class BodyFate : std::int64_t { opened = 1, ended = 2, moved = 3, renamed = 4, succeeded = 5 };
struct FateLine {                       // who becomes what
  BodyFate fate = BodyFate::opened;
  BodyId body;
  BodyId other;                         // moved: the new superior; succeeded: the successor
  std::string name_before, name_after;  // of the body; moved: of the old and the new superior
};

struct Remainder {                      // a level of an ended body that nobody has taken over yet
  BodyId body;
  Series series = 0;
  std::int64_t amount = 0;
};

struct LateRecord {                     // recorded at an ended body, valid on or after its end
  BodyId body;
  Series series = 0;
  Day day;
  std::int64_t amount = 0;
  BodyId goes_to;                       // none: to be decided by minutes
};

struct RestructurePreview {
  struct Total { BodyId body; std::string name; Series series; std::int64_t before, after; };
  struct EndingPost { PostHolding holding; std::string body_name; };
  struct Sight { BodyId body; std::string name; std::int64_t gained, lost, people; };   // bodies that its officers will see more or fewer of
  struct Dependent { BodyId body; std::string name; std::string noun; std::int64_t count; };
  struct Grand { Series series; std::int64_t before, after; };                          // of everything there is
  struct Counts { std::int64_t opened = 0, ended = 0, moved = 0, renamed = 0, totals_changed = 0, totals_kept = 0; };
  Day as_of;                            // totals are those of this day, in the tree of this day
  Counts counts;
  std::vector<Grand> grand;             // every whole indicator that is a level; before and after are equal
  std::vector<FateLine> fates;          // bodies to be opened carry numbers that are given anew when it is done
  // Whole indicators of the bodies concerned and of all above them, those of one body together. In bulk (done_in_bulk) communes and branches show only what
  // changes; how many stay what they are is counted in `counts`.
  std::vector<Total> totals;
  bool done_in_bulk = false;
  std::vector<Remainder> remainders;
  std::vector<LateRecord> late;
  std::vector<EndingPost> posts;
  std::vector<Sight> sights;
  std::vector<Dependent> dependents;    // what other parts keep about the bodies that end, from the day on
};

struct StoredRestructure {
  BodyRestructureId id;
  Day day;
  std::string title;
  LegalBasis basis;
  UserId by;
  std::int64_t applied_ms = 0;
  bool settled = true;
  std::optional<std::int64_t> closed_ms, undone_ms;
};

// Who takes over how much of one series; the parts of one series add up to what is left of it.
struct Allocation {
  Series series = 0;
  BodyId successor;
  std::int64_t amount = 0;
};
struct HandoverMinutes {                // "Biên bản bàn giao"
  std::string number;
  Day date;
};

// What another part of the house keeps about bodies: counted in the preview, and a reason not to take a restructure back.
struct RecordKeeper {
  std::string noun;                     // as people say it: "hồ sơ hội viên"
  std::function<std::int64_t(db::Reader&, BodyId, Day from)> count_from;
};

class Restructures {
 public:
  Restructures(OrganisationStore& organisation, Ledger& ledger, Statements& statements);
  void add_keeper(RecordKeeper keeper);
  // From so many bodies on a restructure is carried out in bulk: the same rows, written together, and one entry in the trail with a digest over them.
  void set_bulk_from(std::size_t bodies) { bulk_from_ = bodies; }

  // Tried in a transaction that is thrown away. Refusals as apply().
  Result<RestructurePreview> preview(const BodyRestructure& restructure, const RestructureBy& by);
  // "restructure.title", "restructure.basis", "restructure.empty", "restructure.planned", "restructure.act", and those of OrganisationChanges.
  Result<BodyRestructureId> apply(const BodyRestructure& restructure, const RestructureBy& by);
  // "restructure.unknown", "restructure.undone", "restructure.depends" with the plain reason.
  Result<void> undo(BodyRestructureId id, const RestructureBy& by);

  // The same inside a transaction of the caller's; settle() must follow after its commit.
  Result<BodyRestructureId> apply(db::Writer& writer, const BodyRestructure& restructure, const RestructureBy& by);
  Result<void> undo(db::Writer& writer, BodyRestructureId id, const RestructureBy& by);
  // Works stated totals out again along the new tree: after an apply or undo, and at start for what a crash left open. Does nothing where nothing is open.
  Result<void> settle(const RestructureBy& by);

  // By minutes: the whole remainder of every series named goes to the successors. `arrival`: what the amounts mean to totals already stated there.
  // "handover.body", "handover.sum", "handover.minutes", "handover.successor", "handover.series"
  Result<void> hand_over(db::Writer& writer, BodyRestructureId id, BodyId old_body, std::span<const Allocation> allocations, const HandoverMinutes& minutes,
                         Arrival arrival, const RestructureBy& by);
  // Gives what was recorded at an ended body after its end to a successor. "handover.body", "handover.successor"
  Result<void> re_home(db::Writer& writer, BodyRestructureId id, BodyId old_body, BodyId successor, const RestructureBy& by);
  // A merged body whose old figures were corrected afterwards: hands the difference over to its only successor.
  Result<void> bring_up_to_date(db::Writer& writer, BodyRestructureId id, const RestructureBy& by);
  // "restructure.remainder" names what is left.
  Result<void> close(db::Writer& writer, BodyRestructureId id, const RestructureBy& by);

  std::vector<Remainder> open_remainders(db::Reader& reader, BodyRestructureId id);
  std::vector<LateRecord> late_records(db::Reader& reader, BodyRestructureId id);
  std::optional<StoredRestructure> find(db::Reader& reader, BodyRestructureId id);
  std::vector<StoredRestructure> list(db::Reader& reader, std::size_t limit);                      // newest first
  std::vector<StoredRestructure> of_body(db::Reader& reader, BodyId body);
  std::vector<FateLine> fates(db::Reader& reader, BodyRestructureId id);

 private:
  friend class RestructureRun;
  Result<void> check_still_as_left(db::Writer& writer, const StoredRestructure& stored, OrganisationChanges& changes);
  std::string name_of(db::Reader& reader, BodyId body) const;
  BodyId only_target(db::Reader& reader, BodyRestructureId id, BodyId body) const;
  std::set<Series> explained_since(db::Reader& reader, const Organisation& organisation, BodyId holder, Day from) const;
  bool in_bulk(const BodyRestructure& restructure) const;
  Result<void> settle_one(db::Writer& writer, const StoredRestructure& stored, const RestructureBy& by);

  OrganisationStore& organisation_;
  Ledger& ledger_;
  Statements& statements_;
  std::vector<RecordKeeper> keepers_;
  std::size_t bulk_from_ = 1'000;
};

}  // namespace khuyenhoc
