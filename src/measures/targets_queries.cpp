#include "measures/targets.h"

namespace khuyenhoc {

constexpr std::string_view select_target = "SELECT value FROM target WHERE body = $1 AND year = $2 AND measure = $3";
std::optional<std::int64_t> target(db::Reader& reader, const Catalogue& catalogue, BodyId body, MeasureIndex measure, int year) {
  return reader.first_number(select_target, {body, year, catalogue.measure(measure).code});
}

constexpr std::string_view select_targets = "SELECT measure, value FROM target WHERE body = $1 AND year = $2 ORDER BY measure";
std::vector<Target> targets(db::Reader& reader, const Catalogue& catalogue, std::span<const BodyId> bodies, int year) {
  std::vector<Target> out;
  for (const BodyId body : bodies)
    reader.each(select_targets, {body, year}, [&](const db::Row& row) {
      if (const auto measure = catalogue.find(row.text(0))) out.push_back({body, *measure, year, row.number(1)});
    });
  return out;
}

constexpr std::string_view upsert_target =
    "INSERT INTO target (body, measure, year, value) VALUES ($1, $2, $3, $4) ON CONFLICT (body, year, measure) DO UPDATE SET value = excluded.value";
void set_target(db::Writer& writer, const Catalogue& catalogue, const Target& target) {
  writer.run(upsert_target, {target.body, catalogue.measure(target.measure).code, target.year, target.value});
}

constexpr std::string_view delete_target = "DELETE FROM target WHERE body = $1 AND year = $2 AND measure = $3";
void withdraw_target(db::Writer& writer, const Catalogue& catalogue, BodyId body, MeasureIndex measure, int year) {
  writer.run(delete_target, {body, year, catalogue.measure(measure).code});
}

}  // namespace khuyenhoc
