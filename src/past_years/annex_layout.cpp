#include "past_years/annex_layout.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/i18n.h"
#include "base/text.h"
#include "past_years/annex_headings.h"

namespace khuyenhoc {
namespace {

constexpr int columns_of_names = 8, longest_head = 6;

bool is_ordinal(std::string_view text) {
  std::string digits = folded(text);
  std::erase(digits, ' ');
  if (digits.empty() || digits.size() > 3) return false;
  return std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; }) || (digits.size() == 1 && digits.front() >= 'a' && digits.front() <= 'z');
}

// "1", "2", "(3)" under the head.
bool numbers_the_columns(const spreadsheet::Sheet& sheet, int row) {
  int cells = 0;
  for (int column = 1; column <= sheet.last_column(); ++column) {
    const auto text = spreadsheet::text_value(sheet.at(row, column));
    if (text.empty()) continue;
    if (!is_ordinal(text) && text.find('=') == std::string::npos) return false;
    ++cells;
  }
  return cells >= 2;
}

// Counted by what is seen: a text merged over the whole table is a title, not a head.
std::size_t different_texts(const spreadsheet::Sheet& sheet, int row) {
  std::set<std::string> out;
  for (int column = 1; column <= sheet.last_column(); ++column)
    if (auto text = normalised(spreadsheet::text_value(sheet.at_merged(row, column))); !text.empty()) out.insert(std::move(text));
  return out.size();
}

// Numbered on the left, or with figures on the right.
bool looks_like_a_row(const spreadsheet::Sheet& sheet, int row, int unit_column) {
  if (numbers_the_columns(sheet, row)) return false;
  for (int column = 1; column <= sheet.last_column(); ++column) {
    const auto cell = sheet.at(row, column);
    if (column < unit_column && is_ordinal(spreadsheet::text_value(cell))) return true;
    if (column > unit_column && cell.kind == spreadsheet::CellKind::number) return true;
  }
  return false;
}

struct Names {
  std::size_t count = 0;
  int column = 0, first_row = 0;
};

Names names_in(const spreadsheet::Sheet& sheet, const AnnexUnits& units, std::optional<int> only) {
  Names best;
  for (int column = only.value_or(1); column <= only.value_or(std::min(columns_of_names, sheet.last_column())); ++column) {
    Names here{0, column, 0};
    std::set<UnitId> seen;
    for (const auto& row : sheet.rows()) {
      const auto cell = sheet.at(row.number, column);
      if (cell.kind != spreadsheet::CellKind::text) continue;
      const auto found = units.matching(cell.text);
      if (found.empty() || !seen.insert(found.front()->id).second) continue;
      if (here.first_row == 0) here.first_row = row.number;
      ++here.count;
    }
    if (here.count > best.count) best = here;
  }
  return best;
}

}  // namespace

std::size_t units_named(const spreadsheet::Workbook& book, const AnnexUnits& units) {
  std::size_t most = 0;
  for (const auto& sheet : book.sheets) most = std::max(most, names_in(sheet, units, {}).count);
  return most;
}

RowWords row_kind(std::string_view label) {
  const std::string words = row_words(label);
  constexpr std::array totals{"tong cong", "tong", "cong", "tong so", "toan tinh", "cong toan tinh", "tong cong toan tinh", "tong toan tinh", "tong so toan tinh", "cong chung",
                              "tong chung", "toan thanh pho", "toan huyen", "toan xa", "toan phuong", "tong hop", "tong cong chung"};
  if (std::ranges::find(totals, words) != totals.end() || words.starts_with("tong cong ")) return RowWords::total;
  if (words.starts_with("cong ")) return RowWords::subtotal;
  constexpr std::array offices{"co quan tinh", "van phong", "tinh hoi", "khoi truc thuoc", "khoi co quan", "truc thuoc", "don vi truc thuoc", "cac don vi truc thuoc", "cac truong",
                               "khoi truong", "truong dai hoc", "truong cao dang", "truong thpt", "don vi khac", "cac don vi khac", "hoi khuyen hoc tinh", "cap tinh", "co quan"};
  for (const std::string_view office : offices)
    if (words == office || words.starts_with(std::string(office) + " ")) return RowWords::office;
  return RowWords::name;
}

