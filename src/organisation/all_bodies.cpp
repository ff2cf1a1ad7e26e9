#include "organisation/all_bodies.h"

#include <cassert>

#include "organisation/bodies_in_bulk_queries.h"
#include "organisation/body_queries.h"

namespace khuyenhoc {

OrganisationChanges::AllBodies::AllBodies(db::Reader& reader) {
  auto all = load_bodies(reader);
  bodies_.reserve(all.size());
  for (auto& body : all) {
    for (const auto& version : body.versions) hang(body.id, version.superior);
    const auto id = body.id;
    bodies_.emplace(id, std::move(body));
  }
  for (const auto& link : load_successions(reader)) links_.insert(link);
}

const Body* OrganisationChanges::AllBodies::find(BodyId id) const {
  const auto at = bodies_.find(id);
  if (at != bodies_.end()) return &at->second;
  return snapshot_ ? snapshot_->find(id) : nullptr;
}

std::vector<BodyId> OrganisationChanges::AllBodies::ever_below(BodyId superior) const {
  assert(!snapshot_ && "nothing is taken back on trial");
  const auto at = below_.find(superior);
  return at == below_.end() ? std::vector<BodyId>() : at->second;
}

std::vector<BodyId> OrganisationChanges::AllBodies::children(BodyId superior, Day day) const {
  std::vector<BodyId> out;
  const auto add = [&](BodyId id) {
    const auto* body = find(id);
    if (body->alive(day) && body->on(day).superior == superior) out.push_back(id);
  };
  if (const auto at = below_.find(superior); at != below_.end()) std::ranges::for_each(at->second, add);
  if (snapshot_ && snapshot_->find(superior)) {
    std::ranges::for_each(snapshot_->directly_below(superior, day), add);
    std::ranges::sort(out);
    out.erase(std::ranges::unique(out).begin(), out.end());
  }
  return out;
}

bool OrganisationChanges::AllBodies::linked(BodySuccession link) const {
  if (const auto at = changed_links_.find(link); at != changed_links_.end()) return at->second;
  return links_.contains(link) || (snapshot_ && std::ranges::binary_search(snapshot_->successions(), link));
}

void OrganisationChanges::AllBodies::hang(BodyId body, BodyId superior) {
  if (!superior) return;
  auto& below = below_[superior];
  const auto at = std::ranges::lower_bound(below, body);
  if (at == below.end() || *at != body) below.insert(at, body);
}

void OrganisationChanges::AllBodies::put(const Body& body) {
  if (snapshot_ && !bodies_.contains(body.id))
    if (const auto* known = snapshot_->find(body.id)) bodies_.emplace(body.id, *known);
  const auto [at, fresh] = bodies_.try_emplace(body.id);
  if (!changed_.contains(body.id)) changed_.emplace(body.id, fresh ? Stored() : Stored(at->second.versions));
  for (const auto& version : at->second.versions) {
    if (!version.superior || std::ranges::find(body.versions, version.superior, &BodyVersion::superior) != body.versions.end()) continue;
    auto& below = below_[version.superior];
    const auto gone = std::ranges::lower_bound(below, body.id);
    if (gone != below.end() && *gone == body.id) below.erase(gone);
  }
  for (const auto& version : body.versions) hang(body.id, version.superior);
  at->second = body;
}

// Made and forgotten again, or the other way round, is no change to what is stored.
void OrganisationChanges::AllBodies::changed(BodySuccession link, bool made) {
  const auto [at, fresh] = changed_links_.emplace(link, made);
  if (!fresh && at->second != made) changed_links_.erase(at);
}

void OrganisationChanges::AllBodies::link(BodySuccession link) {
  if (linked(link)) return;
  links_.insert(link);
  changed(link, true);
}

void OrganisationChanges::AllBodies::unlink(BodySuccession link) {
  if (!linked(link)) return;
  links_.erase(link);
  changed(link, false);
}

void OrganisationChanges::AllBodies::write_down(db::Writer& writer) {
  std::vector<Body> fresh;
  std::vector<ChangedBody> known;
  for (const auto& [id, stored] : changed_) {
    const auto& body = bodies_.at(id);
    if (stored) known.push_back({&body, *stored});
    else fresh.push_back(body);
  }
  if (!fresh.empty()) insert_bodies(writer, fresh);
  if (!known.empty()) update_bodies(writer, known);
  std::vector<BodySuccession> made;
  for (const auto& [link, is_made] : changed_links_) {
    if (is_made) made.push_back(link);
    else delete_succession(writer, link);
  }
  if (!made.empty()) insert_successions(writer, made);
  changed_.clear();
  changed_links_.clear();
}

}  // namespace khuyenhoc
