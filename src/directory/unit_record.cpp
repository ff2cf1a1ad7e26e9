#include "directory/unit_record.h"

#include <algorithm>

#include "base/phrases.h"
#include "organisation/in_charge.h"

namespace khuyenhoc::directory {
namespace {

std::string running_name(const Unit& unit, Day day) { return unit.on(day).running_name(); }

std::string sentence_made_of(const Territory& territory, const Unit& unit, Day day) {
  std::vector<std::string> parts;
  for (const UnitId id : territory.predecessors(unit.id)) {
    const Unit& before = territory.unit(id);
    const std::string name = running_name(before, before.ended.value_or(day));
    const bool divided = territory.successors(id).size() > 1;
    const bool gone = before.ended.has_value();
    parts.push_back(divided ? tr("một phần {} (cũ)", name) : gone ? tr("{} (cũ)", name) : name);
  }
  if (parts.empty()) return {};
  return tr("{} gồm {}.", unit.full_name(day), enumerated(parts));
}

std::string sentence_became(const Territory& territory, const Unit& unit) {
  if (!unit.ended) return {};
  std::vector<std::string> parts;
  for (const UnitId id : territory.successors(unit.id)) parts.push_back(running_name(territory.unit(id), *unit.ended));
  if (parts.empty()) return tr("Đơn vị này kết thúc từ {}.", unit.ended->text());
  if (parts.size() == 1) return tr("Từ {}, địa bàn này thuộc {}.", unit.ended->text(), parts.front());
  return tr("Từ {}, địa bàn này được chia về {}.", unit.ended->text(), enumerated(parts));
}

std::string level_label(UnitLevel level) {
  switch (level) {
    case UnitLevel::country: return tr("Toàn quốc");
    case UnitLevel::province: return tr("Cấp tỉnh");
    case UnitLevel::district: return tr("Cấp huyện (đến 30/6/2025)");
    case UnitLevel::commune: return tr("Cấp xã");
    case UnitLevel::village: return tr("Thôn, tổ dân phố");
  }
  return {};
}

}  // namespace

UnitRecord record_of(const Outlook& outlook, UnitId id) {
  const Territory& territory = outlook.territory();
  const Unit& unit = territory.unit(id);
  // a unit that does not stand in the chosen tree is told as of its own days
  const Day day = unit.alive(outlook.tree) ? outlook.tree : unit.ended && *unit.ended <= outlook.tree ? *unit.ended - 1 : unit.born;
  Outlook then = outlook;
  then.tree = day;
  UnitRecord out;
  out.id = id;
  out.name = unit.full_name(day);
  out.level = level_label(unit.level);
  out.code = unit.on(day).code;
  out.alive = unit.alive(outlook.tree);
  out.born = unit.born;
  out.ended = unit.ended;
  out.path = path_of(then, id);
  out.wants_association = unit.level == UnitLevel::commune;
  if (const BodyId body = association_in_charge(outlook.organisation(), id, day)) out.association = named(then, body);
  else if (out.wants_association) out.of_old_units = associations_of_old_units(then, id);
  out.made_of = sentence_made_of(territory, unit, day);
  out.became = sentence_became(territory, unit);
  for (const UnitId before : territory.predecessors(id)) out.predecessors.push_back(named(outlook, before));
  for (const UnitId after : territory.successors(id)) out.successors.push_back(named(outlook, after));
  for (std::size_t i = 0; i < unit.versions.size(); ++i) {
    const UnitVersion& version = unit.versions[i];
    UnitEra era{i == 0 ? unit.born : version.from, {}, version.full_name(), version.code, {}};
    if (i + 1 < unit.versions.size()) era.until = unit.versions[i + 1].from - 1;
    else if (unit.ended) era.until = *unit.ended - 1;
    if (const Unit* parent = territory.find(version.parent)) era.parent = running_name(*parent, std::max(era.from, parent->born));
    out.eras.push_back(std::move(era));
  }
  std::ranges::reverse(out.eras);
  if (out.alive) out.below = rows_below(outlook, id);
  return out;
}

std::vector<UnitAct> acts_of(db::Reader& reader, UnitId unit) {
  std::vector<UnitAct> out;
  for (const Restructure& act : TerritoryStore::acts_of(reader, unit)) out.push_back({act.day, act.title, act.legal_basis});
  std::ranges::reverse(out);
  return out;
}

}  // namespace khuyenhoc::directory
