#include "world/sitting.h"

#include <algorithm>

#include "rounds/rounds.h"

namespace khuyenhoc::world {

Sitting::Sitting(const World& world, ViewerData who, std::int64_t at_ms)
    : clock_{[at_ms] { return at_ms; }}, trail_(world.house.store, world.house.keys, clock_),
      house_{.store = world.house.store, .clock = clock_, .catalogue = world.house.catalogue, .periods = world.house.periods, .keys = world.house.keys, .territory = world.house.territory,
             .organisation = world.house.organisation, .ledger = world.house.ledger, .statements = world.house.statements, .trail = trail_, .users = world.house.users, .sessions = world.house.sessions},
      viewer_(on(std::move(who), clock_.today()), world.house.organisation.current()) {
  join_rounds(house_);
}

ViewerData Sitting::on(ViewerData who, Day today) {
  who.today = today;
  return who;
}

void Sitting::sign_in() {
  house_.store.write([&](db::Writer& writer) { trail_.write(writer, viewer_, viewer_.acting_for(), "user", viewer_.user().value, "sign_in", {}, {}); });
}

Result<void> Sitting::type(BodyId association, BodyId body, const NamedPeriod& period, std::span<const TypedFigure> figures) {
  EntryDesk desk(house_, viewer_, association, period);
  return house_.store.write([&](db::Writer& writer) -> Result<void> {
    std::vector<CellEntry> cells;
    for (const TypedFigure& one : figures) {
      const auto known = house_.statements.find(writer, body, one.series, period.period, one.extent);
      cells.push_back({body, series_name(house_.catalogue, house_.catalogue.measure_of(one.series), one.extent), one.value, known ? known->row_version : 0});
    }
    for (const CellOutcome& outcome : desk.save(writer, cells))
      if (outcome.state != CellOutcome::State::saved) return refuse(outcome.code, "Kịch bản dữ liệu dùng thử: " + outcome.measure + ": " + outcome.message);
    return {};
  });
}

Result<void> Acts::happen(const World& world) {
  const std::int64_t now = morning_of(world.options.today);
  std::ranges::stable_sort(acts_, {}, [](const auto& act) { return act.first; });
  for (const auto& [at_ms, act] : acts_)
    if (at_ms < now)
      if (auto done = act(); !done) return done;
  acts_.clear();
  return {};
}

}  // namespace khuyenhoc::world
