#include "platform/spreadsheet/read_sheet.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include "base/i18n.h"
#include "base/text.h"
#include "platform/spreadsheet/elements.h"

namespace khuyenhoc::spreadsheet {
namespace {

bool is_named(pugi::xml_node node, std::string_view prefix, std::string_view local) {
  const char* name = node.name();
  return std::strncmp(name, prefix.data(), prefix.size()) == 0 && local == name + prefix.size();
}

// Excel writes a control character as _x000D_, and a text that looks like that as _x005F_x000D_.
void unescape(std::string& text) {
  for (auto at = text.find("_x"); at != std::string::npos; at = text.find("_x", at + 1)) {
    if (at + 7 > text.size() || text[at + 6] != '_') continue;
    unsigned code = 0;
    const auto [end, error] = std::from_chars(text.data() + at + 2, text.data() + at + 6, code, 16);
    if (error != std::errc{} || end != text.data() + at + 6) continue;
    if (code == '_') text.replace(at, 7, "_");
    else if (code < 32) text.replace(at, 7, code == '\n' ? "\n" : code == '\t' ? "\t" : "");
  }
}

void append_run(pugi::xml_node node, std::string& text) {
  for (const auto piece : node.children())
    if (piece.type() == pugi::node_pcdata || piece.type() == pugi::node_cdata) text += piece.value();
}

std::optional<Refusal> too_many_cells() {
  return Refusal{"workbook.too_many_cells", tr("Tệp có quá nhiều ô dữ liệu. Xin chia thành nhiều tệp nhỏ hơn rồi gửi lại.")};
}

}  // namespace

double day_number(double serial, Epoch epoch) {
  constexpr int days_to_1970_from_1899_12_30 = 25'569;
  constexpr int days_to_1970_from_1904 = 24'107;
  const double whole = std::floor(serial);
  if (epoch == Epoch::from_1904) return whole - days_to_1970_from_1904;
  return whole - days_to_1970_from_1899_12_30 + (whole < 60 ? 1 : 0);
}

bool gather_text(pugi::xml_node item, std::string_view prefix, std::string& text) {
  for (const auto child : item.children()) {
    if (is_named(child, prefix, "t")) {
      append_run(child, text);
    } else if (is_named(child, prefix, "r")) {
      for (const auto run : child.children())
        if (is_named(run, prefix, "t")) append_run(run, text);
    }
  }
  if (text.find("_x") != std::string::npos) unescape(text);
  return is_valid_utf8(text);
}

std::optional<Refusal> SheetBuilder::add_row(pugi::xml_node row, std::string_view prefix) {
  const auto number = row.attribute("r");
  const long long wanted = number ? number.as_llong() : row_ + 1LL;
  if (wanted < 1 || wanted > last_possible_row) return broken_xml();
  if (wanted <= row_) in_order_ = false;
  row_ = static_cast<int>(wanted);
  column_ = 0;
  for (const auto node : row.children()) {
    if (!is_named(node, prefix, "c")) continue;
    if (auto refusal = add_cell(node, prefix)) return refusal;
  }
  return std::nullopt;
}

std::optional<Refusal> SheetBuilder::add_cell(pugi::xml_node node, std::string_view prefix) {
  std::string_view type;
  unsigned style = 0;
  int column = column_ + 1;
  int row = row_;
  for (const auto attribute : node.attributes()) {
    const char* name = attribute.name();
    if (std::strcmp(name, "r") == 0) {
      const auto place = parse_address(attribute.value());
      if (!place) return broken_xml();
      row = place->row;
      column = place->column;
    } else if (std::strcmp(name, "t") == 0) {
      type = attribute.value();
    } else if (std::strcmp(name, "s") == 0) {
      style = attribute.as_uint();
    }
  }
  if (column > last_possible_column || row != row_) return broken_xml();
  if (column <= column_) in_order_ = false;
  column_ = column;

  Cell cell{.row = row, .column = static_cast<std::int16_t>(column)};
  const char* value = nullptr;
  bool has_inline_text = false;
  for (const auto child : node.children()) {
    if (is_named(child, prefix, "v")) value = child.child_value();
    else if (is_named(child, prefix, "f")) cell.origin = CellOrigin::formula;
    else if (is_named(child, prefix, "is")) {
      scratch_.clear();
      if (!gather_text(child, prefix, scratch_)) return broken_xml();
      has_inline_text = true;
    }
  }
  if (has_inline_text && !scratch_.empty()) {
    cell.kind = CellKind::text;
    cell.text = context_.texts->keep(scratch_);
  } else if (value != nullptr && *value != '\0') {
    if (auto refusal = fill(cell, type, style, value)) return refusal;
  }
  if (cell.kind == CellKind::empty && !cell.is_formula()) return std::nullopt;     // only styled
  if (context_.cells_left == 0) return too_many_cells();
  --context_.cells_left;
  cells_.push_back(cell);
  return std::nullopt;
}

std::optional<Refusal> SheetBuilder::fill(Cell& cell, std::string_view type, unsigned style, const char* value) {
  const std::string_view text(value);
  if (type == "s") {
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
    if (error != std::errc{} || index >= context_.shared.size()) return broken_xml();
    cell.text = context_.shared[index];
    cell.kind = cell.text.empty() ? CellKind::empty : CellKind::text;
    return std::nullopt;
  }
  if (type == "str" || type == "e" || type == "inlineStr") {
    scratch_ = text;
    if (scratch_.find("_x") != std::string::npos) unescape(scratch_);
    if (!is_valid_utf8(scratch_)) return broken_xml();
    cell.text = context_.texts->keep(scratch_);
    cell.kind = type == "e" ? CellKind::error : CellKind::text;
    return std::nullopt;
  }
  if (type == "d") {     // an ISO day, as strict workbooks write it
    const auto day = Day::parse_iso(text.substr(0, 10));
    if (!day) return broken_xml();
    cell.kind = CellKind::day;
    cell.number = day->number();
    return std::nullopt;
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), cell.number);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(cell.number)) return broken_xml();
  if (type == "b") {
    cell.kind = CellKind::boolean;
    return std::nullopt;
  }
  constexpr double last_serial = 2'958'466;     // 31/12/9999
  if (style < context_.day_styles.size() && context_.day_styles[style] && cell.number >= 0 && cell.number < last_serial) {
    cell.kind = CellKind::day;
    cell.number = day_number(cell.number, context_.epoch);
  } else {
    cell.kind = CellKind::number;
  }
  return std::nullopt;
}

