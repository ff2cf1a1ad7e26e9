#include "territory/tree_on_day.h"

#include <algorithm>
#include <cassert>
#include <unordered_set>

namespace khuyenhoc {

namespace {

// Ends a walk upwards that goes round in a circle (wrong data), without remembering where it has been: Brent's marks at doubling distances.
class CircleGuard {
 public:
  bool round_again(Node node) {
    if (node == mark_) return true;
    if (++steps_ == next_mark_) {
      mark_ = node;
      next_mark_ *= 2;
    }
    return false;
  }

 private:
  Node mark_ = no_node;
  std::size_t steps_ = 0, next_mark_ = 4;
};

}  // namespace

TreeOnDay::TreeOnDay(const TreeInTime& tree, Day day, Questions questions) : tree_(tree), day_(day), questions_(questions) {
  if (questions_ == Questions::all) {
    states_.resize(tree.size(), State::unknown);
    placements_.resize(tree.size());
  }
}

TreeOnDay::State TreeOnDay::state(Node node) const {
  if (questions_ == Questions::all) return states_[node];
  const auto found = few_.find(node);
  return found == few_.end() ? State::unknown : found->second.first;
}

Placement TreeOnDay::remembered(Node node) const { return questions_ == Questions::all ? placements_[node] : few_.at(node).second; }

void TreeOnDay::remember(Node node, State state, Placement placement) {
  if (questions_ == Questions::all) {
    states_[node] = state;
    placements_[node] = placement;
  } else {
    few_[node] = {state, placement};
  }
}

// Successions are walked in one direction only: from an ended node through ended successors, from one not yet born through predecessors not yet born.
// (Turning round on the way would count the figures of one old unit inside a neighbour that merely shared its successor.)
const std::vector<Node>& TreeOnDay::candidates(Node node) {
  candidates_.clear();
  const bool backwards = tree_.not_yet_born(node, day_);
  const auto next_of = [&](Node of) { return backwards ? tree_.predecessors(of) : tree_.successors(of); };
  walk_.clear();
  for (const Node other : next_of(node)) {
    if (tree_.alive(other, day_)) candidates_.push_back(other);
    else if (tree_.not_yet_born(other, day_) == backwards) walk_.push_back(other);
  }
  if (!walk_.empty()) {
    std::unordered_set<Node> seen(walk_.begin(), walk_.end());
    seen.insert(node);
    while (!walk_.empty()) {
      const Node at = walk_.back();
      walk_.pop_back();
      for (const Node other : next_of(at)) {
        if (tree_.alive(other, day_)) candidates_.push_back(other);
        else if (tree_.not_yet_born(other, day_) == backwards && seen.insert(other).second) walk_.push_back(other);
      }
    }
  }
  std::sort(candidates_.begin(), candidates_.end());
  candidates_.erase(std::unique(candidates_.begin(), candidates_.end()), candidates_.end());
  return candidates_;
}

Node TreeOnDay::where_it_would_hang(Node node) const {
  if (tree_.not_yet_born(node, day_) && tree_.former(node) != no_node) return tree_.former(node);
  return tree_.parent(node, day_);
}

// Two divided nodes can depend on each other: the parts of each hang under the other. Then the one asked about decides: a place found on the way, while the
// node it leans on was still being placed, is used but not remembered, so that answers do not depend on what was asked before.
void TreeOnDay::settle(Node node, Placement placement) {
  const std::size_t depth = being_placed_.size() - 1;
  assert(being_placed_.back() == node);
  being_placed_.pop_back();
  if (leans_on_ < depth && forgotten_ < tree_.size() * 4) {
    ++forgotten_;                              // bounded: wrong data must not cost more than time in proportion
    remember(node, State::unknown, {});
    return;
  }
  if (leans_on_ >= depth) leans_on_ = independent;
  remember(node, State::placed, placement);
}

void TreeOnDay::lean_on(Node node) {
  const auto depth = static_cast<std::size_t>(std::find(being_placed_.begin(), being_placed_.end(), node) - being_placed_.begin());
  leans_on_ = std::min(leans_on_, depth);
}

Placement TreeOnDay::place(Node node) {
  assert(node < tree_.size());
  std::vector<Node> waiting;                   // nodes without candidates, whose place follows from that of the node above them
  Node at = node;
  Placement placement;
  for (std::size_t steps = 0;; ++steps) {
    if (at == no_node || steps > tree_.size()) {
      at = no_node;
      break;
    }
    if (tree_.alive(at, day_)) {
      placement = {Placement::Kind::itself, at};
      break;
    }
    const State known = state(at);
    if (known == State::placed) {
      placement = remembered(at);
      break;
    }
    if (known == State::being_placed) {        // its own successors lead back to it: judged by what stood above it
      lean_on(at);
      at = tree_.parent(at, day_);
      continue;
    }
    remember(at, State::being_placed, {});
    being_placed_.push_back(at);
    const std::vector<Node>& found = candidates(at);
    if (!found.empty()) {
      if (found.size() == 1) {
        placement = {Placement::Kind::inside, found.front()};
      } else {
        const std::vector<Node> several = found;
        placement = {Placement::Kind::line, common_ancestor(several)};
      }
      settle(at, placement);
      break;
    }
    waiting.push_back(at);
    at = where_it_would_hang(at);
  }
  while (!waiting.empty()) {
    Node shown = no_node;                      // the alive node or line that `at` belongs to
    if (at != no_node && placement.kind == Placement::Kind::line) shown = at;
    else if (at != no_node) shown = placement.at;
    at = waiting.back();
    waiting.pop_back();
    if (shown == no_node) placement = {};
    else placement = {tree_.not_yet_born(at, day_) ? Placement::Kind::inside : Placement::Kind::line, shown};
    settle(at, placement);
  }
  return placement;
}

Node TreeOnDay::hangs_under(Node shown) {
  if (!tree_.alive(shown, day_)) {
    if (state(shown) != State::being_placed) return place(shown).at;
    lean_on(shown);
  }
  Node above = tree_.parent(shown, day_);
  if (above == no_node || tree_.alive(above, day_)) return above;
  if (tree_.not_yet_born(above, day_) && tree_.former(shown) != no_node) above = tree_.former(shown);
  for (std::size_t steps = 0; above != no_node && steps <= tree_.size(); ++steps) {
    if (tree_.alive(above, day_) && above != shown) return above;
    if (!tree_.alive(above, day_) && state(above) == State::being_placed) {
      lean_on(above);
    } else if (!tree_.alive(above, day_)) {
      const Placement placement = place(above);
      const Node host = placement.kind == Placement::Kind::line ? above : placement.at;
      if (host != shown) return host;          // a successor of its own parent stands where that parent stood, not inside itself
    }
    above = tree_.parent(above, day_);
  }
  return no_node;
}

Node TreeOnDay::common_ancestor(std::span<const Node> alive) {
  if (alive.empty()) return no_node;
  std::vector<Node> path;                      // from the first node to its root
  CircleGuard first_guard;
  for (Node node = alive.front(); node != no_node && !first_guard.round_again(node); node = hangs_under(node)) path.push_back(node);
  std::size_t lowest = 0;
  for (const Node other : alive.subspan(1)) {
    CircleGuard guard;
    auto met = path.end();
    for (Node node = other; node != no_node && !guard.round_again(node); node = hangs_under(node)) {
      met = std::find(path.begin() + static_cast<std::ptrdiff_t>(lowest), path.end(), node);
      if (met != path.end()) break;
    }
    if (met == path.end()) return no_node;
    lowest = static_cast<std::size_t>(met - path.begin());
  }
  return path[lowest];
}

}  // namespace khuyenhoc
