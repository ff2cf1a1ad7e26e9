// The rows of what posts give their holders; the days are those of the posts themselves.
#pragma once

#include <optional>
#include <vector>

#include "access/viewer.h"
#include "platform/db/db.h"

namespace khuyenhoc::appointments_sql {

struct HeldPost {
  std::int64_t holding = 0;
  UserId user;
  BodyId body;
  std::string post;
};
std::vector<HeldPost> posts_with_access(db::Reader& reader, UserId user, Day day);
std::vector<HeldPost> all_posts_with_access(db::Reader& reader, Day day);      // by user
std::vector<std::int64_t> holdings_of(db::Reader& reader, UserId user);        // all that give or gave access, by day
bool gives_access(db::Reader& reader, std::int64_t holding);
void give(db::Writer& writer, std::int64_t holding);
void link_user(db::Writer& writer, std::int64_t holding, UserId user);

std::vector<Permission> withheld(db::Reader& reader, std::int64_t holding);
void withhold(db::Writer& writer, std::int64_t holding, Permission permission);

std::vector<BodyId> areas(db::Reader& reader, std::int64_t holding, Day day);
void begin_area(db::Writer& writer, std::int64_t holding, BodyId body, Day from);
void end_area(db::Writer& writer, std::int64_t holding, BodyId body, Day until);
void drop_areas_from(db::Writer& writer, std::int64_t holding, Day from);      // those that would begin on the day or later

BodyId last_body_of(db::Reader& reader, UserId user);                          // acted for last, whether by hand or by a post; none

}  // namespace khuyenhoc::appointments_sql
