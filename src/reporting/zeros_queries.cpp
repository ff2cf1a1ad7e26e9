#include "reporting/zeros_queries.h"

namespace khuyenhoc::zeros_sql {
namespace {

constexpr std::string_view insert_step = "INSERT INTO entry_zeros (id, body, first_day, last_day, by_user, at_ms, cells, bodies, undone_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)";
constexpr std::string_view insert_cell = "INSERT INTO entry_zero_cell (zeros, body, measure, row_version) VALUES ($1, $2, $3, $4)";
constexpr std::string_view select_step = "SELECT id, body, first_day, last_day, by_user, at_ms, cells, bodies, undone_ms FROM entry_zeros WHERE id = $1";
constexpr std::string_view select_last =
    "SELECT id, body, first_day, last_day, by_user, at_ms, cells, bodies, undone_ms FROM entry_zeros "
    "WHERE body = $1 AND first_day = $2 AND last_day = $3 AND undone_ms IS NULL ORDER BY at_ms DESC, id DESC LIMIT 1";
constexpr std::string_view select_cells = "SELECT body, measure, row_version FROM entry_zero_cell WHERE zeros = $1 ORDER BY body, measure";
constexpr std::string_view update_undone = "UPDATE entry_zeros SET undone_ms = $2 WHERE id = $1";

Step step_of(const db::Row& row) {
  return {row.number(0), row.id<BodyId>(1), {row.day(2), row.day(3)}, row.id<UserId>(4), row.number(5), row.number(6), row.number(7), row.maybe_number(8)};
}

}  // namespace

void insert(db::Writer& writer, const Step& step, const std::vector<Cell>& cells) {
  writer.run(insert_step, {step.id, step.body, step.period.first, step.period.last, step.by, step.at_ms, step.cells, step.bodies});
  for (const Cell& cell : cells) writer.run(insert_cell, {step.id, cell.body, cell.measure, cell.row_version});
}

std::optional<Step> find(db::Reader& reader, std::int64_t id) { return reader.first(select_step, {id}, step_of); }

std::optional<Step> last(db::Reader& reader, BodyId body, Period period) { return reader.first(select_last, {body, period.first, period.last}, step_of); }

std::vector<Cell> cells(db::Reader& reader, std::int64_t step) {
  return reader.all(select_cells, {step}, [](const db::Row& row) { return Cell{row.id<BodyId>(0), std::string(row.text(1)), row.number(2)}; });
}

void mark_undone(db::Writer& writer, std::int64_t id, std::int64_t at_ms) { writer.run(update_undone, {id, at_ms}); }

}  // namespace khuyenhoc::zeros_sql
