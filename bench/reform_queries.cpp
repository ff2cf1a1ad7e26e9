// The rows that must be the same after undoing, and the peer: the same re-parenting and handing over in plain SQL.
#include "bench/reform_answers.h"
#include "bench/reform_peer.h"
#include "bench/stopwatch.h"
#include "platform/db/digest.h"

namespace khuyenhoc::bench {

constexpr std::string_view select_bodies = "SELECT id, kind, born, COALESCE(ended, 0), COALESCE(former_area, 0), voided FROM body WHERE id <= $1 ORDER BY id";
constexpr std::string_view select_versions = "SELECT body, from_day, name, short_name, COALESCE(superior, 0), area FROM body_version WHERE body <= $1 ORDER BY body, from_day";
constexpr std::string_view select_links = "SELECT predecessor, successor FROM body_succession ORDER BY predecessor, successor";
constexpr std::string_view select_statements = "SELECT id, body, series, first_day, last_day, extent, COALESCE(value, -1) FROM statement ORDER BY id";
constexpr std::string_view select_sums =
    "SELECT body, series, day, layer, CAST(SUM(amount) AS BIGINT) FROM fact GROUP BY body, series, day, layer HAVING SUM(amount) <> 0 ORDER BY body, series, day, layer";
std::string digest_of_rows(db::Reader& reader, BodyId newest) {
  db::RunningDigest digest;
  std::vector<std::int64_t> numbers;
  const auto add = [&](const db::Row& row) {
    numbers.clear();
    for (int column = 0; column < row.columns(); ++column) numbers.push_back(row.number(column));
    digest.add(std::string_view(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(numbers.front())));
  };
  const auto add_text = [&](const db::Row& row) { digest.add(fmt::format("{} {} {} {} {} {}\n", row.number(0), row.text(1), row.number(2), row.number(3), row.number(4), row.number(5))); };
  reader.each(select_bodies, {newest}, add_text);
  reader.each(select_versions, {newest}, [&](const db::Row& row) {
    digest.add(fmt::format("{} {} {} {} {} {}\n", row.number(0), row.number(1), row.text(2), row.text(3), row.number(4), row.number(5)));
  });
  reader.each(select_links, {}, add);
  reader.stream(select_statements, {}, add);
  reader.stream(select_sums, {}, add);
  return crypto::hex(digest.finish());
}

constexpr std::string_view create_moves = "CREATE TABLE reform_move (body BIGINT PRIMARY KEY, superior BIGINT NOT NULL, area BIGINT NOT NULL)";
constexpr std::string_view create_ends = "CREATE TABLE reform_end (body BIGINT PRIMARY KEY, target BIGINT NOT NULL)";
constexpr std::string_view drop_moves = "DROP TABLE reform_move";
constexpr std::string_view drop_ends = "DROP TABLE reform_end";
constexpr std::string_view insert_moved =
    "INSERT INTO body_version (body, from_day, name, short_name, superior, area) SELECT v.body, $1 + 1, v.name, v.short_name, m.superior, m.area FROM reform_move m "
    "JOIN body_version v ON v.body = m.body AND v.from_day = (SELECT MAX(from_day) FROM body_version WHERE body = m.body)";
constexpr std::string_view end_bodies = "UPDATE body SET ended = $1 + 1 WHERE id IN (SELECT body FROM reform_end)";
constexpr std::string_view largest_position = "SELECT MAX(position) FROM fact";
constexpr std::string_view insert_out =
    "INSERT INTO fact (position, body, day, series, amount, kind, noun, source, reverses, layer, arrival) "
    "SELECT $2 + ROW_NUMBER() OVER (ORDER BY body, series, layer), body, $1, series, -total, 3, 1, 1, 0, layer, 0 FROM "
    "(SELECT f.body, f.series, f.layer, CAST(SUM(f.amount) AS BIGINT) AS total FROM fact f JOIN reform_end e ON e.body = f.body WHERE f.day <= $1 AND f.layer <> 3 "
    "GROUP BY f.body, f.series, f.layer) AS held WHERE total <> 0";
constexpr std::string_view insert_in =
    "INSERT INTO fact (position, body, day, series, amount, kind, noun, source, reverses, layer, arrival) "
    "SELECT $2 + position, e.target, $1, f.series, -f.amount, 3, 1, 1, 0, f.layer, 0 FROM fact f JOIN reform_end e ON e.body = f.body WHERE f.position > $2";
PlainSql plain_sql(db::Store& store, std::span<const FateLine> fates, const Organisation& bodies, Day day) {
  PlainSql out;
  std::map<BodyId, std::pair<BodyId, UnitId>> moves;
  std::map<BodyId, BodyId> ends;
  for (const auto& line : fates) {
    if (line.fate == BodyFate::moved) moves[line.body] = {line.other, bodies.body(line.body).on(day).area};
    if (line.fate == BodyFate::succeeded) ends[line.body] = line.other;
  }
  static_cast<void>(store.write([&](db::Writer& writer) -> Result<void> {
    out.seconds = once_ms([&] {
      writer.run(create_moves);
      writer.run(create_ends);
      auto move = moves.begin();
      writer.copy_in("reform_move", {"body", "superior", "area"}, [&](db::Values& row) {
        if (move == moves.end()) return false;
        row = {move->first, move->second.first, move->second.second};
        ++move;
        return true;
      });
      auto end = ends.begin();
      writer.copy_in("reform_end", {"body", "target"}, [&](db::Values& row) {
        if (end == ends.end()) return false;
        row = {end->first, end->second};
        ++end;
        return true;
      });
      out.rows += writer.run(insert_moved, {day});
      out.rows += writer.run(end_bodies, {day});
      const std::int64_t last = writer.first_number(largest_position).value_or(0);
      out.rows += writer.run(insert_out, {day, last});
      out.rows += writer.run(insert_in, {day, last});
      writer.run(drop_moves);
      writer.run(drop_ends);
    }) / 1'000;
    return refuse("bench.peer", "đo xong thì bỏ");          // nothing of it stays
  }));
  return out;
}

}  // namespace khuyenhoc::bench