std::string row_label(const spreadsheet::Sheet& sheet, int row, int unit_column) {
  auto label = normalised(spreadsheet::text_value(sheet.at_merged(row, unit_column)));
  for (int column = unit_column - 1; label.empty() && column >= 1; --column) {
    const auto cell = sheet.at_merged(row, column);
    if (cell.kind == spreadsheet::CellKind::text && !is_ordinal(cell.text)) label = normalised(cell.text);
  }
  return label;
}

std::vector<std::string> head_lines(const AnnexLayout& layout, int column) {
  std::vector<std::string> out;
  for (int row = layout.head_first; row <= layout.head_last; ++row) {
    auto text = normalised(spreadsheet::text_value(layout.sheet->at_merged(row, column)));
    if (text.empty() || numbers_the_columns(*layout.sheet, row) || (!out.empty() && out.back() == text)) continue;
    out.push_back(std::move(text));
  }
  return out;
}

Result<AnnexLayout> annex_layout(const spreadsheet::Workbook& book, const Annex& annex, const AnnexUnits& units) {
  AnnexLayout out;
  Names names;
  if (!annex.sheet.empty() && book.find(annex.sheet) == nullptr) return refuse("annex.sheet", tr("Tệp không có trang tính “{}”. Xin chọn trang khác.", annex.sheet), "sheet");
  for (const auto& sheet : book.sheets) {
    if (annex.sheet.empty() ? sheet.visibility == spreadsheet::Visibility::hidden : sheet.name != annex.sheet) continue;
    const Names here = names_in(sheet, units, annex.unit_column);
    if (here.count <= names.count) continue;
    names = here;
    out.sheet = &sheet;
  }
  const auto& area = units.territory().unit(units.area()).on(units.day());
  if (out.sheet == nullptr)
    return refuse("annex.no_units", tr("Không tìm thấy cột nào ghi tên các đơn vị của {}. Xin xem lại: đúng tệp phụ lục chưa, phụ lục ghi theo địa giới cũ hay hiện nay.", area.running_name()),
                  "tep");
  const auto& sheet = *out.sheet;
  out.unit_column = names.column;
  out.first_row = names.first_row;
  // What stands right above the first name known may be the total, the office's own row, or a name that is misspelt.
  while (out.first_row > 1) {
    const auto label = row_label(sheet, out.first_row - 1, out.unit_column);
    if (label.empty() || (row_kind(label) == RowWords::name && !looks_like_a_row(sheet, out.first_row - 1, out.unit_column))) break;
    --out.first_row;
  }
  out.head_last = annex.head_last.value_or(out.first_row - 1);
  if (annex.head_last) out.first_row = std::max(*annex.head_last + 1, 2);
  while (!annex.head_last && out.head_last > 1 && numbers_the_columns(sheet, out.head_last)) --out.head_last;
  while (out.first_row < sheet.last_row() && numbers_the_columns(sheet, out.first_row) && units.matching(row_label(sheet, out.first_row, out.unit_column)).empty()) ++out.first_row;
  out.head_first = annex.head_first.value_or(out.head_last);
  if (!annex.head_first)
    while (out.head_first > 1 && out.head_last - out.head_first < longest_head && different_texts(sheet, out.head_first - 1) >= 2) --out.head_first;
  for (const auto& row : sheet.rows()) {
    if (row.number > out.head_last) break;
    for (const auto& cell : row.cells)
      if (cell.kind == spreadsheet::CellKind::text)
        if (const auto words = folded(cell.text); words.find("don vi tinh") != std::string::npos || words.starts_with("dvt"))
          if (const auto factor = money_factor(cell.text)) out.usual_factor = *factor;
  }
  return out;
}

}  // namespace khuyenhoc
