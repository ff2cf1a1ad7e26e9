// The tree of one day laid out in preorder: whatever stands under a node is one contiguous range of labels, with gaps left for nodes that come later.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "territory/tree_in_time.h"

namespace khuyenhoc {

using Label = std::uint32_t;

// Labels first ≤ x < end.
struct LabelRange {
  Label first = 0;
  Label end = 0;
  bool operator==(const LabelRange&) const = default;
};

// Immutable once built. Every node that was ever in the tree has a label of its own: alive nodes by their parent of the day, the others where place()
// puts them (inside: right behind the node they are part of; line: under their common ancestor, before its children).
// For any alive node or line: subtree == own + subtrees of its lines + subtrees of its children; and everything == the same of the top + nowhere.
class Layout {
 public:
  Layout(const TreeInTime& tree, Day day);

  Day day() const { return day_; }
  std::size_t size() const { return spots_.size(); }
  Label label(Node node) const { return spots_[node].first; }   // nodes without a place stand behind all roots
  LabelRange subtree(Node node) const;                  // the node, what is counted inside it, its lines, everything below
  LabelRange own(Node node) const;                      // the node and what is counted inside it, without lines and children
  LabelRange everything() const { return {0, end_}; }
  LabelRange nowhere() const { return {nowhere_first_, end_}; }   // nodes that have no place in the tree of this day
  Placement placement(Node node) const;
  Node shown_parent(Node node) const;                   // of an alive node or a line: what it hangs under; no_node at the top
  std::span<const Node> children(Node node) const;      // alive ones, in order of index; no_node asks for the roots
  std::span<const Node> lines(Node node) const;         // "số liệu chung chưa tách được" directly under it; no_node asks for those at the top
  Node holder(Label label) const;                       // the alive node or line whose own range holds this label; no_node behind all roots and in gaps
  std::span<const Node> in_order() const { return order_; }       // all nodes by label
  // A layout with one more node (the next one, index size()), using a gap under its parent; none when no gap is left and the order must be built anew.
  std::optional<Layout> with_added(const TreeInTime& tree, Node added) const;
  // The same for all nodes that `tree` has and this layout doesn't, as the tree of `day`; the older nodes must stand in it as they do here. None for very many.
  std::optional<Layout> with_all_added(const TreeInTime& tree, Day day) const;
  std::size_t resident_bytes() const;

 private:
  struct Spot {
    Label first = 0, own_end = 0, end = 0;
    Node under = no_node;                               // alive and line: what it hangs under; inside: the node it is part of
    Placement::Kind kind = Placement::Kind::nowhere;
  };
  // Lists of nodes per node, one behind the other; list number size() belongs to the top.
  struct Lists {
    std::vector<std::uint32_t> starts;
    std::vector<Node> nodes;
    std::span<const Node> of(std::size_t list) const { return std::span(nodes).subspan(starts[list], starts[list + 1] - starts[list]); }
    void put_last(std::size_t list, Node node);
    void add_list_before_top();
  };
  std::size_t list_of(Node node) const { return node == no_node ? spots_.size() : node; }
  Lists collect(Placement::Kind kind) const;
  void find_places(const TreeInTime& tree);
  std::vector<Node> preorder() const;
  void break_circles(const std::vector<Node>& reached);
  void give_labels(const Lists& inside, const std::vector<Node>& reached);
  bool add_next(const TreeInTime& tree);
  LabelRange gap_below(Node host) const;
  LabelRange gap_inside(Node host) const;

  Day day_;
  std::vector<Spot> spots_;
  Lists children_, lines_;
  std::vector<Node> order_;
  Label nowhere_first_ = 0;
  Label end_ = 0;
};

}  // namespace khuyenhoc
