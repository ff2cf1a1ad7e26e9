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

struct MonthRow {
  Day last;                             // of the month, or of the period
  Figure now = undefined_figure, then = undefined_figure;
};
// "figure.no_official" in the official lens, which knows no months.
Result<std::vector<MonthRow>> make_month_rows(const Figures& figures, MeasureIndex measure, const BoardAsk& ask);

}  // namespace khuyenhoc
