// Freezing a period's figures as reported: what the official lens shows from then on (design 4.3).
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "measures/facts.h"

namespace khuyenhoc {

// Freezes, for each of the reporting bodies, what its whole region holds in the tree of the period's last day, but for what other associations below it report
// themselves: its own figures, those of the branches that report through it, and those of the ended bodies counted inside them. What nobody has taken over yet,
// on a line of its own ("số liệu chung chưa tách được"), is frozen with the body that the line hangs under, under its own name. All as the facts say inside
// this transaction. A body that was closed before gets the next version, and only the newest is in force. "closing.body": only bodies above the branches close.
Result<void> close_period(db::Writer& writer, Ledger& ledger, const std::string& family, Period period, std::span<const BodyId> bodies, UserId by,
                          std::int64_t now_ms);

}  // namespace khuyenhoc
