// Which bodies a total is about, and which bodies' totals contain it: by the tree of a day, with ended and not yet born bodies where that tree places them.
#pragma once

#include <vector>

#include "measures/facts.h"

namespace khuyenhoc {

// The body and all that is counted below it in the tree of the day, sorted.
std::vector<BodyId> region_below(const LedgerView& view, BodyId body, Day day);
// The body itself and the ended or future ones that are counted as part of it, sorted.
std::vector<BodyId> region_own(const LedgerView& view, BodyId body, Day day);
// True when what happened at `body` counts below (or at) `above` in the tree of the day.
bool counts_below(const Organisation& organisation, BodyId body, BodyId above, Day day);
// All whose totals may contain what happens at the body from a day on, through moves and successions: lower ones before higher ones, the body left out.
std::vector<BodyId> everything_above(const Organisation& organisation, BodyId body, Day from);

}  // namespace khuyenhoc
