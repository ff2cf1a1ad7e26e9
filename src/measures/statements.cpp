#include "measures/statements.h"

#include <cassert>
#include <map>

#include "base/number.h"
#include "measures/entry_mode.h"
#include "measures/facts_queries.h"
#include "measures/regions.h"
#include "measures/remainders.h"
#include "measures/statements_queries.h"

namespace khuyenhoc {

Period statement_window(const Catalogue& catalogue, Series series, Period period) {
  return is_level(catalogue.measure(catalogue.measure_of(series)).kind) ? Period{period.last, period.last} : period;
}

namespace {

// Whoever states something that a change at a body may concern, lower ones first: the body's own figures, its unit, and everything above.
std::vector<Holder> holders_above(db::Reader& reader, Ledger& ledger, const Organisation& organisation, BodyId body, Series series, Day from) {
  std::vector<BodyId> bodies{body};
  for (const BodyId above : everything_above(organisation, body, from)) bodies.push_back(above);
  std::map<std::pair<BodyId, Extent>, std::vector<Statement>> found;
  for (Statement& one : statements_sql::of_holders(reader, bodies, ledger.stored_series(series), series)) found[{one.body, one.extent}].push_back(std::move(one));
  std::vector<Holder> out;
  for (const BodyId id : bodies)
    for (const Extent extent : {Extent::own, Extent::subtree})
      if (extent == Extent::subtree || id == body) out.push_back({id, extent, std::move(found[{id, extent}])});
  return out;
}

struct By {
  UserId user;
  std::int64_t at_ms = 0;
};

// What each total above is explained by before a change: what comes beyond it raises it by the difference.
class Raising {
 public:
  Raising(Remainders& remainders, std::span<Holder> above, Period changed) : remainders_(remainders), changed_(changed) {
    for (const Holder& holder : above)
      for (const Statement* one : remainders_.concerned(holder, changed_))
        if (one->value) before_[one->id] = remainders_.explained(holder, *one);
  }
  void raise(db::Writer& writer, Holder& holder, By by) {
    for (Statement& one : holder.statements) {
      const auto at = before_.find(one.id);
      if (!one.value || at == before_.end()) continue;
      const std::int64_t more = remainders_.explained(holder, one) - at->second;
      if (more != 0) changes_.emplace_back(&one, std::max<std::int64_t>(0, *one.value + more));
    }
    for (auto& [one, value] : changes_) {
      one->value = value;
      ++one->row_version;
      one->by = by.user;
      one->at_ms = by.at_ms;
      statements_sql::update(writer, *one);
    }
    changes_.clear();
  }

