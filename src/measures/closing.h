// Freezing a period's figures as reported: what the official lens shows from then on (design 4.3).
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "measures/facts.h"

namespace khuyenhoc {

// Freezes, for each of the reporting bodies, its own figures of the period and those of the branches that report through it, as the facts say inside this
// transaction. A body that was closed before gets the next version, and only the newest is in force. "closing.body": only bodies above the branches close.
Result<void> close_period(db::Writer& writer, Ledger& ledger, const std::string& family, Period period, std::span<const BodyId> bodies, UserId by,
                          std::int64_t now_ms);

// The body and the branches below it that have no report of their own.
std::vector<BodyId> reporting_unit(const Organisation& organisation, BodyId body, Day day);

}  // namespace khuyenhoc
