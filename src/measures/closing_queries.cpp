#include "measures/closing_queries.h"

namespace khuyenhoc::closing_sql {

namespace {

// Rows of one closing follow each other: (id, family, first_day, last_day, body, version, at_ms, series, amount).
void read_into(StoredRound& now, const db::Row& row) {
  if (row.number(0) != now.round.id) {
    now = {};
    now.round.id = row.number(0);
    now.round.family = row.text(1);
    now.round.period = {row.day(2), row.day(3)};
    now.round.body = row.id<BodyId>(4);
    now.round.version = row.number(5);
    now.round.closed_ms = row.number(6);
  }
  if (!row.is_null(7)) now.figures.emplace_back(row.number(7), row.number(8));
}

}  // namespace

constexpr std::string_view select_in_force =
    "SELECT closing.id, closing.family, closing.first_day, closing.last_day, closing.body, closing.version, closing.at_ms, closed_figure.series, closed_figure.amount "
    "FROM closing LEFT JOIN closed_figure ON closed_figure.closing = closing.id WHERE closing.in_force = 1 ORDER BY closing.id";
void each_in_force(db::Reader& reader, const std::function<void(StoredRound)>& each) {
  StoredRound now;
  reader.each(select_in_force, {}, [&](const db::Row& row) {
    if (now.round.id != 0 && row.number(0) != now.round.id) each(std::move(now));
    read_into(now, row);
  });
  if (now.round.id != 0) each(std::move(now));
}

constexpr std::string_view select_put_after = "SELECT position, closing FROM closing_put WHERE position > $1 ORDER BY position, closing";
void each_put_after(db::Reader& reader, std::int64_t position, const std::function<void(PutRound)>& each) {
  const auto put = reader.all(select_put_after, {position}, [](const db::Row& row) { return std::pair(row.number(0), row.number(1)); });
  for (const auto& [at, closing] : put) each({at, find(reader, closing).value()});
}

constexpr std::string_view select_last_put = "SELECT MAX(position) FROM closing_put";
std::int64_t last_put(db::Reader& reader) { return reader.first_number(select_last_put).value_or(0); }

constexpr std::string_view select_closing =
    "SELECT closing.id, closing.family, closing.first_day, closing.last_day, closing.body, closing.version, closing.at_ms, closed_figure.series, closed_figure.amount "
    "FROM closing LEFT JOIN closed_figure ON closed_figure.closing = closing.id WHERE closing.id = $1";
std::optional<StoredRound> find(db::Reader& reader, std::int64_t closing) {
  StoredRound now;
  reader.each(select_closing, {closing}, [&](const db::Row& row) { read_into(now, row); });
  return now.round.id != 0 ? std::optional(std::move(now)) : std::nullopt;
}

constexpr std::string_view select_heads = "SELECT id, body, first_day, last_day FROM closing WHERE family = $1 AND in_force = 1";
std::vector<Head> heads_in_force(db::Reader& reader, const std::string& family) {
  return reader.all(select_heads, {family}, [](const db::Row& row) { return Head{row.number(0), row.id<BodyId>(1), {row.day(2), row.day(3)}}; });
}

constexpr std::string_view select_mark = "SELECT COUNT(*), COALESCE(SUM(id), 0) FROM closing WHERE family = $1 AND in_force = 1";
InForceMark in_force_mark(db::Reader& reader, const std::string& family) {
  InForceMark out;
  for (const auto& [count, sum] : reader.all(select_mark, {family}, [](const db::Row& row) { return std::pair(row.number(0), row.number(1)); })) out = {0, count, sum};
  out.last_put = last_put(reader);
  return out;
}

constexpr std::string_view select_last_version = "SELECT MAX(version) FROM closing WHERE family = $1 AND first_day = $2 AND last_day = $3 AND body = $4";
std::int64_t last_version(db::Reader& reader, const ClosedRound& round) {
  return reader.first_number(select_last_version, {round.family, round.period.first, round.period.last, round.body}).value_or(0);
}

constexpr std::string_view select_in_force_of = "SELECT id FROM closing WHERE family = $1 AND first_day = $2 AND last_day = $3 AND body = $4 AND in_force = 1";
std::optional<std::int64_t> in_force(db::Reader& reader, const std::string& family, Period period, BodyId body) {
  return reader.first_number(select_in_force_of, {family, period.first, period.last, body});
}

constexpr std::string_view count_figures = "SELECT COUNT(*) FROM closed_figure WHERE closing = $1";
bool is_empty(db::Reader& reader, std::int64_t closing) { return reader.first_number(count_figures, {closing}).value_or(0) == 0; }

constexpr std::string_view select_is_in_force = "SELECT in_force FROM closing WHERE id = $1";
bool is_in_force(db::Reader& reader, std::int64_t closing) { return reader.first_number(select_is_in_force, {closing}).value_or(0) == 1; }

constexpr std::string_view select_covers = "SELECT body FROM closing_cover WHERE closing = $1 ORDER BY body";
std::vector<BodyId> covers(db::Reader& reader, std::int64_t closing) {
  return reader.all(select_covers, {closing}, [](const db::Row& row) { return row.id<BodyId>(0); });
}

constexpr std::string_view select_covered_by =
    "SELECT closing.id FROM closing_cover JOIN closing ON closing.id = closing_cover.closing "
    "WHERE closing_cover.body = $4 AND closing.family = $1 AND closing.first_day = $2 AND closing.last_day = $3 AND closing.in_force = 1";
std::optional<std::int64_t> covered_by(db::Reader& reader, const std::string& family, Period period, BodyId body) {
  return reader.first_number(select_covered_by, {family, period.first, period.last, body});
}

constexpr std::string_view insert_closing =
    "INSERT INTO closing (id, family, first_day, last_day, body, version, in_force, by_user, at_ms) VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8)";
constexpr std::string_view insert_cover = "INSERT INTO closing_cover (closing, body) VALUES ($1, $2)";
void insert(db::Writer& writer, const StoredRound& stored, const std::vector<BodyId>& covers, UserId by) {
  const ClosedRound& round = stored.round;
  writer.run(insert_closing, {round.id, round.family, round.period.first, round.period.last, round.body, round.version, by, round.closed_ms});
  std::size_t next = 0;
  writer.copy_in("closed_figure", {"closing", "series", "amount"}, [&](db::Values& row) {
    if (next == stored.figures.size()) return false;
    row = {round.id, stored.figures[next].first, stored.figures[next].second};
    ++next;
    return true;
  });
  for (const BodyId body : covers) writer.run(insert_cover, {round.id, body});
}

constexpr std::string_view retire_versions = "UPDATE closing SET in_force = 0 WHERE family = $1 AND first_day = $2 AND last_day = $3 AND body = $4 AND in_force = 1";
constexpr std::string_view put_closing = "UPDATE closing SET in_force = 1 WHERE id = $1";
void put(db::Writer& writer, const ClosedRound& round) {
  writer.run(retire_versions, {round.family, round.period.first, round.period.last, round.body});
  writer.run(put_closing, {round.id});
}

constexpr std::string_view insert_put = "INSERT INTO closing_put (position, closing) VALUES ($1, $2)";
void log_put(db::Writer& writer, std::int64_t position, std::int64_t closing) { writer.run(insert_put, {position, closing}); }

}  // namespace khuyenhoc::closing_sql
