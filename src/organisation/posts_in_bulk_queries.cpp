#include <iterator>

#include "organisation/posts_in_bulk.h"
#include "organisation/posts_queries.h"

namespace khuyenhoc {
namespace {

// Asking body by body is one round trip each on PostgreSQL; on both engines few bodies are asked for by their index.
constexpr std::size_t worth_one_question = 16;

std::string list_of(std::span<const BodyId> bodies) {
  std::string out = "[";
  for (const BodyId body : bodies) fmt::format_to(std::back_inserter(out), "{}{}", out.size() > 1 ? "," : "", body.value);
  return out + "]";
}

}  // namespace

constexpr std::string_view select_of_bodies_on_postgres =
    "SELECT id, body, post, person_name, user_id, from_day, until_day, term, row_version FROM post_holding "
    "WHERE body = ANY (ARRAY(SELECT item::bigint FROM json_array_elements_text($1::json) AS item)) ORDER BY body, from_day, id";
constexpr std::string_view select_of_bodies_on_sqlite =
    "SELECT id, body, post, person_name, user_id, from_day, until_day, term, row_version FROM post_holding "
    "WHERE body IN (SELECT value FROM json_each($1)) ORDER BY body, from_day, id";
std::map<BodyId, std::vector<PostHolding>> post_holdings_of(db::Reader& reader, std::span<const BodyId> bodies) {
  std::map<BodyId, std::vector<PostHolding>> out;
  if (bodies.size() < worth_one_question) {
    for (const auto body : bodies)
      if (auto held = post_holdings(reader, body); !held.empty()) out.insert_or_assign(body, std::move(held));
    return out;
  }
  const auto sql = reader.dialect() == db::Dialect::postgres ? select_of_bodies_on_postgres : select_of_bodies_on_sqlite;
  reader.each(sql, {list_of(bodies)}, [&](const db::Row& row) { out[row.id<BodyId>(1)].push_back(post_holding_of(row)); });
  return out;
}

constexpr std::string_view update_ends_on_postgres =
    "UPDATE post_holding SET until_day = CAST(given.item->>1 AS bigint), row_version = CAST(given.item->>2 AS bigint) "
    "FROM (SELECT item FROM json_array_elements($1::json) AS item) AS given WHERE post_holding.id = CAST(given.item->>0 AS bigint)";
void update_post_ends(db::Writer& writer, std::span<const PostHolding> holdings) {
  if (writer.dialect() == db::Dialect::sqlite || holdings.size() < worth_one_question) {
    for (const auto& holding : holdings) update_post_holding(writer, holding);
    return;
  }
  std::string rows = "[";
  for (const auto& holding : holdings)
    fmt::format_to(std::back_inserter(rows), "{}[{},{},{}]", rows.size() > 1 ? "," : "", holding.id, holding.until ? std::to_string(holding.until->number()) : "null",
                   holding.row_version);
  writer.run(update_ends_on_postgres, {rows + "]"});
}

}  // namespace khuyenhoc
