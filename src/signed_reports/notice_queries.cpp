#include "signed_reports/notice_queries.h"

#include <algorithm>

namespace khuyenhoc {

namespace {

ChangeNotice notice_from(const db::Row& row) {
  return {row.number(0), row.id<ReportId>(1), row.id<ReportId>(2), row.id<ReportVersionId>(3), row.number(4), std::string(row.text(5))};
}

}  // namespace

constexpr std::string_view select_open = "SELECT id, report, cause, version, at_ms, reason FROM report_change_notice WHERE report = $1 AND seen_ms IS NULL ORDER BY id DESC";
std::vector<ChangeNotice> open_notices(db::Reader& reader, ReportId report) { return reader.all(select_open, {report}, notice_from); }

constexpr std::string_view select_papers = "SELECT id, version, digest, name, media_type, by_user, at_ms FROM report_paper WHERE version = $1 ORDER BY id DESC";
std::vector<SignedPaper> papers_of(db::Reader& reader, ReportVersionId version) {
  return reader.all(select_papers, {version}, [](const db::Row& row) {
    SignedPaper out{row.number(0), row.id<ReportVersionId>(1), {}, std::string(row.text(3)), std::string(row.text(4)), row.id<UserId>(5), row.number(6)};
    const auto bytes = row.bytes(2);
    std::copy_n(bytes.begin(), std::min(bytes.size(), out.digest.size()), out.digest.begin());
    return out;
  });
}

constexpr std::string_view select_findings = "SELECT finding, severity, body, measure, title, message, reason FROM report_finding WHERE report = $1 ORDER BY place";
std::vector<ReportFinding> findings_kept(db::Reader& reader, ReportId report) {
  return reader.all(select_findings, {report}, [](const db::Row& row) {
    return ReportFinding{std::string(row.text(0)), row.as<Check::Severity>(1), row.id<BodyId>(2), std::string(row.text(3)), std::string(row.text(4)), std::string(row.text(5)), std::string(row.text(6))};
  });
}

namespace notice_sql {

constexpr std::string_view insert_notice = "INSERT INTO report_change_notice (id, report, cause, version, at_ms, reason) VALUES ($1, $2, $3, $4, $5, $6)";
void insert(db::Writer& writer, const ChangeNotice& notice) { writer.run(insert_notice, {notice.id, notice.report, notice.cause, notice.version, notice.at_ms, notice.reason}); }

constexpr std::string_view select_notice = "SELECT id, report, cause, version, at_ms, reason FROM report_change_notice WHERE id = $1 AND seen_ms IS NULL";
std::optional<ChangeNotice> find(db::Reader& reader, std::int64_t notice) { return reader.first(select_notice, {notice}, notice_from); }

constexpr std::string_view update_seen = "UPDATE report_change_notice SET seen_by = $2, seen_ms = $3 WHERE id = $1 AND seen_ms IS NULL";
void mark_seen(db::Writer& writer, std::int64_t notice, UserId by, std::int64_t now_ms) { writer.run(update_seen, {notice, by, now_ms}); }

constexpr std::string_view delete_findings = "DELETE FROM report_finding WHERE report = $1";
constexpr std::string_view insert_finding =
    "INSERT INTO report_finding (report, place, finding, severity, body, measure, title, message, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
void replace_findings(db::Writer& writer, ReportId report, const std::vector<ReportFinding>& findings) {
  writer.run(delete_findings, {report});
  std::int64_t place = 0;
  for (const ReportFinding& one : findings) writer.run(insert_finding, {report, ++place, one.key, one.severity, one.body, one.measure, one.title, one.message, one.reason});
}

constexpr std::string_view select_any_finding = "SELECT 1 FROM report_finding WHERE report = $1";
bool has_findings(db::Reader& reader, ReportId report) { return reader.first_number(select_any_finding, {report}).has_value(); }

constexpr std::string_view insert_remark = "INSERT INTO report_remark (report, at_ms, place, on_what, body, measure, reason, by_user) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
void insert_remarks(db::Writer& writer, ReportId report, const std::vector<ReportRemark>& remarks, UserId by, std::int64_t now_ms) {
  std::int64_t place = 0;
  for (const ReportRemark& one : remarks) writer.run(insert_remark, {report, now_ms, ++place, one.on, one.body, one.measure, one.reason, by});
}

constexpr std::string_view select_remarks = "SELECT on_what, body, measure, reason FROM report_remark WHERE report = $1 AND at_ms >= $2 ORDER BY at_ms, place";
std::vector<ReportRemark> remarks_since(db::Reader& reader, ReportId report, std::int64_t at_ms) {
  return reader.all(select_remarks, {report, at_ms},
                    [](const db::Row& row) { return ReportRemark{row.as<ReportRemark::On>(0), row.id<BodyId>(1), std::string(row.text(2)), std::string(row.text(3))}; });
}

constexpr std::string_view insert_paper_row = "INSERT INTO report_paper (id, version, digest, name, media_type, by_user, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)";
void insert_paper(db::Writer& writer, const SignedPaper& paper) {
  writer.run(insert_paper_row, {paper.id, paper.version, db::Blob(paper.digest.begin(), paper.digest.end()), paper.name, paper.media_type, paper.by, paper.at_ms});
}

}  // namespace notice_sql
}  // namespace khuyenhoc
