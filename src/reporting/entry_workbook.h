// The commune's grid as one workbook: written for one association and period, filled in anywhere, read back as a dry run, every bad cell named.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reporting/entry_desk.h"
#include "reporting/entry_sheet.h"

namespace khuyenhoc {

// What stood in a cell of a filled workbook, to be given back with its mistake marked.
struct WorkbookCell {
  std::optional<std::int64_t> number;   // in the column's unit
  std::string text;                     // what was typed where it is no number
  std::string problem;                  // empty for a good cell
};
using WorkbookCells = std::map<std::pair<BodyId, std::size_t>, WorkbookCell>;     // by row and column

struct WorkbookProblem {
  std::string address;                  // "C12"; empty for what concerns a whole row
  std::string where;                    // "Chi hội Thôn 8, Mới"
  std::string message;
};

struct WorkbookChange {
  BodyId body;
  std::string name, column, before, after;
};

// What a workbook of a round says beside its figures: which round, until when, whom to send it back to.
struct WorkbookLetter {
  std::string round_title;              // empty: of no round
  std::optional<Day> due;
  std::string send_to, telephone;       // "Hội Khuyến học tỉnh Đắk Lắk"; may be empty
};

// What a filled workbook would do. Rows with a bad cell are left out whole.
struct WorkbookPlan {
  std::vector<CellEntry> cells;         // of the good rows, only what differs
  std::vector<WorkbookChange> changes;
  std::vector<WorkbookProblem> problems;
  std::size_t problems_not_shown = 0;
  std::size_t rows_left_out = 0;
  WorkbookCells contents;               // of the rows that were left out
  WorkbookCells accepted;               // what stands in the other rows and differs
  std::string digest;                   // of `cells`: a plan is carried out only as it was shown
};

// The workbook of a sheet; `given_back` puts rejected rows in as they were typed, mistakes marked. "workbook.no_room"
Result<std::string> write_entry_workbook(const House& house, const EntrySheet& sheet, const WorkbookCells& given_back = {}, const WorkbookLetter& letter = {});
// Whose workbook the bytes are, before its sheet is at hand; refused as by plan_entry_workbook.
struct WorkbookOwner {
  BodyId body;
  std::string period;                   // "2026-H1"
};
Result<WorkbookOwner> owner_of_workbook(const House& house, std::string_view bytes);
// A plan, or why the file as a whole is none of this association and period: "workbook.not_ours", "workbook.edited", "workbook.body", "workbook.period",
// "workbook.form", "workbook.mode", or what the reader of workbooks refuses. Writes nothing.
Result<WorkbookPlan> plan_entry_workbook(const House& house, const Viewer& viewer, const EntrySheet& sheet, std::string_view bytes);
// Carries out exactly the plan that was shown, all of it or nothing: one entry in the trail. "workbook.changed" when the figures have moved on since.
Result<std::size_t> carry_out(const House& house, const Viewer& viewer, db::Writer& writer, const EntrySheet& sheet, const WorkbookPlan& plan, std::string_view shown_digest,
                              std::int64_t upload, std::string_view file_name);
std::string entry_workbook_name(const House& house, const EntrySheet& sheet);     // "So lieu Xa Ea Kar 2026-H1.xlsx"

}  // namespace khuyenhoc
