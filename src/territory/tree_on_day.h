// Works out where nodes stand in the tree of one day, remembering what it has found: one question at a time, or a whole layout.
#pragma once

#include <span>
#include <unordered_map>
#include <vector>

#include "territory/tree_in_time.h"

namespace khuyenhoc {

// Not for sharing between threads. The tree must outlive it.
class TreeOnDay {
 public:
  enum class Questions { few, all };   // how many nodes will be asked about: decides how answers are remembered
  TreeOnDay(const TreeInTime& tree, Day day, Questions questions);

  Placement place(Node node);
  Node hangs_under(Node shown);        // of an alive node or a line; no_node at the top
  Node common_ancestor(std::span<const Node> alive);
  const std::vector<Node>& candidates(Node node);   // alive successors of an ended node, alive predecessors of one not yet born; valid until the next call
  bool places_lean_on_each_other() const { return forgotten_ != 0; }   // met so far: divided nodes whose parts hang under one another

 private:
  enum class State : std::uint8_t { unknown, being_placed, placed };
  State state(Node node) const;
  Placement remembered(Node node) const;
  void remember(Node node, State state, Placement placement);
  Node where_it_would_hang(Node node) const;        // the node whose place decides for one without candidates

  void settle(Node node, Placement placement);
  void lean_on(Node node);
  static constexpr std::size_t independent = static_cast<std::size_t>(-1);

  const TreeInTime& tree_;
  Day day_;
  Questions questions_;
  std::vector<State> states_;
  std::vector<Placement> placements_;
  std::unordered_map<Node, std::pair<State, Placement>> few_;
  std::vector<Node> being_placed_;                  // outermost first
  std::size_t leans_on_ = independent;              // the outermost of these that the answer in the making leans on
  std::size_t forgotten_ = 0;
  std::vector<Node> candidates_, walk_;
};

}  // namespace khuyenhoc
