#include <algorithm>
#include <cassert>

#include "measures/cube_core.h"

namespace khuyenhoc {

TreeState::TreeState(CubeTrees trees_given, std::size_t series_count_given, std::size_t kept_axes_given, std::shared_ptr<RunKeeper> keeper_given)
    : trees(std::move(trees_given)), series_count(series_count_given), kept_axes(kept_axes_given), keeper(std::move(keeper_given)) {
  assert(trees.superiors != nullptr);
}

// Days between two changes share one tree, so they share one axis.
std::shared_ptr<const Axis> TreeState::axis(AxisKind kind, Day day) {
  assert(kind == AxisKind::superiors || trees.areas != nullptr);
  const Day since = tree(kind).unchanged_since(day);
  const std::lock_guard lock(mutex_);
  auto found = std::find_if(laid_.begin(), laid_.end(), [&](const Laid& laid) { return laid.kind == kind && laid.since == since; });
  if (found == laid_.end()) {
    if (laid_.size() >= kept_axes) {
      laid_.erase(std::min_element(laid_.begin(), laid_.end(), [](const Laid& a, const Laid& b) { return a.last_used < b.last_used; }));
    }
    laid_.push_back(lay(kind, since));
    found = std::prev(laid_.end());
  }
  found->last_used = ++uses_;
  found->asked = day;
  std::shared_ptr<Axis> axis(new Axis);
  axis->kind_ = kind;
  axis->day_ = day;
  axis->layout_ = found->layout;
  axis->places_ = found->places;
  axis->cells_ = found->cells;
  axis->trees_ = this;
  return axis;
}

TreeState::Laid TreeState::lay(AxisKind kind, Day since) const {
  Laid laid{.kind = kind, .since = since, .layout = std::make_shared<const Layout>(tree(kind), since), .places = {}, .cells = {}};
  laid.places = std::make_shared<const BodyPlaces>(*laid.layout, trees.superiors->size(), kind == AxisKind::areas ? std::span(trees.area_node) : std::span<const Node>{});
  laid.cells = std::make_shared<AxisCells>(series_count, laid.places, keeper);
  keeper->watch(laid.cells);
  return laid;
}

void TreeState::put(Laid laid) {
  const std::lock_guard lock(mutex_);
  laid_.push_back(std::move(laid));
}

std::vector<TreeState::Laid> TreeState::all_laid() const {
  const std::lock_guard lock(mutex_);
  return laid_;
}

bool TreeState::only_added_since(const TreeState& older) const {
  const CubeTrees& then = older.trees;
  if (!trees.superiors->only_added_since(*then.superiors)) return false;
  if ((trees.areas == nullptr) != (then.areas == nullptr)) return false;
  if (trees.areas == nullptr || (trees.areas == then.areas && trees.area_node == then.area_node)) return true;
  return trees.areas->only_added_since(*then.areas) && trees.area_node.size() >= then.area_node.size() &&
         std::equal(then.area_node.begin(), then.area_node.end(), trees.area_node.begin());
}

std::optional<TreeState::Laid> TreeState::carried(const TreeState& older, Laid laid) const {
  const TreeInTime& now = tree(laid.kind);
  const TreeInTime& then = older.tree(laid.kind);
  // The tree of today moves on to the birth of the new bodies; others stay where they are.
  Day since = laid.since;
  if (then.unchanged_since(older.trees.today) == since) since = now.unchanged_since(trees.today);
  if (then.unchanged_since(since) != laid.since || now.unchanged_since(since) != since) return std::nullopt;
  auto layout = laid.layout->with_all_added(now, since);
  if (!layout) return std::nullopt;                  // no gap left: this axis is laid out anew when somebody asks
  laid.since = since;
  laid.layout = std::make_shared<const Layout>(std::move(*layout));
  laid.places = std::make_shared<const BodyPlaces>(*laid.layout, trees.superiors->size(), laid.kind == AxisKind::areas ? std::span(trees.area_node) : std::span<const Node>{});
  return laid;
}

void TreeState::take_over(const TreeState& older) {
  for (Laid& laid : older.all_laid())
    if (auto next = carried(older, std::move(laid))) {
      next->cells->extend(next->places);
      put(std::move(*next));
    }
}

std::size_t TreeState::resident_bytes() const {
  std::size_t bytes = trees.area_node.capacity() * sizeof(Node);
  for (const Laid& laid : all_laid()) bytes += laid.layout->resident_bytes() + laid.places->resident_bytes() + series_count * 80;
  return bytes;
}

}  // namespace khuyenhoc
