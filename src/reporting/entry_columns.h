// The columns of an entry grid: which measure each holds, how its head reads, and in which unit people type it. Those of the house stand in catalogue/entry_grid.toml;
// what a form asks beside them comes behind (asked_forms.h).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "measures/catalogue.h"

namespace khuyenhoc {

struct EntryColumn {
  MeasureIndex measure = 0;
  std::string code;                     // "B01"
  std::string group_vi, group_en;       // the heading over it: "Hội viên"; {year} stands for the period's
  std::string label_vi, label_en;       // "Cuối kỳ"
  std::string unit_vi, unit_en;         // "người", "nghìn đồng"
  std::string width;                    // class of the column
  std::int64_t scale = 1;               // 1.000 where people type thousands
  bool main = false;                    // shown without asking for all columns
  bool is_yes_no = false;               // 1 for yes, 0 for no
  std::string group(Language language, int year) const;
  const std::string& label(Language language) const { return language == Language::english ? label_en : label_vi; }
  const std::string& unit(Language language) const { return language == Language::english ? unit_en : unit_vi; }
  // The stored amount as the column shows it: to the nearest whole of its unit.
  std::int64_t shown(std::int64_t stored) const;
};

class EntryColumns {
 public:
  EntryColumns() = default;
  explicit EntryColumns(std::vector<EntryColumn> columns) : columns_(std::move(columns)) {}
  static Result<EntryColumns> parse(std::string_view toml, const Catalogue& catalogue);   // "entry_grid.syntax", "entry_grid.entry"
  static const EntryColumns& house();
  std::span<const EntryColumn> all() const { return columns_; }
  const EntryColumn* find(std::string_view code) const;
  std::optional<std::size_t> place(MeasureIndex measure) const;

 private:
  std::vector<EntryColumn> columns_;
};

}  // namespace khuyenhoc
