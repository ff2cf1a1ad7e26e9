#include "base/i18n.h"
#include "base/text.h"
#include "platform/spreadsheet/write.h"
#include "reporting/entry_workbook.h"
#include "reporting/workbook_checks.h"
#include "reporting/workbook_layout.h"

namespace khuyenhoc {
namespace {

using namespace workbook_layout;
using spreadsheet::Look;

constexpr std::int64_t largest_count = 999'999'999;
constexpr double name_width = 34, figure_width = 11, check_width = 60, guide_width = 80;

class Writing {
 public:
  Writing(const House& house, const EntrySheet& sheet, const WorkbookCells& given_back, const WorkbookLetter& letter)
      : house_(house), sheet_(sheet), given_back_(given_back), letter_(letter), columns_(sheet.columns()),
        out_(house.periods.label(sheet.period, current_language()), sheet.day), visible_(out_.add_sheet(visible_sheet)) {
    hidden_.body = sheet.body.value;
    hidden_.period = sheet.period.name();
    for (const EntryColumn& column : columns_) hidden_.columns.push_back(column.code);
  }

  Result<std::string> finish() {
    heads();
    int row = first_row;
    for (const EntryGroup& group : sheet_.groups) row = write_group(group, row);
    total(row);
    prompts(row);
    visible_.column_width(name_column, name_column, name_width);
    const std::size_t columns = columns_.size();
    visible_.column_width(first_column, input_column(columns - 1), figure_width);
    visible_.column_width(check_column(columns), check_column(columns), check_width);
    visible_.column_width(beside_column(0, columns), beside_column(columns - 1, columns), figure_width);
    if (row > first_row) visible_.mark_texts({first_row, check_column(columns_.size()), row - 1, check_column(columns_.size())});
    visible_.freeze(head_row, name_column);
    visible_.print(spreadsheet::Orientation::landscape, group_row, head_row);
    visible_.print_only({title_row, name_column, row, check_column(columns)});     // what is filled in by hand; the figures beside would make it too small to read
    visible_.protect();
    keys();
    guide();
    return out_.finish();
  }

 private:
  void heads() {
    const Language language = current_language();
    const std::string& name = house_.organisation.current()->body(sheet_.body).on(sheet_.day).name;
    visible_.text(title_row, name_column, tr("Số liệu {}", house_.periods.label(sheet_.period, language)), Look::title);
    std::string about = fmt::format("{} – {}", name, sheet_.period.period.text());
    if (letter_.due) about += " · " + tr("Hạn gửi: {}", letter_.due->text());
    if (!letter_.send_to.empty()) about += " · " + tr("Gửi về: {}", letter_.send_to);
    visible_.text(name_row, name_column, about, Look::subtitle);
    visible_.text(help_row, name_column, tr("Chỉ ghi vào các ô màu vàng. Không có thì ghi số 0; chưa biết thì để trống. Cột ghi “nghìn đồng”: 6.400.000 đồng ghi là 6400."), Look::note);
    visible_.text(help_row, beside_column(0, columns_.size()), tr("Phần màu xám này để đối chiếu: số kỳ trước; riêng số tính trong kỳ (mới, giảm, thu…) là cùng kỳ năm trước."), Look::note);
    visible_.text(head_row, name_column, tr("Chi hội, ban"), Look::head);
    visible_.text(group_row, name_column, {}, Look::head);
    for (std::size_t i = 0; i < columns_.size();) {
      std::size_t end = i;
      const std::string group = columns_[i].group(language, sheet_.period.year);
      while (end < columns_.size() && columns_[end].group(language, sheet_.period.year) == group) ++end;
      head(input_column(i), input_column(end - 1), group);
      head(beside_column(i, columns_.size()), beside_column(end - 1, columns_.size()), tr("{}, để đối chiếu", group));
      i = end;
    }
    head(check_column(columns_.size()), check_column(columns_.size()), tr("Tự kiểm tra"));
    visible_.text(head_row, check_column(columns_.size()), tr("Chỗ cần xem lại"), Look::head);
    for (std::size_t i = 0; i < columns_.size(); ++i)
      for (const int at : {input_column(i), beside_column(i, columns_.size())})
        visible_.text(head_row, at, fmt::format("{} ({})", columns_[i].label(language), columns_[i].unit(language)), Look::head);
    constexpr double head_height = 48;
    visible_.row_height(head_row, head_height);
  }
  void head(int first, int last, const std::string& words) {
    if (first == last) visible_.text(group_row, first, words, Look::head);
    else visible_.merged({group_row, first, group_row, last}, words, Look::head);
  }

