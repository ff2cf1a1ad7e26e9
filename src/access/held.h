// What a user holds on a day: the bodies acted for and the permissions, given by hand or by a post; and whom to ask when nothing is left.
#pragma once

#include <string>
#include <vector>

#include "access/viewer.h"
#include "platform/db/db.h"

namespace khuyenhoc {

// Bodies in the order they came; two posts in one body stand in one line ("Thư ký, Kế toán").
std::vector<ActingUnit> units_held(db::Reader& reader, UserId user, Day day);
std::vector<Grant> grants_held(db::Reader& reader, UserId user, Day day);

struct UnitOfUser {
  UserId user;
  ActingUnit unit;
};
std::vector<UnitOfUser> units_of_everybody(db::Reader& reader, Day day);       // by user

// Without those whose body has ended: nobody acts for it any more.
std::vector<ActingUnit> units_alive(const Organisation& organisation, std::vector<ActingUnit> units, Day day);
// The part of the grants that lies over one body: what somebody who deputises there may do.
std::vector<Grant> grants_within(const Organisation& organisation, const std::vector<Grant>& grants, BodyId body, Day day);
// The body a user acted for last, whether by hand or by a post; none when there never was one.
BodyId last_body_acted_for(db::Reader& reader, UserId user);
// The office above the body a user acted for last, in the tree of the day; none when there never was one.
BodyId office_to_ask(db::Reader& reader, const Organisation& organisation, UserId user, Day day);

}  // namespace khuyenhoc
