// The office above: one report with remarks at cells and blocks, many at once, closing.
#include "reporting/reporting.h"
#include "signed_reports/pages/receive.html.h"
#include "signed_reports/pages/report_pages.h"

namespace khuyenhoc {
namespace signed_pages {
namespace {

constexpr int single_cells = 3;

std::vector<ReportRemark> typed_remarks(const Visit& visit, ReceivePage& page) {
  const http::Request& request = visit.request();
  std::vector<ReportRemark> out;
  for (FigureLine& line : page.figures) {
    line.remark = request.text("y-" + line.field);
    if (line.remark.empty()) continue;
    const auto dash = line.field.find('-');
    out.push_back({ReportRemark::On::cell, BodyId{whole_number(std::string_view(line.field).substr(0, dash))}, line.field.substr(dash + 1), line.remark});
  }
  for (TextLine& text : page.texts) {
    text.remark = request.text("b-" + text.code);
    if (!text.remark.empty()) out.push_back({ReportRemark::On::text, {}, text.code, text.remark});
  }
  for (ReceivePage::Cell& cell : page.cells) {
    cell.unit = request.text(fmt::format("dv-{}", cell.place));
    cell.measure = request.text(fmt::format("ct-{}", cell.place));
    cell.reason = request.text(fmt::format("ld-{}", cell.place));
    if (!cell.unit.empty() || !cell.reason.empty()) out.push_back({ReportRemark::On::cell, BodyId{whole_number(cell.unit)}, cell.measure, cell.reason});
  }
  page.reason = request.text("ly-do");
  return out;
}

// Why single figures changed so much, as whoever typed them said at their cells: the association's own and those of its branches.
std::vector<std::string> reason_lines(const Visit& visit, db::Reader& reader, const RoundReport& report) {
  const Organisation& organisation = *visit.organisation();
  std::vector<BodyId> bodies = {report.body};
  for (const BodyId body : organisation.below(report.body, report.window.last))
    if (organisation.kind(body).level == BodyKind::Level::branch && organisation.body(body).on(report.window.last).superior == report.body) bodies.push_back(body);
  std::vector<std::string> out;
  for (const FigureReason& reason : figure_reasons(reader, bodies, report.window)) {
    const auto named = parse_series_name(visit.house().catalogue, reason.measure);
    const std::string label = named ? visit.house().catalogue.measure(named->measure).label(visit.language()) : reason.measure;
    out.push_back(tr("{}, {}: {}", organisation.body(reason.body).on(report.window.last).name, label, reason.text));
  }
  return out;
}

ReceivePage page_for(const Visit& visit, const RoundReport& report) {
  House& house = visit.house();
  ReceivePage page;
  page.trail = trail_to(visit, report);
  page.version = std::to_string(report.row_version);
  page.may_receive = report.state == ReportState::sent;
  page.receive = page_of(report.id, "tiep-nhan");
  page.correct = page_of(report.id, "de-nghi-sua");
  house.store.read([&](db::Reader& reader) {
    const auto last = last_version(reader, report.id);
    if (!last) return;
    page.facts = {{tr("Đơn vị"), body_name(visit, report)}, {tr("Số, ngày ký"), tr("{} ngày {}", last->number_text, last->signed_day.text())}, {tr("Người ký"), last->signer_name}};
    const VersionContent content = content_of(reader, house.ledger, *last);
    page.figures = figure_lines(visit, report.body, {content.totals.begin(), content.totals.end()});
    lead_to_history(page.figures, report);
    page.texts = text_lines(content.texts);
    page.findings = finding_lines(findings_kept(reader, report.id));
    for (std::string& line : reason_lines(visit, reader, report)) page.findings.push_back(std::move(line));
  });
  const Organisation& organisation = *visit.organisation();
  for (const BodyId body : organisation.below(report.body, report.window.last))
    if (organisation.kind(body).level == BodyKind::Level::branch) page.units.push_back({std::to_string(body.value), organisation.body(body).on(report.window.last).name});
  if (report.level != BodyKind::Level::commune) page.units.clear();
  for (const FigureLine& line : page.figures) page.measures.push_back({line.field.substr(line.field.find('-') + 1), line.label});
  if (!page.units.empty())
    for (int place = 0; place < single_cells; ++place) page.cells.push_back({place, {}, {}, {}});
  return page;
}

http::Response show(const Visit& visit, const RoundReport& report, const ReceivePage& page, http::Status status) {
  return http::Response::html(signed_reports_pages::receive(visit.frame(tr("Tiếp nhận {}", title_of(visit, report)), MenuItem::reports), page), status);
}

std::optional<RoundReport> report_received(const Visit& visit) {
  auto report = report_in(visit);
  return report && receives_it(visit, *report) ? report : std::nullopt;
}

http::Response receive_page(const Visit& visit) {
  const auto report = report_received(visit);
  if (!report) return visit.not_found();
  if (report->state != ReportState::sent && report->state != ReportState::received) return http::Response::redirect(signed_report_page(report->id));
  return show(visit, *report, page_for(visit, *report), http::Status::ok);
}

http::Response receive(const Visit& visit) {
  const auto report = report_received(visit);
  if (!report) return visit.not_found();
  const auto done = visit.house().store.write([&](db::Writer& writer) { return receive_report(writer, visit.house(), visit.viewer(), report->id, typed_number(visit.request(), "version")); });
  return done ? visit.done(signed_report_page(report->id), tr("Đã tiếp nhận báo cáo của {}.", body_name(visit, *report))) : refused_step(visit, done.error());
}

http::Response correct(const Visit& visit) {
  const auto report = report_received(visit);
  if (!report) return visit.not_found();
  ReceivePage page = page_for(visit, *report);
  const auto remarks = typed_remarks(visit, page);
  const auto done = visit.house().store.write([&](db::Writer& writer) {
    return ask_correction(writer, visit.house(), visit.viewer(), report->id, typed_number(visit.request(), "version"), page.reason, remarks);
  });
  if (done) return visit.done(signed_report_page(report->id), tr("Đã đề nghị {} sửa; {} ý kiến tại từng ô.", body_name(visit, *report), remarks.size()));
  page.errors.emplace_back("ly-do", done.error().message);
  return show(visit, *report, page, status_of(done.error()));
}

std::string left_words(const Visit& visit, const ManyOutcome& outcome) {
  constexpr std::size_t most_named = 5;
  std::string out;
  for (std::size_t i = 0; i < outcome.left.size() && i < most_named; ++i) out += fmt::format(" {}: {}", body_name(visit, outcome.left[i].first), outcome.left[i].second);
  return out;
}

http::Response receive_all(const Visit& visit) {
  const auto report = report_in(visit);
  if (!report || !visit.viewer().may(Permission::receive, report->body)) return visit.not_found();
  const auto done = visit.house().store.write([&](db::Writer& writer) { return receive_all_clean(writer, visit.house(), visit.viewer(), report->body, report->form, report->window); });
  if (!done) return refused_step(visit, done.error());
  return visit.done(signed_report_page(report->id), tr("Đã tiếp nhận {} báo cáo không có cảnh báo; để lại {}.", done->done, done->left.size()) + left_words(visit, *done));
}

http::Response close(const Visit& visit, bool all) {
  const auto report = all ? report_in(visit) : report_received(visit);
  const BodyId office = !report ? BodyId{} : all ? report->body : report->sends_to;
  if (!report || !visit.viewer().may(Permission::receive, office)) return visit.not_found();
  const std::vector<ReportId> only = all ? std::vector<ReportId>{} : std::vector<ReportId>{report->id};
  const auto done = visit.house().store.write([&](db::Writer& writer) { return close_reports(writer, visit.house(), visit.viewer(), office, report->form, report->window, only); });
  if (!done) return refused_step(visit, done.error());
  if (!all && done->done == 0) return visit.refused({"report.step", tr("Chưa chốt được.") + left_words(visit, *done), {}}, http::Status::conflict);
  return visit.done(signed_report_page(report->id), tr("Đã chốt {} báo cáo.", done->done) + left_words(visit, *done));
}

}  // namespace

void add_office_pages(Pages& pages) {
  constexpr auto scope = RouteScope::signed_in;
  pages.get("/bao-cao-ky/{report:number}/tiep-nhan", Permission::receive, scope, receive_page);
  pages.post("/bao-cao-ky/{report:number}/tiep-nhan", Permission::receive, scope, signed_pages::receive);
  pages.post("/bao-cao-ky/{report:number}/de-nghi-sua", Permission::receive, scope, correct);
  pages.post("/bao-cao-ky/{report:number}/tiep-nhan-tat-ca", Permission::receive, scope, receive_all);
  pages.post("/bao-cao-ky/{report:number}/chot", Permission::receive, scope, [](const Visit& visit) { return close(visit, false); });
  pages.post("/bao-cao-ky/{report:number}/chot-tat-ca", Permission::receive, scope, [](const Visit& visit) { return close(visit, true); });
}

}  // namespace signed_pages
}  // namespace khuyenhoc
