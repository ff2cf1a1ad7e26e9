// Freezing a period's figures as reported, and putting them in force: what the official lens shows from then on (design 4.3).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "measures/facts.h"

namespace khuyenhoc {

// One body's report of one period: what is shown at the body itself first, then, by what they are keyed by, the lines that hang under it.
struct FrozenReport {
  struct Part {
    std::shared_ptr<const ClosedRound> round;
    std::vector<BodyId> covers;         // associations that have ended and are part of it: what they closed themselves gives way
  };
  std::vector<Part> parts;
  std::vector<std::int64_t> closings() const;
};

// What the body's report would hold now: its whole region in the tree of the period's last day, but for what other associations below it report themselves:
// its own figures, those of the branches that report through it, and those of the ended bodies counted inside them. What nobody has taken over yet, on a
// line of its own ("số liệu chung chưa tách được"), is frozen with the body that the line hangs under, under its own name. All as the facts say inside this
// transaction. Nothing is stored: ids and versions are 0. "closing.body": only bodies above the branches close.
Result<FrozenReport> figures_to_freeze(db::Reader& reader, Ledger& ledger, const std::string& family, Period period, BodyId body);
// The same, stored under the next version of each body, never changed again and not in force yet.
Result<FrozenReport> freeze(db::Writer& writer, Ledger& ledger, const std::string& family, Period period, BodyId body, UserId by, std::int64_t now_ms);
// These figures as they are, in the same manner: an adjustment freezes what is in force and the change.
FrozenReport freeze_figures(db::Writer& writer, Ledger& ledger, const FrozenReport& figures, UserId by, std::int64_t now_ms);
// Stored ones, by the numbers of their closings.
FrozenReport frozen_report(db::Reader& reader, const Ledger& ledger, std::span<const std::int64_t> closings);

// The official lens shows them after the commit; the version before retires, and so does what a body that is part of this had closed by itself. Those in force
// already stay. "closing.covered": the body has become part of another, which has closed its figures.
Result<void> put_in_force(db::Writer& writer, Ledger& ledger, std::span<const std::int64_t> closings, UserId by, std::int64_t now_ms);

// What the official lens reads of one family, exactly as this transaction has it (a snapshot in memory can be behind).
std::shared_ptr<const ClosedRounds> closed_rounds_now(db::Reader& reader, const Ledger& ledger, const std::string& family);

// Freezes and puts in force at once, for each of the bodies.
Result<void> close_period(db::Writer& writer, Ledger& ledger, const std::string& family, Period period, std::span<const BodyId> bodies, UserId by,
                          std::int64_t now_ms);

}  // namespace khuyenhoc
