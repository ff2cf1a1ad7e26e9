// Which tables and columns a store has, and how foreign keys are put aside while it is filled.
#pragma once

#include <string>
#include <vector>

#include "platform/db/engine.h"

namespace khuyenhoc::db {

struct TableShape {
  std::string name;
  std::vector<std::string> columns;
};

// The tables that migrations made, by name; not the store's own, nor what an engine keeps beside them for searching.
std::vector<TableShape> tables_of(Reader& reader);
// Every row of a table. Its statement is put together from names that passed check_identifier.
void each_row(Reader& reader, const TableShape& table, const OnRow& on_row);

// The tables that a table's rows point at, itself left out. SQLite looks through every child of a row that comes after them, so whoever fills tables fills these first.
std::vector<std::string> parents_of(Reader& reader, const TableShape& table);

struct Counters {
  std::int64_t last_id = 0;
  std::int64_t last_position = 0;
};
Counters counters_of(Reader& reader);

// Foreign keys may point in circles: they are put aside before tables are filled, and proved afterwards by `close`.
class KeysPutAside {
 public:
  explicit KeysPutAside(EngineWriter& writer);
  void close();

 private:
  EngineWriter& writer_;
  std::vector<std::string> again_;   // what brings the constraints back
};

}  // namespace khuyenhoc::db
