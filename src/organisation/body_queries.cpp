#include "organisation/body_queries.h"

#include <cassert>

namespace khuyenhoc {
namespace {

constexpr std::int64_t not_yet_numbered = 0;

Body body_of(const db::Row& row) {
  Body body;
  body.id = row.id<BodyId>(0);
  body.uid = row.uuid(1);
  body.kind = std::string(row.text(2));
  body.born = row.day(3);
  body.ended = row.maybe_day(4);
  body.former_area = row.id<UnitId>(5);
  body.voided = row.flag(6);
  body.row_version = row.number(7);
  return body;
}

BodyVersion version_of(const db::Row& row) {
  return {row.day(1), std::string(row.text(2)), std::string(row.text(3)), row.id<BodyId>(4), row.id<UnitId>(5)};
}

template <class IdType>
db::Value id_or_null(IdType id) { return id ? db::Value(id) : db::Value(); }

// Both answers come by body, so each version meets its body without a search. Those of bodies that have not appeared yet meet none.
std::vector<Body> joined(db::Reader& reader, std::string_view bodies_sql, std::string_view versions_sql, const db::Values& values) {
  auto bodies = reader.all(bodies_sql, values, body_of);
  auto at = bodies.begin();
  reader.each(versions_sql, values, [&](const db::Row& row) {
    const auto body = row.id<BodyId>(0);
    while (at != bodies.end() && at->id < body) ++at;
    if (at != bodies.end() && at->id == body) at->versions.push_back(version_of(row));
  });
  return bodies;
}

}  // namespace

// A body founded with many others is there when its batch has appeared (state 1); one that is being or was taken back (2, 3) is alive
// on no day.
constexpr std::string_view select_bodies =
    "SELECT b.id, b.uid, b.kind, b.born, b.ended, b.former_area, CASE WHEN t.state > 1 THEN 1 ELSE b.voided END, b.row_version "
    "FROM body b LEFT JOIN body_batch t ON t.id = b.batch WHERE (b.batch IS NULL OR t.state IN (1, 2, 3)) ORDER BY b.id";
constexpr std::string_view select_versions = "SELECT body, from_day, name, short_name, superior, area FROM body_version ORDER BY body, from_day";
std::vector<Body> load_bodies(db::Reader& reader) { return joined(reader, select_bodies, select_versions, {}); }

constexpr std::string_view select_changed_bodies =
    "SELECT b.id, b.uid, b.kind, b.born, b.ended, b.former_area, CASE WHEN t.state > 1 THEN 1 ELSE b.voided END, b.row_version "
    "FROM body b LEFT JOIN body_batch t ON t.id = b.batch WHERE (b.batch IS NULL OR t.state IN (1, 2, 3)) AND b.id IN "
    "(SELECT id FROM body WHERE changed_at > $1 UNION SELECT id FROM body WHERE batch IN (SELECT id FROM body_batch WHERE changed_at > $1)) ORDER BY b.id";
constexpr std::string_view select_changed_versions =
    "SELECT body, from_day, name, short_name, superior, area FROM body_version WHERE body IN "
    "(SELECT id FROM body WHERE changed_at > $1 UNION SELECT id FROM body WHERE batch IN (SELECT id FROM body_batch WHERE changed_at > $1)) ORDER BY body, from_day";
std::vector<Body> load_bodies_changed_after(db::Reader& reader, std::int64_t position) {
  return joined(reader, select_changed_bodies, select_changed_versions, {position});
}

constexpr std::string_view select_body =
    "SELECT b.id, b.uid, b.kind, b.born, b.ended, b.former_area, CASE WHEN t.state > 1 THEN 1 ELSE b.voided END, b.row_version "
    "FROM body b LEFT JOIN body_batch t ON t.id = b.batch WHERE b.id = $1 AND (b.batch IS NULL OR t.state IN (1, 2, 3))";
constexpr std::string_view select_body_versions =
    "SELECT body, from_day, name, short_name, superior, area FROM body_version WHERE body = $1 ORDER BY from_day";
std::optional<Body> load_body(db::Reader& reader, BodyId id) {
  auto found = joined(reader, select_body, select_body_versions, {id});
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

constexpr std::string_view select_successions = "SELECT predecessor, successor FROM body_succession ORDER BY predecessor, successor";
std::vector<BodySuccession> load_successions(db::Reader& reader) {
  return reader.all(select_successions, {}, [](const db::Row& row) { return BodySuccession{row.id<BodyId>(0), row.id<BodyId>(1)}; });
}

constexpr std::string_view select_last_change = "SELECT max(changed_at) FROM body";
constexpr std::string_view select_last_batch = "SELECT max(changed_at) FROM body_batch";
std::int64_t last_body_change(db::Reader& reader) {
  return std::max(reader.first_number(select_last_change).value_or(0), reader.first_number(select_last_batch).value_or(0));
}

constexpr std::string_view select_ever_below = "SELECT DISTINCT body FROM body_version WHERE superior = $1 ORDER BY body";
std::vector<BodyId> ever_answered_to(db::Reader& reader, BodyId superior) {
  return reader.all(select_ever_below, {superior}, [](const db::Row& row) { return row.id<BodyId>(0); });
}

constexpr std::string_view insert_body_sql =
    "INSERT INTO body (id, uid, kind, born, ended, former_area, voided, row_version, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
constexpr std::string_view insert_version =
    "INSERT INTO body_version (body, from_day, name, short_name, superior, area) VALUES ($1, $2, $3, $4, $5, $6)";
void insert_body(db::Writer& writer, const Body& body) {
  writer.run(insert_body_sql, {body.id, body.uid, body.kind, body.born, body.ended, id_or_null(body.former_area), body.voided ? 1 : 0, body.row_version,
                               not_yet_numbered});
  for (const auto& version : body.versions)
    writer.run(insert_version, {body.id, version.from, version.name, version.short_name, id_or_null(version.superior), version.area});
}

constexpr std::string_view update_body_sql =
    "UPDATE body SET kind = $2, born = $3, ended = $4, former_area = $5, voided = $6, row_version = $7, changed_at = $8 WHERE id = $1";
constexpr std::string_view delete_versions = "DELETE FROM body_version WHERE body = $1";
void update_body(db::Writer& writer, const Body& body) {
  const auto changed = writer.run(update_body_sql, {body.id, body.kind, body.born, body.ended, id_or_null(body.former_area), body.voided ? 1 : 0, body.row_version,
                                                    not_yet_numbered});
  assert(changed == 1);
  static_cast<void>(changed);
  writer.run(delete_versions, {body.id});
  for (const auto& version : body.versions)
    writer.run(insert_version, {body.id, version.from, version.name, version.short_name, id_or_null(version.superior), version.area});
}

void insert_bodies(db::Writer& writer, std::span<const Body> bodies) {
  auto body = bodies.begin();
  writer.copy_in("body", {"id", "uid", "kind", "born", "ended", "former_area", "voided", "row_version", "changed_at"}, [&](db::Values& row) {
    if (body == bodies.end()) return false;
    row = {body->id, body->uid, body->kind, body->born, body->ended, id_or_null(body->former_area), body->voided ? 1 : 0, body->row_version, not_yet_numbered};
    ++body;
    return true;
  });
  insert_versions(writer, bodies);
}

void insert_versions(db::Writer& writer, std::span<const Body> bodies) {
  auto body = bodies.begin();
  std::size_t version = 0;
  writer.copy_in("body_version", {"body", "from_day", "name", "short_name", "superior", "area"}, [&](db::Values& row) {
    while (body != bodies.end() && version == body->versions.size()) {
      ++body;
      version = 0;
    }
    if (body == bodies.end()) return false;
    const auto& given = body->versions[version++];
    row = {body->id, given.from, given.name, given.short_name, id_or_null(given.superior), given.area};
    return true;
  });
}

constexpr std::string_view insert_succession_sql = "INSERT INTO body_succession (predecessor, successor) VALUES ($1, $2) ON CONFLICT DO NOTHING";
void insert_succession(db::Writer& writer, BodySuccession link) { writer.run(insert_succession_sql, {link.predecessor, link.successor}); }

constexpr std::string_view delete_succession_sql = "DELETE FROM body_succession WHERE predecessor = $1 AND successor = $2";
void delete_succession(db::Writer& writer, BodySuccession link) { writer.run(delete_succession_sql, {link.predecessor, link.successor}); }

constexpr std::string_view select_succession = "SELECT 1 FROM body_succession WHERE predecessor = $1 AND successor = $2";
bool has_succession(db::Reader& reader, BodySuccession link) { return reader.first_number(select_succession, {link.predecessor, link.successor}).has_value(); }

constexpr std::string_view select_successions_of =
    "SELECT predecessor, successor FROM body_succession WHERE predecessor = $1 OR successor = $1 ORDER BY predecessor, successor";
std::vector<BodySuccession> successions_of(db::Reader& reader, BodyId body) {
  return reader.all(select_successions_of, {body}, [](const db::Row& row) { return BodySuccession{row.id<BodyId>(0), row.id<BodyId>(1)}; });
}

constexpr std::string_view number_changes = "UPDATE body SET changed_at = $1 WHERE changed_at = $2";
void number_body_changes(db::Writer& writer, std::int64_t position) { writer.run(number_changes, {position, not_yet_numbered}); }

}  // namespace khuyenhoc
