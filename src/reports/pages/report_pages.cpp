#include "reports/pages/report_list.html.h"
#include "reports/pages/report_view.html.h"
#include "reports/reports.h"
#include "rounds/rounds.h"
#include "shell/visit.h"

namespace khuyenhoc {
namespace {

constexpr int years_listed = 3;

ReportOrder order_of(const Visit& visit, BodyId body) {
  ReportOrder order{body, visit.period(), report_tree(visit.period(), visit.today()), visit.lens()};
  if (visit.tree_is_old()) order.tree = visit.tree();
  return order;
}

Url address(BodyId body, const NamedPeriod& period, std::string_view ending, Lens lens) {
  Url url = ending.empty() ? path("/bao-cao/{}/cong-tac", body) : Url::local(fmt::format("/bao-cao/{}/cong-tac.{}", body.value, ending)).value_or(Url("/bao-cao"));
  url = url.with("ky", period.name());
  return lens == Lens::official ? url.with("so", "chot") : url;
}

// Where the report of a round stands for the body and period, that is its paper.
std::optional<RoundReport> of_a_round(const Visit& visit, BodyId body, const NamedPeriod& period) {
  if (visit.tree_is_old()) return std::nullopt;
  return visit.house().store.read([&](db::Reader& reader) { return report_in_window(reader, body, period.family, period.period); });
}

Url paper_address(ReportId report, std::string_view ending) {
  return ending.empty() ? html::path("/bao-cao-ky/{}/van-ban", report) : Url::local(fmt::format("/bao-cao-ky/{}/van-ban.{}", report.value, ending)).value_or(Url("/bao-cao"));
}

http::Response list(const Visit& visit) {
  const House& house = visit.house();
  const BodyId body = visit.viewer().acting_for();
  const auto& kind = visit.organisation()->kind(body);
  if (kind.system != "HKH" || kind.level == BodyKind::Level::branch)
    return visit.refused({"report.body", tr("Báo cáo công tác do Hội Khuyến học các cấp lập. Chi hội, ban khuyến học gửi số liệu ở mục Nhập số liệu."), {}}, http::Status::ok);
  ReportList page{visit.organisation()->body(body).on(visit.today()).name, {}};
  const NamedPeriod now = current_period(house.periods, visit.today());
  for (int year = now.year; year > now.year - years_listed; --year)
    for (const std::string_view window : {"Y", "9M", "H1"}) {
      const auto named = house.periods.named("bao_cao", window, year);
      if (!named || named->period.first > visit.today() || !visit.organisation()->body(body).alive(std::min(named->period.last, visit.today()))) continue;
      const bool running = named->period.last >= visit.today();
      if (const auto asked = of_a_round(visit, body, *named)) {
        const ReportState state = shown_state(visit.organisation(), house.ledger.view().entered->round(asked->window), *asked, visit.today());
        page.reports.push_back({house.periods.label(*named, visit.language()), named->period.text(), report_state_words(state, asked->level), state != ReportState::sent && state != ReportState::received && state != ReportState::closed,
                                paper_address(asked->id, ""), paper_address(asked->id, "docx"), paper_address(asked->id, "pdf"), paper_address(asked->id, "xlsx")});
        continue;
      }
      page.reports.push_back({house.periods.label(*named, visit.language()), named->period.text(), running ? tr("Đang trong kỳ, số còn thay đổi") : tr("Đã hết kỳ"), running,
                              address(body, *named, "", Lens::live), address(body, *named, "docx", Lens::live), address(body, *named, "pdf", Lens::live),
                              address(body, *named, "xlsx", Lens::live)});
    }
  return http::Response::html(reports_pages::report_list(visit.frame(tr("Báo cáo công tác"), MenuItem::reports), page));
}

http::Response view(const Visit& visit) {
  const BodyId body = *visit.body(Permission::see_figures);
  const ReportOrder order = order_of(visit, body);
  if (const auto asked = of_a_round(visit, body, order.period)) return http::Response::redirect(paper_address(asked->id, ""));
  const auto report = work_report(visit.house(), order);
  if (!report) return visit.refused(report.error(), http::Status::unprocessable);
  ReportView page{{}, order.lens == Lens::official, address(body, order.period, "docx", order.lens), address(body, order.period, "pdf", order.lens),
                  address(body, order.period, "xlsx", order.lens), address(body, order.period, "", Lens::live), address(body, order.period, "", Lens::official)};
  page.lens_note = page.official ? tr("Số đã chốt") : tr("Số tạm tính đến {}", time_text(visit.house().clock.now_ms()));
  const std::string title = tr("Báo cáo công tác {}", visit.house().periods.label(order.period, visit.language()));
  return http::Response::html(reports_pages::report_view(visit.frame(title, MenuItem::reports), page, html::vouched_html(document::to_html(*report))));
}

enum class Ending { docx, pdf, xlsx };

http::Response download(const Visit& visit, Ending ending) {
  const BodyId body = *visit.body(Permission::see_figures);
  const ReportOrder order = order_of(visit, body);
  if (const auto asked = of_a_round(visit, body, order.period)) return http::Response::redirect(paper_address(asked->id, ending == Ending::docx ? "docx" : ending == Ending::pdf ? "pdf" : "xlsx"));
  const auto report = work_report(visit.house(), order);
  if (!report) return visit.refused(report.error(), http::Status::unprocessable);
  const std::string name = report_file_name(visit.house(), order);
  switch (ending) {
    case Ending::docx:
      return http::Response::download(std::make_shared<const std::string>(document::to_docx(*report)), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", name + ".docx");
    case Ending::pdf: return http::Response::download(std::make_shared<const std::string>(document::to_pdf(*report)), "application/pdf", name + ".pdf");
    case Ending::xlsx: break;
  }
  auto workbook = document::to_xlsx(*report);
  if (!workbook) return visit.refused(workbook.error(), http::Status::unprocessable);
  return http::Response::download(std::make_shared<const std::string>(std::move(*workbook)), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name + ".xlsx");
}

}  // namespace

void add_report_pages(Pages& pages) {
  add_round_paper_pages(pages);
  pages.get("/bao-cao", list);
  pages.get("/bao-cao/{body:number}/cong-tac", Permission::see_figures, RouteScope::body, view);
  pages.get("/bao-cao/{body:number}/cong-tac.docx", Permission::see_figures, RouteScope::body, [](const Visit& visit) { return download(visit, Ending::docx); });
  pages.get("/bao-cao/{body:number}/cong-tac.pdf", Permission::see_figures, RouteScope::body, [](const Visit& visit) { return download(visit, Ending::pdf); });
  pages.get("/bao-cao/{body:number}/cong-tac.xlsx", Permission::see_figures, RouteScope::body, [](const Visit& visit) { return download(visit, Ending::xlsx); });
}

}  // namespace khuyenhoc
