// The tables of statements, their history and the entry mode.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "measures/entry_mode.h"
#include "measures/statements.h"

namespace khuyenhoc::statements_sql {

// `stored_series` is the database's number of the series; the statements handed out carry `series`.
std::optional<Statement> find(db::Reader& reader, BodyId body, std::int64_t stored_series, Series series, Period period, Extent extent);
std::vector<Statement> of_holders(db::Reader& reader, std::span<const BodyId> bodies, std::int64_t stored_series, Series series);   // taken-back ones too
struct StoredStatement {
  Statement statement;                  // series not set
  std::int64_t series = 0;
};
std::vector<StoredStatement> of_bodies(db::Reader& reader, std::span<const BodyId> bodies, Period period);    // in force
std::optional<StoredStatement> by_id(db::Reader& reader, std::int64_t id);
std::vector<Statement> versions(db::Reader& reader, const Statement& statement);

void insert(db::Writer& writer, const Statement& statement, std::int64_t stored_series, std::int64_t act);
void update(db::Writer& writer, const Statement& statement, std::int64_t act);        // value, arrival, version, by, at
void insert_many(db::Writer& writer, std::span<const StoredStatement> statements);

// Remainders of exactly this window: by body and extent of the statement they belong to. What takes overhanging remainders off is marked `within`.
struct WindowAmount {
  BodyId body;
  Extent extent = Extent::subtree;
  Arrival arrival = Arrival::beyond;
  std::int64_t amount = 0;
};
std::vector<WindowAmount> window_amounts(db::Reader& reader, std::int64_t stored_series, std::span<const BodyId> bodies, Period window);

EntryMode entry_mode(db::Reader& reader, BodyId body, Period period);
void set_entry_mode(db::Writer& writer, BodyId body, Period period, EntryMode mode, UserId by, std::int64_t at_ms);

}  // namespace khuyenhoc::statements_sql
