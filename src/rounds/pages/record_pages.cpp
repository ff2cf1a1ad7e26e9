#include <algorithm>

#include "organisation/contacts.h"
#include "organisation/namesakes.h"
#include "rounds/pages/record.html.h"
#include "rounds/pages/round_pages.h"
#include "rounds/reminding.h"

namespace khuyenhoc::rounds {
namespace {

constexpr std::size_t longest_reason = 1000, longest_how = 200;

BodyId body_of(const Visit& visit) { return visit.request().id<struct BodyTag>("body"); }

bool acts_for(const Viewer& viewer, BodyId body) {
  return viewer.acting_for() == body || std::ranges::any_of(viewer.units(), [&](const ActingUnit& unit) { return unit.body == body; });
}

// The report, when the visitor may see the body's figures.
struct Found {
  ReportingRound round;
  RoundReport report;
};
std::optional<Found> found_in(const Visit& visit, db::Reader& reader) {
  const BodyId body = body_of(visit);
  if (!visit.viewer().may(Permission::see_figures, body)) return std::nullopt;
  auto round = find_round(reader, round_of(visit));
  auto report = round ? report_of(reader, round->id, body) : std::nullopt;
  if (!report) return std::nullopt;
  return Found{std::move(*round), std::move(*report)};
}

std::string heirs_words(const Organisation& organisation, const RoundReport& report, Day today) {
  const ReportsFor standing = reports_for(organisation, report, today);
  if (standing.manner == ReportsFor::Manner::itself) return {};
  std::string names;
  for (const BodyId heir : standing.heirs) names += (names.empty() ? "" : ", ") + name_on(organisation, heir, today);
  if (names.empty()) return tr("Đơn vị này đã kết thúc hoạt động và không có đơn vị kế thừa.");
  return standing.manner == ReportsFor::Manner::by_heirs ? tr("Đơn vị này đã kết thúc hoạt động sau ngày khóa số. Đơn vị kế thừa báo cáo thay: {}.", names)
                                                         : tr("Đơn vị này đã sáp nhập trước ngày khóa số. Số liệu nằm trong báo cáo của: {}.", names);
}

RecordPage page_of(const Visit& visit, db::Reader& reader, const Found& found, const ReportPage& report_page) {
  House& house = visit.house();
  const Organisation& organisation = *visit.organisation();
  const Viewer& viewer = visit.viewer();
  const auto& [round, report] = found;
  RecordPage page;
  page.round = round.id;
  page.body = report.body;
  page.round_title = round.title;
  page.name = name_among_siblings(organisation, report.body, asking_day(report.window, visit.today()));
  page.version = report.row_version;
  const ReportState state = shown_state(visit.organisation(), house.ledger.view().entered->round(report.window), report, visit.today());
  page.state = report_state_words(state, report.level);
  page.look = report_state_look(state);
  const bool out_of_hand = state == ReportState::sent || state == ReportState::received || state == ReportState::closed;
  if (report.due) page.due = fmt::format("{}, {}", report.due->weekday_text(), report.due->text());
  if (report.due && !out_of_hand) page.days = days_words(*report.due - visit.today());
  if (report.sends_to) page.sends_to = name_on(organisation, report.sends_to, visit.today());
  if (report.sent_ms && out_of_hand) page.sent = report.confirmed_by.empty() ? time_text(*report.sent_ms) : fmt::format("{}, {}", time_text(*report.sent_ms), report.confirmed_by);
  page.behalf = on_behalf_words(organisation, report, visit.today());
  page.reason = report.state == ReportState::returned ? report.reason : std::string();
  page.heirs = heirs_words(organisation, report, visit.today());
  const bool branch = report.level == BodyKind::Level::branch, may_enter = viewer.may(Permission::enter_figures, report.body);
  page.for_another = !acts_for(viewer, report.body);
  const bool open = !round.entry_closed_ms || report.state == ReportState::returned || !report.sends_to;
  if (may_enter && !is_locked(report.state) && open && organisation.body(report.body).alive(asking_day(report.window, visit.today()))) {
    page.fill_in = (branch ? html::path("/phieu/{}", report.body) : html::path("/nhap-so-lieu/{}", report.body)).with("ky", entry_period(reader, house, round).name());
    page.may_confirm = branch && state != ReportState::not_started;
    page.may_behalf = page.for_another && !report.on_behalf();
  }
  page.may_withdraw = branch && may_enter && report.state == ReportState::sent && open && !page.for_another;
  page.may_return = branch && report.state == ReportState::sent && report.sends_to && (viewer.may(Permission::receive, report.sends_to) || viewer.may(Permission::enter_figures, report.sends_to));
  if (!branch && report_page) page.whole = report_page(report);
  if (viewer.may(Permission::see_names, report.body))
    if (const auto known = contact(reader, house.keys, report.body)) {
      page.head_name = known->head_name;
      page.telephone = known->telephone;
      if (!known->telephone.empty()) page.call = Url::telephone(known->telephone);
    }
  if (!out_of_hand && page.for_another) page.reminder = reminder_to(organisation, viewer, round, report, page.head_name, whole_address(visit, html::path("/dot-bao-cao/{}/don-vi/{}", round.id, report.body)));
  for (const ReportEvent& event : events_of_report(reader, report.id))
    page.events.push_back({time_text(event.at_ms), event.by_name, report_step_words(event.step, report.level), event.reason});
  std::ranges::reverse(page.events);
  return page;
}

http::Response answer(const Visit& visit, const RecordPage& page, http::Status status) {
  return http::Response::html(rounds_pages::record(visit.frame(page.name, MenuItem::reports), page), status);
}

http::Response show(const Visit& visit, const ReportPage& report_page) {
  const auto page = visit.house().store.read([&](db::Reader& reader) -> std::optional<RecordPage> {
    const auto found = found_in(visit, reader);
    return found ? std::optional(page_of(visit, reader, *found, report_page)) : std::nullopt;
  });
  return page ? answer(visit, *page, http::Status::ok) : visit.not_found();
}

http::Response take(const Visit& visit, const ReportPage& report_page) {
  House& house = visit.house();
  auto read = house.store.read([&](db::Reader& reader) -> std::optional<std::pair<Found, RecordPage>> {
    auto found = found_in(visit, reader);
    if (!found) return std::nullopt;
    RecordPage page = page_of(visit, reader, *found, report_page);
    return std::pair(std::move(*found), std::move(page));
  });
  if (!read) return visit.not_found();
  auto& [found, page] = *read;
  const std::string wanted = visit.request().text("buoc");
  StepTold told{visit.request().lines("ly-do"), visit.request().text("cach")};
  page.how = told.how;
  page.typed_reason = told.reason;
  const std::int64_t version = typed_whole(visit, "version");
  if (told.reason.size() > longest_reason) page.errors.emplace_back("ly-do", tr("Lý do dài quá. Xin rút gọn."));
  if (told.how.size() > longest_how) page.errors.emplace_back("cach", tr("Xin ghi ngắn gọn cách báo số liệu."));
  if (version == 0) page.errors.emplace_back("ly-do", tr("Biểu mẫu gửi lên thiếu thông tin. Xin tải lại trang rồi làm lại."));
  if (!page.errors.empty()) return answer(visit, page, http::Status::unprocessable);
  // an association's report is signed and sent on its own page, with the version that is frozen
  const bool branch = found.report.level == BodyKind::Level::branch;
  std::optional<ReportStep> step;
  if (branch && wanted == "xac-nhan") step = ReportStep::send;
  if (branch && wanted == "rut-lai") step = ReportStep::withdraw;
  if (branch && wanted == "tra-lai") step = ReportStep::give_back;
  if (!step && wanted != "nhap-thay") return visit.refused({"report.step", tr("Không làm được việc này ở đây. Xin tải lại trang."), {}}, http::Status::unprocessable);
  const auto done = house.store.write([&](db::Writer& writer) {
    return step ? take_step(writer, house, visit.viewer(), found.report.id, *step, version, told) : enter_on_behalf(writer, house, visit.viewer(), found.report.id, version, told.how);
  });
  if (!done) {
    page.errors.emplace_back(done.error().place.empty() ? "ly-do" : done.error().place, done.error().message);
    return answer(visit, page, done.error().code.ends_with(".stale") ? http::Status::conflict : http::Status::unprocessable);
  }
  const std::string said = !step                               ? tr("Đã ghi là nhập thay {}.", page.name)
                           : *step == ReportStep::send         ? tr("Đã xác nhận số liệu của {} lúc {}.", page.name, time_text(*done->sent_ms))
                           : *step == ReportStep::withdraw     ? tr("Đã rút lại. Sửa xong, xin bấm “Xác nhận” lần nữa.")
                                                               : tr("Đã gửi đề nghị sửa đến {}.", page.name);
  return visit.done(html::path("/dot-bao-cao/{}/don-vi/{}", found.round.id, found.report.body), said);
}

}  // namespace

void add_record_pages(Pages& pages, ReportPage report_page) {
  pages.get("/dot-bao-cao/{round:number}/don-vi/{body:number}", Permission::see_figures, RouteScope::body, [report_page](const Visit& visit) { return show(visit, report_page); });
  pages.post("/dot-bao-cao/{round:number}/don-vi/{body:number}/buoc", Permission::see_figures, RouteScope::body, [report_page](const Visit& visit) { return take(visit, report_page); });
}

}  // namespace khuyenhoc::rounds
