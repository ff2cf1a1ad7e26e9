#include "home/reports_due.h"

#include <algorithm>

namespace khuyenhoc::home {

std::int64_t ReportsDue::mine() const {
  const auto of = [](const std::vector<RoundDuty>& duties) { return std::ranges::count_if(duties, &RoundDuty::mine); };
  return of(returned) + of(due) + std::ssize(after_closing);
}

ReportsDue reports_due(const House& house, const Viewer& viewer) {
  ReportsDue out;
  for (RoundDuty& duty : round_duties(house, viewer)) {
    auto& into = duty.kind == RoundDuty::Kind::returned ? out.returned : duty.kind == RoundDuty::Kind::waiting ? out.waiting : out.due;
    // an association's report is read, signed and mended on its own page
    if (const bool at_the_round = duty.address.find("/don-vi/") != std::string::npos; at_the_round && duty.report.level != BodyKind::Level::branch) {
      const Url whole = signed_report_page(duty.report.id);
      duty.address = duty.kind == RoundDuty::Kind::to_sign ? whole.text() + "/ky" : whole.text();
    }
    // where those below are received together, and one by one
    if (duty.kind == RoundDuty::Kind::to_receive) duty.address = signed_report_page(duty.report.id).text();
    into.push_back(std::move(duty));
  }
  const BodyId body = viewer.acting_for();
  for (const RoundReport& report : house.store.read([&](db::Reader& reader) { return reports_of_body(reader, body); }))
    if (report.state == ReportState::received || report.state == ReportState::closed) out.settled.push_back(report.window);
  if (viewer.organisation()->find(body) == nullptr) return out;
  for (SignedTask& task : house.store.read([&](db::Reader& reader) { return signed_tasks(reader, house, viewer, body); })) {
    if (task.kind != SignedTask::Kind::correct) {
      out.after_closing.push_back(std::move(task));
      continue;
    }
    // the round says already that it came back: the remarks join it
    const auto asked = std::ranges::find(out.returned, task.report, [](const RoundDuty& duty) { return duty.report.id; });
    // a return without a reason for the whole says by itself how many they are
    if (asked != out.returned.end() && asked->sentence != tr(Language::vietnamese, "{} chỗ cần sửa, xem ý kiến tại từng ô.", task.count)) asked->sentence += " " + task.sentence;
  }
  return out;
}

void join(Duties& duties, ReportsDue& reports, const NamedPeriod& period, Day today) {
  const auto of_period = [&](const RoundDuty& duty) { return duty.report.window == period.period; };
  const auto any_of_period = [&](const std::vector<RoundDuty>& of) { return std::ranges::any_of(of, of_period); };
  if (any_of_period(reports.due) || any_of_period(reports.waiting)) std::erase_if(duties.due, [](const Due& due) { return due.form.kind == DueForm::Kind::round; });
  const bool to_sign = std::ranges::any_of(reports.due, [&](const RoundDuty& duty) { return duty.kind == RoundDuty::Kind::to_sign && of_period(duty); });
  const bool settled = std::ranges::find(reports.settled, period.period) != reports.settled.end();
  if (settled || to_sign || any_of_period(reports.waiting) || any_of_period(reports.returned)) duties.due.clear();
  const auto asked = std::ranges::find_if(reports.due, [&](const RoundDuty& duty) { return duty.kind == RoundDuty::Kind::due && of_period(duty); });
  if (asked == reports.due.end()) return;
  if (asked->report.due)
    for (Due& due : duties.due) {
      due.form.due = asked->report.due;
      due.form.days_left = *asked->report.due - today;
      due.form.sent_to = asked->sent_to;
    }
  const bool of_branch = asked->report.level == BodyKind::Level::branch;
  if (of_branch && std::ranges::any_of(duties.due, [](const Due& due) { return due.form.kind == DueForm::Kind::branch_form; })) reports.due.erase(asked);
}

}  // namespace khuyenhoc::home
