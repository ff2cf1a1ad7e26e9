#include "committees/terms_kept.h"

namespace khuyenhoc {

constexpr std::string_view count_terms = "SELECT body, count(*) FROM committee_term WHERE ended_day IS NULL OR (ended_day > $1 AND ended_day > from_day) GROUP BY body";
std::map<BodyId, std::int64_t> terms_kept_from(db::Reader& reader, Day from) {
  std::map<BodyId, std::int64_t> out;
  reader.each(count_terms, {from}, [&](const db::Row& row) { out.emplace(row.id<BodyId>(0), row.number(1)); });
  return out;
}

}  // namespace khuyenhoc
