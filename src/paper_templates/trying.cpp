// Trying a template without a report, and a first one to begin with.
#include <algorithm>

#include "paper_templates/paper_templates.h"

namespace khuyenhoc {
namespace {

using namespace document;

Table example_table() {
  Table table{.columns = {{.share = 0.5, .alignment = Alignment::centre}, {.share = 3}, {.share = 1, .alignment = Alignment::right}}, .head = {{{"TT"}, {"Đơn vị"}, {"Số liệu"}}}, .rows = {}};
  table.rows = {{.cells = {TableCell::of("1"), TableCell::of("Xã Ea Kar"), TableCell::count(120)}}, {.cells = {TableCell::of("2"), TableCell::of("Xã Ea Ô"), TableCell::count(230)}},
                {.kind = RowKind::total, .cells = {TableCell{.text = "Cộng", .alignment = Alignment::centre, .column_span = 2}, TableCell::count(350)}}};
  return table;
}

std::string place(std::string_view name) { return fmt::format("<<{}>>", name); }

}  // namespace

std::string trial_document(const DocxTemplate& made, const std::vector<TemplateField>& fields) {
  const auto find = [&fields](const std::string& key) { return std::ranges::find(fields, key, &TemplateField::key); };
  TemplateSource source;
  source.value = [&](const std::string& key) -> TemplateValue {
    const auto field = find(key);
    if (field == fields.end() || field->kind == TemplateField::Kind::of_row) return std::string();
    if (field->kind == TemplateField::Kind::words) return field->example;
    if (key.starts_with("bang.")) return std::vector<Block>{example_table()};
    return std::vector<Block>{Paragraph{.text = Text(field->example)}};
  };
  source.is_of_row = [](const std::string& key) { return key.starts_with("dong."); };
  constexpr std::size_t rows = 3;
  source.rows = rows;
  source.row_value = [&](const std::string& key, std::size_t row) {
    if (key == "dong.tt") return std::to_string(row + 1);
    const auto field = find(key);
    return field == fields.end() ? std::string() : field->example;
  };
  return made.fill(source);
}

std::string first_template(const ComposedForm& form, LetterheadFamily family) {
  Document out;
  out.letterhead = document::Letterhead{.family = family, .superior = place("đơn vị cấp trên"), .issuer = place("tên đơn vị in hoa"), .number = "Số: " + place("số"), .subject = place("dự thảo"), .place_and_date = place("địa danh, ngày")};
  out.kind = "BÁO CÁO";
  out.summary = place("trích yếu");
  out.blocks.emplace_back(Paragraph{.text = Text(place("tên đơn vị") + " báo cáo kết quả công tác " + place("kỳ") + " (số liệu từ " + place("từ ngày") + " đến hết " + place("đến ngày") + ") như sau:")});
  std::string part;
  bool results = false;
  const auto without_braces = [](std::string text) {             // what the form's headings say of the period is written by hand here
    for (auto open = text.find('{'); open != std::string::npos; open = text.find('{')) text.replace(open, text.find('}', open) - open + 1, "…");
    return text;
  };
  for (const NarrativeBlock& block : form.blocks) {
    if (!block.part_vi.empty() && block.part_vi != part) out.blocks.emplace_back(Heading{1, Text(without_braces(block.part_vi))});
    part = block.part_vi;
    out.blocks.emplace_back(Heading{block.part_vi.empty() ? 1 : 2, Text(without_braces(block.heading_vi))});
    out.blocks.emplace_back(Paragraph{.text = Text(place("lời văn: " + block.code))});
    if (!results) out.blocks.emplace_back(Paragraph{.text = Text(place("kết quả chủ yếu"))});
    results = true;
  }
  out.blocks.emplace_back(Paragraph{.text = Text(place("đơn vị thiếu"))});
  out.blocks.emplace_back(Closing{.recipients = {}, .signers = {Signer{.authority = {place("quyền hạn ký")}, .name = place("người ký")}}});
  out.blocks.emplace_back(Paragraph{.text = Text(std::vector<Run>{{.text = "Nơi nhận:", .weight = Weight::bold_italic}}), .alignment = Alignment::left});
  out.blocks.emplace_back(Paragraph{.text = Text(place("nơi nhận")), .alignment = Alignment::left});
  const std::string attached = "Kèm theo Báo cáo số " + place("số") + " " + place("ngày");
  out.blocks.emplace_back(Annex{.name = "Phụ lục 1", .title = "CÁC CHỈ TIÊU", .attached_to = attached, .orientation = Orientation::landscape});
  out.blocks.emplace_back(Paragraph{.text = Text(place("bảng: số liệu"))});
  out.blocks.emplace_back(Annex{.name = "Phụ lục 2", .title = "SỐ LIỆU THEO ĐƠN VỊ", .attached_to = attached, .orientation = Orientation::landscape});
  out.blocks.emplace_back(Paragraph{.text = Text(place("bảng: phụ lục"))});
  return to_docx(out);
}

}  // namespace khuyenhoc
