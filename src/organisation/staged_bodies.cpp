#include "organisation/staged_bodies.h"

#include <cassert>
#include <chrono>
#include <future>
#include <unordered_map>

#include "base/i18n.h"
#include "base/slice_size.h"
#include "organisation/body_queries.h"
#include "organisation/body_rules.h"
#include "organisation/staged_bodies_queries.h"

namespace khuyenhoc {
namespace {

using batch_sql::Row;
using batch_sql::State;
using Refusals = std::vector<std::pair<std::size_t, Refusal>>;

Refusal said_about(const Body& body, const Refusal& why) {
  return {"staged.refused", tr("Không lập được “{}”: {}", body.versions.front().name, why.message), why.place};
}

// The bodies that exist and those of the batch, as each of the batch would see them.
class Surroundings {
 public:
  Surroundings(const Systems& systems, const Organisation& organisation, std::span<const Body* const> batch) : systems_(systems), organisation_(organisation) {
    for (const Body* body : batch) {
      batch_.emplace(body->id, body);
      if (const BodyId superior = body->versions.front().superior) (void)below_[superior];
    }
    for (Node node = 0; node < organisation.size(); ++node) {
      const Body& body = organisation.body(organisation.id(node));
      for (const BodyVersion& version : body.versions)
        if (const auto at = below_.find(version.superior); at != below_.end()) at->second.push_back({&body, &version, namesake_key(version.name)});
    }
  }

  Result<void> check(const Body& body, NewBody::Namesake namesake) {
    const BodyVersion& version = body.versions.front();
    const auto find = [&](BodyId id) { return this->find(id); };
    if (auto placed = check_place(systems_, organisation_.territory(), body, version, body.born, find); !placed) return placed;
    if (!version.superior) return {};
    auto& siblings = below_[version.superior];
    std::string key = namesake_key(version.name);
    if (namesake == NewBody::Namesake::refused)
      for (const Sibling& one : siblings)
        if (one.key == key && meets(one, body.born)) return refuse_namesake(version.name);
    siblings.push_back({&body, &version, std::move(key)});
    return {};
  }

 private:
  struct Sibling {
    const Body* body;
    const BodyVersion* version;
    std::string key;
  };
  const Body* find(BodyId id) const {
    if (const auto at = batch_.find(id); at != batch_.end()) return at->second;
    return organisation_.find(id);
  }
  // Two of the batch that do not end are both there some day.
  bool meets(const Sibling& one, Day born) const {
    return batch_.contains(one.body->id) || (one.body->alive(born) && &one.body->on(born) == one.version);
  }

  const Systems& systems_;
  const Organisation& organisation_;
  std::unordered_map<BodyId, const Body*> batch_;
  std::unordered_map<BodyId, std::vector<Sibling>> below_;
};

// Superiors first, otherwise as they were given.
std::vector<std::size_t> in_order(std::span<const Body* const> batch) {
  std::unordered_map<BodyId, std::size_t> places;
  for (std::size_t i = 0; i < batch.size(); ++i) places.emplace(batch[i]->id, i);
  const auto above = [&](std::size_t i) {
    const auto at = places.find(batch[i]->versions.front().superior);
    return at == places.end() ? batch.size() : at->second;
  };
  std::vector<std::size_t> depth(batch.size(), 0), order(batch.size());
  for (std::size_t i = 0; i < batch.size(); ++i) {
    for (std::size_t up = above(i); up != batch.size(); up = above(up)) ++depth[i];   // no circles: the check is done
    order[i] = i;
  }
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return depth[i]; });
  return order;
}

}  // namespace

struct StagedBodies::Impl {
  Impl(OrganisationStore& the_store, const crypto::KeyRing& the_keys, Clock the_clock, std::int64_t the_source)
      : store(the_store), keys(the_keys), clock(std::move(the_clock)), source(the_source), batch(the_store.store().new_id<BodyBatchId>()) {}

  OrganisationStore& store;
  const crypto::KeyRing& keys;
  Clock clock;
  std::int64_t source;
  BodyBatchId batch;
  std::vector<Row> rows;                                   // superiors first
  std::vector<NewBody::Namesake> namesakes;                // of each row
  std::shared_ptr<OrganisationStore::Ahead> ahead = std::make_shared<OrganisationStore::Ahead>();
  OrganisationView checked;                                // what the batch was last checked against
  std::future<std::string> working;                        // at the first snapshot; the digest
  std::string digest;
  bool anything_staged = false;

