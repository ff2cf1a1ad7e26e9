// Taking over what the bodies below wrote in one block.
#include <algorithm>
#include <charconv>

#include "base/i18n.h"
#include "report_texts/pages/gather.html.h"
#include "report_texts/pages/text_pages.h"

namespace khuyenhoc::report_texts {
namespace {

constexpr std::size_t excerpt_letters = 140;

std::optional<GatherPage> page_of(const Visit& visit, db::Reader& reader) {
  const auto report = found_report(visit, reader);
  if (!report || !may_write_texts(visit.viewer(), *report)) return std::nullopt;
  const auto block = found_block(visit, reader, *report);
  if (!block) return std::nullopt;
  GatherPage page;
  page.report = report->id;
  page.code = block->code;
  page.heading = block->heading(visit.language());
  page.title = report_title(visit, *report);
  page.version = text_of(reader, report->id, block->code).row_version;
  for (const GatheredText& one : texts_below(reader, visit.house(), *report, block->code))
    page.rows.push_back({one.report, one.source, one.at_ms == 0 ? std::string("–") : time_text(one.at_ms), markdown::plain(one.markdown, excerpt_letters), markdown::to_html(one.markdown), one.taken});
  std::size_t all = 0;
  for (const RoundReport& below : reports_sent_to(reader, report->body, report->form, report->window)) all += below.level == BodyKind::Level::branch ? 0 : 1;
  page.silent = all - std::min(all, page.rows.size());
  return page;
}

http::Response answer(const Visit& visit, const GatherPage& page, http::Status status) {
  return http::Response::html(report_texts_pages::gather(visit.frame(tr("Lấy ý của đơn vị trực thuộc"), MenuItem::reports), page), status);
}

http::Response show(const Visit& visit) {
  const auto page = visit.house().store.read([&](db::Reader& reader) { return page_of(visit, reader); });
  return page ? answer(visit, *page, http::Status::ok) : visit.not_found();
}

http::Response take(const Visit& visit) {
  House& house = visit.house();
  auto page = house.store.read([&](db::Reader& reader) { return page_of(visit, reader); });
  if (!page) return visit.not_found();
  std::vector<ReportId> from;
  for (const std::string_view typed : visit.request().form.fields.all("tu")) {
    std::int64_t id = 0;
    if (std::from_chars(typed.data(), typed.data() + typed.size(), id).ec == std::errc{}) from.push_back(ReportId{id});
  }
  const auto done = house.store.write([&](db::Writer& writer) { return gather_texts(writer, house, visit.viewer(), page->report, page->code, from, typed_version(visit)); });
  if (!done) {
    page->error = done.error().message;
    return answer(visit, *page, status_for(done.error()));
  }
  return visit.done(report_texts_page(page->report).at(page->code), tr("Đã thêm lời văn của {} đơn vị vào cuối phần “{}”.", from.size(), page->heading));
}

}  // namespace

void add_gathering_pages(Pages& pages) {
  pages.get("/bao-cao-ky/{report:number}/loi-van/{block}/lay-y", Permission::see_figures, RouteScope::signed_in, show);
  pages.post("/bao-cao-ky/{report:number}/loi-van/{block}/lay-y", Permission::see_figures, RouteScope::signed_in, take);
}

}  // namespace khuyenhoc::report_texts
