#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/i18n.h"
#include "base/number.h"
#include "base/text.h"
#include "platform/spreadsheet/workbook.h"

namespace khuyenhoc::spreadsheet {
namespace {

// A blank cell is blank even when somebody pressed the space bar in it.
bool is_blank(const Cell& cell) {
  return cell.kind == CellKind::empty || (cell.kind == CellKind::text && normalised(cell.text).empty());
}

std::optional<Refusal> refused_beforehand(const Cell& cell, Formulas formulas) {
  if (cell.kind == CellKind::error)
    return Refusal{"cell.error", tr("Ô {} đang báo lỗi {} của Excel. Xin gõ lại số vào ô này.", cell.address(), cell.text), cell.address()};
  if (cell.is_formula() && formulas == Formulas::refused)
    return Refusal{"cell.formula", tr("Ô {} là công thức. Xin gõ thẳng giá trị vào ô này.", cell.address()), cell.address()};
  return std::nullopt;
}

}  // namespace

std::string column_name(int column) {
  std::string name;
  for (; column > 0; column = (column - 1) / 26) name.push_back(static_cast<char>('A' + (column - 1) % 26));
  std::reverse(name.begin(), name.end());
  return name;
}

std::string address(int row, int column) { return column_name(column) + std::to_string(row); }

std::optional<Place> parse_address(std::string_view text) {
  std::size_t at = 0;
  const auto skip_dollar = [&] { if (at < text.size() && text[at] == '$') ++at; };
  Place place;
  skip_dollar();
  for (; at < text.size() && ((text[at] >= 'A' && text[at] <= 'Z') || (text[at] >= 'a' && text[at] <= 'z')); ++at) {
    place.column = place.column * 26 + ((text[at] | 0x20) - 'a' + 1);
    if (place.column > last_possible_column) return std::nullopt;
  }
  skip_dollar();
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    place.row = place.row * 10 + (text[at] - '0');
    if (place.row > last_possible_row) return std::nullopt;
  }
  if (at != text.size() || place.row == 0 || place.column == 0) return std::nullopt;
  return place;
}

std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text.data(), text.size())); }

Result<std::optional<std::int64_t>> whole_number(const Cell& cell, Formulas formulas) {
  if (const auto refusal = refused_beforehand(cell, formulas)) return std::unexpected(*refusal);
  if (is_blank(cell)) return std::nullopt;
  const auto at = cell.address();
  if (cell.kind == CellKind::number) {
    constexpr double largest_exact = 999'999'999'999'999.0;    // Excel keeps 15 digits
    if (!(std::abs(cell.number) <= largest_exact)) return refuse("cell.too_large", tr("Số ở ô {} quá lớn. Xin xem lại số này.", at), at);
    if (cell.number != std::floor(cell.number)) return refuse("cell.fraction", tr("Ô {} có phần lẻ ({}). Xin nhập số nguyên.", at, text_value(cell)), at);
    return static_cast<std::int64_t>(cell.number);
  }
  if (cell.kind == CellKind::text) {
    const auto number = parse_whole_number(normalised(cell.text));
    if (number) return *number;
    return refuse("cell.not_number", tr("Ô {} ghi “{}”, không phải là số. Xin chỉ nhập số vào ô này, ví dụ 120.", at, normalised(cell.text)), at);
  }
  return refuse("cell.not_number", tr("Ô {} ghi “{}”, không phải là số đếm. Xin chỉ nhập số vào ô này, ví dụ 120.", at, text_value(cell)), at);
}

Result<std::optional<Day>> day_value(const Cell& cell, Formulas formulas) {
  if (const auto refusal = refused_beforehand(cell, formulas)) return std::unexpected(*refusal);
  if (is_blank(cell)) return std::nullopt;
  if (cell.kind == CellKind::day) return cell.day();
  const auto at = cell.address();
  if (cell.kind == CellKind::text) {
    auto day = Day::parse(normalised(cell.text));
    if (day) return *day;
    return refuse(day.error().code, tr("Ô {}: {}", at, day.error().message), at);
  }
  return refuse("cell.not_day", tr("Ô {} ghi “{}”, không phải là ngày. Xin nhập ngày dạng 22/11/2026.", at, text_value(cell)), at);
}

std::string text_value(const Cell& cell) {
  switch (cell.kind) {
    case CellKind::empty: return {};
    case CellKind::text:
    case CellKind::error: return std::string(cell.text);
    case CellKind::day: return cell.day().text();
    case CellKind::boolean: return cell.number != 0 ? "Đúng" : "Sai";
    case CellKind::number: break;
  }
  // Codes and telephone numbers typed as numbers come back without separators.
  if (cell.number == std::floor(cell.number) && std::abs(cell.number) < 1e15) return fmt::format("{:.0f}", cell.number);
  auto text = fmt::format("{:.15g}", cell.number);
  std::replace(text.begin(), text.end(), '.', ',');
  return text;
}

}  // namespace khuyenhoc::spreadsheet
