// A body's own facts, of every series at once: what a restructure hands over, re-homes or takes back.
#pragma once

#include <map>
#include <set>
#include <span>
#include <vector>

#include "measures/statements.h"

namespace khuyenhoc {

// A level by what stands behind it: what is listed, what was stated for the body alone, what was stated for its unit.
struct OwnLevel {
  Series series = 0;
  FactLayer layer = FactLayer::listed;
  std::int64_t amount = 0;
};
// Levels (stocks, references, yearly titles) of the body's own facts up to a day, this transaction's included; none that are zero. By series, then layer.
std::vector<OwnLevel> own_levels(db::Reader& reader, const Ledger& ledger, BodyId body, Day up_to);
// The same of many bodies at once, those with none left out.
std::map<BodyId, std::vector<OwnLevel>> own_levels_of(db::Reader& reader, const Ledger& ledger, std::span<const BodyId> bodies, Day up_to);
// Series in which the body took over, or handed over, what was stated and not listed: for its unit (remainder), or for itself alone (own_remainder).
std::vector<Series> taken_over_series(db::Reader& reader, const Ledger& ledger, BodyId body, FactLayer layer);
// Whether that came about behind a day for the whole of this measure, in either layer, as the store has it.
bool has_taken_over(db::Reader& reader, const Measure& measure, BodyId body, Day after);
// Those of the series in which something came in within stated totals at any of the bodies, valid on the day or later.
std::vector<Series> arrived_series(db::Reader& reader, const Ledger& ledger, std::span<const Series> among, std::span<const BodyId> bodies, Day from);
// All own facts valid from a day on that still count: neither reversed nor reversals, and no remainders of crossing windows. In log order.
std::vector<Fact> own_facts_from(db::Reader& reader, const Ledger& ledger, BodyId body, Day from);
// The same of many bodies at once, in log order over all of them.
std::vector<Fact> own_facts_of(db::Reader& reader, const Ledger& ledger, std::span<const BodyId> bodies, Day from);
// Those of the bodies with a fact valid from the day on, or a statement in force whose window ends on it or later; what this transaction holds included.
std::set<BodyId> bodies_with_figures_from(db::Reader& reader, const Ledger& ledger, std::span<const BodyId> bodies, Day from);
// Series in which anything at all is stated or recorded for the day or later. Handovers by a decision (and what takes them back) are none: they explain no total.
// Reads the whole log.
std::set<Series> series_in_use_from(db::Reader& reader, const Ledger& ledger, Day from);
// Statements in force of the body whose window ends on the day or later.
std::vector<Statement> statements_from(db::Reader& reader, const Ledger& ledger, BodyId body, Day from);
bool is_handed_over(const Catalogue& catalogue, Series series);        // a typed level; flows never are

}  // namespace khuyenhoc
