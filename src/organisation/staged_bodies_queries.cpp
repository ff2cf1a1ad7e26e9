#include "organisation/staged_bodies_queries.h"

namespace khuyenhoc::batch_sql {
namespace {

// Never above a position that is followed, and never numbered with what another transaction changes: its batch says when it appeared.
constexpr std::int64_t numbered_with_its_batch = -1;

template <class IdType>
db::Value id_or_null(IdType id) { return id ? db::Value(id) : db::Value(); }

BodyId body_in(const db::Row& row) { return row.id<BodyId>(0); }

}  // namespace

constexpr std::string_view insert_batch =
    "INSERT INTO body_batch (id, source, state, alive_ms, changed_at) VALUES ($1, $2, 0, $3, 0) ON CONFLICT DO NOTHING";
void open(db::Writer& writer, BodyBatchId batch, std::int64_t source, std::int64_t now_ms) { writer.run(insert_batch, {batch, source, now_ms}); }

constexpr std::string_view update_alive = "UPDATE body_batch SET alive_ms = $3 WHERE id = $1 AND state = $2";
bool sign_of_life(db::Writer& writer, BodyBatchId batch, State state, std::int64_t now_ms) { return writer.run(update_alive, {batch, state, now_ms}) == 1; }

void insert(db::Writer& writer, BodyBatchId batch, std::span<const Row> rows) {
  auto next = rows.begin();
  writer.copy_in("body", {"id", "uid", "kind", "born", "ended", "former_area", "voided", "row_version", "changed_at", "batch"}, [&](db::Values& out) {
    if (next == rows.end()) return false;
    const Body& body = *next++->body;
    out = {body.id, body.uid, body.kind, body.born, body.ended, id_or_null(body.former_area), 0, body.row_version, numbered_with_its_batch, batch};
    return true;
  });
  next = rows.begin();
  writer.copy_in("body_version", {"body", "from_day", "name", "short_name", "superior", "area"}, [&](db::Values& out) {
    if (next == rows.end()) return false;
    const Body& body = *next++->body;
    const BodyVersion& version = body.versions.front();
    out = {body.id, version.from, version.name, version.short_name, id_or_null(version.superior), version.area};
    return true;
  });
  next = rows.begin();
  writer.copy_in("body_contact", {"body", "head_name", "telephone_sealed", "row_version"}, [&](db::Values& out) {
    while (next != rows.end() && !next->has_contact()) ++next;
    if (next == rows.end()) return false;
    out = {next->body->id, next->head_name, next->telephone_sealed, 1};
    ++next;
    return true;
  });
}

constexpr std::string_view update_state = "UPDATE body_batch SET state = $3, alive_ms = $4 WHERE id = $1 AND state = $2";
bool change(db::Writer& writer, BodyBatchId batch, State from, State to, std::int64_t now_ms) { return writer.run(update_state, {batch, from, to, now_ms}) == 1; }

constexpr std::string_view update_position = "UPDATE body_batch SET changed_at = $2 WHERE id = $1";
void number_change(db::Writer& writer, BodyBatchId batch, std::int64_t position) { writer.run(update_position, {batch, position}); }

constexpr std::string_view update_given_up = "UPDATE body_batch SET state = 4 WHERE source = $1 AND state = 0";
void give_up(db::Writer& writer, std::int64_t source) { writer.run(update_given_up, {source}); }

constexpr std::string_view select_unfinished = "SELECT id, state, alive_ms FROM body_batch WHERE state IN (0, 2, 4) ORDER BY id";
std::vector<Batch> unfinished(db::Reader& reader) {
  return reader.all(select_unfinished, {}, [](const db::Row& row) { return Batch{row.id<BodyBatchId>(0), row.as<State>(1), row.number(2)}; });
}

constexpr std::string_view select_of_source = "SELECT id FROM body_batch WHERE source = $1 AND state IN (1, 2) ORDER BY id DESC LIMIT 1";
std::optional<BodyBatchId> of_source(db::Reader& reader, std::int64_t source) {
  return reader.first(select_of_source, {source}, [](const db::Row& row) { return row.id<BodyBatchId>(0); });
}

constexpr std::string_view select_bodies = "SELECT id FROM body WHERE batch = $1 ORDER BY id";
std::vector<BodyId> bodies(db::Reader& reader, BodyBatchId batch) { return reader.all(select_bodies, {batch}, body_in); }

constexpr std::string_view select_changed = "SELECT id FROM body WHERE batch = $1 AND changed_at >= 0 ORDER BY id LIMIT 1";
std::optional<BodyId> changed_since(db::Reader& reader, BodyBatchId batch) { return reader.first(select_changed, {batch}, body_in); }

constexpr std::string_view select_with_post =
    "SELECT b.id FROM body b WHERE b.batch = $1 AND (EXISTS (SELECT 1 FROM post_holding p WHERE p.body = b.id) OR EXISTS (SELECT 1 FROM body_letterhead l WHERE l.body = b.id)) "
    "ORDER BY b.id LIMIT 1";
std::optional<BodyId> with_post(db::Reader& reader, BodyBatchId batch) { return reader.first(select_with_post, {batch}, body_in); }

// Contacts and versions go first, for a body may be the superior of another; then the bodies, then the batch.
constexpr std::string_view delete_contacts =
    "DELETE FROM body_contact WHERE body IN (SELECT c.body FROM body b JOIN body_contact c ON c.body = b.id WHERE b.batch = $1 LIMIT $2)";
constexpr std::string_view delete_versions =
    "DELETE FROM body_version WHERE body IN (SELECT v.body FROM body b JOIN body_version v ON v.body = b.id WHERE b.batch = $1 LIMIT $2)";
constexpr std::string_view delete_bodies = "DELETE FROM body WHERE id IN (SELECT id FROM body WHERE batch = $1 LIMIT $2)";
constexpr std::string_view delete_batch = "DELETE FROM body_batch WHERE id = $1";
bool remove_some(db::Writer& writer, BodyBatchId batch, std::size_t at_most) {
  const auto count = static_cast<std::int64_t>(at_most);
  for (const std::string_view sql : {delete_contacts, delete_versions, delete_bodies})
    if (writer.run(sql, {batch, count}) > 0) return true;
  writer.run(delete_batch, {batch});
  return false;
}

}  // namespace khuyenhoc::batch_sql
