#include "access/users_queries.h"

namespace khuyenhoc::users_sql {
namespace {

StoredUser stored_user(const db::Row& row) {
  StoredUser user;
  user.id = row.id<UserId>(0);
  const auto sealed = row.bytes(1);
  user.telephone_sealed.assign(sealed.begin(), sealed.end());
  user.salutation = row.text(2);
  user.name = row.text(3);
  if (!row.is_null(4)) user.password_hash = std::string(row.text(4));
  user.must_change = row.flag(5);
  user.password_until_ms = row.maybe_number(6);
  user.active = row.flag(7);
  user.language = row.as<Language>(8);
  user.large_type = row.flag(9);
  user.row_version = row.number(10);
  user.closed_from = row.maybe_day(11);
  return user;
}

}  // namespace

constexpr std::string_view insert_user =
    "INSERT INTO app_user (id, uid, telephone_index, telephone_sealed, salutation, name, name_sort, password_hash, must_change, password_until_ms, "
    "active, language, large_type, row_version, created_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $12, 1, $13)";
void insert(db::Writer& writer, const StoredUser& user, const Uuid& uid, const db::Blob& telephone_index, const std::string& name_sort, std::int64_t now_ms) {
  writer.run(insert_user, {user.id, uid, telephone_index, user.telephone_sealed, user.salutation, user.name, name_sort, user.password_hash,
                           user.must_change ? 1 : 0, user.password_until_ms, user.language, user.large_type ? 1 : 0, now_ms});
}

constexpr std::string_view insert_unit_row = "INSERT INTO user_unit (user_id, body, title, from_day, until_day) VALUES ($1, $2, $3, $4, NULL)";
void insert_unit(db::Writer& writer, UserId user, const ActingUnit& unit, Day from) { writer.run(insert_unit_row, {user, unit.body, unit.post_title, from}); }

constexpr std::string_view insert_grant_row = "INSERT INTO user_grant (id, user_id, permission, reach, from_day, until_day) VALUES ($1, $2, $3, $4, $5, NULL)";
constexpr std::string_view insert_grant_body = "INSERT INTO user_grant_body (grant_id, body) VALUES ($1, $2)";
void insert_grant(db::Writer& writer, std::int64_t grant_id, UserId user, const Grant& grant, Day from) {
  writer.run(insert_grant_row, {grant_id, user, grant.permission, grant.reach, from});
  for (const BodyId body : grant.bodies) writer.run(insert_grant_body, {grant_id, body});
}

constexpr std::string_view insert_deputy_row = 
    "INSERT INTO user_deputy (user_id, for_user, body, from_day, until_day) VALUES ($1, $2, $3, $4, $5) "
    "ON CONFLICT (user_id, for_user, body, from_day) DO UPDATE SET until_day = excluded.until_day";
void insert_deputy(db::Writer& writer, UserId deputy, UserId for_user, BodyId body, Day from, Day until) {
  writer.run(insert_deputy_row, {deputy, for_user, body, from, until});
}

constexpr std::string_view update_password =
    "UPDATE app_user SET password_hash = $2, must_change = $3, password_until_ms = $4, row_version = row_version + 1 WHERE id = $1";
std::int64_t set_password(db::Writer& writer, UserId user, const std::string& hash, bool must_change, std::optional<std::int64_t> until_ms) {
  return writer.run(update_password, {user, hash, must_change ? 1 : 0, until_ms});
}

constexpr std::string_view update_active = "UPDATE app_user SET active = $2, row_version = row_version + 1 WHERE id = $1";
std::int64_t set_active(db::Writer& writer, UserId user, bool active) { return writer.run(update_active, {user, active ? 1 : 0}); }

constexpr std::string_view update_large_type = "UPDATE app_user SET large_type = $2 WHERE id = $1";
void set_large_type(db::Writer& writer, UserId user, bool large) { writer.run(update_large_type, {user, large ? 1 : 0}); }

constexpr std::string_view update_language = "UPDATE app_user SET language = $2 WHERE id = $1";
void set_language(db::Writer& writer, UserId user, Language language) { writer.run(update_language, {user, language}); }

constexpr std::string_view select_user =
    "SELECT id, telephone_sealed, salutation, name, password_hash, must_change, password_until_ms, active, language, large_type, row_version, closed_from "
    "FROM app_user WHERE id = $1";
std::optional<StoredUser> find(db::Reader& reader, UserId user) { return reader.first(select_user, {user}, stored_user); }

constexpr std::string_view select_user_by_index =
    "SELECT id, telephone_sealed, salutation, name, password_hash, must_change, password_until_ms, active, language, large_type, row_version, closed_from "
    "FROM app_user WHERE telephone_index = $1";
std::optional<StoredUser> find_by_index(db::Reader& reader, const db::Blob& telephone_index) {
  return reader.first(select_user_by_index, {telephone_index}, stored_user);
}

constexpr std::string_view select_units =
    "SELECT body, title FROM user_unit WHERE user_id = $1 AND from_day <= $2 AND (until_day IS NULL OR until_day > $2) ORDER BY from_day, body";
std::vector<ActingUnit> units(db::Reader& reader, UserId user, Day today) {
  return reader.all(select_units, {user, today}, [](const db::Row& row) { return ActingUnit{row.id<BodyId>(0), std::string(row.text(1))}; });
}

constexpr std::string_view select_grants =
    "SELECT g.id, g.permission, g.reach, b.body FROM user_grant g JOIN user_grant_body b ON b.grant_id = g.id "
    "WHERE g.user_id = $1 AND g.from_day <= $2 AND (g.until_day IS NULL OR g.until_day > $2) ORDER BY g.id, b.body";
std::vector<Grant> grants(db::Reader& reader, UserId user, Day today) {
  std::vector<Grant> out;
  std::int64_t last = 0;
  reader.each(select_grants, {user, today}, [&](const db::Row& row) {
    if (row.number(0) != last) out.push_back({row.as<Permission>(1), row.as<Grant::Reach>(2), {}});
    last = row.number(0);
    out.back().bodies.push_back(row.id<BodyId>(3));
  });
  return out;
}

constexpr std::string_view select_deputies =
    "SELECT for_user, body FROM user_deputy WHERE user_id = $1 AND from_day <= $2 AND until_day >= $2 ORDER BY for_user, body";
std::vector<Deputy> deputies(db::Reader& reader, UserId deputy, Day today) {
  return reader.all(select_deputies, {deputy, today}, [](const db::Row& row) { return Deputy{row.id<UserId>(0), row.id<BodyId>(1)}; });
}

constexpr std::string_view select_users_by_name =
    "SELECT id, telephone_sealed, salutation, name, password_hash, must_change, password_until_ms, active, language, large_type, row_version, closed_from "
    "FROM app_user ORDER BY name_sort, id";
void each_user_by_name(db::Reader& reader, const std::function<void(const StoredUser&)>& visit) {
  reader.each(select_users_by_name, {}, [&](const db::Row& row) { visit(stored_user(row)); });
}

constexpr std::string_view select_all_units =
    "SELECT user_id, body, title FROM user_unit WHERE from_day <= $1 AND (until_day IS NULL OR until_day > $1) ORDER BY user_id, from_day, body";
std::vector<UserInUnit> all_units(db::Reader& reader, Day today) {
  return reader.all(select_all_units, {today}, [](const db::Row& row) {
    return UserInUnit{row.id<UserId>(0), {row.id<BodyId>(1), std::string(row.text(2))}};
  });
}

}  // namespace khuyenhoc::users_sql
