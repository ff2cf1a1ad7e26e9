#include "boards/wide_board.h"

#include <algorithm>

#include "boards/words.h"

namespace khuyenhoc {
namespace {

bool is_empty(std::span<const Figure> figures) {
  return std::ranges::all_of(figures, [](const Figure& one) { return !one.defined() || one.value == 0; });
}

void add(std::vector<Figure>& to, std::span<const Figure> from) {
  for (std::size_t i = 0; i < to.size(); ++i) {
    if (to[i].is_ratio || from[i].is_ratio || !to[i].defined() || !from[i].defined()) to[i] = undefined_figure;
    else to[i].value += from[i].value;
  }
}

}  // namespace

Result<WideBoard> make_wide_board(const Figures& figures, std::span<const MeasureIndex> measures, const BoardAsk& ask) {
  const Organisation& organisation = *figures.view().organisation;
  const Standings standing = standings(figures.view(), ask.question.subject, ask.question.tree, ask.today);
  if (standing.kind == Standings::Kind::none) return refuse("board.no_part", no_part_words(organisation, ask.question.subject, standing.parts, ask.question.tree));
  const bool parted = standing.kind == Standings::Kind::several;
  WideBoard out;
  out.total.resize(measures.size());
  std::vector<Subject> subjects = standing.parts;
  if (standing.kind == Standings::Kind::itself) subjects = {ask.question.subject};
  Question question = ask.question;
  for (const Subject& subject : subjects) {
    question.subject = subject;
    auto table = figures.table(measures, question);
    if (!table) return std::unexpected(table.error());
    for (std::size_t i = 0; i < table->rows.size(); ++i) {
      const Part& part = table->rows[i];
      const auto* body = std::get_if<BodyId>(&part.subject);
      const bool office = body && std::holds_alternative<UnitId>(subject) && organisation.kind(*body).level != BodyKind::Level::branch;
      if ((part.kind != Part::Kind::child || office) && is_empty(table->figures[i])) continue;
      WideRow row{WideRow::Role::apart, part.subject, part.label, {}, table->figures[i]};
      if (part.kind == Part::Kind::child) row.role = WideRow::Role::part;
      if (part.kind == Part::Kind::own) row.name = own_words(organisation, subject, question.tree);
      if (part.kind == Part::Kind::line) {
        row.name = tr("Số liệu chung chưa tách được");
        row.note = line_words(organisation, part.subject, question.tree);
      }
      out.rows.push_back(std::move(row));
    }
    if (parted) {
      out.rows.push_back({WideRow::Role::subtotal, subject, tr("Cộng {}", name_in_tree(organisation, subject, question.tree, ask.today)), {}, table->whole});
      add(out.total, table->whole);
    } else {
      out.total = table->whole;
      out.total_name = whole_words(organisation, subject, question.tree, InSentence::head);
    }
  }
  for (const Subject& subject : standing.between) {
    question.subject = subject;
    const auto table = figures.table(measures, question);
    if (!table || is_empty(table->whole)) continue;
    add(out.total, table->whole);
    out.rows.push_back({WideRow::Role::apart, subject, tr("Số liệu chung chưa tách được"), line_words(organisation, subject, question.tree), table->whole});
  }
  if (parted) out.total_name = tr("Toàn bộ địa bàn {} hiện nay", short_subject_name(organisation, ask.question.subject, ask.today));
  return out;
}

Result<std::vector<MonthRow>> make_month_rows(const Figures& figures, MeasureIndex measure, const BoardAsk& ask) {
  const auto now = figures.by_month(measure, ask.question);
  if (!now) return std::unexpected(now.error());
  const Question before = ask.year_before();
  const auto then = figures.by_month(measure, before);
  std::vector<MonthRow> out;
  Day day = ask.question.period.first;
  for (std::size_t i = 0; i < now->size(); ++i) {
    const Day last = std::min(day.last_of_month(), ask.question.period.last);
    out.push_back({last, (*now)[i], then && i < then->size() ? (*then)[i] : undefined_figure});
    day = last + 1;
  }
  return out;
}

}  // namespace khuyenhoc
