#include "targets/targets_queries.h"

namespace khuyenhoc::targets_sql {

constexpr std::string_view insert_target_change =
    "INSERT INTO target_change (id, body, measure, year, before_value, value, from_day, user_id, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
void insert_change(db::Writer& writer, std::int64_t id, std::string_view measure, const TargetChange& change) {
  writer.run(insert_target_change, {id, change.body, measure, change.year, change.before, change.value, change.from, change.user, change.at_ms});
}

constexpr std::string_view select_version = "SELECT row_version FROM target_sheet WHERE body = $1 AND year = $2";
std::int64_t version(db::Reader& reader, BodyId body, int year) { return reader.first_number(select_version, {body, year}).value_or(0); }

constexpr std::string_view upsert_version =
    "INSERT INTO target_sheet (body, year, row_version) VALUES ($1, $2, $3) ON CONFLICT (body, year) DO UPDATE SET row_version = excluded.row_version";
void set_version(db::Writer& writer, BodyId body, int year, std::int64_t version) { writer.run(upsert_version, {body, year, version}); }

constexpr std::string_view select_decision = "SELECT number, day, row_version FROM target_decision WHERE body = $1 AND year = $2";
std::optional<TargetDecision> decision(db::Reader& reader, BodyId body, int year) {
  return reader.first(select_decision, {body, year}, [&](const db::Row& row) { return TargetDecision{body, year, std::string(row.text(0)), row.day(1), row.number(2)}; });
}

constexpr std::string_view upsert_decision =
    "INSERT INTO target_decision (body, year, number, day, row_version) VALUES ($1, $2, $3, $4, $5) "
    "ON CONFLICT (body, year) DO UPDATE SET number = excluded.number, day = excluded.day, row_version = excluded.row_version";
void set_decision(db::Writer& writer, const TargetDecision& decision) { writer.run(upsert_decision, {decision.body, decision.year, decision.number, decision.day, decision.version}); }

constexpr std::string_view select_changes =
    "SELECT measure, before_value, value, from_day, user_id, at_ms FROM target_change WHERE body = $1 AND year = $2 ORDER BY at_ms DESC, id DESC LIMIT $3";
std::vector<TargetChange> changes(db::Reader& reader, const Catalogue& catalogue, BodyId body, int year, std::int64_t limit) {
  std::vector<TargetChange> out;
  reader.each(select_changes, {body, year, limit}, [&](const db::Row& row) {
    if (const auto measure = catalogue.find(row.text(0)))
      out.push_back({body, *measure, year, row.maybe_number(1), row.maybe_number(2), row.day(3), row.id<UserId>(4), row.number(5)});
  });
  return out;
}

}  // namespace khuyenhoc::targets_sql
