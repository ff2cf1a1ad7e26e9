// The pieces a board's view is put together from; only for this folder.
#pragma once

#include "boards/pages/board_view.h"
#include "boards/wide_board.h"

namespace khuyenhoc {

std::vector<CardView> card_views(const Figures& figures, const BoardAsk& ask, const BoardLinks& links, const Board& board);
ChartView years_chart(const Figures& figures, const Board& board, const BoardAsk& ask);
ChartView months_chart(const Figures& figures, MeasureIndex measure, const MonthBoard& months, const BoardAsk& ask);
// Who has entered figures for the period: the sentence about it, and the silent ones marked in the board.
void put_coverage(BoardView& view, const Visit& visit, Board& board, const BoardAsk& ask);
// Head cells, rows, chips and notes of the table.
void put_table(BoardView& view, const Figures& figures, const Board& board, const BoardChoice& choice, const BoardLinks& links);
void put_wide_table(BoardView& view, const Figures& figures, const WideBoard& board, const BoardChoice& choice, const BoardLinks& links);
void put_month_table(BoardView& view, const Figures& figures, const MonthBoard& months, const BoardChoice& choice, const BoardLinks& links);
// A branch has nothing below it: its own indicators stand one under the other.
void put_measure_table(BoardView& view, const Figures& figures, const BoardChoice& choice, const BoardLinks& links);
// The indicators that a body of this kind is asked for, in the order of its form.
std::vector<MeasureIndex> measures_of_form(const Figures& figures, const Subject& subject);
bool is_branch(const Organisation& organisation, const Subject& subject);
std::string unit_words(const Measure& measure);      // "người", "đồng"

}  // namespace khuyenhoc
