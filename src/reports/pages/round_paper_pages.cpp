// The paper of a report of a round: on the page, and as Word, PDF and Excel.
#include <algorithm>

#include "base/number.h"
#include "organisation/namesakes.h"
#include "paper_templates/paper_templates.h"
#include "reports/pages/round_paper_view.html.h"
#include "reports/paper_fields.h"
#include "reports/reports.h"
#include "reports/round_paper.h"
#include "shell/form_answers.h"
#include "shell/visit.h"

namespace khuyenhoc {
namespace {

constexpr const char* word_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
constexpr const char* excel_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

// The report of the address, where the viewer sees its figures.
std::optional<RoundReport> report_in(const Visit& visit) {
  const auto report = visit.house().store.read([&](db::Reader& reader) { return find_report(reader, ReportId{visit.request().number("report")}); });
  if (!report || visit.organisation()->find(report->body) == nullptr) return std::nullopt;
  const Viewer& viewer = visit.viewer();
  const bool sees = viewer.may(Permission::see_figures, report->body) || (report->sends_to && viewer.may(Permission::see_figures, report->sends_to));
  return sees ? report : std::nullopt;
}

PaperOrder order_of(const Visit& visit, const RoundReport& report) {
  PaperOrder out{.report = report.id};
  out.version = ReportVersionId{visit.request().query_number("ban").value_or(0)};
  if (visit.request().query.value("so-lieu") == "dang-nhap") out.draft_lens = TextLens::live;
  if (visit.viewer().may(Permission::sign, report.body)) out.pictures = Pictures::digital;
  return out;
}

// The template of the office that the Word file is made with: the one asked for by who keeps the office's papers, the one that was in use at the signature, or, of a
// draft, the one in use now. None: the house's layout.
std::optional<PaperTemplate> template_for(const Visit& visit, db::Reader& reader, const RoundReport& report, const RoundPaper& paper) {
  const auto asked = visit.request().query.value("mau");
  if (asked == "chung") return std::nullopt;
  if (const PaperTemplateId one{whole_number(asked)}; one) {
    const auto found = visit.viewer().may(Permission::keep_bodies, report.body) ? find_paper_template(reader, one) : std::nullopt;
    return found && found->body == report.body && found->form == report.form ? found : std::nullopt;
  }
  if (!paper.version) {
    const PaperChoice choice = paper_choice(reader, report.body, paper.form.code);
    return choice.paper_template ? find_paper_template(reader, choice.paper_template) : std::nullopt;
  }
  const auto frozen = frozen_paper_of(content_of(reader, visit.house().ledger, *paper.version).texts, visit.house().catalogue);
  return frozen && frozen->paper_template != 0 ? find_paper_template(reader, PaperTemplateId{frozen->paper_template}) : std::nullopt;
}

Url address(const RoundReport& report, std::string_view ending, const PaperOrder& order) {
  Url url = Url::local(fmt::format("/bao-cao-ky/{}/van-ban{}", report.id.value, ending)).value_or(Url("/bao-cao"));
  if (order.version) url = url.with("ban", order.version.value);
  if (order.draft_lens == TextLens::live) url = url.with("so-lieu", "dang-nhap");
  return url;
}

void put_addresses(const Visit& visit, const RoundReport& report, PaperOrder order, RoundPaperView& page) {
  page.docx = address(report, ".docx", order);
  page.pdf = address(report, ".pdf", order);
  page.xlsx = address(report, ".xlsx", order);
  page.house_docx = page.docx.with("mau", "chung");
  order.draft_lens = TextLens::as_signed;
  page.as_signed = address(report, "", order);
  order.draft_lens = TextLens::live;
  page.as_entered = address(report, "", order);
  if (visit.viewer().may(Permission::keep_bodies, report.body)) page.settings = FrameLink{tr("Mẫu Word và các cột của phụ lục"), paper_templates_page(report.body).with("mau", report.form)};
}

http::Response refused(const Visit& visit, const Refusal& refusal) {
  return refusal.code == "report.unknown" ? visit.not_found() : visit.refused(refusal, http::Status::unprocessable);
}

http::Response view(const Visit& visit) {
  const auto report = report_in(visit);
  if (!report) return visit.not_found();
  House& house = visit.house();
  const PaperOrder order = order_of(visit, *report);
  return house.store.read([&](db::Reader& reader) {
    const auto paper = round_paper(reader, house, order);
    if (!paper) return refused(visit, paper.error());
    const std::string title = tr("Báo cáo {}", house.periods.label(report->window, visit.language()));
    RoundPaperView page;
    page.trail = {{tr("Đợt báo cáo"), html::path("/dot-bao-cao/{}", report->round)}, {title, signed_report_page(report->id)}};
    page.name = name_among_siblings(*visit.organisation(), report->body, report->window.last);
    page.draft = paper->is_draft();
    page.live = order.draft_lens == TextLens::live;
    page.state = page.draft ? tr("Bản thảo, lúc {}", time_text(house.clock.now_ms())) : tr("Đã ký, số {} ngày {}", paper->version->number_text, paper->version->signed_day.text());
    page.apart = paper->apart;
    put_addresses(visit, *report, order, page);
    if (const auto own = template_for(visit, reader, *report, *paper)) page.own_template = tr("Bản Word lập theo mẫu của đơn vị: {} (bản {}). Bản PDF và bản trên trang theo thể thức chung.", own->file_name, own->version);
    return http::Response::html(reports_pages::round_paper_view(visit.frame(title, MenuItem::reports), page, html::vouched_html(document::to_html(paper_document(*paper)))));
  });
}

enum class Ending { docx, pdf, xlsx };

http::Response download(const Visit& visit, Ending ending) {
  const auto report = report_in(visit);
  if (!report) return visit.not_found();
  House& house = visit.house();
  PaperOrder order = order_of(visit, *report);
  const auto answer = [&](std::string content, const char* type, const std::string& name) { return http::Response::download(std::make_shared<const std::string>(std::move(content)), type, name); };
  struct Made {
    Result<RoundPaper> paper;
    std::optional<document::DocxTemplate> own;
  };
  const Made made = house.store.read([&](db::Reader& reader) {
    Made out{round_paper(reader, house, order), std::nullopt};
    const auto own = out.paper && ending == Ending::docx ? template_for(visit, reader, *report, *out.paper) : std::nullopt;
    if (!own) return out;
    auto read = document::DocxTemplate::read(template_bytes(reader, *own));
    if (!read) return out;
    order.more_columns = columns_of_rows(*read, house.catalogue, out.paper->form);
    if (!order.more_columns.empty()) out.paper = round_paper(reader, house, order);
    out.own = std::move(*read);
    return out;
  });
  if (!made.paper) return refused(visit, made.paper.error());
  const std::string name = paper_file_name(*made.paper);
  if (made.own) return answer(made.own->fill(paper_fields(*made.paper)), word_type, name + ".docx");
  const document::Document document = paper_document(*made.paper);
  if (ending == Ending::docx) return answer(document::to_docx(document), word_type, name + ".docx");
  if (ending == Ending::pdf) return answer(document::to_pdf(document), "application/pdf", name + ".pdf");
  auto workbook = document::to_xlsx(document);
  if (!workbook) return visit.refused(workbook.error(), http::Status::unprocessable);
  return answer(std::move(*workbook), excel_type, name + ".xlsx");
}

}  // namespace

void add_round_paper_pages(Pages& pages) {
  using enum Permission;
  constexpr auto scope = RouteScope::signed_in;
  pages.get("/bao-cao-ky/{report:number}/van-ban", see_figures, scope, view);
  pages.get("/bao-cao-ky/{report:number}/van-ban.docx", see_figures, scope, [](const Visit& visit) { return download(visit, Ending::docx); });
  pages.get("/bao-cao-ky/{report:number}/van-ban.pdf", see_figures, scope, [](const Visit& visit) { return download(visit, Ending::pdf); });
  pages.get("/bao-cao-ky/{report:number}/van-ban.xlsx", see_figures, scope, [](const Visit& visit) { return download(visit, Ending::xlsx); });
}

}  // namespace khuyenhoc
