#include "organisation/posts_queries.h"

namespace khuyenhoc {

PostHolding post_holding_of(const db::Row& row) {
  return {row.number(0),  row.id<BodyId>(1), std::string(row.text(2)), std::string(row.text(3)), row.id<UserId>(4),
          row.day(5),     row.maybe_day(6),  std::string(row.text(7)), row.number(8)};
}

namespace {

db::Value user_or_null(UserId user) { return user ? db::Value(user) : db::Value(); }

}  // namespace

constexpr std::string_view insert_holding =
    "INSERT INTO post_holding (id, body, post, person_name, user_id, from_day, until_day, term, row_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
void insert_post_holding(db::Writer& writer, const PostHolding& holding) {
  writer.run(insert_holding, {holding.id, holding.body, holding.post, holding.person_name, user_or_null(holding.user), holding.from, holding.until, holding.term,
                              holding.row_version});
}

constexpr std::string_view update_holding = "UPDATE post_holding SET until_day = $2, term = $3, row_version = $4 WHERE id = $1";
void update_post_holding(db::Writer& writer, const PostHolding& holding) {
  writer.run(update_holding, {holding.id, holding.until, holding.term, holding.row_version});
}

constexpr std::string_view correct_holding = "UPDATE post_holding SET post = $2, person_name = $3, from_day = $4, until_day = $5, term = $6, row_version = $7 WHERE id = $1";
void correct_post_holding(db::Writer& writer, const PostHolding& holding) {
  writer.run(correct_holding, {holding.id, holding.post, holding.person_name, holding.from, holding.until, holding.term, holding.row_version});
}

constexpr std::string_view select_of_body =
    "SELECT id, body, post, person_name, user_id, from_day, until_day, term, row_version FROM post_holding WHERE body = $1 ORDER BY from_day, id";
std::vector<PostHolding> post_holdings(db::Reader& reader, BodyId body) { return reader.all(select_of_body, {body}, post_holding_of); }

constexpr std::string_view select_of_user =
    "SELECT id, body, post, person_name, user_id, from_day, until_day, term, row_version FROM post_holding "
    "WHERE user_id = $1 AND from_day <= $2 AND (until_day IS NULL OR until_day > $2) ORDER BY from_day, id";
std::vector<PostHolding> posts_of_user(db::Reader& reader, UserId user, Day day) { return reader.all(select_of_user, {user, day}, post_holding_of); }

constexpr std::string_view select_holding =
    "SELECT id, body, post, person_name, user_id, from_day, until_day, term, row_version FROM post_holding WHERE id = $1";
std::optional<PostHolding> find_post_holding(db::Reader& reader, std::int64_t holding) { return reader.first(select_holding, {holding}, post_holding_of); }

}  // namespace khuyenhoc
