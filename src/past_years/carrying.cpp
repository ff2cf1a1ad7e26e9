#include "past_years/carrying.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "measures/own_figures.h"
#include "past_years/old_bodies.h"
#include "restructure/restructure.h"

namespace khuyenhoc {
namespace {

constexpr std::string_view noun = "past_lines";

bool is_ours(const Fact& fact) { return fact.source.noun == noun; }

using Key = std::tuple<Series, Day, FactLayer>;
using Amounts = std::map<Key, std::int64_t>;

// One body whose figures nobody inherits as a whole.
class Line {
 public:
  Line(House& house, db::Reader& reader, const Body& body) : house_(house), reader_(reader), body_(body), ended_(body.ended.value()) {}

  // What must stand against what it held: levels are closed when today's bodies state theirs; what happened in the old bodies' part of a window that today's
  // bodies state as a whole is in their figure already.
  Amounts wanted(const std::vector<Statement>& stated) const {
    Amounts out;
    std::map<Series, Day> first;
    for (const Statement& one : stated)
      if (is_level_of(one.series)) {
        const auto [at, fresh] = first.try_emplace(one.series, one.period.last);
        if (!fresh) at->second = std::min(at->second, one.period.last);
      }
    const Day latest = lines_close_on(house_.periods, ended_);
    std::map<std::pair<Series, FactLayer>, std::int64_t> held;
    for (const OwnLevel& level : own_levels(reader_, house_.ledger, body_.id, ended_ - 1)) held[{level.series, level.layer}] += level.amount;
    for (const Fact& fact : own_facts_from(reader_, house_.ledger, body_.id, ended_))
      if (fact.kind == FactKind::handover && !is_ours(fact) && is_level_of(fact.series)) held[{fact.series, fact.layer}] += fact.amount;
    for (const auto& [what, amount] : held) {
      const auto known = first.find(what.first);
      const Day day = known == first.end() ? latest : std::min(latest, known->second);
      if (amount != 0) out[{what.first, day, what.second}] = -amount;
    }
    flows(stated, out);
    return out;
  }

  Amounts standing() const {
    Amounts out;
    for (const Fact& fact : own_facts_from(reader_, house_.ledger, body_.id, ended_))
      if (is_ours(fact)) out[{fact.series, fact.day, fact.layer}] += fact.amount;
    std::erase_if(out, [](const auto& one) { return one.second == 0; });
    return out;
  }

 private:
  bool is_level_of(Series series) const { return is_level(house_.catalogue.measure(house_.catalogue.measure_of(series)).kind); }

  void flows(const std::vector<Statement>& stated, Amounts& out) const {
    std::map<Series, std::set<std::pair<Day, Day>>> windows;      // by last day, then by first
    for (const Statement& one : stated)
      if (!is_level_of(one.series) && one.period.first < ended_ && one.period.last >= ended_) windows[one.series].insert({one.period.last, one.period.first});
    if (windows.empty()) return;
    std::map<Series, std::vector<std::pair<Day, std::int64_t>>> happened;
    for (const Fact& fact : own_facts_from(reader_, house_.ledger, body_.id, Day::earliest()))
      if (!is_ours(fact) && !is_level_of(fact.series)) happened[fact.series].emplace_back(fact.day, fact.amount);
    for (const auto& [series, ones] : windows)
      for (const auto& [last, first] : ones) {
        std::int64_t left = 0;
        for (const auto& [day, amount] : happened[series])
          if (first <= day && day <= last) left += amount;
        if (left == 0) continue;
        happened[series].emplace_back(last, -left);
        out[{series, last, FactLayer::listed}] -= left;
      }
  }

  House& house_;
  db::Reader& reader_;
  const Body& body_;
  Day ended_;
};

// What today's associations in the area of an old unit have stated since, each asked once.
class Stated {
 public:
  Stated(House& house, db::Reader& reader, const Organisation& organisation)
      : house_(house), reader_(reader), organisation_(organisation), today_(day_of_ms(house.clock.now_ms())) {}

