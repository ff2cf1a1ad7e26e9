#include "measures/statements.h"

#include <cassert>
#include <map>
#include <set>

#include "base/number.h"
#include "measures/acts.h"
#include "measures/entered_register.h"
#include "measures/entry_mode.h"
#include "measures/facts_queries.h"
#include "measures/own_figures.h"
#include "measures/regions.h"
#include "measures/remainders.h"
#include "measures/statement_rules.h"
#include "measures/statements_queries.h"
#include "organisation/heirs.h"

namespace khuyenhoc {

Period statement_window(const Catalogue& catalogue, Series series, Period period) {
  return is_level(catalogue.measure(catalogue.measure_of(series)).kind) ? Period{period.last, period.last} : period;
}

namespace {

// Which of the bodies took over what others had stated, or handed theirs over; flows never are.
std::vector<facts_sql::TakenOver> taken_over(db::Reader& reader, Ledger& ledger, Series series, std::span<const BodyId> bodies) {
  if (!is_handed_over(ledger.catalogue(), series)) return {};
  auto out = facts_sql::taken_over(reader, ledger.stored_series(series), bodies);
  for (const Fact& fact : ledger.pending(reader))
    if (fact.series == series && (fact.layer == FactLayer::own_remainder || fact.layer == FactLayer::remainder) && is_taken_over(fact.kind) &&
        std::ranges::find(bodies, fact.body) != bodies.end())
      out.push_back({fact.body, fact.layer});
  return out;
}

// An ended body counts as part of whoever took its place.
std::set<BodyId> itself_and_heirs(const Organisation& organisation, BodyId body) {
  std::set<BodyId> out{body};
  std::vector<BodyId> open{body};
  while (!open.empty()) {
    const BodyId now = open.back();
    open.pop_back();
    for (const BodyId next : heirs(organisation, now))
      if (out.insert(next).second) open.push_back(next);
  }
  return out;
}

// Whoever states something that a change at a body may concern, lower ones first: the body's own figures, its unit, and everything above.
std::vector<Holder> holders_above(db::Reader& reader, Ledger& ledger, const Organisation& organisation, BodyId body, Series series, Day from) {
  std::vector<BodyId> bodies{body};
  for (const BodyId above : everything_above(organisation, body, from)) bodies.push_back(above);
  std::map<std::pair<BodyId, Extent>, Holder> found;
  for (Statement& one : statements_sql::of_holders(reader, bodies, ledger.stored_series(series), series)) found[{one.body, one.extent}].statements.push_back(std::move(one));
  for (const auto& [id, layer] : taken_over(reader, ledger, series, bodies)) found[{id, layer == FactLayer::own_remainder ? Extent::own : Extent::subtree}].taken_over = true;
  std::vector<Holder> out;
  const std::set<BodyId> own = itself_and_heirs(organisation, body);
  for (const BodyId id : bodies)
    for (const Extent extent : {Extent::own, Extent::subtree}) {
      if (extent == Extent::own && !own.contains(id)) continue;
      out.push_back(std::move(found[{id, extent}]));
      out.back().body = id;
      out.back().extent = extent;
    }
  return out;
}

Holder holder_of(db::Reader& reader, Ledger& ledger, const Statement& statement) {
  Holder out{statement.body, statement.extent, {}, false};
  const BodyId bodies[] = {statement.body};
  for (Statement& one : statements_sql::of_holders(reader, bodies, ledger.stored_series(statement.series), statement.series))
    if (one.extent == statement.extent) out.statements.push_back(std::move(one));
  return out;
}

struct By {
  UserId user;
  std::int64_t at_ms = 0;
  std::int64_t act = 0;
};

// What each total above is explained by before a change: what comes beyond it raises it by the difference.
class Raising {
 public:
  // `changed`: the days the change is about, wide enough for the remainders that may move because of it.
  Raising(Remainders& remainders, std::span<Holder> above, Period changed) : remainders_(remainders) {
    for (const Holder& holder : above) {
      const auto ones = remainders_.concerned(holder, changed);
      for (const Statement* one : ones)
        if (one->value) before_[one->id] = remainders_.explained(holder, *one);
      changed = widened(changed, ones);
    }
  }
  static Period widened(Period changed, std::span<const Statement* const> ones) {
    for (const Statement* one : ones) changed = {std::min(changed.first, one->period.first), std::max(changed.last, one->period.last)};
    return changed;
  }
  // Answers between which days remainders moved already, if they did. `record`: the change, if it is a fact; taken over in the holder's own layer it explains
  // nothing of the total and yet adds to it.
  std::optional<Period> raise(db::Writer& writer, Holder& holder, Period changed, const Fact* record, By by) {
    const bool taken_over_here = record && record->body == holder.body && record->layer == holder.layer();
    std::optional<Period> moved;
    bool settled = false;
    for (const Statement* found : remainders_.inner_first(holder)) {
      const auto at = before_.find(found->id);
      if (at == before_.end()) continue;
      if (!settled && remainders_.answers_only_for_itself(holder, *found)) {
        // what these leave depends on the remainders that the others post
        moved = remainders_.rework(writer, holder, changed);
        settled = true;
      }
      std::int64_t more = remainders_.explained(holder, *found) - at->second;
      if (taken_over_here && record->day <= found->period.last) more += record->amount;
      if (more == 0) continue;
      // written at once: longer windows count on what shorter ones leave
      Statement& one = *std::ranges::find(holder.statements, found->id, &Statement::id);
      one.value = std::max<std::int64_t>(0, *one.value + more);
      ++one.row_version;
      one.by = by.user;
      one.at_ms = by.at_ms;
      statements_sql::update(writer, one, by.act);
    }
    return moved;
  }

