#include "organisation/in_charge.h"

#include "organisation/systems.h"

namespace khuyenhoc {

std::optional<UnitLevel> level_in_charge_of(const BodyKind& kind) {
  constexpr std::string_view seated_only = "don_vi";
  if (kind.system != hkh || kind.group == seated_only) return std::nullopt;
  switch (kind.level) {
    case BodyKind::Level::centre: return UnitLevel::country;
    case BodyKind::Level::province: return UnitLevel::province;
    case BodyKind::Level::district: return UnitLevel::district;
    case BodyKind::Level::commune: return UnitLevel::commune;
    case BodyKind::Level::branch: break;
  }
  return std::nullopt;
}

BodyId association_in_charge(const Organisation& organisation, UnitId unit, Day day) {
  const Unit* asked = organisation.territory().find(unit);
  if (asked == nullptr) return {};
  for (const BodyId body : organisation.bodies_covering(unit, hkh, day))
    if (level_in_charge_of(organisation.kind(body)) == asked->level) return body;
  return {};
}

std::vector<BodyId> associations_of_old_units(const Organisation& organisation, UnitId unit, Day day) {
  const Territory& territory = organisation.territory();
  std::vector<BodyId> out;
  if (territory.find(unit) == nullptr) return out;
  std::vector<UnitId> open = territory.predecessors(unit);
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (territory.unit(open[i]).alive(day)) continue;
    if (const BodyId body = association_in_charge(organisation, open[i], day)) out.push_back(body);
    for (const UnitId before : territory.predecessors(open[i]))
      if (std::ranges::find(open, before) == open.end()) open.push_back(before);
  }
  return out;
}

}  // namespace khuyenhoc
