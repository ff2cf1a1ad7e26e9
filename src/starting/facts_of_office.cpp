#include "starting/facts_of_office.h"

#include <algorithm>

#include "access/held.h"
#include "organisation/in_charge.h"
#include "organisation/posts.h"

namespace khuyenhoc::starting {
namespace {

void add_units(OfficeFacts& office) {
  const Territory& land = office.organisation->territory();
  const UnitId area = office.organisation->body(office.body).on(office.today).area;
  if (!office.territorial || land.find(area) == nullptr) return;
  if (office.level == BodyKind::Level::centre) office.units = land.units(UnitLevel::province, office.today);
  else if (office.level == BodyKind::Level::province)
    for (const UnitId unit : land.children(area, office.today))
      if (land.unit(unit).level == UnitLevel::commune) office.units.push_back(unit);
  for (const UnitId unit : office.units)
    if (association_in_charge(*office.organisation, unit, office.today)) ++office.units_with_association;
}

void add_bodies(OfficeFacts& office) {
  std::unordered_set<BodyId> with_branches;
  for (const BodyId body : office.organisation->below(office.body, office.today)) {
    if (body == office.body) continue;
    if (office.organisation->kind(body).level != BodyKind::Level::branch) {
      office.associations.push_back(body);
      continue;
    }
    office.branches.push_back(body);
    with_branches.insert(office.organisation->body(body).on(office.today).superior);
  }
  office.own_branches = static_cast<std::size_t>(
      std::ranges::count_if(office.branches, [&](BodyId body) { return office.organisation->body(body).on(office.today).superior == office.body; }));
  office.associations_without_branches = static_cast<std::size_t>(std::ranges::count_if(office.associations, [&](BodyId body) {
    return office.organisation->kind(body).level == BodyKind::Level::commune && !with_branches.contains(body);
  }));
}

void add_posts(OfficeFacts& office) {
  for (const PostKind& kind : Posts::house().kinds()) {
    const auto brings = [&](Permission permission) { return std::ranges::find(kind.permissions, permission_code(permission)) != kind.permissions.end(); };
    const bool signs = brings(Permission::sign), enters = brings(Permission::enter_figures) && kind.reach == PostKind::Reach::subtree;
    if (!signs && !enters) continue;
    const auto held = starting_sql::bodies_with_post(office.reader, kind.code, office.today);
    if (signs) office.can_sign.insert(held.begin(), held.end());
    if (enters) office.can_enter.insert(held.begin(), held.end());
  }
}

void add_accounts(OfficeFacts& office) {
  std::unordered_set<BodyId> ours{office.body};
  ours.insert(office.associations.begin(), office.associations.end());
  ours.insert(office.branches.begin(), office.branches.end());
  const auto known = starting_sql::known_accounts(office.reader);
  std::unordered_set<UserId> counted;
  for (const UnitOfUser& held : units_of_everybody(office.reader, office.today)) {
    const auto account = known.find(held.user);
    if (account == known.end() || !ours.contains(held.unit.body)) continue;
    ++office.accounts[held.unit.body];
    if (!counted.insert(held.user).second) continue;
    const auto& [state, until] = account->second;
    if (state == starting_sql::AccountState::in_use) ++office.signed_in.in_use;
    else if (state == starting_sql::AccountState::no_slip) ++office.signed_in.without_slip;
    else if (until && *until < office.house.clock.now_ms()) ++office.signed_in.expired;
    else ++office.signed_in.unused;
  }
}

}  // namespace

OfficeFacts office_facts(House& house, db::Reader& reader, const Viewer& viewer, BodyId body) {
  OfficeFacts office{.house = house, .reader = reader, .viewer = viewer, .organisation = viewer.organisation(), .body = body, .today = viewer.today()};
  const BodyKind& kind = office.organisation->kind(body);
  office.name = office.organisation->body(body).on(office.today).name;
  office.level = kind.level;
  office.territorial = level_in_charge_of(kind).has_value();
  add_units(office);
  add_bodies(office);
  office.contacts = starting_sql::known_contacts(reader);
  add_posts(office);
  add_accounts(office);
  return office;
}

}  // namespace khuyenhoc::starting
