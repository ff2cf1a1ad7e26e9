#include "app/installation_queries.h"

namespace khuyenhoc {

constexpr std::string_view all_facts = "SELECT body, day, series, amount FROM fact WHERE layer <> $1 ORDER BY position";

void each_logged_fact(db::Reader& reader, const std::function<void(const LoggedFact&)>& each) {
  reader.stream(all_facts, {FactLayer::window}, [&](const db::Row& row) { each({row.id<BodyId>(0), row.day(1), row.number(2), row.number(3)}); });
}

constexpr std::string_view count_statements = "SELECT count(*) FROM statement WHERE value IS NOT NULL";

std::int64_t statements_in_force(db::Reader& reader) { return reader.first_number(count_statements).value_or(0); }

constexpr std::string_view all_statements =
    "SELECT id, body, series, first_day, last_day, extent, value, arrival, row_version FROM statement WHERE value IS NOT NULL ORDER BY id";

void each_statement(db::Reader& reader, std::int64_t step, const std::function<void(const StatedFigure&)>& each) {
  std::int64_t number = 0;
  reader.stream(all_statements, {}, [&](const db::Row& row) {
    if (number++ % step != 0) return;
    StatedFigure one;
    one.statement.id = row.number(0);
    one.statement.body = row.id<BodyId>(1);
    one.stored_series = row.number(2);
    one.statement.period = {row.day(3), row.day(4)};
    one.statement.extent = row.as<Extent>(5);
    one.statement.value = row.maybe_number(6);
    one.statement.arrival = row.as<Arrival>(7);
    one.statement.row_version = row.number(8);
    each(one);
  });
}

constexpr std::string_view counts_that_differ =
    "SELECT body, first_day, last_day, CAST(SUM(kept) AS BIGINT), CAST(SUM(stated) AS BIGINT) FROM ("
    "SELECT body, first_day, last_day, figures AS kept, 0 AS stated FROM statement_count UNION ALL "
    "SELECT body, first_day, last_day, 0, 1 FROM statement WHERE value IS NOT NULL) AS counted "
    "GROUP BY body, first_day, last_day HAVING SUM(kept) <> SUM(stated) ORDER BY body, first_day, last_day";

void each_wrong_count(db::Reader& reader, const std::function<void(const WrongCount&)>& each) {
  reader.stream(counts_that_differ, {}, [&](const db::Row& row) { each({row.id<BodyId>(0), {row.day(1), row.day(2)}, row.number(3), row.number(4)}); });
}

constexpr std::string_view all_attachments = "SELECT digest, content FROM attachment ORDER BY digest";

void each_attachment(db::Reader& reader, const std::function<void(const KeptFile&)>& each) {
  reader.stream(all_attachments, {}, [&](const db::Row& row) { each({row.bytes(0), row.bytes(1)}); });
}

}  // namespace khuyenhoc
