// What a body was and what it is: the tree of a chosen day and today's, row by row with the decision that lies between.
#include <algorithm>
#include <set>

#include "base/i18n.h"
#include "organisation/namesakes.h"
#include "restructure/trees.h"

namespace khuyenhoc {
namespace {

// Alive on `day` and standing for a body of another day: itself, or along the successions.
enum class Along { successors, predecessors };
std::vector<BodyId> standing_for(const Organisation& organisation, BodyId id, Day day, Along along) {
  std::vector<BodyId> out, open{id};
  std::set<BodyId> seen;
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (!seen.insert(open[i]).second || organisation.find(open[i]) == nullptr) continue;
    if (organisation.body(open[i]).alive(day)) out.push_back(open[i]);
    else
      for (const auto next : along == Along::successors ? organisation.successors(open[i]) : organisation.predecessors(open[i])) open.push_back(next);
  }
  return out;
}

// The day of the last change of the kind between the two days: a body that moved, and ended later, ended by the later decision.
std::optional<Day> day_of_change(const Body& body, LifeRow::What what, Day then, Day now) {
  if (body.ended && then < *body.ended && *body.ended <= now) return body.ended;
  if (what == LifeRow::What::renamed || what == LifeRow::What::moved) {
    const auto kept = [&](const BodyVersion& version) { return what == LifeRow::What::renamed ? version.name == body.on(now).name : version.superior == body.on(now).superior; };
    std::optional<Day> since;
    for (const auto& version : body.versions) {
      if (now < version.from) break;
      if (!kept(version)) since.reset();
      else if (!since) since = version.from;
    }
    return since;
  }
  if (then < body.born && body.born <= now) return body.born;
  return std::nullopt;
}

void say_decision(db::Reader& reader, Restructures& restructures, const Body& body, Day then, Day now, LifeRow& row) {
  const auto day = day_of_change(body, row.what, then, now);
  for (const auto& act : restructures.of_body(reader, body.id))
    if (!act.undone_ms && then < act.day && act.day <= now && (!day || act.day == *day)) {
      row.restructure = act.id;
      row.title = act.title;
      if (!act.basis.number.empty()) row.basis = tr("Quyết định số {} ngày {} của {}", act.basis.number, act.basis.date.text(), act.basis.issuer);
      return;                                              // the latest: they come newest first
    }
}

LifeRow row_then(db::Reader& reader, Restructures& restructures, const Organisation& organisation, BodyId id, Day then, Day now) {
  LifeRow row{id, name_among_siblings(organisation, id, then), LifeRow::What::same, {}, {}, {}, {}, {}};
  const Body& body = organisation.body(id);
  if (!body.alive(now)) {
    const auto heirs = standing_for(organisation, id, now, Along::successors);
    for (const auto heir : heirs) row.others.emplace_back(heir, organisation.body(heir).on(now).name);
    row.what = heirs.empty() ? LifeRow::What::ended : heirs.size() == 1 ? LifeRow::What::merged : LifeRow::What::divided;
  } else if (body.on(then).name != body.on(now).name) {
    row.what = LifeRow::What::renamed;
    row.others.emplace_back(id, body.on(now).name);
  } else if (body.on(then).superior != body.on(now).superior) {
    row.what = LifeRow::What::moved;
    row.superior = organisation.body(body.on(now).superior).on(now).name;
  }
  if (row.what != LifeRow::What::same) say_decision(reader, restructures, body, then, now, row);
  return row;
}

LifeRow row_now(db::Reader& reader, Restructures& restructures, const Organisation& organisation, BodyId id, Day then, Day now) {
  LifeRow row{id, name_among_siblings(organisation, id, now), LifeRow::What::same, {}, {}, {}, {}, {}};
  const Body& body = organisation.body(id);
  if (!body.alive(then)) {
    const auto origins = standing_for(organisation, id, then, Along::predecessors);
    for (const auto origin : origins) row.others.emplace_back(origin, organisation.body(origin).on(then).name);
    row.what = origins.empty() ? LifeRow::What::opened : LifeRow::What::merged;
  } else if (body.on(then).name != body.on(now).name) {
    row.what = LifeRow::What::renamed;
    row.others.emplace_back(id, body.on(then).name);
  } else if (body.on(then).superior != body.on(now).superior) {
    row.what = LifeRow::What::moved;
    row.superior = body.on(then).superior ? organisation.body(body.on(then).superior).on(then).name : std::string();
  }
  // what joined a body that went on stands in it, too
  if (body.alive(then))
    for (const auto joined : organisation.predecessors(id))
      if (organisation.body(joined).alive(then) && !organisation.body(joined).alive(now)) {
        row.what = LifeRow::What::merged;
        row.others.emplace_back(joined, organisation.body(joined).on(then).name);
      }
  if (row.what != LifeRow::What::same) say_decision(reader, restructures, body, then, now, row);
  return row;
}

std::vector<BodyId> family(const Organisation& organisation, BodyId body) {
  std::vector<BodyId> out{body};
  for (std::size_t i = 0; i < out.size() && i < 100; ++i)
    for (const auto before : organisation.predecessors(out[i]))
      if (std::ranges::find(out, before) == out.end()) out.push_back(before);
  return out;
}

}  // namespace

std::optional<Day> day_before_last_change(db::Reader& reader, Restructures& restructures, const Organisation& organisation, BodyId body, Day now) {
  std::optional<Day> last;
  for (const auto one : family(organisation, body)) {
    for (const auto& act : restructures.of_body(reader, one))
      if (!act.undone_ms && act.day <= now && (!last || *last < act.day)) last = act.day;
    if (const auto born = organisation.body(one).born; one == body && !organisation.predecessors(body).empty() && (!last || *last < born)) last = born;
  }
  if (!last) return std::nullopt;
  return *last - 1;
}

BeforeAndAfter before_and_after(db::Reader& reader, Restructures& restructures, const Organisation& organisation, BodyId body, Day then, Day now) {
  BeforeAndAfter out{then, now, {}, {body, organisation.body(body).on(now).name, {}}, {}};
  for (const auto origin : standing_for(organisation, body, then, Along::predecessors)) {
    LifeSide side{origin, organisation.body(origin).on(then).name, {}};
    for (const auto below : organisation.children(origin, then)) side.rows.push_back(row_then(reader, restructures, organisation, below, then, now));
    out.before.push_back(std::move(side));
  }
  for (const auto below : organisation.children(body, now)) out.after.rows.push_back(row_now(reader, restructures, organisation, below, then, now));
  std::set<Day> days;
  for (const auto one : family(organisation, body))
    for (const auto& act : restructures.of_body(reader, one))
      if (!act.undone_ms && act.day <= now) days.insert(act.day);
  out.days.assign(days.rbegin(), days.rend());
  return out;
}

}  // namespace khuyenhoc
