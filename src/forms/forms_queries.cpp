#include "forms/forms_queries.h"

namespace khuyenhoc::forms_sql {

namespace {

// Lists of words as one text: "H1 9M Y".
std::string words(const std::vector<std::string>& list) {
  std::string out;
  for (const auto& word : list) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto blank = text.find(' ');
    out.emplace_back(text.substr(0, blank));
    text = blank == std::string_view::npos ? std::string_view() : text.substr(blank + 1);
  }
  return out;
}

FormVersion bare(const db::Row& row) {
  FormVersion out;
  out.id = row.id<FormVersionId>(0);
  out.kind = row.as<FormVersion::Kind>(1);
  out.code = row.text(2);
  out.owner = row.id<BodyId>(3);
  out.number = static_cast<int>(row.number(4));
  out.name_vi = row.text(5);
  out.name_en = row.text(6);
  out.systems = split(row.text(7));
  out.family = row.text(8);
  out.windows = split(row.text(9));
  if (!row.is_null(10) && !row.is_null(11)) out.request_period = Period{row.day(10), row.day(11)};
  out.request_due = row.maybe_day(12);
  out.in_force_from = row.day(13);
  out.note = row.text(14);
  out.published_ms = row.number(15);
  out.published_by = row.id<UserId>(16);
  out.row_version = row.number(17);
  return out;
}

db::Value day_or_none(const std::optional<Period>& period, Day Period::* end) { return period ? db::Value((*period).*end) : db::Value(); }

}  // namespace

constexpr std::string_view select_one =
    "SELECT id, kind, code, owner, number, name_vi, name_en, systems, family, windows, request_first, request_last, request_due, in_force_from, note, published_ms, published_by, "
    "row_version, content FROM form_version WHERE id = $1";
std::optional<Stored> find(db::Reader& reader, FormVersionId id) {
  return reader.first(select_one, {id}, [](const db::Row& row) { return Stored{bare(row), std::string(row.text(18))}; });
}

constexpr std::string_view select_published =
    "SELECT id, kind, code, owner, number, name_vi, name_en, systems, family, windows, request_first, request_last, request_due, in_force_from, note, published_ms, published_by, "
    "row_version FROM form_version WHERE kind = $1 AND published_ms > 0 AND in_force_from <= $2 ORDER BY code, in_force_from, number";
std::vector<FormVersion> published(db::Reader& reader, FormVersion::Kind kind, Day until) { return reader.all(select_published, {kind, until}, bare); }

constexpr std::string_view select_published_of =
    "SELECT id, kind, code, owner, number, name_vi, name_en, systems, family, windows, request_first, request_last, request_due, in_force_from, note, published_ms, published_by, "
    "row_version FROM form_version WHERE code = $1 AND kind = $2 AND published_ms > 0 AND in_force_from <= $3 ORDER BY owner, in_force_from, number";
std::vector<FormVersion> published_of(db::Reader& reader, std::string_view code, FormVersion::Kind kind, Day until) {
  return reader.all(select_published_of, {code, kind, until}, bare);
}

constexpr std::string_view select_of_owner =
    "SELECT id, kind, code, owner, number, name_vi, name_en, systems, family, windows, request_first, request_last, request_due, in_force_from, note, published_ms, published_by, "
    "row_version FROM form_version WHERE owner = $1 ORDER BY published_ms = 0 DESC, published_ms DESC, id DESC";
std::vector<FormVersion> of_owner(db::Reader& reader, BodyId owner) { return reader.all(select_of_owner, {owner}, bare); }

constexpr std::string_view select_draft = "SELECT id FROM form_version WHERE code = $1 AND owner = $2 AND published_ms = 0";
std::optional<FormVersionId> draft_of(db::Reader& reader, std::string_view code, BodyId owner) {
  return reader.first(select_draft, {code, owner}, [](const db::Row& row) { return row.id<FormVersionId>(0); });
}

constexpr std::string_view select_last_number = "SELECT MAX(number) FROM form_version WHERE code = $1 AND kind = $2";
std::int64_t last_number(db::Reader& reader, std::string_view code, FormVersion::Kind kind) { return reader.first_number(select_last_number, {code, kind}).value_or(0); }

