// States of a report and the steps between them; what is shown of one without a step; who reports for a body that is no more.
#include <algorithm>

#include "base/i18n.h"
#include "organisation/heirs.h"
#include "reporting/reporting.h"
#include "rounds/reporting_round.h"

namespace khuyenhoc {

std::string report_state_words(ReportState state, BodyKind::Level level) {
  switch (state) {
    case ReportState::not_started: return tr("Chưa nhập");
    case ReportState::entering: return tr("Đang nhập");
    case ReportState::waiting_for_head: return tr("Chờ Chủ tịch duyệt");
    case ReportState::sent: return level == BodyKind::Level::branch ? tr("Đã xác nhận") : tr("Đã gửi");
    case ReportState::received: return tr("Đã tiếp nhận");
    case ReportState::returned: return tr("Đề nghị sửa");
    case ReportState::closed: break;
  }
  return tr("Đã chốt");
}

std::string_view report_state_look(ReportState state) {
  switch (state) {
    case ReportState::not_started: return "wait";
    case ReportState::entering:
    case ReportState::waiting_for_head: return "attention";
    case ReportState::returned: return "bad";
    case ReportState::sent:
    case ReportState::received:
    case ReportState::closed: break;
  }
  return "good";
}

bool is_locked(ReportState state) {
  return state == ReportState::waiting_for_head || state == ReportState::sent || state == ReportState::received || state == ReportState::closed;
}

std::optional<ReportState> state_after(ReportState state, ReportStep step) {
  using enum ReportState;
  const bool in_hand = state == not_started || state == entering || state == returned;
  switch (step) {
    case ReportStep::submit: return in_hand ? std::optional(waiting_for_head) : std::nullopt;
    case ReportStep::take_back: return state == waiting_for_head ? std::optional(entering) : std::nullopt;
    case ReportStep::send: return in_hand || state == waiting_for_head ? std::optional(sent) : std::nullopt;
    case ReportStep::withdraw: return state == sent ? std::optional(entering) : std::nullopt;
    case ReportStep::receive: return state == sent ? std::optional(received) : std::nullopt;
    case ReportStep::give_back: return state == sent || state == received ? std::optional(returned) : std::nullopt;
    case ReportStep::close: return state == received ? std::optional(closed) : std::nullopt;
    case ReportStep::add_late:
    case ReportStep::on_behalf:
    case ReportStep::adjusted:
    case ReportStep::moved: break;
  }
  return std::nullopt;
}

std::string report_step_words(ReportStep step, BodyKind::Level level) {
  switch (step) {
    case ReportStep::submit: return tr("Trình Chủ tịch duyệt");
    case ReportStep::take_back: return tr("Lấy lại để sửa");
    case ReportStep::send: return level == BodyKind::Level::branch ? tr("Xác nhận số liệu") : tr("Gửi báo cáo");
    case ReportStep::withdraw: return tr("Rút lại");
    case ReportStep::receive: return tr("Tiếp nhận");
    case ReportStep::give_back: return tr("Đề nghị sửa");
    case ReportStep::close: return tr("Chốt số liệu");
    case ReportStep::add_late: return tr("Bổ sung vào đợt báo cáo");
    case ReportStep::on_behalf: return tr("Nhập thay");
    case ReportStep::adjusted: return tr("Điều chỉnh số liệu đã chốt");
    case ReportStep::moved: break;
  }
  return tr("Chuyển sang đợt báo cáo của Hội cấp trên");
}

std::optional<Day> DueDays::of(BodyKind::Level level) const {
  switch (level) {
    case BodyKind::Level::centre: return centre;
    case BodyKind::Level::province: return province;
    case BodyKind::Level::district:
    case BodyKind::Level::commune: return commune;
    case BodyKind::Level::branch: break;
  }
  return branch;
}

std::string on_behalf_words(const Organisation& organisation, const RoundReport& report, Day day) {
  if (!report.on_behalf()) return {};
  const Body* of = organisation.find(report.behalf_body);
  const std::string who = of == nullptr ? report.behalf_name : fmt::format("{} ({})", report.behalf_name, of->on(day).name);
  return report.behalf_how.empty() ? tr("{} nhập thay", who) : tr("{} nhập thay, {}", who, report.behalf_how);
}

ReportState shown_state(const OrganisationView& organisation, const Entered::Round& entered, const RoundReport& report, Day today) {
  if (report.state != ReportState::not_started || organisation->find(report.body) == nullptr) return report.state;
  if (entered.has_stated(organisation->node(report.body))) return ReportState::entering;
  if (report.level == BodyKind::Level::branch) return ReportState::not_started;
  const Day day = std::max(report.window.first, std::min(report.window.last, today));
  for (const ReportingAssociation& known : *round_roster(organisation, report.body, day)) {
    if (known.body == report.body ? std::ranges::any_of(known.branches, [&](const auto& branch) { return entered.has_stated(branch.node); }) : entered.has_stated(known.node))
      return ReportState::entering;
  }
  return ReportState::not_started;
}

bool is_late(const RoundReport& report, Day today) {
  const bool out_of_hand = report.state == ReportState::sent || report.state == ReportState::received || report.state == ReportState::closed;
  return report.due && *report.due < today && !out_of_hand;
}

ReportsFor reports_for(const Organisation& organisation, const RoundReport& report, Day today) {
  ReportsFor out;
  const Body* body = organisation.find(report.body);
  if (body == nullptr || body->alive(today) || (!body->voided && today < body->born)) return out;
  // handed on until somebody is alive: an heir may have ended, too
  std::vector<BodyId> open = heirs(organisation, report.body), seen;
  while (!open.empty()) {
    const BodyId one = open.back();
    open.pop_back();
    if (std::ranges::find(seen, one) != seen.end()) continue;
    seen.push_back(one);
    if (organisation.body(one).alive(today)) {
      out.heirs.push_back(one);
      continue;
    }
    for (const BodyId next : heirs(organisation, one)) open.push_back(next);
  }
  std::ranges::sort(out.heirs);
  out.manner = body->alive(report.window.last) ? ReportsFor::Manner::by_heirs : ReportsFor::Manner::part_of_heirs;
  return out;
}

}  // namespace khuyenhoc
