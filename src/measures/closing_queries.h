// The tables of closed rounds.
#pragma once

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "measures/closed_rounds.h"
#include "platform/db/db.h"

namespace khuyenhoc::closing_sql {

// A closing as stored: `figures` of the round stay empty, the stored ones carry the numbers of the database.
struct StoredRound {
  ClosedRound round;
  std::vector<std::pair<std::int64_t, std::int64_t>> figures;
};
void each_in_force(db::Reader& reader, const std::function<void(StoredRound)>& each);
std::int64_t last_version(db::Reader& reader, const ClosedRound& round);
void insert(db::Writer& writer, const StoredRound& stored, UserId by);    // in force; the versions before it no longer are

}  // namespace khuyenhoc::closing_sql
