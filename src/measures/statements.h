// Statements: "the total of my unit is T". What the records below do not explain is a residual, so totals and lists never count twice (design 4.2).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "measures/facts.h"

namespace khuyenhoc {

// What a statement is about: the body with everything below it, or the body's own figures alone (a province's own fund beside those of its communes).
enum class Extent : std::int64_t { subtree = 1, own = 2 };

struct Statement {
  std::int64_t id = 0;
  BodyId body;
  Series series = 0;
  Period period;                        // a level is kept by its day alone: first and last are the last day asked about
  std::optional<std::int64_t> value;    // none: taken back ("chưa báo cáo")
  Extent extent = Extent::subtree;
  Arrival arrival = Arrival::within;    // to the totals stated above it
  std::int64_t row_version = 0;         // grows with each change
  UserId by;
  std::int64_t at_ms = 0;
};

struct StatementOutcome {
  Statement statement;
  std::int64_t total_before = 0;        // of what is stated, in the statement's period
  std::int64_t total_after = 0;
  std::int64_t listed = 0;              // explained by the records (and statements) below
  std::int64_t residual = 0;            // "chưa có danh sách" / "chưa phân theo chi hội"; of one taken back: what earlier ones, or a handover, leave
  bool conflict = false;                // the records exceed the stated total: shown, never hidden
};

// The window a series is stated for: a flow's whole window, of a level only its last day. One total typed for the half-year is the year's too when both
// end on the same day.
Period statement_window(const Catalogue& catalogue, Series series, Period period);

// How much of a body's figure nothing below explains yet.
struct Unlisted {
  BodyId body;
  Series series = 0;
  Extent extent = Extent::subtree;
  std::int64_t amount = 0;
};

class Statements {
 public:
  explicit Statements(Ledger& ledger) : ledger_(ledger) {}
  // States a total; nullopt takes the statement back ("chưa báo cáo"). `expected_version` 0 for a first statement; another version that was saved since is
  // refused as "statement.stale" with both values in the message. Refusals: "statement.negative", "statement.size", "statement.kind", "statement.level",
  // "statement.window", "statement.body", "statement.mode".
  Result<StatementOutcome> state(db::Writer& writer, BodyId body, Series series, Period period, std::optional<std::int64_t> value,
                                 std::int64_t expected_version, Arrival arrival, UserId by, std::int64_t now_ms, Extent extent = Extent::subtree);
  // A record (a member joins, a list is imported, a handover) and what it means to the totals stated above it. `beyond` writes new totals into the
  // statements it concerns, with history under `by`.
  void record(db::Writer& writer, Fact fact, Arrival arrival, UserId by, std::int64_t now_ms);
  // Takes a recorded fact back, and its effect on the totals with it.
  void take_back(db::Writer& writer, const Fact& fact, UserId by, std::int64_t now_ms);
  // Works the remainders of the body and all above it out again, from `from` on: after a restructure that was entered late, or a bulk load.
  void settle(db::Writer& writer, BodyId body, Series series, Day from);

  std::optional<Statement> find(db::Reader& reader, BodyId body, Series series, Period period, Extent extent = Extent::subtree);   // taken-back ones too
  std::vector<Statement> of_bodies(db::Reader& reader, std::span<const BodyId> bodies, Period period);       // in force, for exactly this period
  std::vector<Statement> history(db::Reader& reader, std::int64_t statement);                // oldest first, the one in force last
  StatementOutcome explain(db::Reader& reader, const Statement& statement);                  // listed, residual, conflict as of now
  std::int64_t total_without(db::Reader& reader, const Statement& statement);                // what the total would be if this one were taken back
  // The remainders of many bodies at once (a grid's margin): of levels on the last day, of flows inside the period; the rest of each figure is listed.
  std::vector<Unlisted> unlisted(db::Reader& reader, std::span<const BodyId> bodies, Period period);
  Ledger& ledger() { return ledger_; }

 private:
  Ledger& ledger_;
};

}  // namespace khuyenhoc
