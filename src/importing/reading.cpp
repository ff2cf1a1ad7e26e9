#include "importing/reading.h"

#include <algorithm>
#include <array>

#include "base/i18n.h"
#include "base/phrases.h"
#include "base/telephone.h"
#include "base/text.h"
#include "base/tidy_text.h"

namespace khuyenhoc::importing {
namespace {

using spreadsheet::Cell;
using spreadsheet::CellKind;

constexpr std::size_t remarks_shown = 5;

class RowReader {
 public:
  RowReader(Reading& into, const SourceSheet& sheet, int heading_row) : into_(into), sheet_(sheet), first_(first_data_row(sheet, heading_row)) {
    at_.assign(static_cast<std::size_t>(sheet.last_column()) + 1, none);
    for (std::size_t i = 0; i < into.placed.size(); ++i)
      if (into.placed[i] > 0 && into.placed[i] <= sheet.last_column()) at_[static_cast<std::size_t>(into.placed[i])] = i;
    for (const ImportColumn& column : into.columns) {
      std::map<std::string, std::string_view> words;
      if (column.holds == ImportHolds::choice)
        for (const ImportChoice& choice : column.choices) {
          words.emplace(folded(choice.label), choice.value);
          for (const std::string& other : choice.other_words) words.emplace(folded(other), choice.value);
        }
      choices_.push_back(std::move(words));
    }
  }

  void read_all() {
    std::vector<ImportCell> cells(into_.columns.size());
    for (const spreadsheet::Row& row : sheet_.rows()) {
      if (row.number < first_) continue;
      if (is_total(row)) {
        passed_over_.push_back(row.number);
        continue;
      }
      read(row, cells);
    }
    if (passed_over_.empty()) return;
    std::vector<std::string> numbers;
    for (std::size_t i = 0; i < std::min(remarks_shown, passed_over_.size()); ++i) numbers.push_back(std::to_string(passed_over_[i]));
    if (passed_over_.size() <= remarks_shown) into_.remarks.push_back(tr("Dòng {} là dòng cộng nên không đọc.", enumerated(numbers)));
    else into_.remarks.push_back(tr("{} dòng cộng không đọc, bắt đầu từ dòng {}.", passed_over_.size(), numbers.front()));
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  static bool is_total(const spreadsheet::Row& row) {
    for (const Cell& cell : row.cells) {
      if (is_blank(cell)) continue;
      if (cell.kind != CellKind::text || cell.text.size() > 40) return false;
      if (const char first = cell.text.front(); first != 'T' && first != 't' && first != 'C' && first != 'c' && first != ' ') return false;
      static constexpr std::array<std::string_view, 5> words{"tong cong", "cong", "tong so", "tong", "tong cong toan tinh"};
      return std::ranges::find(words, normalised(folded(cell.text))) != words.end();
    }
    return false;
  }

  void read(const spreadsheet::Row& row, std::vector<ImportCell>& cells) {
    std::ranges::fill(cells, ImportCell{});
    row_ = into_.rows.size();
    findings_before_ = into_.findings.size();
    bool anything = false;
    for (const Cell& cell : row.cells) {
      const std::size_t column = at_[static_cast<std::size_t>(cell.column)];
      if (column == none || is_blank(cell)) continue;
      anything = true;
      cells[column] = value_of(cell, column);
    }
    if (!anything) return;
    if (sheet_.anything_merged()) fill_merged(row.number, cells);
    bool readable = into_.findings.size() == findings_before_;
    for (std::size_t i = 0; i < cells.size(); ++i)
      if (into_.columns[i].need == ImportNeed::required && cells[i].blank()) {
        into_.findings.emplace_back(row_, ImportFinding{static_cast<int>(i), "import.missing", tr("Chưa ghi “{}”. Xin ghi rồi gửi lại dòng này.", into_.columns[i].label)});
        readable = false;
      }
    into_.rows.add(row.number, cells, readable);
  }

  // One cell over several rows says the same of each of them; one over several columns could mean anything.
  void fill_merged(int number, std::vector<ImportCell>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (into_.placed[i] <= 0) continue;
      const spreadsheet::Range* range = sheet_.merged_at(number, into_.placed[i]);
      if (range == nullptr) continue;
      if (range->last_column > range->first_column) {
        const std::string where = spreadsheet::address(range->first_row, range->first_column) + ":" + spreadsheet::address(range->last_row, range->last_column);
        bad(i, "import.merged", tr("Ô {} gộp nhiều cột, không rõ nội dung thuộc cột nào. Xin bỏ gộp ô rồi gửi lại dòng này.", where));
        cells[i].state = ImportCell::State::bad;
      } else if (cells[i].blank()) {
        const Cell cell = sheet_.at(number, into_.placed[i]);
        if (!is_blank(cell)) cells[i] = value_of(cell, i);
      }
    }
  }

  void bad(std::size_t column, std::string code, std::string message) {
    into_.findings.emplace_back(row_, ImportFinding{static_cast<int>(column), std::move(code), std::move(message)});
  }

  std::string_view kept(std::string text) { return into_.texts.emplace_back(std::move(text)); }

