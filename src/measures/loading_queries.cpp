#include "measures/loading_queries.h"

namespace khuyenhoc::loading_sql {

constexpr std::string_view select_holders = "SELECT body, series, extent, MAX(last_day) FROM statement GROUP BY body, series, extent";
void each_holder(db::Reader& reader, const std::function<void(const StoredHolder&)>& each) {
  reader.each(select_holders, {}, [&](const db::Row& row) { each({row.id<BodyId>(0), row.number(1), row.as<Extent>(2), row.day(3)}); });
}

constexpr std::string_view select_remainders = "SELECT body, series, layer, CAST(SUM(amount) AS BIGINT) FROM fact WHERE layer IN (1, 2) GROUP BY body, series, layer";
void each_remainder(db::Reader& reader, const std::function<void(BodyId, std::int64_t, FactLayer, std::int64_t)>& each) {
  reader.each(select_remainders, {}, [&](const db::Row& row) { each(row.id<BodyId>(0), row.number(1), row.as<FactLayer>(2), row.number(3)); });
}

constexpr std::string_view select_taken_over =
    "SELECT body, series, layer, day, amount, noun, source FROM fact WHERE layer IN (1, 2) AND kind IN (1, 3) AND NOT EXISTS "
    "(SELECT 1 FROM fact AS back WHERE back.body = fact.body AND back.series = fact.series AND back.day = fact.day AND back.layer = fact.layer AND back.reverses = fact.position) "
    "ORDER BY body, series, layer, day";
void each_taken_over(db::Reader& reader, const std::function<void(const TakenOver&)>& each) {
  reader.each(select_taken_over, {}, [&](const db::Row& row) {
    each({row.id<BodyId>(0), row.number(1), row.as<FactLayer>(2), row.day(3), row.number(4), row.number(5), row.number(6)});
  });
}

constexpr std::string_view select_modes = "SELECT body, first_day, last_day, mode FROM entry_mode";
void each_mode(db::Reader& reader, const std::function<void(BodyId, Period, EntryMode)>& each) {
  reader.each(select_modes, {}, [&](const db::Row& row) { each(row.id<BodyId>(0), {row.day(1), row.day(2)}, row.as<EntryMode>(3)); });
}

void insert_modes(db::Writer& writer, std::span<const StatementLoading::Mode> modes, UserId by, std::int64_t now_ms) {
  std::size_t next = 0;
  writer.copy_in("entry_mode", {"body", "first_day", "last_day", "mode", "by_user", "at_ms"}, [&](db::Values& row) {
    if (next == modes.size()) return false;
    const auto& one = modes[next++];
    row = {one.body, one.period.first, one.period.last, one.mode, by, now_ms};
    return true;
  });
}

}  // namespace khuyenhoc::loading_sql