  int write_group(const EntryGroup& group, int row) {
    const int first = row + 1, last = row + static_cast<int>(group.rows.size());
    visible_.text(row, name_column, fmt::format("{} ({})", group.label, group.counts), Look::group);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const int at = input_column(i);
      const std::string letter = spreadsheet::column_name(at);
      const std::string sum = columns_[i].is_yes_no ? fmt::format("=COUNTIF({0}{1}:{0}{2},\"{3}\")", letter, first, last, yes_word) : fmt::format("=SUM({0}{1}:{0}{2})", letter, first, last);
      visible_.formula(row, at, sum, static_cast<double>(typed_sum(group, i)), Look::group);
      if (group.totals[i].was) visible_.whole(row, beside_column(i, columns_.size()), columns_[i].shown(*group.totals[i].was), Look::group);
    }
    group_rows_.push_back(row);
    for (const EntryRow& one : group.rows) write_row(one, ++row);
    return last + 1;
  }

  std::int64_t typed_sum(const EntryGroup& group, std::size_t column) const {
    std::int64_t sum = 0;
    for (const EntryRow& row : group.rows) sum += shown_value(row, column).value_or(0);
    return sum;
  }
  std::optional<std::int64_t> shown_value(const EntryRow& row, std::size_t column) const {
    if (const auto given = given_back_.find({row.body, column}); given != given_back_.end()) return given->second.number;
    const auto& value = row.cells[column].value;
    return value ? std::optional(columns_[column].shown(*value)) : std::nullopt;
  }

  void write_row(const EntryRow& from, int row) {
    RowKey key{row, from.body.value, {}};
    visible_.text(row, name_column, from.name, Look::locked);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const EntryCell& cell = from.cells[i];
      const int at = input_column(i);
      if (cell.was) visible_.whole(row, beside_column(i, columns_.size()), columns_[i].shown(*cell.was), Look::note);
      if (!cell.asked) {
        key.cells.emplace_back();
        visible_.blank(row, at, Look::locked);
        continue;
      }
      key.cells.emplace_back(RowKey::Seen{cell.version, cell.value ? std::optional(columns_[i].shown(*cell.value)) : std::nullopt});
      const auto given = given_back_.find({from.body, i});
      const bool bad = given != given_back_.end() && !given->second.problem.empty();
      const Look look = bad ? Look::wrong : Look::input;
      const auto value = shown_value(from, i);
      if (value && columns_[i].is_yes_no) visible_.text(row, at, *value != 0 ? yes_word : no_word, look, spreadsheet::Align::right);
      else if (value) visible_.whole(row, at, *value, look);
      else if (given != given_back_.end() && !given->second.text.empty()) visible_.text(row, at, given->second.text, look, spreadsheet::Align::right);
      else visible_.blank(row, at, look);
      if (bad) visible_.comment(row, at, given->second.problem);
    }
    if (const auto check = row_check_formula(house_.catalogue, sheet_, from, row)) visible_.text_formula(row, check_column(columns_.size()), *check, {}, Look::note);
    hidden_.rows.push_back(std::move(key));
  }

  void total(int row) {
    const std::size_t columns = columns_.size();
    visible_.text(row, name_column, tr("Tổng các chi hội, ban"), Look::total);
    for (std::size_t i = 0; i < columns; ++i) {
      std::string formula;
      for (const int group : group_rows_) formula += fmt::format("{}{}{}", formula.empty() ? "=" : "+", spreadsheet::column_name(input_column(i)), group);
      std::int64_t sum = 0;
      for (const EntryGroup& group : sheet_.groups) sum += typed_sum(group, i);
      if (!formula.empty()) visible_.formula(row, input_column(i), formula, static_cast<double>(sum), Look::total);
      if (sheet_.whole[i].was) visible_.whole(row, beside_column(i, columns), columns_[i].shown(*sheet_.whole[i].was), Look::total);
    }
  }

