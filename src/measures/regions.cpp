#include "measures/regions.h"

#include <algorithm>
#include <map>

#include "organisation/heirs.h"

namespace khuyenhoc {
namespace {

std::vector<BodyId> bodies_in(const LedgerView& view, const Layout& layout, LabelRange range) {
  std::vector<BodyId> out;
  const auto order = layout.in_order();
  const auto label = [&](Node node) { return layout.label(node); };
  for (auto at = std::ranges::lower_bound(order, range.first, {}, label); at != order.end() && label(*at) < range.end; ++at)
    if (*at < view.organisation->size()) out.push_back(view.organisation->id(*at));
  std::ranges::sort(out);
  return out;
}

// A body founded in this very transaction is not laid out yet: it stands alone.
const Layout* layout_with(const LedgerView& view, BodyId body, Day day, std::shared_ptr<const Axis>& axis) {
  axis = view.cube->axis(AxisKind::superiors, day);
  return view.organisation->node(body) < axis->layout().size() ? &axis->layout() : nullptr;
}

}  // namespace

std::vector<BodyId> region_below(const LedgerView& view, BodyId body, Day day) {
  std::shared_ptr<const Axis> axis;
  const Layout* layout = layout_with(view, body, day, axis);
  if (!layout) return {body};
  auto out = bodies_in(view, *layout, layout->subtree(view.organisation->node(body)));
  if (out.empty()) out.push_back(body);
  return out;
}

std::vector<BodyId> region_own(const LedgerView& view, BodyId body, Day day) {
  std::shared_ptr<const Axis> axis;
  const Layout* layout = layout_with(view, body, day, axis);
  if (!layout) return {body};
  auto out = bodies_in(view, *layout, layout->own(view.organisation->node(body)));
  if (out.empty()) out.push_back(body);
  return out;
}

bool counts_below(const Organisation& organisation, BodyId body, BodyId above, Day day) {
  if (body == above) return true;
  const TreeInTime& tree = organisation.superiors();
  const Node wanted = organisation.node(above);
  const Placement placed = tree.place(organisation.node(body), day);
  Node at = placed.kind == Placement::Kind::itself || placed.kind == Placement::Kind::nowhere ? organisation.node(body) : placed.at;
  constexpr int highest = 64;
  for (int i = 0; i < highest && at != no_node; ++i) {
    if (at == wanted) return true;
    if (!tree.alive(at, day)) return false;
    at = tree.hangs_under(at, day);
  }
  return false;
}

std::vector<BodyId> everything_above(const Organisation& organisation, BodyId body, Day from) {
  // the longest way up decides the order, so that whoever is above another comes after it
  std::map<BodyId, int> heights{{body, 0}};
  std::vector<BodyId> open{body};
  constexpr int highest = 64;   // trees that moved in circles over time end somewhere
  while (!open.empty()) {
    const BodyId now = open.back();
    open.pop_back();
    const int height = heights[now] + 1;
    if (height > highest) continue;
    const auto climb = [&](BodyId next) {
      if (!next || next == body) return;
      const auto [at, fresh] = heights.try_emplace(next, height);
      if (!fresh && at->second >= height) return;
      at->second = height;
      open.push_back(next);
    };
    const Body& known = organisation.body(now);
    for (std::size_t i = 0; i < known.versions.size(); ++i)
      if (i + 1 == known.versions.size() || known.versions[i + 1].from > from) climb(known.versions[i].superior);
    for (const BodyId successor : heirs(organisation, now)) climb(successor);
  }
  heights.erase(body);
  std::vector<BodyId> out;
  for (const auto& [id, height] : heights) out.push_back(id);
  std::ranges::stable_sort(out, {}, [&](BodyId id) { return heights[id]; });
  return out;
}

}  // namespace khuyenhoc
