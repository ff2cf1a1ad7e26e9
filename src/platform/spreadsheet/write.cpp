#include <cassert>
#include <cmath>

#include <fmt/format.h>

#include "platform/spreadsheet/write_state.h"

namespace khuyenhoc::spreadsheet {
namespace {

lxw_row_t at_row(int row) {
  assert(row >= 1 && row <= last_possible_row);
  return static_cast<lxw_row_t>(row - 1);
}

lxw_col_t at_column(int column) {
  assert(column >= 1 && column <= last_possible_column);
  return static_cast<lxw_col_t>(column - 1);
}

// Stays text even when somebody edits the cell afterwards.
bool would_run(std::string_view value) { return !value.empty() && std::string_view("=+-@\t").find(value.front()) != std::string_view::npos; }

struct ValidationTexts {
  std::string title, message, error_title, error_message;
  explicit ValidationTexts(const Prompt& prompt)
      : title(cell_text(prompt.title, 32)), message(cell_text(prompt.message, 255)), error_title(cell_text(prompt.error_title, 32)), error_message(cell_text(prompt.error_message, 225)) {}

  void put_into(lxw_data_validation& validation) {
    validation.ignore_blank = LXW_VALIDATION_ON;
    validation.show_input = message.empty() ? LXW_VALIDATION_OFF : LXW_VALIDATION_ON;
    validation.show_error = LXW_VALIDATION_ON;
    validation.error_type = LXW_VALIDATION_ERROR_TYPE_STOP;
    if (!message.empty()) {
      validation.input_title = title.data();
      validation.input_message = message.data();
    }
    if (!error_title.empty()) validation.error_title = error_title.data();
    if (!error_message.empty()) validation.error_message = error_message.data();
  }
};

void validate(lxw_worksheet* sheet, Range range, lxw_data_validation& validation) {
  const auto error = worksheet_data_validation_range(sheet, at_row(range.first_row), at_column(range.first_column), at_row(range.last_row), at_column(range.last_column), &validation);
  assert(error == LXW_NO_ERROR);
  (void)error;
}

}  // namespace

void SheetWriter::text(int row, int column, std::string_view value, Look look, Align align) {
  const auto clean = cell_text(value);
  auto* const format = state_->book->format(look, would_run(clean) ? NumberFormat::text : NumberFormat::general, align);
  if (clean.empty()) worksheet_write_blank(state_->sheet, at_row(row), at_column(column), format);
  else worksheet_write_string(state_->sheet, at_row(row), at_column(column), clean.c_str(), format);
}

void SheetWriter::whole(int row, int column, std::int64_t value, Look look) {
  constexpr std::int64_t largest_exact = 999'999'999'999'999;
  if (value > largest_exact || value < -largest_exact) {     // Excel would round it
    text(row, column, std::to_string(value), look, Align::right);
    return;
  }
  worksheet_write_number(state_->sheet, at_row(row), at_column(column), static_cast<double>(value), state_->book->format(look, NumberFormat::whole));
}

void SheetWriter::money(int row, int column, Money value, Look look) { whole(row, column, value.dong, look); }

void SheetWriter::percent(int row, int column, double ratio, Look look) {
  assert(std::isfinite(ratio));
  worksheet_write_number(state_->sheet, at_row(row), at_column(column), ratio, state_->book->format(look, NumberFormat::percent));
}

void SheetWriter::day(int row, int column, Day value, Look look) {
  constexpr int serial_of_1970 = 25'569;
  constexpr int first_honest_serial = 61;     // 1 March 1900
  const int serial = value.number() + serial_of_1970;
  if (serial < first_honest_serial) {
    text(row, column, value.text(), look, Align::right);
    return;
  }
  worksheet_write_number(state_->sheet, at_row(row), at_column(column), serial, state_->book->format(look, NumberFormat::day));
}

void SheetWriter::blank(int row, int column, Look look, NumberFormat format) {
  worksheet_write_blank(state_->sheet, at_row(row), at_column(column), state_->book->format(look, format));
}

void SheetWriter::formula(int row, int column, const std::string& formula, double cached, Look look, NumberFormat format) {
  assert(formula.starts_with('='));
  worksheet_write_formula_num(state_->sheet, at_row(row), at_column(column), formula.c_str(), state_->book->format(look, format), cached);
}

void SheetWriter::text_formula(int row, int column, const std::string& formula, std::string_view cached, Look look) {
  assert(formula.starts_with('='));
  worksheet_write_formula_str(state_->sheet, at_row(row), at_column(column), formula.c_str(), state_->book->format(look, NumberFormat::general), cell_text(cached).c_str());
}

void SheetWriter::merged(Range range, std::string_view value, Look look) {
  const auto align = look == Look::head ? Align::centre : Align::usual;
  if (range.first_row == range.last_row && range.first_column == range.last_column) {
    text(range.first_row, range.first_column, value, look, align);
    return;
  }
  worksheet_merge_range(state_->sheet, at_row(range.first_row), at_column(range.first_column), at_row(range.last_row), at_column(range.last_column), cell_text(value).c_str(),
                        state_->book->format(look, would_run(value) ? NumberFormat::text : NumberFormat::general, align));
}

void SheetWriter::comment(int row, int column, std::string_view message) {
  lxw_comment_options options{};
  std::string author = "khuyenhoc";
  options.author = author.data();
  options.width = 320;
  options.height = 110;
  options.font_size = 11;
  std::string font = "Times New Roman";
  options.font_name = font.data();
  worksheet_write_comment_opt(state_->sheet, at_row(row), at_column(column), cell_text(message).c_str(), &options);
}

void SheetWriter::column_width(int first, int last, double characters) { worksheet_set_column(state_->sheet, at_column(first), at_column(last), characters, nullptr); }

void SheetWriter::hide_columns(int first, int last) {
  lxw_row_col_options options{};
  options.hidden = LXW_TRUE;
  worksheet_set_column_opt(state_->sheet, at_column(first), at_column(last), LXW_DEF_COL_WIDTH, nullptr, &options);
}

void SheetWriter::row_height(int row, double points) { worksheet_set_row(state_->sheet, at_row(row), points, nullptr); }

void SheetWriter::freeze(int rows, int columns) { worksheet_freeze_panes(state_->sheet, static_cast<lxw_row_t>(rows), static_cast<lxw_col_t>(columns)); }

void SheetWriter::filter(Range range) {
  worksheet_autofilter(state_->sheet, at_row(range.first_row), at_column(range.first_column), at_row(range.last_row), at_column(range.last_column));
}

void SheetWriter::allow_list(Range range, const std::vector<std::string>& values, const Prompt& prompt) {
  assert(!values.empty());
  constexpr std::size_t longest_inline = 250;     // Excel keeps 255 characters with the commas
  std::vector<std::string> clean;
  std::size_t characters = 0;
  bool fits = true;
  for (const auto& value : values) {
    clean.push_back(cell_text(value, longest_inline));
    characters += clean.back().size() + 1;
    if (clean.back().find(',') != std::string::npos) fits = false;
  }
  fits = fits && characters <= longest_inline;
  lxw_data_validation validation{};
  ValidationTexts texts(prompt);
  texts.put_into(validation);
  // Debian 12's libxlsxwriter wants char**, Debian 13's const char**
  std::vector<std::remove_pointer_t<decltype(validation.value_list)>> pointers;
  std::string formula;
  if (fits) {
    for (auto& value : clean) pointers.push_back(value.data());
    pointers.push_back(nullptr);
    validation.validate = LXW_VALIDATION_TYPE_LIST;
    validation.value_list = pointers.data();
  } else {
    auto& book = *state_->book;
    if (book.lists == nullptr) {
      book.lists = &book.add("_danh_sach");
      worksheet_hide(book.lists->sheet);
    }
    const int column = ++book.list_columns;
    for (std::size_t index = 0; index < clean.size(); ++index)
      worksheet_write_string(book.lists->sheet, static_cast<lxw_row_t>(index), at_column(column), clean[index].c_str(), nullptr);
    formula = fmt::format("='{}'!${}$1:${}${}", book.lists->name, column_name(column), column_name(column), clean.size());
    validation.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
    validation.value_formula = formula.data();
  }
  validate(state_->sheet, range, validation);
}

void SheetWriter::allow_whole(Range range, std::int64_t least, std::int64_t most, const Prompt& prompt) {
  lxw_data_validation validation{};
  ValidationTexts texts(prompt);
  texts.put_into(validation);
  validation.validate = LXW_VALIDATION_TYPE_INTEGER;
  validation.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
  validation.minimum_number = static_cast<double>(least);
  validation.maximum_number = static_cast<double>(most);
  validate(state_->sheet, range, validation);
}

void SheetWriter::mark_texts(Range range) {
  lxw_conditional_format marked{};
  std::string something = fmt::format("=LEN({}{})>0", column_name(range.first_column), range.first_row);
  marked.type = LXW_CONDITIONAL_TYPE_FORMULA;
  marked.value_string = something.data();
  marked.format = state_->book->mark();
  worksheet_conditional_format_range(state_->sheet, at_row(range.first_row), at_column(range.first_column), at_row(range.last_row), at_column(range.last_column), &marked);
}

void SheetWriter::protect() {
  lxw_protection allowed{};
  allowed.format_columns = LXW_TRUE;
  allowed.format_rows = LXW_TRUE;
  worksheet_protect(state_->sheet, nullptr, &allowed);
}

void SheetWriter::hide() { worksheet_hide(state_->sheet); }

void SheetWriter::print(Orientation orientation, int first_head_row, int last_head_row) {
  if (orientation == Orientation::landscape) worksheet_set_landscape(state_->sheet);
  worksheet_set_paper(state_->sheet, 9);     // A4
  worksheet_set_margins(state_->sheet, 0.6, 0.5, 0.6, 0.6);
  worksheet_fit_to_pages(state_->sheet, 1, 0);
  worksheet_set_footer(state_->sheet, "&C&\"Times New Roman,Regular\"&11Trang &P/&N");
  if (first_head_row > 0) worksheet_repeat_rows(state_->sheet, at_row(first_head_row), at_row(last_head_row));
}

void SheetWriter::print_only(Range range) {
  worksheet_print_area(state_->sheet, at_row(range.first_row), at_column(range.first_column), at_row(range.last_row), at_column(range.last_column));
}

}  // namespace khuyenhoc::spreadsheet
