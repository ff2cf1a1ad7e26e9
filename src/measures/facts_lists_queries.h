// The statements over a list of bodies, which SQLite and PostgreSQL unpack differently: $2 is the list, as a JSON array.
#pragma once

#include <string_view>

#include "platform/db/db.h"

namespace khuyenhoc::facts_sql {

struct ListStatements {
  std::string_view sum, arrived_within, overhanging, by_series, rows, statements, of_holders, window_amounts, remainders, taken_over, arrived_series;
  std::string_view own_levels, own_facts, bodies_with_facts, bodies_with_statements;
  std::string_view logged_facts, logged_window_facts, logged_versions;    // of a figure's history, with the act that wrote each (acts.h)
};
const ListStatements& sqlite_lists();
const ListStatements& postgres_lists();
inline const ListStatements& lists(const db::Reader& reader) { return reader.dialect() == db::Dialect::sqlite ? sqlite_lists() : postgres_lists(); }

}  // namespace khuyenhoc::facts_sql
