#include "reporting/stated_cells.h"

#include "reporting/reporting_queries.h"

namespace khuyenhoc {

std::vector<Statement> stated_cells(db::Reader& reader, const Ledger& ledger, std::span<const BodyId> bodies, Period period) {
  const Catalogue& catalogue = ledger.catalogue();
  std::vector<Statement> out;
  for (const auto& one : reporting_sql::cells(reader, bodies, period)) {
    const auto series = ledger.series_of_stored(one.series);
    if (!series || !catalogue.is_whole(*series) || statement_window(catalogue, *series, period) != one.window) continue;
    Statement statement;
    statement.body = one.body;
    statement.series = *series;
    statement.period = one.window;
    statement.value = one.value;
    statement.extent = one.extent;
    statement.row_version = one.row_version;
    statement.by = one.by;
    statement.at_ms = one.at_ms;
    out.push_back(statement);
  }
  return out;
}

}  // namespace khuyenhoc
