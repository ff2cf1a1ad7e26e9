#include "access/account_life_queries.h"

namespace khuyenhoc::account_life_sql {
namespace {

AccountStanding standing(const db::Row& row) {
  const bool has_code = row.flag(1);
  return {row.id<UserId>(0), row.flag(4), row.maybe_day(5), !has_code, has_code && row.flag(2), row.maybe_number(3)};
}

Deputising deputising(const db::Row& row) { return {row.id<UserId>(0), row.id<UserId>(1), row.id<BodyId>(2), row.day(3), row.day(4)}; }

}  // namespace

constexpr std::string_view select_deputising_of =
    "SELECT user_id, for_user, body, from_day, until_day FROM user_deputy WHERE (user_id = $1 OR for_user = $1) AND until_day >= $2 ORDER BY from_day, user_id, body";
std::vector<Deputising> deputising_of(db::Reader& reader, UserId user, Day today) { return reader.all(select_deputising_of, {user, today}, deputising); }

constexpr std::string_view select_all_deputising =
    "SELECT user_id, for_user, body, from_day, until_day FROM user_deputy WHERE until_day >= $1 ORDER BY from_day, user_id, body";
std::vector<Deputising> all_deputising(db::Reader& reader, Day today) { return reader.all(select_all_deputising, {today}, deputising); }

constexpr std::string_view update_deputising =
    "UPDATE user_deputy SET until_day = $5 WHERE user_id = $1 AND for_user = $2 AND body = $3 AND from_day = $4 AND until_day > $5";
std::int64_t end_deputising(db::Writer& writer, const Deputising& which, Day last) {
  return writer.run(update_deputising, {which.deputy, which.for_user, which.body, which.from, last});
}

constexpr std::string_view delete_deputising = "DELETE FROM user_deputy WHERE user_id = $1 AND for_user = $2 AND body = $3 AND from_day = $4";
std::int64_t drop_deputising(db::Writer& writer, const Deputising& which) {
  return writer.run(delete_deputising, {which.deputy, which.for_user, which.body, which.from});
}

constexpr std::string_view update_closed = "UPDATE app_user SET closed_from = $2, row_version = row_version + 1 WHERE id = $1";
void set_closed_from(db::Writer& writer, UserId user, std::optional<Day> day) { writer.run(update_closed, {user, day}); }

constexpr std::string_view select_standing =
    "SELECT id, CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END, must_change, password_until_ms, active, closed_from FROM app_user WHERE id = $1";
std::optional<AccountStanding> standing_of(db::Reader& reader, UserId user) { return reader.first(select_standing, {user}, standing); }

constexpr std::string_view select_standings =
    "SELECT id, CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END, must_change, password_until_ms, active, closed_from FROM app_user ORDER BY id";
std::vector<AccountStanding> all_standings(db::Reader& reader) { return reader.all(select_standings, {}, standing); }

constexpr std::string_view select_posts_from =
    "SELECT id, body, post, person_name, user_id, from_day, until_day, term, row_version FROM post_holding "
    "WHERE user_id = $1 AND (until_day IS NULL OR (until_day > $2 AND until_day > from_day)) ORDER BY from_day, id";
std::vector<PostHolding> posts_from(db::Reader& reader, UserId user, Day day) {
  return reader.all(select_posts_from, {user, day}, [](const db::Row& row) {
    return PostHolding{row.number(0), row.id<BodyId>(1), std::string(row.text(2)), std::string(row.text(3)), row.id<UserId>(4),
                       row.day(5),    row.maybe_day(6),  std::string(row.text(7)), row.number(8)};
  });
}

constexpr std::string_view insert_leaving_row =
    "INSERT INTO user_leaving (id, user_id, day, reason, at_ms, taken_back_ms) VALUES ($1, $2, $3, $4, $5, NULL)";
void insert_leaving(db::Writer& writer, const Leaving& leaving) {
  writer.run(insert_leaving_row, {leaving.id, leaving.user, leaving.day, leaving.reason, leaving.at_ms});
}

constexpr std::string_view insert_left_post = "INSERT INTO user_leaving_post (leaving, holding, until_day) VALUES ($1, $2, $3)";
void insert_leaving_post(db::Writer& writer, std::int64_t leaving, std::int64_t holding, std::optional<Day> until) {
  writer.run(insert_left_post, {leaving, holding, until});
}

constexpr std::string_view select_open_leaving =
    "SELECT id, user_id, day, reason, at_ms FROM user_leaving WHERE user_id = $1 AND taken_back_ms IS NULL ORDER BY at_ms DESC, id DESC LIMIT 1";
std::optional<Leaving> open_leaving(db::Reader& reader, UserId user) {
  return reader.first(select_open_leaving, {user}, [](const db::Row& row) {
    return Leaving{row.number(0), row.id<UserId>(1), row.day(2), std::string(row.text(3)), row.number(4), std::nullopt};
  });
}

constexpr std::string_view select_left_posts = "SELECT holding, until_day FROM user_leaving_post WHERE leaving = $1 ORDER BY holding";
std::vector<LeftPost> left_posts(db::Reader& reader, std::int64_t leaving) {
  return reader.all(select_left_posts, {leaving}, [](const db::Row& row) { return LeftPost{row.number(0), row.maybe_day(1)}; });
}

constexpr std::string_view update_taken_back = "UPDATE user_leaving SET taken_back_ms = $2 WHERE id = $1";
void set_taken_back(db::Writer& writer, std::int64_t leaving, std::int64_t at_ms) { writer.run(update_taken_back, {leaving, at_ms}); }

}  // namespace khuyenhoc::account_life_sql
