// For tests: trees that live through births, ends, merges, splits, moves and late entries, as RapidCheck draws them.
#pragma once

#include <algorithm>
#include <vector>

#include <rapidcheck.h>

#include "territory/tree_in_time.h"
#include "territory/tree_on_day.h"

namespace khuyenhoc {

inline const Day random_first_day = Day::of(2018, 1, 1);
inline constexpr int random_days = 365 * 4;

inline int drawn(int first, int end) { return *rc::gen::resize(100, rc::gen::inRange(first, end)); }
inline Day random_day() { return random_first_day + drawn(0, random_days); }

// One more thing happens to the tree; days need not be in order, so entries come late as they do in life.
inline void random_change(TreeInTime& tree) {
  const auto size = static_cast<int>(tree.size());
  const auto some_node = [&] { return static_cast<Node>(drawn(0, static_cast<int>(tree.size()))); };
  const auto alive_on = [&](Day day) {
    std::vector<Node> alive;
    for (Node node = 0; node < tree.size(); ++node) {
      if (tree.alive(node, day)) alive.push_back(node);
    }
    return alive;
  };
  const int what = size == 0 ? 0 : drawn(0, 12);
  const Day day = what < 4 && drawn(0, 2) == 0 ? random_first_day : random_day();
  const std::vector<Node> alive = alive_on(day);
  const auto some_alive = [&] { return alive[static_cast<std::size_t>(drawn(0, static_cast<int>(alive.size())))]; };
  if (alive.empty() || what < 4) {
    tree.add(day, alive.empty() || drawn(0, 8) == 0 ? no_node : some_alive());
  } else if (what < 6) {                        // a merger into a new one, or into one of them
    const Node into = drawn(0, 2) == 0 ? some_alive() : tree.add(day, tree.parent(some_alive(), day));
    for (int times = drawn(1, 4); times > 0; --times) {
      const Node gone = some_alive();
      if (gone == into) continue;
      tree.end(gone, day);
      tree.succeed(gone, into);
    }
  } else if (what < 8) {                        // a division
    const Node gone = some_alive();
    for (int parts = drawn(1, 4); parts > 0; --parts) tree.succeed(gone, tree.add(day, tree.parent(gone, day)));
    tree.end(gone, day);
  } else if (what == 8) {
    const Node gone = some_alive();
    tree.end(gone, day);
  } else if (what == 9) {
    const Node moved = some_alive();
    const Node under = some_alive();
    if (!tree.is_within(under, moved, day)) tree.move(moved, day, under);
  } else if (what == 10) {
    const Node node = some_node(), former = some_node();
    if (node != former && tree.born(former) < tree.born(node)) tree.lay_in(node, former);
  } else {
    const Node a = some_node(), b = some_node();
    if (a != b && tree.ended(a) && tree.born(b) <= *tree.ended(a) && tree.born(a) < tree.born(b)) tree.succeed(a, b);
  }
}

// A node that comes to hang under itself on some day, or divided ones whose parts hang under one another: what the rules above the tree refuse.
inline bool goes_in_circles(const TreeInTime& tree) {
  std::vector<Day> days;
  for (Day day = Day::latest(); day > Day::earliest(); day = tree.unchanged_since(day) - 1) days.push_back(day);
  for (const Day day : days) {
    TreeOnDay on_day(tree, day, TreeOnDay::Questions::all);
    for (Node node = 0; node < tree.size(); ++node) {
      on_day.place(node);
      Node above = node;
      for (std::size_t steps = 0; above != no_node; ++steps) {
        if (steps > tree.size() || on_day.places_lean_on_each_other()) return true;
        above = on_day.hangs_under(above);
      }
    }
  }
  return false;
}

enum class Circles { refused, kept };

inline void random_change(TreeInTime& tree, Circles circles) {
  TreeInTime changed = tree;
  random_change(changed);
  if (circles == Circles::kept || !goes_in_circles(changed)) tree = std::move(changed);
}

inline TreeInTime random_tree(int changes, Circles circles = Circles::refused) {
  TreeInTime tree;
  for (int change = 0; change < changes; ++change) random_change(tree, circles);
  return tree;
}

}  // namespace khuyenhoc
