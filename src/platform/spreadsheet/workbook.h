// Workbooks that people send: read fast, sparsely and with every limit checked, so that a caller judges cells and nothing else.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "platform/spreadsheet/package.h"

namespace khuyenhoc::spreadsheet {

// Rows and columns count from 1, as Excel shows them.
constexpr int last_possible_row = 1'048'576;
constexpr int last_possible_column = 16'384;

std::string column_name(int column);               // 2 -> "B"
std::string address(int row, int column);          // 12, 2 -> "B12"
struct Place {
  int row = 0;
  int column = 0;
  bool operator==(const Place&) const = default;
};
std::optional<Place> parse_address(std::string_view text);    // "B12", "$B$12"

enum class CellKind : std::uint8_t { empty, text, number, day, boolean, error };
enum class CellOrigin : std::uint8_t { typed, formula };

// `text` lives as long as its Workbook. A formula carries its last computed value (kind empty when it was saved without one).
struct Cell {
  std::int32_t row = 0;
  std::int16_t column = 0;
  CellKind kind = CellKind::empty;
  CellOrigin origin = CellOrigin::typed;
  std::string_view text = {};     // kind text; the error's name ("#REF!") for kind error
  double number = 0;              // kind number; 0 or 1 for boolean; days since 1970 for kind day, whatever the workbook's epoch

  bool is_formula() const { return origin == CellOrigin::formula; }
  std::string address() const { return spreadsheet::address(row, column); }
  Day day() const { return Day::from_number(static_cast<std::int32_t>(number)); }
};

struct Range {
  int first_row = 0;
  int first_column = 0;
  int last_row = 0;
  int last_column = 0;
  bool contains(int row, int column) const { return first_row <= row && row <= last_row && first_column <= column && column <= last_column; }
  bool operator==(const Range&) const = default;
};

struct Row {
  int number = 0;
  std::span<const Cell> cells;     // those that hold something, by column
};

enum class Visibility : std::uint8_t { shown, hidden };

// Moves but is not copied: its rows point into its cells.
class Sheet {
 public:
  Sheet() = default;
  Sheet(Sheet&&) noexcept = default;
  Sheet& operator=(Sheet&&) noexcept = default;

  std::string name;
  Visibility visibility = Visibility::shown;
  std::vector<Range> merged;

  // Rows that hold something, in order; blank, styled or missing rows are not there and cost nothing.
  std::span<const Row> rows() const { return rows_; }
  // Any cell of the sheet; kind empty where nothing is.
  Cell at(int row, int column) const;
  // As `at`, but a merged range gives its first cell's content everywhere in it (heads over several columns).
  Cell at_merged(int row, int column) const;
  int last_row() const { return rows_.empty() ? 0 : rows_.back().number; }
  int last_column() const { return last_column_; }

 private:
  friend class SheetBuilder;
  std::vector<Cell> cells_;
  std::vector<Row> rows_;
  int last_column_ = 0;
};

class TextStore;

class Workbook {
 public:
  Workbook();
  Workbook(Workbook&&) noexcept;
  Workbook& operator=(Workbook&&) noexcept;
  ~Workbook();

  std::vector<Sheet> sheets;
  const Sheet* find(std::string_view name) const;     // exact name; null when absent

 private:
  friend class WorkbookBuilder;
  std::unique_ptr<TextStore> texts_;
};

struct ReadLimits {
  PackageLimits package = {};
  std::size_t cells = 3'000'000;     // cells that hold something, in all sheets together
  std::size_t sheets = 200;
};

// Codes: workbook.empty_file, .too_large, .old_format, .password, .not_a_workbook, .text_file, .binary_format, .open_document, .broken,
// .bomb, .too_many_cells, .too_many_sheets. Nothing of a refused workbook is kept.
Result<Workbook> read_workbook(std::span<const std::byte> bytes, const ReadLimits& limits = {});
std::span<const std::byte> bytes_of(std::string_view text);

enum class Formulas { refused, accepted };

// A whole number as typed, or as text of a whole number ("1.234"); none when the cell is blank, which is not zero.
// Codes: cell.formula, cell.error, cell.not_number, cell.fraction, cell.too_large; the place is the address.
Result<std::optional<std::int64_t>> whole_number(const Cell& cell, Formulas formulas = Formulas::refused);
// A day as Excel keeps it, or typed as text; none when blank. Codes: cell.formula, cell.error, cell.not_day, or those of Day::parse.
Result<std::optional<Day>> day_value(const Cell& cell, Formulas formulas = Formulas::refused);
// The cell as a person sees it ("1.234", "05/6/2026", "Đúng"), for names typed as numbers and for messages.
std::string text_value(const Cell& cell);

}  // namespace khuyenhoc::spreadsheet
