#include "organisation/bodies_in_bulk_queries.h"

#include <cassert>

#include "organisation/audit_sink.h"
#include "organisation/body_queries.h"

namespace khuyenhoc {
namespace {

std::string number_or_null(std::int64_t number) { return number == 0 ? std::string("null") : std::to_string(number); }

}  // namespace

// PostgreSQL answers each statement over its connection, so the rows travel in one.
constexpr std::string_view update_many_on_postgres =
    "UPDATE body SET kind = given.row->>1, born = (given.row->>2)::bigint, ended = (given.row->>3)::bigint, former_area = (given.row->>4)::bigint, "
    "voided = (given.row->>5)::bigint, row_version = (given.row->>6)::bigint, changed_at = 0 "
    "FROM (SELECT item AS row FROM json_array_elements($1::json) AS item) AS given WHERE body.id = (given.row->>0)::bigint";
constexpr std::string_view delete_many_on_postgres =
    "DELETE FROM body_version WHERE body = ANY (ARRAY(SELECT (item->>0)::bigint FROM json_array_elements($1::json) AS item))";

void update_bodies(db::Writer& writer, std::span<const Body> bodies) {
  if (writer.dialect() == db::Dialect::sqlite) {
    for (const auto& body : bodies) update_body(writer, body);
    return;
  }
  std::string rows = "[";
  for (const auto& body : bodies)
    fmt::format_to(std::back_inserter(rows), "{}[{},{},{},{},{},{},{}]", rows.size() > 1 ? "," : "", body.id.value, json_text(body.kind), body.born.number(),
                   body.ended ? std::to_string(body.ended->number()) : "null", number_or_null(body.former_area.value), body.voided ? 1 : 0, body.row_version);
  rows += "]";
  const auto changed = writer.run(update_many_on_postgres, {rows});
  assert(changed == static_cast<std::int64_t>(bodies.size()));
  static_cast<void>(changed);
  writer.run(delete_many_on_postgres, {rows});
  insert_versions(writer, bodies);
}

}  // namespace khuyenhoc
