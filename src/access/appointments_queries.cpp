#include "access/appointments_queries.h"

namespace khuyenhoc::appointments_sql {
namespace {

HeldPost held_post(const db::Row& row) { return {row.number(0), row.id<UserId>(1), row.id<BodyId>(2), std::string(row.text(3))}; }

}  // namespace

constexpr std::string_view select_of_user =
    "SELECT h.id, h.user_id, h.body, h.post FROM post_holding h JOIN post_access a ON a.holding = h.id "
    "WHERE h.user_id = $1 AND h.from_day <= $2 AND (h.until_day IS NULL OR h.until_day > $2) ORDER BY h.from_day, h.id";
std::vector<HeldPost> posts_with_access(db::Reader& reader, UserId user, Day day) { return reader.all(select_of_user, {user, day}, held_post); }

constexpr std::string_view select_of_all =
    "SELECT h.id, h.user_id, h.body, h.post FROM post_access a JOIN post_holding h ON h.id = a.holding "
    "WHERE h.user_id IS NOT NULL AND h.from_day <= $1 AND (h.until_day IS NULL OR h.until_day > $1) ORDER BY h.user_id, h.from_day, h.id";
std::vector<HeldPost> all_posts_with_access(db::Reader& reader, Day day) { return reader.all(select_of_all, {day}, held_post); }

constexpr std::string_view select_holdings =
    "SELECT h.id FROM post_holding h JOIN post_access a ON a.holding = h.id WHERE h.user_id = $1 ORDER BY h.from_day, h.id";
std::vector<std::int64_t> holdings_of(db::Reader& reader, UserId user) {
  return reader.all(select_holdings, {user}, [](const db::Row& row) { return row.number(0); });
}

constexpr std::string_view select_access = "SELECT 1 FROM post_access WHERE holding = $1";
bool gives_access(db::Reader& reader, std::int64_t holding) { return reader.first_number(select_access, {holding}).has_value(); }

constexpr std::string_view insert_access = "INSERT INTO post_access (holding) VALUES ($1) ON CONFLICT (holding) DO NOTHING";
void give(db::Writer& writer, std::int64_t holding) { writer.run(insert_access, {holding}); }

constexpr std::string_view update_user = "UPDATE post_holding SET user_id = $2, row_version = row_version + 1 WHERE id = $1";
void link_user(db::Writer& writer, std::int64_t holding, UserId user) { writer.run(update_user, {holding, user}); }

constexpr std::string_view select_withheld = "SELECT permission FROM post_access_without WHERE holding = $1 ORDER BY permission";
std::vector<Permission> withheld(db::Reader& reader, std::int64_t holding) {
  return reader.all(select_withheld, {holding}, [](const db::Row& row) { return row.as<Permission>(0); });
}

constexpr std::string_view insert_withheld = "INSERT INTO post_access_without (holding, permission) VALUES ($1, $2) ON CONFLICT (holding, permission) DO NOTHING";
void withhold(db::Writer& writer, std::int64_t holding, Permission permission) { writer.run(insert_withheld, {holding, permission}); }

constexpr std::string_view select_areas =
    "SELECT body FROM post_access_area WHERE holding = $1 AND from_day <= $2 AND (until_day IS NULL OR until_day > $2) ORDER BY body";
std::vector<BodyId> areas(db::Reader& reader, std::int64_t holding, Day day) {
  return reader.all(select_areas, {holding, day}, [](const db::Row& row) { return row.id<BodyId>(0); });
}

constexpr std::string_view insert_area =
    "INSERT INTO post_access_area (holding, body, from_day, until_day) VALUES ($1, $2, $3, NULL) ON CONFLICT (holding, body, from_day) DO UPDATE SET until_day = NULL";
void begin_area(db::Writer& writer, std::int64_t holding, BodyId body, Day from) { writer.run(insert_area, {holding, body, from}); }

constexpr std::string_view update_area = "UPDATE post_access_area SET until_day = $3 WHERE holding = $1 AND body = $2 AND from_day < $3 AND (until_day IS NULL OR until_day > $3)";
void end_area(db::Writer& writer, std::int64_t holding, BodyId body, Day until) { writer.run(update_area, {holding, body, until}); }

constexpr std::string_view delete_areas = "DELETE FROM post_access_area WHERE holding = $1 AND from_day >= $2";
void drop_areas_from(db::Writer& writer, std::int64_t holding, Day from) { writer.run(delete_areas, {holding, from}); }

constexpr std::string_view select_last_unit =
    "SELECT body, COALESCE(until_day, 9999999) AS gone, from_day FROM user_unit WHERE user_id = $1 "
    "UNION ALL SELECT h.body, COALESCE(h.until_day, 9999999) AS gone, h.from_day FROM post_holding h JOIN post_access a ON a.holding = h.id WHERE h.user_id = $1 "
    "ORDER BY gone DESC, from_day DESC, body LIMIT 1";
BodyId last_body_of(db::Reader& reader, UserId user) {
  return reader.first(select_last_unit, {user}, [](const db::Row& row) { return row.id<BodyId>(0); }).value_or(BodyId{});
}

}  // namespace khuyenhoc::appointments_sql