  std::vector<Statement> by_heirs_of(const Body& body) {
    std::vector<Statement> out;
    for (const UnitId commune : communes_now(body.versions.back().area))
      if (const BodyId heir = association_of(organisation_, commune, today_); heir && heir != body.id) {
        const auto [at, fresh] = known_.try_emplace({heir, *body.ended});
        if (fresh) at->second = statements_from(reader_, house_.ledger, heir, *body.ended);
        out.insert(out.end(), at->second.begin(), at->second.end());
      }
    return out;
  }

 private:
  std::set<UnitId> communes_now(UnitId unit) const {
    const auto& land = organisation_.territory();
    std::set<UnitId> out, seen;
    std::vector<UnitId> open{unit};
    while (!open.empty()) {
      const UnitId at = open.back();
      open.pop_back();
      if (!seen.insert(at).second) continue;
      const auto& known = land.unit(at);
      if (known.alive(today_)) {
        if (known.level == UnitLevel::commune) out.insert(at);
        continue;
      }
      for (const UnitId next : land.successors(at)) open.push_back(next);
      if (known.level == UnitLevel::district && known.ended)
        for (const UnitId below : land.children(at, *known.ended - 1)) open.push_back(below);
    }
    return out;
  }

  House& house_;
  db::Reader& reader_;
  const Organisation& organisation_;
  Day today_;
  std::map<std::pair<BodyId, Day>, std::vector<Statement>> known_;
};

template <class Each>
void each_line(House& house, db::Reader& reader, Each each) {
  const auto organisation = house.organisation.current();
  Stated stated(house, reader, *organisation);
  for (const auto& founding : past_years_sql::foundings(reader))
    for (const BodyId id : founding.bodies) {
      const Body* body = organisation->find(id);
      if (body == nullptr || body->voided || !body->ended || organisation->successors(id).size() == 1) continue;
      Line line(house, reader, *body);
      each(founding, *body, line.standing(), line.wanted(stated.by_heirs_of(*body)));
    }
}

void take_back_line(House& house, db::Writer& writer, const Body& body, UserId by, std::int64_t now_ms) {
  for (const Fact& fact : own_facts_from(writer, house.ledger, body.id, body.born))
    if (is_ours(fact)) house.statements.take_back(writer, fact, by, now_ms);
}

}  // namespace

Day lines_close_on(const Periods& periods, Day ended) {
  const auto year = periods.named("bao_cao", "Y", ended.year());
  return year && year->period.last >= ended ? year->period.last : periods.named("bao_cao", "Y", ended.year() + 1)->period.last;
}

bool carry_over(House& house, Restructures& restructures, db::Writer& writer, UserId by, std::int64_t now_ms) {
  bool posted = false;
  for (const auto& founding : past_years_sql::foundings(writer))
    for (const BodyRestructureId id : founding.restructures) posted = restructures.bring_up_to_date(writer, id, {by, now_ms, {}}).has_value() || posted;
  each_line(house, writer, [&](const past_years_sql::Founding& founding, const Body& body, const Amounts& standing, const Amounts& wanted) {
    if (standing == wanted) return;
    posted = true;
    take_back_line(house, writer, body, by, now_ms);
    for (const auto& [key, amount] : wanted) {
      Fact fact;
      fact.body = body.id;
      fact.series = std::get<Series>(key);
      fact.day = std::get<Day>(key);
      fact.layer = std::get<FactLayer>(key);
      fact.amount = amount;
      fact.kind = is_level(house.catalogue.measure(house.catalogue.measure_of(fact.series)).kind) ? FactKind::handover : FactKind::elimination;
      fact.source = {std::string(noun), founding.id};
      house.statements.record(writer, fact, Arrival::within, by, now_ms);
    }
  });
  return posted;
}

bool is_carried(House& house, db::Reader& reader) {
  bool good = true;
  each_line(house, reader, [&](const past_years_sql::Founding&, const Body&, const Amounts& standing, const Amounts& wanted) { good = good && standing == wanted; });
  return good;
}

void take_back_carried(House& house, db::Writer& writer, const past_years_sql::Founding& founding, UserId by, std::int64_t now_ms) {
  const auto organisation = house.organisation.current();
  for (const BodyId id : founding.bodies)
    if (const Body* body = organisation->find(id)) take_back_line(house, writer, *body, by, now_ms);
}

}  // namespace khuyenhoc
