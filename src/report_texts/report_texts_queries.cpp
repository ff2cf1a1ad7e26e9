#include "report_texts/report_texts_queries.h"

namespace khuyenhoc {
namespace {

ReportText text_from(const db::Row& row) {
  ReportText out;
  out.report = row.id<ReportId>(0);
  out.code = row.text(1);
  out.markdown = row.text(2);
  out.row_version = row.number(3);
  out.by = row.id<UserId>(4);
  out.by_name = row.text(5);
  out.at_ms = row.number(6);
  return out;
}

ReportTextVersion version_from(const db::Row& row) {
  ReportTextVersion out;
  out.id = row.number(0);
  out.kind = row.as<ReportTextVersion::Kind>(1);
  out.markdown = row.text(2);
  out.row_version = row.number(3);
  out.by = row.id<UserId>(4);
  out.by_name = row.text(5);
  out.at_ms = row.number(6);
  return out;
}

}  // namespace

constexpr std::string_view select_texts = "SELECT report, code, markdown, row_version, by_user, by_name, at_ms FROM report_text WHERE report = $1 ORDER BY code";
std::vector<ReportText> texts_of(db::Reader& reader, ReportId report) { return reader.all(select_texts, {report}, text_from); }

constexpr std::string_view select_text = "SELECT report, code, markdown, row_version, by_user, by_name, at_ms FROM report_text WHERE report = $1 AND code = $2";
ReportText text_of(db::Reader& reader, ReportId report, std::string_view code) {
  auto found = reader.first(select_text, {report, code}, text_from);
  if (found) return std::move(*found);
  ReportText out;
  out.report = report;
  out.code = code;
  return out;
}

constexpr std::string_view select_versions =
    "SELECT id, kind, markdown, row_version, by_user, by_name, at_ms FROM report_text_version WHERE report = $1 AND code = $2 ORDER BY at_ms DESC, id DESC";
std::vector<ReportTextVersion> text_versions(db::Reader& reader, ReportId report, std::string_view code) { return reader.all(select_versions, {report, code}, version_from); }

namespace report_texts_sql {

constexpr std::string_view upsert_text =
    "INSERT INTO report_text (report, code, markdown, row_version, by_user, by_name, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7) "
    "ON CONFLICT (report, code) DO UPDATE SET markdown = excluded.markdown, row_version = excluded.row_version, by_user = excluded.by_user, by_name = excluded.by_name, "
    "at_ms = excluded.at_ms";
void put_text(db::Writer& writer, const ReportText& text) { writer.run(upsert_text, {text.report, text.code, text.markdown, text.row_version, text.by, text.by_name, text.at_ms}); }

constexpr std::string_view insert_one =
    "INSERT INTO report_text_version (id, report, code, kind, markdown, row_version, by_user, by_name, began_ms, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
void insert_version(db::Writer& writer, ReportId report, std::string_view code, const StoredVersion& stored) {
  const ReportTextVersion& one = stored.version;
  writer.run(insert_one, {one.id, report, code, one.kind, one.markdown, one.row_version, one.by, one.by_name, stored.began_ms, one.at_ms});
}

constexpr std::string_view update_one = "UPDATE report_text_version SET markdown = $2, row_version = $3, at_ms = $4 WHERE id = $1";
void replace_version(db::Writer& writer, const StoredVersion& stored) {
  writer.run(update_one, {stored.version.id, stored.version.markdown, stored.version.row_version, stored.version.at_ms});
}

constexpr std::string_view select_newest =
    "SELECT id, kind, markdown, row_version, by_user, by_name, at_ms, began_ms FROM report_text_version WHERE report = $1 AND code = $2 AND kind <> $3 "
    "ORDER BY row_version DESC, id DESC LIMIT 1";
std::optional<StoredVersion> newest_version(db::Reader& reader, ReportId report, std::string_view code) {
  return reader.first(select_newest, {report, code, ReportTextVersion::Kind::set_aside}, [](const db::Row& row) { return StoredVersion{version_from(row), row.number(7)}; });
}

constexpr std::string_view select_one =
    "SELECT id, kind, markdown, row_version, by_user, by_name, at_ms FROM report_text_version WHERE report = $1 AND code = $2 AND id = $3";
std::optional<ReportTextVersion> find_version(db::Reader& reader, ReportId report, std::string_view code, std::int64_t id) {
  return reader.first(select_one, {report, code, id}, version_from);
}

}  // namespace report_texts_sql
}  // namespace khuyenhoc
