// From a table that was read to statements: what is there already, what would be written where, writing it, taking it back.
#pragma once

#include <functional>
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
  bool written = false;                 // by this annex, which stopped half way
  bool same() const { return !written && stored && *stored == from.value; }
  bool differs() const { return !written && stored && *stored != from.value; }
  bool is_to_be_written() const { return !written && !same(); }
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
  std::size_t fresh = 0, same = 0, differing = 0, written = 0;
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

// Written and taken back in short slices between other people's saves; what fits into one slice in one transaction. From the first slice to the last the annex is
// half way (`is_half_way`), and pages say so. What is refused on the way goes back the way it came; only a program that stops leaves an annex half way, and then
// it can be gone on with or taken back, whoever wrote it.
struct AnnexCourse {
  std::size_t slice = 0;                                    // figures at a time; 0: as many as others do not notice
  std::function<bool(std::size_t done)> goes_on = {};       // after each slice; false leaves it half way, as a program that stops
};
// Answers how many figures are written in all. "annex.hindered", "annex.nothing", "annex.stale", "annex.stopped", and those of Statements.
Result<std::size_t> load_annex(House& house, const Viewer& viewer, const Annex& seen, const AnnexCourse& course = {});
// "annex.depends" with the plain reason.
Result<std::size_t> withdraw_annex(House& house, const Viewer& viewer, const Annex& seen, const AnnexCourse& course = {});
// Somebody's writing or taking back goes on at this very moment, in this or another process.
bool is_under_way(const Annex& annex, std::int64_t now_ms);

}  // namespace khuyenhoc
