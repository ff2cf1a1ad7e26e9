// Many measures side by side for the parts of a body or unit, and one measure month by month.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "boards/board.h"

namespace khuyenhoc {

struct WideRow {
  enum class Role { part, apart, subtotal } role = Role::part;      // apart: own figures and lines
  Subject subject;
  std::string name, note;
  std::vector<Figure> figures;                                      // one a measure
};

struct WideBoard {
  std::vector<WideRow> rows;
  std::string total_name;
  std::vector<Figure> total;
};

// Refusals as make_board.
Result<WideBoard> make_wide_board(const Figures& figures, std::span<const MeasureIndex> measures, const BoardAsk& ask);

// One measure month by month: a column a month (the first and last may be cut by the period), and the whole of the same months a year before.
// "figure.no_official" in the official lens, which knows no months.
struct MonthBoard {
  std::vector<Day> months;              // the last day of each
  WideBoard board;
  std::vector<Figure> year_before;      // of the whole; empty where the unit stands in parts that day
};
Result<MonthBoard> make_month_board(const Figures& figures, MeasureIndex measure, const BoardAsk& ask);

}  // namespace khuyenhoc
