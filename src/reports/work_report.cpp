#include "base/i18n.h"
#include "base/text.h"
#include "organisation/letterheads.h"
#include "organisation/signing.h"
#include "reports/report_parts.h"
#include "reports/round_paper.h"

namespace khuyenhoc {
namespace {

using document::Paragraph;
using document::Text;

std::string upper_of(std::string text) { return upper_case(text); }

std::string report_summary(const ReportFigures& figures) {
  const ReportOrder& order = figures.order();
  const int year = order.period.year;
  if (order.period.window == "H1")
    return fmt::format("Sơ kết công tác khuyến học, khuyến tài, xây dựng xã hội học tập 6 tháng đầu năm {}; phương hướng, nhiệm vụ 6 tháng cuối năm {}", year, year);
  if (order.period.window == "9M")
    return fmt::format("Kết quả công tác khuyến học, khuyến tài, xây dựng xã hội học tập 9 tháng đầu năm {}; nhiệm vụ 3 tháng cuối năm {}", year, year);
  if (order.period.window == "Y")
    return fmt::format("Tổng kết công tác khuyến học, khuyến tài, xây dựng xã hội học tập năm {}; phương hướng, nhiệm vụ năm {}", year, year + 1);
  return fmt::format("Kết quả công tác khuyến học, khuyến tài, xây dựng xã hội học tập {}", figures.house().periods.label(order.period, Language::vietnamese));
}

std::vector<std::string> recipients(const ReportFigures& figures) {
  switch (figures.organisation().kind(figures.order().body).level) {
    case BodyKind::Level::centre: return {"Ban Bí thư Trung ương Đảng (để b/c)", "Thủ tướng Chính phủ (để b/c)", "Ủy ban Trung ương MTTQ Việt Nam (để b/c)", "Bộ Nội vụ, Bộ GD&ĐT", "Hội Khuyến học các tỉnh, thành phố", "Lưu: VT"};
    case BodyKind::Level::province:
      return {"TW Hội Khuyến học Việt Nam (để b/c)", "Thường trực Tỉnh ủy, UBND, UBMTTQ tỉnh (để b/c)", "Sở Nội vụ, Sở GD&ĐT", "Hội Khuyến học các xã, phường", "Lưu: VT"};
    default: return {"Hội Khuyến học cấp trên (để b/c)", "Thường trực Đảng ủy, UBND, UBMTTQ (để b/c)", "Các chi hội, ban khuyến học", "Lưu: VT"};
  }
}

std::string draft_day(const ReportFigures& figures) {
  const Day due = figures.house().periods.due(figures.order().period, "province").value_or(figures.order().period.period.last);
  return fmt::format("ngày      tháng {}{} năm {}", due.month() < 3 ? "0" : "", due.month(), due.year());
}

}  // namespace

Day report_tree(const NamedPeriod& period, Day today) { return std::min(period.period.last, today); }

std::string report_file_name(const House& house, const ReportOrder& order) {
  const auto organisation = house.organisation.current();
  return fmt::format("Báo cáo {} – {}", house.periods.label(order.period, Language::vietnamese), organisation->body(order.body).on(order.tree).name);
}

Result<document::Document> work_report(House& house, const ReportOrder& order) {
  const auto organisation = house.organisation.current();
  const Body* body = organisation->find(order.body);
  if (body == nullptr || organisation->kind(order.body).system != "HKH" || organisation->kind(order.body).level == BodyKind::Level::branch)
    return refuse("report.body", tr("Báo cáo này do Hội Khuyến học các cấp lập. Chi hội, ban khuyến học chỉ gửi số liệu cho Hội cấp trên trực tiếp."));
  if (!body->alive(order.tree))
    return refuse("report.period", tr("{} chưa thành lập hoặc đã kết thúc vào ngày {}. Xin chọn kỳ khác.", body->on(order.tree).name, order.tree.text()));

  // the document goes into the files of an office, so it is Vietnamese whoever makes it
  const LanguageScope in_vietnamese(Language::vietnamese);
  ReportFigures figures(house, order);
  if (const auto probe = figures.figures().figure(house.catalogue.index("B01"), figures.now()); !probe) return std::unexpected(probe.error());
  const ReportCoverage coverage = report_coverage(figures);
  if (!is_full(coverage)) figures.compare_only(coverage.complete);

  document::Signer signer;
  khuyenhoc::Letterhead head;
  house.store.read([&](db::Reader& reader) {
    head = letterhead(reader, *organisation, order.body, order.tree);
    signer = signature_block(reader, *organisation, order.body, "bao_cao", order.tree);
  });

  document::Document report;
  report.day = order.period.period.last;
  report.letterhead = document::Letterhead{.superior = upper_of(head.superior_line), .issuer = upper_of(head.issuer_line), .number = "Số:      /BC-" + head.numbering_suffix,
                                           .place_and_date = head.place_name + ", " + draft_day(figures)};
  report.kind = "BÁO CÁO";
  report.summary = report_summary(figures);
  report.blocks.emplace_back(Paragraph{.text = Text(fmt::format("Thực hiện chương trình công tác năm {}, Ban Thường vụ {} báo cáo kết quả công tác {} (số liệu {}) như sau:", order.period.year, figures.issuer(),
                                                                house.periods.label(order.period, Language::vietnamese), order.period.period.text()))});
  add_results(report, figures, coverage);
  add_assessment(report, figures, coverage);
  report.blocks.emplace_back(document::Closing{.recipients = recipients(figures), .signers = {std::move(signer)}});
  const std::string attached_to = fmt::format("Kèm theo Báo cáo số      /BC-{} {} của {}", head.numbering_suffix, draft_day(figures), figures.issuer());
  if (auto added = add_annexes(report, figures, coverage, attached_to); !added) return std::unexpected(added.error());
  return report;
}

Result<document::Document> report_document(House& house, const ReportOrder& order) {
  const auto paper = house.store.read([&](db::Reader& reader) -> std::optional<Result<RoundPaper>> {
    const auto report = order.tree == report_tree(order.period, house.clock.today()) ? report_in_window(reader, order.body, order.period.family, order.period.period) : std::nullopt;
    if (!report) return std::nullopt;
    return round_paper(reader, house, {.report = report->id, .draft_lens = order.lens == Lens::live ? TextLens::live : TextLens::as_signed});
  });
  if (!paper) return work_report(house, order);
  if (!*paper) return std::unexpected(paper->error());
  return paper_document(**paper);
}

}  // namespace khuyenhoc
