#include "platform/db/archive_tables.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace khuyenhoc::db {
namespace {

constexpr std::string_view sqlite_tables =
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
    "AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name NOT LIKE 'store!_%' ESCAPE '!' ORDER BY name";
constexpr std::string_view postgres_tables =
    "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename NOT LIKE 'store!_%' ESCAPE '!' ORDER BY tablename";
constexpr std::string_view sqlite_columns = "SELECT name FROM pragma_table_info($1) ORDER BY cid";
constexpr std::string_view postgres_columns =
    "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(quote_ident($1)) AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum";

std::string text_of(const Row& row) { return std::string(row.text(0)); }

}  // namespace

std::vector<TableShape> tables_of(Reader& reader) {
  const bool sqlite = reader.dialect() == Dialect::sqlite;
  std::vector<TableShape> tables;
  for (const std::string& name : reader.all(sqlite ? sqlite_tables : postgres_tables, {}, text_of)) {
    TableShape& table = tables.emplace_back(name, reader.all(sqlite ? sqlite_columns : postgres_columns, {name}, text_of));
    check_identifier(table.name);
    for (const std::string& column : table.columns) check_identifier(column);
  }
  return tables;
}

void each_row(Reader& reader, const TableShape& table, const OnRow& on_row) {
  reader.stream(fmt::format("SELECT \"{}\" FROM \"{}\"", fmt::join(table.columns, "\", \""), table.name), {}, on_row);
}

namespace {

constexpr std::string_view sqlite_parents = "SELECT DISTINCT \"table\" FROM pragma_foreign_key_list($1) WHERE \"table\" <> $1 ORDER BY 1";
constexpr std::string_view postgres_parents =
    "SELECT DISTINCT p.relname FROM pg_constraint k JOIN pg_class p ON p.oid = k.confrelid WHERE k.contype = 'f' AND k.conrelid = to_regclass(quote_ident($1)) "
    "AND p.relname <> $1 ORDER BY 1";

}  // namespace

std::vector<std::string> parents_of(Reader& reader, const TableShape& table) {
  return reader.all(reader.dialect() == Dialect::sqlite ? sqlite_parents : postgres_parents, {table.name}, text_of);
}

namespace {

constexpr std::string_view select_counter = "SELECT value FROM store_counter WHERE name = $1";
constexpr std::string_view postgres_last_position = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM store_position";

}  // namespace

Counters counters_of(Reader& reader) {
  Counters counters;
  counters.last_id = reader.first_number(select_counter, {"id"}).value_or(0);
  counters.last_position =
      (reader.dialect() == Dialect::sqlite ? reader.first_number(select_counter, {"position"}) : reader.first_number(postgres_last_position)).value_or(0);
  return counters;
}

namespace {

constexpr std::string_view sqlite_wait_with_keys = "PRAGMA defer_foreign_keys=ON";   // until the commit, which SqliteWriterThread looks at beforehand
constexpr std::string_view postgres_keys =
    "SELECT quote_ident(c.relname), quote_ident(k.conname), pg_get_constraintdef(k.oid) FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid "
    "WHERE k.contype = 'f' AND k.connamespace = CAST(current_schema() AS regnamespace) ORDER BY 1, 2";

}  // namespace

KeysPutAside::KeysPutAside(EngineWriter& writer) : writer_(writer) {
  if (writer.dialect() == Dialect::sqlite) {
    writer.script(sqlite_wait_with_keys);
    return;
  }
  std::vector<std::string> away;
  writer.each(postgres_keys, {}, [&](const Row& row) {
    away.push_back(fmt::format("ALTER TABLE {} DROP CONSTRAINT {}", row.text(0), row.text(1)));
    again_.push_back(fmt::format("ALTER TABLE {} ADD CONSTRAINT {} {}", row.text(0), row.text(1), row.text(2)));
  });
  for (const std::string& sql : away) writer.script(sql);
}

void KeysPutAside::close() {
  for (const std::string& sql : again_) writer_.script(sql);
}

}  // namespace khuyenhoc::db
