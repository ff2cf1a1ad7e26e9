#include "measures/closing_queries.h"

namespace khuyenhoc::closing_sql {

constexpr std::string_view select_in_force =
    "SELECT closing.id, closing.family, closing.first_day, closing.last_day, closing.body, closing.version, closing.at_ms, closed_figure.series, closed_figure.amount "
    "FROM closing LEFT JOIN closed_figure ON closed_figure.closing = closing.id WHERE closing.in_force = 1 ORDER BY closing.id";
void each_in_force(db::Reader& reader, const std::function<void(StoredRound)>& each) {
  StoredRound now;
  reader.each(select_in_force, {}, [&](const db::Row& row) {
    if (row.number(0) != now.round.id) {
      if (now.round.id != 0) each(std::move(now));
      now = {};
      now.round.id = row.number(0);
      now.round.family = row.text(1);
      now.round.period = {row.day(2), row.day(3)};
      now.round.body = row.id<BodyId>(4);
      now.round.version = row.number(5);
      now.round.closed_ms = row.number(6);
    }
    if (!row.is_null(7)) now.figures.emplace_back(row.number(7), row.number(8));
  });
  if (now.round.id != 0) each(std::move(now));
}

constexpr std::string_view select_last_version = "SELECT MAX(version) FROM closing WHERE family = $1 AND first_day = $2 AND last_day = $3 AND body = $4";
std::int64_t last_version(db::Reader& reader, const ClosedRound& round) {
  return reader.first_number(select_last_version, {round.family, round.period.first, round.period.last, round.body}).value_or(0);
}

constexpr std::string_view retire_versions = "UPDATE closing SET in_force = 0 WHERE family = $1 AND first_day = $2 AND last_day = $3 AND body = $4 AND in_force = 1";
constexpr std::string_view insert_closing =
    "INSERT INTO closing (id, family, first_day, last_day, body, version, in_force, by_user, at_ms) VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8)";
void insert(db::Writer& writer, const StoredRound& stored, UserId by) {
  const ClosedRound& round = stored.round;
  if (round.version > 1) writer.run(retire_versions, {round.family, round.period.first, round.period.last, round.body});
  writer.run(insert_closing, {round.id, round.family, round.period.first, round.period.last, round.body, round.version, by, round.closed_ms});
  std::size_t next = 0;
  writer.copy_in("closed_figure", {"closing", "series", "amount"}, [&](db::Values& row) {
    if (next == stored.figures.size()) return false;
    row = {round.id, stored.figures[next].first, stored.figures[next].second};
    ++next;
    return true;
  });
}

}  // namespace khuyenhoc::closing_sql
