#include "organisation/organisation_builder.h"

#include <cassert>

#include "organisation/body_search.h"
#include "organisation/organisation_shape.h"

namespace khuyenhoc {
namespace {

// A version that only renames a body moves it nowhere, so the trees need not know of it.
bool moves(const std::vector<BodyVersion>& versions, std::size_t i) {
  return i == 0 || versions[i].superior != versions[i - 1].superior || versions[i].area != versions[i - 1].area;
}

bool same_place(const Body& a, const Body& b) {
  if (a.born != b.born || a.ended != b.ended || a.voided != b.voided || a.former_area != b.former_area) return false;
  std::size_t i = 0, j = 0;
  while (true) {
    while (i < a.versions.size() && !moves(a.versions, i)) ++i;
    while (j < b.versions.size() && !moves(b.versions, j)) ++j;
    if (i == a.versions.size() || j == b.versions.size()) return i == a.versions.size() && j == b.versions.size();
    const auto& x = a.versions[i++];
    const auto& y = b.versions[j++];
    if (x.from != y.from || x.superior != y.superior || x.area != y.area) return false;
  }
}

// What is searched for: the words of all versions, and the short name of the last.
bool same_names(const Body& a, const Body& b) {
  if (a.versions.back().short_name != b.versions.back().short_name) return false;
  const auto has_words_of = [](const Body& one, const BodyVersion& other) {
    return std::ranges::any_of(one.versions, [&](const BodyVersion& version) { return version.name == other.name && version.short_name == other.short_name; });
  };
  return std::ranges::all_of(a.versions, [&](const auto& version) { return has_words_of(b, version); }) &&
         std::ranges::all_of(b.versions, [&](const auto& version) { return has_words_of(a, version); });
}

// A body taken back never comes to life, so it stands nowhere in the tree of any day.
Day life_begins(const Body& body) { return body.voided ? Day::latest() : body.born; }

}  // namespace

void put_version(Body& body, const BodyVersion& version) {
  const auto before = body.on(version.from);
  auto at = std::ranges::lower_bound(body.versions, version.from, {}, &BodyVersion::from);
  if (at != body.versions.end() && at->from == version.from) *at = version;
  else at = body.versions.insert(at, version);
  bool name = true, short_name = true, superior = true, area = true;
  for (++at; at != body.versions.end(); ++at) {
    const auto carry_on = [](bool& still, auto& later, const auto& old_value, const auto& new_value) {
      still = still && later == old_value;
      if (still) later = new_value;
    };
    carry_on(name, at->name, before.name, version.name);
    carry_on(short_name, at->short_name, before.short_name, version.short_name);
    carry_on(superior, at->superior, before.superior, version.superior);
    carry_on(area, at->area, before.area, version.area);
  }
}

OrganisationBuilder::OrganisationBuilder(TerritoryView territory, const Systems& systems) : systems_(systems) { made_.territory_ = std::move(territory); }

OrganisationBuilder::OrganisationBuilder(const Organisation& before, const Systems& systems)
    : systems_(systems), made_(before), moved_(before.shape_ == nullptr), searchable_(before.search_ != nullptr) {}

void OrganisationBuilder::set_territory(TerritoryView territory) {
  made_.territory_ = std::move(territory);
  moved_ = true;
}

void OrganisationBuilder::replace(Node node, std::shared_ptr<const Body> body) {
  if (!same_place(*made_.bodies_[node], *body)) moved_ = true;
  if (!same_names(*made_.bodies_[node], *body)) renamed_.push_back(node);
  made_.kinds_[node] = &systems_.kind(body->kind);
  made_.bodies_[node] = std::move(body);
}

void OrganisationBuilder::add(std::shared_ptr<const Body> body) {
  renamed_.push_back(static_cast<Node>(made_.bodies_.size()));
  made_.kinds_.push_back(&systems_.kind(body->kind));
  made_.bodies_.push_back(std::move(body));
  moved_ = true;
}

void OrganisationBuilder::put(Body body) {
  assert(body.id && !body.versions.empty());
  const auto at = std::ranges::lower_bound(made_.by_id_, body.id, {}, &std::pair<BodyId, Node>::first);
  const auto id = body.id;
  auto shared = std::make_shared<const Body>(std::move(body));
  if (at != made_.by_id_.end() && at->first == id) return replace(at->second, std::move(shared));
  made_.by_id_.insert(at, {id, static_cast<Node>(made_.bodies_.size())});
  add(std::move(shared));
}

// One sort at the end: ids that lie between those of others would move the whole list once for each.
void OrganisationBuilder::put_all(std::span<const std::shared_ptr<const Body>> bodies) {
  const std::size_t known = made_.by_id_.size();
  for (const auto& body : bodies) {
    assert(body->id && !body->versions.empty());
    const auto end = made_.by_id_.begin() + static_cast<std::ptrdiff_t>(known);
    const auto at = std::lower_bound(made_.by_id_.begin(), end, body->id, [](const auto& entry, BodyId id) { return entry.first < id; });
    if (at != end && at->first == body->id) {
      replace(at->second, body);
      continue;
    }
    made_.by_id_.emplace_back(body->id, static_cast<Node>(made_.bodies_.size()));
    add(body);
  }
  std::ranges::sort(made_.by_id_);
}

void OrganisationBuilder::succeed(BodyId predecessor, BodyId successor) {
  const BodySuccession link{predecessor, successor};
  const auto at = std::ranges::lower_bound(made_.successions_, link);
  if (at != made_.successions_.end() && *at == link) return;
  made_.successions_.insert(at, link);
  moved_ = true;
}

void OrganisationBuilder::forget_succession(BodyId predecessor, BodyId successor) {
  if (std::erase(made_.successions_, BodySuccession{predecessor, successor}) > 0) moved_ = true;
}

void OrganisationBuilder::reshape() {
  auto shape = std::make_shared<Organisation::Shape>();
  const auto& territory = *made_.territory_;
  const auto count = made_.bodies_.size();
  shape->ever_below.resize(count);
  shape->ever_in.resize(territory.size());
  shape->area_nodes.assign(count, no_node);

  auto superiors = std::make_shared<TreeInTime>();
  // A superior that was put in later than the body itself is told by a move; most stand before.
  const auto born_under = [&](Node node) {
    const auto superior = made_.bodies_[node]->versions.front().superior;
    const Node above = superior ? made_.node(superior) : no_node;
    return above == no_node || above < node ? above : no_node;
  };
  for (Node node = 0; node < count; ++node) superiors->add(life_begins(*made_.bodies_[node]), born_under(node));
  for (Node node = 0; node < count; ++node) {
    const auto& body = *made_.bodies_[node];
    for (std::size_t i = 0; i < body.versions.size(); ++i) {
      if (!moves(body.versions, i)) continue;
      const auto& version = body.versions[i];
      const bool first = i == 0;
      if (!version.superior) {
        if (shape->heads.empty() || shape->heads.back() != node) shape->heads.push_back(node);
        if (!first) superiors->move(node, version.from, no_node);
        continue;
      }
      const Node above = made_.node(version.superior);
      if (!first) superiors->move(node, version.from, above);
      else if (born_under(node) != above) superiors->move(node, life_begins(body), above);
      auto& below = shape->ever_below[above];
      if (below.empty() || below.back() != node) below.push_back(node);
    }
    if (body.ended && !body.voided) superiors->end(node, *body.ended);
  }
  for (const auto& link : made_.successions_) {
    const Node before = made_.node(link.predecessor), after = made_.node(link.successor);
    if (made_.kinds_[before]->system == made_.kinds_[after]->system) superiors->succeed(before, after);   // else it stays a line of its own system
  }

  auto areas = std::make_shared<TreeInTime>(territory.tree());
  for (Node node = 0; node < count; ++node) {
    const auto& body = *made_.bodies_[node];
    for (const auto& version : body.versions) {
      auto& in = shape->ever_in[territory.node(version.area)];
      if (in.empty() || in.back() != node) in.push_back(node);
    }
    if (made_.kinds_[node]->system != hkh) continue;
    const auto& first = body.versions.front();
    const Node before = territory.node(body.former_area ? body.former_area : first.area);
    const Node leaf = areas->add(body.voided ? Day::latest() : Day::earliest(), before);
    shape->area_nodes[node] = leaf;
    if (body.voided) continue;
    if (body.former_area) areas->move(leaf, body.born, territory.node(first.area));
    for (std::size_t i = 1; i < body.versions.size(); ++i)
      if (body.versions[i].area != body.versions[i - 1].area) areas->move(leaf, body.versions[i].from, territory.node(body.versions[i].area));
  }
  shape->superiors = std::move(superiors);
  shape->areas = std::move(areas);
  made_.shape_ = std::move(shape);
}

OrganisationView OrganisationBuilder::build(std::uint64_t version) {
  if (moved_) reshape();
  if (!searchable_) made_.search_ = BodySearch::build(made_.bodies_);
  else if (!renamed_.empty()) made_.search_ = made_.search_->with_changed(made_.bodies_, renamed_);
  made_.version_ = version;
  moved_ = false;
  searchable_ = true;
  renamed_.clear();
  return std::make_shared<const Organisation>(made_);
}

Body OrganisationBuilder::copy(BodyId id) const { return made_.body(id); }

BodyId OrganisationBuilder::found(std::string_view kind, std::string_view name, std::string_view short_name, BodyId superior, UnitId area, Day born) {
  Body body;
  body.id = BodyId{made_.by_id_.empty() ? 1 : made_.by_id_.back().first.value + 1};
  for (std::size_t i = 0; i < 8; ++i) body.uid.bytes[15 - i] = static_cast<std::uint8_t>(body.id.value >> (8 * i));
  body.kind = std::string(kind);
  body.born = born;
  body.versions.push_back({born, std::string(name), std::string(short_name), superior, area});
  const auto id = body.id;
  put(std::move(body));
  return id;
}

void OrganisationBuilder::move(BodyId id, Day from, BodyId superior, UnitId area) {
  auto body = copy(id);
  auto version = body.on(from);
  version.from = from;
  version.superior = superior;
  version.area = area;
  put_version(body, version);
  put(std::move(body));
}

void OrganisationBuilder::rename(BodyId id, Day from, std::string_view name, std::string_view short_name) {
  auto body = copy(id);
  auto version = body.on(from);
  version.from = from;
  version.name = std::string(name);
  version.short_name = std::string(short_name);
  put_version(body, version);
  put(std::move(body));
}

void OrganisationBuilder::end(BodyId id, Day first_day_gone) {
  auto body = copy(id);
  body.ended = first_day_gone;
  put(std::move(body));
}

}  // namespace khuyenhoc
