#include <charconv>

#include "base/i18n.h"
#include "report_texts/pages/text_pages.h"

namespace khuyenhoc {
namespace report_texts {

std::optional<RoundReport> found_report(const Visit& visit, db::Reader& reader) {
  auto report = find_report(reader, visit.request().id<struct ReportTag>("report"));
  if (!report || report->level == BodyKind::Level::branch || !visit.viewer().may(Permission::see_figures, report->body)) return std::nullopt;
  return report;
}

std::string block_in_address(const Visit& visit) { return std::string(visit.request().parameter("block")); }

std::optional<NarrativeBlock> found_block(const Visit& visit, db::Reader& reader, const RoundReport& report) {
  for (NarrativeBlock& block : blocks_of(reader, visit.house(), report))
    if (block.code == block_in_address(visit)) return std::move(block);
  return std::nullopt;
}

std::int64_t typed_version(const Visit& visit) {
  const std::string typed = visit.request().text("version");
  std::int64_t out = -1;
  const auto [end, wrong] = std::from_chars(typed.data(), typed.data() + typed.size(), out);
  return wrong == std::errc{} && end == typed.data() + typed.size() ? out : -1;
}

std::string report_title(const Visit& visit, const RoundReport& report) {
  return tr("Báo cáo {}", visit.house().periods.label(report.window, visit.language()));
}

http::Status status_for(const Refusal& refusal) {
  if (refusal.code == "text.stale") return http::Status::conflict;
  if (refusal.code == "text.may_not") return http::Status::forbidden;
  if (refusal.code == "report.unknown" || refusal.code == "text.block") return http::Status::not_found;
  return http::Status::unprocessable;
}

Result<ReportText> save_or_set_aside(const Visit& visit, ReportId report, const std::string& code, const std::string& markdown, std::int64_t version) {
  House& house = visit.house();
  auto saved = house.store.write([&](db::Writer& writer) { return save_text(writer, house, visit.viewer(), report, code, markdown, version); });
  if (saved || saved.error().code != "entry.locked") return saved;
  const auto aside = house.store.write([&](db::Writer& writer) { return set_text_aside(writer, house, visit.viewer(), report, code, markdown); });
  if (aside) saved.error().message += " " + tr("Bài vừa gõ đã để riêng trong “Các bản đã ghi” của phần này.");
  return saved;
}

std::string saved_words(const ReportText& text, const Viewer& viewer) {
  if (text.row_version == 0) return tr("Chưa viết");
  if (text.by == viewer.user()) return tr("Đã lưu lúc {}", time_text(text.at_ms));
  return tr("{} ghi lúc {}", text.by_name, time_text(text.at_ms));
}

}  // namespace report_texts

Url report_texts_page(ReportId report) { return html::path("/bao-cao-ky/{}/loi-van", report); }

void add_report_text_pages(Pages& pages) {
  report_texts::add_writing_pages(pages);
  report_texts::add_island_answers(pages);
  report_texts::add_gathering_pages(pages);
  report_texts::add_history_pages(pages);
}

}  // namespace khuyenhoc
