// The tables of closed rounds.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
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
// Those put in force behind a position, in that order; one that has retired since is among them, too.
struct PutRound {
  std::int64_t position = 0;
  StoredRound stored;
};
void each_put_after(db::Reader& reader, std::int64_t position, const std::function<void(PutRound)>& each);
std::int64_t last_put(db::Reader& reader);
std::optional<StoredRound> find(db::Reader& reader, std::int64_t closing);
// (body, number) of every closing of the family in force.
struct Head {
  std::int64_t closing = 0;
  BodyId body;
  Period period;
};
std::vector<Head> heads_in_force(db::Reader& reader, const std::string& family);
// Another one whenever a closing of the family came into force, also in this very transaction: the last one put by those committed, how many there are and
// their numbers added up (a newer closing has a higher number than the one it replaces).
struct InForceMark {
  std::int64_t last_put = 0, count = 0, sum = 0;
  bool operator==(const InForceMark&) const = default;
};
InForceMark in_force_mark(db::Reader& reader, const std::string& family);
std::int64_t last_version(db::Reader& reader, const ClosedRound& round);
std::optional<std::int64_t> in_force(db::Reader& reader, const std::string& family, Period period, BodyId body);   // number of the closing
bool is_empty(db::Reader& reader, std::int64_t closing);
bool is_in_force(db::Reader& reader, std::int64_t closing);
std::vector<BodyId> covers(db::Reader& reader, std::int64_t closing);
// A closing in force of the same family and period that covers the body.
std::optional<std::int64_t> covered_by(db::Reader& reader, const std::string& family, Period period, BodyId body);

void insert(db::Writer& writer, const StoredRound& stored, const std::vector<BodyId>& covers, UserId by);    // not in force
void put(db::Writer& writer, const ClosedRound& round);                   // the one before it retires
void log_put(db::Writer& writer, std::int64_t position, std::int64_t closing);

}  // namespace khuyenhoc::closing_sql