std::optional<Refusal> SheetBuilder::finish(Sheet& sheet) {
  const auto before = [](const Cell& a, const Cell& b) { return a.row != b.row ? a.row < b.row : a.column < b.column; };
  if (!in_order_) {
    std::stable_sort(cells_.begin(), cells_.end(), before);
    const auto twice = std::adjacent_find(cells_.begin(), cells_.end(), [](const Cell& a, const Cell& b) { return a.row == b.row && a.column == b.column; });
    if (twice != cells_.end()) return broken_xml();
  }
  sheet.cells_ = std::move(cells_);
  for (std::size_t first = 0; first < sheet.cells_.size();) {
    auto last = first;
    while (last < sheet.cells_.size() && sheet.cells_[last].row == sheet.cells_[first].row) ++last;
    sheet.rows_.push_back({sheet.cells_[first].row, std::span<const Cell>(sheet.cells_.data() + first, last - first)});
    sheet.last_column_ = std::max<int>(sheet.last_column_, sheet.cells_[last - 1].column);
    first = last;
  }
  return std::nullopt;
}

Cell Sheet::at(int row, int column) const {
  Cell nothing{.row = row, .column = static_cast<std::int16_t>(column)};
  const auto found = std::lower_bound(rows_.begin(), rows_.end(), row, [](const Row& a, int number) { return a.number < number; });
  if (found == rows_.end() || found->number != row) return nothing;
  const auto cell = std::lower_bound(found->cells.begin(), found->cells.end(), column, [](const Cell& a, int number) { return a.column < number; });
  return cell == found->cells.end() || cell->column != column ? nothing : *cell;
}

Cell Sheet::at_merged(int row, int column) const {
  for (const auto& range : merged)
    if (range.contains(row, column)) {
      auto cell = at(range.first_row, range.first_column);
      cell.row = row;
      cell.column = static_cast<std::int16_t>(column);
      return cell;
    }
  return at(row, column);
}

}  // namespace khuyenhoc::spreadsheet
