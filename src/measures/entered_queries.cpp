#include "measures/entered_queries.h"

namespace khuyenhoc::entered_sql {

constexpr std::string_view add_to_count =
    "INSERT INTO statement_count (body, first_day, last_day, figures, position) VALUES ($1, $2, $3, $4, $5) "
    "ON CONFLICT (body, first_day, last_day) DO UPDATE SET figures = statement_count.figures + excluded.figures, position = excluded.position RETURNING figures";
std::int64_t add(db::Writer& writer, BodyId body, Period window, std::int64_t difference, std::int64_t position) {
  return writer.first_number(add_to_count, {body, window.first, window.last, difference, position}).value();
}

constexpr std::string_view select_counts = "SELECT body, first_day, last_day, figures FROM statement_count";
void each_count(db::Reader& reader, const std::function<void(BodyId, Period, std::int64_t)>& each) {
  reader.each(select_counts, {}, [&](const db::Row& row) { each(row.id<BodyId>(0), {row.day(1), row.day(2)}, row.number(3)); });
}

constexpr std::string_view select_modes = "SELECT body, first_day, last_day, mode FROM entry_mode";
void each_mode(db::Reader& reader, const std::function<void(BodyId, Period, EntryMode)>& each) {
  reader.each(select_modes, {}, [&](const db::Row& row) { each(row.id<BodyId>(0), {row.day(1), row.day(2)}, row.as<EntryMode>(3)); });
}

constexpr std::string_view select_last_position = "SELECT MAX(position) FROM statement_count";
std::int64_t last_position(db::Reader& reader) { return reader.first_number(select_last_position).value_or(0); }

constexpr std::string_view select_after =
    "SELECT changed.body, changed.first_day, changed.last_day, changed.figures, COALESCE(entry_mode.mode, 0), changed.position FROM statement_count AS changed "
    "LEFT JOIN entry_mode ON entry_mode.body = changed.body AND entry_mode.first_day = changed.first_day AND entry_mode.last_day = changed.last_day "
    "WHERE changed.position > $1 ORDER BY changed.position";
void each_after(db::Reader& reader, std::int64_t position, const std::function<void(const Changed&)>& each) {
  reader.each(select_after, {position}, [&](const db::Row& row) { each({row.id<BodyId>(0), {row.day(1), row.day(2)}, row.number(3), row.as<EntryMode>(4), row.number(5)}); });
}

}  // namespace khuyenhoc::entered_sql
