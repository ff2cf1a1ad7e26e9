#include "reporting/row_figures.h"

#include "measures/figures_of_bodies.h"

namespace khuyenhoc {
namespace {

std::set<std::pair<BodyId, std::size_t>> stated_in(db::Reader& reader, Statements& statements, std::span<const BodyId> bodies, Period period) {
  const Catalogue& catalogue = statements.ledger().catalogue();
  std::set<std::pair<BodyId, std::size_t>> out;
  for (const Statement& one : statements.of_bodies(reader, bodies, period)) {
    if (one.extent != Extent::subtree || !catalogue.is_whole(one.series)) continue;
    if (const auto column = EntryColumns::house().place(catalogue.measure_of(one.series))) out.emplace(one.body, *column);
  }
  return out;
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

Result<ComparedFigures> compared_figures(const LedgerView& view, db::Reader& reader, Statements& statements, const Periods& periods, BodyId association,
                                         const NamedPeriod& period, Day day, std::span<const BodyId> bodies) {
  const auto columns = EntryColumns::house().all();
  const Period year_ago = periods.same_last_year(period).period;
  const Day eve = period.period.first - 1;
  const Period twelve_months{period.period.first.plus_years(-1), eve};
  ComparedFigures out;
  const std::pair<RowFigures*, Period> asked[] = {{&out.now, period.period}, {&out.before, {eve, eve}}, {&out.last_year, year_ago}, {&out.earlier, twelve_months}};
  for (const auto& [into, window] : asked) {
    auto answer = row_figures(view, columns, {association, window, day}, bodies);
    if (!answer) return std::unexpected(answer.error());
    *into = std::move(*answer);
  }
  out.stated_before = stated_in(reader, statements, bodies, periods.before(period).period);
  out.stated_last_year = stated_in(reader, statements, bodies, year_ago);
  return out;
}

}  // namespace khuyenhoc
