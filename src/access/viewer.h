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

// A permission over bodies: one body with all below it, that body alone, or a list (the cluster a standing member looks after).
struct Grant {
  enum class Reach : std::int64_t { subtree = 1, alone = 2, list = 3 };
  Permission permission = Permission::see_figures;
  Reach reach = Reach::subtree;
  std::vector<BodyId> bodies;           // one for subtree and alone
};

// The bodies a permission reaches, judged in today's tree. Query functions take it as an argument, so a page cannot forget it.
class Scope {
 public:
  bool contains(BodyId body) const;
  bool empty() const;
  std::vector<BodyId> bodies() const;   // all of them, by node order: for listings only
};

class Viewer {
 public:
  UserId user() const;
  std::optional<UserId> on_behalf_of() const;             // deputising until a day: audited under both names
  BodyId acting_for() const;                              // the unit in the top bar
  const std::string& name() const;                        // "Bà Trần Kim Liên"
  const std::string& post_title() const;                  // "Thư ký"
  bool may(Permission permission, BodyId body) const;
  Scope scope(Permission permission) const;
  Language language() const;
  bool large_type() const;
  Day today() const;
  OrganisationView organisation() const;
};

}  // namespace khuyenhoc
