#include "directory/search.h"

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

}  // namespace

FoundAll search(const Outlook& outlook, std::string_view typed, std::size_t bodies, std::size_t units) {
  const Organisation& organisation = outlook.organisation();
  const Territory& territory = outlook.territory();
  FoundAll out;
  for (const BodyId id : organisation.search(typed, outlook.tree, bodies, [&](BodyId body) { return outlook.scope.contains(body); })) {
    const std::string& name = organisation.body(id).on(outlook.tree).name;
    out.bodies.push_back({{id, name, true}, place_in(organisation.path(id, outlook.tree), name), remark_of(organisation.body(id), outlook.tree)});
  }
  for (const UnitId id : territory.search(typed, outlook.tree, units, [&](UnitId unit) { return outlook.scope.contains(unit); })) {
    const std::string name = territory.unit(id).full_name(outlook.tree);
    out.units.push_back({{id, name, true}, place_in(territory.path(id, outlook.tree), name), remark_of(territory.unit(id), outlook.tree)});
  }
  return out;
}

}  // namespace khuyenhoc::directory
