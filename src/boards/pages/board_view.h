// A board ready for its template: every figure a text, every link made, everything the address chose kept in the links.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "boards/arrangement.h"
#include "boards/board.h"
#include "shell/visit.h"

namespace khuyenhoc {

// What the address asks for: whose board, which measures, in which shape.
struct BoardChoice {
  BoardAsk ask;
  std::vector<MeasureIndex> measures;      // the first one leads; several for the wide table
  enum class Shape { by_child, by_month, wide } shape = Shape::by_child;
  Arrangement arrangement;
  bool official() const { return ask.question.lens == Lens::official; }
};
// "board.measure" for a code that the catalogue does not have.
Result<BoardChoice> read_choice(const Visit& visit, const Subject& subject);
// The subject of the address within the viewer's scope; none: answer not_found().
std::optional<Subject> asked_body(const Visit& visit);
std::optional<Subject> asked_unit(const Visit& visit);
bool may_see(const Visit& visit, const Subject& subject);

// Links that keep what was chosen (measure, lens, and period and day when the address named them).
class BoardLinks {
 public:
  BoardLinks(const Visit& visit, const BoardChoice& choice);
  Url board(const Subject& subject) const;                             // of the same measure
  Url measure(std::string_view code) const;                            // of the same subject
  Url ingredients(const Subject& subject) const;
  Url ingredients(const Subject& subject, std::string_view code) const;
  Url ingredients_on(const Subject& subject, Day tree) const;          // in the tree of another day: of a body that has ended since
  Url ingredients_of_series(std::string_view member_key) const;
  std::optional<Url> target(const Subject& subject) const;             // the targets of the year of whoever has it; none outside the scope
  std::optional<Url> handover(const BoardRow& line) const;             // where its minutes are entered, for whoever may
  Url lens(Lens lens) const;
  Url wide() const;
  Url by_month() const;
  Url by_child() const;
  Url picker() const;
  Url workbook() const;
  Url sorted(Arrangement::By by) const;
  Url filtered(Arrangement::Filter filter) const;
  Url everything() const;
  Url other_day(std::string_view iso_day) const;
  Url kept(Url base, std::string_view code) const;

 private:
  std::string codes() const;
  const Visit& visit_;
  const BoardChoice& choice_;
};

struct CardView {
  std::string name, number, unit, change;
  Url link = Url("/");
  std::string line = {};                   // points of the sparkline; empty without one
  std::string dot_x = {}, dot_y = {};
};

struct CellView {
  std::string label, text;
  std::optional<Url> link;
};

struct RowView {
  std::string css;                         // "", "rest", "apart", "total"
  std::string name, note;
  std::optional<Url> link, more;           // more: everything that this line stands for
  std::vector<CellView> cells;
  bool has_share = false;                  // the last column, with a bar
  std::int64_t share_value = 0, share_of = 1;
  std::string share_label, share;
};

struct HeadView {
  std::string label, second;               // the second line may be empty
  std::string sorted;                      // "ascending", "descending" or empty
  std::optional<Url> link;
  std::string whole() const { return second.empty() ? label : label + " " + second; }
};

struct ChipView {
  std::string label;
  Url link;
  bool current = false;
};

struct ChartView {
  std::string title, unit, description;
  boost::json::object data;
  std::string head, row;                   // of the table under it; none where the page's own table says the same
  std::vector<std::string> columns, values;
};

struct BoardView {
  std::string printed;                     // "Hội Khuyến học tỉnh Đắk Lắk · In lúc …"
  std::string subject, territory;          // under the title
  std::vector<ChipView> above;             // the way down from the top
  std::string answer, refused;
  std::string lens_until, coverage, coverage_rest;
  std::optional<Url> coverage_link;        // to the round, for who may enter figures
  bool official = false, has_official_switch = true;
  Url live_link = Url("/"), official_link = Url("/");
  bool old_tree = false;
  Url old_tree_link = Url("/");
  std::optional<Url> past_years_link;   // where figures of past years are brought in, for whoever may enter them
  std::string here, today_iso;
  std::vector<CardView> cards;
  std::string comparison_note;
  std::optional<ChartView> chart;
  std::string table_title, table_note;
  std::vector<ChipView> shapes, chips;
  std::vector<HeadView> heads;
  bool with_share = false;
  bool wide = false;                       // many columns: names stay on one line
  std::vector<RowView> rows;
  std::string target_note;
  std::string division_note;               // how lines are divided, where there are any
  struct Handover {
    std::string name;
    Url link;
  };
  std::vector<Handover> handovers;         // lines whose minutes the viewer may enter
  std::optional<Url> everything;
  std::size_t rows_left = 0;
  Url workbook = Url("/"), picker = Url("/");
  struct Choice {
    std::string code, label;
    bool current = false;
  };
  struct Group {
    std::string label;
    std::vector<Choice> choices;
  };
  std::vector<Group> measures;             // of the picker in the page
  std::vector<std::pair<std::string, std::string>> hidden;   // what its form keeps
};

BoardView board_view(const Visit& visit, const BoardChoice& choice);

}  // namespace khuyenhoc
