#include <cassert>

#include "base/i18n.h"
#include "organisation/body_queries.h"
#include "organisation/staged_bodies.h"
#include "organisation/staged_bodies_queries.h"

namespace khuyenhoc {
namespace {

using batch_sql::State;

constexpr std::int64_t dead_after_ms = 60'000;
constexpr std::size_t rows_of_a_slice = 500;
constexpr std::size_t bodies_asked_about = 1'000;

}  // namespace

struct BatchTakingBack::Impl {
  OrganisationStore& store;
  Clock clock;
  BodyBatchId batch;
  std::vector<BodyId> bodies;
  bool hidden = false, done = false;

  Refusal depends(BodyId body, std::string_view why) const {
    return {"staged.depends", tr("Không hủy được cả đợt: “{}” {}.", store.current()->body(body).versions.back().name, why)};
  }

  // Everything of this floor, and whatever the rooms above know.
  Result<void> nothing_depends(const WhatDepends& ask) const {
    auto found = store.store().read([&](db::Reader& reader) -> Result<void> {
      if (const auto body = batch_sql::changed_since(reader, batch)) return std::unexpected(depends(*body, tr("đã được sửa sau khi lập")));
      if (const auto body = batch_sql::with_post(reader, batch)) return std::unexpected(depends(*body, tr("đã có chức vụ hoặc tiêu đề văn bản")));
      return {};
    });
    if (!found) return found;
    const OrganisationView now = store.current();
    const auto of_batch = [&](BodyId id) { return std::ranges::binary_search(bodies, id); };
    for (Node node = 0; node < now->size(); ++node) {
      const Body& body = now->body(now->id(node));
      if (body.voided || of_batch(body.id)) continue;
      for (const BodyVersion& version : body.versions)
        if (version.superior && of_batch(version.superior))
          return std::unexpected(depends(version.superior, tr("đã có tổ chức trực thuộc (“{}”)", version.name)));
    }
    for (const BodySuccession& link : now->successions())
      for (const BodyId body : {link.predecessor, link.successor})
        if (of_batch(body)) return std::unexpected(depends(body, tr("đã có trong một quyết định sắp xếp")));
    if (!ask) return {};
    for (std::size_t first = 0; first < bodies.size(); first += bodies_asked_about) {
      const auto part = std::span(bodies).subspan(first, std::min(bodies_asked_about, bodies.size() - first));
      if (auto good = store.store().read([&](db::Reader& reader) { return ask(reader, part); }); !good) return good;
    }
    return {};
  }

  // From one state to another, with the snapshot that shows it worked out before.
  Result<void> turn(State from, State to) {
    constexpr int attempts = 20;
    for (int attempt = 1;; ++attempt) {
      const auto ahead = std::make_shared<OrganisationStore::Ahead>();
      std::tie(ahead->base, ahead->position) = store.up_to_date();
      for (const BodyId id : bodies) {
        auto body = std::make_shared<Body>(ahead->base->body(id));
        body->voided = to != State::appeared;
        ahead->bodies.push_back(std::move(body));
      }
      store.work_out(*ahead);
      auto turned = store.store().write([&](db::Writer& writer) -> Result<void> {
        if (last_body_change(writer) != ahead->position || store.current() != ahead->base) return refuse("staged.again", tr("Vừa có người thay đổi tổ chức; xin thực hiện lại."));
        if (!batch_sql::change(writer, batch, from, to, clock.now_ms())) return unknown();
        writer.before_commit([this, ahead](db::Writer& last) {
          ahead->reached = last.next_positions();
          batch_sql::number_change(last, batch, ahead->reached);
        });
        writer.after_commit([this, ahead] { store.publish(*ahead); });
        writer.hint_after_commit();
        return {};
      });
      if (turned || turned.error().code != "staged.again" || attempt == attempts) return turned;
    }
  }
  static std::unexpected<Refusal> unknown() { return refuse("staged.unknown", tr("Đợt lập tổ chức này không còn, hoặc đã được hủy.")); }
};

BatchTakingBack::BatchTakingBack(OrganisationStore& store, Clock clock, BodyBatchId batch)
    : impl_(new Impl{.store = store, .clock = std::move(clock), .batch = batch, .bodies = {}}) {}
BatchTakingBack::~BatchTakingBack() = default;

Result<void> BatchTakingBack::prepare(const WhatDepends& depends) {
  impl_->store.follow();
  impl_->bodies = impl_->store.store().read([&](db::Reader& reader) { return batch_sql::bodies(reader, impl_->batch); });
  const OrganisationView now = impl_->store.current();
  if (impl_->bodies.empty() || now->find(impl_->bodies.front()) == nullptr) return Impl::unknown();
  if (auto free = impl_->nothing_depends(depends); !free) return free;
  if (auto hidden = impl_->turn(State::appeared, State::hidden); !hidden) return hidden;
  impl_->hidden = true;
  auto still_free = impl_->nothing_depends(depends);
  if (!still_free) leave();
  return still_free;
}

Result<std::size_t> BatchTakingBack::carry_out(db::Writer& writer) {
  assert(impl_->hidden && "prepare() comes first");
  if (!batch_sql::change(writer, impl_->batch, State::hidden, State::taken_back, impl_->clock.now_ms())) return Impl::unknown();
  writer.after_commit([this] { impl_->done = true; });
  return impl_->bodies.size();
}

void BatchTakingBack::leave() {
  if (!impl_->hidden || impl_->done) return;
  impl_->hidden = false;
  static_cast<void>(impl_->turn(State::hidden, State::appeared));
}

void sweep_staged_bodies(db::Store& store, Clock clock, Sweep when) {
  const std::int64_t now_ms = clock.now_ms();
  const bool alone = store.dialect() == db::Dialect::sqlite;
  for (const auto& batch : store.read([](db::Reader& reader) { return batch_sql::unfinished(reader); })) {
    const bool left_behind = (alone && when == Sweep::at_start) || batch.alive_ms + dead_after_ms < now_ms;
    if (batch.state != State::given_up && !left_behind) continue;
    if (batch.state == State::hidden) {
      store.write([&](db::Writer& writer) {
        if (batch_sql::change(writer, batch.id, State::hidden, State::appeared, now_ms))
          writer.before_commit([&](db::Writer& last) { batch_sql::number_change(last, batch.id, last.next_positions()); });
      });
      continue;
    }
    store.write([&](db::Writer& writer) { batch_sql::change(writer, batch.id, State::staged, State::given_up, now_ms); });
    while (store.write([&](db::Writer& writer) { return batch_sql::remove_some(writer, batch.id, rows_of_a_slice); })) {
    }
  }
}

}  // namespace khuyenhoc
