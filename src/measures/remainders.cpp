#include "measures/remainders.h"

#include <algorithm>
#include <cassert>
#include <set>

#include "measures/facts_queries.h"
#include "measures/regions.h"

namespace khuyenhoc {

Remainders::Remainders(db::Reader& reader, Ledger& ledger, Series series)
    : reader_(reader),
      ledger_(ledger),
      series_(series),
      stored_(ledger.stored_series(series)),
      level_(is_level(ledger.catalogue().measure(ledger.catalogue().measure_of(series)).kind)),
      view_(ledger.view()) {}

std::int64_t Remainders::sum(std::span<const BodyId> bodies, Period days) const {
  std::int64_t out = facts_sql::sum(reader_, stored_, bodies, days);
  for (const Fact& fact : ledger_.pending(reader_))
    if (fact.series == series_ && fact.layer != FactLayer::window && days.contains(fact.day) && std::ranges::binary_search(bodies, fact.body)) out += fact.amount;
  return out;
}

std::int64_t Remainders::remainder_sum(const Holder& holder, FactLayer layer, Period days) const {
  std::int64_t out = facts_sql::remainder_sum(reader_, stored_, holder.body, layer, days);
  for (const Fact& fact : ledger_.pending(reader_))
    if (fact.series == series_ && fact.layer == layer && fact.body == holder.body && days.contains(fact.day)) out += fact.amount;
  return out;
}

std::vector<BodyId> Remainders::region(const Holder& holder, Day day) const {
  return holder.extent == Extent::own ? region_own(view_, holder.body, day) : region_below(view_, holder.body, day);
}

std::int64_t Remainders::listed(const Holder& holder, Period days) const {
  std::int64_t out = sum(region(holder, days.last), days) - remainder_sum(holder, FactLayer::remainder, days);
  if (holder.extent == Extent::own) out -= remainder_sum(holder, FactLayer::own_remainder, days);
  return out;
}

std::vector<const Statement*> Remainders::concerned(const Holder& holder, Period changed) const {
  std::vector<const Statement*> out;
  if (level_) {
    for (const Statement& one : holder.statements)
      if (one.value && one.period.last >= changed.first) out.push_back(&one);
    return out;
  }
  // flows: whatever overlaps the change, and what overlaps that, because windows inside and across each other share the work
  std::vector<bool> taken(holder.statements.size());
  for (bool grew = true; grew;) {
    grew = false;
    for (std::size_t i = 0; i < holder.statements.size(); ++i) {
      const Period window = holder.statements[i].period;
      if (taken[i] || window.last < changed.first || changed.last < window.first) continue;
      taken[i] = grew = true;
      changed = {std::min(changed.first, window.first), std::max(changed.last, window.last)};
    }
  }
  for (std::size_t i = 0; i < holder.statements.size(); ++i)
    if (taken[i]) out.push_back(&holder.statements[i]);
  return out;
}

std::vector<const Statement*> Remainders::inner_first(const Holder& holder) const {
  std::vector<const Statement*> out;
  if (!level_) out = counting(holder);
  for (const Statement& one : holder.statements)
    if (one.value && std::ranges::find(out, &one) == out.end()) out.push_back(&one);
  return out;
}

bool Remainders::answers_only_for_itself(const Holder& holder, const Statement& statement) const {
  if (level_) return false;
  const auto counts = counting(holder);
  return std::ranges::find(counts, statement.id, &Statement::id) == counts.end();
}

// What is in force of the holder's facts: neither taken back nor taking back.
std::vector<Fact> Remainders::live(const Holder& holder, FactLayer layer) const {
  std::set<std::int64_t> reversed;
  std::vector<Fact> out;
  for (const Fact& fact : ledger_.pending(reader_)) {
    if (fact.series != series_ || fact.body != holder.body || fact.layer != layer || fact.amount == 0) continue;
    if (fact.reverses != 0) reversed.insert(fact.reverses);
    else out.push_back(fact);
  }
  for (const auto& row : facts_sql::remainders(reader_, holder.body, stored_, layer))
    if (!reversed.contains(row.position))
      out.push_back({row.position, row.body, row.day, series_, row.amount, row.kind, {ledger_.noun_of_stored(row.noun), row.source}, 0, row.layer, row.arrival, {}});
  return out;
}

std::optional<Period> Remainders::post(db::Writer& writer, const Holder& holder, const Plan& plan, std::vector<Fact> all,
                                       const std::function<bool(const Fact&)>& concerns) {
  std::map<Source, Period> windows;
  for (const Statement& one : holder.statements) windows[of(one)] = one.period;
  std::map<Place, std::vector<Fact>> standing;
  for (Fact& fact : all) {
    if (is_taken_over(fact.kind) || !concerns(fact)) continue;
    if (const auto window = windows.find(fact.source); window != windows.end()) fact.window = window->second;
    else if (fact.source.noun == "statement") continue;           // of the other extent of this body
    standing[{fact.layer, fact.day, fact.source, fact.window, fact.kind}].push_back(std::move(fact));
  }
  std::optional<Period> changed;
  const auto note = [&](Day day) { changed = changed ? Period{std::min(changed->first, day), std::max(changed->last, day)} : Period{day, day}; };
  std::set<Place> places;
  for (const auto& [place, facts] : standing) places.insert(place);
  for (const auto& [place, wanted] : plan) places.insert(place);
  for (const Place& place : places) {
    const auto at = plan.find(place);
    const Wanted wanted = at == plan.end() ? Wanted{} : at->second;
    const auto& facts = standing[place];
    std::int64_t now = 0;
    bool same_arrival = true;
    for (const Fact& fact : facts) {
      now += fact.amount;
      same_arrival = same_arrival && fact.arrival == wanted.arrival;
    }
    if (now == wanted.amount && (now == 0 || same_arrival)) continue;
    for (const Fact& fact : facts) ledger_.reverse(writer, fact);
    ledger_.post(writer, {0, holder.body, place.day, series_, wanted.amount, place.kind, place.source, 0, place.layer, wanted.arrival, place.window});
    if (place.layer == FactLayer::window) {
      note(place.window.first);
      note(place.window.last);
    }
    note(place.day);
  }
  return changed;
}

std::optional<Period> Remainders::rework(db::Writer& writer, const Holder& holder, Period changed) {
  if (holder.holds_nothing()) return std::nullopt;
  if (level_) {
    // the gap that the change falls into belongs to the last statement before it
    Day start = Day::earliest();
    for (const Statement& one : holder.statements)
      if (one.value && one.period.last <= changed.first) start = std::max(start, one.period.last);
    std::vector<Fact> standing = live(holder, holder.layer());
    const Plan plan = plan_levels(holder, start, standing);
    return post(writer, holder, plan, std::move(standing), [&](const Fact& fact) { return fact.day >= start; });
  }
  const auto ones = concerned(holder, changed);
  if (ones.empty()) return std::nullopt;
  std::set<std::int64_t> ids;
  for (const Statement* one : ones) ids.insert(one->id);
  auto counts = counting(holder);
  std::erase_if(counts, [&](const Statement* one) { return !ids.contains(one->id); });
  Plans plans = plan_counting(holder, counts);
  auto first = post(writer, holder, plans.totals, live(holder, holder.layer()), [&](const Fact& fact) { return ids.contains(fact.source.id); });
  Plan& windows = plans.windows;
  for (const Statement* one : ones) {   // after the totals are posted: they may overhang these windows
    if (!one->value || std::ranges::find(counts, one) != counts.end()) continue;
    const Crossing state = crossing(holder, one->period);
    const Place place{FactLayer::window, one->period.last, of(*one), one->period, FactKind::statement};
    windows[place] = {std::max<std::int64_t>(0, *one->value - state.explained), Arrival::beyond};
    Place off = place;
    off.kind = FactKind::companion;
    windows[off] = {-state.overhanging, Arrival::within};
  }
  const auto second = post(writer, holder, windows, live(holder, FactLayer::window), [&](const Fact& fact) { return ids.contains(fact.source.id); });
  if (!first) return second;
  if (second) first = Period{std::min(first->first, second->first), std::max(first->last, second->last)};
  return first;
}

std::int64_t Remainders::explained(const Holder& holder, const Statement& statement) {
  if (level_) return listed(holder, {Day::earliest(), statement.period.last});
  auto counts = counting(holder);
  if (std::ranges::find(counts, statement.id, &Statement::id) == counts.end()) return crossing(holder, statement.period).explained;
  std::erase_if(counts, [&](const Statement* one) { return !statement.period.contains(one->period); });
  return explained_counting(holder, counts).at(statement.id);
}

}  // namespace khuyenhoc
