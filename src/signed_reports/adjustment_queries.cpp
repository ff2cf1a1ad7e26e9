#include "signed_reports/adjustment_queries.h"

namespace khuyenhoc {

namespace {

Adjustment adjustment_from(const db::Row& row) {
  Adjustment out;
  out.id = row.id<AdjustmentId>(0);
  out.report = row.id<ReportId>(1);
  out.state = row.as<Adjustment::State>(2);
  out.reason = row.text(3);
  out.by = row.id<UserId>(4);
  out.at_ms = row.number(5);
  out.version = row.id<ReportVersionId>(6);
  out.sent_back = row.text(7);
  out.row_version = row.number(8);
  return out;
}

constexpr std::string_view select_cells = "SELECT body, measure, was, now, reason FROM report_adjustment_cell WHERE adjustment = $1 ORDER BY body, measure";
Adjustment with_cells(db::Reader& reader, Adjustment adjustment) {
  adjustment.cells = reader.all(select_cells, {adjustment.id}, [](const db::Row& row) {
    return AdjustedCell{row.id<BodyId>(0), std::string(row.text(1)), row.maybe_number(2), row.maybe_number(3), std::string(row.text(4))};
  });
  return adjustment;
}

}  // namespace

constexpr std::string_view select_adjustment = "SELECT id, report, state, reason, by_user, at_ms, version, sent_back, row_version FROM report_adjustment WHERE id = $1";
std::optional<Adjustment> find_adjustment(db::Reader& reader, AdjustmentId id) {
  auto out = reader.first(select_adjustment, {id}, adjustment_from);
  return out ? std::optional(with_cells(reader, std::move(*out))) : std::nullopt;
}

constexpr std::string_view select_of_report =
    "SELECT id, report, state, reason, by_user, at_ms, version, sent_back, row_version FROM report_adjustment WHERE report = $1 AND state <> 4 ORDER BY id DESC";
std::vector<Adjustment> adjustments_of(db::Reader& reader, ReportId report) {
  auto out = reader.all(select_of_report, {report}, adjustment_from);
  for (Adjustment& one : out) one = with_cells(reader, std::move(one));
  return out;
}

std::optional<Adjustment> open_adjustment(db::Reader& reader, ReportId report) {
  for (Adjustment& one : adjustments_of(reader, report))
    if (one.state != Adjustment::State::in_force) return std::move(one);
  return std::nullopt;
}

namespace adjustment_sql {

constexpr std::string_view insert_adjustment =
    "INSERT INTO report_adjustment (id, report, state, reason, by_user, at_ms, version, sent_back, row_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
void insert(db::Writer& writer, const Adjustment& one) {
  writer.run(insert_adjustment, {one.id, one.report, one.state, one.reason, one.by, one.at_ms, one.version ? db::Value(one.version) : db::Value(), one.sent_back, one.row_version});
}

constexpr std::string_view update_adjustment =
    "UPDATE report_adjustment SET state = $3, reason = $4, version = $5, sent_back = $6, row_version = row_version + 1 WHERE id = $1 AND row_version = $2";
bool update(db::Writer& writer, const Adjustment& one, std::int64_t expected_version) {
  return writer.run(update_adjustment, {one.id, expected_version, one.state, one.reason, one.version ? db::Value(one.version) : db::Value(), one.sent_back}) == 1;
}

constexpr std::string_view upsert_cell =
    "INSERT INTO report_adjustment_cell (adjustment, body, measure, was, now, reason) VALUES ($1, $2, $3, $4, $5, $6) "
    "ON CONFLICT (adjustment, body, measure) DO UPDATE SET was = excluded.was, now = excluded.now, reason = excluded.reason";
void put_cell(db::Writer& writer, AdjustmentId id, const AdjustedCell& cell) { writer.run(upsert_cell, {id, cell.body, cell.measure, cell.was, cell.now, cell.reason}); }

constexpr std::string_view delete_cell = "DELETE FROM report_adjustment_cell WHERE adjustment = $1 AND body = $2 AND measure = $3";
void remove_cell(db::Writer& writer, AdjustmentId id, const AdjustedCell& cell) { writer.run(delete_cell, {id, cell.body, cell.measure}); }

constexpr std::string_view insert_one_effect =
    "INSERT INTO report_adjustment_effect (adjustment, report, body, version, series, as_signed, before_amount, after_amount) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
void insert_effect(db::Writer& writer, AdjustmentId id, const AdjustmentEffect& one, std::int64_t stored_series) {
  writer.run(insert_one_effect, {id, one.report, one.body, one.version, stored_series, one.as_signed, one.before, one.after});
}

constexpr std::string_view select_effects = "SELECT report, body, version, series, as_signed, before_amount, after_amount FROM report_adjustment_effect WHERE adjustment = $1 ORDER BY report, series";
std::vector<StoredEffect> effects(db::Reader& reader, AdjustmentId id) {
  return reader.all(select_effects, {id}, [](const db::Row& row) {
    return StoredEffect{{row.id<ReportId>(0), row.id<BodyId>(1), row.id<ReportVersionId>(2), 0, row.number(4), row.number(5), row.number(6)}, row.number(3)};
  });
}

}  // namespace adjustment_sql
}  // namespace khuyenhoc
