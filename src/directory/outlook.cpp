#include "directory/outlook.h"

#include <algorithm>

#include "organisation/in_charge.h"
#include "territory/tree_on_day.h"

namespace khuyenhoc::directory {
namespace {

std::vector<Node> nodes_standing_for(const TreeInTime& tree, Node node, Day day) {
  if (tree.alive(node, day)) return {node};
  TreeOnDay on_day(tree, day, TreeOnDay::Questions::few);
  return on_day.candidates(node);
}

}  // namespace

Named named(const Outlook& outlook, BodyId body) {
  if (outlook.organisation().find(body) == nullptr) return {body, {}, false};
  return {body, outlook.organisation().body(body).on(outlook.tree).name, outlook.scope.contains(body)};
}

Named named(const Outlook& outlook, UnitId unit) {
  const Unit* found = outlook.territory().find(unit);
  if (found == nullptr) return {unit, {}, false};
  return {unit, found->full_name(outlook.tree), outlook.scope.contains(unit)};
}

std::vector<Named> associations_of_old_units(const Outlook& outlook, UnitId unit) {
  std::vector<Named> out;
  for (const BodyId body : khuyenhoc::associations_of_old_units(outlook.organisation(), unit, outlook.tree)) out.push_back(named(outlook, body));
  return out;
}

std::vector<Named> path_of(const Outlook& outlook, BodyId body) {
  std::vector<Named> path;
  for (BodyId above = outlook.organisation().body(body).on(outlook.tree).superior; above; above = outlook.organisation().body(above).on(outlook.tree).superior)
    path.push_back(named(outlook, above));
  std::ranges::reverse(path);
  return path;
}

std::vector<Named> path_of(const Outlook& outlook, UnitId unit) {
  std::vector<Named> path;
  for (UnitId above = outlook.territory().parent(unit, outlook.tree); above; above = outlook.territory().parent(above, outlook.tree)) path.push_back(named(outlook, above));
  std::ranges::reverse(path);
  return path;
}

std::vector<BodyId> standing_for(const Organisation& organisation, BodyId body, Day day) {
  std::vector<BodyId> out;
  for (const Node node : nodes_standing_for(organisation.superiors(), organisation.node(body), day)) out.push_back(organisation.id(node));
  return out;
}

std::vector<UnitId> standing_for(const Territory& territory, UnitId unit, Day day) {
  std::vector<UnitId> out;
  for (const Node node : nodes_standing_for(territory.tree(), territory.node(unit), day)) out.push_back(territory.id(node));
  return out;
}

bool is_asked(const Outlook& outlook, BodyId body, MeasureIndex measure) {
  const BodyKind& kind = outlook.organisation().kind(body);
  if (kind.level != BodyKind::Level::branch) return true;
  const ShortForm* form = outlook.ledger.catalogue->form(kind.short_form);
  return form != nullptr && form->asks(measure);
}

}  // namespace khuyenhoc::directory
