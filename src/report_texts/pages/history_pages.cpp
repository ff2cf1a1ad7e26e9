// What a block said before, and putting an earlier text back.
#include <charconv>

#include "base/i18n.h"
#include "report_texts/pages/history.html.h"
#include "report_texts/pages/text_pages.h"

namespace khuyenhoc::report_texts {
namespace {

std::string what_was_done(ReportTextVersion::Kind kind) {
  switch (kind) {
    case ReportTextVersion::Kind::written: return tr("viết");
    case ReportTextVersion::Kind::gathered: return tr("lấy ý của đơn vị trực thuộc");
    case ReportTextVersion::Kind::restored: return tr("dùng lại bản trước");
    case ReportTextVersion::Kind::set_aside: return tr("để riêng, chưa dùng trong báo cáo");
  }
  return {};
}

std::optional<HistoryPage> page_of(const Visit& visit, db::Reader& reader) {
  const auto report = found_report(visit, reader);
  const auto block = report ? found_block(visit, reader, *report) : std::nullopt;
  if (!block) return std::nullopt;
  HistoryPage page;
  page.report = report->id;
  page.code = block->code;
  page.heading = block->heading(visit.language());
  page.title = report_title(visit, *report);
  const ReportText now = text_of(reader, report->id, block->code);
  page.version = now.row_version;
  page.may_write = may_write_texts(visit.viewer(), *report) && entry_lock(reader, *visit.organisation(), report->body, report->body, report->window, report->form);
  const TextFigures figures = figures_of_texts(reader, visit.house(), *report, TextLens::as_signed);
  for (const ReportTextVersion& one : text_versions(reader, report->id, block->code))
    page.rows.push_back({one.id, time_text(one.at_ms), one.by_name, what_was_done(one.kind), markdown::to_html(figures.parts(one.markdown)), one.row_version == now.row_version && one.row_version != 0});
  return page;
}

http::Response answer(const Visit& visit, const HistoryPage& page, http::Status status) {
  return http::Response::html(report_texts_pages::history(visit.frame(tr("Các bản đã ghi"), MenuItem::reports), page), status);
}

http::Response show(const Visit& visit) {
  const auto page = visit.house().store.read([&](db::Reader& reader) { return page_of(visit, reader); });
  return page ? answer(visit, *page, http::Status::ok) : visit.not_found();
}

http::Response restore(const Visit& visit) {
  House& house = visit.house();
  auto page = house.store.read([&](db::Reader& reader) { return page_of(visit, reader); });
  if (!page) return visit.not_found();
  const std::string typed = visit.request().text("ban");
  std::int64_t version = 0;
  if (std::from_chars(typed.data(), typed.data() + typed.size(), version).ec != std::errc{}) version = 0;
  const auto done = house.store.write([&](db::Writer& writer) { return restore_text(writer, house, visit.viewer(), page->report, page->code, version, typed_version(visit)); });
  if (!done) {
    if (status_for(done.error()) == http::Status::forbidden) return visit.refused(done.error(), http::Status::forbidden);
    page->error = done.error().message;
    return answer(visit, *page, status_for(done.error()));
  }
  return visit.done(report_texts_page(page->report).at(page->code), tr("Đã dùng lại bản cũ của phần “{}”. Bản vừa thay vẫn còn trong “Các bản đã ghi”.", page->heading));
}

}  // namespace

void add_history_pages(Pages& pages) {
  pages.get("/bao-cao-ky/{report:number}/loi-van/{block}/cac-ban", Permission::see_figures, RouteScope::signed_in, show);
  pages.post("/bao-cao-ky/{report:number}/loi-van/{block}/khoi-phuc", Permission::see_figures, RouteScope::signed_in, restore);
}

}  // namespace khuyenhoc::report_texts
