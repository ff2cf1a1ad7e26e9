// The groups of pages that add_reporting_pages puts together, and what they share.
#pragma once

#include <functional>

#include <boost/json/fwd.hpp>

#include "reporting/entry_desk.h"
#include "reporting/entry_sheet.h"
#include "reporting/own_form.h"
#include "reporting/pages/grid_page.h"
#include "reporting/reporting.h"

namespace khuyenhoc {

void add_grid_pages(Pages& pages, AskedCorrections asked);          // the grid and its cells
void add_entry_form_pages(Pages& pages, AskedCorrections asked);    // short forms, the association's own figures
void add_mode_pages(Pages& pages);        // how totals come about, within or beyond
void add_workbook_pages(Pages& pages);    // the same grid as a file
void add_link_pages(Pages& pages);        // a branch's form without a password
void add_zero_pages(Pages& pages);        // "Ghi 0 vào các ô còn trống", and back
void add_news_pages(Pages& pages, AskedCorrections asked);        // what others have saved meanwhile; whether the session still stands
void add_round_pages(Pages& pages);       // who has entered what, reminders
void add_answer_pages(Pages& pages);      // what was answered in words

// The period that is written about: of the address, where a request asked once may stand by its code ("?ky=yc17"), else the one chosen in the top bar.
NamedPeriod entered_period(const Visit& visit);
// "Số liệu 6 tháng đầu năm 2026", or what a request asks about.
std::string entered_title(const Visit& visit, const NamedPeriod& period);
// The body of the address when the viewer may enter figures for it.
inline std::optional<BodyId> entered_body(const Visit& visit) { return visit.body(Permission::enter_figures); }
http::Response json_refusal(const std::string& message, http::Status status);
// The cells of a batch (docs/islands.md); amounts come in the unit of the column when `in_columns`.
enum class Amounts { in_columns, as_stored };
struct SentCells {
  std::vector<CellEntry> cells;
  std::vector<ReasonEntry> reasons;     // sent as cells named "ly.B01", with a text
  std::vector<TextEntry> texts;         // answers in words: "lv.r17_3"
};
Result<SentCells> parse_cells(const Catalogue& catalogue, const http::Request& request, Amounts amounts);
inline constexpr std::string_view reason_prefix = "ly.", text_prefix = "lv.";
// A stored amount as the page shows it, and back.
std::int64_t shown_amount(const Catalogue& catalogue, std::string_view measure, std::int64_t stored, Amounts amounts);
std::int64_t stored_amount(const Catalogue& catalogue, std::string_view measure, std::int64_t shown, Amounts amounts);
// Writes a batch once, whatever the network repeats, and answers with what the store holds; `rest` adds totals and checks. `sender` tells senders' keys apart.
using RestOfAnswer = std::function<void(boost::json::object&, const SavedCells&)>;
http::Response answer_cells(House& house, const http::Request& request, std::int64_t sender, EntryDesk& desk, Amounts amounts, const RestOfAnswer& rest);
inline http::Response answer_cells(const Visit& visit, EntryDesk& desk, Amounts amounts, const RestOfAnswer& rest) {
  return answer_cells(visit.house(), visit.request(), visit.viewer().user().value, desk, amounts, rest);
}
// Which figures of a form want a reason, and what does not hold among them, after a batch: told while typing.
void add_form_words(const FigureForm& form, boost::json::object& answer);

// The row of a grid as its margin, totals and words are told to the island.
void add_sheet_words(const Visit& visit, const EntrySheet& sheet, const std::set<BodyId>& named, const AskedCorrections& asked, boost::json::object& answer);

// Where a body has no grid in the period: why not, and what to do instead.
http::Response no_sheet(const Visit& visit, BodyId body, const Refusal& why);

// The other things that stand at a body's address.
http::Response show_own_form(const Visit& visit, BodyId body, const AskedCorrections& asked);
http::Response show_whole_form(const Visit& visit, BodyId body, const AskedCorrections& asked);

// What is asked to be corrected at this association, in words; of one branch only where it is named.
std::vector<CorrectionLine> asked_lines(const Visit& visit, const AskedCorrections& asked, BodyId association, const NamedPeriod& period, std::optional<BodyId> branch = std::nullopt);
http::Response show_round(const Visit& visit, BodyId body, const AskedCorrections& asked);

// Cells of a form sent without script.
struct PostedForm {
  std::vector<CellEntry> changed;
  Typed texts;                                                   // of the changed cells, and of those that could not be read
  std::vector<std::pair<std::string, std::string>> errors;       // field name, sentence
};
PostedForm parse_posted(const Catalogue& catalogue, const http::Request& request, Amounts amounts, const std::function<std::optional<std::string>(BodyId, const std::string&)>& shown_now);

}  // namespace khuyenhoc
