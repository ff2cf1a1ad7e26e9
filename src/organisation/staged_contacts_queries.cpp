#include "organisation/staged_contacts_queries.h"

namespace khuyenhoc::contact_sql {

constexpr std::string_view insert_change = "INSERT INTO contact_change (id, source, state, alive_ms) VALUES ($1, $2, 0, $3) ON CONFLICT DO NOTHING";
void open(db::Writer& writer, ContactChangeId change, std::int64_t source, std::int64_t now_ms) { writer.run(insert_change, {change, source, now_ms}); }

constexpr std::string_view update_alive = "UPDATE contact_change SET alive_ms = $2 WHERE id = $1 AND state = 0";
void sign_of_life(db::Writer& writer, ContactChangeId change, std::int64_t now_ms) { writer.run(update_alive, {change, now_ms}); }

void insert(db::Writer& writer, ContactChangeId change, std::span<const Row> rows) {
  auto next = rows.begin();
  writer.copy_in("body_contact_changed", {"body", "change", "head_name", "telephone_sealed", "row_version"}, [&](db::Values& out) {
    if (next == rows.end()) return false;
    out = {next->body, change, next->head_name, next->telephone_sealed, next->row_version};
    ++next;
    return true;
  });
}

constexpr std::string_view update_state = "UPDATE contact_change SET state = $3 WHERE id = $1 AND state = $2";
bool turn(db::Writer& writer, ContactChangeId change, State from, State to) { return writer.run(update_state, {change, from, to}) == 1; }

constexpr std::string_view update_given_up = "UPDATE contact_change SET state = 2 WHERE source = $1 AND state = 0";
void give_up(db::Writer& writer, std::int64_t source) { writer.run(update_given_up, {source}); }

constexpr std::string_view select_overtaken =
    "SELECT n.body FROM body_contact_changed n WHERE n.change = $1 AND ("
    "EXISTS (SELECT 1 FROM body_contact c WHERE c.body = n.body AND c.row_version >= n.row_version) OR "
    "EXISTS (SELECT 1 FROM body_contact_changed o JOIN contact_change m ON m.id = o.change WHERE o.body = n.body AND m.state = 1 AND o.row_version >= n.row_version)) "
    "ORDER BY n.body LIMIT 1";
std::optional<BodyId> overtaken(db::Reader& reader, ContactChangeId change) {
  return reader.first(select_overtaken, {change}, [](const db::Row& row) { return row.id<BodyId>(0); });
}

constexpr std::string_view select_changes = "SELECT id, state, alive_ms FROM contact_change ORDER BY id";
std::vector<Change> all(db::Reader& reader) {
  return reader.all(select_changes, {}, [](const db::Row& row) { return Change{row.id<ContactChangeId>(0), row.as<State>(1), row.number(2)}; });
}

// Whoever saved the contact singly since has the newer version, which stays.
constexpr std::string_view move_rows =
    "INSERT INTO body_contact (body, head_name, telephone_sealed, row_version) "
    "SELECT body, head_name, telephone_sealed, row_version FROM body_contact_changed WHERE change = $1 AND body IN (SELECT body FROM body_contact_changed WHERE change = $1 ORDER BY body LIMIT $2) "
    "ON CONFLICT (body) DO UPDATE SET head_name = excluded.head_name, telephone_sealed = excluded.telephone_sealed, row_version = excluded.row_version "
    "WHERE body_contact.row_version < excluded.row_version";
constexpr std::string_view delete_rows =
    "DELETE FROM body_contact_changed WHERE change = $1 AND body IN (SELECT body FROM body_contact_changed WHERE change = $1 ORDER BY body LIMIT $2)";
constexpr std::string_view delete_change = "DELETE FROM contact_change WHERE id = $1";
bool remove_some(db::Writer& writer, ContactChangeId change, std::size_t at_most) {
  if (writer.run(delete_rows, {change, static_cast<std::int64_t>(at_most)}) > 0) return true;
  writer.run(delete_change, {change});
  return false;
}
bool move_some(db::Writer& writer, ContactChangeId change, std::size_t at_most) {
  writer.run(move_rows, {change, static_cast<std::int64_t>(at_most)});
  return remove_some(writer, change, at_most);
}

constexpr std::string_view select_count = "SELECT changes FROM contact_count WHERE id = 1";
std::int64_t changes(db::Reader& reader) { return reader.first_number(select_count).value_or(0); }

constexpr std::string_view update_count = "UPDATE contact_count SET changes = changes + 1 WHERE id = 1";
void count_change(db::Writer& writer) { writer.run(update_count); }

}  // namespace khuyenhoc::contact_sql
