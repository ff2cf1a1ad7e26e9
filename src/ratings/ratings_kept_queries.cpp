#include "ratings/ratings.h"

namespace khuyenhoc {

constexpr std::string_view count_ratings = "SELECT body, count(*) FROM body_rating WHERE year >= $1 AND grade > 0 GROUP BY body";
std::map<BodyId, std::int64_t> ratings_kept_from(db::Reader& reader, int year) {
  std::map<BodyId, std::int64_t> out;
  reader.each(count_ratings, {year}, [&](const db::Row& row) { out.emplace(row.id<BodyId>(0), row.number(1)); });
  return out;
}

}  // namespace khuyenhoc
