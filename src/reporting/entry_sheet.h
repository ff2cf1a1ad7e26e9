// What one association types in one period: its branches and boards by old commune, the figures they are asked for, last period beside, totals from the cube.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "measures/entry_mode.h"
#include "measures/figures.h"
#include "reporting/asked_forms.h"
#include "reporting/entry_columns.h"
#include "reporting/sheet_rows.h"
#include "shell/house.h"

namespace khuyenhoc {

struct EntryCell {
  bool asked = false;
  std::optional<std::int64_t> value;    // as stated; blank is "chưa báo cáo"
  std::int64_t version = 0;
  UserId by;
  std::int64_t at_ms = 0;
  std::optional<std::int64_t> was;      // of a level the last period's, of a flow the same period's last year; none when nobody knows
  std::int64_t counted = 0;             // what the totals take for it: a blank level carries its last one
};

// What is to be said about a row, in its margin.
struct EntryRemark {
  enum class Level { bad, attention, info } level = Level::info;
  Check::Severity severity = Check::Severity::warning;   // of a bad one
  std::string code;                     // "B01-movement", "blank", "unreported", "listed", "B02-jump"
  std::string title;                    // "Chưa khớp, thừa 3"
  std::string text;
  std::vector<std::string> measures;    // the cells it speaks of
};

struct EntryRow {
  BodyId body;
  std::string name;                     // "Chi hội Thôn 8"
  const ShortForm* form = nullptr;
  bool direct = true;                   // answers to the association itself; the figures of others are part of a row above
  std::vector<EntryCell> cells;         // by column
  std::vector<EntryRemark> remarks;
  std::size_t blanks = 0;
  bool reported = false;                // at least one figure
  bool mismatched = false;
  bool unlisted = false;                // members not yet in a list
};

struct EntryTotal {
  bool asked = false;
  std::int64_t now = 0;
  std::optional<std::int64_t> was;
};

struct EntryGroup {
  std::string key;                      // "dv-12", "thon", "truong", "co-quan", "khac"
  std::string label;                    // "Xã Cư Huê (cũ)"
  std::string counts;                   // "7 chi hội, 2 ban"
  std::vector<EntryRow> rows;
  std::vector<EntryTotal> totals;       // by column
  std::size_t size = 0, reported = 0;   // of all its rows, when only some were asked for
};

struct EntrySheet {
  BodyId body;
  NamedPeriod period;
  Day day;                              // the tree of this day: the period's last, or today while it runs
  EntryMode mode = EntryMode::unset;
  std::vector<EntryGroup> groups;
  std::vector<EntryTotal> own;          // "chưa phân theo chi hội": stated or recorded at the association itself; by column
  std::vector<EntryTotal> whole;        // as the cube says
  std::vector<std::optional<std::int64_t>> stated;    // totals stated for the whole, by column
  std::vector<std::optional<std::int64_t>> targets;   // of the year, by column
  std::vector<EntryRemark> jumps;                     // of the whole against the same period last year
  std::size_t rows = 0, reported = 0, mismatched = 0, with_blanks = 0, unlisted = 0;
  std::int64_t saved_ms = 0;            // the latest figure's; 0 when there is none
  std::shared_ptr<const AskedForms> asked;   // by what its rows and columns are asked
  std::span<const EntryColumn> columns() const { return asked ? asked->columns.all() : std::span<const EntryColumn>(); }
  const EntryColumn* column(std::string_view code) const { return asked ? asked->columns.find(code) : nullptr; }
  std::optional<std::size_t> place(MeasureIndex measure) const { return asked ? asked->columns.place(measure) : std::nullopt; }
  const EntryRow* row(BodyId body) const;
  const EntryGroup* group_of(BodyId body) const;
};

// Explaining a row's list costs a look into its records; whoever only needs totals leaves it.
enum class Lists { looked_up, left_out };

// "entry.body": a branch; "entry.not_alive": it did not exist then; "form.unknown" (asked_forms.h). `branch`: the one whose round asks, where its association's does not.
Result<EntrySheet> entry_sheet(const House& house, db::Reader& reader, BodyId body, const NamedPeriod& period, Day today, Lists lists = Lists::looked_up, BodyId branch = {});
Result<EntrySheet> entry_sheet(const House& house, db::Reader& reader, BodyId body, const NamedPeriod& period, Day today, Lists lists, std::shared_ptr<const AskedForms> asked);
// Whether there is such a sheet at all; refusals as above.
Result<void> check_sheet(const House& house, BodyId body, const NamedPeriod& period, Day today);
// A sheet as it was, with the rows of these bodies and everything that is added up worked out anew; `rows` are those it was made of.
Result<EntrySheet> refreshed_sheet(const House& house, db::Reader& reader, const EntrySheet& before, const SheetRows& rows, const std::set<BodyId>& written);
// What has changed on the sheet when some cells were saved: the rows of these bodies with what is to be said about them, and of these measures the
// totals of the whole and of the groups the rows stand in. Nothing else is filled in.
struct SavedCells {
  std::set<BodyId> bodies;
  std::set<MeasureIndex> measures;
};
Result<EntrySheet> saved_part(const House& house, db::Reader& reader, BodyId body, const NamedPeriod& period, Day today, const SavedCells& saved);

Day entry_day(const NamedPeriod& period, Day today);
// Branches and boards below the association that have a short form, alive on the day; not those of associations below it.
std::vector<BodyId> reporting_branches(const Organisation& organisation, BodyId body, Day day);
// The period whose figure stands beside: for a level the day before this period, for a flow the same period last year.
Period period_beside(const Catalogue& catalogue, const Periods& periods, MeasureIndex measure, const NamedPeriod& period);

}  // namespace khuyenhoc
