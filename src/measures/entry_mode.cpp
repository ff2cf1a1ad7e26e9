#include "measures/entry_mode.h"

#include "measures/entered_register.h"
#include "measures/statements_queries.h"

namespace khuyenhoc {
namespace {

// The unit's own totals of this period about what its branches record.
std::vector<Statement> whole_statements(db::Reader& reader, Statements& statements, BodyId body, Period period) {
  const Catalogue& catalogue = statements.ledger().catalogue();
  const BodyId bodies[] = {body};
  auto out = statements.of_bodies(reader, bodies, period);
  std::erase_if(out, [&](const Statement& one) {
    return one.extent != Extent::subtree || catalogue.measure(catalogue.measure_of(one.series)).level != RecordedAt::branch;
  });
  return out;
}

}  // namespace

std::string entry_mode_label(EntryMode mode, Language language) {
  switch (mode) {
    case EntryMode::from_branches: return tr(language, "Tổng hợp từ chi hội, ban");
    case EntryMode::stated_whole: return tr(language, "Nhập số chung");
    case EntryMode::unset: break;
  }
  return tr(language, "Chưa chọn cách tính");
}

EntryMode entry_mode(db::Reader& reader, BodyId body, Period period) { return statements_sql::entry_mode(reader, body, period); }

std::vector<ModeEffect> preview_entry_mode(db::Reader& reader, Statements& statements, BodyId body, Period period, EntryMode mode) {
  std::vector<ModeEffect> out;
  if (mode != EntryMode::from_branches) return out;      // stating the whole changes nothing until a total is stated
  for (const Statement& one : whole_statements(reader, statements, body, period)) {
    const StatementOutcome now = statements.explain(reader, one);
    const std::int64_t after = statements.total_without(reader, one);
    if (now.total_after != after) out.push_back({one.series, now.total_after, after});
  }
  return out;
}

Result<void> set_entry_mode(db::Writer& writer, Statements& statements, BodyId body, Period period, EntryMode mode, UserId by, std::int64_t now_ms) {
  if (mode == EntryMode::from_branches)
    for (const Statement& one : whole_statements(writer, statements, body, period)) {
      const auto done = statements.state(writer, body, one.series, period, std::nullopt, one.row_version, one.arrival, by, now_ms);
      if (!done) return std::unexpected(done.error());
    }
  statements_sql::set_entry_mode(writer, body, period, mode, by, now_ms);
  statements.ledger().entered().mode_changed(writer, body, period, mode);
  return {};
}

}  // namespace khuyenhoc
