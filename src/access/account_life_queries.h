// The rows of leavings and of deputising over time.
#pragma once

#include <optional>
#include <vector>

#include "access/account_life.h"

namespace khuyenhoc::account_life_sql {

std::vector<Deputising> deputising_of(db::Reader& reader, UserId user, Day today);
std::vector<Deputising> all_deputising(db::Reader& reader, Day today);
std::int64_t end_deputising(db::Writer& writer, const Deputising& which, Day last);
std::int64_t drop_deputising(db::Writer& writer, const Deputising& which);

void set_closed_from(db::Writer& writer, UserId user, std::optional<Day> day);
std::optional<AccountStanding> standing_of(db::Reader& reader, UserId user);
std::vector<AccountStanding> all_standings(db::Reader& reader);
std::vector<PostHolding> posts_from(db::Reader& reader, UserId user, Day day);

void insert_leaving(db::Writer& writer, const Leaving& leaving);
void insert_leaving_post(db::Writer& writer, std::int64_t leaving, std::int64_t holding, std::optional<Day> until);
std::optional<Leaving> open_leaving(db::Reader& reader, UserId user);
struct LeftPost {
  std::int64_t holding = 0;
  std::optional<Day> until;
};
std::vector<LeftPost> left_posts(db::Reader& reader, std::int64_t leaving);
void set_taken_back(db::Writer& writer, std::int64_t leaving, std::int64_t at_ms);

}  // namespace khuyenhoc::account_life_sql