constexpr std::string_view select_last_number_of = "SELECT MAX(number) FROM form_version WHERE code = $1 AND owner = $2";
std::int64_t last_number_of(db::Reader& reader, std::string_view code, BodyId owner) { return reader.first_number(select_last_number_of, {code, owner}).value_or(0); }

constexpr std::string_view select_house = "SELECT COUNT(*) FROM form_version WHERE code = $1 AND owner = 0 AND number = $2";
bool has_house_version(db::Reader& reader, std::string_view code, std::int64_t number) { return reader.first_number(select_house, {code, number}).value_or(0) > 0; }

constexpr std::string_view insert_version =
    "INSERT INTO form_version (id, kind, code, owner, number, name_vi, name_en, systems, family, windows, request_first, request_last, request_due, in_force_from, content, note, "
    "published_ms, published_by, row_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) ON CONFLICT DO NOTHING";
void insert(db::Writer& writer, const Stored& stored) {
  const FormVersion& one = stored.version;
  writer.run(insert_version, {one.id, one.kind, one.code, one.owner, one.number, one.name_vi, one.name_en, words(one.systems), one.family, words(one.windows),
                              day_or_none(one.request_period, &Period::first), day_or_none(one.request_period, &Period::last), one.request_due, one.in_force_from, stored.content, one.note,
                              one.published_ms, one.published_by, one.row_version});
}

constexpr std::string_view update_draft_row =
    "UPDATE form_version SET name_vi = $3, name_en = $4, windows = $5, request_first = $6, request_last = $7, request_due = $8, content = $9, note = $10, row_version = row_version + 1 "
    "WHERE id = $1 AND row_version = $2 AND published_ms = 0";
std::int64_t update_draft(db::Writer& writer, const Stored& stored) {
  const FormVersion& one = stored.version;
  return writer.run(update_draft_row, {one.id, one.row_version, one.name_vi, one.name_en, words(one.windows), day_or_none(one.request_period, &Period::first),
                                       day_or_none(one.request_period, &Period::last), one.request_due, stored.content, one.note});
}

constexpr std::string_view publish_row =
    "UPDATE form_version SET content = $3, in_force_from = $4, published_ms = $5, published_by = $6, row_version = row_version + 1 WHERE id = $1 AND row_version = $2 AND published_ms = 0";
std::int64_t publish(db::Writer& writer, const Stored& stored, UserId by, std::int64_t now_ms) {
  return writer.run(publish_row, {stored.version.id, stored.version.row_version, stored.content, stored.version.in_force_from, now_ms, by});
}

constexpr std::string_view delete_draft = "DELETE FROM form_version WHERE id = $1 AND row_version = $2 AND published_ms = 0";
std::int64_t remove_draft(db::Writer& writer, FormVersionId id, std::int64_t row_version) { return writer.run(delete_draft, {id, row_version}); }

constexpr std::string_view select_windows = "SELECT from_year, seam, windows FROM office_windows WHERE owner = $1 AND family = $2 ORDER BY from_year";
std::vector<StoredWindows> windows(db::Reader& reader, BodyId owner, std::string_view family) {
  return reader.all(select_windows, {owner, family}, [](const db::Row& row) { return StoredWindows{static_cast<int>(row.number(0)), row.as<OfficeWindows::Seam>(1), std::string(row.text(2))}; });
}

constexpr std::string_view select_any_windows = "SELECT 1 FROM office_windows LIMIT 1";
bool any_windows(db::Reader& reader) { return reader.first(select_any_windows, {}, [](const db::Row& row) { return row.number(0); }).has_value(); }

constexpr std::string_view upsert_windows =
    "INSERT INTO office_windows (owner, family, from_year, seam, windows, set_by, set_ms) VALUES ($1, $2, $3, $4, $5, $6, $7) "
    "ON CONFLICT (owner, family, from_year) DO UPDATE SET seam = excluded.seam, windows = excluded.windows, set_by = excluded.set_by, set_ms = excluded.set_ms";
void set_windows(db::Writer& writer, BodyId owner, std::string_view family, const StoredWindows& one, UserId by, std::int64_t now_ms) {
  writer.run(upsert_windows, {owner, family, one.from_year, one.seam, one.windows, by, now_ms});
}

}  // namespace khuyenhoc::forms_sql
