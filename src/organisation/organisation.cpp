#include "organisation/organisation.h"

#include <cassert>

#include "base/text.h"
#include "organisation/body_search.h"
#include "organisation/namesakes.h"
#include "organisation/organisation_shape.h"

namespace khuyenhoc {

const BodyVersion& Body::on(Day day) const {
  assert(!versions.empty());
  auto at = std::ranges::upper_bound(versions, day, {}, &BodyVersion::from);
  return at == versions.begin() ? versions.front() : *(at - 1);
}

const Territory& Organisation::territory() const { return *territory_; }
std::size_t Organisation::size() const { return bodies_.size(); }
std::uint64_t Organisation::version() const { return version_; }
const TreeInTime& Organisation::superiors() const { return *shape_->superiors; }
const TreeInTime& Organisation::areas() const { return *shape_->areas; }
std::shared_ptr<const TreeInTime> Organisation::shared_superiors() const { return shape_->superiors; }
std::shared_ptr<const TreeInTime> Organisation::shared_areas() const { return shape_->areas; }
const std::vector<Node>& Organisation::area_nodes() const { return shape_->area_nodes; }
Node Organisation::area_node(BodyId id) const { return shape_->area_nodes[node(id)]; }
std::span<const BodySuccession> Organisation::successions() const { return successions_; }

const Body* Organisation::find(BodyId id) const {
  const auto at = std::ranges::lower_bound(by_id_, id, {}, &std::pair<BodyId, Node>::first);
  return at == by_id_.end() || at->first != id ? nullptr : bodies_[at->second].get();
}

const Body& Organisation::body(BodyId id) const { return *bodies_[node(id)]; }

Node Organisation::node(BodyId id) const {
  const auto at = std::ranges::lower_bound(by_id_, id, {}, &std::pair<BodyId, Node>::first);
  assert(at != by_id_.end() && at->first == id && "a body that is not in the organisation");
  return at->second;
}

BodyId Organisation::id(Node node) const { return bodies_[node]->id; }

const BodyKind& Organisation::kind(BodyId id) const { return *kinds_[node(id)]; }

std::vector<BodyId> Organisation::bodies_covering(UnitId unit, std::string_view system, Day day) const {
  std::vector<BodyId> out;
  for (const Node node : shape_->ever_in[territory_->node(unit)]) {
    const auto& body = *bodies_[node];
    if (kinds_[node]->system == system && body.alive(day) && body.on(day).area == unit) out.push_back(body.id);
  }
  return out;
}

std::vector<BodyId> Organisation::bodies_within(UnitId unit, std::string_view system, Day day) const {
  std::vector<BodyId> out;
  const Node top = territory_->node(unit);
  for (Node place = 0; place < shape_->ever_in.size(); ++place) {
    if (shape_->ever_in[place].empty() || (place != top && !territory_->tree().is_within(place, top, day))) continue;
    const auto here = bodies_covering(territory_->id(place), system, day);
    out.insert(out.end(), here.begin(), here.end());
  }
  return out;
}

BodyId Organisation::head(std::string_view system, Day day) const {
  for (const Node node : shape_->heads) {
    const auto& body = *bodies_[node];
    if (kinds_[node]->system == system && kinds_[node]->level == BodyKind::Level::centre && body.alive(day) && !body.on(day).superior) return body.id;
  }
  return BodyId{};
}

std::vector<BodyId> Organisation::children(BodyId superior, Day day) const {
  std::vector<std::pair<std::string, BodyId>> sorted;
  for (const BodyId below : directly_below(superior, day)) sorted.emplace_back(sort_key(body(below).on(day).short_name), below);
  std::ranges::sort(sorted);
  std::vector<BodyId> out;
  for (const auto& [key, child] : sorted) out.push_back(child);
  return out;
}

std::vector<BodyId> Organisation::directly_below(BodyId superior, Day day) const {
  std::vector<BodyId> out;
  for (const Node below : shape_->ever_below[node(superior)]) {
    const auto& body = *bodies_[below];
    if (body.alive(day) && body.on(day).superior == superior) out.push_back(body.id);
  }
  return out;
}

std::vector<BodyId> Organisation::below(BodyId id, Day day) const {
  std::vector<BodyId> out;
  std::vector<Node> open{node(id)};
  if (bodies_[open.front()]->alive(day)) out.push_back(id);
  while (!open.empty()) {
    const Node above = open.back();
    open.pop_back();
    for (const Node below : shape_->ever_below[above]) {
      const auto& body = *bodies_[below];
      if (!body.alive(day) || body.on(day).superior != bodies_[above]->id) continue;
      out.push_back(body.id);
      open.push_back(below);
    }
  }
  return out;
}

std::vector<BodyId> Organisation::search(std::string_view typed, Day day, std::size_t limit) const {
  return search(typed, day, limit, [](BodyId) { return true; });
}

std::vector<BodyId> Organisation::search(std::string_view typed, Day day, std::size_t limit, const BodyFilter& allowed) const {
  BodySearch::Query query;
  query.typed = typed;
  query.limit = limit;
  query.superior = [&](Node node) { return superiors().parent(node, day); };
  query.alive = [&](Node node) { return bodies_[node]->alive(day); };
  query.allowed = [&](Node node) { return !bodies_[node]->voided && allowed(bodies_[node]->id); };
  query.level = [&](Node node) { return static_cast<int>(kinds_[node]->level); };
  std::vector<BodyId> out;
  for (const Node node : search_->find(query)) out.push_back(bodies_[node]->id);
  return out;
}

std::string Organisation::path(BodyId id, Day day) const {
  const auto& version = body(id).on(day);
  std::string out = name_among_siblings(*this, id, day);
  const auto add = [&](const std::string& part) {
    if (folded(out).find(folded(part)) == std::string::npos) out += ", " + part;
  };
  // A branch of an office or a university is found by that office, not by a commune.
  for (BodyId above = version.superior; above;) {
    const auto& superior = body(above).on(day);
    const auto level = kind(above).level;
    const auto* area = territory_->find(superior.area);
    if (level == BodyKind::Level::centre || level == BodyKind::Level::province || (area && area->level >= UnitLevel::district)) break;
    add(superior.name);
    above = superior.superior;
  }
  for (UnitId place = version.area; place;) {
    const auto* unit = territory_->find(place);
    if (!unit || unit->level == UnitLevel::country) break;
    const auto& there = unit->on(day);
    if (unit->level != UnitLevel::village) add(there.type + " " + there.name);
    place = there.parent;
  }
  return out;
}

std::vector<BodyId> Organisation::successors(BodyId id) const {
  std::vector<BodyId> out;
  for (auto at = std::ranges::lower_bound(successions_, BodySuccession{id, BodyId{}}); at != successions_.end() && at->predecessor == id; ++at)
    out.push_back(at->successor);
  return out;
}

std::vector<BodyId> Organisation::predecessors(BodyId id) const {
  std::vector<BodyId> out;
  for (const auto& link : successions_)
    if (link.successor == id) out.push_back(link.predecessor);
  return out;
}

}  // namespace khuyenhoc
