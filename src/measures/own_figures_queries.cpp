#include <tuple>
#include <unordered_set>

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

std::map<BodyId, std::vector<OwnLevel>> own_levels_of(db::Reader& reader, const Ledger& ledger, std::span<const BodyId> bodies, Day up_to) {
  std::map<std::tuple<BodyId, Series, FactLayer>, std::int64_t> sums;
  reader.each(facts_sql::lists(reader).own_levels, {up_to, facts_sql::list_of(bodies)}, [&](const db::Row& row) {
    if (const auto series = ledger.series_of_stored(row.number(1))) sums[{row.id<BodyId>(0), *series, row.as<FactLayer>(2)}] += row.number(3);
  });
  const std::set<BodyId> asked(bodies.begin(), bodies.end());
  for (const auto& fact : ledger.pending(reader))
    if (fact.day <= up_to && fact.layer != FactLayer::window && asked.contains(fact.body)) sums[{fact.body, fact.series, fact.layer}] += fact.amount;
  std::map<BodyId, std::vector<OwnLevel>> out;
  for (const auto& [key, amount] : sums)
    if (amount != 0 && is_handed_over(ledger.catalogue(), std::get<Series>(key))) out[std::get<BodyId>(key)].push_back({std::get<Series>(key), std::get<FactLayer>(key), amount});
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

namespace {

Fact fact_of(const db::Row& row, const Ledger& ledger, Series series) {
  Fact fact;
  fact.position = row.number(0);
  fact.body = row.id<BodyId>(1);
  fact.day = row.day(2);
  fact.series = series;
  fact.amount = row.number(4);
  fact.kind = row.as<FactKind>(5);
  fact.source = {ledger.noun_of_stored(row.number(6)), row.number(7)};
  fact.reverses = row.number(8);
  fact.layer = row.as<FactLayer>(9);
  fact.arrival = row.as<Arrival>(10);
  return fact;
}

// A reversal comes after what it reverses, so going backwards each one is known to count or not before what it takes back is met.
void leave_what_counts(std::vector<Fact>& all) {
  std::unordered_set<std::int64_t> taken_back;
  for (auto at = all.rbegin(); at != all.rend(); ++at)
    if (at->reverses != 0 && !taken_back.contains(at->position)) taken_back.insert(at->reverses);
  std::erase_if(all, [&](const Fact& fact) { return fact.reverses != 0 || taken_back.contains(fact.position); });
}

}  // namespace

constexpr std::string_view select_own_facts =
    "SELECT position, body, day, series, amount, kind, noun, source, reverses, layer, arrival FROM fact WHERE body = $1 AND day >= $2 AND layer <> 3 ORDER BY position";
std::vector<Fact> own_facts_from(db::Reader& reader, const Ledger& ledger, BodyId body, Day from) {
  std::vector<Fact> all;
  reader.each(select_own_facts, {body, from}, [&](const db::Row& row) {
    if (const auto series = ledger.series_of_stored(row.number(3))) all.push_back(fact_of(row, ledger, *series));
  });
  for (const auto& fact : ledger.pending(reader))
    if (fact.body == body && fact.day >= from && fact.layer != FactLayer::window && fact.amount != 0) all.push_back(fact);
  leave_what_counts(all);
  return all;
}

std::vector<Fact> own_facts_of(db::Reader& reader, const Ledger& ledger, std::span<const BodyId> bodies, Day from) {
  std::vector<Fact> all;
  reader.each(facts_sql::lists(reader).own_facts, {from, facts_sql::list_of(bodies)}, [&](const db::Row& row) {
    if (const auto series = ledger.series_of_stored(row.number(3))) all.push_back(fact_of(row, ledger, *series));
  });
  const std::set<BodyId> asked(bodies.begin(), bodies.end());
  for (const auto& fact : ledger.pending(reader))
    if (fact.day >= from && fact.layer != FactLayer::window && fact.amount != 0 && asked.contains(fact.body)) all.push_back(fact);
  leave_what_counts(all);
  return all;
}

std::set<BodyId> bodies_with_figures_from(db::Reader& reader, const Ledger& ledger, std::span<const BodyId> bodies, Day from) {
  std::set<BodyId> out;
  const auto list = facts_sql::list_of(bodies);
  for (const auto sql : {facts_sql::lists(reader).bodies_with_facts, facts_sql::lists(reader).bodies_with_statements})
    reader.each(sql, {from, list}, [&](const db::Row& row) { out.insert(row.id<BodyId>(0)); });
  const std::set<BodyId> asked(bodies.begin(), bodies.end());
  for (const auto& fact : ledger.pending(reader))
    if (fact.day >= from && fact.layer != FactLayer::window && fact.amount != 0 && asked.contains(fact.body)) out.insert(fact.body);
  return out;
}

// Kinds 3 and 4: handovers and reversals; what is reversed stands in the log itself.
constexpr std::string_view select_series_in_use = "SELECT DISTINCT series FROM fact WHERE day >= $1 AND NOT (kind IN (3, 4) AND arrival = 0)";
constexpr std::string_view select_any_stated = "SELECT 1 FROM statement_count WHERE last_day >= $1 AND figures > 0 LIMIT 1";
constexpr std::string_view select_series_stated = "SELECT DISTINCT series FROM statement WHERE last_day >= $1 AND value IS NOT NULL";
std::set<Series> series_in_use_from(db::Reader& reader, const Ledger& ledger, Day from) {
  std::set<Series> out;
  const auto add = [&](const db::Row& row) {
    if (const auto series = ledger.series_of_stored(row.number(0))) out.insert(*series);
  };
  reader.each(select_series_in_use, {from}, add);
  if (reader.first_number(select_any_stated, {from})) reader.each(select_series_stated, {from}, add);
  for (const auto& fact : ledger.pending(reader))
    if (fact.day >= from && fact.amount != 0) out.insert(fact.series);
  return out;
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
