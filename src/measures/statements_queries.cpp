#include "measures/statements_queries.h"

#include "measures/facts_lists_queries.h"
#include "measures/facts_queries.h"

namespace khuyenhoc::statements_sql {
namespace {

// id, body, series, first_day, last_day, extent, value, arrival, row_version, by_user, at_ms
StoredStatement stored(const db::Row& row) {
  StoredStatement out;
  out.statement.id = row.number(0);
  out.statement.body = row.id<BodyId>(1);
  out.series = row.number(2);
  out.statement.period = {row.day(3), row.day(4)};
  out.statement.extent = row.as<Extent>(5);
  out.statement.value = row.maybe_number(6);
  out.statement.arrival = row.as<Arrival>(7);
  out.statement.row_version = row.number(8);
  out.statement.by = row.id<UserId>(9);
  out.statement.at_ms = row.number(10);
  return out;
}

auto with_series(Series series) {
  return [series](const db::Row& row) {
    Statement out = stored(row).statement;
    out.series = series;
    return out;
  };
}

}  // namespace

constexpr std::string_view select_one =
    "SELECT id, body, series, first_day, last_day, extent, value, arrival, row_version, by_user, at_ms FROM statement "
    "WHERE body = $1 AND series = $2 AND first_day = $3 AND last_day = $4 AND extent = $5";
std::optional<Statement> find(db::Reader& reader, BodyId body, std::int64_t stored_series, Series series, Period period, Extent extent) {
  return reader.first(select_one, {body, stored_series, period.first, period.last, extent}, with_series(series));
}

std::vector<Statement> of_holders(db::Reader& reader, std::span<const BodyId> bodies, std::int64_t stored_series, Series series) {
  return reader.all(facts_sql::lists(reader).of_holders, {stored_series, facts_sql::list_of(bodies)}, with_series(series));
}

std::vector<StoredStatement> of_bodies(db::Reader& reader, std::span<const BodyId> bodies, Period period) {
  return reader.all(facts_sql::lists(reader).statements, {period.first, facts_sql::list_of(bodies), period.last}, stored);
}

constexpr std::string_view select_by_id =
    "SELECT id, body, series, first_day, last_day, extent, value, arrival, row_version, by_user, at_ms FROM statement WHERE id = $1";
std::optional<StoredStatement> by_id(db::Reader& reader, std::int64_t id) { return reader.first(select_by_id, {id}, stored); }

constexpr std::string_view select_versions = "SELECT row_version, value, arrival, by_user, at_ms FROM statement_history WHERE statement = $1 ORDER BY row_version";
std::vector<Statement> versions(db::Reader& reader, const Statement& statement) {
  return reader.all(select_versions, {statement.id}, [&](const db::Row& row) {
    Statement out = statement;
    out.row_version = row.number(0);
    out.value = row.maybe_number(1);
    out.arrival = row.as<Arrival>(2);
    out.by = row.id<UserId>(3);
    out.at_ms = row.number(4);
    return out;
  });
}

constexpr std::string_view insert_history =
    "INSERT INTO statement_history (statement, row_version, value, arrival, by_user, at_ms, act) VALUES ($1, $2, $3, $4, $5, $6, $7)";
void keep_version(db::Writer& writer, const Statement& statement, std::int64_t act) {
  writer.run(insert_history, {statement.id, statement.row_version, statement.value, statement.arrival, statement.by, statement.at_ms, act});
}

constexpr std::string_view insert_statement =
    "INSERT INTO statement (id, body, series, first_day, last_day, extent, value, arrival, row_version, by_user, at_ms) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
void insert(db::Writer& writer, const Statement& statement, std::int64_t stored_series, std::int64_t act) {
  writer.run(insert_statement, {statement.id, statement.body, stored_series, statement.period.first, statement.period.last, statement.extent, statement.value,
                                statement.arrival, statement.row_version, statement.by, statement.at_ms});
  keep_version(writer, statement, act);
}

constexpr std::string_view update_statement = "UPDATE statement SET value = $2, arrival = $3, row_version = $4, by_user = $5, at_ms = $6 WHERE id = $1";
void update(db::Writer& writer, const Statement& statement, std::int64_t act) {
  writer.run(update_statement, {statement.id, statement.value, statement.arrival, statement.row_version, statement.by, statement.at_ms});
  keep_version(writer, statement, act);
}

void insert_many(db::Writer& writer, std::span<const StoredStatement> statements) {
  std::size_t next = 0;
  writer.copy_in("statement", {"id", "body", "series", "first_day", "last_day", "extent", "value", "arrival", "row_version", "by_user", "at_ms"},
                 [&](db::Values& row) {
                   if (next == statements.size()) return false;
                   const auto& [one, series] = statements[next++];
                   row = {one.id, one.body, series, one.period.first, one.period.last, one.extent, one.value, one.arrival, one.row_version, one.by, one.at_ms};
                   return true;
                 });
  next = 0;
  writer.copy_in("statement_history", {"statement", "row_version", "value", "arrival", "by_user", "at_ms"}, [&](db::Values& row) {
    if (next == statements.size()) return false;
    const Statement& one = statements[next++].statement;
    row = {one.id, one.row_version, one.value, one.arrival, one.by, one.at_ms};
    return true;
  });
}

std::vector<WindowAmount> window_amounts(db::Reader& reader, std::int64_t stored_series, std::span<const BodyId> bodies, Period window) {
  return reader.all(facts_sql::lists(reader).window_amounts, {stored_series, facts_sql::list_of(bodies), window.first, window.last},
                    [](const db::Row& row) { return WindowAmount{row.id<BodyId>(0), row.as<Extent>(1), row.as<Arrival>(2), row.number(3)}; });
}

constexpr std::string_view select_mode = "SELECT mode FROM entry_mode WHERE body = $1 AND first_day = $2 AND last_day = $3";
EntryMode entry_mode(db::Reader& reader, BodyId body, Period period) {
  return static_cast<EntryMode>(reader.first_number(select_mode, {body, period.first, period.last}).value_or(0));
}

constexpr std::string_view upsert_mode =
    "INSERT INTO entry_mode (body, first_day, last_day, mode, by_user, at_ms) VALUES ($1, $2, $3, $4, $5, $6) "
    "ON CONFLICT (body, first_day, last_day) DO UPDATE SET mode = excluded.mode, by_user = excluded.by_user, at_ms = excluded.at_ms";
void set_entry_mode(db::Writer& writer, BodyId body, Period period, EntryMode mode, UserId by, std::int64_t at_ms) {
  writer.run(upsert_mode, {body, period.first, period.last, mode, by, at_ms});
}

}  // namespace khuyenhoc::statements_sql
