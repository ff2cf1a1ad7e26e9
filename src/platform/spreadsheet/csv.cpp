#include "platform/spreadsheet/csv.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/i18n.h"
#include "base/text.h"

namespace khuyenhoc::spreadsheet {
namespace {

constexpr std::size_t largest_file = 64u << 20;

std::string line_place(std::size_t line) { return fmt::format("dòng {}", line); }

class Scanner {
 public:
  Scanner(std::string_view text, char separator) : text_(text), separator_(separator) {}
  bool at_end() const { return at_ >= text_.size(); }

  Result<CsvRow> row() {
    CsvRow row{.line = line_, .fields = {}};
    for (;;) {
      auto field = at_ < text_.size() && text_[at_] == '"' ? quoted() : plain();
      if (!field) return std::unexpected(field.error());
      row.fields.push_back(std::move(*field));
      if (at_end()) return row;
      const char stop = text_[at_++];
      if (stop == separator_) continue;
      if (stop == '\r' && !at_end() && text_[at_] == '\n') ++at_;
      ++line_;
      return row;
    }
  }

 private:
  bool ends_field(char c) const { return c == separator_ || c == '\n' || c == '\r'; }

  Result<std::string> plain() {
    const auto begin = at_;
    while (at_ < text_.size() && !ends_field(text_[at_])) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

  Result<std::string> quoted() {
    const auto opened_on = line_;
    std::string field;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') {
          ++at_;
          if (at_ < text_.size() && !ends_field(text_[at_])) break;
          return field;
        }
        ++at_;
      } else if (text_[at_] == '\n') {
        ++line_;
      }
      field.push_back(text_[at_]);
    }
    return refuse("csv.quote", tr("Dấu ngoặc kép mở ở dòng {} không được đóng đúng. Xin sửa dòng này rồi gửi lại tệp.", opened_on), line_place(opened_on));
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

bool is_blank(const CsvRow& row) { return row.fields.size() == 1 && row.fields[0].empty(); }

}  // namespace

std::optional<std::size_t> CsvTable::column(std::string_view name) const {
  const auto found = std::find(head.begin(), head.end(), name);
  return found == head.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - head.begin()));
}

Result<CsvTable> read_csv(std::string_view bytes, char separator) {
  if (bytes.size() > largest_file) return refuse("csv.too_large", tr("Tệp CSV lớn quá 64 MB. Xin chia thành nhiều tệp nhỏ hơn."));
  if (!is_valid_utf8(bytes)) return refuse("csv.not_utf8", tr("Tệp CSV không ghi theo bảng mã UTF-8. Xin lưu lại kiểu “CSV UTF-8” rồi gửi lại."));
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  CsvTable table;
  Scanner scanner(bytes, separator);
  while (!scanner.at_end()) {
    auto row = scanner.row();
    if (!row) return std::unexpected(row.error());
    if (is_blank(*row)) continue;
    if (table.head.empty()) {
      table.head = std::move(row->fields);
      continue;
    }
    if (row->fields.size() != table.head.size())
      return refuse("csv.fields", tr("Dòng {} có {} cột, dòng tiêu đề có {} cột. Xin sửa dòng này rồi gửi lại tệp.", row->line, row->fields.size(), table.head.size()), line_place(row->line));
    table.rows.push_back(std::move(*row));
  }
  if (table.head.empty()) return refuse("csv.empty", tr("Tệp CSV trống, không có dòng nào. Xin chọn lại tệp."));
  return table;
}

}  // namespace khuyenhoc::spreadsheet
