// Who is asking: a user, the body acted for, and what the program allows over which bodies. Every read and write goes through one (design 4.4).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/id.h"
#include "organisation/organisation.h"

namespace khuyenhoc {

enum class Permission : std::int64_t {
  see_figures = 1,      // totals and boards of the scope (counts roll up freely inside the system; outside the scope nothing)
  enter_figures = 2,    // type for the body or the bodies below it
  see_names = 3,        // personal records
  keep_bodies = 4,      // found, rename, contact people of bodies
  restructure = 5,      // merge, split, dissolve
  manage_users = 6,     // hand out and reset sign-ins of the bodies in scope
  see_audit = 7,
  sign = 8,             // approve and sign for the body
  receive = 9,          // receive reports of the bodies below
};
inline constexpr std::int64_t first_permission = 1;
inline constexpr std::int64_t last_permission = 9;
std::string_view permission_code(Permission permission);                       // "see_figures"
std::optional<Permission> permission_from_code(std::string_view code);
std::string_view permission_label(Permission permission);                      // "Xem số liệu"

// A permission over bodies: one body with all below it, that body alone, or a list (the cluster a standing member looks after).
struct Grant {
  enum class Reach : std::int64_t { subtree = 1, alone = 2, list = 3 };
  Permission permission = Permission::see_figures;
  Reach reach = Reach::subtree;
  std::vector<BodyId> bodies;           // one for subtree and alone; of a list each with all below it
};

// The bodies a permission reaches, judged in today's tree: an ended body belongs to whoever holds what it became part of.
// Query functions take it as an argument, so a page cannot forget it.
class Scope {
 public:
  Scope(std::vector<Grant> grants, OrganisationView organisation, Day today);
  bool contains(BodyId body) const;
  // A unit whose totals the permission reaches: in today's territory an association in the scope answers for it or for what lies above it. The one rule for
  // every page, list and search of units.
  bool contains(UnitId unit) const;
  bool empty() const { return grants_.empty(); }
  std::vector<BodyId> bodies() const;   // all that are alive, by node order: for listings only

 private:
  bool reaches_all_below(BodyId body) const;
  std::vector<Grant> grants_;
  OrganisationView organisation_;
  Day today_;
};

// A body the user may act for, with what is printed under the name there.
struct ActingUnit {
  BodyId body;
  std::string post_title;               // "Thư ký"
};

struct ViewerData {
  UserId user;
  std::optional<UserId> on_behalf_of;   // deputising until a day: audited under both names
  std::string name;                     // "Bà Trần Kim Liên"
  std::string on_behalf_of_name;
  BodyId acting_for;
  std::vector<ActingUnit> units;        // all bodies the user may act for
  std::vector<Grant> grants;
  Language language = Language::vietnamese;
  bool large_type = false;
  bool must_change_password = false;
  std::string csrf;                     // token every form carries
  Day today;
};

class Viewer {
 public:
  Viewer(ViewerData data, OrganisationView organisation);
  UserId user() const { return data_.user; }
  std::optional<UserId> on_behalf_of() const { return data_.on_behalf_of; }
  BodyId acting_for() const { return data_.acting_for; }                  // the unit in the top bar
  const std::vector<ActingUnit>& units() const { return data_.units; }
  const std::string& name() const { return data_.name; }
  const std::string& on_behalf_of_name() const { return data_.on_behalf_of_name; }
  const std::string& post_title() const;                                  // at the body acted for
  bool may(Permission permission, BodyId body) const;
  bool may_somewhere(Permission permission) const;
  Scope scope(Permission permission) const;
  Language language() const { return data_.language; }
  bool large_type() const { return data_.large_type; }
  bool must_change_password() const { return data_.must_change_password; }
  const std::string& csrf() const { return data_.csrf; }
  Day today() const { return data_.today; }
  const OrganisationView& organisation() const { return organisation_; }

 private:
  ViewerData data_;
  OrganisationView organisation_;
};

}  // namespace khuyenhoc
