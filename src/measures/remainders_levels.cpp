#include <algorithm>
#include <set>

#include "measures/facts_queries.h"
#include "measures/regions.h"
#include "measures/remainders.h"

namespace khuyenhoc {

// By day, what arrived below (or beside) the holder within its total, between two statements. Nothing arrives at a body that has ended: what it held was
// handed over or waits for that on its line, and what is recorded there later waits for whoever takes it over.
std::map<Day, std::int64_t> Remainders::arrivals(const Holder& holder, Period days) const {
  if (const Body* body = view_.organisation->find(holder.body); body && body->ended) days.last = std::min(days.last, *body->ended - 1);
  if (days.last < days.first) return {};
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

std::int64_t RemainderCourse::take(std::int64_t arrived) {
  const std::int64_t before = now;
  now = std::clamp(now - arrived, std::min<std::int64_t>(now, 0), std::max(now, most));
  return now - before;
}

void Remainders::go_on(Plan& plan, const Holder& holder, RemainderCourse& course, Period gap, const std::map<Day, HandedOver>& handed, const Statement* statement) const {
  auto next_handed = handed.lower_bound(gap.first);
  const auto end_handed = handed.upper_bound(gap.last);
  Source source = statement ? of(*statement) : Source{};
  if (!statement) {
    if (next_handed == end_handed) return;
    gap.first = next_handed->first;     // nothing to take from before
  }
  const std::map<Day, std::int64_t> arrived = arrivals(holder, gap);
  std::set<Day> days;
  for (const auto& [day, amount] : arrived) days.insert(day);
  for (auto at = next_handed; at != end_handed; ++at) days.insert(at->first);
  for (const Day day : days) {
    std::int64_t change = 0;
    if (next_handed != end_handed && next_handed->first == day) {
      change += course.take(next_handed->second.within);
      course.hand(next_handed->second.amount);
      if (!statement) source = next_handed->second.source;
      ++next_handed;
    }
    if (const auto at = arrived.find(day); at != arrived.end()) change += course.take(at->second);
    if (change != 0) plan[{holder.layer(), day, source, statement ? statement->period : Period{}, FactKind::companion}] = {change, Arrival::within};
  }
}

Remainders::Plan Remainders::plan_levels(const Holder& holder, Day start, std::span<const Fact> standing) const {
  std::vector<const Statement*> ones;
  for (const Statement& one : holder.statements)
    if (one.value && one.period.last >= start) ones.push_back(&one);
  std::ranges::sort(ones, {}, [](const Statement* one) { return one->period.last; });
  Plan plan;
  RemainderCourse course;               // at first: what stands before the start, which is then the day of the first statement
  std::map<Day, HandedOver> handed;
  for (const Fact& fact : standing) {
    if (fact.day < start) {
      course.now += fact.amount;
    } else if (is_taken_over(fact.kind)) {
      HandedOver& on_day = handed[fact.day];
      on_day.amount += fact.amount;
      if (fact.arrival == Arrival::within && fact.amount > 0) on_day.within += fact.amount;
      on_day.source = std::max(on_day.source, fact.source);
    }
  }
  Day from = start;
  const Statement* last = nullptr;
  for (const Statement* one : ones) {
    const Day day = one->period.last;
    if (from < day) go_on(plan, holder, course, {from, day - 1}, handed, last);
    const std::int64_t left = std::max<std::int64_t>(0, *one->value - listed(holder, {Day::earliest(), day}));
    const auto taken_over = handed.find(day);
    plan[{holder.layer(), day, of(*one), one->period, FactKind::statement}] = {left - course.now - (taken_over == handed.end() ? 0 : taken_over->second.amount), one->arrival};
    course = {left, left};
    from = day + 1;
    last = one;
  }
  go_on(plan, holder, course, {from, Day::latest()}, handed, last);
  return plan;
}

std::int64_t Remainders::remainder_on(const Holder& holder, const Statement& statement) const {
  return level_ ? remainder_sum(holder, holder.layer(), {Day::earliest(), statement.period.last}) : 0;
}

std::int64_t Remainders::remainder_without(const Holder& holder, const Statement& statement) {
  if (!level_) return 0;
  Holder others = holder;
  for (Statement& one : others.statements)
    if (one.id == statement.id) one.value.reset();
  const Day day = statement.period.last;
  const std::vector<Fact> standing = live(holder, holder.layer());
  std::int64_t sum = 0;
  for (const Fact& fact : standing)
    if (is_taken_over(fact.kind) && fact.day <= day) sum += fact.amount;
  for (const auto& [place, wanted] : plan_levels(others, Day::earliest(), standing))
    if (place.day <= day) sum += wanted.amount;
  return sum;
}

}  // namespace khuyenhoc