  // What is true of a batch that was checked against one snapshot may not be against the next.
  Result<void> check_again(const Organisation& now) const {
    std::vector<const Body*> batch_bodies;
    for (const Row& row : rows) batch_bodies.push_back(row.body.get());
    Surroundings around(store.systems(), now, batch_bodies);
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (auto good = around.check(*rows[i].body, namesakes[i]); !good) return std::unexpected(said_about(*rows[i].body, good.error()));
    return {};
  }
  std::string digest_of_all() const {
    constexpr std::size_t at_a_time = 1'000;
    std::string text;
    crypto::Digest last{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
      text += json_of(*rows[i].body) + "\n";
      if ((i + 1) % at_a_time != 0 && i + 1 != rows.size()) continue;
      text += crypto::hex(last);
      last = crypto::digest(crypto::bytes_of(text));
      text.clear();
    }
    return crypto::hex(last);
  }
};

StagedBodies::StagedBodies(OrganisationStore& store, const crypto::KeyRing& keys, Clock clock, std::int64_t source)
    : impl_(std::make_unique<Impl>(store, keys, std::move(clock), source)) {}

// The rows of a batch that was left half way stay for the next sweep: nothing may be written from here, for the end may come inside a transaction.
StagedBodies::~StagedBodies() {
  if (impl_->working.valid()) impl_->working.wait();
}

BodyBatchId StagedBodies::batch() const { return impl_->batch; }
BodyId StagedBodies::new_id() { return impl_->store.store().new_id<BodyId>(); }
std::size_t StagedBodies::size() const { return impl_->rows.size(); }

Refusals StagedBodies::gather(std::vector<StagedBody> given) {
  assert(impl_->rows.empty() && "a batch is gathered once");
  const OrganisationView organisation = impl_->checked = impl_->store.current();
  const std::int64_t now_ms = impl_->clock.now_ms();
  Refusals refused;
  std::vector<std::shared_ptr<const Body>> bodies(given.size());
  std::vector<Contact> contacts(given.size());
  for (std::size_t i = 0; i < given.size(); ++i) {
    auto made = body_to_found(impl_->store.systems(), organisation->territory(), given[i].given);
    auto contact = checked_contact({given[i].id, std::move(given[i].head_name), std::move(given[i].telephone)});
    if (!made) refused.emplace_back(i, made.error());
    else if (!contact) refused.emplace_back(i, contact.error());
    if (!made || !contact) continue;
    assert(given[i].id && "every body of a batch has an id from new_id()");
    made->id = given[i].id;
    if (made->uid == Uuid{}) made->uid = Uuid::make(now_ms);
    bodies[i] = std::make_shared<const Body>(std::move(*made));
    contacts[i] = std::move(*contact);
  }
  std::vector<const Body*> there;
  for (const auto& body : bodies)
    if (body) there.push_back(body.get());
  Surroundings around(impl_->store.systems(), *organisation, there);
  for (std::size_t i = 0; i < bodies.size(); ++i)
    if (bodies[i])
      if (auto good = around.check(*bodies[i], given[i].given.namesake); !good) refused.emplace_back(i, good.error());
  if (!refused.empty()) {
    std::ranges::stable_sort(refused, {}, &Refusals::value_type::first);
    return refused;
  }
  impl_->rows.reserve(bodies.size());
  for (const std::size_t i : in_order(there)) {
    impl_->rows.push_back({bodies[i], std::move(contacts[i].head_name), sealed_telephone(impl_->keys, contacts[i])});
    impl_->namesakes.push_back(given[i].given.namesake);
    impl_->ahead->bodies.push_back(std::move(bodies[i]));
  }
  sweep_staged_bodies(impl_->store.store(), impl_->clock, Sweep::between);
  impl_->working = std::async(std::launch::async, [this] {
    std::tie(impl_->ahead->base, impl_->ahead->position) = impl_->store.up_to_date();
    impl_->store.work_out(*impl_->ahead);
    return impl_->digest_of_all();
  });
  return {};
}

