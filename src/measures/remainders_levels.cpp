#include <algorithm>

#include "measures/facts_queries.h"
#include "measures/regions.h"
#include "measures/remainders.h"

namespace khuyenhoc {

// By day, what arrived below (or beside) the holder within its total, between two statements.
std::map<Day, std::int64_t> Remainders::arrivals(const Holder& holder, Period days) const {
  std::vector<BodyId> candidates = region(holder, days.first);
  const std::vector<BodyId> later = region(holder, days.last);
  candidates.insert(candidates.end(), later.begin(), later.end());
  std::ranges::sort(candidates);
  candidates.erase(std::ranges::unique(candidates).begin(), candidates.end());
  std::map<Day, std::int64_t> out;
  const auto take = [&](BodyId body, Day day, FactLayer layer, std::int64_t amount) {
    if (body == holder.body && (layer == holder.layer() || (holder.extent == Extent::own && layer != FactLayer::listed))) return;
    const bool below = holder.extent == Extent::subtree ? counts_below(*view_.organisation, body, holder.body, day)
                                                        : std::ranges::binary_search(region_own(view_, holder.body, day), body);
    if (below) out[day] += amount;
  };
  for (const auto& row : facts_sql::arrived_within(reader_, stored_, candidates, days)) take(row.body, row.day, row.layer, row.amount);
  for (const Fact& fact : ledger_.pending(reader_))
    if (fact.series == series_ && fact.arrival == Arrival::within && fact.layer != FactLayer::window && days.contains(fact.day) &&
        std::ranges::binary_search(candidates, fact.body))
      take(fact.body, fact.day, fact.layer, fact.amount);
  return out;
}

Remainders::Plan Remainders::plan_levels(const Holder& holder, Day start) const {
  std::vector<const Statement*> ones;
  for (const Statement& one : holder.statements)
    if (one.value && one.period.last >= start) ones.push_back(&one);
  std::ranges::sort(ones, {}, [](const Statement* one) { return one->period.last; });
  Plan plan;
  std::int64_t before = start == Day::earliest() ? 0 : remainder_sum(holder, holder.layer(), {Day::earliest(), start - 1});
  for (std::size_t i = 0; i < ones.size(); ++i) {
    const Statement& one = *ones[i];
    const Day day = one.period.last;
    const std::int64_t left = std::max<std::int64_t>(0, *one.value - listed(holder, {Day::earliest(), day}));
    plan[{holder.layer(), day, one.id, one.period, FactKind::statement}] = {left - before, one.arrival};
    std::int64_t now = left;
    const Day until = i + 1 < ones.size() ? ones[i + 1]->period.last - 1 : Day::latest();
    if (day + 1 <= until)
      for (const auto& [at, amount] : arrivals(holder, {day + 1, until})) {
        const std::int64_t next = std::clamp<std::int64_t>(now - amount, 0, left);
        if (next != now) plan[{holder.layer(), at, one.id, one.period, FactKind::companion}] = {next - now, Arrival::within};
        now = next;
      }
    before = now;
  }
  return plan;
}

}  // namespace khuyenhoc
