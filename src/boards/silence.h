// What has not come in is no fall: which comparisons must wait for the silent, and what those who have reported say without them.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "boards/board.h"

namespace khuyenhoc {

// Children that have stated nothing yet for the period.
std::size_t silent_children(const Board& board);
// The figure is below last year's, and it may only be because some have not reported: of a flow always, of a level where a silent one has no earlier figure to stand in.
bool fall_may_be_silence(const Measure& measure, const Board& board);

// Those who have reported, this year and last; none where last year's figures stand with units of another time and cannot be told apart by child.
struct Heard {
  std::size_t bodies = 0;
  Figure now, then;
};
std::optional<Heard> heard(const Board& board);

// The end of the answer: "; chưa so sánh với cùng kỳ vì 3 xã, phường chưa có số kỳ này", or the comparison of those who have reported.
std::string waiting_words(const Measure& measure, const Board& board, const std::string& children, const std::string& compared_with);

}  // namespace khuyenhoc
