#include "past_years/past_years_queries.h"

#include <algorithm>

namespace khuyenhoc::past_years_sql {
namespace {

db::Value bytes_of(const std::optional<db::Digest>& digest) { return digest ? db::Value(db::Blob(digest->begin(), digest->end())) : db::Value(); }

std::optional<db::Digest> digest_of(const db::Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  db::Digest out{};
  const auto bytes = row.bytes(column);
  if (bytes.size() != out.size()) return std::nullopt;
  std::ranges::copy(bytes, out.begin());
  return out;
}

std::optional<int> maybe_int(const db::Row& row, int column) {
  const auto number = row.maybe_number(column);
  return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}
std::optional<std::int64_t> wide(const std::optional<int>& number) { return number ? std::optional<std::int64_t>(*number) : std::nullopt; }

const std::string& code_of(const Catalogue& catalogue, Series series) { return catalogue.measure(catalogue.measure_of(series)).code; }

}  // namespace

constexpr std::string_view insert_annex =
    "INSERT INTO past_annex (id, body, area, land, family, period_window, year, first_day, last_day, report_number, report_day, signer, file_name, content_digest, "
    "signed_name, signed_digest, sheet, head_first, head_last, unit_column, without_total, replaces, understood_ms, state, row_version, by_user, at_ms) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, '', NULL, NULL, NULL, 0, 0, NULL, $17, 1, $18, $19)";
void insert(db::Writer& writer, const Annex& annex) {
  writer.run(insert_annex, {annex.id, annex.body, annex.area, annex.land, annex.period.family, annex.period.window, annex.period.year, annex.period.period.first,
                            annex.period.period.last, annex.report_number, annex.report_day, annex.signer, annex.file_name, bytes_of(annex.content), annex.signed_name,
                            bytes_of(annex.signed_file), annex.state, annex.by, annex.at_ms});
}

constexpr std::string_view update_annex =
    "UPDATE past_annex SET sheet = $3, head_first = $4, head_last = $5, unit_column = $6, without_total = $7, replaces = $8, understood_ms = $9, signed_name = $10, "
    "signed_digest = $11, row_version = row_version + 1 WHERE id = $1 AND row_version = $2";
constexpr std::string_view delete_columns = "DELETE FROM past_annex_column WHERE annex = $1";
constexpr std::string_view insert_column = "INSERT INTO past_annex_column (annex, number, heading, measure, member, factor) VALUES ($1, $2, $3, $4, $5, $6)";
constexpr std::string_view delete_rows = "DELETE FROM past_annex_row WHERE annex = $1";
constexpr std::string_view insert_row = "INSERT INTO past_annex_row (annex, number, role, unit) VALUES ($1, $2, $3, $4)";
bool update(db::Writer& writer, const Catalogue& catalogue, const Annex& annex) {
  if (writer.run(update_annex, {annex.id, annex.row_version, annex.sheet, wide(annex.head_first), wide(annex.head_last), wide(annex.unit_column), annex.without_total ? 1 : 0,
                                annex.replaces ? 1 : 0, annex.understood_ms, annex.signed_name, bytes_of(annex.signed_file)}) == 0)
    return false;
  writer.run(delete_columns, {annex.id});
  for (const AnnexColumnChoice& one : annex.columns)
    writer.run(insert_column, {annex.id, one.number, one.heading, one.series ? code_of(catalogue, *one.series) : std::string(), one.series ? catalogue.member_key(*one.series) : std::string(),
                               one.factor});
  writer.run(delete_rows, {annex.id});
  for (const AnnexRowChoice& one : annex.rows) writer.run(insert_row, {annex.id, one.number, one.role, one.unit});
  return true;
}

namespace {

constexpr std::string_view select_columns = "SELECT number, heading, measure, member, factor FROM past_annex_column WHERE annex = $1 ORDER BY number";
constexpr std::string_view select_rows = "SELECT number, role, unit FROM past_annex_row WHERE annex = $1 ORDER BY number";
void read_choices(db::Reader& reader, const Catalogue& catalogue, Annex& annex) {
  annex.columns = reader.all(select_columns, {annex.id}, [&](const db::Row& row) {
    return AnnexColumnChoice{static_cast<int>(row.number(0)), std::string(row.text(1)), catalogue.series_by_key(row.text(2), row.text(3)), row.number(4)};
  });
  annex.rows = reader.all(select_rows, {annex.id}, [](const db::Row& row) { return AnnexRowChoice{static_cast<int>(row.number(0)), row.as<AnnexRole>(1), row.id<UnitId>(2)}; });
}

Annex annex_of(const db::Row& row) {
  Annex out;
  out.id = row.id<AnnexId>(0);
  out.body = row.id<BodyId>(1);
  out.area = row.id<UnitId>(2);
  out.land = row.as<AnnexLand>(3);
  out.period = {std::string(row.text(4)), std::string(row.text(5)), static_cast<int>(row.number(6)), {row.day(7), row.day(8)}};
  out.report_number = row.text(9);
  out.report_day = row.day(10);
  out.signer = row.text(11);
  out.file_name = row.text(12);
  out.content = digest_of(row, 13).value_or(db::Digest{});
  out.signed_name = row.text(14);
  out.signed_file = digest_of(row, 15);
  out.sheet = row.text(16);
  out.head_first = maybe_int(row, 17);
  out.head_last = maybe_int(row, 18);
  out.unit_column = maybe_int(row, 19);
  out.without_total = row.flag(20);
  out.replaces = row.flag(21);
  out.understood_ms = row.maybe_number(22);
  out.state = row.as<AnnexState>(23);
  out.row_version = row.number(24);
  out.by = row.id<UserId>(25);
  out.at_ms = row.number(26);
  out.loaded_ms = row.maybe_number(27);
  out.withdrawn_ms = row.maybe_number(28);
  out.figures_wanted = row.number(29);
  out.moved_ms = row.number(30);
  out.figures_written = row.number(31);
  return out;
}

}  // namespace

constexpr std::string_view select_annex =
    "SELECT id, body, area, land, family, period_window, year, first_day, last_day, report_number, report_day, signer, file_name, content_digest, signed_name, signed_digest, "
    "sheet, head_first, head_last, unit_column, without_total, replaces, understood_ms, state, row_version, by_user, at_ms, loaded_ms, withdrawn_ms, figures_wanted, moved_ms, "
    "(SELECT count(*) FROM past_annex_figure WHERE past_annex_figure.annex = past_annex.id) FROM past_annex "
    "WHERE id = $1";
std::optional<Annex> find(db::Reader& reader, const Catalogue& catalogue, AnnexId id) {
  auto out = reader.first(select_annex, {id}, annex_of);
  if (out) read_choices(reader, catalogue, *out);
  return out;
}

constexpr std::string_view select_of_body =
    "SELECT id, body, area, land, family, period_window, year, first_day, last_day, report_number, report_day, signer, file_name, content_digest, signed_name, signed_digest, "
    "sheet, head_first, head_last, unit_column, without_total, replaces, understood_ms, state, row_version, by_user, at_ms, loaded_ms, withdrawn_ms, figures_wanted, moved_ms, "
    "(SELECT count(*) FROM past_annex_figure WHERE past_annex_figure.annex = past_annex.id) FROM past_annex "
    "WHERE body = $1 ORDER BY last_day DESC, first_day, id";
std::vector<Annex> of_body(db::Reader& reader, const Catalogue& catalogue, BodyId body) {
  auto out = reader.all(select_of_body, {body}, annex_of);
  for (Annex& annex : out) read_choices(reader, catalogue, annex);
  return out;
}

constexpr std::string_view mark_loaded = "UPDATE past_annex SET state = $2, loaded_by = $3, loaded_ms = $4, row_version = row_version + 1 WHERE id = $1";
constexpr std::string_view mark_withdrawn = "UPDATE past_annex SET state = $2, withdrawn_by = $3, withdrawn_ms = $4, row_version = row_version + 1 WHERE id = $1";
void set_state(db::Writer& writer, AnnexId id, AnnexState state, UserId by, std::int64_t at_ms) {
  writer.run(state == AnnexState::loaded ? mark_loaded : mark_withdrawn, {id, state, by, at_ms});
}

constexpr std::string_view select_totals = "SELECT unit, measure, member, rows_sum, signed_total, reason, note FROM past_annex_total WHERE annex = $1";
std::vector<AnnexExplanation> explanations(db::Reader& reader, const Catalogue& catalogue, AnnexId id) {
  std::vector<AnnexExplanation> out;
  reader.each(select_totals, {id}, [&](const db::Row& row) {
    const auto series = catalogue.series_by_key(row.text(1), row.text(2));
    if (series) out.push_back({row.id<UnitId>(0), *series, row.number(3), row.number(4), row.as<AnnexReason>(5), std::string(row.text(6))});
  });
  return out;
}

constexpr std::string_view delete_totals = "DELETE FROM past_annex_total WHERE annex = $1";
constexpr std::string_view insert_total =
    "INSERT INTO past_annex_total (annex, unit, measure, member, rows_sum, signed_total, reason, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
void keep_explanations(db::Writer& writer, const Catalogue& catalogue, AnnexId id, std::span<const AnnexExplanation> given) {
  writer.run(delete_totals, {id});
  for (const AnnexExplanation& one : given)
    writer.run(insert_total, {id, one.unit, code_of(catalogue, one.series), catalogue.member_key(one.series), one.rows_sum, one.signed_total, one.reason, one.note});
}

constexpr std::string_view select_figures =
    "SELECT body, measure, member, extent, value, value_before, written_version FROM past_annex_figure WHERE annex = $1 ORDER BY number";
std::vector<AnnexFigure> figures(db::Reader& reader, const Catalogue& catalogue, AnnexId id) {
  std::vector<AnnexFigure> out;
  reader.each(select_figures, {id}, [&](const db::Row& row) {
    const auto series = catalogue.series_by_key(row.text(1), row.text(2));
    if (series) out.push_back({row.id<BodyId>(0), *series, row.as<Extent>(3), row.number(4), row.maybe_number(5), row.number(6)});
  });
  return out;
}

constexpr std::string_view insert_figure =
    "INSERT INTO past_annex_figure (annex, number, body, measure, member, extent, value, value_before, written_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
void add_figures(db::Writer& writer, const Catalogue& catalogue, AnnexId id, std::int64_t there, std::span<const AnnexFigure> given) {
  std::int64_t number = there;
  for (const AnnexFigure& one : given)
    writer.run(insert_figure, {id, ++number, one.body, code_of(catalogue, one.series), catalogue.member_key(one.series), one.extent, one.value, one.before, one.written_version});
}

constexpr std::string_view delete_figures_after = "DELETE FROM past_annex_figure WHERE annex = $1 AND number > $2";
void remove_figures(db::Writer& writer, AnnexId id, std::int64_t left) { writer.run(delete_figures_after, {id, left}); }

constexpr std::string_view mark_begun = "UPDATE past_annex SET state = $3, figures_wanted = $4, moved_ms = $5, row_version = row_version + 1 WHERE id = $1 AND row_version = $2";
bool begin(db::Writer& writer, const Annex& seen, AnnexState state, std::int64_t wanted, std::int64_t at_ms) {
  return writer.run(mark_begun, {seen.id, seen.row_version, state, wanted, at_ms}) == 1;
}

constexpr std::string_view mark_moved = "UPDATE past_annex SET moved_ms = $3 WHERE id = $1 AND row_version = $2";
bool touch(db::Writer& writer, AnnexId id, std::int64_t row_version, std::int64_t at_ms) { return writer.run(mark_moved, {id, row_version, at_ms}) == 1; }

constexpr std::string_view mark_as_before = "UPDATE past_annex SET state = $2, row_version = row_version + 1 WHERE id = $1";
void go_back_to(db::Writer& writer, AnnexId id, AnnexState state) { writer.run(mark_as_before, {id, state}); }

constexpr std::string_view insert_founding = "INSERT INTO past_founding (id, body, from_day, by_user, at_ms, undone_ms) VALUES ($1, $2, $3, $4, $5, NULL)";
constexpr std::string_view insert_founding_body = "INSERT INTO past_founding_body (founding, number, body) VALUES ($1, $2, $3)";
constexpr std::string_view insert_founding_moved = "INSERT INTO past_founding_moved (founding, body, from_day, superior_before) VALUES ($1, $2, $3, $4)";
constexpr std::string_view insert_founding_restructure = "INSERT INTO past_founding_restructure (founding, restructure) VALUES ($1, $2)";
void insert(db::Writer& writer, const Founding& founding) {
  writer.run(insert_founding, {founding.id, founding.body, founding.from, founding.by, founding.at_ms});
  std::int64_t number = 0;
  for (const BodyId body : founding.bodies) writer.run(insert_founding_body, {founding.id, ++number, body});
  for (const auto& one : founding.moved) writer.run(insert_founding_moved, {founding.id, one.body, one.from, one.superior_before});
  for (const BodyRestructureId one : founding.restructures) writer.run(insert_founding_restructure, {founding.id, one});
}

constexpr std::string_view select_foundings = "SELECT id, body, from_day, by_user, at_ms FROM past_founding WHERE undone_ms IS NULL ORDER BY id";
constexpr std::string_view select_founding_bodies = "SELECT body FROM past_founding_body WHERE founding = $1 ORDER BY number";
constexpr std::string_view select_founding_moved = "SELECT body, from_day, superior_before FROM past_founding_moved WHERE founding = $1 ORDER BY body";
constexpr std::string_view select_founding_restructures = "SELECT restructure FROM past_founding_restructure WHERE founding = $1 ORDER BY restructure";
std::vector<Founding> foundings(db::Reader& reader) {
  auto out = reader.all(select_foundings, {}, [](const db::Row& row) {
    Founding one;
    one.id = row.number(0);
    one.body = row.id<BodyId>(1);
    one.from = row.day(2);
    one.by = row.id<UserId>(3);
    one.at_ms = row.number(4);
    return one;
  });
  for (Founding& one : out) {
    one.bodies = reader.all(select_founding_bodies, {one.id}, [](const db::Row& row) { return row.id<BodyId>(0); });
    one.moved = reader.all(select_founding_moved, {one.id}, [](const db::Row& row) { return Founding::Moved{row.id<BodyId>(0), row.day(1), row.id<BodyId>(2)}; });
    one.restructures = reader.all(select_founding_restructures, {one.id}, [](const db::Row& row) { return row.id<BodyRestructureId>(0); });
  }
  return out;
}

constexpr std::string_view mark_undone = "UPDATE past_founding SET undone_ms = $2 WHERE id = $1";
void set_undone(db::Writer& writer, std::int64_t founding, std::int64_t at_ms) { writer.run(mark_undone, {founding, at_ms}); }

constexpr std::string_view select_annexes_at =
    "SELECT DISTINCT past_annex.report_number FROM past_annex_figure JOIN past_annex ON past_annex.id = past_annex_figure.annex "
    "WHERE past_annex_figure.body = $1 AND past_annex.state IN (2, 4, 5)";
std::vector<std::string> annexes_at(db::Reader& reader, BodyId body) {
  return reader.all(select_annexes_at, {body}, [](const db::Row& row) { return std::string(row.text(0)); });
}

}  // namespace khuyenhoc::past_years_sql
