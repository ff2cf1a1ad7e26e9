#include "access/audit_queries.h"

namespace khuyenhoc::audit_sql {
namespace {

db::Blob copied(std::span<const std::byte> bytes) { return {bytes.begin(), bytes.end()}; }

void visit_row(const db::Row& row, const OnEntry& visit) {
  Columns columns;
  columns.position = row.number(0);
  columns.at_ms = row.number(1);
  columns.user = row.id<UserId>(2);
  if (!row.is_null(3)) columns.on_behalf_of = row.id<UserId>(3);
  columns.body = row.id<BodyId>(4);
  columns.noun = row.text(5);
  columns.record = row.number(6);
  columns.action = row.text(7);
  visit(columns, row.bytes(8));
}

Seal seal_of(const db::Row& row) { return {row.number(0), row.number(1), row.number(2), row.number(3), copied(row.bytes(4)), copied(row.bytes(5))}; }

}  // namespace

constexpr std::string_view select_count = "SELECT COUNT(*) FROM audit_entry";
std::int64_t count_entries(db::Reader& reader) { return reader.first_number(select_count).value_or(0); }

constexpr std::string_view select_count_after = "SELECT COUNT(*) FROM audit_entry WHERE position > $1";
std::int64_t count_entries_after(db::Reader& reader, std::int64_t position) { return reader.first_number(select_count_after, {position}).value_or(0); }

constexpr std::string_view insert_entry_row =
    "INSERT INTO audit_entry (position, at_ms, user_id, on_behalf_of, body, noun, record, action, canonical) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
void insert_entry(db::Writer& writer, const AuditEntry& entry, const db::Blob& canonical) {
  writer.run(insert_entry_row, {entry.position, entry.at_ms, entry.user, entry.on_behalf_of, entry.body, entry.noun, entry.record, entry.action, canonical});
}

constexpr std::string_view select_after =
    "SELECT position, at_ms, user_id, on_behalf_of, body, noun, record, action, canonical FROM audit_entry WHERE position > $1 ORDER BY position LIMIT $2";
void each_after(db::Reader& reader, std::int64_t position, std::int64_t limit, const OnEntry& visit) {
  reader.each(select_after, {position, limit}, [&](const db::Row& row) { visit_row(row, visit); });
}

constexpr std::string_view select_between =
    "SELECT position, at_ms, user_id, on_behalf_of, body, noun, record, action, canonical FROM audit_entry WHERE position BETWEEN $1 AND $2 ORDER BY position";
void each_between(db::Reader& reader, std::int64_t first, std::int64_t last, const OnEntry& visit) {
  reader.each(select_between, {first, last}, [&](const db::Row& row) { visit_row(row, visit); });
}

constexpr std::string_view select_of_record =
    "SELECT position, at_ms, user_id, on_behalf_of, body, noun, record, action, canonical FROM audit_entry WHERE noun = $1 AND record = $2 "
    "ORDER BY position DESC";
void each_of_record(db::Reader& reader, std::string_view noun, std::int64_t record, const OnEntry& visit) {
  reader.each(select_of_record, {noun, record}, [&](const db::Row& row) { visit_row(row, visit); });
}

constexpr std::string_view select_before =
    "SELECT position, at_ms, user_id, on_behalf_of, body, noun, record, action, canonical FROM audit_entry WHERE position < $1 "
    "ORDER BY position DESC LIMIT $2";
void each_before(db::Reader& reader, std::int64_t position, std::int64_t limit, const OnEntry& visit) {
  reader.each(select_before, {position, limit}, [&](const db::Row& row) { visit_row(row, visit); });
}

constexpr std::string_view select_of_body_before =
    "SELECT position, at_ms, user_id, on_behalf_of, body, noun, record, action, canonical FROM audit_entry WHERE body = $1 AND position < $2 "
    "AND NOT (noun = 'user' AND action IN ('sign_in', 'sign_out', 'password')) ORDER BY position DESC LIMIT $3";
void each_of_body_before(db::Reader& reader, BodyId body, std::int64_t position, std::int64_t limit, const OnEntry& visit) {
  reader.each(select_of_body_before, {body, position, limit}, [&](const db::Row& row) { visit_row(row, visit); });
}

constexpr std::string_view select_last_seal =
    "SELECT first_position, last_position, entries, at_ms, head, signature FROM audit_seal ORDER BY first_position DESC LIMIT 1";
std::optional<Seal> last_seal(db::Reader& reader) { return reader.first(select_last_seal, {}, seal_of); }

constexpr std::string_view select_seal_at = "SELECT first_position, last_position, entries, at_ms, head, signature FROM audit_seal WHERE first_position = $1";
std::optional<Seal> seal_beginning_at(db::Reader& reader, std::int64_t position) { return reader.first(select_seal_at, {position}, seal_of); }

constexpr std::string_view select_seals_after =
    "SELECT first_position, last_position, entries, at_ms, head, signature FROM audit_seal WHERE first_position > $1 ORDER BY first_position";
std::vector<Seal> seals_after(db::Reader& reader, std::int64_t position) { return reader.all(select_seals_after, {position}, seal_of); }

constexpr std::string_view insert_seal_row = "INSERT INTO audit_seal (first_position, last_position, entries, at_ms, head, signature) VALUES ($1, $2, $3, $4, $5, $6)";
void insert_seal(db::Writer& writer, const Seal& seal) { writer.run(insert_seal_row, {seal.first, seal.last, seal.entries, seal.at_ms, seal.head, seal.signature}); }

constexpr std::string_view select_person_key = "SELECT sealed FROM person_key WHERE noun = $1 AND record = $2";
std::optional<db::Blob> person_key(db::Reader& reader, std::string_view noun, std::int64_t record) {
  return reader.first(select_person_key, {noun, record}, [](const db::Row& row) { return copied(row.bytes(0)); });
}

constexpr std::string_view insert_person_key_row = "INSERT INTO person_key (noun, record, sealed) VALUES ($1, $2, $3)";
void insert_person_key(db::Writer& writer, std::string_view noun, std::int64_t record, const db::Blob& sealed) {
  writer.run(insert_person_key_row, {noun, record, sealed});
}

constexpr std::string_view delete_person_key_row = "DELETE FROM person_key WHERE noun = $1 AND record = $2";
void delete_person_key(db::Writer& writer, std::string_view noun, std::int64_t record) { writer.run(delete_person_key_row, {noun, record}); }

}  // namespace khuyenhoc::audit_sql
