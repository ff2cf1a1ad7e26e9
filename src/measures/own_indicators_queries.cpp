#include "measures/own_indicators_queries.h"

namespace khuyenhoc::own_indicators_sql {

namespace {

Stored stored(const db::Row& row) {
  Stored out;
  out.indicator = {row.number(0),
                   row.id<BodyId>(1),
                   std::string(row.text(2)),
                   std::string(row.text(3)),
                   std::string(row.text(4)),
                   std::string(row.text(5)),
                   std::string(row.text(6)),
                   row.as<OwnAnswer>(7),
                   row.as<MeasureKind>(8),
                   row.as<RecordedAt>(9),
                   std::string(row.text(10))};
  out.position = row.number(11);
  out.series = row.number(12);
  return out;
}

OwnIndicator bare(const db::Row& row) { return stored(row).indicator; }

}  // namespace

constexpr std::string_view insert_indicator =
    "INSERT INTO own_indicator (id, position, owner, series, label_vi, label_en, short_vi, unit_vi, help_vi, answer, kind, level, section, defined_by, defined_ms) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
void insert(db::Writer& writer, const Stored& one, UserId by, std::int64_t now_ms) {
  const OwnIndicator& indicator = one.indicator;
  writer.run(insert_indicator, {indicator.id, one.position, indicator.owner, one.series, indicator.label_vi, indicator.label_en, indicator.short_vi, indicator.unit_vi, indicator.help_vi,
                                indicator.answer, indicator.kind, indicator.level, indicator.section, by, now_ms});
}

constexpr std::string_view select_after =
    "SELECT id, owner, label_vi, label_en, short_vi, unit_vi, help_vi, answer, kind, level, section, position, series FROM own_indicator WHERE position > $1 ORDER BY position";
std::vector<Stored> after(db::Reader& reader, std::int64_t position) { return reader.all(select_after, {position}, stored); }

constexpr std::string_view select_of_owner =
    "SELECT id, owner, label_vi, label_en, short_vi, unit_vi, help_vi, answer, kind, level, section, position, series FROM own_indicator WHERE owner = $1 ORDER BY id";
std::vector<OwnIndicator> of_owner(db::Reader& reader, BodyId owner) { return reader.all(select_of_owner, {owner}, bare); }

constexpr std::string_view select_one =
    "SELECT id, owner, label_vi, label_en, short_vi, unit_vi, help_vi, answer, kind, level, section, position, series FROM own_indicator WHERE id = $1";
std::optional<OwnIndicator> find(db::Reader& reader, std::int64_t id) { return reader.first(select_one, {id}, bare); }

}  // namespace khuyenhoc::own_indicators_sql
