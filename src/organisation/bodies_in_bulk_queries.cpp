#include "organisation/bodies_in_bulk_queries.h"

#include <cassert>

#include "organisation/audit_sink.h"
#include "organisation/body_queries.h"

namespace khuyenhoc {
namespace {

std::string number_or_null(std::int64_t number) { return number == 0 ? std::string("null") : std::to_string(number); }

}  // namespace

// PostgreSQL answers each statement over its connection, so the rows travel in one. A list of arrays is read once: each element asked for anew would be.
constexpr std::string_view update_many_on_postgres =
    "UPDATE body SET kind = given.kind, born = given.born, ended = given.ended, former_area = given.former_area, voided = given.voided, row_version = given.row_version, "
    "changed_at = 0 FROM json_to_recordset($1::json) AS given (id bigint, kind text, born bigint, ended bigint, former_area bigint, voided bigint, row_version bigint) "
    "WHERE body.id = given.id";
constexpr std::string_view delete_many_versions_on_postgres =
    "DELETE FROM body_version USING json_to_recordset($1::json) AS given (b bigint, d bigint) WHERE body_version.body = given.b AND body_version.from_day = given.d";
constexpr std::string_view update_one =
    "UPDATE body SET kind = $2, born = $3, ended = $4, former_area = $5, voided = $6, row_version = $7, changed_at = 0 WHERE id = $1";
constexpr std::string_view delete_one_version = "DELETE FROM body_version WHERE body = $1 AND from_day = $2";

namespace {

struct VersionAt {
  BodyId body;
  Day from;
};

bool is_among(const BodyVersion& one, std::span<const BodyVersion> versions) {
  return std::ranges::any_of(versions, [&](const BodyVersion& other) {
    return one.from == other.from && one.superior == other.superior && one.area == other.area && one.name == other.name && one.short_name == other.short_name;
  });
}

// Whatever stays as it is, is left alone: of a body that moves, all but its last version.
void compare_versions(const ChangedBody& changed, std::vector<VersionAt>& gone, std::vector<Body>& new_versions) {
  for (const auto& was : changed.stored)
    if (!is_among(was, changed.body->versions)) gone.push_back({changed.body->id, was.from});
  Body fresh;
  for (const auto& is : changed.body->versions)
    if (!is_among(is, changed.stored)) fresh.versions.push_back(is);
  if (fresh.versions.empty()) return;
  fresh.id = changed.body->id;
  new_versions.push_back(std::move(fresh));
}

void update_rows(db::Writer& writer, std::span<const ChangedBody> changed) {
  if (writer.dialect() == db::Dialect::sqlite) {
    for (const auto& [body, stored] : changed)
      writer.run(update_one, {body->id, body->kind, body->born, body->ended, body->former_area ? db::Value(body->former_area) : db::Value(), body->voided ? 1 : 0,
                              body->row_version});
    return;
  }
  std::string rows = "[";
  for (const auto& [body, stored] : changed)
    fmt::format_to(std::back_inserter(rows), R"({}{{"id":{},"kind":{},"born":{},"ended":{},"former_area":{},"voided":{},"row_version":{}}})", rows.size() > 1 ? "," : "",
                   body->id.value, json_text(body->kind), body->born.number(), body->ended ? std::to_string(body->ended->number()) : "null",
                   number_or_null(body->former_area.value), body->voided ? 1 : 0, body->row_version);
  const auto updated = writer.run(update_many_on_postgres, {rows + "]"});
  assert(updated == static_cast<std::int64_t>(changed.size()));
  static_cast<void>(updated);
}

void delete_versions(db::Writer& writer, std::span<const VersionAt> gone) {
  if (gone.empty()) return;
  if (writer.dialect() == db::Dialect::sqlite) {
    for (const auto& [body, from] : gone) writer.run(delete_one_version, {body, from});
    return;
  }
  std::string rows = "[";
  for (const auto& [body, from] : gone) fmt::format_to(std::back_inserter(rows), R"({}{{"b":{},"d":{}}})", rows.size() > 1 ? "," : "", body.value, from.number());
  writer.run(delete_many_versions_on_postgres, {rows + "]"});
}

}  // namespace

void update_bodies(db::Writer& writer, std::span<const ChangedBody> changed) {
  std::vector<VersionAt> gone;
  std::vector<Body> new_versions;
  for (const auto& one : changed) compare_versions(one, gone, new_versions);
  update_rows(writer, changed);
  delete_versions(writer, gone);
  if (!new_versions.empty()) insert_versions(writer, new_versions);
}

void insert_successions(db::Writer& writer, std::span<const BodySuccession> links) {
  auto next = links.begin();
  writer.copy_in("body_succession", {"predecessor", "successor"}, [&](db::Values& row) {
    if (next == links.end()) return false;
    row = {next->predecessor, next->successor};
    ++next;
    return true;
  });
}

}  // namespace khuyenhoc
