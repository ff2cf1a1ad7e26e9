#include "reporting/entry_columns.h"

#include <cassert>

#include "base/number.h"
#include "platform/config/table.h"

namespace khuyenhoc {

extern const std::string_view entry_grid_catalogue;

namespace {

constexpr std::int64_t thousand = 1'000;

Refusal broken(std::string message, std::string place) { return {"entry_grid.entry", std::move(message), std::move(place)}; }

}  // namespace

std::string EntryColumn::group(Language language, int year) const {
  std::string text = language == Language::english ? group_en : group_vi;
  constexpr std::string_view hole = "{year}";
  if (const auto at = text.find(hole); at != std::string::npos) text.replace(at, hole.size(), std::to_string(year));
  return text;
}

std::int64_t EntryColumn::shown(std::int64_t stored) const { return scale == 1 ? stored : rounded_ratio(stored, scale); }

Result<EntryColumns> EntryColumns::parse(std::string_view toml, const Catalogue& catalogue) {
  const auto file = config::Table::parse(toml, "entry_grid.toml");
  if (!file) return refuse("entry_grid.syntax", file.error().message, file.error().place);
  EntryColumns out;
  for (const config::Table& group : file->tables("group"))
    for (const config::Table& entry : group.tables("columns")) {
      EntryColumn column;
      column.code = entry.text("measure");
      const auto measure = catalogue.find(column.code);
      if (!measure) return std::unexpected(broken("Danh mục cột nhập số liệu: không có chỉ tiêu “" + column.code + "”.", entry.place()));
      column.measure = *measure;
      column.group_vi = group.text("vi");
      column.group_en = group.text("en");
      column.label_vi = entry.text("vi");
      column.label_en = entry.text("en");
      const Measure& known = catalogue.measure(*measure);
      column.unit_vi = entry.has("unit_vi") ? entry.text("unit_vi") : known.unit_vi;
      column.unit_en = entry.has("unit_en") ? entry.text("unit_en") : known.unit_en;
      column.width = entry.text("width");
      column.scale = entry.flag("thousands", false) ? thousand : 1;
      column.main = entry.flag("main", false);
      if (column.group_vi.empty() || column.label_vi.empty() || column.label_en.empty() || column.width.empty() || !is_typed(known.kind) || out.find(column.code) != nullptr)
        return std::unexpected(broken("Danh mục cột nhập số liệu: mỗi cột cần một chỉ tiêu nhập tay, có một lần, đủ tên bằng hai thứ tiếng và độ rộng.", column.code));
      out.columns_.push_back(std::move(column));
    }
  return out;
}

const EntryColumns& EntryColumns::house() {
  static const EntryColumns known = [] {
    auto read = parse(entry_grid_catalogue, Catalogue::house());
    assert(read && "catalogue/entry_grid.toml must be readable");
    return std::move(*read);
  }();
  return known;
}

const EntryColumn* EntryColumns::find(std::string_view code) const {
  for (const EntryColumn& column : columns_)
    if (column.code == code) return &column;
  return nullptr;
}

std::optional<std::size_t> EntryColumns::place(MeasureIndex measure) const {
  for (std::size_t i = 0; i < columns_.size(); ++i)
    if (columns_[i].measure == measure) return i;
  return std::nullopt;
}

}  // namespace khuyenhoc
