// The rows of users, units, grants and deputies.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "access/viewer.h"
#include "platform/db/db.h"

namespace khuyenhoc::users_sql {

struct StoredUser {
  UserId id;
  db::Blob telephone_sealed;
  std::string salutation, name;
  std::optional<std::string> password_hash;
  bool must_change = false;
  std::optional<std::int64_t> password_until_ms;
  bool active = true;
  Language language = Language::vietnamese;
  bool large_type = false;
  std::int64_t row_version = 1;
  std::optional<Day> closed_from;       // whoever left signs in no more from this day on
};

struct Deputy {
  UserId for_user;
  BodyId body;
};

void insert(db::Writer& writer, const StoredUser& user, const Uuid& uid, const db::Blob& telephone_index, const std::string& name_sort, std::int64_t now_ms);
void insert_unit(db::Writer& writer, UserId user, const ActingUnit& unit, Day from);
void insert_grant(db::Writer& writer, std::int64_t grant_id, UserId user, const Grant& grant, Day from);
void insert_deputy(db::Writer& writer, UserId deputy, UserId for_user, BodyId body, Day from, Day until);
std::int64_t set_password(db::Writer& writer, UserId user, const std::string& hash, bool must_change, std::optional<std::int64_t> until_ms);
std::int64_t set_active(db::Writer& writer, UserId user, bool active);
void set_large_type(db::Writer& writer, UserId user, bool large);
void set_language(db::Writer& writer, UserId user, Language language);

std::optional<StoredUser> find(db::Reader& reader, UserId user);
std::optional<StoredUser> find_by_index(db::Reader& reader, const db::Blob& telephone_index);
std::vector<ActingUnit> units(db::Reader& reader, UserId user, Day today);
std::vector<Grant> grants(db::Reader& reader, UserId user, Day today);
std::vector<Deputy> deputies(db::Reader& reader, UserId deputy, Day today);
struct UserInUnit { UserId user; ActingUnit unit; };
void each_user_by_name(db::Reader& reader, const std::function<void(const StoredUser&)>& visit);
std::vector<UserInUnit> all_units(db::Reader& reader, Day today);

}  // namespace khuyenhoc::users_sql
