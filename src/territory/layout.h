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

// Immutable once built. Every node that was ever in the tree has a label: alive nodes by their parent of the day, the others where place() puts them
// (inside: right behind the node they are part of; line: under their common ancestor, before its children).
class Layout {
 public:
  Layout(const TreeInTime& tree, Day day);

  Day day() const;
  Label label(Node node) const;                         // nodes without a place stand behind all roots
  LabelRange subtree(Node node) const;                  // the node, what is counted inside it, its lines, everything below
  LabelRange own(Node node) const;                      // the node and what is counted inside it, without lines and children
  LabelRange everything() const;
  Placement placement(Node node) const;
  Node shown_parent(Node node) const;                   // of an alive node or a line: what it hangs under; no_node at the top
  std::span<const Node> children(Node node) const;      // alive ones; no_node asks for the roots
  std::span<const Node> lines(Node node) const;         // "số liệu chung chưa tách được" directly under it; no_node asks for those at the top
  Node holder(Label label) const;                       // the alive node or line whose own range holds this label; no_node behind all roots
  // A layout with one more node, using a gap under its parent; none when no gap is left and the order must be built anew.
  std::optional<Layout> with_added(const TreeInTime& tree, Node added) const;
};

}  // namespace khuyenhoc
