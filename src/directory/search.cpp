#include "directory/search.h"

#include <algorithm>

#include "base/text.h"
#include "organisation/namesakes.h"

namespace khuyenhoc::directory {
namespace {

// The place alone: the path without the name it begins with.
std::string place_in(const std::string& path, const std::string& name) {
  if (!path.starts_with(name)) return path;
  return path.size() > name.size() + 2 ? path.substr(name.size() + 2) : std::string();
}

template <class Thing>
std::string remark_of(const Thing& thing, Day day) {
  if (thing.ended && *thing.ended <= day) return tr("đã kết thúc từ {}", thing.ended->text());
  if (thing.born > day) return tr("có từ {}", thing.born.text());
  return {};
}

// How near a name is to what was typed; both folded.
int distance(const std::string& name, const std::string& sought) {
  if (name == sought) return 0;
  if (name.ends_with(" " + sought)) return 1;
  return (name + " ").starts_with(sought + " ") ? 1 : 2;
}

struct Ranked {
  Found found;
  bool alive = true;
  int distance = 2;
};

}  // namespace

std::vector<Found> search(const Outlook& outlook, std::string_view typed, std::size_t limit) {
  const Organisation& organisation = outlook.organisation();
  const Territory& territory = outlook.territory();
  const std::string sought = folded(typed);
  std::vector<Ranked> ranked;
  for (const BodyId id : organisation.search(typed, outlook.tree, limit, [&](BodyId body) { return outlook.scope.contains(body); })) {
    const Body& body = organisation.body(id);
    const BodyVersion& version = body.on(outlook.tree);
    const std::string name = name_among_siblings(organisation, id, outlook.tree);
    Found found{{id, name, true}, place_in(organisation.path(id, outlook.tree), name), remark_of(body, outlook.tree)};
    ranked.push_back({std::move(found), body.alive(outlook.tree), std::min(distance(folded(version.name), sought), distance(folded(version.short_name), sought))});
  }
  for (const UnitId id : territory.search(typed, outlook.tree, limit, [&](UnitId unit) { return outlook.scope.contains(unit); })) {
    const Unit& unit = territory.unit(id);
    const std::string name = unit.full_name(outlook.tree);
    Found found{{id, name, true}, place_in(territory.path(id, outlook.tree), name), remark_of(unit, outlook.tree)};
    ranked.push_back({std::move(found), unit.alive(outlook.tree), std::min(distance(folded(name), sought), distance(folded(unit.on(outlook.tree).name), sought))});
  }
  std::ranges::stable_sort(ranked, {}, [](const Ranked& one) { return std::pair(!one.alive, one.distance); });
  std::vector<Found> out;
  for (std::size_t i = 0; i < std::min(limit, ranked.size()); ++i) out.push_back(std::move(ranked[i].found));
  return out;
}

}  // namespace khuyenhoc::directory
