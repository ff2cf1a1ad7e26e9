#include <algorithm>

#include "measures/facts_queries.h"
#include "measures/periods.h"
#include "measures/regions.h"
#include "measures/remainders.h"
#include "measures/statements_queries.h"

namespace khuyenhoc {

std::vector<const Statement*> Remainders::counting(const Holder& holder) const {
  std::vector<const Statement*> ones;
  for (const Statement& one : holder.statements)
    if (one.value) ones.push_back(&one);
  const auto length = [](const Statement* one) { return one->period.last - one->period.first; };
  std::ranges::sort(ones, {}, [&](const Statement* one) { return std::tuple(Periods::house().rank(one->period), length(one), one->period.first); });
  std::vector<const Statement*> out;
  for (const Statement* one : ones)
    if (std::ranges::none_of(out, [&](const Statement* other) { return other->period.crosses(one->period); })) out.push_back(one);
  std::ranges::sort(out, {}, [&](const Statement* one) { return std::tuple(length(one), one->period.first); });
  return out;
}

Remainders::WindowSums Remainders::window_sums(const Holder& holder, std::span<const BodyId> bodies, Period window) const {
  WindowSums out;
  const auto take = [&](BodyId body, Extent extent, Arrival arrival, std::int64_t amount) {
    if (body == holder.body && (extent == holder.extent || holder.extent == Extent::own)) return;
    out.all += amount;
    if (arrival == Arrival::within) out.taken_off += amount;
  };
  for (const auto& row : statements_sql::window_amounts(reader_, stored_, bodies, window)) take(row.body, row.extent, row.arrival, row.amount);
  for (const Fact& fact : ledger_.pending(reader_)) {
    if (fact.series != series_ || fact.layer != FactLayer::window || fact.amount == 0 || fact.window != window || !std::ranges::binary_search(bodies, fact.body)) continue;
    const auto statement = statements_sql::by_id(reader_, fact.source.id);
    if (statement) take(fact.body, statement->statement.extent, fact.arrival, fact.amount);
  }
  return out;
}

std::map<std::int64_t, std::int64_t> Remainders::explained_counting(const Holder& holder, std::span<const Statement* const> ones) const {
  std::map<std::int64_t, std::int64_t> out;
  std::map<std::int64_t, std::int64_t> left;
  for (const Statement* one : ones) {
    const Period window = one->period;
    std::int64_t explained = listed(holder, window) + window_sums(holder, region(holder, window.last), window).all;
    for (const Statement* inner : ones)
      if (inner != one && window.contains(inner->period)) explained += left[inner->id];
    out[one->id] = explained;
    left[one->id] = std::max<std::int64_t>(0, *one->value - explained);
  }
  return out;
}

Remainders::Plans Remainders::plan_counting(const Holder& holder, std::span<const Statement* const> ones) const {
  Plans plans;
  const auto explained = explained_counting(holder, ones);
  for (const Statement* one : ones) {
    const std::int64_t left = std::max<std::int64_t>(0, *one->value - explained.at(one->id));
    if (left == 0) continue;
    const Period window = one->period;
    const auto inner_on = [&](Day day) {
      const auto at = std::ranges::find_if(ones, [&](const Statement* inner) { return inner != one && window.contains(inner->period) && inner->period.contains(day); });
      return at == ones.end() ? nullptr : *at;
    };
    Day day = window.last;
    while (day >= window.first) {
      const Statement* inner = inner_on(day);
      if (!inner) break;
      day = inner->period.first - 1;
    }
    if (day < window.first) {
      // shorter windows cover all of it: it stands on the last day, and they do not show it when exactly they are asked
      day = window.last;
      for (const Statement* inner : ones)
        if (inner != one && window.contains(inner->period) && inner->period.contains(day))
          plans.windows[{FactLayer::window, inner->period.last, of(*inner), inner->period, FactKind::statement}].amount -= left;
    }
    plans.totals[{holder.layer(), day, of(*one), window, FactKind::statement}] = {left, one->arrival};
  }
  return plans;
}

Remainders::Crossing Remainders::crossing(const Holder& holder, Period window) const {
  const std::vector<BodyId> bodies = region(holder, window.last);
  const WindowSums windows = window_sums(holder, bodies, window);
  std::int64_t all = sum(bodies, window);
  std::int64_t overhanging = facts_sql::overhanging_sum(reader_, stored_, bodies, window);
  for (const Fact& fact : ledger_.pending(reader_))
    if (fact.series == series_ && (fact.layer == FactLayer::remainder || fact.layer == FactLayer::own_remainder) && window.contains(fact.day) &&
        !window.contains(fact.window) && std::ranges::binary_search(bodies, fact.body))
      overhanging += fact.amount;
  if (holder.extent == Extent::own) {
    // the total of the unit is not part of the body's own figure
    const std::int64_t above = remainder_sum(holder, FactLayer::remainder, window);
    all -= above;
    overhanging -= facts_sql::overhanging_sum_of(reader_, stored_, holder.body, FactLayer::remainder, window);
    for (const Fact& fact : ledger_.pending(reader_))
      if (fact.series == series_ && fact.layer == FactLayer::remainder && fact.body == holder.body && window.contains(fact.day) && !window.contains(fact.window))
        overhanging -= fact.amount;
  }
  overhanging += windows.taken_off;
  return {all + windows.all - overhanging, overhanging};
}

}  // namespace khuyenhoc
