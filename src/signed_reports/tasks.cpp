// What signed reports ask of whoever opens the home page, beside the steps that rounds know: adjustments to sign, figures that changed under a signed report.
#include "signed_reports/report_parts.h"

namespace khuyenhoc {

using namespace signed_reports;

std::vector<SignedTask> signed_tasks(db::Reader& reader, const House& house, const Viewer& viewer, BodyId body) {
  std::vector<SignedTask> out;
  const bool signs = viewer.may(Permission::sign, body), enters = viewer.may(Permission::enter_figures, body);
  if (!signs && !enters) return out;
  for (const RoundReport& report : reports_of_body(reader, body)) {
    const std::string title = house.periods.label(report.window, viewer.language());
    if (report.state == ReportState::returned && enters) {
      const auto remarks = open_remarks(reader, report.id);
      if (!remarks.empty())
        out.push_back({SignedTask::Kind::correct, report.id, tr("Sửa báo cáo {}", title), tr("{} chỗ cấp trên đề nghị sửa, có lý do tại từng ô.", remarks.size()), report.reason, fmt::format("/bao-cao-ky/{}", report.id.value), report.due, remarks.size()});
    }
    if (const auto open = open_adjustment(reader, report.id); open && open->state == Adjustment::State::waiting_for_head && signs)
      out.push_back({SignedTask::Kind::sign_adjustment, report.id, tr("Ký điều chỉnh số liệu đã chốt, {}", title), tr("{} ô thay đổi, chờ Chủ tịch ký.", open->cells.size()), open->reason, fmt::format("/bao-cao-ky/{}/dieu-chinh", report.id.value), std::nullopt, open->cells.size()});
    // one report, one task: its page tells the changes one by one
    if (const auto notices = open_notices(reader, report.id); !notices.empty())
      out.push_back({SignedTask::Kind::changed_below, report.id, tr("Số đã chốt thay đổi, {}", title), tr("Số trong báo cáo đã ký khác số đã chốt hiện nay. Xin xem chênh lệch."), notices.front().reason, fmt::format("/bao-cao-ky/{}", report.id.value), std::nullopt, notices.size()});
  }
  return out;
}

}  // namespace khuyenhoc
