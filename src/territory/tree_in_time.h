// A tree whose nodes live from a day to a day, change parent by dated versions, and are succeeded by others: the common shape of territory and organisation.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/day.h"

namespace khuyenhoc {

using Node = std::uint32_t;                     // dense index, given by the tree
inline constexpr Node no_node = 0xFFFFFFFFu;

// Where a node stands in the tree of a day (design 4.1, place(u, D)).
struct Placement {
  enum class Kind {
    itself,    // alive on the day
    inside,    // counted as part of `at`: its only successor or predecessor, or where its parent is placed
    line,      // a labelled line of its own under `at`: several successors or predecessors, or none
    nowhere,   // no place at all: a root that ended or is not yet born, alone
  };
  Kind kind = Kind::nowhere;
  Node at = no_node;                            // itself: the node; inside: the node it is part of; line: the node it hangs under (no_node: at the top)
  bool operator==(const Placement&) const = default;
};

class TreeInTime {
 public:
  // Alive from `born`; `parent` as of that day (no_node for a root). Both ends may change later.
  Node add(Day born, Node parent);
  void move(Node node, Day from, Node parent);                    // a version; a later call for the same day replaces it
  void end(Node node, Day first_day_gone);                        // no longer alive from that day on
  void revive(Node node);                                         // takes an end back
  void succeed(Node predecessor, Node successor);                 // many to many
  void forget_succession(Node predecessor, Node successor);
  void lay_in(Node node, Node former);                            // a node born later records the old node it lies in, for days before its birth

  std::size_t size() const;
  bool alive(Node node, Day day) const;
  Day born(Node node) const;
  std::optional<Day> ended(Node node) const;                      // first day gone
  Node parent(Node node, Day day) const;                          // as of the version in force; its last parent after its end, its first before its birth
  std::span<const Node> successors(Node node) const;
  std::span<const Node> predecessors(Node node) const;
  Placement place(Node node, Day day) const;
  bool is_within(Node node, Node ancestor, Day day) const;        // node is ancestor or below it in the tree of that day; both alive
  std::vector<Node> children(Node node, Day day) const;           // alive ones, in order of index
  std::vector<Node> roots(Day day) const;
  Node common_ancestor(std::span<const Node> nodes, Day day) const;   // lowest; no_node when they share none

 private:
  struct Version { Day from; Node parent; };
  struct Life {
    Day born;
    std::optional<Day> ended;
    std::vector<Version> versions;             // ordered by day
    std::vector<Node> successors, predecessors;
    Node former = no_node;
  };
  std::vector<Life> lives_;
};

}  // namespace khuyenhoc
