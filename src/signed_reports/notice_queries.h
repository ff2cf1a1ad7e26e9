// Rows about reports that are no versions: findings at submission, remarks of the office above, papers attached, notices of change.
#pragma once

#include "signed_reports/signed_reports.h"

namespace khuyenhoc::notice_sql {

void insert(db::Writer& writer, const ChangeNotice& notice);
std::optional<ChangeNotice> find(db::Reader& reader, std::int64_t notice);
void mark_seen(db::Writer& writer, std::int64_t notice, UserId by, std::int64_t now_ms);

void replace_findings(db::Writer& writer, ReportId report, const std::vector<ReportFinding>& findings);
bool has_findings(db::Reader& reader, ReportId report);
void insert_remarks(db::Writer& writer, ReportId report, const std::vector<ReportRemark>& remarks, UserId by, std::int64_t now_ms);
std::vector<ReportRemark> remarks_since(db::Reader& reader, ReportId report, std::int64_t at_ms);
void insert_paper(db::Writer& writer, const SignedPaper& paper);

}  // namespace khuyenhoc::notice_sql
