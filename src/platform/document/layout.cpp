#include "platform/document/layout.h"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "base/number.h"
#include "base/text.h"

namespace khuyenhoc::document {

std::string Text::plain() const {
  std::string all;
  for (const auto& run : runs) all += run.text;
  return all;
}

TableCell TableCell::of(std::string shown) { return {.text = Text(std::move(shown))}; }

TableCell TableCell::count(std::int64_t value, std::string link) {
  TableCell cell;
  cell.text.figure(number_text(value), std::move(link));
  cell.value = value;
  cell.alignment = Alignment::right;
  return cell;
}

TableCell TableCell::money(Money value, std::string link) {
  TableCell cell;
  cell.text.figure(number_text(value.dong), std::move(link));
  cell.value = value;
  cell.alignment = Alignment::right;
  return cell;
}

TableCell TableCell::share(std::int64_t numerator, std::int64_t denominator) {
  TableCell cell;
  cell.text = Text(percent_text(numerator, denominator));
  if (denominator != 0) cell.value = static_cast<double>(numerator) / static_cast<double>(denominator);
  cell.alignment = Alignment::right;
  return cell;
}

TableCell TableCell::day(Day value) {
  TableCell cell;
  cell.text = Text(value.text());
  cell.value = value;
  cell.alignment = Alignment::centre;
  return cell;
}

double table_font_pt(const Table& table) { return table.columns.size() <= 7 ? 12 : table.columns.size() <= 11 ? 11 : 10; }

HeadGrid head_grid(const Table& table) {
  HeadGrid grid;
  grid.rows = static_cast<int>(table.head.size());
  grid.columns = static_cast<int>(table.columns.size());
  grid.owner.assign(static_cast<std::size_t>(grid.rows * grid.columns), -1);
  const auto place = [&](int row, int column) -> int& { return grid.owner[static_cast<std::size_t>(row * grid.columns + column)]; };
  for (int row = 0; row < grid.rows; ++row) {
    int column = 0;
    for (const auto& cell : table.head[static_cast<std::size_t>(row)]) {
      while (column < grid.columns && place(row, column) != -1) ++column;
      if (column >= grid.columns) break;
      PlacedHead placed{.cell = &cell, .row = row, .column = column, .rows = std::clamp(cell.row_span, 1, grid.rows - row), .columns = 0};
      while (placed.columns < std::max(cell.column_span, 1) && column + placed.columns < grid.columns && place(row, column + placed.columns) == -1) ++placed.columns;
      for (int r = row; r < row + placed.rows; ++r)
        for (int c = column; c < column + placed.columns; ++c) place(r, c) = static_cast<int>(grid.cells.size());
      column += placed.columns;
      grid.cells.push_back(placed);
    }
  }
  return grid;
}

std::vector<PlacedCell> placed_cells(const Table& table, const TableRow& row) {
  const int columns = static_cast<int>(table.columns.size());
  std::vector<PlacedCell> placed;
  int column = 0;
  for (const auto& cell : row.cells) {
    if (column >= columns) break;
    const int wanted = row.cells.size() == 1 && row.kind == RowKind::group ? columns : std::max(cell.column_span, 1);
    const int span = std::min(wanted, columns - column);
    placed.push_back({&cell, column, span});
    column += span;
  }
  for (; column < columns; ++column) placed.push_back({nullptr, column, 1});
  return placed;
}

Alignment alignment_of(const Table& table, const TableRow& row, const PlacedCell& placed) {
  if (placed.cell != nullptr && placed.cell->alignment) return *placed.cell->alignment;
  if (row.kind == RowKind::group && placed.columns > 1) return Alignment::left;
  return table.columns[static_cast<std::size_t>(placed.column)].alignment;
}

std::vector<double> column_widths(const Table& table, double width) {
  const double all = std::accumulate(table.columns.begin(), table.columns.end(), 0.0, [](double sum, const Column& column) { return sum + column.share; });
  assert(all > 0);
  std::vector<double> widths;
  for (const auto& column : table.columns) widths.push_back(width * column.share / all);
  return widths;
}

std::vector<std::string> recipient_lines(const Closing& closing) {
  std::vector<std::string> lines;
  for (std::size_t index = 0; index < closing.recipients.size(); ++index)
    lines.push_back("- " + closing.recipients[index] + (index + 1 == closing.recipients.size() ? "." : ";"));
  return lines;
}

double longest_line_pt(std::string_view lines) {
  std::size_t longest = 0;
  for (;;) {
    const auto end = lines.find('\n');
    longest = std::max(longest, count_characters(lines.substr(0, end)));
    if (end == std::string_view::npos) return static_cast<double>(longest) * capital_width * measure::capitals_pt;
    lines.remove_prefix(end + 1);
  }
}

std::string broken_name(std::string_view name, double width_pt) {
  std::string whole(name);
  if (whole.find('\n') != std::string::npos || longest_line_pt(whole) <= width_pt) return whole;
  std::string best;
  for (auto space = whole.find(' '); space != std::string::npos; space = whole.find(' ', space + 1)) {
    auto broken = whole;
    broken[space] = '\n';
    const auto rest = std::string_view(broken).substr(space + 1);
    const bool before_unit = rest.starts_with("TỈNH ") || rest.starts_with("THÀNH PHỐ ") || rest.starts_with("XÃ ") || rest.starts_with("PHƯỜNG ") || rest.starts_with("ĐẶC KHU ");
    if (before_unit && longest_line_pt(broken) <= width_pt) return broken;
    if (best.empty() || longest_line_pt(broken) < longest_line_pt(best)) best = broken;
  }
  return best.empty() ? whole : best;
}

namespace {

bool notes_in(const Text& text) {
  return std::any_of(text.runs.begin(), text.runs.end(), [](const Run& run) { return !run.footnote.empty(); });
}

struct FootnoteFinder {
  bool operator()(const Heading& block) const { return notes_in(block.text); }
  bool operator()(const Paragraph& block) const { return notes_in(block.text); }
  bool operator()(const Note& block) const { return notes_in(block.text); }
  bool operator()(const BulletList& block) const { return std::any_of(block.items.begin(), block.items.end(), notes_in); }
  bool operator()(const Table& block) const {
    return std::any_of(block.rows.begin(), block.rows.end(), [](const TableRow& row) {
      return std::any_of(row.cells.begin(), row.cells.end(), [](const TableCell& cell) { return notes_in(cell.text); });
    });
  }
  bool operator()(const PageBreak&) const { return false; }
  bool operator()(const Annex&) const { return false; }
  bool operator()(const Closing&) const { return false; }
};

}  // namespace

bool has_footnotes(const Document& document) {
  return std::any_of(document.blocks.begin(), document.blocks.end(), [](const Block& block) { return std::visit(FootnoteFinder{}, block); });
}

}  // namespace khuyenhoc::document
