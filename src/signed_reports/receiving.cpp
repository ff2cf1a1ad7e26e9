// The office above: it receives, or says cell by cell what is to be corrected, and closes what it received.
#include <algorithm>

#include "signed_reports/notice_queries.h"
#include "signed_reports/report_parts.h"

namespace khuyenhoc {

using namespace signed_reports;

Result<RoundReport> receive_report(db::Writer& writer, const House& house, const Viewer& viewer, ReportId report, std::int64_t expected_version) {
  return take_step(writer, house, viewer, report, ReportStep::receive, expected_version);
}

Result<RoundReport> ask_correction(db::Writer& writer, const House& house, const Viewer& viewer, ReportId id, std::int64_t expected_version, const std::string& reason,
                                   const std::vector<ReportRemark>& remarks) {
  const auto report = find_report(writer, id);
  if (!report) return std::unexpected(unknown_report());
  if (reason.empty() && remarks.empty()) return refuse("signed.say_why", tr("Xin ghi lý do chung, hoặc ghi ý kiến tại ô cần sửa."), "ly-do");
  for (std::size_t i = 0; i < remarks.size(); ++i) {
    const ReportRemark& one = remarks[i];
    const bool known = one.on == ReportRemark::On::text ? !one.measure.empty()
                                                        : house.organisation.current()->find(one.body) != nullptr && house.catalogue.find(one.measure) &&
                                                              (one.body == report->body || counts_below(*house.organisation.current(), one.body, report->body, report->window.last));
    if (!known || one.reason.empty()) return refuse("signed.remark", tr("Ý kiến này chưa nói rõ ô nào hoặc vì sao. Xin chọn ô và ghi lý do."), std::to_string(i));
  }
  std::string whole = reason;
  if (whole.empty()) whole = tr(Language::vietnamese, "{} chỗ cần sửa, xem ý kiến tại từng ô.", remarks.size());
  auto done = take_step(writer, house, viewer, id, ReportStep::give_back, expected_version, {.reason = whole});
  if (done && done->returned_ms) notice_sql::insert_remarks(writer, id, remarks, viewer.user(), *done->returned_ms);
  return done;
}

std::vector<ReportRemark> open_remarks(db::Reader& reader, ReportId id) {
  const auto report = find_report(reader, id);
  if (!report || !report->returned_ms || (report->sent_ms && *report->sent_ms > *report->returned_ms)) return {};
  return notice_sql::remarks_since(reader, id, *report->returned_ms);
}

Result<ManyOutcome> receive_all_clean(db::Writer& writer, const House& house, const Viewer& viewer, BodyId office, const std::string& form, Period window) {
  if (!viewer.may(Permission::receive, office)) return refuse("report.may_not", tr("Ông/bà không được giao tiếp nhận báo cáo của đơn vị này."));
  ManyOutcome out;
  for (const RoundReport& report : reports_sent_to(writer, office, form, window)) {
    if (report.state != ReportState::sent) continue;
    if (const auto kept = findings_kept(writer, report.id); !kept.empty()) {
      out.left.emplace_back(report, tr("{} cảnh báo: {}. {} Lý do: {}", kept.size(), kept.front().title, kept.front().message, kept.front().reason));
      continue;
    }
    if (auto done = take_step(writer, house, viewer, report.id, ReportStep::receive, report.row_version); !done) return std::unexpected(done.error());
    ++out.done;
  }
  return out;
}

Result<ManyOutcome> close_reports(db::Writer& writer, const House& house, const Viewer& viewer, BodyId office, const std::string& form, Period window, const std::vector<ReportId>& only) {
  ManyOutcome out;
  for (const RoundReport& report : reports_sent_to(writer, office, form, window)) {
    const bool wanted = only.empty() || std::ranges::find(only, report.id) != only.end();
    if (!wanted || report.level == BodyKind::Level::branch || report.state == ReportState::closed) continue;
    if (report.state != ReportState::received) {
      if (!only.empty()) out.left.emplace_back(report, tr("Đang ở tình trạng “{}”, chưa tiếp nhận.", report_state_words(report.state, report.level)));
      continue;
    }
    if (const auto how = reports_for(*house.organisation.current(), report, viewer.today()); how.manner == ReportsFor::Manner::part_of_heirs) {
      out.left.emplace_back(report, tr("Đơn vị đã kết thúc trước ngày chốt kỳ; số liệu nằm trong báo cáo của đơn vị kế thừa."));
      continue;
    }
    if (auto done = close_one(writer, house, viewer, report); !done) return std::unexpected(done.error());
    ++out.done;
  }
  return out;
}

}  // namespace khuyenhoc
