// Which rows of a board are shown and in which order: the ten that need attention first, the rest in one row, nothing lost from the total.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "boards/board.h"

namespace khuyenhoc {

struct Arrangement {
  enum class By { usual, name, now, then, change, target, reached };
  enum class Order { ascending, descending };
  enum class Filter { all, below_90, fallen, silent };
  enum class Shown { first_ones, all };
  By by = By::usual;
  Order order = Order::ascending;
  Filter filter = Filter::all;
  Shown shown = Shown::first_ones;
};

struct ArrangedSection {
  std::vector<const BoardRow*> shown;       // children
  std::optional<BoardRow> rest;             // the others added together; of a ratio without a figure
  std::size_t rest_count = 0;
  std::vector<const BoardRow*> apart;       // own figures and lines
  std::size_t children = 0;
};

// What "usual" means for this board: by what is reached of the target, else by the change, else by name (few rows: by name).
Arrangement::By usual_sort(const Board& board);
ArrangedSection arranged(const BoardSection& section, const Board& board, const Arrangement& arrangement, std::size_t at_most);
BoardRow added(std::span<const BoardRow* const> rows);      // figures and, where all have one, targets
std::size_t matching(const Board& board, Arrangement::Filter filter);

}  // namespace khuyenhoc
