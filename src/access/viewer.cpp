#include "access/viewer.h"

#include <algorithm>
#include <array>

#include "organisation/in_charge.h"

namespace khuyenhoc {
namespace {

struct PermissionWords {
  Permission permission;
  std::string_view code;
  Message label;
};

constexpr std::array permission_words{
    PermissionWords{Permission::see_figures, "see_figures", mark("Xem số liệu")},
    PermissionWords{Permission::enter_figures, "enter_figures", mark("Nhập số liệu")},
    PermissionWords{Permission::see_names, "see_names", mark("Xem danh sách có tên người")},
    PermissionWords{Permission::keep_bodies, "keep_bodies", mark("Cập nhật thông tin tổ chức")},
    PermissionWords{Permission::restructure, "restructure", mark("Sắp xếp đơn vị")},
    PermissionWords{Permission::manage_users, "manage_users", mark("Cấp và đặt lại tài khoản")},
    PermissionWords{Permission::see_audit, "see_audit", mark("Xem nhật ký thay đổi")},
    PermissionWords{Permission::sign, "sign", mark("Duyệt và ký")},
    PermissionWords{Permission::receive, "receive", mark("Tiếp nhận báo cáo")},
};

const PermissionWords& words_of(Permission permission) { return permission_words[static_cast<std::size_t>(permission) - 1]; }

}  // namespace

std::string_view permission_code(Permission permission) { return words_of(permission).code; }
std::string_view permission_label(Permission permission) { return translated(words_of(permission).label.vietnamese); }

std::optional<Permission> permission_from_code(std::string_view code) {
  for (const auto& words : permission_words)
    if (words.code == code) return words.permission;
  return std::nullopt;
}

Scope::Scope(std::vector<Grant> grants, OrganisationView organisation, Day today)
    : grants_(std::move(grants)), organisation_(std::move(organisation)), today_(today) {}

bool Scope::contains(BodyId body) const {
  if (grants_.empty() || organisation_->find(body) == nullptr) return false;
  const TreeInTime& tree = organisation_->superiors();
  const Node asked = organisation_->node(body);
  const Placement place = tree.place(asked, today_);
  if (place.kind == Placement::Kind::nowhere || place.at == no_node) return false;
  for (const Grant& grant : grants_) {
    for (const BodyId root : grant.bodies) {
      if (grant.reach == Grant::Reach::alone) {
        if (root == body) return true;
        continue;
      }
      if (organisation_->find(root) == nullptr) continue;
      const Node held = organisation_->node(root);
      if (tree.alive(held, today_) && tree.is_within(place.at, held, today_)) return true;
    }
  }
  return false;
}

bool Scope::reaches_all_below(BodyId body) const {
  const TreeInTime& tree = organisation_->superiors();
  const Node asked = organisation_->node(body);
  for (const Grant& grant : grants_) {
    if (grant.reach == Grant::Reach::alone) continue;
    for (const BodyId root : grant.bodies)
      if (organisation_->find(root) != nullptr && tree.alive(organisation_->node(root), today_) && tree.is_within(asked, organisation_->node(root), today_)) return true;
  }
  return false;
}

bool Scope::contains(UnitId unit) const {
  const Territory& territory = organisation_->territory();
  if (grants_.empty() || territory.find(unit) == nullptr) return false;
  const TreeInTime& tree = territory.tree();
  Node at = territory.node(unit);
  while (at != no_node) {
    // an old unit may still be covered by an association that has not followed the reform yet
    if (const BodyId body = association_in_charge(*organisation_, territory.id(at), today_); body && reaches_all_below(body)) return true;
    at = tree.alive(at, today_) ? tree.hangs_under(at, today_) : tree.place(at, today_).at;
  }
  return false;
}

std::vector<BodyId> Scope::bodies() const {
  std::vector<BodyId> out;
  for (const Grant& grant : grants_) {
    for (const BodyId root : grant.bodies) {
      if (organisation_->find(root) == nullptr) continue;
      if (grant.reach == Grant::Reach::alone) {
        out.push_back(root);
        continue;
      }
      const auto below = organisation_->below(root, today_);
      out.insert(out.end(), below.begin(), below.end());
    }
  }
  std::ranges::sort(out, {}, [&](BodyId id) { return organisation_->node(id); });
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Viewer::Viewer(ViewerData data, OrganisationView organisation) : data_(std::move(data)), organisation_(std::move(organisation)) {}

const std::string& Viewer::post_title() const {
  static const std::string none;
  for (const ActingUnit& unit : data_.units)
    if (unit.body == data_.acting_for) return unit.post_title;
  return none;
}

Scope Viewer::scope(Permission permission) const {
  std::vector<Grant> held;
  for (const Grant& grant : data_.grants)
    if (grant.permission == permission) held.push_back(grant);
  return {std::move(held), organisation_, data_.today};
}

bool Viewer::may(Permission permission, BodyId body) const { return scope(permission).contains(body); }

bool Viewer::may_somewhere(Permission permission) const {
  return std::ranges::any_of(data_.grants, [&](const Grant& grant) { return grant.permission == permission; });
}

}  // namespace khuyenhoc
