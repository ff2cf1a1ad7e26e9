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

void OrganisationStore::on_change(std::function<void(OrganisationView)> listener, std::function<Step(OrganisationView)> ahead) {
  const std::lock_guard lock(publish_mutex_);
  listeners_.push_back({std::move(listener), std::move(ahead)});
}

void OrganisationStore::show(OrganisationView next) {
  {
    const std::lock_guard lock(current_mutex_);
    current_ = next;
  }
  for (const auto& listener : listeners_) listener.now(next);
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

// Where nobody else writes there is nothing between the last change that is known and this one, so it need not be read back.
void OrganisationStore::committed_here(std::int64_t position) {
  if (store_.dialect() == db::Dialect::sqlite) followed_ = std::max(followed_, position);
}

void OrganisationStore::publish(const Batch& batch) {
  const std::lock_guard lock(publish_mutex_);
  committed_here(batch.position);
  show(after(batch, *current()));
}

OrganisationView OrganisationStore::after(const Ahead& ahead, const Organisation& before) const {
  OrganisationBuilder next(before, systems_);
  next.put_all(ahead.bodies);
  if (ahead.links_known) {
    for (const auto& link : before.successions())
      if (!std::ranges::binary_search(ahead.links, link)) next.forget_succession(link.predecessor, link.successor);
    for (const auto& link : ahead.links) next.succeed(link.predecessor, link.successor);
  }
  return next.build(before.version() + 1);
}

void OrganisationStore::work_out(Ahead& ahead) const {
  ahead.next = after(ahead, *ahead.base);
  ahead.steps.clear();
  for (const auto& listener : listeners_) ahead.steps.push_back(listener.ahead ? listener.ahead(ahead.next) : Step());
}

void OrganisationStore::publish(Ahead& ahead) {
  const std::lock_guard lock(publish_mutex_);
  committed_here(ahead.reached);
  show(ahead);
}

void OrganisationStore::show(Ahead& ahead) {
  if (current() != ahead.base) return show(after(ahead, *current()));
  {
    const std::lock_guard swapping(current_mutex_);
    current_ = ahead.next;                                       // `ahead.base` still holds the one before: freeing it takes long
  }
  for (std::size_t i = 0; i < listeners_.size(); ++i) {
    if (ahead.steps[i]) ahead.steps[i]();
    else listeners_[i].now(ahead.next);
  }
}

std::pair<OrganisationView, std::int64_t> OrganisationStore::up_to_date() {
  follow();
  const std::lock_guard lock(publish_mutex_);
  return {current(), followed_};
}

// What others founded by the thousand is worked out while everybody goes on; whatever this process commits meanwhile makes it begin again, twice at most.
bool OrganisationStore::follow() {
  const std::lock_guard one_at_a_time(follow_mutex_);
  constexpr int attempts = 3;
  for (int attempt = 1;; ++attempt) {
    std::unique_lock lock(publish_mutex_);
    Ahead ahead;
    ahead.base = current();
    const std::int64_t followed = followed_;
    if (attempt < attempts) lock.unlock();
    std::int64_t reached = followed;
    std::vector<Body> changed;
    store_.read([&](db::Reader& reader) {
      reached = last_body_change(reader);
      if (reached == followed) return;
      changed = load_bodies_changed_after(reader, followed);
      ahead.links = load_successions(reader);
    });
    if (reached == followed) return false;
    // What this process committed itself is in the snapshot already.
    std::erase_if(changed, [&](const Body& body) {
      const auto* known = ahead.base->find(body.id);
      return known && known->row_version >= body.row_version && known->voided == body.voided;
    });
    const bool nothing_new = changed.empty() && std::ranges::equal(ahead.links, ahead.base->successions());
    if (!nothing_new) {
      for (auto& body : changed) ahead.bodies.push_back(std::make_shared<const Body>(std::move(body)));
      ahead.links_known = true;
      work_out(ahead);
    }
    if (!lock.owns_lock()) lock.lock();
    if (current() != ahead.base) continue;
    followed_ = reached;
    if (!nothing_new) show(ahead);
    return !nothing_new;
  }
}

}  // namespace khuyenhoc
