#include "territory/territory_queries.h"

#include <algorithm>
#include <cassert>

namespace khuyenhoc::territory_queries {
namespace {

std::optional<std::string> maybe_text(const db::Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return std::string(row.text(column));
}

db::Value none_or(auto id) { return id ? db::Value(id) : db::Value(); }

constexpr std::string_view select_version = "SELECT version FROM territory_state WHERE id = 1";
constexpr std::string_view select_last_unit = "SELECT max(id) FROM unit";
constexpr std::string_view select_acts = "SELECT id, day, title, legal_basis, undone FROM restructure ORDER BY id";
constexpr std::string_view select_units = "SELECT id, level, born, opened_by, ended, ended_by FROM unit WHERE voided = 0 ORDER BY id";
constexpr std::string_view select_versions = "SELECT unit, from_day, restructure, code, name, type, parent FROM unit_version ORDER BY unit, from_day, restructure";
constexpr std::string_view select_successions = "SELECT predecessor, successor, restructure, forgotten_by FROM unit_succession ORDER BY predecessor, successor, restructure";

}  // namespace

std::uint64_t version(db::Reader& reader) { return static_cast<std::uint64_t>(reader.first_number(select_version).value_or(0)); }

TerritoryRecords load(db::Reader& reader) {
  TerritoryRecords out;
  out.version = version(reader);
  out.last_unit = reader.first_number(select_last_unit).value_or(0);
  reader.each(select_acts, {}, [&](const db::Row& row) {
    out.acts.push_back({row.id<RestructureId>(0), row.day(1), std::string(row.text(2)), std::string(row.text(3)), row.flag(4)});
  });
  if (!out.acts.empty()) out.last_act = out.acts.back().id.value;
  reader.each(select_units, {}, [&](const db::Row& row) {
    out.units.push_back({.id = row.id<UnitId>(0), .level = row.as<UnitLevel>(1), .born = row.day(2), .opened_by = row.id<RestructureId>(3), .ended = row.maybe_day(4),
                         .ended_by = row.id<RestructureId>(5), .changes = {}});
  });
  auto unit = out.units.begin();
  reader.each(select_versions, {}, [&](const db::Row& row) {
    const auto id = row.id<UnitId>(0);
    while (unit != out.units.end() && unit->id < id) ++unit;
    assert(unit != out.units.end() && unit->id == id);
    UnitChange change{.from = row.day(1), .by = row.id<RestructureId>(2), .code = maybe_text(row, 3), .name = maybe_text(row, 4), .type = maybe_text(row, 5), .parent = {}};
    if (!row.is_null(6)) change.parent = row.id<UnitId>(6);
    unit->changes.push_back(std::move(change));
  });
  // the country's parent is none, which the store keeps as NULL: its first version names it all the same
  for (auto& record : out.units) {
    if (!record.changes.empty() && !record.changes.front().parent) record.changes.front().parent = UnitId{};
  }
  reader.each(select_successions, {}, [&](const db::Row& row) {
    out.successions.push_back({row.id<UnitId>(0), row.id<UnitId>(1), row.id<RestructureId>(2), row.id<RestructureId>(3)});
  });
  return out;
}

namespace {

constexpr std::string_view insert_act = "INSERT INTO restructure (id, day, title, legal_basis, undone) VALUES ($1, $2, $3, $4, 0)";
constexpr std::string_view end_unit = "UPDATE unit SET ended = $2, ended_by = $3 WHERE id = $1";
constexpr std::string_view forget_succession = "UPDATE unit_succession SET forgotten_by = $4 WHERE predecessor = $1 AND successor = $2 AND restructure = $3";

}  // namespace

void write_acts_after(db::Writer& writer, const TerritoryRecords& records, RestructureId last_act) {
  for (const auto& act : records.acts) {
    if (act.id > last_act) writer.run(insert_act, {act.id, act.day, act.title, act.legal_basis});
  }

  auto unit = records.units.begin();
  writer.copy_in("unit", {"id", "level", "born", "opened_by", "ended", "ended_by", "voided"}, [&](db::Values& row) {
    while (unit != records.units.end() && unit->opened_by <= last_act) ++unit;
    if (unit == records.units.end()) return false;
    row = {unit->id, unit->level, unit->born, unit->opened_by, unit->ended, none_or(unit->ended_by), 0};
    ++unit;
    return true;
  });
  for (const auto& ended : records.units) {
    if (ended.opened_by <= last_act && ended.ended_by > last_act) writer.run(end_unit, {ended.id, *ended.ended, ended.ended_by});
  }

  unit = records.units.begin();
  std::size_t change = 0;
  writer.copy_in("unit_version", {"unit", "from_day", "restructure", "code", "name", "type", "parent"}, [&](db::Values& row) {
    for (; unit != records.units.end(); ++unit, change = 0) {
      while (change < unit->changes.size() && unit->changes[change].by <= last_act) ++change;
      if (change < unit->changes.size()) break;
    }
    if (unit == records.units.end()) return false;
    const auto& now = unit->changes[change++];
    row = {unit->id, now.from, now.by, now.code, now.name, now.type, now.parent ? none_or(*now.parent) : db::Value()};
    return true;
  });

  auto link = records.successions.begin();
  writer.copy_in("unit_succession", {"predecessor", "successor", "restructure", "forgotten_by"}, [&](db::Values& row) {
    while (link != records.successions.end() && link->by <= last_act) ++link;
    if (link == records.successions.end()) return false;
    row = {link->predecessor, link->successor, link->by, none_or(link->forgotten_by)};
    ++link;
    return true;
  });
  for (const auto& old : records.successions) {
    if (old.by <= last_act && old.forgotten_by > last_act) writer.run(forget_succession, {old.predecessor, old.successor, old.by, old.forgotten_by});
  }

  auto item = records.items.begin();
  std::int64_t position = 0;
  writer.copy_in("restructure_item", {"restructure", "position", "kind", "unit", "other"}, [&](db::Values& row) {
    while (item != records.items.end() && item->restructure <= last_act) ++item;
    if (item == records.items.end()) return false;
    row = {item->restructure, ++position, item->kind, item->unit, none_or(item->other)};
    ++item;
    return true;
  });
}

namespace {

constexpr std::string_view mark_undone = "UPDATE restructure SET undone = 1 WHERE id = $1";
constexpr std::string_view take_back_versions = "DELETE FROM unit_version WHERE restructure = $1";
constexpr std::string_view take_back_versions_of_opened = "DELETE FROM unit_version WHERE unit IN (SELECT id FROM unit WHERE opened_by = $1)";
constexpr std::string_view take_back_links = "DELETE FROM unit_succession WHERE restructure = $1";
constexpr std::string_view remember_links = "UPDATE unit_succession SET forgotten_by = NULL WHERE forgotten_by = $1";
constexpr std::string_view take_back_ends = "UPDATE unit SET ended = NULL, ended_by = NULL WHERE ended_by = $1";
constexpr std::string_view void_opened = "UPDATE unit SET voided = 1 WHERE opened_by = $1";

}  // namespace

void undo(db::Writer& writer, RestructureId act) {
  for (const auto statement : {take_back_versions, take_back_versions_of_opened, take_back_links, remember_links, take_back_ends, void_opened, mark_undone}) {
    writer.run(statement, {act});
  }
}

namespace {

constexpr std::string_view update_version = "UPDATE territory_state SET version = $1 WHERE id = 1";
constexpr std::string_view select_acts_of =
    "SELECT id, day, title, legal_basis FROM restructure WHERE undone = 0 AND ("
    "id IN (SELECT opened_by FROM unit WHERE id = $1) OR id IN (SELECT ended_by FROM unit WHERE id = $1) OR "
    "id IN (SELECT restructure FROM unit_version WHERE unit = $1) OR "
    "id IN (SELECT restructure FROM unit_succession WHERE (predecessor = $1 OR successor = $1) AND forgotten_by IS NULL)) ORDER BY day, id";
constexpr std::string_view select_items = "SELECT kind, unit, other FROM restructure_item WHERE restructure = $1 ORDER BY position";

}  // namespace

void raise_version(db::Writer& writer, std::uint64_t version) { writer.run(update_version, {static_cast<std::int64_t>(version)}); }

std::vector<RestructureItem> items(db::Reader& reader, RestructureId act) {
  return reader.all(select_items, {act}, [act](const db::Row& row) {
    return RestructureItem{act, row.as<RestructureItem::Kind>(0), row.id<UnitId>(1), row.id<UnitId>(2)};
  });
}

std::vector<Restructure> acts_of(db::Reader& reader, UnitId unit) {
  return reader.all(select_acts_of, {unit}, [](const db::Row& row) {
    return Restructure{row.id<RestructureId>(0), row.day(1), std::string(row.text(2)), std::string(row.text(3)), false};
  });
}

}  // namespace khuyenhoc::territory_queries
