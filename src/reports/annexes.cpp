#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "organisation/heirs.h"
#include "reports/report_parts.h"

namespace khuyenhoc {
namespace {

using document::Alignment;
using document::Annex;
using document::Column;
using document::HeadCell;
using document::Note;
using document::Table;
using document::TableCell;
using document::TableRow;
using spreadsheet::Orientation;

TableCell cell_of(const Measure& measure, const std::optional<Figure>& figure, std::string link = {}) {
  if (!figure) return TableCell::of("–");
  if (figure->is_ratio) return TableCell{.text = document::Text(figure->text(measure)), .alignment = Alignment::right};
  if (measure.is_money) return TableCell::money(Money{figure->value}, std::move(link));
  return TableCell::count(figure->value, std::move(link));
}

TableCell change_cell(const Measure& measure, const std::optional<Figure>& now, const std::optional<Figure>& before) {
  if (!now || !before) return TableCell::of("–");
  if (now->is_ratio) return TableCell{.text = document::Text(comparison_text(measure, *now, *before)), .alignment = Alignment::right};
  return TableCell{.text = document::Text(change_text(now->value - before->value)), .value = now->value - before->value, .alignment = Alignment::right};
}

// Every indicator of the catalogue that has a figure, by section.
Table indicator_table(const ReportFigures& figures) {
  Table table;
  table.columns = {Column{0.5, Alignment::centre}, Column{3.6, Alignment::left}, Column{0.95, Alignment::centre}, Column{1.5, Alignment::right},
                   Column{1.5, Alignment::right}, Column{1.5, Alignment::right}, Column{1.9, Alignment::right}, Column{0.9, Alignment::right}};
  table.head = {{HeadCell{"TT"}, HeadCell{"Chỉ tiêu"}, HeadCell{"Đơn vị tính"}, HeadCell{"Kế hoạch năm"}, HeadCell{"Thực hiện kỳ"}, HeadCell{"Cùng kỳ"}, HeadCell{"So cùng kỳ"}, HeadCell{"So kế hoạch"}}};
  const Catalogue& catalogue = figures.catalogue();
  int number = 0;
  for (const Section& section : catalogue.sections()) {
    std::vector<TableRow> rows;
    for (const Measure& measure : catalogue.measures()) {
      if (measure.group != section.code) continue;
      const auto now = figures.now(measure.code);
      if (!now) continue;
      const auto before = figures.comparable(measure.code) ? figures.year_before(measure.code) : std::nullopt;
      const auto goal = figures.target(measure.code);
      TableRow row;
      row.cells = {TableCell::of(std::to_string(++number)), TableCell::of(measure.label_vi), TableCell::of(measure.unit_vi),
                   goal && !now->is_ratio ? cell_of(measure, Figure{*goal}) : TableCell::of("–"), cell_of(measure, now, figures.link(measure.code)), cell_of(measure, before),
                   figures.fall_may_be_what_is_missing(measure.code) ? TableCell::of("chưa đủ số liệu") : change_cell(measure, now, before), goal && !now->is_ratio ? TableCell::share(now->value, *goal) : TableCell::of("–")};
      rows.push_back(std::move(row));
    }
    if (rows.empty()) continue;
    table.rows.push_back({.kind = document::RowKind::group, .cells = {TableCell::of(section.code + ". " + section.label_vi)}});
    std::ranges::move(rows, std::back_inserter(table.rows));
  }
  return table;
}

constexpr std::array by_child_codes{"B01", "C02", "C03", "C18", "D02", "D04", "E01", "E03", "E08", "E09"};

struct ChildTable {
  Table table;
  bool has_lines = false;
};

// One row a body below, with the lines that could not be divided, adding up to the whole.
Result<ChildTable> child_table(const ReportFigures& figures, const Question& question, const ReportCoverage& coverage, const std::string& first_head) {
  std::vector<MeasureIndex> measures;
  for (const char* code : by_child_codes) measures.push_back(figures.catalogue().index(code));
  const auto data = figures.figures().table(measures, question);
  if (!data) return std::unexpected(data.error());
  ChildTable out;
  Table& table = out.table;
  table.unit_note = "Đơn vị tính: người, hộ, suất, lượt; tiền: đồng";
  table.columns = {Column{0.55, Alignment::centre}, Column{2.5, Alignment::left}};
  std::vector<HeadCell> head{HeadCell{"TT"}, HeadCell{first_head}};
  for (const MeasureIndex measure : measures) {
    const Measure& one = figures.catalogue().measure(measure);
    table.columns.push_back({one.is_money ? 1.75 : 1.05, Alignment::right});
    head.push_back({one.short_vi});
  }
  table.columns.push_back({1.2, Alignment::left});
  head.push_back({"Ghi chú"});
  table.head = {std::move(head)};
  int number = 0;
  for (std::size_t i = 0; i < data->rows.size(); ++i) {
    const Part& part = data->rows[i];
    const bool nothing = std::ranges::all_of(data->figures[i], [](const Figure& figure) { return figure.value == 0; });
    if (part.kind != Part::Kind::child && nothing) continue;
    TableRow row;
    std::string label = part.label;
    if (part.kind == Part::Kind::own) label = "Văn phòng và đơn vị trực thuộc";
    if (part.kind == Part::Kind::line) {
      label = "Số liệu chung chưa tách được: " + part.label;
      out.has_lines = true;
    }
    row.cells = {part.kind == Part::Kind::child ? TableCell::of(std::to_string(++number)) : TableCell::blank(), TableCell::of(label)};
    for (std::size_t m = 0; m < measures.size(); ++m) {
      const Figure& figure = data->figures[i][m];
      row.cells.push_back(cell_of(figures.catalogue().measure(measures[m]), figure.defined() ? std::optional(figure) : std::nullopt));
    }
    const auto* body = std::get_if<BodyId>(&part.subject);
    const bool missing = body != nullptr && std::ranges::find(coverage.missing, *body) != coverage.missing.end();
    const bool partial = body != nullptr && std::ranges::find(coverage.partial, *body) != coverage.partial.end();
    row.cells.push_back(TableCell::of(missing ? "Lấy theo kỳ trước" : partial ? "Ghi chưa đủ" : ""));
    table.rows.push_back(std::move(row));
  }
  TableRow total{.kind = document::RowKind::total, .cells = {TableCell{.text = document::Text("Cộng " + figures.whole()), .alignment = Alignment::centre, .column_span = 2}}};
  for (std::size_t m = 0; m < measures.size(); ++m) total.cells.push_back(cell_of(figures.catalogue().measure(measures[m]), data->whole[m].defined() ? std::optional(data->whole[m]) : std::nullopt));
  total.cells.push_back(TableCell::blank());
  table.rows.push_back(std::move(total));
  return out;
}

// How the comparison column came about: the old units of the same period last year, in the territory of that time.
std::optional<Table> old_units_table(const ReportFigures& figures) {
  if (!figures.restated()) return std::nullopt;
  const Organisation& organisation = figures.organisation();
  Question question = figures.year_before();
  question.tree = question.period.last;
  // Only the highest of them: the districts that ended with their province are counted in it already.
  std::vector<BodyId> before = inherited_from(organisation, figures.order().body);
  const std::vector<BodyId> all = before;
  std::erase_if(before, [&](BodyId old) {
    const BodyId superior = organisation.body(old).on(question.tree).superior;
    return std::ranges::find(all, superior) != all.end();
  });
  if (before.empty()) return std::nullopt;
  Table table;
  table.unit_note = "Đơn vị tính: người, hộ, suất, lượt; tiền: đồng";
  table.columns = {Column{3.0, Alignment::left}};
  std::vector<HeadCell> head{HeadCell{"Đơn vị trước ngày " + reform_day().text()}};
  std::vector<MeasureIndex> measures;
  for (const char* code : by_child_codes) {
    measures.push_back(figures.catalogue().index(code));
    const Measure& one = figures.catalogue().measure(measures.back());
    table.columns.push_back({one.is_money ? 1.7 : 1.1, Alignment::right});
    head.push_back({one.short_vi});
  }
  table.head = {std::move(head)};
  for (const BodyId old : before) {
    question.subject = old;
    TableRow row{.cells = {TableCell::of(organisation.body(old).on(question.tree).name)}};
    for (const MeasureIndex measure : measures) {
      const auto figure = figures.figures().figure(measure, question);
      row.cells.push_back(cell_of(figures.catalogue().measure(measure), figure && figure->defined() ? std::optional(*figure) : std::nullopt));
    }
    table.rows.push_back(std::move(row));
  }
  TableRow total{.kind = document::RowKind::total, .cells = {TableCell::of("Quy về địa giới hiện nay")}};
  for (const MeasureIndex measure : measures) {
    const Measure& one = figures.catalogue().measure(measure);
    total.cells.push_back(cell_of(one, figures.year_before(one.code)));
  }
  table.rows.push_back(std::move(total));
  return table;
}

}  // namespace

Result<void> add_annexes(document::Document& report, const ReportFigures& figures, const ReportCoverage& coverage, const std::string& attached_to) {
  const std::string period = figures.house().periods.label(figures.order().period, Language::vietnamese);
  report.blocks.emplace_back(Annex{.name = "Phụ lục 1", .title = "CÁC CHỈ TIÊU " + upper_case(period), .attached_to = attached_to, .orientation = Orientation::landscape});
  report.blocks.emplace_back(indicator_table(figures));
  report.blocks.emplace_back(Note{document::Text("Ghi chú: dấu “–” là chưa có số liệu hoặc không so sánh; số 0 là không phát sinh. Cột “Cùng kỳ” là cùng kỳ năm trước" +
                                                 std::string(figures.restated() ? ", quy về địa giới hiện nay." : "."))});
  auto children = child_table(figures, figures.now(), coverage, figures.children_words() == "chi hội, ban" ? "Chi hội, ban" : figures.children_words() == "xã, phường, đơn vị" ? "Xã, phường, đơn vị" : "Tỉnh, thành phố");
  if (!children) return std::unexpected(children.error());
  report.blocks.emplace_back(Annex{.name = "Phụ lục 2", .title = "SỐ LIỆU " + upper_case(period) + " THEO ĐƠN VỊ", .attached_to = attached_to, .orientation = Orientation::landscape});
  report.blocks.emplace_back(std::move(children->table));
  if (children->has_lines)
    report.blocks.emplace_back(Note{document::Text("Ghi chú: “Số liệu chung chưa tách được” là số liệu của đơn vị cũ nay thuộc nhiều đơn vị mới, chưa bàn giao hết cho từng đơn vị; các dòng cộng lại đúng bằng số toàn đơn vị.")});
  if (auto old = old_units_table(figures)) {
    report.blocks.emplace_back(Annex{.name = "Phụ lục 3", .title = fmt::format("SỐ LIỆU CÙNG KỲ NĂM {} THEO ĐỊA GIỚI CŨ", figures.order().period.year - 1), .attached_to = attached_to, .orientation = Orientation::landscape});
    report.blocks.emplace_back(std::move(*old));
    report.blocks.emplace_back(Note{document::Text("Ghi chú: dòng cuối là cột “Cùng kỳ” của Phụ lục 1. Chênh lệch, nếu có, là số của đơn vị không thuộc các tổ chức nêu trên.")});
  }
  return {};
}

}  // namespace khuyenhoc
