// The bodies directly under one: found, filtered by kind, sorted, a page at a time, or all of them as a workbook.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "directory/outlook.h"
#include "measures/periods.h"

namespace khuyenhoc::directory {

enum class SubordinateOrder { name, kind, members };

struct SubordinateQuery {
  std::string typed;                    // found without accents in the name
  std::string kind;                     // code; empty: all
  SubordinateOrder order = SubordinateOrder::name;
  std::size_t page = 1;
};

struct SubordinateRow {
  BodyId id;
  std::string name, kind_code, kind, former_area;
  Day born;
  std::optional<std::int64_t> branches, boards, members, families, fund;
};

struct KindChip {
  std::string code, label;
  std::size_t count = 0;
};

struct Subordinates {
  SubordinateQuery query;
  std::vector<KindChip> kinds;          // of all, whatever was typed
  std::size_t all = 0;                  // under the body
  std::size_t found = 0;                // that fit the query
  std::size_t first = 0;                // number of the first row shown, from 1
  std::size_t pages = 1;
  bool with_branches = false;           // rows are associations, with branches of their own
  std::vector<SubordinateRow> rows;
};

inline constexpr std::size_t rows_a_page = 50;

enum class Extract { one_page, everything };
Subordinates subordinates(const Outlook& outlook, BodyId superior, const SubordinateQuery& query, Extract extract);

// The same list as a workbook.
Result<std::string> subordinates_workbook(const Outlook& outlook, BodyId superior, const Subordinates& list, const std::string& period_label);

}  // namespace khuyenhoc::directory
