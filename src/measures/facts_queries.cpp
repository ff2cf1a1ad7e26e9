#include "measures/facts_queries.h"

#include "measures/facts_lists_queries.h"

namespace khuyenhoc::facts_sql {
namespace {

StoredFact stored_fact(const db::Row& row) {
  return {row.number(0),        row.id<BodyId>(1), row.day(2),    row.number(3), row.number(4), row.as<FactKind>(5),
          row.number(6),        row.number(7),     row.number(8), row.as<FactLayer>(9), row.as<Arrival>(10)};
}

}  // namespace

constexpr std::string_view select_series = "SELECT id, measure, member FROM fact_series ORDER BY id";
std::vector<StoredSeries> all_series(db::Reader& reader) {
  return reader.all(select_series, {}, [](const db::Row& row) { return StoredSeries{row.number(0), std::string(row.text(1)), std::string(row.text(2))}; });
}

constexpr std::string_view insert_series_row = "INSERT INTO fact_series (id, measure, member) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
void insert_series(db::Writer& writer, const StoredSeries& series) { writer.run(insert_series_row, {series.id, series.measure, series.member}); }

constexpr std::string_view select_nouns = "SELECT id, noun FROM fact_noun ORDER BY id";
std::vector<std::pair<std::int64_t, std::string>> all_nouns(db::Reader& reader) {
  return reader.all(select_nouns, {}, [](const db::Row& row) { return std::pair(row.number(0), std::string(row.text(1))); });
}

constexpr std::string_view insert_noun = "INSERT INTO fact_noun (id, noun) VALUES ($1, $2) ON CONFLICT DO NOTHING";
constexpr std::string_view select_noun = "SELECT id FROM fact_noun WHERE noun = $1";
std::int64_t keep_noun(db::Writer& writer, std::int64_t new_id, const std::string& noun) {
  writer.run(insert_noun, {new_id, noun});
  return writer.first_number(select_noun, {noun}).value();
}

constexpr std::string_view insert_fact =
    "INSERT INTO fact (position, body, day, series, amount, kind, noun, source, reverses, layer, arrival) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
void insert(db::Writer& writer, std::span<const StoredFact> facts) {
  const auto values = [](const StoredFact& fact) {
    return db::Values{fact.position, fact.body, fact.day, fact.series, fact.amount, fact.kind, fact.noun, fact.source, fact.reverses, fact.layer, fact.arrival};
  };
  constexpr std::size_t worth_copying = 32;
  if (facts.size() < worth_copying) {
    for (const auto& fact : facts) writer.run(insert_fact, values(fact));
    return;
  }
  std::size_t next = 0;
  writer.copy_in("fact", {"position", "body", "day", "series", "amount", "kind", "noun", "source", "reverses", "layer", "arrival"}, [&](db::Values& row) {
    if (next == facts.size()) return false;
    row = values(facts[next++]);
    return true;
  });
}

constexpr std::string_view select_last_position = "SELECT MAX(position) FROM fact";
std::int64_t last_position(db::Reader& reader) { return reader.first_number(select_last_position).value_or(0); }

constexpr std::string_view select_bare =
    "SELECT position, body, day, series, amount, layer FROM fact WHERE position > $1 ORDER BY position LIMIT $2";
void each_bare(db::Reader& reader, std::int64_t after, std::int64_t limit, const std::function<void(const BareFact&)>& each) {
  reader.each(select_bare, {after, limit}, [&](const db::Row& row) {
    // a window remainder is passed on without an amount, so that the caller knows how far it has come
    const bool window = row.as<FactLayer>(5) == FactLayer::window;
    each({row.number(0), row.id<BodyId>(1), row.day(2), row.number(3), window ? 0 : row.number(4)});
  });
}

constexpr std::string_view select_windows =
    "SELECT fact.position, fact.body, fact.day, fact.series, fact.amount, statement.first_day, statement.last_day FROM fact "
    "JOIN statement ON statement.id = fact.source WHERE fact.position > $1 AND fact.layer = 3 ORDER BY fact.position";
void each_window(db::Reader& reader, std::int64_t after, const std::function<void(const BareFact&, Period)>& each) {
  reader.each(select_windows, {after}, [&](const db::Row& row) {
    each({row.number(0), row.id<BodyId>(1), row.day(2), row.number(3), row.number(4)}, {row.day(5), row.day(6)});
  });
}

constexpr std::string_view select_of_body =
    "SELECT position, body, day, series, amount, kind, noun, source, reverses, layer, arrival FROM fact "
    "WHERE series = $1 AND body = $2 AND day BETWEEN $3 AND $4 ORDER BY position";
std::vector<StoredFact> of_body(db::Reader& reader, BodyId body, std::int64_t series, Period period) {
  return reader.all(select_of_body, {series, body, period.first, period.last}, stored_fact);
}

constexpr std::string_view select_remainders =
    "SELECT position, body, day, series, amount, kind, noun, source, reverses, layer, arrival FROM fact "
    "WHERE series = $1 AND body = $2 AND layer = $3 ORDER BY position";
std::vector<StoredFact> remainders(db::Reader& reader, BodyId body, std::int64_t series, FactLayer layer) {
  auto all = reader.all(select_remainders, {series, body, layer}, stored_fact);
  std::vector<std::int64_t> reversed;
  for (const auto& fact : all)
    if (fact.reverses != 0) reversed.push_back(fact.reverses);
  std::ranges::sort(reversed);
  std::erase_if(all, [&](const StoredFact& fact) { return fact.reverses != 0 || std::ranges::binary_search(reversed, fact.position); });
  return all;
}

std::vector<TakenOver> taken_over(db::Reader& reader, std::int64_t series, std::span<const BodyId> bodies) {
  return reader.all(lists(reader).taken_over, {series, list_of(bodies)}, [](const db::Row& row) { return TakenOver{row.id<BodyId>(0), row.as<FactLayer>(1)}; });
}

std::string list_of(std::span<const std::int64_t> numbers) {
  std::string out = "[";
  for (const std::int64_t number : numbers) fmt::format_to(std::back_inserter(out), "{}{}", out.size() > 1 ? "," : "", number);
  return out + "]";
}

std::string list_of(std::span<const BodyId> bodies) {
  std::vector<std::int64_t> numbers;
  for (const BodyId body : bodies) numbers.push_back(body.value);
  return list_of(std::span<const std::int64_t>(numbers));
}

std::int64_t sum(db::Reader& reader, std::int64_t series, std::span<const BodyId> bodies, Period days) {
  return reader.first_number(lists(reader).sum, {series, list_of(bodies), days.first, days.last}).value_or(0);
}

constexpr std::string_view select_remainder_sum =
    "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM fact WHERE series = $1 AND body = $2 AND layer = $3 AND day BETWEEN $4 AND $5";
std::int64_t remainder_sum(db::Reader& reader, std::int64_t series, BodyId body, FactLayer layer, Period days) {
  return reader.first_number(select_remainder_sum, {series, body, layer, days.first, days.last}).value_or(0);
}

std::vector<ArrivedWithin> arrived_within(db::Reader& reader, std::int64_t series, std::span<const BodyId> bodies, Period days) {
  return reader.all(lists(reader).arrived_within, {series, list_of(bodies), days.first, days.last},
                    [](const db::Row& row) { return ArrivedWithin{row.id<BodyId>(0), row.day(1), row.as<FactLayer>(2), row.number(3)}; });
}

std::vector<RemainderSum> remainders_of(db::Reader& reader, std::span<const BodyId> bodies, Period days) {
  return reader.all(lists(reader).remainders, {days.first, list_of(bodies), days.last},
                    [](const db::Row& row) { return RemainderSum{row.id<BodyId>(0), row.number(1), row.as<FactLayer>(2), row.number(3)}; });
}

std::int64_t overhanging_sum(db::Reader& reader, std::int64_t series, std::span<const BodyId> bodies, Period days) {
  return reader.first_number(lists(reader).overhanging, {series, list_of(bodies), days.first, days.last}).value_or(0);
}

constexpr std::string_view select_overhanging_of =
    "SELECT CAST(COALESCE(SUM(fact.amount), 0) AS BIGINT) FROM fact JOIN statement ON statement.id = fact.source "
    "WHERE fact.series = $1 AND fact.body = $2 AND fact.layer = $3 AND fact.day BETWEEN $4 AND $5 AND (statement.first_day < $4 OR statement.last_day > $5)";
std::int64_t overhanging_sum_of(db::Reader& reader, std::int64_t series, BodyId body, FactLayer layer, Period days) {
  return reader.first_number(select_overhanging_of, {series, body, layer, days.first, days.last}).value_or(0);
}

void each_sum_by_series(db::Reader& reader, std::span<const BodyId> bodies, Period days, const std::function<void(std::int64_t, std::int64_t)>& each) {
  reader.each(lists(reader).by_series, {list_of(bodies), days.first, days.last}, [&](const db::Row& row) { each(row.number(0), row.number(1)); });
}

void each_of_bodies(db::Reader& reader, std::int64_t series, std::span<const BodyId> bodies, Period days, const std::function<void(const StoredFact&)>& each) {
  reader.each(lists(reader).rows, {series, list_of(bodies), days.first, days.last}, [&](const db::Row& row) { each(stored_fact(row)); });
}

}  // namespace khuyenhoc::facts_sql
