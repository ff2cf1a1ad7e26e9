#include "measures/facts_lists_queries.h"
#include "measures/facts_queries.h"
#include "measures/own_figures.h"

namespace khuyenhoc {

bool is_handed_over(const Catalogue& catalogue, Series series) {
  const auto kind = catalogue.measure(catalogue.measure_of(series)).kind;
  return is_level(kind) && is_typed(kind);
}

constexpr std::string_view select_own_sums =
    "SELECT series, layer, CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM fact WHERE body = $1 AND day <= $2 AND layer <> 3 GROUP BY series, layer";
std::vector<OwnLevel> own_levels(db::Reader& reader, const Ledger& ledger, BodyId body, Day up_to) {
  std::map<std::pair<Series, FactLayer>, std::int64_t> sums;
  reader.each(select_own_sums, {body, up_to}, [&](const db::Row& row) {
    if (const auto series = ledger.series_of_stored(row.number(0))) sums[{*series, row.as<FactLayer>(1)}] += row.number(2);
  });
  for (const auto& fact : ledger.pending(reader))
    if (fact.body == body && fact.day <= up_to && fact.layer != FactLayer::window) sums[{fact.series, fact.layer}] += fact.amount;
  std::vector<OwnLevel> out;
  for (const auto& [key, amount] : sums)
    if (amount != 0 && is_handed_over(ledger.catalogue(), key.first)) out.push_back({key.first, key.second, amount});
  return out;
}

constexpr std::string_view select_taken_over = "SELECT DISTINCT series FROM fact WHERE body = $1 AND layer = $2 AND layer IN (1, 2) AND kind IN (1, 3)";
std::vector<Series> taken_over_series(db::Reader& reader, const Ledger& ledger, BodyId body, FactLayer layer) {
  std::set<Series> out;
  reader.each(select_taken_over, {body, layer}, [&](const db::Row& row) {
    if (const auto series = ledger.series_of_stored(row.number(0))) out.insert(*series);
  });
  for (const auto& fact : ledger.pending(reader))
    if (fact.body == body && fact.amount != 0 && fact.layer == layer && is_taken_over(fact.kind)) out.insert(fact.series);
  return {out.begin(), out.end()};
}

constexpr std::string_view select_whole_taken_over =
    "SELECT 1 FROM fact JOIN fact_series ON fact_series.id = fact.series WHERE fact_series.measure = $2 AND fact_series.member = '' "
    "AND fact.body = $1 AND fact.day > $3 AND fact.layer IN (1, 2) AND fact.kind IN (1, 3) LIMIT 1";
bool has_taken_over(db::Reader& reader, const Measure& measure, BodyId body, Day after) {
  return reader.first_number(select_whole_taken_over, {body, measure.code, after}).has_value();
}

std::vector<Series> arrived_series(db::Reader& reader, const Ledger& ledger, std::span<const Series> among, std::span<const BodyId> bodies, Day from) {
  std::vector<std::int64_t> stored;
  for (const auto series : among) stored.push_back(ledger.stored_series(series));
  std::set<Series> out;
  reader.each(facts_sql::lists(reader).arrived_series, {from, facts_sql::list_of(bodies), facts_sql::list_of(std::span<const std::int64_t>(stored))}, [&](const db::Row& row) {
    if (const auto series = ledger.series_of_stored(row.number(0))) out.insert(*series);
  });
  for (const auto& fact : ledger.pending(reader))
    if (fact.amount != 0 && fact.arrival == Arrival::within && fact.day >= from && fact.layer != FactLayer::window && std::ranges::find(bodies, fact.body) != bodies.end() &&
        std::ranges::find(among, fact.series) != among.end())
      out.insert(fact.series);
  return {out.begin(), out.end()};
}

constexpr std::string_view select_own_facts =
    "SELECT position, day, series, amount, kind, noun, source, reverses, layer, arrival FROM fact WHERE body = $1 AND day >= $2 AND layer <> 3 ORDER BY position";
std::vector<Fact> own_facts_from(db::Reader& reader, const Ledger& ledger, BodyId body, Day from) {
  std::vector<Fact> all;
  reader.each(select_own_facts, {body, from}, [&](const db::Row& row) {
    const auto series = ledger.series_of_stored(row.number(2));
    if (!series) return;
    Fact fact;
    fact.position = row.number(0);
    fact.body = body;
    fact.day = row.day(1);
    fact.series = *series;
    fact.amount = row.number(3);
    fact.kind = row.as<FactKind>(4);
    fact.source = {ledger.noun_of_stored(row.number(5)), row.number(6)};
    fact.reverses = row.number(7);
    fact.layer = row.as<FactLayer>(8);
    fact.arrival = row.as<Arrival>(9);
    all.push_back(std::move(fact));
  });
  for (const auto& fact : ledger.pending(reader))
    if (fact.body == body && fact.day >= from && fact.layer != FactLayer::window && fact.amount != 0) all.push_back(fact);
  // A reversal comes after what it reverses, so going backwards each one is known to count or not before what it takes back is met.
  std::set<std::int64_t> taken_back;
  for (auto at = all.rbegin(); at != all.rend(); ++at)
    if (at->reverses != 0 && !taken_back.contains(at->position)) taken_back.insert(at->reverses);
  std::erase_if(all, [&](const Fact& fact) { return fact.reverses != 0 || taken_back.contains(fact.position); });
  return all;
}

constexpr std::string_view select_statements_from =
    "SELECT id, series, first_day, last_day, value, extent, arrival, row_version, by_user, at_ms FROM statement "
    "WHERE body = $1 AND last_day >= $2 AND value IS NOT NULL ORDER BY last_day, first_day, id";
std::vector<Statement> statements_from(db::Reader& reader, const Ledger& ledger, BodyId body, Day from) {
  std::vector<Statement> out;
  reader.each(select_statements_from, {body, from}, [&](const db::Row& row) {
    const auto series = ledger.series_of_stored(row.number(1));
    if (!series) return;
    Statement statement;
    statement.id = row.number(0);
    statement.body = body;
    statement.series = *series;
    statement.period = {row.day(2), row.day(3)};
    statement.value = row.maybe_number(4);
    statement.extent = row.as<Extent>(5);
    statement.arrival = row.as<Arrival>(6);
    statement.row_version = row.number(7);
    statement.by = row.id<UserId>(8);
    statement.at_ms = row.number(9);
    out.push_back(std::move(statement));
  });
  return out;
}

}  // namespace khuyenhoc