Result<void> StagedBodies::stage(db::Writer& writer, std::size_t first, std::size_t count) {
  const std::int64_t now_ms = impl_->clock.now_ms();
  impl_->anything_staged = true;
  if (first == 0) batch_sql::open(writer, impl_->batch, impl_->source, now_ms);
  if (!batch_sql::sign_of_life(writer, impl_->batch, State::staged, now_ms))
    return refuse("staged.gone", tr("Việc ghi danh sách đã bị ngừng quá lâu nên phần đã ghi bị bỏ. Xin thực hiện lại từ đầu."));
  const std::size_t end = std::min(impl_->rows.size(), first + count);
  if (first < end) batch_sql::insert(writer, impl_->batch, std::span(impl_->rows).subspan(first, end - first));
  return {};
}

Result<void> StagedBodies::prepare() {
  if (impl_->working.valid()) impl_->digest = impl_->working.get();
  OrganisationStore::Ahead& ahead = *impl_->ahead;
  const auto [now, position] = impl_->store.up_to_date();
  ahead.position = position;
  if (now != impl_->checked) {
    if (auto good = impl_->check_again(*now); !good) return good;
    impl_->checked = now;
  }
  if (now == ahead.base) return {};
  ahead.base = now;
  impl_->store.work_out(ahead);
  return {};
}

Result<BodiesFounded> StagedBodies::appear(db::Writer& writer) {
  if (last_body_change(writer) != impl_->ahead->position || impl_->store.current() != impl_->ahead->base)
    return refuse("staged.again", tr("Vừa có người thay đổi tổ chức; danh sách đang được kiểm tra lại."));
  if (!batch_sql::change(writer, impl_->batch, State::staged, State::appeared, impl_->clock.now_ms()))
    return refuse("staged.gone", tr("Việc ghi danh sách đã bị ngừng quá lâu nên phần đã ghi bị bỏ. Xin thực hiện lại từ đầu."));
  writer.before_commit([batch = impl_->batch, ahead = impl_->ahead](db::Writer& last) {
    ahead->reached = last.next_positions();
    batch_sql::number_change(last, batch, ahead->reached);
  });
  writer.after_commit([&store = impl_->store, ahead = impl_->ahead] { store.publish(*ahead); });
  writer.hint_after_commit();
  return BodiesFounded{impl_->batch, impl_->rows.size(), impl_->digest};
}

void StagedBodies::discard() {
  if (impl_->working.valid()) impl_->working.wait();
  if (!impl_->anything_staged) return;
  db::Store& store = impl_->store.store();
  store.write([&](db::Writer& writer) { batch_sql::change(writer, impl_->batch, State::staged, State::given_up, impl_->clock.now_ms()); });
  sweep_staged_bodies(store, impl_->clock, Sweep::between);
}

Result<BodiesFounded> found_together(OrganisationStore& store, StagedBodies& staged, const StagingCourse& course) {
  constexpr int attempts = 20;
  SliceSize slice(course.slice == 0 ? 400 : course.slice);
  const auto give_up = [&](const Refusal& why) {
    staged.discard();
    return std::unexpected(why);
  };
  for (std::size_t first = 0; first < staged.size();) {
    if (course.should_stop && course.should_stop()) return give_up({"staged.stopped", tr("Việc ghi danh sách đã dừng; chưa có tổ chức nào được lập.")});
    std::chrono::nanoseconds taken{};
    auto written = store.store().write([&](db::Writer& writer) {
      const auto began = std::chrono::steady_clock::now();
      auto staged_now = staged.stage(writer, first, slice.now());
      taken = std::chrono::steady_clock::now() - began;
      return staged_now;
    });
    if (!written) return give_up(written.error());
    first += slice.now();
    if (course.slice == 0) slice.took(taken);
    if (course.progress) course.progress(std::min(staged.size(), first));
  }
  for (int attempt = 1;; ++attempt) {
    if (auto ready = staged.prepare(); !ready) return give_up(ready.error());
    auto founded = store.store().write([&](db::Writer& writer) -> Result<BodiesFounded> {
      auto appeared = staged.appear(writer);
      if (!appeared || !course.at_the_end) return appeared;
      if (auto told = course.at_the_end(writer, *appeared); !told) return std::unexpected(told.error());
      return appeared;
    });
    if (founded) return founded;
    if (founded.error().code != "staged.again" || attempt == attempts) return give_up(founded.error());
  }
}

std::optional<BodyBatchId> batch_of_source(db::Reader& reader, std::int64_t source) { return batch_sql::of_source(reader, source); }
void give_up_staged(db::Writer& writer, std::int64_t source) { batch_sql::give_up(writer, source); }

}  // namespace khuyenhoc
