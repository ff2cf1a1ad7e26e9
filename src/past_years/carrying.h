// What the associations of an earlier territory held, carried over: to the only heir at once; of the others it stays on their line until today's bodies have stated
// their own, so that nothing is counted twice and nothing is handed to whom it may not belong.
#pragma once

#include <vector>

#include "past_years/past_years_queries.h"
#include "shell/house.h"

namespace khuyenhoc {

class Restructures;

// Inside the transaction that changed figures of past years: hands over to only heirs what the rows now say, and closes lines anew. Restructures::settle() must
// follow after the commit. True when anything was posted.
bool carry_over(House& house, Restructures& restructures, db::Writer& writer, UserId by, std::int64_t now_ms);
// Whether today's bodies have stated something since that closes lines earlier, or figures differ from what was carried.
bool is_carried(House& house, db::Reader& reader);
// Before a founding is taken back.
void take_back_carried(House& house, db::Writer& writer, const past_years_sql::Founding& founding, UserId by, std::int64_t now_ms);
// The day from which only what today's bodies state counts, where they have stated nothing earlier: the end of the first year's report after the reform.
Day lines_close_on(const Periods& periods, Day ended);

}  // namespace khuyenhoc
