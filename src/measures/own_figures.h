// A body's own facts, of every series at once: what a restructure hands over, re-homes or takes back.
#pragma once

#include <utility>
#include <vector>

#include "measures/statements.h"

namespace khuyenhoc {

// Levels (stocks, references, yearly titles) of the body's own facts up to a day, this transaction's included; none that are zero. By series.
std::vector<std::pair<Series, std::int64_t>> own_levels(db::Reader& reader, const Ledger& ledger, BodyId body, Day up_to);
// All own facts valid from a day on that still count: neither reversed nor reversals, and no remainders of crossing windows. In log order.
std::vector<Fact> own_facts_from(db::Reader& reader, const Ledger& ledger, BodyId body, Day from);
// Statements in force of the body whose window ends on the day or later.
std::vector<Statement> statements_from(db::Reader& reader, const Ledger& ledger, BodyId body, Day from);
bool is_handed_over(const Catalogue& catalogue, Series series);        // a typed level; flows never are

}  // namespace khuyenhoc
