#include "reporting/row_figures.h"

#include "measures/figures_of_bodies.h"
#include "reporting/reporting_queries.h"

namespace khuyenhoc {
namespace {

// Who stated which column in the two periods that are looked back at.
void add_stated(ComparedFigures& out, db::Reader& reader, const Ledger& ledger, const EntryColumns& columns, std::span<const BodyId> bodies, Period before, Period last_year) {
  const Catalogue& catalogue = ledger.catalogue();
  for (const auto& one : reporting_sql::stated(reader, bodies, before.last, last_year.last)) {
    const auto series = ledger.series_of_stored(one.series);
    const auto column = series && catalogue.is_whole(*series) ? columns.place(catalogue.measure_of(*series)) : std::nullopt;
    if (!column) continue;
    if (statement_window(catalogue, *series, before) == one.window) out.stated_before.emplace(one.body, *column);
    if (statement_window(catalogue, *series, last_year) == one.window) out.stated_last_year.emplace(one.body, *column);
  }
}

}  // namespace

std::int64_t RowFigures::at(BodyId body, std::size_t column) const {
  const auto found = of.find(body);
  return found == of.end() ? 0 : found->second[column];
}

std::optional<std::int64_t> ComparedFigures::known_before(BodyId body, std::size_t at) const {
  const std::int64_t value = before.at(body, at);
  return value != 0 || stated_before.contains({body, at}) ? std::optional(value) : std::nullopt;
}

std::optional<std::int64_t> ComparedFigures::known_last_year(BodyId body, std::size_t at) const {
  const std::int64_t value = last_year.at(body, at);
  return value != 0 || stated_last_year.contains({body, at}) ? std::optional(value) : std::nullopt;
}

std::optional<std::int64_t> ComparedFigures::was(const EntryColumn& column, const Catalogue& catalogue, BodyId body, std::size_t at) const {
  return is_level(catalogue.measure(column.measure).kind) ? known_before(body, at) : known_last_year(body, at);
}

Result<RowFigures> row_figures(const LedgerView& view, std::span<const EntryColumn> columns, const Question& question, std::span<const BodyId> bodies) {
  std::vector<MeasureIndex> measures;
  measures.reserve(columns.size());
  for (const EntryColumn& column : columns) measures.push_back(column.measure);
  auto figures = figures_of_bodies(view, measures, question, bodies);
  if (!figures) return std::unexpected(figures.error());
  RowFigures out;
  out.whole = std::move(figures->whole);
  for (std::size_t i = 0; i < bodies.size(); ++i) out.of.emplace(bodies[i], std::move(figures->of[i]));
  return out;
}

Result<ComparedFigures> compared_figures(const LedgerView& view, db::Reader& reader, const Ledger& ledger, const Periods& periods, const EntryColumns& columns, BodyId association,
                                         const NamedPeriod& period, Day day, std::span<const BodyId> bodies) {
  const Period year_ago = periods.same_last_year(period).period;
  const Day eve = period.period.first - 1;
  const Period twelve_months{period.period.first.plus_years(-1), eve};
  ComparedFigures out;
  const std::pair<RowFigures*, Period> asked[] = {{&out.now, period.period}, {&out.before, {eve, eve}}, {&out.last_year, year_ago}, {&out.earlier, twelve_months}};
  for (const auto& [into, window] : asked) {
    auto answer = row_figures(view, columns.all(), {association, window, day}, bodies);
    if (!answer) return std::unexpected(answer.error());
    *into = std::move(*answer);
  }
  add_stated(out, reader, ledger, columns, bodies, periods.before(period).period, year_ago);
  return out;
}

}  // namespace khuyenhoc
