// Which lines of a round's board are chosen: the level, a state or what is late, the care of one member. The board, its call list's neighbours and what is sent for its lines choose alike.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rounds/board.h"

namespace khuyenhoc {

struct BoardFilter {
  bool branches = false, late = false;
  std::optional<ReportState> state;
  std::int64_t carer = -1;               // holding of who looks after them; 0: nobody's; -1: everybody's

  // As addresses say it: loc=qua-han, cap=chi-hoi, nguoi=12.
  static BoardFilter of_words(std::string_view state, std::string_view level, std::int64_t carer);
  std::string state_word() const;        // "qua-han", "da-gui"; empty: all
};

// Of the level and the care that are chosen, whatever their state.
std::vector<const BoardLine*> lines_of_level(const House& house, db::Reader& reader, const RoundBoard& board, const BoardFilter& filter, Day today);
bool passes_state(const BoardLine& line, const BoardFilter& filter);
// All that is chosen, in the order of the board.
std::vector<const BoardLine*> chosen_lines(const House& house, db::Reader& reader, const RoundBoard& board, const BoardFilter& filter, Day today);

}  // namespace khuyenhoc
