// Workbooks that people receive: cells by meaning, looks by role, and nothing that would run as a formula unless we wrote it as one.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/money.h"
#include "base/result.h"
#include "platform/spreadsheet/workbook.h"

namespace khuyenhoc::spreadsheet {

// title: the sheet's heading; head: column heads; group: a heading across a block of rows; input: to be filled in (the only cells a protected
// sheet lets people change); locked: given, not to be changed; total; note: small grey explanation; wrong: marked for mending.
enum class Look : std::uint8_t { plain, title, subtitle, head, group, input, locked, total, note, wrong };
enum class NumberFormat : std::uint8_t { general, whole, money, percent, day, text };
enum class Orientation : std::uint8_t { portrait, landscape };
enum class WritingOrder : std::uint8_t { any, row_by_row };     // row_by_row: rows written from top to bottom, each only once, in little memory
enum class Align : std::uint8_t { usual, left, centre, right };

// What Excel says when a cell is entered, and when something else than allowed is typed.
struct Prompt {
  std::string title = {};
  std::string message = {};
  std::string error_title = "Chưa đúng";
  std::string error_message = {};
};

struct WorkbookState;
struct SheetState;

// Rows and columns count from 1. Texts are cut at Excel's limit (32,767 characters) and freed of control characters.
class SheetWriter {
 public:
  void text(int row, int column, std::string_view value, Look look = Look::plain, Align align = Align::usual);
  void whole(int row, int column, std::int64_t value, Look look = Look::plain);
  void money(int row, int column, Money value, Look look = Look::plain);
  void percent(int row, int column, double ratio, Look look = Look::plain);     // 0.133 shows as 13,3%
  void day(int row, int column, Day value, Look look = Look::plain);
  void blank(int row, int column, Look look, NumberFormat format = NumberFormat::whole);
  // `formula` is ours ("=SUM(B2:B9)"), never from a user; `cached` shows until Excel recomputes.
  void formula(int row, int column, const std::string& formula, double cached, Look look = Look::plain, NumberFormat format = NumberFormat::whole);
  // The same with a text as its answer.
  void text_formula(int row, int column, const std::string& formula, std::string_view cached, Look look = Look::plain);
  void merged(Range range, std::string_view value, Look look);     // any order only
  void comment(int row, int column, std::string_view message);

  void column_width(int first, int last, double characters);       // ranges must not overlap: Excel takes such a file for damaged
  void hide_columns(int first, int last);
  void row_height(int row, double points);
  void freeze(int rows, int columns);
  void filter(Range range);
  void allow_list(Range range, const std::vector<std::string>& values, const Prompt& prompt);     // long lists move to a hidden sheet by themselves
  void allow_whole(Range range, std::int64_t least, std::int64_t most, const Prompt& prompt);
  void mark_texts(Range range);        // cells whose formula answers anything stand out as wrong ones do
  void protect();      // only Look::input cells stay editable; widths may still be changed
  void hide();         // for machine data
  // A4, fitted to one page wide; head rows repeat on every page (0, 0 for none); the page number stands at the foot.
  void print(Orientation orientation, int first_head_row, int last_head_row);
  void print_only(Range range);        // the rest is for the screen

 private:
  friend class WorkbookWriter;
  explicit SheetWriter(SheetState& state) : state_(&state) {}
  SheetState* state_;
};

class WorkbookWriter {
 public:
  // `day` dates the file; the same content and day give the same cells and properties.
  explicit WorkbookWriter(std::string_view title, Day day, WritingOrder order = WritingOrder::any);
  WorkbookWriter(WorkbookWriter&&) noexcept;
  ~WorkbookWriter();

  // The name is shortened and cleaned to what Excel accepts (31 characters, none of []:*?/\), and numbered when taken. At least one sheet stays visible.
  SheetWriter add_sheet(std::string_view name);
  // The bytes of the .xlsx; nothing can be written afterwards. Refused only when there is no room for temporary data ("workbook.no_room").
  Result<std::string> finish();

 private:
  std::unique_ptr<WorkbookState> state_;
};

// A sheet name as Excel accepts it.
std::string sheet_name(std::string_view wanted);

}  // namespace khuyenhoc::spreadsheet
