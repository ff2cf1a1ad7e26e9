// How the territory is read from and written to the store.
#pragma once

#include "platform/db/db.h"
#include "territory/territory_records.h"

namespace khuyenhoc::territory_queries {

std::uint64_t version(db::Reader& reader);
TerritoryRecords load(db::Reader& reader);
// Writes everything that acts after `last_act` did, and the next version.
void write_acts_after(db::Writer& writer, const TerritoryRecords& records, RestructureId last_act);
// Takes back what an act did. Its own row and its items stay, marked.
void undo(db::Writer& writer, RestructureId act);
void raise_version(db::Writer& writer, std::uint64_t version);
std::vector<RestructureItem> items(db::Reader& reader, RestructureId act);
std::vector<Restructure> acts_of(db::Reader& reader, UnitId unit);

}  // namespace khuyenhoc::territory_queries
