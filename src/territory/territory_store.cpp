#include "territory/territory_store.h"

#include <algorithm>
#include <cassert>

#include "territory/frame.h"
#include "territory/territory_queries.h"

namespace khuyenhoc {

TerritoryStore::TerritoryStore() : state_{std::make_shared<TerritoryRecords>(), TerritoryBuilder().build()} {}

TerritoryStore::State TerritoryStore::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

TerritoryView TerritoryStore::current() const { return state().view; }
std::vector<Restructure> TerritoryStore::restructures() const { return state().records->acts; }

void TerritoryStore::load(db::Reader& reader) {
  TerritoryBuilder builder(territory_queries::load(reader));
  auto view = builder.build();
  State next{std::make_shared<TerritoryRecords>(std::move(builder).take()), std::move(view)};
  const std::lock_guard lock(mutex_);
  state_ = std::move(next);
}

bool TerritoryStore::refresh(db::Reader& reader) {
  if (territory_queries::version(reader) == state().records->version) return false;
  load(reader);
  const auto view = current();
  for (const auto& listener : listeners_) listener(view);
  return true;
}

// A change of another process, or one of this very group of commits, may be in the store and not yet in memory.
TerritoryStore::State TerritoryStore::fresh(db::Reader& reader) const {
  auto known = state();
  if (territory_queries::version(reader) == known.records->version) return known;
  return {std::make_shared<TerritoryRecords>(territory_queries::load(reader)), nullptr};
}

void TerritoryStore::publish_after(db::Writer& writer, TerritoryRecords records) {
  ++records.version;
  records.items.clear();
  territory_queries::raise_version(writer, records.version);
  TerritoryBuilder builder(std::move(records));
  auto view = builder.build();
  State next{std::make_shared<TerritoryRecords>(std::move(builder).take()), std::move(view)};
  writer.after_commit([this, next = std::move(next)] {
    {
      const std::lock_guard lock(mutex_);
      if (next.records->version <= state_.records->version) return;
      state_ = next;
    }
    for (const auto& listener : listeners_) listener(next.view);
  });
}

Result<void> TerritoryStore::apply_acts(db::Writer& writer, const Change& change) {
  const auto before = fresh(writer);
  TerritoryBuilder builder(*before.records);
  if (auto done = change(builder); !done) return done;
  assert(builder.settled());
  auto records = std::move(builder).take();
  if (records.last_act == before.records->last_act) return {};
  territory_queries::write_acts_after(writer, records, RestructureId{before.records->last_act});
  publish_after(writer, std::move(records));
  return {};
}

namespace {

Result<RestructureId> make_act(TerritoryBuilder& builder, const RestructureAct& act, const TerritoryStore::Change& change) {
  const auto begun = builder.begin(act);
  if (!begun) return begun;
  if (auto done = change(builder); !done) return std::unexpected(done.error());
  if (auto done = builder.finish(); !done) return std::unexpected(done.error());
  return begun;
}

}  // namespace

Result<RestructureId> TerritoryStore::apply(db::Writer& writer, const RestructureAct& act, const Change& change) {
  RestructureId id;
  const auto done = apply_acts(writer, [&](TerritoryBuilder& builder) -> Result<void> {
    const auto made = make_act(builder, act, change);
    if (!made) return std::unexpected(made.error());
    id = *made;
    return {};
  });
  if (!done) return std::unexpected(done.error());
  return id;
}

Result<TerritoryView> TerritoryStore::preview(const RestructureAct& act, const Change& change) const {
  TerritoryBuilder builder(*state().records);
  if (const auto made = make_act(builder, act, change); !made) return std::unexpected(made.error());
  return builder.build();
}

Result<void> TerritoryStore::undo(db::Writer& writer, RestructureId act) {
  const auto before = fresh(writer);
  TerritoryBuilder builder(*before.records);
  const auto touched = builder.touched_by(act);
  if (auto done = builder.undo(act); !done) return done;
  const auto& undone = *std::ranges::find(before.records->acts, act, &Restructure::id);
  for (const auto& check : undo_checks_) {
    if (auto can = check(writer, undone, touched); !can) return can;
  }
  territory_queries::undo(writer, act);
  publish_after(writer, std::move(builder).take());
  return {};
}

Result<void> TerritoryStore::install_frame(db::Writer& writer) { return apply_acts(writer, build_frame); }

void TerritoryStore::check_before_undo(UndoCheck check) { undo_checks_.push_back(std::move(check)); }
void TerritoryStore::on_publish(OnPublish listener) { listeners_.push_back(std::move(listener)); }

std::vector<Restructure> TerritoryStore::acts_of(db::Reader& reader, UnitId unit) { return territory_queries::acts_of(reader, unit); }
std::vector<RestructureItem> TerritoryStore::items(db::Reader& reader, RestructureId act) { return territory_queries::items(reader, act); }

}  // namespace khuyenhoc
