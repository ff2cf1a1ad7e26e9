// The groups of pages that add_reporting_pages puts together, and what they share.
#pragma once

#include <functional>

#include <boost/json/fwd.hpp>

#include "reporting/entry_desk.h"
#include "reporting/entry_sheet.h"
#include "reporting/pages/grid_page.h"
#include "reporting/reporting.h"

namespace khuyenhoc {

void add_grid_pages(Pages& pages);        // the grid and its cells
void add_form_pages(Pages& pages);        // short forms, the association's own figures
void add_mode_pages(Pages& pages);        // how totals come about, within or beyond
void add_workbook_pages(Pages& pages);    // the same grid as a file
void add_round_pages(Pages& pages);       // who has entered what, reminders

// The body of the address when the viewer may enter figures for it.
inline std::optional<BodyId> entered_body(const Visit& visit) { return visit.body(Permission::enter_figures); }
http::Response json_refusal(const std::string& message, http::Status status);
// The cells of a batch (docs/islands.md); amounts come in the unit of the column when `in_columns`.
enum class Amounts { in_columns, as_stored };
Result<std::vector<CellEntry>> parse_cells(const http::Request& request, Amounts amounts);
// A stored amount as the page shows it, and back.
std::int64_t shown_amount(std::string_view measure, std::int64_t stored, Amounts amounts);
std::int64_t stored_amount(std::string_view measure, std::int64_t shown, Amounts amounts);
// Writes a batch once, whatever the network repeats, and answers with what the store holds; `rest` adds totals and checks.
http::Response answer_cells(const Visit& visit, EntryDesk& desk, Amounts amounts, const std::function<void(boost::json::object&, const SavedCells&)>& rest);

// Where a body has no grid in the period: why not, and what to do instead.
http::Response no_sheet(const Visit& visit, BodyId body, const Refusal& why);

// The other things that stand at a body's address.
http::Response show_own_form(const Visit& visit, BodyId body);
http::Response show_whole_form(const Visit& visit, BodyId body);
http::Response show_round(const Visit& visit, BodyId body);

// Cells of a form sent without script.
struct PostedForm {
  std::vector<CellEntry> changed;
  Typed texts;                                                   // of the changed cells, and of those that could not be read
  std::vector<std::pair<std::string, std::string>> errors;       // field name, sentence
};
PostedForm parse_posted(const Visit& visit, Amounts amounts, const std::function<std::optional<std::string>(BodyId, const std::string&)>& shown_now);

}  // namespace khuyenhoc
