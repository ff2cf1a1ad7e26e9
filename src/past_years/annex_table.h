// An annex table as read: where its parts are, what every column and row means, what does not fit and why, and how it agrees with the signed totals.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "past_years/annex.h"
#include "past_years/annex_headings.h"
#include "past_years/annex_units.h"
#include "platform/spreadsheet/workbook.h"

namespace khuyenhoc {

struct AnnexColumn {
  int number = 0;
  std::string letter;                   // "D"
  std::string heading;                  // "Quỹ khuyến học – Tổng thu (triệu đồng)"
  std::optional<Series> series;
  std::int64_t factor = 1;
  bool guessed = false;                 // by the program just now; else as somebody confirmed
  std::string remark;                   // why it is not read
  std::string example;                  // the first number under it, as written
};

struct AnnexRow {
  int number = 0;
  std::string label;
  AnnexRole role = AnnexRole::unit;
  UnitId unit;
  UnitId district;                      // under which subtotal it stands
  std::string problem;                  // of the row; its figures are not read
  std::vector<std::optional<std::int64_t>> values;    // by place in columns
};

struct AnnexProblem {
  std::string address;                  // "B12"
  int row = 0, column = 0;
  std::string message;
};

// One total that somebody signed, beside what the rows add up to.
struct AnnexTotal {
  UnitId unit;                          // the annex's area, or a district
  UnitLevel level = UnitLevel::province;
  std::string label;
  int row = 0;                          // where it was signed
  Series series = 0;
  std::int64_t rows_sum = 0, signed_total = 0;
  std::int64_t difference() const { return signed_total - rows_sum; }
};

struct AnnexValue {                     // one figure to be written
  UnitId unit;
  Extent extent = Extent::subtree;
  Series series = 0;
  std::int64_t value = 0;
  int row = 0, column = 0;
};

struct AnnexTable {
  std::vector<std::string> sheets;
  std::string sheet;
  int head_first = 0, head_last = 0, unit_column = 0;
  std::vector<AnnexColumn> columns;     // all that have a heading, the names apart
  std::vector<AnnexRow> rows;
  std::vector<AnnexProblem> problems;
  std::vector<AnnexTotal> totals;       // checked ones, in the order of columns
  std::vector<AnnexValue> values;
  std::vector<UnitId> without_row;      // units of the level in use that the table does not name
  bool has_total = false;
  const AnnexRow* row_of(UnitId unit) const;
};

// `remembered`: columns of annexes that this office confirmed before. Refusals: those of the layout: "annex.sheet", "annex.no_units", "annex.no_columns".
Result<AnnexTable> read_annex(const spreadsheet::Workbook& book, const Annex& annex, const Catalogue& catalogue, const AnnexUnits& units,
                              std::span<const AnnexColumnChoice> remembered);

}  // namespace khuyenhoc
