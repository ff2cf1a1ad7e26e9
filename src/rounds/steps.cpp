// One report moves by one step: who may, from which state, what is kept and told.
#include "base/i18n.h"
#include "rounds/round_parts.h"
#include "rounds/rounds_queries.h"

namespace khuyenhoc {

using namespace rounds;

namespace {

bool is_branch(const RoundReport& report) { return report.level == BodyKind::Level::branch; }

bool may_step(const Viewer& viewer, const RoundReport& report, ReportStep step) {
  const BodyId receiver = report.sends_to ? report.sends_to : report.body;
  switch (step) {
    case ReportStep::submit:
    case ReportStep::take_back: return viewer.may(Permission::enter_figures, report.body) || viewer.may(Permission::sign, report.body);
    case ReportStep::send:
    case ReportStep::withdraw: return viewer.may(is_branch(report) ? Permission::enter_figures : Permission::sign, report.body);
    case ReportStep::give_back:
      // a branch has no seal: whoever keeps its association's figures may ask it to look again
      if (is_branch(report) && viewer.may(Permission::enter_figures, receiver)) return true;
      [[fallthrough]];
    case ReportStep::receive:
    case ReportStep::close: return viewer.may(Permission::receive, receiver);
    case ReportStep::add_late:
    case ReportStep::on_behalf:
    case ReportStep::adjusted:
    case ReportStep::moved: break;
  }
  return false;
}

Refusal not_from_here(const Organisation& organisation, const RoundReport& report, ReportStep step, Day day) {
  const std::string name = name_on(organisation, report.body, day), now = report_state_words(report.state, report.level);
  if (report.state == ReportState::closed)
    return {"report.step", tr("Báo cáo của {} đã chốt. Muốn sửa, xin lập điều chỉnh số liệu đã chốt.", name), {}};
  if (step == ReportStep::withdraw && report.state == ReportState::received)
    return {"report.step", tr("Báo cáo của {} đã được tiếp nhận, nên không rút lại được nữa. Xin đề nghị cấp trên trả lại để sửa.", name), {}};
  return {"report.step", tr("Báo cáo của {} đang ở tình trạng “{}”, nên chưa làm được việc “{}”. Xin tải lại trang để xem tình trạng mới.", name, now, report_step_words(step, report.level)), {}};
}

// Whoever acts for a body is named there; anybody else who enters or confirms does it for the body.
bool is_of_body(const Viewer& viewer, BodyId body) {
  if (viewer.acting_for() == body) return true;
  for (const ActingUnit& unit : viewer.units())
    if (unit.body == body) return true;
  return false;
}

void mark_behalf(RoundReport& report, const Viewer& viewer, const std::string& how) {
  report.behalf_user = viewer.user();
  report.behalf_body = viewer.acting_for();
  report.behalf_name = viewer.name();
  report.behalf_how = how;
}

void keep_step(RoundReport& report, ReportStep step, const Viewer& viewer, std::int64_t now, const StepTold& told) {
  switch (step) {
    case ReportStep::submit: report.submitted_ms = now; break;
    case ReportStep::send:
      report.sent_ms = now;
      report.confirmed_by = viewer.name();
      report.reason.clear();
      if (is_branch(report)) {
        if (is_of_body(viewer, report.body)) report.behalf_user = {}, report.behalf_body = {}, report.behalf_name.clear(), report.behalf_how.clear();
        else mark_behalf(report, viewer, told.how);
      }
      break;
    case ReportStep::take_back:
      report.submitted_ms = std::nullopt;
      report.reason = told.reason;
      break;
    case ReportStep::withdraw:
      report.sent_ms = std::nullopt;
      report.confirmed_by.clear();
      break;
    case ReportStep::receive: report.received_ms = now; break;
    case ReportStep::give_back:
      report.returned_ms = now;
      report.received_ms = std::nullopt;
      report.reason = told.reason;
      break;
    case ReportStep::close: report.closed_ms = now; break;
    case ReportStep::add_late:
    case ReportStep::on_behalf:
    case ReportStep::adjusted:
    case ReportStep::moved: break;
  }
}

Refusal unknown_report() { return {"report.unknown", tr("Không có báo cáo này, hoặc báo cáo không thuộc phạm vi của ông/bà."), {}}; }
Refusal stale_report() { return {"report.stale", tr("Báo cáo này vừa được người khác xử lý. Xin xem tình trạng mới rồi làm tiếp."), {}}; }

}  // namespace

Result<RoundReport> take_step(db::Writer& writer, const House& house, const Viewer& viewer, ReportId id, ReportStep step, std::int64_t expected_version, const StepTold& told) {
  const OrganisationView organisation = house.organisation.current();
  auto report = find_report(writer, id);
  if (!report || organisation->find(report->body) == nullptr) return std::unexpected(unknown_report());
  if (!may_step(viewer, *report, step)) {
    const bool sees = viewer.may(Permission::see_figures, report->body) || (report->sends_to && viewer.may(Permission::see_figures, report->sends_to));
    if (!sees) return std::unexpected(unknown_report());
    return refuse("report.may_not", tr("Ông/bà không được giao việc “{}” với báo cáo này.", report_step_words(step, report->level)));
  }
  if (expected_version != 0 && report->row_version != expected_version) return std::unexpected(stale_report());
  const auto next = state_after(report->state, step);
  if (!next) return std::unexpected(not_from_here(*organisation, *report, step, viewer.today()));
  if (step == ReportStep::give_back && told.reason.empty()) return refuse("report.reason", tr("Xin ghi lý do để đơn vị biết cần sửa chỗ nào."), "ly-do");
  const bool sends = step == ReportStep::submit || step == ReportStep::send || step == ReportStep::withdraw;
  // what the office above asked to be corrected may be sent again, whenever the round was closed to entry
  if (sends && report->state != ReportState::returned && report->sends_to) {
    if (const auto closed = rounds_sql::entry_closed_ms(writer, report->round))
      return refuse("round.entry_closed", tr("Đợt báo cáo đã khóa nhập lúc {}. Muốn làm tiếp, xin đề nghị đơn vị mở đợt mở khóa.", time_text(*closed)));
  }
  const ReportState from = report->state;
  report->state = *next;
  keep_step(*report, step, viewer, house.clock.now_ms(), told);
  if (!rounds_sql::update_report(writer, *report, report->row_version)) return std::unexpected(stale_report());
  ++report->row_version;
  tell_event(writer, house, viewer, *report, step, from, *next, told.reason);
  const LanguageScope in_vietnamese(Language::vietnamese);
  std::string summary = tr("{}: {}, báo cáo {}", name_on(*organisation, report->body, viewer.today()), report_step_words(step, report->level),
                           house.periods.label(report->window, Language::vietnamese));
  if (step == ReportStep::send && report->on_behalf()) summary += fmt::format(" ({})", on_behalf_words(*organisation, *report, viewer.today()));
  tell_trail(writer, house, viewer, report->body, "report", report->id.value, "step", summary, told.reason);
  return *report;
}

Result<RoundReport> enter_on_behalf(db::Writer& writer, const House& house, const Viewer& viewer, ReportId id, std::int64_t expected_version, const std::string& how) {
  const OrganisationView organisation = house.organisation.current();
  auto report = find_report(writer, id);
  if (!report || organisation->find(report->body) == nullptr || !viewer.may(Permission::enter_figures, report->body)) return std::unexpected(unknown_report());
  if (is_of_body(viewer, report->body)) return refuse("report.own", tr("Đây là báo cáo của chính đơn vị ông/bà, không phải nhập thay."));
  if (expected_version != 0 && report->row_version != expected_version) return std::unexpected(stale_report());
  if (is_locked(report->state)) return std::unexpected(not_from_here(*organisation, *report, ReportStep::on_behalf, viewer.today()));
  mark_behalf(*report, viewer, how);
  if (!rounds_sql::update_report(writer, *report, report->row_version)) return std::unexpected(stale_report());
  ++report->row_version;
  tell_event(writer, house, viewer, *report, ReportStep::on_behalf, report->state, report->state, how);
  const LanguageScope in_vietnamese(Language::vietnamese);
  tell_trail(writer, house, viewer, report->body, "report", report->id.value, "on_behalf",
             tr("{}: {}", name_on(*organisation, report->body, viewer.today()), on_behalf_words(*organisation, *report, viewer.today())));
  return *report;
}

}  // namespace khuyenhoc
