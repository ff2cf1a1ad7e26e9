// Statements: "the total of my unit is T". What the records below do not explain is a residual, so totals and lists never count twice (design 4.2).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "measures/facts.h"

namespace khuyenhoc {

struct Statement {
  std::int64_t id = 0;
  BodyId body;
  Series series = 0;
  Period period;                        // a level is stated on its last day
  std::int64_t value = 0;
  std::int64_t row_version = 0;         // grows with each change
  UserId by;
  std::int64_t at_ms = 0;
};

// What records that arrive below a stated total mean to it: the officer is asked in plain words.
enum class Arrival {
  within,    // "Nằm trong tổng số đã ghi": the residual shrinks, the total stays
  beyond,    // "Ngoài tổng số đã ghi": the total grows
};

struct StatementOutcome {
  Statement statement;
  std::int64_t total_before = 0;        // of the body's own subtree, in the statement's period
  std::int64_t total_after = 0;
  std::int64_t listed = 0;              // explained by the records below
  std::int64_t residual = 0;            // "chưa có danh sách" / "chưa phân theo chi hội"
  bool conflict = false;                // the records exceed the stated total: shown, never hidden
};

class Statements {
 public:
  explicit Statements(Ledger& ledger);
  // States a total; nullopt takes the statement back ("chưa báo cáo"). `expected_version` 0 for a first statement; another version that was saved since is
  // refused as "statement.stale" with both values in the message. Refusals: "statement.negative", "statement.kind", "statement.level", "statement.window".
  Result<StatementOutcome> state(db::Writer& writer, BodyId body, Series series, Period period, std::optional<std::int64_t> value,
                                 std::int64_t expected_version, Arrival arrival, UserId by, std::int64_t now_ms);
  // A record (a member joins, a list is imported) and what it means to the totals stated above it.
  void record(db::Writer& writer, Fact fact, Arrival arrival);
  std::optional<Statement> find(db::Reader& reader, BodyId body, Series series, Period period);
  std::vector<Statement> of_bodies(db::Reader& reader, std::span<const BodyId> bodies, Period period);
  std::vector<Statement> history(db::Reader& reader, std::int64_t statement);                // oldest first, the one in force last
  StatementOutcome explain(db::Reader& reader, const Statement& statement);                  // listed, residual, conflict as of now
};

}  // namespace khuyenhoc