  std::string_view text_of(const Cell& cell) {
    if (cell.kind == CellKind::text) return is_tidy(cell.text) ? cell.text : kept(normalised(cell.text));
    return kept(normalised(spreadsheet::text_value(cell)));
  }

  ImportCell refused(const Cell& cell, std::size_t column, std::string code, std::string message) {
    bad(column, std::move(code), std::move(message));
    return {ImportCell::State::bad, text_of(cell)};
  }

  ImportCell value_of(const Cell& cell, std::size_t column) {
    if (cell.kind == CellKind::error)
      return refused(cell, column, "import.error", tr("Ô {} đang báo lỗi {} của Excel. Xin gõ lại nội dung ô này.", cell.address(), cell.text));
    if (cell.is_formula())
      return refused(cell, column, "import.formula", tr("Ô {} là công thức. Xin chép ô này rồi dán lại dạng giá trị, hoặc gõ thẳng nội dung.", cell.address()));
    const ImportColumn& what = into_.columns[column];
    switch (what.holds) {
      case ImportHolds::text: return text_value(cell, column, what);
      case ImportHolds::whole: {
        const auto number = spreadsheet::whole_number(cell);
        if (!number) return refused(cell, column, number.error().code, number.error().message);
        return {ImportCell::State::good, text_of(cell), **number};
      }
      case ImportHolds::money: return money_value(cell, column);
      case ImportHolds::day: {
        const auto day = spreadsheet::day_value(cell);
        if (!day) return refused(cell, column, day.error().code, day.error().message);
        return {ImportCell::State::good, text_of(cell), (*day)->number()};
      }
      case ImportHolds::telephone: return telephone_value(cell, column);
      case ImportHolds::choice: return choice_value(cell, column, what);
    }
    return {};
  }

  ImportCell text_value(const Cell& cell, std::size_t column, const ImportColumn& what) {
    const std::string_view text = text_of(cell);
    if (text.size() > what.longest && count_characters(text) > what.longest)
      return refused(cell, column, "import.too_long", tr("Ô {} dài quá {} chữ. Xin rút gọn lại.", cell.address(), what.longest));
    return {ImportCell::State::good, text};
  }

  ImportCell money_value(const Cell& cell, std::size_t column) {
    if (cell.kind == CellKind::text) {
      const auto money = Money::parse(normalised(cell.text));
      if (!money) return refused(cell, column, money.error().code, tr("Ô {}: {}", cell.address(), money.error().message));
      return {ImportCell::State::good, text_of(cell), money->dong};
    }
    const auto number = spreadsheet::whole_number(cell);
    if (!number) return refused(cell, column, number.error().code, number.error().message);
    return {ImportCell::State::good, text_of(cell), **number};
  }

  ImportCell telephone_value(const Cell& cell, std::size_t column) {
    std::string typed = spreadsheet::text_value(cell);
    // typed as a number, Excel dropped the 0 in front
    if (cell.kind == CellKind::number && (typed.size() == 9 || typed.size() == 10) && typed.front() != '0') typed.insert(0, "0");
    if (auto digits = telephone_digits(typed)) return {ImportCell::State::good, kept(std::move(*digits))};
    return refused(cell, column, "import.telephone",
                   tr("Ô {} ghi “{}”, không phải một số điện thoại. Xin ghi một số gồm mười chữ số, ví dụ 0912 345 678.", cell.address(), normalised(typed)));
  }

  ImportCell choice_value(const Cell& cell, std::size_t column, const ImportColumn& what) {
    const std::string_view text = text_of(cell);
    const auto found = choices_[column].find(folded(text));
    if (found != choices_[column].end()) return {ImportCell::State::good, found->second};
    std::vector<std::string> labels;
    for (const ImportChoice& choice : what.choices) labels.push_back("“" + choice.label + "”");
    if (labels.size() > 8) labels.resize(8);
    return refused(cell, column, "import.choice", tr("Ô {} ghi “{}”, không có trong các giá trị được dùng: {}.", cell.address(), text, enumerated(labels)));
  }

  Reading& into_;
  const SourceSheet& sheet_;
  int first_;
  std::vector<std::size_t> at_;                     // place in the columns by column of the file
  std::vector<std::map<std::string, std::string_view>> choices_;
  std::vector<int> passed_over_;
  std::size_t row_ = 0, findings_before_ = 0;
};

}  // namespace

std::shared_ptr<Reading> read_rows(std::shared_ptr<const ReadFile> source, const SourceSheet& sheet, int heading_row, const Matching& matching, std::vector<ImportColumn> columns) {
  auto out = std::make_shared<Reading>();
  out->source = std::move(source);
  out->columns = std::move(columns);
  std::vector<char> matched;
  for (const ImportColumn& column : out->columns) {
    const auto found = matching.find(column.code);
    out->placed.push_back(found == matching.end() ? 0 : found->second);
    matched.push_back(out->placed.back() > 0 ? 1 : 0);
  }
  out->rows = ImportRows(out->columns.size());
  out->rows.set_matched(std::move(matched));
  RowReader(*out, sheet, heading_row).read_all();
  return out;
}

}  // namespace khuyenhoc::importing
