#include "committees/areas_queries.h"

namespace khuyenhoc {
namespace {

LookedAfter of_row(const db::Row& row) { return {row.number(0), row.id<BodyId>(1), row.id<BodyId>(3), row.number(2), row.day(4), row.maybe_day(5)}; }

}  // namespace

constexpr std::string_view select_of_body = "SELECT id, office, holding, body, from_day, until_day FROM body_looked_after WHERE body = $1 ORDER BY from_day DESC, id DESC";
std::vector<LookedAfter> looked_after_history(db::Reader& reader, BodyId body) { return reader.all(select_of_body, {body}, of_row); }

namespace areas_sql {

constexpr std::string_view select_of_office =
    "SELECT id, office, holding, body, from_day, until_day FROM body_looked_after "
    "WHERE office = $1 AND from_day <= $2 AND (until_day IS NULL OR until_day > $2) ORDER BY from_day, id";
std::vector<LookedAfter> of_office(db::Reader& reader, BodyId office, Day day) { return reader.all(select_of_office, {office, day}, of_row); }

constexpr std::string_view select_later = "SELECT id, office, holding, body, from_day, until_day FROM body_looked_after WHERE office = $1 AND from_day > $2 ORDER BY from_day, id";
std::vector<LookedAfter> later_of_office(db::Reader& reader, BodyId office, Day day) { return reader.all(select_later, {office, day}, of_row); }

constexpr std::string_view insert_one = "INSERT INTO body_looked_after (id, office, holding, body, from_day, until_day) VALUES ($1, $2, $3, $4, $5, $6)";
void insert(db::Writer& writer, const LookedAfter& one) { writer.run(insert_one, {one.id, one.office, one.holding, one.body, one.from, one.until}); }

constexpr std::string_view end_one = "UPDATE body_looked_after SET until_day = $2 WHERE id = $1";
void end(db::Writer& writer, std::int64_t id, Day first_day_gone) { writer.run(end_one, {id, first_day_gone}); }

}  // namespace areas_sql
}  // namespace khuyenhoc