 private:
  Remainders& remainders_;
  std::map<std::int64_t, std::int64_t> before_;
};

Period joined(Period one, std::optional<Period> other) {
  return other ? Period{std::min(one.first, other->first), std::max(one.last, other->last)} : one;
}

// From the lowest holder up: raise what the change is beyond of, then work the remainder out again.
void climb(db::Writer& writer, Remainders& remainders, std::span<Holder> above, Period changed, Raising* raising, const Fact* record, By by) {
  for (Holder& holder : above) {
    if (holder.holds_nothing()) continue;
    if (raising) changed = joined(changed, raising->raise(writer, holder, changed, record, by));
    changed = joined(changed, remainders.rework(writer, holder, changed));
  }
}

StatementOutcome outcome_of(Remainders& remainders, const Holder& holder, const Statement& statement) {
  StatementOutcome out;
  out.statement = statement;
  out.listed = remainders.explained(holder, statement);
  if (!statement.value) out.residual = remainders.remainder_on(holder, statement);
  if (statement.value) {
    out.residual = std::max<std::int64_t>(0, *statement.value - out.listed);
    out.conflict = out.listed > *statement.value;
  }
  out.total_after = out.listed + out.residual;
  return out;
}

}  // namespace

Result<StatementOutcome> Statements::state(db::Writer& writer, BodyId body, Series series, Period period, std::optional<std::int64_t> value,
                                           std::int64_t expected_version, Arrival arrival, UserId by, std::int64_t now_ms, Extent extent) {
  const Catalogue& catalogue = ledger_.catalogue();
  const OrganisationView organisation = ledger_.organisation();
  if (auto fine = check_statement(catalogue, *organisation, body, series, period, value, now_ms); !fine) return std::unexpected(fine.error());
  const Measure& measure = catalogue.measure(catalogue.measure_of(series));
  const auto mode_of = [&](BodyId unit) { return statements_sql::entry_mode(writer, unit, period); };
  if (value)
    if (auto fine = check_entry_mode(*organisation, body, measure, period, extent, mode_of); !fine) return std::unexpected(fine.error());

  const Period window = statement_window(catalogue, series, period);
  std::vector<Holder> holders = holders_above(writer, ledger_, *organisation, body, series, window.first);
  const auto mine = std::ranges::find(holders, extent, &Holder::extent);
  auto known = std::ranges::find(mine->statements, window, &Statement::period);
  const std::int64_t version = known == mine->statements.end() ? 0 : known->row_version;
  if (version != expected_version) {
    const auto words = [](std::optional<std::int64_t> number) { return number ? number_text(*number) : tr("chưa báo cáo"); };
    return refuse("statement.stale", tr("Số này vừa được người khác ghi là {}; ông/bà định ghi là {}. Xin xem lại rồi ghi lại nếu cần.",
                                        words(version == 0 ? std::nullopt : known->value), words(value)));
  }
  Remainders remainders(writer, ledger_, series);
  const std::span<Holder> above(holders.begin() + (mine - holders.begin()) + 1, holders.end());
  std::optional<Raising> raising;
  if (arrival == Arrival::beyond) raising.emplace(remainders, above, Raising::widened(window, remainders.concerned(*mine, window)));

  if (known == mine->statements.end()) {
    Statement fresh;
    fresh.id = ledger_.new_id();
    fresh.body = body;
    fresh.series = series;
    fresh.period = window;
    fresh.extent = extent;
    mine->statements.push_back(fresh);
    known = std::prev(mine->statements.end());
  }
  const StatementOutcome before = outcome_of(remainders, *mine, *known);
  const std::int64_t act = act_of(writer, ledger_, by, now_ms);
  ledger_.entered().figures_changed(writer, body, window, (value ? 1 : 0) - (known->value ? 1 : 0));
  known->value = value;
  known->arrival = arrival;
  known->row_version = version + 1;
  known->by = by;
  known->at_ms = now_ms;
  if (version == 0) statements_sql::insert(writer, *known, ledger_.stored_series(series), act);
  else statements_sql::update(writer, *known, act);
  if (const auto changed = remainders.rework(writer, *mine, window)) climb(writer, remainders, above, *changed, raising ? &*raising : nullptr, nullptr, {by, now_ms, act});
  StatementOutcome out = outcome_of(remainders, *mine, *known);
  out.total_before = before.total_after;
  return out;
}

void Statements::record(db::Writer& writer, Fact fact, Arrival arrival, UserId by, std::int64_t now_ms) {
  fact.arrival = arrival;
  const Period changed{fact.day, fact.day};
  const std::int64_t act = act_of(writer, ledger_, by, now_ms);
  std::vector<Holder> holders = holders_above(writer, ledger_, *ledger_.organisation(), fact.body, fact.series, fact.day);
  for (Holder& holder : holders)
    if (holder.body == fact.body && holder.layer() == fact.layer) holder.taken_over = true;
  std::erase_if(holders, [](const Holder& holder) { return holder.holds_nothing(); });
  if (holders.empty()) return ledger_.post(writer, std::move(fact));
  Remainders remainders(writer, ledger_, fact.series);
  std::optional<Raising> raising;
  if (arrival == Arrival::beyond) raising.emplace(remainders, holders, changed);
  ledger_.post(writer, fact);
  climb(writer, remainders, holders, changed, raising ? &*raising : nullptr, &fact, {by, now_ms, act});
}

void Statements::take_back(db::Writer& writer, const Fact& fact, UserId by, std::int64_t now_ms) {
  assert(fact.position > 0 && "only a fact of the log can be taken back");
  Fact opposite = fact;
  opposite.position = 0;
  opposite.amount = -fact.amount;
  opposite.kind = FactKind::reversal;
  opposite.reverses = fact.position;
  record(writer, std::move(opposite), fact.arrival, by, now_ms);
}

void Statements::settle(db::Writer& writer, BodyId body, Series series, Day from) {
  std::vector<Holder> holders = holders_above(writer, ledger_, *ledger_.organisation(), body, series, from);
  Remainders remainders(writer, ledger_, series);
  climb(writer, remainders, holders, {from, Day::latest()}, nullptr, nullptr, {});
}

std::optional<Statement> Statements::find(db::Reader& reader, BodyId body, Series series, Period period, Extent extent) {
  return statements_sql::find(reader, body, ledger_.stored_series(series), series, statement_window(ledger_.catalogue(), series, period), extent);
}

std::vector<Statement> Statements::of_bodies(db::Reader& reader, std::span<const BodyId> bodies, Period period) {
  std::vector<Statement> out;
  const Catalogue& catalogue = ledger_.catalogue();
  const Period day{period.last, period.last};
  for (const Period window : {period, day}) {
    for (auto& stored : statements_sql::of_bodies(reader, bodies, window)) {
      const auto series = ledger_.series_of_stored(stored.series);
      if (!series || statement_window(catalogue, *series, period) != window) continue;
      stored.statement.series = *series;
      out.push_back(std::move(stored.statement));
    }
    if (period == day) break;
  }
  return out;
}

std::vector<Statement> Statements::history(db::Reader& reader, std::int64_t statement) {
  auto stored = statements_sql::by_id(reader, statement);
  if (!stored) return {};
  stored->statement.series = ledger_.series_of_stored(stored->series).value_or(0);
  return statements_sql::versions(reader, stored->statement);
}

std::vector<Unlisted> Statements::unlisted(db::Reader& reader, std::span<const BodyId> bodies, Period period) {
  std::vector<Unlisted> out;
  const Catalogue& catalogue = ledger_.catalogue();
  for (const bool levels : {true, false})
    for (const auto& row : facts_sql::remainders_of(reader, bodies, {levels ? Day::earliest() : period.first, period.last})) {
      const auto series = ledger_.series_of_stored(row.series);
      if (!series || row.amount == 0 || is_level(catalogue.measure(catalogue.measure_of(*series)).kind) != levels) continue;
      out.push_back({row.body, *series, row.layer == FactLayer::own_remainder ? Extent::own : Extent::subtree, row.amount});
    }
  return out;
}

StatementOutcome Statements::explain(db::Reader& reader, const Statement& statement) {
  const Holder holder = holder_of(reader, ledger_, statement);
  Remainders remainders(reader, ledger_, statement.series);
  StatementOutcome out = outcome_of(remainders, holder, statement);
  out.total_before = out.total_after;
  return out;
}

std::int64_t Statements::total_without(db::Reader& reader, const Statement& statement) {
  const Holder holder = holder_of(reader, ledger_, statement);
  Remainders remainders(reader, ledger_, statement.series);
  return remainders.explained(holder, statement) + remainders.remainder_without(holder, statement);
}

}  // namespace khuyenhoc
