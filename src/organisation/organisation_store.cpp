#include "organisation/organisation_store.h"

#include <cassert>

#include "organisation/body_queries.h"
#include "organisation/organisation_builder.h"

namespace khuyenhoc {

OrganisationStore::OrganisationStore(db::Store& store, TerritoryView territory, const Systems& systems) : store_(store), systems_(systems) {
  assert(territory);
  current_ = OrganisationBuilder(std::move(territory), systems).build(0);
}

OrganisationView OrganisationStore::current() const {
  const std::lock_guard lock(current_mutex_);
  return current_;
}

void OrganisationStore::on_change(std::function<void(OrganisationView)> listener) {
  const std::lock_guard lock(publish_mutex_);
  listeners_.push_back(std::move(listener));
}

void OrganisationStore::show(OrganisationView next) {
  {
    const std::lock_guard lock(current_mutex_);
    current_ = next;
  }
  for (const auto& listener : listeners_) listener(next);
}

void OrganisationStore::load() {
  const std::lock_guard lock(publish_mutex_);
  OrganisationBuilder next(*current(), systems_);
  store_.read([&](db::Reader& reader) {
    followed_ = last_body_change(reader);
    for (auto& body : load_bodies(reader)) next.put(std::move(body));
    for (const auto& link : load_successions(reader)) next.succeed(link.predecessor, link.successor);
  });
  show(next.build(current()->version() + 1));
}

void OrganisationStore::territory_changed(TerritoryView territory) {
  const std::lock_guard lock(publish_mutex_);
  const auto before = current();
  OrganisationBuilder next(*before, systems_);
  next.set_territory(std::move(territory));
  show(next.build(before->version() + 1));
}

OrganisationView OrganisationStore::after(const Batch& batch, const Organisation& before) const {
  OrganisationBuilder next(before, systems_);
  for (const auto& [id, body] : batch.bodies) next.put(body);
  for (const auto& [link, made] : batch.links) {
    if (made) next.succeed(link.predecessor, link.successor);
    else next.forget_succession(link.predecessor, link.successor);
  }
  return next.build(before.version() + 1);
}

void OrganisationStore::publish(const Batch& batch) {
  const std::lock_guard lock(publish_mutex_);
  show(after(batch, *current()));
}

bool OrganisationStore::follow() {
  const std::lock_guard lock(publish_mutex_);
  const auto before = current();
  std::vector<Body> changed;
  std::vector<BodySuccession> links;
  std::int64_t reached = followed_;
  store_.read([&](db::Reader& reader) {
    reached = last_body_change(reader);
    if (reached == followed_) return;
    changed = load_bodies_changed_after(reader, followed_);
    links = load_successions(reader);
  });
  if (reached == followed_) return false;
  followed_ = reached;
  // What this process committed itself is in the snapshot already.
  std::erase_if(changed, [&](const Body& body) {
    const auto* known = before->find(body.id);
    return known && known->row_version >= body.row_version;
  });
  const bool same_links = std::ranges::equal(links, before->successions());
  if (changed.empty() && same_links) return false;
  OrganisationBuilder next(*before, systems_);
  for (auto& body : changed) next.put(std::move(body));
  for (const auto& link : before->successions())
    if (!std::ranges::binary_search(links, link)) next.forget_succession(link.predecessor, link.successor);
  for (const auto& link : links) next.succeed(link.predecessor, link.successor);
  show(next.build(before->version() + 1));
  return true;
}

}  // namespace khuyenhoc
