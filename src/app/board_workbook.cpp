#include "app/board_workbook.h"

#include "platform/spreadsheet/write.h"

namespace khuyenhoc {
namespace {

using spreadsheet::Look;

constexpr int title_row = 1, subtitle_row = 2, code_row = 4, head_row = 5, first_row = 6;

void put(spreadsheet::SheetWriter& sheet, int row, int column, const Measure& measure, const Figure& figure, Look look) {
  if (!figure.defined()) sheet.text(row, column, "–", look, spreadsheet::Align::right);
  else if (!figure.is_ratio && measure.is_money) sheet.money(row, column, Money{figure.value}, look);
  else if (!figure.is_ratio) sheet.whole(row, column, figure.value, look);
  else if (figure.scale == 100) sheet.percent(row, column, static_cast<double>(figure.value) / static_cast<double>(figure.denominator), look);
  else sheet.text(row, column, figure.text(measure), look, spreadsheet::Align::right);
}

}  // namespace

std::vector<MeasureIndex> usual_measures(const Catalogue& catalogue) {
  std::vector<MeasureIndex> out;
  for (std::size_t i = 0; i < catalogue.measures().size(); ++i)
    if (catalogue.measures()[i].adds_over_bodies) out.push_back(static_cast<MeasureIndex>(i));
  return out;
}

Result<std::string> board_workbook(const House& house, const Asked& asked, const std::vector<MeasureIndex>& measures) {
  const Figures figures(house.ledger.view());
  const auto table = figures.table(measures, asked.question);
  if (!table) return std::unexpected(table.error());
  spreadsheet::WorkbookWriter workbook(asked.unit_name, house.clock.today());
  auto sheet = workbook.add_sheet("Số liệu");
  const int columns = static_cast<int>(measures.size()) + 1;
  sheet.text(title_row, 1, asked.unit_name, Look::title);
  sheet.text(subtitle_row, 1,
             fmt::format("{}, {}, địa giới ngày {}", house.periods.label(asked.period(), Language::vietnamese),
                         asked.question.lens == Lens::live ? "số tạm tính" : "số đã chốt", asked.question.tree.text()),
             Look::subtitle);
  sheet.text(head_row, 1, "Đơn vị", Look::head);
  sheet.column_width(1, 1, 34);
  sheet.column_width(2, columns, 15);
  for (std::size_t i = 0; i < measures.size(); ++i) {
    const Measure& measure = house.catalogue.measure(measures[i]);
    const int column = static_cast<int>(i) + 2;
    sheet.text(code_row, column, measure.code, Look::note, spreadsheet::Align::centre);
    sheet.text(head_row, column, measure.label_vi + " (" + measure.unit_vi + ")", Look::head);
  }
  int row = first_row;
  for (std::size_t i = 0; i < table->rows.size(); ++i, ++row) {
    sheet.text(row, 1, table->rows[i].label, Look::plain);
    for (std::size_t m = 0; m < measures.size(); ++m) put(sheet, row, static_cast<int>(m) + 2, house.catalogue.measure(measures[m]), table->figures[i][m], Look::plain);
  }
  sheet.text(row, 1, "Cả đơn vị", Look::total);
  for (std::size_t m = 0; m < measures.size(); ++m) put(sheet, row, static_cast<int>(m) + 2, house.catalogue.measure(measures[m]), table->whole[m], Look::total);
  sheet.freeze(head_row, 1);
  sheet.print(spreadsheet::Orientation::landscape, code_row, head_row);
  return workbook.finish();
}

}  // namespace khuyenhoc
