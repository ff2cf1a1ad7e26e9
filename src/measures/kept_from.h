// What a body keeps of measures beside its facts, counted for whoever is about to end it or to take it back: reports closed, targets set.
#pragma once

#include <cstdint>
#include <map>

#include "base/day.h"
#include "organisation/organisation.h"
#include "platform/db/db.h"

namespace khuyenhoc {

// Closings in force of periods that end on the day or later, by body.
std::map<BodyId, std::int64_t> closings_kept_from(db::Reader& reader, Day from);
// Targets of the year and later ones.
std::map<BodyId, std::int64_t> targets_kept_from(db::Reader& reader, int year);

}  // namespace khuyenhoc
