#include "shell/acting_viewer.h"

#include "access/held.h"
#include "access/users_queries.h"

namespace khuyenhoc {

std::optional<Viewer> acting_viewer(const House& house, UserId user, std::optional<UserId> on_behalf_of, const std::string& name, BodyId body) {
  const OrganisationView organisation = house.organisation.current();
  ViewerData data;
  data.today = house.clock.today();
  data.user = user;
  data.on_behalf_of = on_behalf_of;
  data.name = name;
  data.acting_for = body;
  const bool found = house.store.read([&](db::Reader& reader) {
    const auto stored = users_sql::find(reader, user);
    if (!stored || !stored->active) return false;
    data.language = stored->language;
    data.units = units_alive(*organisation, units_held(reader, on_behalf_of.value_or(user), data.today), data.today);
    if (!on_behalf_of) {
      data.grants = grants_held(reader, user, data.today);
      return true;
    }
    for (const users_sql::Deputy& deputy : users_sql::deputies(reader, user, data.today))
      if (deputy.for_user == *on_behalf_of)
        for (Grant& grant : grants_within(*organisation, grants_held(reader, deputy.for_user, data.today), deputy.body, data.today)) data.grants.push_back(std::move(grant));
    return !data.grants.empty();
  });
  if (!found) return std::nullopt;
  return Viewer(std::move(data), organisation);
}

}  // namespace khuyenhoc
