// A file of rows and columns as people send it, a workbook or a CSV, read once and then only looked at.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/spreadsheet/csv.h"
#include "platform/spreadsheet/workbook.h"

namespace khuyenhoc::importing {

class SourceSheet {
 public:
  SourceSheet(std::string name, std::span<const spreadsheet::Row> rows, std::span<const spreadsheet::Range> merged);
  const std::string& name() const { return name_; }
  std::span<const spreadsheet::Row> rows() const { return rows_; }
  bool empty() const { return rows_.empty(); }
  int last_column() const { return last_column_; }
  const spreadsheet::Row* row(int number) const;                       // none where nothing is
  // The cell that stands there; the first one of a merged range wherever in it.
  spreadsheet::Cell at(int row, int column) const;
  const spreadsheet::Range* merged_at(int row, int column) const;      // none where nothing is merged
  bool anything_merged() const { return !merged_.empty(); }

 private:
  std::string name_;
  std::span<const spreadsheet::Row> rows_;
  std::unordered_map<int, std::vector<const spreadsheet::Range*>> merged_;   // by column, from top to bottom
  int last_column_ = 0;
};

class ReadFile {
 public:
  // Codes of read_workbook and read_csv; "import.no_sheet" when there is nothing to read in it.
  static Result<std::shared_ptr<const ReadFile>> read(const std::string& content, std::string_view file_name);
  ReadFile(const ReadFile&) = delete;
  ReadFile& operator=(const ReadFile&) = delete;
  const std::vector<SourceSheet>& sheets() const { return sheets_; }   // those that are shown and hold something
  const SourceSheet* find(std::string_view name) const;

 private:
  ReadFile() = default;
  void take(spreadsheet::Workbook book);
  void take(spreadsheet::CsvTable table);

  spreadsheet::Workbook book_;
  spreadsheet::CsvTable csv_;
  std::vector<spreadsheet::Cell> csv_cells_;
  std::vector<spreadsheet::Row> csv_rows_;
  std::vector<SourceSheet> sheets_;
};

bool is_blank(const spreadsheet::Cell& cell);

}  // namespace khuyenhoc::importing
