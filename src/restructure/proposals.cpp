#include "restructure/proposals.h"

#include <algorithm>
#include <map>
#include <set>

#include "organisation/in_charge.h"

namespace khuyenhoc {
namespace {

// What an area is on a day: itself, or everything it became.
std::vector<UnitId> standing(const Territory& territory, UnitId unit, Day day) {
  std::vector<UnitId> out, open{unit};
  std::set<UnitId> seen;
  for (std::size_t i = 0; i < open.size(); ++i) {
    const Unit* here = territory.find(open[i]);
    if (here == nullptr || !seen.insert(open[i]).second) continue;
    if (here->alive(day)) out.push_back(open[i]);
    else
      for (const auto next : territory.successors(open[i])) open.push_back(next);
  }
  return out;
}

}  // namespace

DraftBody Proposals::association_of(UnitId unit, const std::string& kind, BodyId superior) const {
  DraftBody out{kind, {}, {}, {superior}, unit};
  const Unit* area = organisation.territory().find(unit);
  if (area == nullptr) return out;
  const auto* of_kind = systems.find(kind);
  const auto* system = of_kind != nullptr ? systems.find_system(of_kind->system) : nullptr;
  const std::string& called = system != nullptr ? system->label_vi : systems.find_system(hkh)->label_vi;
  out.name = fmt::format("{} {}", called, area->on(day).running_name());
  out.short_name = area->full_name(day);
  return out;
}

std::vector<UnitId> Proposals::units_of(const std::vector<BodyId>& bodies) const {
  std::vector<UnitId> out;
  for (const auto body : bodies)
    for (const auto unit : standing(organisation.territory(), organisation.body(body).on(day).area, day))
      if (std::ranges::find(out, unit) == out.end()) out.push_back(unit);
  return out;
}

BodyId Proposals::superior_of(BodyId id) const {
  const BodyId above = organisation.body(id).on(day).superior;
  if (!above || organisation.body(above).alive(day)) return above;
  std::vector<BodyId> open{above};
  for (std::size_t i = 0; i < open.size() && i < 100; ++i)
    for (const auto next : organisation.successors(open[i])) {
      if (organisation.body(next).alive(day)) return next;
      open.push_back(next);
    }
  for (const auto unit : units_of({id}))
    for (auto at = organisation.territory().parent(unit, day); at; at = organisation.territory().parent(at, day))
      if (const auto found = association_in_charge(organisation, at, day)) return found;
  return above;
}

DraftBody Proposals::merged(const std::vector<BodyId>& bodies) const {
  DraftBody out;
  // of bodies of several systems the association's own goes before
  auto first = bodies.front();
  for (const auto body : bodies)
    if (organisation.kind(body).system == hkh) {
      first = body;
      break;
    }
  const auto& kind = organisation.kind(first);
  const auto& version = organisation.body(first).on(day);
  std::vector<BodyId> own;
  for (const auto body : bodies)
    if (organisation.kind(body).system == kind.system) own.push_back(body);
  const auto units = units_of(own);
  const UnitId unit = units.empty() ? version.area : units.front();
  if (level_in_charge_of(kind)) out = association_of(unit, kind.code, superior_of(first));
  else out = {kind.code, version.name, version.short_name, {superior_of(first)}, unit};
  for (const auto body : bodies)       // two associations in one: "Hội Khuyến học - Cựu giáo chức xã Ea Kar"
    if (organisation.kind(body).group == "cuu_giao_chuc" && kind.system == hkh) {
      constexpr std::string_view ours = "Hội Khuyến học ";
      if (out.name.starts_with(ours)) out.name = "Hội Khuyến học - Cựu giáo chức " + out.name.substr(ours.size());
      break;
    }
  return out;
}

void Proposals::split(DraftAct& act) const {
  act.opened.clear();
  act.successors.clear();
  if (act.bodies.size() != 1) return;
  const auto body = act.bodies.front();
  const auto& kind = organisation.kind(body);
  const auto& version = organisation.body(body).on(day);
  const auto units = units_of({body});
  if (level_in_charge_of(kind) && units.size() > 1) {
    for (const auto unit : units) {
      const auto there = association_in_charge(organisation, unit, day);
      if (there && there != body) act.successors.push_back({there});
      else act.opened.push_back(association_of(unit, kind.code, superior_of(body)));
    }
    return;
  }
  for (const int part : {1, 2})
    act.opened.push_back({kind.code, fmt::format("{} {}", version.name, part), fmt::format("{} {}", version.short_name, part), {superior_of(body)}, units.empty() ? version.area : units.front()});
}

void Proposals::branches(DraftAct& act, const RestructureDraft& draft) const {
  if (act.bodies.size() != 1) return;
  const auto parts = parts_of(act);
  std::map<BodyId, DraftRef> chosen(act.branches.begin(), act.branches.end());
  std::map<UnitId, DraftRef> by_unit;
  for (const auto& part : parts) {
    UnitId area;
    if (part.act == act.number && part.part < act.opened.size()) area = act.opened[part.part].area;
    else if (const auto* planned = draft.planned(part)) area = planned->area;
    else if (const auto* body = organisation.find(part.body)) area = body->on(day).area;
    if (area) by_unit.emplace(area, part);
  }
  act.branches.clear();
  for (const auto branch : organisation.children(act.bodies.front(), day)) {
    DraftRef to;
    if (const auto at = chosen.find(branch); at != chosen.end() && std::ranges::find(parts, at->second) != parts.end()) to = at->second;
    else {
      std::set<DraftRef> possible;
      const Body& body = organisation.body(branch);
      for (const auto area : {body.former_area, body.on(day).area}) {
        if (!area || !possible.empty()) continue;
        for (const auto unit : standing(organisation.territory(), area, day))
          if (const auto there = by_unit.find(unit); there != by_unit.end()) possible.insert(there->second);
        if (possible.size() != 1) possible.clear();
      }
      if (possible.size() == 1 && by_unit.size() > 1) to = *possible.begin();
    }
    act.branches.emplace_back(branch, to);
  }
}

std::size_t Proposals::follow_the_territory(RestructureDraft& draft) const {
  const auto named = bodies_named(draft);
  const std::set<BodyId> known(named.begin(), named.end());
  std::map<UnitId, std::vector<BodyId>> groups;
  std::vector<BodyId> divided;
  for (const auto id : organisation.below(draft.unit, day)) {
    const Unit* area = organisation.territory().find(organisation.body(id).on(day).area);
    if (organisation.kind(id).level != BodyKind::Level::commune || organisation.kind(id).group == "don_vi" || area == nullptr || area->alive(day)) continue;
    if (known.contains(id)) continue;
    const auto units = units_of({id});
    if (units.size() == 1) groups[units.front()].push_back(id);
    else if (units.size() > 1) divided.push_back(id);
  }
  std::size_t added = 0;
  const auto begin = [&](BodyAct::Kind kind, std::vector<BodyId> bodies) {
    DraftAct act;
    act.number = draft.next_number();
    act.kind = kind;
    act.bodies = std::move(bodies);
    ++added;
    return act;
  };
  for (const auto& [unit, bodies] : groups) {
    auto act = begin(BodyAct::Kind::merge, bodies);
    act.opened.push_back(merged(bodies));
    draft.acts.push_back(std::move(act));
  }
  for (const auto body : divided) {
    auto act = begin(BodyAct::Kind::split, {body});
    split(act);
    // a part whose new commune gets its association in this same draft takes it over from there
    std::vector<DraftBody> open;
    for (auto& part : act.opened) {
      DraftRef there;
      for (const auto& other : draft.acts)
        for (std::size_t i = 0; i < other.opened.size(); ++i)
          if (other.opened[i].area == part.area && other.opened[i].kind == part.kind) there = {{}, other.number, i};
      if (there) act.successors.push_back(there);
      else open.push_back(std::move(part));
    }
    act.opened = std::move(open);
    branches(act, draft);
    draft.acts.push_back(std::move(act));
  }
  return added;
}

std::vector<const BodyKind*> Proposals::kinds_under(const BodyKind& superior) const {
  std::vector<const BodyKind*> out;
  for (const auto& kind : systems.kinds())
    if (kind.system == superior.system && std::ranges::find(kind.under, superior.family) != kind.under.end() && (!kind.until || day < *kind.until)) out.push_back(&kind);
  return out;
}

}  // namespace khuyenhoc
