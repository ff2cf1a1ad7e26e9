#include "measures/facts_lists_queries.h"

namespace khuyenhoc::facts_sql {
namespace {

constexpr ListStatements statements{
    .sum = "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM fact WHERE series = $1 AND body = ANY (ARRAY(SELECT item::bigint FROM json_array_elements_text($2::json) AS item)) AND day BETWEEN $3 AND $4 AND layer <> 3",
    .arrived_within = "SELECT body, day, layer, CAST(SUM(amount) AS BIGINT) FROM fact WHERE series = $1 AND body = ANY (ARRAY(SELECT item::bigint FROM json_array_elements_text($2::json) AS item)) AND day BETWEEN $3 AND $4 "
                      "AND layer <> 3 AND arrival = 1 GROUP BY body, day, layer",
    .overhanging = "SELECT CAST(COALESCE(SUM(fact.amount), 0) AS BIGINT) FROM fact JOIN statement ON statement.id = fact.source "
                   "WHERE fact.series = $1 AND fact.body = ANY (ARRAY(SELECT item::bigint FROM json_array_elements_text($2::json) AS item)) AND fact.day BETWEEN $3 AND $4 AND fact.layer IN (1, 2) AND (statement.first_day < $3 OR statement.last_day > $4)",
    .by_series = "SELECT series, CAST(SUM(amount) AS BIGINT) FROM fact WHERE body = ANY (ARRAY(SELECT item::bigint FROM json_array_elements_text($1::json) AS item)) AND day BETWEEN $2 AND $3 AND layer <> 3 GROUP BY series ORDER BY series",
    .rows = "SELECT position, body, day, series, amount, kind, noun, source, reverses, layer, arrival FROM fact "
            "WHERE series = $1 AND body = ANY (ARRAY(SELECT item::bigint FROM json_array_elements_text($2::json) AS item)) AND day BETWEEN $3 AND $4 AND layer <> 3 ORDER BY position",
    .statements = "SELECT id, body, series, first_day, last_day, extent, value, arrival, row_version, by_user, at_ms FROM statement "
                  "WHERE first_day = $1 AND body = ANY (ARRAY(SELECT item::bigint FROM json_array_elements_text($2::json) AS item)) AND last_day = $3 AND value IS NOT NULL ORDER BY body, series, extent",
    .of_holders = "SELECT id, body, series, first_day, last_day, extent, value, arrival, row_version, by_user, at_ms FROM statement "
                  "WHERE series = $1 AND body = ANY (ARRAY(SELECT item::bigint FROM json_array_elements_text($2::json) AS item)) ORDER BY body, extent, last_day, first_day",
    .window_amounts = "SELECT fact.body, statement.extent, fact.arrival, CAST(SUM(fact.amount) AS BIGINT) FROM fact JOIN statement ON statement.id = fact.source "
                      "WHERE fact.series = $1 AND fact.body = ANY (ARRAY(SELECT item::bigint FROM json_array_elements_text($2::json) AS item)) AND fact.layer = 3 AND statement.first_day = $3 AND statement.last_day = $4 "
                      "GROUP BY fact.body, statement.extent, fact.arrival",
    .remainders = "SELECT body, series, layer, CAST(SUM(amount) AS BIGINT) FROM fact WHERE body = ANY (ARRAY(SELECT item::bigint FROM json_array_elements_text($2::json) AS item)) AND day BETWEEN $1 AND $3 AND layer IN (1, 2) "
                  "GROUP BY body, series, layer ORDER BY body, series, layer",
    .taken_over = "SELECT DISTINCT body, layer FROM fact WHERE series = $1 AND body = ANY (ARRAY(SELECT item::bigint FROM json_array_elements_text($2::json) AS item)) "
                  "AND layer IN (1, 2) AND kind IN (1, 3)",
    .arrived_series = "SELECT DISTINCT series FROM fact WHERE body = ANY (ARRAY(SELECT item::bigint FROM json_array_elements_text($2::json) AS item)) "
                      "AND series = ANY (ARRAY(SELECT item::bigint FROM json_array_elements_text($3::json) AS item)) AND day >= $1 AND layer <> 3 AND arrival = 1",
    .own_levels = "SELECT body, series, layer, CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM fact WHERE body = ANY (ARRAY(SELECT item::bigint FROM json_array_elements_text($2::json) AS item)) AND day <= $1 AND layer <> 3 GROUP BY body, series, layer",
    .own_facts = "SELECT position, body, day, series, amount, kind, noun, source, reverses, layer, arrival FROM fact WHERE body = ANY (ARRAY(SELECT item::bigint FROM json_array_elements_text($2::json) AS item)) AND day >= $1 AND layer <> 3 ORDER BY position",
    .bodies_with_facts = "SELECT DISTINCT body FROM fact WHERE body = ANY (ARRAY(SELECT item::bigint FROM json_array_elements_text($2::json) AS item)) AND day >= $1 AND layer <> 3",
    .bodies_with_statements = "SELECT DISTINCT body FROM statement WHERE body = ANY (ARRAY(SELECT item::bigint FROM json_array_elements_text($2::json) AS item)) AND last_day >= $1 AND value IS NOT NULL",
    .logged_facts = "SELECT fact.position, fact.body, fact.day, fact.amount, fact.kind, fact.layer, fact.noun, fact.source, figure_act.id, figure_act.last_position FROM fact "
                    "LEFT JOIN figure_act ON figure_act.first_position = (SELECT MAX(earlier.first_position) FROM figure_act AS earlier WHERE earlier.first_position < fact.position) "
                    "WHERE fact.series = $1 AND fact.body = ANY (ARRAY(SELECT item::bigint FROM json_array_elements_text($2::json) AS item)) AND fact.day BETWEEN $3 AND $4 AND fact.layer <> 3 ORDER BY fact.position",
    .logged_window_facts = "SELECT fact.position, fact.body, fact.day, fact.amount, fact.kind, fact.layer, fact.noun, fact.source, figure_act.id, figure_act.last_position FROM fact "
                           "JOIN statement ON statement.id = fact.source "
                           "LEFT JOIN figure_act ON figure_act.first_position = (SELECT MAX(earlier.first_position) FROM figure_act AS earlier WHERE earlier.first_position < fact.position) "
                           "WHERE fact.series = $1 AND fact.body = ANY (ARRAY(SELECT item::bigint FROM json_array_elements_text($2::json) AS item)) AND fact.layer = 3 AND statement.first_day = $3 AND statement.last_day = $4 ORDER BY fact.position",
    .logged_versions = "SELECT statement.id, statement.body, statement.first_day, statement.last_day, statement.extent, version.row_version, version.value, version.by_user, version.at_ms, version.act "
                       "FROM statement JOIN statement_history AS version ON version.statement = statement.id "
                       "WHERE statement.series = $1 AND statement.body = ANY (ARRAY(SELECT item::bigint FROM json_array_elements_text($2::json) AS item)) AND statement.last_day BETWEEN $3 AND $4 ORDER BY statement.id, version.row_version",
};

}  // namespace

const ListStatements& postgres_lists() { return statements; }

}  // namespace khuyenhoc::facts_sql
