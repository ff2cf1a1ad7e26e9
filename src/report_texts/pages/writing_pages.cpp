// The page of a report's texts, and saving one block without a script: a plain field, both texts side by side where somebody saved first.
#include <algorithm>

#include "base/i18n.h"
#include "report_texts/pages/text_pages.h"
#include "report_texts/pages/texts.html.h"

namespace khuyenhoc::report_texts {
namespace {

BlockView view_of(const Visit& visit, db::Reader& reader, const RoundReport& report, const NarrativeBlock& block, const ReportText& text, const TextFigures& figures) {
  BlockView out;
  out.code = block.code;
  out.part = block.part(visit.language());
  out.heading = block.heading(visit.language());
  out.guidance = block.guidance(visit.language());
  out.required = block.need == NarrativeBlock::Need::required;
  out.markdown = text.markdown;
  out.version = text.row_version;
  out.shown = markdown::to_html(figures.parts(text.markdown));
  out.problems = figures.problems(block.code, text.markdown);
  out.editor = markdown::to_editor_html(figures.editor_parts(text.markdown));
  out.store_key = fmt::format("loi-van:{}:{}:{}", visit.viewer().user().value, report.id.value, block.code);
  out.state = saved_words(text, visit.viewer());
  out.versions = text_versions(reader, report.id, block.code).size();
  out.theirs_by = text.by_name;
  return out;
}

// What the blocks say that can only be read: the words that were frozen.
void show_frozen(db::Reader& reader, const House& house, const RoundReport& report, std::vector<BlockView>& blocks) {
  const std::vector<FrozenText> frozen = frozen_texts(reader, house, report);
  for (BlockView& block : blocks) {
    const auto found = std::ranges::find(frozen, block.code, &FrozenText::code);
    block.markdown = found == frozen.end() ? std::string() : found->markdown;
    block.shown = markdown::to_html(block.markdown);
    block.problems.clear();
  }
}

TextsPage page_of(const Visit& visit, db::Reader& reader, const RoundReport& report) {
  const House& house = visit.house();
  TextsPage page;
  page.report = report.id;
  page.title = report_title(visit, report);
  page.unit = visit.organisation()->body(report.body).on(report.window.last).name;
  page.report_page = signed_report_page(report.id);
  page.figures = html::path("/bao-cao-ky/{}/loi-van/so-lieu", report.id);
  page.news = html::path("/bao-cao-ky/{}/loi-van/moi", report.id);
  page.may_write = may_write_texts(visit.viewer(), report);
  if (const auto open = entry_lock(reader, *visit.organisation(), report.body, report.body, report.window, report.form); !open) {
    page.locked = open.error().message;
    page.may_write = false;
  }
  const TextFigures figures = figures_of_texts(reader, house, report, TextLens::as_signed);
  page.names = figures.names().all();
  if (!page.names.empty())
    for (const FigureSaying saying : {FigureSaying::value, FigureSaying::comparison, FigureSaying::same_period, FigureSaying::with_unit, FigureSaying::plan, FigureSaying::against_plan})
      page.examples.push_back(figures.names().text({page.names.front().measure, saying}));
  const std::vector<ReportRemark> remarks = open_remarks(reader, report.id);
  const std::vector<ReportText> texts = texts_of(reader, report.id);
  std::size_t sent_below = 0;
  if (page.may_write)
    for (const RoundReport& child : reports_sent_to(reader, report.body, report.form, report.window))
      if (child.level != BodyKind::Level::branch && is_locked(child.state) && child.state != ReportState::waiting_for_head) ++sent_below;
  std::string part;
  for (const NarrativeBlock& block : blocks_of(reader, house, report)) {
    const auto found = std::ranges::find(texts, block.code, &ReportText::code);
    BlockView view = view_of(visit, reader, report, block, found == texts.end() ? ReportText{} : *found, figures);
    view.part_begins = std::exchange(part, view.part) != view.part;
    view.below = sent_below;
    for (const ReportRemark& remark : remarks)
      if (remark.on == ReportRemark::On::text && remark.measure == block.code) view.remarks.push_back(remark.reason);
    page.blocks.push_back(std::move(view));
  }
  if (is_locked(report.state) && report.state != ReportState::waiting_for_head) show_frozen(reader, house, report, page.blocks);
  for (const BlockView& block : page.blocks) page.errors += static_cast<std::size_t>(std::ranges::count(block.problems, TextProblem::Weight::error, &TextProblem::weight));
  return page;
}

http::Response answer(const Visit& visit, const TextsPage& page, http::Status status) {
  std::vector<std::string_view> scripts;
  if (page.may_write && std::ranges::none_of(page.blocks, &BlockView::conflict)) scripts.push_back("text_editor.js");
  return http::Response::html(report_texts_pages::texts(visit.frame(tr("Lời văn của báo cáo"), MenuItem::reports, std::move(scripts)), page), status);
}

http::Response show(const Visit& visit) {
  const auto page = visit.house().store.read([&](db::Reader& reader) -> std::optional<TextsPage> {
    const auto report = found_report(visit, reader);
    return report ? std::optional(page_of(visit, reader, *report)) : std::nullopt;
  });
  return page ? answer(visit, *page, http::Status::ok) : visit.not_found();
}

// The page once more with what was typed in its place.
http::Response again(const Visit& visit, ReportId id, const std::string& code, const std::string& typed, const Refusal& refusal) {
  const http::Status status = status_for(refusal);
  if (status == http::Status::not_found) return visit.not_found();
  if (status == http::Status::forbidden) return visit.refused(refusal, status);
  auto page = visit.house().store.read([&](db::Reader& reader) -> std::optional<TextsPage> {
    const auto report = find_report(reader, id);
    if (!report) return std::nullopt;
    TextsPage out = page_of(visit, reader, *report);
    for (BlockView& block : out.blocks) {
      if (block.code != code) continue;
      block.error = refusal.message;
      block.conflict = refusal.code == "text.stale";
      block.mine = typed;
      if (!block.conflict) block.markdown = typed;
    }
    return out;
  });
  return page ? answer(visit, *page, status) : visit.not_found();
}

http::Response save(const Visit& visit) {
  House& house = visit.house();
  const auto report = house.store.read([&](db::Reader& reader) { return found_report(visit, reader); });
  if (!report) return visit.not_found();
  const std::string code = block_in_address(visit), typed = markdown::stored_form(visit.request().form.fields.value("loi-van")), how = visit.request().text("cach");
  const std::int64_t version = typed_version(visit);
  const Url here = report_texts_page(report->id).at(code);
  if (how == "giu") {
    const auto aside = house.store.write([&](db::Writer& writer) { return set_text_aside(writer, house, visit.viewer(), report->id, code, typed); });
    if (!aside) return again(visit, report->id, code, typed, aside.error());
    return visit.done(here, tr("Đã giữ bài đã ghi. Bài của ông/bà nằm trong “Các bản đã ghi”."));
  }
  std::string text = typed;
  if (how == "ca-hai") {
    const std::string theirs = house.store.read([&](db::Reader& reader) { return text_of(reader, report->id, code).markdown; });
    if (!theirs.empty()) text = theirs + "\n\n" + typed;
  }
  const auto saved = save_or_set_aside(visit, report->id, code, text, version);
  if (!saved) return again(visit, report->id, code, typed, saved.error());
  return visit.done(here, tr("Đã lưu lúc {}.", time_text(saved->at_ms)));
}

}  // namespace

void add_writing_pages(Pages& pages) {
  pages.get("/bao-cao-ky/{report:number}/loi-van", Permission::see_figures, RouteScope::signed_in, show);
  pages.post("/bao-cao-ky/{report:number}/loi-van/{block}", Permission::see_figures, RouteScope::signed_in, save);
}

}  // namespace khuyenhoc::report_texts
