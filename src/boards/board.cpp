#include "boards/board.h"

#include <algorithm>

#include "base/number.h"
#include "boards/words.h"
#include "measures/own_figures.h"
#include "measures/targets.h"
#include "organisation/in_charge.h"
#include "organisation/namesakes.h"

namespace khuyenhoc {
namespace {

bool counts_bodies(const Catalogue& catalogue, MeasureIndex measure) {
  if (catalogue.measure(measure).kind == MeasureKind::count) return true;
  const Formula* formula = catalogue.formula(measure);
  return formula && std::ranges::any_of(formula->terms, [&](const Term& term) { return catalogue.measure(term.measure).kind == MeasureKind::count; });
}

BoardRow plain_row(Part::Kind kind, const Subject& subject, std::string name, const Figure& now, const Figure& then) {
  BoardRow out;
  out.kind = kind;
  out.subject = subject;
  out.name = std::move(name);
  out.now = now;
  out.then = then;
  return out;
}

bool is_empty(const BoardRow& row) { return row.now.value == 0 && row.then.value == 0 && !row.target; }

// On the areas axis an association's office is a leaf beside the communes; it is shown only when it holds something itself.
bool is_mere_office(const Organisation& organisation, const BoardRow& row, const Subject& under) {
  const auto* body = std::get_if<BodyId>(&row.subject);
  return body && std::holds_alternative<UnitId>(under) && organisation.kind(*body).level != BodyKind::Level::branch && is_empty(row);
}

class Maker {
 public:
  Maker(db::Reader& reader, const Figures& figures, MeasureIndex measure, const BoardAsk& ask)
      : reader_(reader), figures_(figures), organisation_(*figures.view().organisation), measure_(measure), ask_(ask) {}

  Result<BoardSection> section(const Subject& subject) const {
    const MeasureIndex asked[] = {measure_};
    Question now = ask_.question;
    now.subject = subject;
    Question then = ask_.year_before();
    then.subject = subject;
    auto table = figures_.table(asked, now);
    if (!table) return std::unexpected(table.error());
    const auto before = figures_.table(asked, then);      // refused when nothing was closed then: not compared
    BoardSection out;
    for (std::size_t i = 0; i < table->rows.size(); ++i) {
      const Part& part = table->rows[i];
      BoardRow row = plain_row(part.kind, part.subject, part.label, table->figures[i].front(), before ? before->figures[i].front() : undefined_figure);
      // beside the units stands the office that covers them all: its plan is that of the whole
      const auto* body = std::get_if<BodyId>(&part.subject);
      const bool covers_the_whole = std::holds_alternative<UnitId>(subject) && body && level_in_charge_of(organisation_.kind(*body));
      if (part.kind == Part::Kind::child && !covers_the_whole) row.target = target_of(part.subject);
      if (part.kind == Part::Kind::own) row.name = own_words(organisation_, subject, now.tree);
      if (part.kind == Part::Kind::line) describe_line(row);
      if (part.kind == Part::Kind::own || covers_the_whole) describe_taken_over(row);
      if (part.kind != Part::Kind::child && is_empty(row)) continue;
      if (is_mere_office(organisation_, row, subject)) continue;
      out.rows.push_back(std::move(row));
    }
    out.whole = plain_row(Part::Kind::own, subject, short_subject_name(organisation_, subject, now.tree), table->whole.front(), before ? before->whole.front() : undefined_figure);
    out.whole.target = target_of(subject);
    if (!out.whole.target) out.whole.target = sum_of_targets(out.rows);
    return out;
  }

  std::optional<BoardRow> line(const Subject& subject) const {
    Question now = ask_.question;
    now.subject = subject;
    Question then = ask_.year_before();
    then.subject = subject;
    const auto figure = figures_.figure(measure_, now);
    if (!figure) return std::nullopt;
    BoardRow row = plain_row(Part::Kind::line, subject, {}, *figure, figures_.figure(measure_, then).value_or(undefined_figure));
    describe_line(row);
    return is_empty(row) ? std::nullopt : std::optional(std::move(row));
  }

  // The parts and the lines between them together; of a ratio there is no such sum.
  BoardRow together(const Board& board) const {
    BoardRow out = plain_row(Part::Kind::own, ask_.question.subject, short_subject_name(organisation_, ask_.question.subject, ask_.today), {}, {});
    out.target = target_of(ask_.question.subject);
    for (const BoardSection& section : board.sections) {
      add_figure(out.now, section.whole.now);
      add_figure(out.then, section.whole.then);
    }
    for (const BoardRow& row : board.between) {
      add_figure(out.now, row.now);
      add_figure(out.then, row.then);
    }
    return out;
  }

 private:
  std::optional<std::int64_t> target_of(const Subject& subject) const {
    const BodyId holder = target_holder(organisation_, subject, ask_.question.tree);
    return holder ? target(reader_, figures_.catalogue(), holder, measure_, ask_.period.year) : std::nullopt;
  }
  std::optional<std::int64_t> sum_of_targets(std::span<const BoardRow> rows) const {
    std::optional<std::int64_t> sum;
    if (figures_.catalogue().measure(measure_).kind == MeasureKind::ratio) return sum;
    for (const BoardRow& row : rows)
      if (row.target) sum = sum.value_or(0) + *row.target;
    return sum;
  }
  Held held(const BoardRow& row) const {
    const Catalogue& catalogue = figures_.catalogue();
    return row.now.defined() && row.now.value == 0 && is_handed_over(catalogue, catalogue.series(measure_)) ? Held::handed_over : Held::something;
  }
  void describe_line(BoardRow& row) const {
    row.name = line_name(row.now);
    row.note = line_words(organisation_, row.subject, ask_.question.tree, held(row));
    put_turn(row, organisation_, figures_.catalogue(), measure_, ask_.question.tree);
  }

