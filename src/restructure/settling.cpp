// After a restructure or its undoing: stated totals are worked out again along the new tree.
#include <unordered_set>

#include "measures/regions.h"
#include "organisation/heirs.h"
#include "restructure/restructure_run.h"

namespace khuyenhoc {

namespace sql = restructure_sql;

namespace {

// These bodies as far as they are alive on the day, and whoever's totals may contain what happens at one of them from the day on.
std::set<BodyId> holders_around(const Organisation& organisation, const std::set<BodyId>& moved, Day day) {
  std::set<BodyId> out;
  std::unordered_set<BodyId> reached;
  std::vector<BodyId> open;
  const auto reach = [&](BodyId id) {
    if (id && reached.insert(id).second) open.push_back(id);
  };
  const auto climb = [&](const Body& body) {
    for (std::size_t i = 0; i < body.versions.size(); ++i)
      if (i + 1 == body.versions.size() || body.versions[i + 1].from > day) reach(body.versions[i].superior);
    for (const auto successor : heirs(organisation, body.id)) reach(successor);
  };
  for (const auto id : moved)
    if (const auto* body = organisation.find(id)) {
      if (body->alive(day)) out.insert(id);
      climb(*body);
    }
  while (!open.empty()) {
    const auto id = open.back();
    open.pop_back();
    out.insert(id);
    climb(organisation.body(id));
  }
  return out;
}

// Of thousands most are branches with nobody below: a tree that changes around them changes nothing of their own totals.
void leave_whoever_heads_something(std::set<BodyId>& holders, const Organisation& organisation, const std::set<BodyId>& posted_at) {
  std::unordered_set<BodyId> heads;
  for (Node node = 0; node < organisation.size(); ++node) {
    for (const auto& version : organisation.body(organisation.id(node)).versions) heads.insert(version.superior);
    for (const auto successor : organisation.successors(organisation.id(node))) heads.insert(successor);
  }
  std::erase_if(holders, [&](BodyId id) { return !heads.contains(id) && !posted_at.contains(id); });
}

}  // namespace

// What the holder took over and has not stated anew shrinks by what came in below it since; where nothing did, there is nothing to work out.
std::set<Series> Restructures::explained_since(db::Reader& reader, const Organisation& organisation, BodyId holder, Day from) const {
  std::set<Series> out;
  for (const FactLayer layer : {FactLayer::own_remainder, FactLayer::remainder}) {
    const auto taken_over = taken_over_series(reader, ledger_, holder, layer);
    if (taken_over.empty() || !organisation.find(holder)) continue;
    const auto view = ledger_.view();
    const auto region = layer == FactLayer::remainder ? region_below : region_own;
    std::set<BodyId> below;
    for (const Day day : {from, Day::latest()})
      for (const auto body : region(view, holder, day)) below.insert(body);
    const std::vector<BodyId> bodies(below.begin(), below.end());
    for (const auto series : arrived_series(reader, ledger_, taken_over, bodies, from)) out.insert(series);
  }
  return out;
}

Result<void> Restructures::settle_one(db::Writer& writer, const StoredRestructure& one, const RestructureBy& by) {
  const auto taken = sql::taken(writer, ledger_.catalogue(), one.id);
  if (one.undone_ms)
    for (const auto& statement : taken) {
      if (statement.restated) continue;
      const auto& was = statement.statement;
      const auto now = statements_.find(writer, was.body, was.series, was.period, was.extent);
      const auto restated = statements_.state(writer, was.body, was.series, was.period, was.value, now ? now->row_version : 0, Arrival::within, by.user, by.now_ms,
                                              was.extent);
      if (!restated) return std::unexpected(restated.error());
      sql::mark_restated(writer, one.id, was.id);
    }
  const auto view = organisation_.current();
  // Whoever stood above these bodies before, or stands above them now, in the tree as it is and as it was.
  std::set<BodyId> moved;
  std::size_t images = 0;
  for (const auto& image : sql::images(writer, one.id)) {
    ++images;
    moved.insert(image.body.id);
    for (const auto& version : image.body.versions) moved.insert(version.superior);
  }
  for (const auto& line : sql::fates(writer, one.id)) moved.insert(line.other);
  // In bulk it is asked once which series live on after the day at all: entered in time, that is none, and only handovers have moved.
  std::optional<std::set<Series>> in_use;
  if (images >= bulk_from_) {
    in_use = series_in_use_from(writer, ledger_, one.day);
    for (const auto& statement : taken) in_use->insert(statement.statement.series);
    if (in_use->empty()) return {};
  }
  auto holders = holders_around(*view, moved, one.day);
  if (in_use) {
    const auto posted_at = sql::posted_at(writer, one.id);
    leave_whoever_heads_something(holders, *view, {posted_at.begin(), posted_at.end()});
  }
  for (const auto holder : holders) {
    std::set<Series> stated = explained_since(writer, *view, holder, one.day);
    // A level stated earlier holds until the next one, so what comes below later still takes from it.
    for (const auto& statement : statements_from(writer, ledger_, holder, Day::earliest()))
      if (statement.period.last >= one.day || is_handed_over(ledger_.catalogue(), statement.series)) stated.insert(statement.series);
    for (const auto series : stated)
      if (!in_use || in_use->contains(series)) statements_.settle(writer, holder, series, one.day);
  }
  return {};
}

Result<void> Restructures::settle(const RestructureBy& by) {
  const auto open = organisation_.store().read([](db::Reader& reader) { return sql::unsettled(reader); });
  for (const auto& one : open) {
    auto done = organisation_.store().write([&](db::Writer& writer) -> Result<void> {
      if (const auto now = find(writer, one.id); !now || now->settled) return {};
      if (auto settled = settle_one(writer, one, by); !settled) return settled;
      sql::set_settled(writer, one.id, true);
      return {};
    });
    if (!done) return done;
  }
  return {};
}

}  // namespace khuyenhoc