 private:
  Remainders& remainders_;
  Period changed_;
  std::map<std::int64_t, std::int64_t> before_;
  std::vector<std::pair<Statement*, std::int64_t>> changes_;
};

Period joined(Period one, std::optional<Period> other) {
  return other ? Period{std::min(one.first, other->first), std::max(one.last, other->last)} : one;
}

// From the lowest holder up: raise what the change is beyond of, then work the remainder out again.
void climb(db::Writer& writer, Remainders& remainders, std::span<Holder> above, Period changed, Raising* raising, By by) {
  for (Holder& holder : above) {
    if (holder.statements.empty()) continue;
    if (raising) raising->raise(writer, holder, by);
    changed = joined(changed, remainders.rework(writer, holder, changed));
  }
}

Result<void> check_value(const Catalogue& catalogue, const Organisation& organisation, BodyId body, Series series, Period period, std::optional<std::int64_t> value,
                         std::int64_t now_ms) {
  const Measure& measure = catalogue.measure(catalogue.measure_of(series));
  if (!is_typed(measure.kind)) return refuse("statement.kind", tr("“{}” do chương trình tính, không nhập tay được.", measure.label(current_language())));
  if (value && *value < 0) return refuse("statement.negative", tr("Số liệu không được âm. Không có thì xin ghi số 0, chưa biết thì để trống."));
  constexpr std::int64_t largest = 999'999'999'999'999;
  if (value && *value > largest) return refuse("statement.size", tr("Số này quá lớn. Xin xem lại số chữ số và đơn vị tính ({}).", measure.unit(current_language())));
  constexpr int longest = 6 * 366, furthest = 400;
  if (period.last < period.first || period.last - period.first > longest || period.last - day_of_ms(now_ms) > furthest)
    return refuse("statement.window", tr("Kỳ số liệu chưa đúng: {}. Xin chọn lại kỳ.", period.text()));
  const Body* known = organisation.find(body);
  if (!known || known->voided || known->born > period.last || (known->ended && *known->ended <= period.first))
    return refuse("statement.body", tr("Đơn vị này không hoạt động trong kỳ đã chọn, nên không ghi số liệu của kỳ đó được."));
  if (measure.level == RecordedAt::commune && organisation.kind(body).level == BodyKind::Level::branch)
    return refuse("statement.level", tr("“{}” do Hội Khuyến học xã, phường ghi, chi hội không phải ghi.", measure.label(current_language())));
  return {};
}

// Totals come from the branches or from the unit, never from both (domain 0b.3).
Result<void> check_mode(db::Reader& reader, const Organisation& organisation, BodyId body, const Measure& measure, Period period, Extent extent) {
  if (measure.level != RecordedAt::branch) return {};
  if (organisation.kind(body).level != BodyKind::Level::branch) {
    if (extent == Extent::subtree && statements_sql::entry_mode(reader, body, period) == EntryMode::from_branches)
      return refuse("statement.mode", tr("Kỳ này đơn vị tổng hợp từ chi hội, ban, nên không ghi số chung. Muốn ghi số chung, xin đổi cách tính số toàn đơn vị trước."));
    return {};
  }
  BodyId at = organisation.body(body).on(period.last).superior;
  for (int i = 0; at && i < 8; ++i, at = organisation.body(at).on(period.last).superior)
    if (organisation.kind(at).level != BodyKind::Level::branch) {
      if (statements_sql::entry_mode(reader, at, period) == EntryMode::stated_whole)
        return refuse("statement.mode", tr("Kỳ này {} nhập số chung, nên chi hội, ban không ghi riêng.", organisation.body(at).on(period.last).name));
      return {};
    }
  return {};
}

StatementOutcome outcome_of(Remainders& remainders, const Holder& holder, const Statement& statement) {
  StatementOutcome out;
  out.statement = statement;
  out.listed = remainders.explained(holder, statement);
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
  if (auto fine = check_value(catalogue, *organisation, body, series, period, value, now_ms); !fine) return std::unexpected(fine.error());
  const Measure& measure = catalogue.measure(catalogue.measure_of(series));
  if (value)
    if (auto fine = check_mode(writer, *organisation, body, measure, period, extent); !fine) return std::unexpected(fine.error());

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
  if (arrival == Arrival::beyond) raising.emplace(remainders, above, window);

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
  known->value = value;
  known->arrival = arrival;
  known->row_version = version + 1;
  known->by = by;
  known->at_ms = now_ms;
  if (version == 0) statements_sql::insert(writer, *known, ledger_.stored_series(series));
  else statements_sql::update(writer, *known);
  if (const auto changed = remainders.rework(writer, *mine, window)) climb(writer, remainders, above, *changed, raising ? &*raising : nullptr, {by, now_ms});
  StatementOutcome out = outcome_of(remainders, *mine, *known);
  out.total_before = before.total_after;
  return out;
}

void Statements::record(db::Writer& writer, Fact fact, Arrival arrival, UserId by, std::int64_t now_ms) {
  fact.arrival = arrival;
  const Period changed{fact.day, fact.day};
  std::vector<Holder> holders = holders_above(writer, ledger_, *ledger_.organisation(), fact.body, fact.series, fact.day);
  std::erase_if(holders, [](const Holder& holder) { return holder.statements.empty(); });
  if (holders.empty()) return ledger_.post(writer, std::move(fact));
  Remainders remainders(writer, ledger_, fact.series);
  std::optional<Raising> raising;
  if (arrival == Arrival::beyond) raising.emplace(remainders, holders, changed);
  ledger_.post(writer, std::move(fact));
  climb(writer, remainders, holders, changed, raising ? &*raising : nullptr, {by, now_ms});
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
  climb(writer, remainders, holders, {from, Day::latest()}, nullptr, {});
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

StatementOutcome Statements::explain(db::Reader& reader, const Statement& statement) {
  Holder holder{statement.body, statement.extent, {}};
  const BodyId bodies[] = {statement.body};
  for (Statement& one : statements_sql::of_holders(reader, bodies, ledger_.stored_series(statement.series), statement.series))
    if (one.extent == statement.extent) holder.statements.push_back(std::move(one));
  Remainders remainders(reader, ledger_, statement.series);
  StatementOutcome out = outcome_of(remainders, holder, statement);
  out.total_before = out.total_after;
  return out;
}

}  // namespace khuyenhoc
