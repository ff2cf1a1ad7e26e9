#include <algorithm>
#include <set>

#include "base/text.h"
#include "boards/board.h"

namespace khuyenhoc {
namespace {

// The tree a subject stands in, with its nodes as subjects again.
struct Ground {
  const Organisation& organisation;
  const TreeInTime& tree;
  bool by_area;
  Ground(const Organisation& of, const Subject& subject)
      : organisation(of), tree(std::holds_alternative<UnitId>(subject) ? of.areas() : of.superiors()), by_area(std::holds_alternative<UnitId>(subject)) {}
  Node node(const Subject& subject) const {
    return by_area ? organisation.territory().node(std::get<UnitId>(subject)) : organisation.node(std::get<BodyId>(subject));
  }
  // none for a body on the areas axis: it is no part of a unit's past
  std::optional<Subject> subject(Node node) const {
    if (!by_area) return organisation.id(node);
    if (node < organisation.territory().size()) return organisation.territory().id(node);
    return std::nullopt;
  }
  bool belongs(Node node, Node to, Day today) const {
    if (!tree.alive(to, today)) return false;
    const Placement place = tree.place(node, today);
    return (place.kind == Placement::Kind::itself || place.kind == Placement::Kind::inside) && tree.alive(place.at, today) && tree.is_within(place.at, to, today);
  }
};

// Predecessors alive on the day that are wholly part of the node today; none inside another.
std::vector<Node> parts_before(const Ground& ground, Node node, Day day, Day today) {
  std::set<Node> seen;
  std::vector<Node> waiting{node}, found;
  while (!waiting.empty()) {
    const Node at = waiting.back();
    waiting.pop_back();
    if (!seen.insert(at).second) continue;
    if (at != node && ground.tree.alive(at, day)) {
      if (ground.belongs(at, node, today)) found.push_back(at);
      continue;
    }
    const auto before = ground.tree.predecessors(at);
    waiting.insert(waiting.end(), before.begin(), before.end());
  }
  std::ranges::sort(found);
  std::vector<Node> out;
  for (const Node one : found)
    if (std::ranges::none_of(found, [&](Node other) { return other != one && ground.tree.is_within(one, other, day); })) out.push_back(one);
  return out;
}

std::vector<Node> lines_between(const Ground& ground, const Layout& layout, std::span<const Node> parts, Node node, Day today) {
  std::set<Node> above, out;
  for (Node at : parts)
    for (at = layout.shown_parent(at); at != no_node && above.insert(at).second;) at = layout.shown_parent(at);
  above.insert(no_node);
  for (const Node at : above)
    for (const Node line : layout.lines(at))
      if (ground.belongs(line, node, today)) out.insert(line);
  return {out.begin(), out.end()};
}

}  // namespace

Standings standings(const LedgerView& view, const Subject& subject, Day tree, Day today) {
  const Ground ground(*view.organisation, subject);
  const auto axis = view.cube->axis(ground.by_area ? AxisKind::areas : AxisKind::superiors, tree);
  const Layout& layout = axis->layout();
  const Node node = ground.node(subject);
  Standings out;
  out.kind = Standings::Kind::none;
  if (node >= layout.size()) return out;
  const Placement place = layout.placement(node);
  if (place.kind == Placement::Kind::itself) {
    out.kind = Standings::Kind::itself;
    return out;
  }
  if (place.kind == Placement::Kind::nowhere) return out;
  if (!ground.tree.not_yet_born(node, tree)) {            // it has ended: what it became, or its own line
    if (place.kind == Placement::Kind::line) out.kind = Standings::Kind::itself;
    else if (const auto at = ground.subject(place.at)) out = {Standings::Kind::one, {*at}, {}};
    return out;
  }
  if (place.kind == Placement::Kind::inside) {
    if (const auto at = ground.subject(place.at)) {
      out.parts.push_back(*at);
      if (ground.belongs(place.at, node, today)) out.kind = Standings::Kind::one;
    }
    return out;
  }
  const auto parts = parts_before(ground, node, tree, today);
  if (parts.empty()) return out;
  out.kind = Standings::Kind::several;
  for (const Node part : parts)
    if (const auto at = ground.subject(part)) out.parts.push_back(*at);
  std::ranges::sort(out.parts, {}, [&](const Subject& part) { return sort_key(short_subject_name(*view.organisation, part, tree)); });
  for (const Node line : lines_between(ground, layout, parts, node, today))
    if (const auto at = ground.subject(line)) out.between.push_back(*at);
  return out;
}

}  // namespace khuyenhoc
