#include "territory/territory.h"

#include <algorithm>
#include <cassert>

#include "base/text.h"
#include "territory/territory_search.h"

namespace khuyenhoc {

Day reform_day() { return Day::of(reform_year, 7, 1); }

std::string UnitVersion::running_name() const { return type == "quốc gia" ? name : type + " " + name; }

std::string UnitVersion::full_name() const {
  const auto running = running_name();
  // đ, ê … take two bytes or more: the first letter ends before the first byte that begins another one
  std::size_t first = 1;
  while (first < running.size() && (static_cast<unsigned char>(running[first]) & 0xC0) == 0x80) ++first;
  return upper_case(std::string_view(running).substr(0, first)) + running.substr(std::min(first, running.size()));
}

const UnitVersion& Unit::on(Day day) const {
  const auto after = std::ranges::upper_bound(versions, day, {}, &UnitVersion::from);
  return after == versions.begin() ? versions.front() : *std::prev(after);
}

std::string Unit::full_name(Day day) const { return on(day).full_name(); }

Territory::Territory() = default;
Territory::~Territory() = default;

std::size_t Territory::size() const { return units_.size(); }

const Unit* Territory::find(UnitId id) const {
  const auto found = std::ranges::lower_bound(units_, id, {}, &Unit::id);
  return found == units_.end() || found->id != id ? nullptr : &*found;
}

const Unit& Territory::unit(UnitId id) const {
  const auto* found = find(id);
  assert(found != nullptr);
  return *found;
}

Node Territory::node(UnitId id) const { return static_cast<Node>(&unit(id) - units_.data()); }

const Unit& Territory::at(Node node) const {
  assert(node < units_.size());
  return units_[node];
}

UnitId Territory::id(Node node) const { return at(node).id; }
const TreeInTime& Territory::tree() const { return tree_; }
UnitId Territory::country() const { return country_; }
std::uint64_t Territory::version() const { return version_; }

UnitId Territory::parent(UnitId id, Day day) const { return unit(id).on(day).parent; }

UnitId Territory::ancestor(UnitId id, UnitLevel level, Day day) const {
  const auto* at = &unit(id);
  while (at->level > level) {
    const auto above = at->on(day).parent;
    if (!above) return {};
    at = &unit(above);
  }
  return at->level == level ? at->id : UnitId{};
}

namespace {

void by_code(std::vector<const Unit*>& units, Day day) {
  std::ranges::sort(units, [day](const Unit* a, const Unit* b) {
    const auto& code_a = a->on(day).code;
    const auto& code_b = b->on(day).code;
    return code_a != code_b ? code_a < code_b : a->id < b->id;
  });
}

std::vector<UnitId> ids_of(const std::vector<const Unit*>& units) {
  std::vector<UnitId> out;
  out.reserve(units.size());
  for (const auto* unit : units) out.push_back(unit->id);
  return out;
}

}  // namespace

std::vector<UnitId> Territory::units(UnitLevel level, Day day) const {
  std::vector<const Unit*> found;
  for (const auto& unit : units_) {
    if (unit.level == level && unit.alive(day)) found.push_back(&unit);
  }
  by_code(found, day);
  return ids_of(found);
}

std::vector<UnitId> Territory::children(UnitId id, Day day) const {
  std::vector<const Unit*> found;
  for (const auto child : tree_.children(node(id), day)) found.push_back(&units_[child]);
  by_code(found, day);
  return ids_of(found);
}

std::vector<UnitId> Territory::successors(UnitId id) const {
  std::vector<UnitId> out;
  for (const auto next : tree_.successors(node(id))) out.push_back(units_[next].id);
  return out;
}

std::vector<UnitId> Territory::predecessors(UnitId id) const {
  std::vector<UnitId> out;
  for (const auto before : tree_.predecessors(node(id))) out.push_back(units_[before].id);
  return out;
}

std::string Territory::path(UnitId id, Day day) const {
  const auto first = unit(id).on(day).running_name().size();
  return unit(id).full_name(day) + running_path(id, day).substr(first);
}

std::string Territory::running_path(UnitId id, Day day) const {
  auto out = unit(id).on(day).running_name();
  for (auto above = unit(id).on(day).parent; above && above != country_; above = unit(above).on(day).parent) out += ", " + unit(above).on(day).running_name();
  return out;
}

}  // namespace khuyenhoc
