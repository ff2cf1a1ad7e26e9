// What the page of the entry grid shows: the sheet put into the words, looks and addresses of HTML.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "measures/facts.h"
#include "platform/html/render.h"
#include "reporting/entry_sheet.h"
#include "reporting/reasons.h"
#include "shell/visit.h"

namespace khuyenhoc {

enum class RowFilter { all, mismatched, unreported, with_blanks, unlisted };
enum class ColumnChoice { main, all };

// How the grid is looked at: which rows and columns, which group is open. Kept in the address.
struct GridView {
  RowFilter filter = RowFilter::all;
  ColumnChoice columns = ColumnChoice::main;
  std::string open;                     // key of the open group; empty: the first with something left to do
};
GridView grid_view(const http::Request& request);
Url grid_link(BodyId body, const NamedPeriod& period, const GridView& view);

struct GridLink {
  Url link;
  std::string text;
};

// Where a reason for a large change is typed: "ly.12.B01".
struct ReasonBox {
  BodyId body;
  std::string measure, name, label, text, version;
};

struct GridNote {
  std::string level;                    // "bad", "attention", "info", or empty
  struct Line {
    std::string title, text;
    bool alarm = false;
    std::optional<GridLink> link;
    std::optional<ReasonBox> reason;
  };
  std::vector<Line> lines;
  std::string id;
};

struct GridCell {
  enum class Look { input, locked, off } look = Look::input;
  std::string measure, name, id, text, version, label, was;
  bool blank = false, wrong = false;
  std::optional<std::int64_t> carried;
};

struct GridRow {
  BodyId body;
  std::string name, group;
  std::string originals;                // "B01=3:120 …": what the page was made from, for forms sent without script
  Url form = Url("/");                  // its short form
  std::vector<GridCell> cells;
  GridNote note;
  std::string state_level, state_words; // for the list on a phone
};

struct GridTotal {
  bool asked = false;
  std::string measure, text, was;
  std::int64_t value = 0;
  std::optional<Url> history = {};        // who entered what it is made of
};

struct GridGroup {
  std::string key, label, counts, note;
  bool open = false;
  Url fold = Url("/");
  std::vector<GridTotal> totals;
  std::vector<GridRow> rows;
};

struct GridHead {
  std::string label;
  std::size_t columns = 0;
};

struct GridChip {
  std::string label;
  Url link;
  bool current = false;
};

// What the office above asked to be corrected, and where that is.
struct CorrectionLine {
  BodyId body;
  std::string measure, where, reason;   // "Chi hội Thôn 8, Tổng số hội viên cuối kỳ"
  std::optional<Url> form;              // of a branch
};

// The last step of zeros, as long as it can be taken back.
struct UndoOffer {
  Url link = Url("/");
  std::string words;
};

struct GridPage {
  BodyId body;
  std::string title, caption, window, due_words, days_left, saved, store_key;
  std::string whole_word;               // "Toàn xã"
  std::string unit_word;                // "xã"
  EntryMode mode = EntryMode::unset;
  std::string mode_label, other_mode_label;
  Url mode_link = Url("/"), question_link = Url("/"), post_link = Url("/"), workbook_link = Url("/"), upload_link = Url("/"), own_link = Url("/"), columns_link = Url("/"), figures_link = Url("/"), save_link = Url("/");
  std::string own_words, columns_words, row_counts, whole_note, finish, finish_more;
  struct Jump {
    std::string text;
    ReasonBox reason;
  };
  std::vector<CorrectionLine> asked;
  std::vector<Jump> jumps;              // of the whole against the same period last year
  std::size_t blanks = 0;               // that zeros could be written into
  Url zeros_link = Url("/"), links_link = Url("/"), news_link = Url("/"), session_link = Url("/");
  std::int64_t user = 0;                // whose page it is: what was typed is never sent in another one's name
  std::string news;                     // where the page stands in what is written
  std::optional<UndoOffer> undo;
  std::optional<Url> answers_link;      // what branches answer in words, where the form asks any
  bool has_own_form = true;             // the association has figures of its own to type
  std::vector<GridChip> chips;
  std::vector<GridHead> heads;
  std::vector<const EntryColumn*> columns;
  std::vector<GridGroup> groups;
  std::vector<GridTotal> own, whole, targets;
  bool has_own = false, has_targets = false, locked = false;
  std::string target_label;
  // The question about a total that was stated for the whole before, and its answer.
  std::string question;
  std::optional<Arrival> answer;
  std::vector<std::pair<std::string, std::string>> errors;       // cell id, sentence
};

// Texts that were typed and not written, by field name ("c.12.B01"); shown again instead of the stored figures.
using Typed = std::map<std::string, std::string>;

GridPage grid_page(const Visit& visit, const EntrySheet& sheet, const GridView& view, const Typed& typed = {});
GridNote grid_note(const Visit& visit, const EntrySheet& sheet, const EntryRow& row, std::span<const FigureReason> reasons);
ReasonBox reason_box(BodyId body, const std::string& measure, const std::string& label, std::span<const FigureReason> reasons);
// The reasons for what the rows named ask about; all rows when none are named.
std::vector<FigureReason> reasons_of(const Visit& visit, const EntrySheet& sheet, const std::set<BodyId>* named = nullptr);
std::optional<UndoOffer> undo_offer(const House& house, const Viewer& viewer, BodyId page, const NamedPeriod& period, const Url& zeros_place);
std::string group_note(const EntryGroup& group);
std::string whole_note(const EntrySheet& sheet);
// "xã", "phường", "đặc khu", "đơn vị", "tỉnh": what an association calls its whole.
std::string unit_word(const Organisation& organisation, BodyId body, Day day);
// "còn 2 ngày", "hôm nay là hạn cuối", "quá hạn 3 ngày"
std::string days_left_words(Day due, Day today);
std::string field_name(BodyId body, std::string_view measure);
// "ông Phạm Văn Lượng" inside a sentence.
std::string inside_sentence(std::string name);
std::string_view state_icon(std::string_view level);

}  // namespace khuyenhoc
