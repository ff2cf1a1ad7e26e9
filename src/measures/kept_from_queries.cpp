#include "measures/kept_from.h"

namespace khuyenhoc {

namespace {

std::map<BodyId, std::int64_t> counted(db::Reader& reader, std::string_view statement, std::int64_t from) {
  std::map<BodyId, std::int64_t> out;
  reader.each(statement, {from}, [&](const db::Row& row) { out.emplace(row.id<BodyId>(0), row.number(1)); });
  return out;
}

}  // namespace

constexpr std::string_view count_closings = "SELECT body, count(*) FROM closing WHERE in_force = 1 AND last_day >= $1 GROUP BY body";
std::map<BodyId, std::int64_t> closings_kept_from(db::Reader& reader, Day from) { return counted(reader, count_closings, from.number()); }

constexpr std::string_view count_targets = "SELECT body, count(*) FROM target WHERE year >= $1 GROUP BY body";
std::map<BodyId, std::int64_t> targets_kept_from(db::Reader& reader, int year) { return counted(reader, count_targets, year); }

}  // namespace khuyenhoc
