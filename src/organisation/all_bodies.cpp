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
  return at == bodies_.end() ? nullptr : &at->second;
}

std::span<const BodyId> OrganisationChanges::AllBodies::ever_below(BodyId superior) const {
  const auto at = below_.find(superior);
  return at == below_.end() ? std::span<const BodyId>() : std::span<const BodyId>(at->second);
}

void OrganisationChanges::AllBodies::hang(BodyId body, BodyId superior) {
  if (!superior) return;
  auto& below = below_[superior];
  const auto at = std::ranges::lower_bound(below, body);
  if (at == below.end() || *at != body) below.insert(at, body);
}

void OrganisationChanges::AllBodies::put(const Body& body) {
  const auto [at, fresh] = bodies_.try_emplace(body.id);
  changed_.try_emplace(body.id, fresh ? Standing::fresh : Standing::known);
  for (const auto& version : at->second.versions) {
    if (!version.superior || std::ranges::find(body.versions, version.superior, &BodyVersion::superior) != body.versions.end()) continue;
    auto& below = below_[version.superior];
    const auto gone = std::ranges::lower_bound(below, body.id);
    if (gone != below.end() && *gone == body.id) below.erase(gone);
  }
  for (const auto& version : body.versions) hang(body.id, version.superior);
  at->second = body;
}

void OrganisationChanges::AllBodies::link(BodySuccession link) {
  links_.insert(link);
  changed_links_[link] = true;
}

void OrganisationChanges::AllBodies::unlink(BodySuccession link) {
  links_.erase(link);
  changed_links_[link] = false;
}

void OrganisationChanges::AllBodies::write_down(db::Writer& writer) {
  std::vector<Body> fresh, known;
  for (const auto& [id, standing] : changed_) (standing == Standing::fresh ? fresh : known).push_back(bodies_.at(id));
  if (!fresh.empty()) insert_bodies(writer, fresh);
  if (!known.empty()) update_bodies(writer, known);
  for (const auto& [link, made] : changed_links_) {
    if (made) insert_succession(writer, link);
    else delete_succession(writer, link);
  }
  changed_.clear();
  changed_links_.clear();
}

}  // namespace khuyenhoc
