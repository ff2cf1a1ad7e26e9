// The rows of who looks after which body.
#pragma once

#include "committees/areas.h"

namespace khuyenhoc::areas_sql {

std::vector<LookedAfter> of_office(db::Reader& reader, BodyId office, Day day);      // in force by their own days
std::vector<LookedAfter> later_of_office(db::Reader& reader, BodyId office, Day day); // that begin after the day
void insert(db::Writer& writer, const LookedAfter& one);
void end(db::Writer& writer, std::int64_t id, Day first_day_gone);

}  // namespace khuyenhoc::areas_sql
