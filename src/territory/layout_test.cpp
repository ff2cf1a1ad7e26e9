#include "territory/layout.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "territory/random_tree.h"

namespace khuyenhoc {
namespace {

using Kind = Placement::Kind;

bool within(LabelRange inner, LabelRange outer) { return outer.first <= inner.first && inner.end <= outer.end; }

std::set<Node> holding(const Layout& layout, LabelRange range) {
  std::set<Node> nodes;
  for (Node node = 0; node < layout.size(); ++node) {
    if (range.first <= layout.label(node) && layout.label(node) < range.end) nodes.insert(node);
  }
  return nodes;
}

// Own, lines and children of a node lie one behind the other and fill its subtree.
void expect_family_adds_up(const Layout& layout, Node node) {
  std::set<Node> counted;
  std::size_t total = 0;
  const auto count = [&](LabelRange range) {
    const auto nodes = holding(layout, range);
    total += nodes.size();
    counted.insert(nodes.begin(), nodes.end());
  };
  if (node != no_node) count(layout.own(node));
  else count(layout.nowhere());
  for (const Node line : layout.lines(node)) count(layout.subtree(line));
  for (const Node child : layout.children(node)) count(layout.subtree(child));
  RC_ASSERT(total == counted.size());
  RC_ASSERT(counted == holding(layout, node == no_node ? layout.everything() : layout.subtree(node)));
}

void check_against_tree(const Layout& layout, const TreeInTime& tree, Day day) {
  RC_ASSERT(layout.size() == tree.size());
  std::set<Label> labels;
  for (Node node = 0; node < tree.size(); ++node) {
    RC_ASSERT(labels.insert(layout.label(node)).second);
    const Placement placement = tree.place(node, day);
    RC_ASSERT(layout.placement(node) == placement);
    switch (placement.kind) {
      case Kind::itself:
        RC_ASSERT(layout.shown_parent(node) == tree.hangs_under(node, day));
        [[fallthrough]];
      case Kind::line:
        RC_ASSERT(layout.holder(layout.label(node)) == node);
        if (layout.shown_parent(node) != no_node) RC_ASSERT(within(layout.subtree(node), layout.subtree(layout.shown_parent(node))));
        RC_ASSERT(within(layout.own(node), layout.subtree(node)));
        expect_family_adds_up(layout, node);
        break;
      case Kind::inside:
        RC_ASSERT(layout.holder(layout.label(node)) == placement.at);
        RC_ASSERT(within(layout.own(node), layout.own(placement.at)));
        break;
      case Kind::nowhere:
        RC_ASSERT(layout.holder(layout.label(node)) == no_node);
        RC_ASSERT(within(layout.own(node), layout.nowhere()));
        break;
    }
    if (placement.kind == Kind::itself) RC_ASSERT(tree.children(node, day) == std::vector<Node>(layout.children(node).begin(), layout.children(node).end()));
  }
  RC_ASSERT(tree.roots(day) == std::vector<Node>(layout.children(no_node).begin(), layout.children(no_node).end()));
  expect_family_adds_up(layout, no_node);
}

TEST(Layout, agrees_with_the_tree_after_any_history) {
  EXPECT_TRUE(rc::check([] {
    const TreeInTime tree = random_tree(drawn(1, 60));
    for (int days = 0; days < 3; ++days) {
      const Day day = random_day();
      check_against_tree(Layout(tree, day), tree, day);
    }
  }));
}

TEST(Layout, loses_nothing_however_wrong_the_data_are) {
  EXPECT_TRUE(rc::check([] {
    const TreeInTime tree = random_tree(drawn(1, 80), Circles::kept);
    const Layout layout(tree, random_day());
    expect_family_adds_up(layout, no_node);
    for (Node node = 0; node < tree.size(); ++node) {
      const Kind kind = layout.placement(node).kind;
      if (kind == Kind::itself || kind == Kind::line) expect_family_adds_up(layout, node);
    }
  }));
}

TEST(Layout, a_new_node_takes_a_gap_and_moves_nobody) {
  EXPECT_TRUE(rc::check([] {
    TreeInTime tree = random_tree(drawn(1, 40));
    const Day day = random_day();
    Layout layout(tree, day);
    for (int more = drawn(1, 8); more > 0; --more) {
      const Node under = static_cast<Node>(drawn(0, static_cast<int>(tree.size())));
      TreeInTime with_one = tree;
      const Node added = with_one.add(std::max(tree.born(under), random_day()), drawn(0, 5) == 0 ? no_node : under);
      if (goes_in_circles(with_one)) continue;
      tree = with_one;
      const auto grown = layout.with_added(tree, added);
      RC_ASSERT(grown.has_value());
      for (Node node = 0; node < added; ++node) RC_ASSERT(grown->label(node) == layout.label(node));
      layout = *grown;
    }
    check_against_tree(layout, tree, day);
  }));
}

TEST(Layout, says_when_no_gap_is_left) {
  TreeInTime tree;
  const Node root = tree.add(Day::of(2018, 1, 1), no_node);
  Layout layout(tree, Day::of(2020, 1, 1));
  Node deepest = root;
  bool full = false;
  for (int deeper = 0; deeper < 100 && !full; ++deeper) {
    deepest = tree.add(Day::of(2019, 1, 1), deepest);
    const auto grown = layout.with_added(tree, deepest);
    if (!grown) full = true;
    else layout = *grown;
  }
  EXPECT_TRUE(full);
  const Layout anew(tree, Day::of(2020, 1, 1));
  EXPECT_EQ(anew.holder(anew.label(deepest)), deepest);
}

TEST(Layout, a_circle_in_wrong_data_is_cut_and_nothing_is_lost) {
  TreeInTime tree;
  const Day day = Day::of(2020, 1, 1);
  const Node a = tree.add(day, no_node);
  const Node b = tree.add(day, a);
  const Node c = tree.add(day, b);
  const Node old = tree.add(day - 10, no_node);
  tree.move(a, day, c);
  tree.end(old, day);
  tree.succeed(old, b);
  tree.succeed(old, c);
  const Layout layout(tree, day);
  EXPECT_EQ(std::vector<Node>(layout.children(no_node).begin(), layout.children(no_node).end()), std::vector<Node>{a});
  EXPECT_EQ(holding(layout, layout.everything()).size(), 4u);
  EXPECT_TRUE(tree.common_ancestor(std::vector<Node>{b, c}, day) != no_node);
}

TEST(Layout, an_empty_tree_has_room_for_the_first_node) {
  TreeInTime tree;
  const Layout empty(tree, Day::of(2020, 1, 1));
  const Node late = tree.add(Day::of(2021, 1, 1), no_node);
  const auto with_late = empty.with_added(tree, late);
  ASSERT_TRUE(with_late);
  EXPECT_EQ(with_late->placement(late).kind, Kind::nowhere);
}

}  // namespace
}  // namespace khuyenhoc
