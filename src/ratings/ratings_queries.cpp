#include "ratings/ratings_queries.h"

namespace khuyenhoc {
namespace {

Rating of_row(const db::Row& row) {
  return {row.id<BodyId>(0), static_cast<int>(row.number(1)), row.as<Grade>(2), row.id<BodyId>(3), {std::string(row.text(4)), row.maybe_day(5), std::string(row.text(6))}, row.number(7)};
}

}  // namespace

constexpr std::string_view select_of_body =
    "SELECT body, year, grade, rated_by, decision_number, decision_day, decision_issuer, row_version FROM body_rating WHERE body = $1 ORDER BY year DESC";
std::vector<Rating> ratings_of(db::Reader& reader, BodyId body) { return reader.all(select_of_body, {body}, of_row); }

namespace ratings_sql {

constexpr std::string_view select_one =
    "SELECT body, year, grade, rated_by, decision_number, decision_day, decision_issuer, row_version FROM body_rating WHERE body = $1 AND year = $2";
std::optional<Rating> find(db::Reader& reader, BodyId body, int year) { return reader.first(select_one, {body, year}, of_row); }

constexpr std::string_view insert_one =
    "INSERT INTO body_rating (body, year, grade, rated_by, decision_number, decision_day, decision_issuer, row_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
void insert(db::Writer& writer, const Rating& rating) {
  writer.run(insert_one, {rating.body, rating.year, rating.grade, rating.rated_by, rating.decision.number, rating.decision.day, rating.decision.issuer, rating.row_version});
}

constexpr std::string_view update_one =
    "UPDATE body_rating SET grade = $3, rated_by = $4, decision_number = $5, decision_day = $6, decision_issuer = $7, row_version = $8 WHERE body = $1 AND year = $2";
void update(db::Writer& writer, const Rating& rating) {
  writer.run(update_one, {rating.body, rating.year, rating.grade, rating.rated_by, rating.decision.number, rating.decision.day, rating.decision.issuer, rating.row_version});
}

}  // namespace ratings_sql
}  // namespace khuyenhoc
