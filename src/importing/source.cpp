#include "importing/source.h"

#include <algorithm>

#include "base/i18n.h"
#include "base/text.h"

namespace khuyenhoc::importing {
namespace {

bool is_csv(const std::string& content, std::string_view file_name) { return !content.starts_with("PK") && folded(file_name).ends_with(" csv"); }

// Excel of a Vietnamese machine separates by semicolons; the first line tells.
char separator_of(const std::string& content) {
  const std::string_view line = std::string_view(content).substr(0, content.find('\n'));
  const auto count = [&](char c) { return std::ranges::count(line, c); };
  if (count('\t') > count(',') && count('\t') > count(';')) return '\t';
  return count(';') > count(',') ? ';' : ',';
}

}  // namespace

bool is_blank(const spreadsheet::Cell& cell) {
  if (cell.kind == spreadsheet::CellKind::empty) return !cell.is_formula();
  return cell.kind == spreadsheet::CellKind::text && cell.text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

SourceSheet::SourceSheet(std::string name, std::span<const spreadsheet::Row> rows, std::span<const spreadsheet::Range> merged) : name_(std::move(name)), rows_(rows) {
  for (const spreadsheet::Row& row : rows_)
    if (!row.cells.empty()) last_column_ = std::max<int>(last_column_, row.cells.back().column);
  for (const spreadsheet::Range& range : merged)
    for (int column = range.first_column; column <= std::min(range.last_column, last_column_); ++column) merged_[column].push_back(&range);
  for (auto& [column, ranges] : merged_) std::ranges::sort(ranges, {}, &spreadsheet::Range::first_row);
}

const spreadsheet::Row* SourceSheet::row(int number) const {
  const auto found = std::ranges::lower_bound(rows_, number, {}, &spreadsheet::Row::number);
  return found != rows_.end() && found->number == number ? &*found : nullptr;
}

const spreadsheet::Range* SourceSheet::merged_at(int row, int column) const {
  const auto in_column = merged_.find(column);
  if (in_column == merged_.end()) return nullptr;
  const auto& ranges = in_column->second;
  auto after = std::ranges::upper_bound(ranges, row, {}, &spreadsheet::Range::first_row);
  if (after == ranges.begin()) return nullptr;
  --after;
  return (*after)->last_row >= row ? *after : nullptr;
}

spreadsheet::Cell SourceSheet::at(int row, int column) const {
  spreadsheet::Cell none{.row = row, .column = static_cast<std::int16_t>(column)};
  int from_row = row, from_column = column;
  if (const spreadsheet::Range* range = merged_at(row, column)) {
    from_row = range->first_row;
    from_column = range->first_column;
  }
  const spreadsheet::Row* found = this->row(from_row);
  if (found == nullptr) return none;
  const auto cell = std::ranges::lower_bound(found->cells, from_column, {}, [](const spreadsheet::Cell& one) { return static_cast<int>(one.column); });
  return cell != found->cells.end() && cell->column == from_column ? *cell : none;
}

Result<std::shared_ptr<const ReadFile>> ReadFile::read(const std::string& content, std::string_view file_name) {
  std::shared_ptr<ReadFile> out(new ReadFile());
  if (is_csv(content, file_name)) {
    auto table = spreadsheet::read_csv(content, separator_of(content));
    if (!table) return std::unexpected(table.error());
    out->take(std::move(*table));
  } else {
    auto book = spreadsheet::read_workbook(spreadsheet::bytes_of(content));
    if (!book) return std::unexpected(book.error());
    out->take(std::move(*book));
  }
  if (out->sheets_.empty()) return refuse("import.no_sheet", tr("Tệp này không có trang nào có dữ liệu. Xin xem lại tệp rồi chọn lại."));
  return out;
}

void ReadFile::take(spreadsheet::Workbook book) {
  book_ = std::move(book);
  for (const spreadsheet::Sheet& sheet : book_.sheets)
    if (sheet.visibility == spreadsheet::Visibility::shown && !sheet.rows().empty()) sheets_.emplace_back(sheet.name, sheet.rows(), sheet.merged);
}

void ReadFile::take(spreadsheet::CsvTable table) {
  csv_ = std::move(table);
  std::size_t cells = csv_.head.size();
  for (const spreadsheet::CsvRow& row : csv_.rows) cells += row.fields.size();
  csv_cells_.reserve(cells);     // rows point into it
  const auto add = [&](int number, const std::vector<std::string>& fields) {
    const std::size_t first = csv_cells_.size();
    for (std::size_t i = 0; i < fields.size(); ++i)
      if (!fields[i].empty())
        csv_cells_.push_back({.row = number, .column = static_cast<std::int16_t>(i + 1), .kind = spreadsheet::CellKind::text, .text = fields[i]});
    if (csv_cells_.size() > first) csv_rows_.push_back({number, std::span(csv_cells_).subspan(first)});
  };
  add(1, csv_.head);
  for (const spreadsheet::CsvRow& row : csv_.rows) add(static_cast<int>(row.line), row.fields);
  if (!csv_rows_.empty()) sheets_.emplace_back("CSV", csv_rows_, std::span<const spreadsheet::Range>());
}

const SourceSheet* ReadFile::find(std::string_view name) const {
  const auto found = std::ranges::find(sheets_, name, &SourceSheet::name);
  return found == sheets_.end() ? nullptr : &*found;
}

}  // namespace khuyenhoc::importing
