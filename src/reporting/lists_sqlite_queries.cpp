#include "reporting/reporting_queries.h"

namespace khuyenhoc::reporting_sql {
namespace {

constexpr ListQueries queries{
    .cells = "SELECT body, series, extent, first_day, value, row_version, by_user, at_ms FROM statement WHERE body IN (SELECT value FROM json_each($1)) "
             "AND last_day = $3 AND first_day IN ($2, $3)",
    .stated = "SELECT body, series, first_day, last_day FROM statement WHERE body IN (SELECT value FROM json_each($1)) "
              "AND last_day IN ($2, $3) AND extent = 1 AND value IS NOT NULL",
    .listed = "SELECT body, CAST(SUM(amount) AS BIGINT) FROM fact WHERE series = $2 AND body IN (SELECT value FROM json_each($1)) AND day <= $3 "
              "AND layer = 0 AND kind IN (1, 4) GROUP BY body",
    .reasons = "SELECT body, measure, reason, by_user, at_ms FROM entry_reason WHERE body IN (SELECT value FROM json_each($1)) AND first_day = $2 AND last_day = $3 ORDER BY body, measure",
    .texts = "SELECT body, code, answer, by_user, at_ms FROM entry_text WHERE body IN (SELECT value FROM json_each($1)) "
             "AND first_day = $2 AND last_day = $3 ORDER BY body, code",
};

}  // namespace

const ListQueries& sqlite_lists() { return queries; }

}  // namespace khuyenhoc::reporting_sql
