#include "restructure/list_places.h"

#include <algorithm>
#include <array>

#include "base/i18n.h"
#include "base/text.h"

namespace khuyenhoc {
namespace {

constexpr std::array<std::string_view, 4> unit_types{"xa ", "phuong ", "thi tran ", "dac khu "};

}  // namespace

std::string without_unit_type(std::string_view folded_name) {
  for (const auto type : unit_types)
    if (folded_name.starts_with(type)) return std::string(folded_name.substr(type.size()));
  return std::string(folded_name);
}

std::vector<std::string> with_other_unit_types(std::string_view folded_name) {
  std::vector<std::string> out;
  const std::string bare = without_unit_type(folded_name);
  if (bare == folded_name) return out;
  for (const auto type : unit_types)
    if (!folded_name.starts_with(type)) out.push_back(std::string(type) + bare);
  return out;
}

ListPlaces::ListPlaces(const Organisation& organisation, UnitId area, Day day) : territory_(organisation.territory()), area_(area), day_(day) {}

bool ListPlaces::inside(UnitId unit) const {
  const Unit* whole = territory_.find(area_);
  if (whole == nullptr || whole->level == UnitLevel::country) return true;
  std::vector<UnitId> open{unit};
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (territory_.unit(open[i]).alive(day_)) {
      if (territory_.ancestor(open[i], whole->level, day_) == area_) return true;
      continue;
    }
    for (const auto next : territory_.successors(open[i]))
      if (std::ranges::find(open, next) == open.end()) open.push_back(next);
  }
  return false;
}

UnitId ListPlaces::of_another_kind(const std::string& typed) const {
  std::string wanted = folded(typed);
  constexpr std::string_view old = " cu";
  const bool gone = wanted.ends_with(old);
  if (gone) wanted.resize(wanted.size() - old.size());
  const std::string bare = without_unit_type(wanted);
  if (bare == wanted || bare.empty()) return {};
  if (by_bare_name_.empty())
    for (Node node = 0; node < static_cast<Node>(territory_.size()); ++node) {
      const Unit& unit = territory_.at(node);
      if (unit.level == UnitLevel::commune && unit.born <= day_)
        by_bare_name_.emplace(without_unit_type(folded(unit.full_name(unit.alive(day_) ? day_ : *unit.ended - 1))), unit.id);
    }
  // today's communes before those that are gone, unless it is one of these that is asked for
  std::vector<UnitId> now, before;
  const auto [first, last] = by_bare_name_.equal_range(bare);
  for (auto at = first; at != last; ++at)
    if (inside(at->second)) (territory_.unit(at->second).alive(day_) ? now : before).push_back(at->second);
  const auto& among = gone || now.empty() ? before : now;
  if (among.size() != 1) return {};
  const Unit& unit = territory_.unit(among.front());
  return folded(unit.full_name(unit.alive(day_) ? day_ : *unit.ended - 1)) == wanted ? UnitId{} : unit.id;
}

std::string ListPlaces::words_of(UnitId id) const {
  const Unit& unit = territory_.unit(id);
  return unit.alive(day_) ? unit.on(day_).running_name() : tr("{} cũ", unit.on(*unit.ended - 1).running_name());
}

}  // namespace khuyenhoc
