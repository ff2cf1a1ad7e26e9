#include "reports/paper_fields.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "paper_templates/paper_templates.h"

namespace khuyenhoc {
namespace {

using document::Block;
using document::template_key;
using document::TemplateValue;

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += (out.empty() ? "" : "\n") + line;
  return out;
}

std::string recipient_text(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) out += fmt::format("{}- {}{}", i == 0 ? "" : "\n", names[i], i + 1 == names.size() ? "." : ";");
  return out;
}

std::string said(const RoundPaper& paper, const PaperLine& line, std::string_view saying) {
  const Measure& measure = paper.catalogue->measure(line.measure);
  const auto text = [&](const std::optional<Figure>& figure) { return figure ? figure->text(measure) : std::string("–"); };
  if (saying.empty()) return text(line.done);
  if (saying == "kem_don_vi") return line.done ? with_unit(measure, text(line.done)) : "–";
  if (saying == "cung_ky") return text(line.same_period);
  if (saying == "ke_hoach") return text(line.plan);
  if (saying == "so_ke_hoach") return line.against_plan();
  if (saying != "so_sanh") return {};
  const std::string out = paper.comparison(line);
  return out.empty() ? "chưa có số cùng kỳ để so sánh" : out;
}

std::vector<Block> annex_blocks(const RoundPaper& paper) {
  std::vector<Block> out;
  for (auto& table : annex_tables(paper)) out.emplace_back(std::move(table));
  if (!out.empty()) out.emplace_back(document::Note{document::Text(annex_note(paper))});
  return out;
}

std::map<std::string, std::string> words_of(const RoundPaper& paper) {
  return {{"so", paper.number()}, {"dia_danh_ngay", paper.head.place_name + ", " + paper.day_words()}, {"dia_danh", paper.head.place_name}, {"ngay", paper.day_words()},
          {"don_vi_cap_tren", upper_case(paper.head.superior_line)}, {"ten_don_vi_in_hoa", upper_case(paper.head.issuer_line)}, {"ten_don_vi", paper.office_name}, {"trich_yeu", paper.summary()},
          {"ky", paper.period_label}, {"tu_ngay", paper.report.window.first.text()}, {"den_ngay", paper.report.window.last.text()}, {"nam", std::to_string(paper.round.period.year)},
          {"quyen_han_ky", joined(paper.signer.authority)}, {"nguoi_ky", paper.signer.name}, {"noi_nhan", recipient_text(paper.recipients())}, {"du_thao", paper.is_draft() ? "DỰ THẢO" : ""},
          {"don_vi_thieu", paper.missing}, {"ghi_chu_cung_ky", paper.restated}};
}

std::vector<Block> words_of_block(const RoundPaper& paper, std::string_view wanted) {
  for (const PrintedText& text : paper.texts) {
    const auto after = text.heading.find_first_of(".:");
    if (template_key(text.code) == wanted || template_key(after == std::string::npos ? text.heading : text.heading.substr(after + 1)) == wanted) return text.blocks;
  }
  return {};
}

}  // namespace

document::LetterheadFamily family_of(BodySystem::Papers layout) {
  return layout == BodySystem::Papers::youth_union ? document::LetterheadFamily::youth_union : document::LetterheadFamily::state;
}

document::TemplateSource paper_fields(const RoundPaper& paper) {
  const auto line_of = [&paper](std::string_view code) -> const PaperLine* {
    for (const PaperSection& section : paper.sections)
      for (const PaperLine& line : section.lines)
        if (template_key(paper.catalogue->measure(line.measure).code) == code) return &line;
    return nullptr;
  };
  document::TemplateSource out;
  out.value = [&paper, line_of, words = words_of(paper)](const std::string& key) -> TemplateValue {
    if (const auto known = words.find(key); known != words.end()) return known->second;
    if (key == "bang.so_lieu") return std::vector<Block>{lines_table(paper)};
    if (key == "bang.phu_luc") return annex_blocks(paper);
    if (key == "ket_qua_chu_yeu") {
      auto blocks = results_blocks(paper);
      if (!blocks.empty()) blocks.erase(blocks.begin());       // its lead speaks of an annex that the office may number otherwise
      return blocks;
    }
    constexpr std::string_view of_block = "loi_van.";
    if (key.starts_with(of_block)) return words_of_block(paper, std::string_view(key).substr(of_block.size()));
    const auto point = key.find('.');
    const PaperLine* line = line_of(std::string_view(key).substr(0, point));
    return line == nullptr ? std::string() : said(paper, *line, point == std::string::npos ? std::string_view() : std::string_view(key).substr(point + 1));
  };
  out.is_of_row = [](const std::string& key) { return key.starts_with("dong."); };
  out.rows = paper.annex.rows.size();
  out.row_value = [&paper, line_of](const std::string& key, std::size_t row) -> std::string {
    const AnnexLine& at = paper.annex.rows[row];
    const auto name = std::string_view(key).substr(key.find('.') + 1);
    if (name == "tt") return at.kind == AnnexLine::Kind::child ? std::to_string(row + 1) : std::string();
    if (name == "don_vi") return at.name;
    if (name == "ghi_chu") return at.note;
    const PaperLine* line = line_of(name);
    const auto column = line == nullptr ? paper.annex.columns.end() : std::ranges::find(paper.annex.columns, line->measure);
    if (column == paper.annex.columns.end()) return "–";
    const auto& figure = at.figures[static_cast<std::size_t>(column - paper.annex.columns.begin())];
    return figure ? figure->text(paper.catalogue->measure(line->measure)) : "–";
  };
  return out;
}

}  // namespace khuyenhoc
