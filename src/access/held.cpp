#include "access/held.h"

#include <algorithm>

#include "access/appointments_queries.h"
#include "access/users_queries.h"
#include "organisation/posts.h"

namespace khuyenhoc {
namespace {

std::string title_of(const std::string& post) {
  const PostKind* kind = Posts::house().find(post);
  return kind != nullptr ? kind->label_vi : std::string();
}

void join(std::vector<ActingUnit>& units, ActingUnit unit) {
  const auto same = std::ranges::find(units, unit.body, &ActingUnit::body);
  if (same == units.end()) units.push_back(std::move(unit));
  else if (same->post_title != unit.post_title && !unit.post_title.empty()) same->post_title += (same->post_title.empty() ? "" : ", ") + unit.post_title;
}

Grant::Reach reach_of(PostKind::Reach reach) {
  switch (reach) {
    case PostKind::Reach::subtree: return Grant::Reach::subtree;
    case PostKind::Reach::list: return Grant::Reach::list;
    case PostKind::Reach::alone: break;
  }
  return Grant::Reach::alone;
}

}  // namespace

std::vector<ActingUnit> units_held(db::Reader& reader, UserId user, Day day) {
  std::vector<ActingUnit> out = users_sql::units(reader, user, day);
  for (const auto& post : appointments_sql::posts_with_access(reader, user, day)) join(out, {post.body, title_of(post.post)});
  return out;
}

std::vector<Grant> grants_held(db::Reader& reader, UserId user, Day day) {
  std::vector<Grant> out = users_sql::grants(reader, user, day);
  for (const auto& post : appointments_sql::posts_with_access(reader, user, day)) {
    const PostKind* kind = Posts::house().find(post.post);
    if (kind == nullptr) continue;
    const auto without = appointments_sql::withheld(reader, post.holding);
    const auto areas = kind->reach == PostKind::Reach::list ? appointments_sql::areas(reader, post.holding, day) : std::vector<BodyId>{};
    for (const std::string& code : kind->permissions) {
      const auto permission = permission_from_code(code);
      if (!permission || std::ranges::find(without, *permission) != without.end()) continue;
      // Whoever looks after an area is at home in the own body, too, but sees only the area with all below it.
      out.push_back({*permission, kind->reach == PostKind::Reach::list ? Grant::Reach::alone : reach_of(kind->reach), {post.body}});
      if (!areas.empty()) out.push_back({*permission, Grant::Reach::list, areas});
    }
  }
  return out;
}

std::vector<UnitOfUser> units_of_everybody(db::Reader& reader, Day day) {
  std::vector<UnitOfUser> out;
  for (auto& held : users_sql::all_units(reader, day)) out.push_back({held.user, std::move(held.unit)});
  for (const auto& held : appointments_sql::all_posts_with_access(reader, day)) out.push_back({held.user, {held.body, title_of(held.post)}});
  std::ranges::stable_sort(out, {}, &UnitOfUser::user);
  std::vector<UnitOfUser> joined;
  for (auto& one : out) {
    auto same = joined.rbegin();
    while (same != joined.rend() && same->user == one.user && same->unit.body != one.unit.body) ++same;
    if (same == joined.rend() || same->user != one.user) joined.push_back(std::move(one));
    else if (same->unit.post_title != one.unit.post_title) same->unit.post_title += ", " + one.unit.post_title;
  }
  return joined;
}

std::vector<ActingUnit> units_alive(const Organisation& organisation, std::vector<ActingUnit> units, Day day) {
  std::erase_if(units, [&](const ActingUnit& unit) {
    const Body* body = organisation.find(unit.body);
    return body == nullptr || !body->alive(day);
  });
  return units;
}

std::vector<Grant> grants_within(const Organisation& organisation, const std::vector<Grant>& grants, BodyId body, Day day) {
  std::vector<Grant> out;
  if (organisation.find(body) == nullptr || !organisation.body(body).alive(day)) return out;
  const TreeInTime& tree = organisation.superiors();
  const Node here = organisation.node(body);
  for (const Grant& grant : grants) {
    Grant narrowed{grant.permission, grant.reach, {}};
    for (const BodyId root : grant.bodies) {
      if (organisation.find(root) == nullptr || !tree.alive(organisation.node(root), day)) continue;
      const Node held = organisation.node(root);
      if (tree.is_within(held, here, day)) narrowed.bodies.push_back(root);
      else if (grant.reach != Grant::Reach::alone && tree.is_within(here, held, day)) narrowed.bodies.push_back(body);
    }
    if (!narrowed.bodies.empty()) out.push_back(std::move(narrowed));
  }
  return out;
}

BodyId last_body_acted_for(db::Reader& reader, UserId user) { return appointments_sql::last_body_of(reader, user); }

BodyId office_to_ask(db::Reader& reader, const Organisation& organisation, UserId user, Day day) {
  const BodyId last = appointments_sql::last_body_of(reader, user);
  if (organisation.find(last) == nullptr) return {};
  const Body& body = organisation.body(last);
  if (body.alive(day)) return body.on(day).superior ? body.on(day).superior : last;
  const Placement place = organisation.superiors().place(organisation.node(last), day);
  return place.at == no_node ? BodyId{} : organisation.id(place.at);
}

}  // namespace khuyenhoc
