// What may be stated at all: asked before every statement, whether it comes alone or by the bulk door.
#pragma once

#include <functional>
#include <optional>

#include "measures/entry_mode.h"

namespace khuyenhoc {

// "statement.kind", "statement.negative", "statement.size", "statement.window", "statement.body", "statement.level"
Result<void> check_statement(const Catalogue& catalogue, const Organisation& organisation, BodyId body, Series series, Period period,
                             std::optional<std::int64_t> value, std::int64_t now_ms);
// Totals come from the branches or from the unit, never from both (domain 0b.3). `mode_of` knows the period. "statement.mode"
Result<void> check_entry_mode(const Organisation& organisation, BodyId body, const Measure& measure, Period period, Extent extent,
                              const std::function<EntryMode(BodyId)>& mode_of);

}  // namespace khuyenhoc
