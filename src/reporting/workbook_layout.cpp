#include "reporting/workbook_layout.h"

#include <charconv>

namespace khuyenhoc::workbook_layout {
namespace {

std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() && !text.empty() ? std::optional(value) : std::nullopt;
}

}  // namespace

std::string cell_words(const std::optional<RowKey::Seen>& seen) {
  if (!seen) return "-";
  return fmt::format("{}:{}", seen->version, seen->value ? std::to_string(*seen->value) : std::string());
}

std::optional<std::optional<RowKey::Seen>> parse_cell_words(std::string_view text) {
  if (text == "-") return std::optional<RowKey::Seen>();
  const auto colon = text.find(':');
  const auto version = colon == std::string_view::npos ? std::nullopt : whole(text.substr(0, colon));
  if (!version) return std::nullopt;
  RowKey::Seen seen{*version, std::nullopt};
  if (const std::string_view rest = text.substr(colon + 1); !rest.empty()) {
    seen.value = whole(rest);
    if (!seen.value) return std::nullopt;
  }
  return std::optional(seen);
}

std::string HiddenData::digest(const crypto::KeyRing& keys) const {
  std::string text = fmt::format("{}|{}|{}|", format, body, period);
  for (const std::string& column : columns) text += column + ",";
  for (const RowKey& row : rows) {
    text += fmt::format("|{}={}", row.row, row.body);
    for (const auto& cell : row.cells) text += " " + cell_words(cell);
  }
  return crypto::hex(keys.blind_index("entry_workbook", text));
}

}  // namespace khuyenhoc::workbook_layout
