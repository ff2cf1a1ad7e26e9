#include <algorithm>

#include <fmt/format.h>

#include "platform/document/layout.h"

namespace khuyenhoc::document {
namespace {

using spreadsheet::Align;
using spreadsheet::Look;
using spreadsheet::Range;
using spreadsheet::SheetWriter;

Look look_of(RowKind kind) { return kind == RowKind::total ? Look::total : kind == RowKind::group ? Look::group : Look::plain; }

Align align_of(Alignment alignment) {
  switch (alignment) {
    case Alignment::centre: return Align::centre;
    case Alignment::right: return Align::right;
    case Alignment::left:
    case Alignment::justified: return Align::left;
  }
  return Align::left;
}

// "=SUM(C6:C110,C113)" or "=IF(D7=0,0,C7/D7)"; empty where the cell is what was put in. `first_row`: of the table's rows, in the sheet.
std::string formula_of(const TableCell& cell, int row, int column, int first_row) {
  if (const auto* sum = std::get_if<SumOfRows>(&cell.formula); sum != nullptr && !sum->empty()) {
    std::string out = "=SUM(";
    for (const RowSpan& span : *sum) {
      if (!out.ends_with('(')) out += ',';
      out += spreadsheet::address(first_row + span.first, column);
      if (span.last > span.first) out += ":" + spreadsheet::address(first_row + span.last, column);
    }
    return out + ")";
  }
  if (const auto* quotient = std::get_if<QuotientOfColumns>(&cell.formula)) {
    const auto over = spreadsheet::address(row, quotient->numerator + 1), under = spreadsheet::address(row, quotient->denominator + 1);
    return quotient->scale == 1 || quotient->scale == 100 ? fmt::format("=IF({1}=0,0,{0}/{1})", over, under) : fmt::format("=IF({1}=0,0,{0}/{1}*{2})", over, under, quotient->scale);
  }
  return {};
}

void put_cell(SheetWriter& sheet, int row, const Table& table, const TableRow& source, const PlacedCell& placed, int first_row) {
  const auto look = look_of(source.kind);
  const int column = placed.column + 1;
  if (placed.cell == nullptr) {
    sheet.blank(row, column, look);
    return;
  }
  const auto& cell = *placed.cell;
  if (placed.columns > 1) {
    sheet.merged({row, column, row, column + placed.columns - 1}, cell.text.plain(), look);
    return;
  }
  if (const auto formula = formula_of(cell, row, column, first_row); !formula.empty()) {
    struct Worth {
      double operator()(std::monostate) const { return 0; }
      double operator()(std::int64_t value) const { return static_cast<double>(value); }
      double operator()(Money value) const { return static_cast<double>(value.dong); }
      double operator()(double value) const { return value; }
      double operator()(Day value) const { return value.number(); }
    };
    const auto format = std::holds_alternative<double>(cell.value) ? spreadsheet::NumberFormat::percent : spreadsheet::NumberFormat::whole;
    if (!std::holds_alternative<std::monostate>(cell.value)) {
      sheet.formula(row, column, formula, std::visit(Worth{}, cell.value), look, format);
      return;
    }
  }
  struct Put {
    SheetWriter& sheet;
    int row;
    int column;
    Look look;
    const TableCell& cell;
    Align align;
    void operator()(std::monostate) const { sheet.text(row, column, cell.text.plain(), look, align); }
    void operator()(std::int64_t value) const { sheet.whole(row, column, value, look); }
    void operator()(Money value) const { sheet.money(row, column, value, look); }
    void operator()(double value) const { sheet.percent(row, column, value, look); }
    void operator()(Day value) const { sheet.day(row, column, value, look); }
  };
  std::visit(Put{sheet, row, column, look, cell, align_of(alignment_of(table, source, placed))}, cell.value);
}

// How many lines words need in a column that holds so many characters; words are never broken.
int lines_in(std::string_view text, double characters) {
  int lines = 1;
  double used = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const auto word = static_cast<double>(std::ranges::count_if(text.substr(at, end - at), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
    const double with_blank = used == 0 ? word : used + 1 + word;
    if (with_blank > characters && used > 0) {
      ++lines;
      used = word;
    } else {
      used = with_blank;
    }
    at = end + 1;
  }
  return lines;
}

// Programs that open the workbook give joined cells no height of their own, and some of them single ones neither.
std::vector<double> head_heights(const HeadGrid& grid, const std::vector<double>& widths) {
  constexpr double line = 16, bold = 1.2;
  std::vector<double> out(static_cast<std::size_t>(grid.rows), line);
  for (const auto& placed : grid.cells) {
    double width = 0, height = 0;
    for (int column = placed.column; column < placed.column + placed.columns; ++column) width += widths[static_cast<std::size_t>(column)];
    for (int row = placed.row; row < placed.row + placed.rows; ++row) height += out[static_cast<std::size_t>(row)];
    const double needed = line * lines_in(placed.cell->text, width / bold);
    if (needed > height) out[static_cast<std::size_t>(placed.row + placed.rows - 1)] += needed - height;
  }
  return out;
}

struct Titles {
  std::string name;        // of the sheet
  std::vector<std::string> lines;
  Orientation orientation = Orientation::portrait;
};

void put_table(spreadsheet::WorkbookWriter& book, const Table& table, const Titles& titles) {
  auto sheet = book.add_sheet(titles.name);
  const int columns = static_cast<int>(table.columns.size());
  int row = 0;
  for (std::size_t index = 0; index < titles.lines.size(); ++index) sheet.text(++row, 1, titles.lines[index], index == 0 ? Look::title : Look::subtitle);
  if (!table.unit_note.empty()) sheet.text(++row, columns, table.unit_note, Look::subtitle, Align::right);
  constexpr double page_characters = 92;     // what fits across an upright page at this size
  auto widths = column_widths(table, titles.orientation == Orientation::landscape ? page_characters * 1.5 : page_characters);
  for (double& width : widths) width = std::max(width, 5.0);
  const int first_head = row + 1;
  const auto grid = head_grid(table);
  const auto heights = head_heights(grid, widths);
  for (int head_row = 0; head_row < grid.rows; ++head_row) sheet.row_height(first_head + head_row, heights[static_cast<std::size_t>(head_row)]);
  for (int head_row = 0; head_row < grid.rows; ++head_row)
    for (int column = 0; column < grid.columns; ++column)
      if (grid.owner_at(head_row, column) == -1) sheet.blank(first_head + head_row, column + 1, Look::head);
  for (const auto& placed : grid.cells)
    sheet.merged({first_head + placed.row, placed.column + 1, first_head + placed.row + placed.rows - 1, placed.column + placed.columns}, placed.cell->text, Look::head);
  row += grid.rows;
  const int last_head = row;
  for (const auto& source : table.rows) {
    ++row;
    for (const auto& placed : placed_cells(table, source)) put_cell(sheet, row, table, source, placed, last_head + 1);
  }
  for (int column = 1; column <= columns; ++column) sheet.column_width(column, column, widths[static_cast<std::size_t>(column - 1)]);
  if (grid.rows > 0) sheet.freeze(last_head, 0);
  sheet.print(titles.orientation, grid.rows > 0 ? first_head : 0, last_head);
}

}  // namespace

Result<std::string> to_xlsx(const Document& document) {
  const auto title = document.kind.empty() ? document.summary : document.kind + " " + document.summary;
  spreadsheet::WorkbookWriter book(title, document.day);
  const Annex* annex = nullptr;
  int tables = 0;
  for (const auto& block : document.blocks) {
    if (const auto* opened = std::get_if<Annex>(&block)) annex = opened;
    const auto* table = std::get_if<Table>(&block);
    if (table == nullptr || table->columns.empty()) continue;
    ++tables;
    Titles titles{.name = annex != nullptr ? annex->name : fmt::format("Bảng {}", tables), .lines = {}};
    if (annex != nullptr) {
      titles.orientation = annex->orientation;
      titles.lines = {annex->title};
      if (!annex->attached_to.empty()) titles.lines.push_back("(" + annex->attached_to + ")");
    }
    if (!table->caption.empty()) titles.lines.push_back(table->caption);
    if (titles.lines.empty()) titles.lines.push_back(title);
    put_table(book, *table, titles);
  }
  if (tables == 0) return refuse("document.no_table", "Văn bản này không có bảng số liệu để xuất ra Excel. Ông/bà chọn dạng Word hoặc PDF.");
  return book.finish();
}

}  // namespace khuyenhoc::document
