#include "importing/importing_queries.h"

#include <boost/json.hpp>

namespace khuyenhoc::importing::sql {
namespace {

namespace json = boost::json;

db::Value digest_value(const db::Digest& digest) { return db::Value(db::Blob(digest.begin(), digest.end())); }

template <class Map>
std::string text_of(const Map& map) {
  json::object out;
  for (const auto& [key, value] : map) {
    if constexpr (std::is_same_v<std::decay_t<decltype(key)>, int>) out[std::to_string(key)] = value;
    else out[key] = value;
  }
  return json::serialize(out);
}

template <class Each>
void each_member(std::string_view text, Each each) {
  const json::value parsed = json::parse(json::string_view(text.data(), text.size()));
  for (const auto& [key, value] : parsed.as_object()) each(std::string(key), value);
}

db::Digest digest_from(std::span<const std::byte> bytes) {
  db::Digest out{};
  std::copy_n(bytes.begin(), std::min(bytes.size(), out.size()), out.begin());
  return out;
}

ImportRecord record_of(const db::Row& row) {
  ImportRecord out;
  out.id = row.id<ImportId>(0);
  out.kind = row.text(1);
  out.body = row.id<BodyId>(2);
  out.by = row.id<UserId>(3);
  out.by_name = row.text(4);
  out.file_name = row.text(5);
  out.state = row.as<ImportState>(6);
  out.rows = row.number(7);
  out.added = row.number(8);
  out.changed = row.number(9);
  out.unchanged = row.number(10);
  out.to_review = row.number(11);
  out.refused = row.number(12);
  out.at_ms = row.number(13);
  out.written_ms = row.maybe_number(14);
  out.undone_ms = row.maybe_number(15);
  out.summary = row.text(16);
  return out;
}

}  // namespace

constexpr std::string_view insert_batch =
    "INSERT INTO import_batch (id, kind, body, by_user, on_behalf_of, by_name, state, file_digest, file_name, sheet, heading_row, matching, options, decisions, matched, choose, shown_digest, "
    "row_count, added, changed, unchanged, to_review, refused, at_ms, summary, note, row_version) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 0, 0, 0, 0, 0, 0, $18, '', '', 1)";
void insert(db::Writer& writer, const Batch& batch) {
  const ImportRecord& record = batch.record;
  writer.run(insert_batch, {record.id, record.kind, record.body, record.by, batch.on_behalf_of, record.by_name, record.state, digest_value(batch.file), record.file_name, batch.sheet,
                            batch.heading_row, text_of(batch.matching), text_of(batch.options), text_of(batch.decisions), batch.matched ? 1 : 0, batch.choose, batch.shown_digest, record.at_ms});
}

constexpr std::string_view update_batch =
    "UPDATE import_batch SET state = $3, sheet = $4, heading_row = $5, matching = $6, options = $7, decisions = $8, matched = $9, choose = $10, shown_digest = $11, row_count = $12, added = $13, "
    "changed = $14, unchanged = $15, to_review = $16, refused = $17, note = $18, job = $19, row_version = row_version + 1 WHERE id = $1 AND row_version = $2";
bool update(db::Writer& writer, const Batch& batch) {
  const ImportRecord& record = batch.record;
  return writer.run(update_batch, {record.id, batch.row_version, record.state, batch.sheet, batch.heading_row, text_of(batch.matching), text_of(batch.options), text_of(batch.decisions),
                                   batch.matched ? 1 : 0, batch.choose, batch.shown_digest, record.rows, record.added, record.changed, record.unchanged, record.to_review, record.refused,
                                   batch.note, batch.job}) == 1;
}

constexpr std::string_view select_batch =
    "SELECT id, kind, body, by_user, by_name, file_name, state, row_count, added, changed, unchanged, to_review, refused, at_ms, written_ms, undone_ms, summary, "
    "on_behalf_of, file_digest, sheet, heading_row, matching, options, decisions, matched, choose, shown_digest, note, job, row_version FROM import_batch WHERE id = $1";
std::optional<Batch> find(db::Reader& reader, ImportId id) {
  return reader.first(select_batch, {id}, [](const db::Row& row) {
    Batch out;
    out.record = record_of(row);
    if (!row.is_null(17)) out.on_behalf_of = row.id<UserId>(17);
    out.file = digest_from(row.bytes(18));
    out.sheet = row.text(19);
    out.heading_row = static_cast<int>(row.number(20));
    each_member(row.text(21), [&](std::string key, const json::value& value) { out.matching.emplace(std::move(key), static_cast<int>(value.as_int64())); });
    each_member(row.text(22), [&](std::string key, const json::value& value) { out.options.emplace(std::move(key), std::string(value.as_string())); });
    each_member(row.text(23), [&](const std::string& key, const json::value& value) { out.decisions.emplace(std::stoi(key), std::string(value.as_string())); });
    out.matched = row.flag(24);
    out.choose = row.as<Choose>(25);
    out.shown_digest = row.text(26);
    out.note = row.text(27);
    out.job = row.maybe_number(28);
    out.row_version = row.number(29);
    return out;
  });
}

constexpr std::string_view select_written_with = "SELECT max(written_ms) FROM import_batch WHERE file_digest = $1 AND body = $2 AND kind = $3 AND state = 3";
std::optional<std::int64_t> written_with(db::Reader& reader, const db::Digest& file, BodyId body, std::string_view kind) {
  return reader.first_number(select_written_with, {digest_value(file), body, kind});
}

constexpr std::string_view update_written =
    "UPDATE import_batch SET state = 3, row_count = $2, added = $3, changed = $4, unchanged = $5, to_review = $6, refused = $7, written_ms = $8, summary = $9, rows_digest = $10, note = '', "
    "row_version = row_version + 1 WHERE id = $1";
void mark_written(db::Writer& writer, const Batch& batch, const db::Digest& rows) {
  const ImportRecord& record = batch.record;
  writer.run(update_written, {record.id, record.rows, record.added, record.changed, record.unchanged, record.to_review, record.refused, record.written_ms, record.summary, digest_value(rows)});
}

constexpr std::string_view update_undone = "UPDATE import_batch SET state = 4, undone_by = $2, undone_ms = $3, row_version = row_version + 1 WHERE id = $1";
void mark_undone(db::Writer& writer, ImportId id, UserId by, std::int64_t at_ms) { writer.run(update_undone, {id, by, at_ms}); }

constexpr std::string_view select_of_body =
    "SELECT id, kind, body, by_user, by_name, file_name, state, row_count, added, changed, unchanged, to_review, refused, at_ms, written_ms, undone_ms, summary "
    "FROM import_batch WHERE body = $1 AND state <> 5 AND (kind = $2 OR $2 = '') ORDER BY at_ms DESC, id DESC LIMIT $3";
std::vector<ImportRecord> of_body(db::Reader& reader, BodyId body, std::string_view kind, std::size_t limit) {
  return reader.all(select_of_body, {body, kind, static_cast<std::int64_t>(limit)}, record_of);
}

constexpr std::string_view select_that_wrote =
    "SELECT b.id, b.kind, b.body, b.by_user, b.by_name, b.file_name, b.state, b.row_count, b.added, b.changed, b.unchanged, b.to_review, b.refused, b.at_ms, b.written_ms, b.undone_ms, b.summary "
    "FROM import_row r JOIN import_batch b ON b.id = r.batch WHERE r.record = $1 AND b.kind = $2 AND b.state = 3 ORDER BY b.written_ms DESC, b.id DESC";
std::vector<ImportRecord> that_wrote(db::Reader& reader, std::string_view kind, std::int64_t record) { return reader.all(select_that_wrote, {record, kind}, record_of); }

namespace {

crypto::Place place_of(ImportId batch) { return {"import_row", batch.value, "before"}; }

}  // namespace

void insert_rows(db::Writer& writer, const crypto::KeyRing& keys, ImportId batch, std::span<const ImportWritten> rows) {
  std::size_t next = 0;
  writer.copy_in("import_row", {"batch", "number", "verdict", "record", "before_sealed"}, [&](db::Values& values) {
    if (next == rows.size()) return false;
    const ImportWritten& row = rows[next++];
    values = {batch, row.number, row.verdict, row.record, row.before.empty() ? db::Value() : db::Value(keys.seal(place_of(batch), crypto::bytes_of(row.before)))};
    return true;
  });
}

constexpr std::string_view delete_batch_rows = "DELETE FROM import_row WHERE batch = $1";
void delete_rows(db::Writer& writer, ImportId batch) { writer.run(delete_batch_rows, {batch}); }

constexpr std::string_view select_rows = "SELECT number, verdict, record, before_sealed FROM import_row WHERE batch = $1 ORDER BY number";
std::vector<ImportWritten> rows(db::Reader& reader, const crypto::KeyRing& keys, ImportId batch) {
  return reader.all(select_rows, {batch}, [&](const db::Row& row) {
    ImportWritten out{static_cast<int>(row.number(0)), row.as<ImportVerdict>(1), row.number(2), {}};
    if (!row.is_null(3))
      if (const auto open = keys.unseal(place_of(batch), row.bytes(3))) out.before.assign(reinterpret_cast<const char*>(open->data()), open->size());
    return out;
  });
}

std::string stored_digest(std::span<const ImportWritten> rows, db::Digest& digest) {
  db::RunningDigest running;
  std::string line;
  for (const ImportWritten& row : rows) {
    line.clear();
    fmt::format_to(std::back_inserter(line), "{}|{}|{}|{}\n", row.number, static_cast<int>(row.verdict), row.record, row.before);
    running.add(line);
  }
  digest = running.finish();
  return crypto::hex(digest);
}

constexpr std::string_view select_remembered = "SELECT headings FROM import_matching WHERE kind = $1 AND body = $2";
Remembered remembered(db::Reader& reader, std::string_view kind, BodyId body) {
  Remembered out;
  reader.each(select_remembered, {kind, body}, [&](const db::Row& row) {
    each_member(row.text(0), [&](std::string key, const json::value& value) { out.emplace(std::move(key), std::string(value.as_string())); });
  });
  return out;
}

constexpr std::string_view upsert_remembered = "INSERT INTO import_matching (kind, body, headings) VALUES ($1, $2, $3) ON CONFLICT (kind, body) DO UPDATE SET headings = excluded.headings";
void remember(db::Writer& writer, std::string_view kind, BodyId body, const Remembered& headings) { writer.run(upsert_remembered, {kind, body, text_of(headings)}); }

}  // namespace khuyenhoc::importing::sql
