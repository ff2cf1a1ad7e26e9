#include "measures/acts_queries.h"

#include "measures/facts_lists_queries.h"
#include "measures/facts_queries.h"

namespace khuyenhoc::acts_sql {
namespace {

auto logged_fact(const Ledger& ledger) {
  return [&ledger](const db::Row& row) {
    LoggedFact out{row.number(0), row.id<BodyId>(1), row.day(2), row.number(3), row.as<FactKind>(4), row.as<FactLayer>(5), {ledger.noun_of_stored(row.number(6)), row.number(7)}, 0};
    if (!row.is_null(8) && row.number(9) > out.position) out.act = row.number(8);      // else it was written between two acts: in bulk
    return out;
  };
}

}  // namespace

constexpr std::string_view insert_act = "INSERT INTO figure_act (id, first_position, last_position, by_user, at_ms, way, record) VALUES ($1, $2, $3, $4, $5, $6, $7)";
void insert(db::Writer& writer, const FigureAct& act) { writer.run(insert_act, {act.id, act.first, act.last, act.by, act.at_ms, act.way, act.record}); }

constexpr std::string_view select_act = "SELECT id, first_position, last_position, by_user, at_ms, way, record FROM figure_act WHERE id = $1";
std::optional<FigureAct> find(db::Reader& reader, std::int64_t id) {
  return reader.first(select_act, {id}, [](const db::Row& row) {
    return FigureAct{row.number(0), row.number(1), row.number(2), row.id<UserId>(3), row.number(4), std::string(row.text(5)), row.number(6)};
  });
}

std::vector<LoggedFact> facts(db::Reader& reader, const Ledger& ledger, std::int64_t stored_series, std::span<const BodyId> bodies, Period days) {
  return reader.all(facts_sql::lists(reader).logged_facts, {stored_series, facts_sql::list_of(bodies), days.first, days.last}, logged_fact(ledger));
}

std::vector<LoggedFact> window_facts(db::Reader& reader, const Ledger& ledger, std::int64_t stored_series, std::span<const BodyId> bodies, Period window) {
  return reader.all(facts_sql::lists(reader).logged_window_facts, {stored_series, facts_sql::list_of(bodies), window.first, window.last}, logged_fact(ledger));
}

constexpr std::string_view select_between =
    "SELECT fact.position, fact.body, fact.day, fact.amount, fact.kind, fact.layer, fact.noun, fact.source, statement.first_day, statement.last_day FROM fact "
    "LEFT JOIN statement ON statement.id = fact.source AND fact.layer = 3 WHERE fact.position BETWEEN $1 AND $2 AND fact.series = $3 ORDER BY fact.position";
std::vector<LoggedFact> facts_between(db::Reader& reader, const Ledger& ledger, std::int64_t stored_series, const FigureAct& act) {
  return reader.all(select_between, {act.first, act.last, stored_series}, [&](const db::Row& row) {
    LoggedFact out{row.number(0), row.id<BodyId>(1), row.day(2), row.number(3), row.as<FactKind>(4), row.as<FactLayer>(5), {ledger.noun_of_stored(row.number(6)), row.number(7)}, act.id};
    if (!row.is_null(8)) out.window = {row.day(8), row.day(9)};
    return out;
  });
}

std::vector<LoggedVersion> versions(db::Reader& reader, std::int64_t stored_series, std::span<const BodyId> bodies, Period days) {
  return reader.all(facts_sql::lists(reader).logged_versions, {stored_series, facts_sql::list_of(bodies), days.first, days.last}, [](const db::Row& row) {
    return LoggedVersion{row.number(0), row.id<BodyId>(1), {row.day(2), row.day(3)}, row.number(4), row.number(5), std::nullopt, row.maybe_number(6), row.id<UserId>(7), row.number(8), row.number(9)};
  });
}

}  // namespace khuyenhoc::acts_sql