  // What an association above the communes holds for those that have none yet came to it with their minutes: it has not grown by that.
  void describe_taken_over(BoardRow& row) const {
    const auto* body = std::get_if<BodyId>(&row.subject);
    const Catalogue& catalogue = figures_.catalogue();
    if (body == nullptr || row.now.is_ratio || !row.now.defined() || !row.then.defined() || row.now.value <= row.then.value) return;
    const BodyKind::Level level = organisation_.kind(*body).level;
    if (level == BodyKind::Level::branch || level == BodyKind::Level::commune) return;
    if (!is_handed_over(catalogue, catalogue.series(measure_)) || !has_taken_over(reader_, catalogue.measure(measure_), *body, ask_.year_before().period.last)) return;
    row.turn = BoardRow::Turn::taken_over;
    row.note = tr("Gồm số nhận bàn giao của các đơn vị cũ, nơi xã, phường mới chưa có tổ chức Hội.");
  }

  db::Reader& reader_;
  const Figures& figures_;
  const Organisation& organisation_;
  MeasureIndex measure_;
  const BoardAsk& ask_;
};

}  // namespace

BodyId target_holder(const Organisation& organisation, const Subject& subject, Day tree) {
  if (const auto* body = std::get_if<BodyId>(&subject)) return *body;
  return association_in_charge(organisation, std::get<UnitId>(subject), tree);
}

Question BoardAsk::year_before() const {
  Question out = question;
  out.period = Periods::house().same_last_year(period).period;
  return out;
}

Compared compared(const Catalogue& catalogue, MeasureIndex measure, const BoardAsk& ask) {
  const bool across = ask.year_before().period.last < reform_day() && reform_day() <= ask.question.period.last;
  return across && counts_bodies(catalogue, measure) ? Compared::across_reform : Compared::usual;
}

bool Board::has_targets() const {
  if (is_parted()) return false;
  return std::ranges::any_of(sections.front().rows, [](const BoardRow& row) { return row.kind == Part::Kind::child && row.target; });
}

Result<Board> make_board(db::Reader& reader, const Figures& figures, MeasureIndex measure, const BoardAsk& ask) {
  Board out;
  out.measure = measure;
  out.compared = compared(figures.catalogue(), measure, ask);
  const Standings standing = standings(figures.view(), ask.question.subject, ask.question.tree, ask.today);
  const Maker maker(reader, figures, measure, ask);
  if (standing.kind == Standings::Kind::none)
    return refuse("board.no_part", no_part_words(*figures.view().organisation, ask.question.subject, standing.parts, ask.question.tree));
  std::vector<Subject> subjects = standing.parts;
  if (standing.kind == Standings::Kind::itself) subjects = {ask.question.subject};
  for (const Subject& subject : subjects) {
    auto section = maker.section(subject);
    if (!section) return std::unexpected(section.error());
    out.sections.push_back(std::move(*section));
  }
  if (standing.kind != Standings::Kind::several) {
    out.total = out.sections.front().whole;
    return out;
  }
  for (const Subject& subject : standing.between)
    if (auto row = maker.line(subject)) out.between.push_back(std::move(*row));
  out.total = maker.together(out);
  Question today = ask.question;
  today.tree = ask.today;
  out.in_todays_tree = figures.figure(measure, today).value_or(undefined_figure);
  return out;
}

std::vector<YearFigure> yearly(const Figures& figures, MeasureIndex measure, const BoardAsk& ask, int years) {
  std::vector<YearFigure> out;
  Question question = ask.question;
  NamedPeriod period = ask.period;
  for (int i = 0; i < years; ++i) {
    question.period = period.period;
    const auto figure = figures.figure(measure, question);
    out.push_back({period.year, figure && figure->defined() ? std::optional(*figure) : std::nullopt});
    period = Periods::house().same_last_year(period);
  }
  std::ranges::reverse(out);
  // years before anybody kept figures are not years with nothing
  const auto first = std::ranges::find_if(out, [](const YearFigure& one) { return one.figure && one.figure->value != 0; });
  out.erase(out.begin(), first == out.end() && !out.empty() ? out.end() - 1 : first);
  return out;
}

std::string Reached::text() const { return percent_text(value, target); }

std::optional<Reached> reached(const BoardRow& row) {
  if (!row.target || *row.target <= 0 || !row.now.defined()) return std::nullopt;
  if (!row.now.is_ratio) return Reached{row.now.value, *row.target};
  const std::int64_t fine = row.now.scale == 100 ? 10 : 1;      // targets of a percentage are kept in tenths
  return Reached{rounded_ratio(row.now.value * row.now.scale * fine, row.now.denominator), *row.target};
}

void add_figure(Figure& to, const Figure& from) {
  if (to.is_ratio || from.is_ratio || !to.defined() || !from.defined()) to = undefined_figure;
  else to.value += from.value;
}

std::string subject_name(const Organisation& organisation, const Subject& subject, Day day) {
  if (const auto* unit = std::get_if<UnitId>(&subject)) return organisation.territory().unit(*unit).full_name(day);
  return name_among_siblings(organisation, std::get<BodyId>(subject), day);
}

std::string short_subject_name(const Organisation& organisation, const Subject& subject, Day day) {
  if (const auto* unit = std::get_if<UnitId>(&subject)) return organisation.territory().unit(*unit).full_name(day);
  return short_name_among_siblings(organisation, std::get<BodyId>(subject), day);
}

}  // namespace khuyenhoc
