// A paper in the house's layout: head, words under their parts, chief results, signature, the form's lines and the bodies as annexes.
#include <algorithm>

#include "base/text.h"
#include "reports/paper_fields.h"
#include "reports/round_paper.h"

namespace khuyenhoc {
namespace {

using namespace document;

Text result_text(const RoundPaper& paper, const PaperLine& line) {
  const Measure& measure = paper.catalogue->measure(line.measure);
  Text text(line.label + ": ");
  text.figure(line.done->text(measure), paper.link(line.measure));
  if (measure.kind != MeasureKind::ratio || measure.is_money) text.add(" " + (measure.is_money || measure.counted_vi.empty() ? measure.unit_vi : measure.counted_vi));
  if (const auto comparison = paper.comparison(line); !comparison.empty()) text.add(", " + comparison);
  if (const auto plan = line.against_plan(); plan != "–") text.add(", đạt " + plan + " kế hoạch năm");
  text.add(".");
  return text;
}

bool is_about_results(const PrintedText& text) { return folded(text.part).find("ket qua") != std::string::npos || folded(text.heading).find("ket qua") != std::string::npos; }

// The words behind which the results stand: the last of the part that is about them.
std::size_t place_of_results(const std::vector<PrintedText>& texts) {
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (is_about_results(texts[i]) && (i + 1 == texts.size() || texts[i].part.empty() || texts[i + 1].part != texts[i].part)) return i;
  return 0;
}

std::string intro(const RoundPaper& paper) {
  const std::string window = paper.report.window.text();
  if (paper.layout == BodySystem::Papers::state && paper.form.code == "bao_cao")
    return fmt::format("Thực hiện chương trình công tác năm {}, Ban Thường vụ {} báo cáo kết quả công tác {} (số liệu {}) như sau:", paper.round.period.year, paper.office_name, paper.period_label, window);
  return fmt::format("{} báo cáo kết quả {} (số liệu {}) như sau:", paper.office_name, paper.period_label, window);
}

void put_words(const RoundPaper& paper, Document& out) {
  const std::size_t behind = place_of_results(paper.texts);
  std::string part;
  const auto put_results = [&] {
    for (Block& block : results_blocks(paper)) out.blocks.push_back(std::move(block));
  };
  for (std::size_t i = 0; i < paper.texts.size(); ++i) {
    const PrintedText& text = paper.texts[i];
    const bool new_part = !text.part.empty() && text.part != part;
    if (new_part) out.blocks.emplace_back(Heading{1, Text(upper_case(text.part))});
    // a part of one block needs no second heading that says the same
    if (text.part.empty()) out.blocks.emplace_back(Heading{1, Text(upper_case(text.heading))});
    else if (!folded(text.part).ends_with(folded(text.heading))) out.blocks.emplace_back(Heading{2, Text(text.heading)});
    part = text.part;
    for (const Block& block : text.blocks) out.blocks.push_back(block);
    if (text.blocks.empty()) out.blocks.emplace_back(Paragraph{.text = Text(paper.is_draft() ? "(chưa viết)" : "Không có.")});
    if (i == behind) put_results();
  }
  if (paper.texts.empty()) put_results();
}

}  // namespace

std::vector<Block> results_blocks(const RoundPaper& paper) {
  std::vector<Text> items;
  for (const MeasureIndex column : paper.annex.columns)
    if (const PaperLine* line = paper.line(column); line != nullptr && line->done && line->done->defined()) items.push_back(result_text(paper, *line));
  if (items.empty()) return {};
  // each note at words of its own: marks side by side read as one number
  Text lead;
  lead.noted("Một số kết quả chủ yếu", paper.restated.empty() ? std::string() : paper.restated + " Phần chưa tách được cho từng đơn vị ghi ở dòng riêng của phụ lục.");
  lead.noted(" (số liệu đầy đủ ở Phụ lục 1)", paper.missing).add(":");
  if (!paper.apart.empty()) items.front().noted("", fmt::format("Ghi khi in ngày {}: {}", paper.printed.text(), paper.apart));
  return {Paragraph{.text = std::move(lead)}, BulletList{std::move(items)}};
}

Document paper_document(const RoundPaper& paper) {
  Document out;
  out.day = paper.version ? paper.version->signed_day : paper.report.window.last;
  out.letterhead = document::Letterhead{.family = family_of(paper.layout), .superior = upper_case(paper.head.superior_line), .issuer = upper_case(paper.head.issuer_line), .number = "Số: " + paper.number(),
                                        .subject = paper.is_draft() ? "DỰ THẢO" : "", .place_and_date = paper.head.place_name + ", " + paper.day_words()};
  out.kind = "BÁO CÁO";
  out.summary = paper.summary();
  out.blocks.emplace_back(Paragraph{.text = Text(intro(paper))});
  put_words(paper, out);
  out.blocks.emplace_back(Closing{.recipients = paper.recipients(), .signers = {paper.signer}});

  const std::string attached = fmt::format("Kèm theo Báo cáo số {} {} của {}", paper.number(), paper.day_words(), paper.office_name);
  const std::string period = upper_case(paper.period_label);
  int annex = 0;
  out.blocks.emplace_back(Annex{.name = fmt::format("Phụ lục {}", ++annex), .title = "CÁC CHỈ TIÊU " + period, .attached_to = attached, .orientation = Orientation::landscape});
  out.blocks.emplace_back(lines_table(paper));
  out.blocks.emplace_back(Note{Text("Ghi chú: dấu “–” là chưa có số liệu hoặc không so sánh; số 0 là không phát sinh." + (paper.restated.empty() ? std::string() : " " + paper.restated))});
  auto tables = annex_tables(paper);
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const std::string of = tables.size() > 1 ? fmt::format(" (BẢNG {}/{})", i + 1, tables.size()) : std::string();
    constexpr std::size_t upright = 7;           // columns, names and notes included
    out.blocks.emplace_back(Annex{.name = fmt::format("Phụ lục {}", ++annex), .title = "SỐ LIỆU " + period + " THEO ĐƠN VỊ" + of, .attached_to = attached,
                                  .orientation = tables[i].columns.size() > upright ? Orientation::landscape : Orientation::portrait});
    out.blocks.emplace_back(std::move(tables[i]));
    std::string note = annex_note(paper);
    if (!paper.missing.empty()) note += " " + paper.missing;
    out.blocks.emplace_back(Note{Text(std::move(note))});
  }
  return out;
}

}  // namespace khuyenhoc
