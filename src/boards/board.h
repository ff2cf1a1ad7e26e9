// One board as figures: the rows under a body or unit now and a year before, with targets; in an old tree the parts that are this unit today.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "measures/figures.h"
#include "measures/periods.h"

namespace khuyenhoc {

struct BoardAsk {
  Question question;
  NamedPeriod period;                   // the window of the question, by name
  Day today;
  Question year_before() const;         // the tree stays: restated in the period's territory
};

// Counts of bodies, and what is computed from them, say nothing across the reform of 2025.
enum class Compared { usual, across_reform };
Compared compared(const Catalogue& catalogue, MeasureIndex measure, const BoardAsk& ask);

struct BoardRow {
  Part::Kind kind = Part::Kind::child;
  Subject subject;
  std::string name;
  std::string note;                     // of a line: what it is and where its area belongs
  // What happened to it, where that is no rise or fall: of a line, and of an association that holds what units without one left behind.
  enum class Turn { none, handed_over, ended, founded, taken_over } turn = Turn::none;
  Day turned;                           // when it ended or was founded
  Figure now = undefined_figure, then = undefined_figure;
  std::optional<std::int64_t> target;   // as measures/targets.h keeps it
  std::optional<std::int64_t> targets_of_some;   // of rows added together that do not all have one: nothing is measured by it
  enum class Report { unknown, silent } report = Report::unknown;   // silent: nothing stated yet for this period
};

struct BoardSection {
  std::vector<BoardRow> rows;           // own figures, children by name, lines: they add up to the whole
  BoardRow whole;
};

struct Board {
  MeasureIndex measure = 0;
  Compared compared = Compared::usual;
  std::vector<BoardSection> sections;   // one; in an old tree one for each part that is this unit today
  std::vector<BoardRow> between;        // lines that belong to none of the parts
  BoardRow total;
  std::optional<Figure> in_todays_tree; // where there are several parts: the same asked in today's tree
  bool is_parted() const { return in_todays_tree.has_value(); }
  bool has_targets() const;             // of children
};

// What a body or unit consists of in the tree of a day.
struct Standings {
  enum class Kind {
    itself,      // it stands there
    one,         // counted as one other: `parts` holds it
    several,     // not yet born, made of several: `parts` and the lines `between`
    none,        // no figures of its own that day
  } kind = Kind::itself;
  std::vector<Subject> parts;
  std::vector<Subject> between;
};
Standings standings(const LedgerView& view, const Subject& subject, Day tree, Day today);

// "board.no_part": the unit has no figures of its own in the tree of that day. Others as Figures.
Result<Board> make_board(db::Reader& reader, const Figures& figures, MeasureIndex measure, const BoardAsk& ask);

// The figure of the same period in each of the last years, oldest first; none where it is undefined or nothing is known yet.
struct YearFigure {
  int year = 0;
  std::optional<Figure> figure;
};
std::vector<YearFigure> yearly(const Figures& figures, MeasureIndex measure, const BoardAsk& ask, int years);

// How much of a target is reached, as numerator over target; none when there is none or the figure is undefined.
struct Reached {
  std::int64_t value = 0;
  std::int64_t target = 1;
  std::string text() const;             // "97,4%"
  bool below_90() const { return value * 10 < target * 9; }
};
std::optional<Reached> reached(const BoardRow& row);

void add_figure(Figure& to, const Figure& from);        // of whole numbers; with a ratio or an undefined one there is no sum
BodyId target_holder(const Organisation& organisation, const Subject& subject, Day tree);           // who has the target of a row: itself, or the association in charge of the unit
std::string subject_name(const Organisation& organisation, const Subject& subject, Day day);        // "Hội Khuyến học xã Ea Kar", "Xã Ea Kar"
std::string short_subject_name(const Organisation& organisation, const Subject& subject, Day day);  // "Xã Ea Kar"

}  // namespace khuyenhoc
