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

// Where a node stands in the tree of a day (design 4.1, place(u, D)). What a day's tree shows are its alive nodes and its lines.
struct Placement {
  enum class Kind : std::uint8_t {
    itself,    // alive on the day
    inside,    // counted as part of `at`: its only successor or predecessor, or where its parent (or the former node it lies in) is placed
    line,      // a labelled line of its own under `at`: several successors or predecessors, or none
    nowhere,   // no place at all: a root that ended or is not yet born, alone, and whatever hung only on it
  };
  Kind kind = Kind::nowhere;
  Node at = no_node;                            // itself: the node; inside: the alive node or line it is part of; line: the alive node or line it hangs under (no_node: at the top)
  bool operator==(const Placement&) const = default;
};

// Cheap to copy (a few flat arrays), so that each commit can hold a version of its own. Reading from several threads is safe.
class TreeInTime {
 public:
  // Alive from `born`; `parent` as of that day (no_node for a root). Both ends may change later.
  Node add(Day born, Node parent);
  void move(Node node, Day from, Node parent);                    // a version; a later call for the same day replaces it
  void end(Node node, Day first_day_gone);                        // no longer alive from that day on
  void revive(Node node);                                         // takes an end back
  void succeed(Node predecessor, Node successor);                 // many to many
  void forget_succession(Node predecessor, Node successor);
  // A node records the old node it lies in, for days when it (or the parent it would hang under) is not yet born.
  void lay_in(Node node, Node former);

  std::size_t size() const { return lives_.size(); }
  bool alive(Node node, Day day) const { return lives_[node].born <= day && day < lives_[node].gone; }
  bool not_yet_born(Node node, Day day) const { return day < lives_[node].born; }
  Day born(Node node) const { return lives_[node].born; }
  std::optional<Day> ended(Node node) const;                      // first day gone
  Node parent(Node node, Day day) const;                          // as of the version in force; its last parent after its end, its first before its birth
  std::span<const Node> successors(Node node) const;
  std::span<const Node> predecessors(Node node) const;
  Node former(Node node) const;                                   // as recorded by lay_in
  Placement place(Node node, Day day) const;
  // What an alive node hangs under in the tree of that day: its parent, or where that parent is placed; no_node at the top.
  Node hangs_under(Node node, Day day) const;
  bool is_within(Node node, Node ancestor, Day day) const;        // node is ancestor or below it in the tree of that day; both alive
  std::vector<Node> children(Node node, Day day) const;           // alive ones, in order of index
  std::vector<Node> roots(Day day) const;
  Node common_ancestor(std::span<const Node> nodes, Day day) const;   // lowest; no_node when they share none

  // The first day from which the tree has looked as it does on `day`: trees of days with the same answer are the same tree.
  Day unchanged_since(Day day) const;
  // True when this is `older` and nothing but new nodes behind it.
  bool only_added_since(const TreeInTime& older) const;
  std::size_t resident_bytes() const;

 private:
  friend class TreeOnDay;
  static constexpr std::uint32_t nothing_more = 0xFFFFFFFFu;
  static constexpr Day never = Day::from_number(Day::latest().number() + 1);
  struct Version {
    Day from;
    Node parent;
    bool operator==(const Version&) const = default;
  };
  struct Life {
    Day born;
    Day gone = never;
    Node parent = no_node;                     // of the first version
    std::uint32_t more = nothing_more;         // index in more_, for the few nodes with a history
    Node first_child = no_node;                // nodes that were born under this one, as a chain
    Node next_sibling = no_node;
  };
  struct More {
    std::vector<Version> versions;             // all of them, ordered by day; empty when there is only the first parent
    std::vector<Node> successors, predecessors;
    std::vector<Node> adopted;                 // nodes that were once moved under this one
    std::vector<Node> laid_in;                 // nodes that recorded this one as the former they lie in
    Node former = no_node;
  };
  More& more(Node node);
  const More* history(Node node) const { return lives_[node].more == nothing_more ? nullptr : &more_[lives_[node].more]; }
  void note_change(Day day);
  template <class Visit>
  void each_born_or_moved_under(Node node, Visit visit) const;

  std::vector<Life> lives_;
  std::vector<More> more_;
  std::vector<Day> change_days_;               // ordered; may hold days whose change was taken back
};

}  // namespace khuyenhoc
