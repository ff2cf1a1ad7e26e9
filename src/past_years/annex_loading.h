// From a table that was read to statements: what is there already, what would be written where, writing it, taking it back.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "measures/figures.h"
#include "past_years/annex_table.h"
#include "shell/house.h"

namespace khuyenhoc {

class Viewer;

// A figure of the table as it meets the store.
struct AnnexCell {
  AnnexValue from;
  BodyId body;                          // none: there is no association of that time yet
  std::optional<std::int64_t> stored;   // stated before
  std::int64_t version = 0;
  bool same() const { return stored && *stored == from.value; }
  bool differs() const { return stored && *stored != from.value; }
};

struct AnnexDifference {
  AnnexTotal total;
  AnnexReason reason = AnnexReason::none;
  std::string note;
};

struct AnnexPlan {
  Annex annex;
  AnnexTable table;
  std::vector<AnnexCell> cells;
  std::vector<AnnexDifference> differences;
  std::size_t agreeing = 0;             // totals that are as signed
  std::vector<UnitId> without_association;
  std::size_t fresh = 0, same = 0, differing = 0;
  std::vector<std::string> hindrances;  // why it cannot be written yet; empty: it can
  bool changes_something() const { return fresh > 0 || (annex.replaces && differing > 0); }
};

// The day, area and land in which the rows of an annex are looked up.
AnnexUnits units_of(const Organisation& organisation, const Annex& annex);
// Which old units an office may have annexes of: of a merged province its predecessors, of a commune itself.
std::vector<UnitId> areas_of(const Organisation& organisation, BodyId office, AnnexLand land, Day today);
AnnexLand usual_land(Day last_day_of_period);

// Whether somebody at the body or below it stated something of exactly this period: what is merely carried on from earlier is no figure of it.
bool is_stated_in(const Figures& figures, BodyId body, Period period);

// Reads the kept workbook anew each time, so that what is shown is what would be written. Refusals: of the workbook and its layout.
Result<AnnexPlan> plan_annex(House& house, db::Reader& reader, const Annex& annex);
// Whose differences may be the office's own: more was signed than the rows add up to, and there is an association to hold it.
bool may_be_own(const AnnexTotal& total);

// Writes the figures in one transaction with their audit entry. Answers how many were written. "annex.hindered", "annex.nothing", "annex.stale", and those of Statements.
Result<std::size_t> load_annex(House& house, const Viewer& viewer, const Annex& seen);
// "annex.depends" with the plain reason.
Result<std::size_t> withdraw_annex(House& house, const Viewer& viewer, const Annex& seen);

}  // namespace khuyenhoc