  void prompts(int end) {
    if (end <= first_row) return;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string& label = columns_[i].label(current_language());
      const spreadsheet::Range cells{first_row, input_column(i), end - 1, input_column(i)};
      if (columns_[i].is_yes_no)
        visible_.allow_list(cells, {std::string(yes_word), std::string(no_word)}, {.title = label, .message = tr("Chọn “{}” hoặc “{}” trong danh sách; chưa biết thì để trống.", yes_word, no_word),
                                                                                  .error_title = tr("Chưa đúng"), .error_message = tr("Ô này chỉ nhận “{}” hoặc “{}”.", yes_word, no_word)});
      else
        visible_.allow_whole(cells, 0, largest_count, {.title = label, .message = tr("Ghi số nguyên ({}). Không có thì ghi 0, chưa biết thì để trống.", columns_[i].unit(current_language())),
                                                       .error_title = tr("Chưa đúng"), .error_message = tr("Ô này chỉ nhận số nguyên từ 0 trở lên.")});
    }
  }

  // For whoever opens such a workbook for the first time.
  void guide() {
    auto page = out_.add_sheet(guide_sheet);
    page.column_width(name_column, name_column, guide_width);
    int row = 0;
    const auto say = [&](const std::string& words, Look look) {
      if (!words.empty()) page.text(++row, name_column, words, look);
    };
    say(tr("Hướng dẫn điền sổ"), Look::title);
    say(house_.organisation.current()->body(sheet_.body).on(sheet_.day).name, Look::subtitle);
    if (!letter_.round_title.empty()) say(tr("Đợt: {}", letter_.round_title), Look::plain);
    if (letter_.due) say(tr("Hạn gửi: {}, {}", letter_.due->weekday_text(), letter_.due->text()), Look::plain);
    if (!letter_.send_to.empty()) say(letter_.telephone.empty() ? tr("Gửi về: {}, qua Zalo", letter_.send_to) : tr("Gửi về: {}, qua Zalo số {}", letter_.send_to, letter_.telephone), Look::plain);
    ++row;
    say(tr("1. Mở trang “{}” ở cuối màn hình. Mỗi dòng là một chi hội hoặc ban.", visible_sheet), Look::plain);
    say(tr("2. Chỉ ghi vào các ô màu vàng. Các ô khác đã khóa để khỏi ghi nhầm."), Look::plain);
    say(tr("3. Không có thì ghi số 0. Chưa biết thì để trống: ô trống nghĩa là chưa báo cáo."), Look::plain);
    say(tr("4. Cột ghi “nghìn đồng”: 6.400.000 đồng ghi là 6400."), Look::plain);
    say(tr("5. Cột “Tự kiểm tra” đổi sang màu đỏ khi còn ô trống hoặc số chưa khớp. Phần màu xám bên phải là số kỳ trước để so."), Look::plain);
    say(tr("6. Không thêm, bớt, đổi chỗ dòng và cột; không đổi tên trang. Đổi tên tệp thì không sao."), Look::plain);
    say(tr("7. Ghi xong bấm Lưu (Ctrl+S), rồi gửi chính tệp này. Muốn sửa thì ghi lại vào tệp này và gửi lần nữa; chỉ số nào đổi mới được ghi lại."), Look::plain);
    page.print(spreadsheet::Orientation::portrait, 0, 0);
    page.protect();
  }

  void keys() {
    auto hidden = out_.add_sheet(hidden_sheet);
    hidden.text(kind_row, 1, kind);
    hidden.whole(format_row, 1, format);
    hidden.text(body_row, 1, std::to_string(hidden_.body));
    hidden.text(period_row, 1, hidden_.period);
    for (std::size_t i = 0; i < hidden_.columns.size(); ++i) hidden.text(columns_row, static_cast<int>(i) + 1, hidden_.columns[i]);
    hidden.text(digest_row, 1, hidden_.digest(house_.keys));
    int at = keys_first_row;
    for (const RowKey& row : hidden_.rows) {
      hidden.text(at, 1, std::to_string(row.row));
      hidden.text(at, 2, std::to_string(row.body));
      for (std::size_t i = 0; i < row.cells.size(); ++i) hidden.text(at, static_cast<int>(i) + 3, cell_words(row.cells[i]));
      ++at;
    }
    hidden.hide();
  }

  const House& house_;
  const EntrySheet& sheet_;
  const WorkbookCells& given_back_;
  const WorkbookLetter& letter_;
  std::span<const EntryColumn> columns_;
  spreadsheet::WorkbookWriter out_;
  spreadsheet::SheetWriter visible_;
  HiddenData hidden_;
  std::vector<int> group_rows_;
};

}  // namespace

Result<std::string> write_entry_workbook(const House& house, const EntrySheet& sheet, const WorkbookCells& given_back, const WorkbookLetter& letter) {
  return Writing(house, sheet, given_back, letter).finish();
}

std::string entry_workbook_name(const House& house, const EntrySheet& sheet) {
  return fmt::format("Số liệu {} {}.xlsx", house.organisation.current()->body(sheet.body).on(sheet.day).short_name, sheet.period.name());
}

}  // namespace khuyenhoc
