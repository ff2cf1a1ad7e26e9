// The shown table as a workbook: title, period, lens, territory day and notes above, totals as sums that go on working in Excel.
#pragma once

#include <string>

#include "boards/board.h"
#include "boards/wide_board.h"

namespace khuyenhoc {

struct WorkbookHead {
  std::string title;                    // "Số liệu 6 tháng đầu năm 2026"
  std::vector<std::string> lines;       // whose, which lens until when, in which tree, what is carried
  Day today;
};

Result<std::string> board_workbook(const Figures& figures, const Board& board, const BoardAsk& ask, const WorkbookHead& head);
Result<std::string> wide_workbook(const Figures& figures, std::span<const MeasureIndex> measures, const WideBoard& board, const WorkbookHead& head);
Result<std::string> month_workbook(const Figures& figures, MeasureIndex measure, const MonthBoard& months, const WorkbookHead& head);

}  // namespace khuyenhoc
