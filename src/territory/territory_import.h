// Territory changes from published files: who followed whom, with the communes that were divided among several, and the State's old list with its codes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "territory/territory_builder.h"

namespace khuyenhoc {

// The content of two comma-separated files.
struct TerritoryChangeFiles {
  std::string changes;       // old_province, old_district, old_ward, new_province, new_ward, split (may be left out): codes of the old and of the new list.
                             // A row without old_ward says what a district without communes became.
  std::string old_units;     // level (P, D, W), code, full_name, parent_code: the old list. May be empty.
};

// Where a file and the territory told different stories. The file is followed for codes and successors; names stay as they were.
struct TerritoryDifference {
  enum class Kind { name, district, added_unit, added_successor, removed_successor, ended_unit, split_column } kind = Kind::name;
  std::string unit;          // "Xã Thạnh Lộc, huyện Giồng Riềng, tỉnh Kiên Giang (91/huyen-giong-rieng/30913@2025-06-30)"
  std::string ours, theirs;
  std::string text() const;  // a sentence
};

struct TerritoryImportReport {
  std::int64_t rows = 0;                   // of the changes file
  std::int64_t old_communes = 0;           // told of in it
  std::int64_t divided = 0;                // of them, those with several successors
  std::int64_t known_links = 0, added_links = 0, removed_links = 0;
  std::int64_t completed_codes = 0, added_units = 0, ended_units = 0;
  std::vector<TerritoryDifference> differences;
  std::vector<Refusal> problems;           // each with its place, "dòng 7 của tệp sáp nhập"; when there is one, nothing was changed
};

// Follows the files as of `act.day`. The same files again change nothing and make no act.
// Refused when a file cannot be read at all: the csv.* codes, "territory_import.columns".
Result<TerritoryImportReport> import_territory_changes(TerritoryBuilder& builder, const TerritoryChangeFiles& files, const RestructureAct& act);

}  // namespace khuyenhoc
