#include "boards/wide_board.h"

#include <algorithm>

#include "boards/words.h"

namespace khuyenhoc {
namespace {

bool is_empty(std::span<const Figure> figures) {
  return std::ranges::all_of(figures, [](const Figure& one) { return !one.defined() || one.value == 0; });
}

void add(std::vector<Figure>& to, std::span<const Figure> from) {
  for (std::size_t i = 0; i < to.size(); ++i) add_figure(to[i], from[i]);
}

// Columns that are asked together: some measures of one period.
struct Columns {
  Period period;
  std::vector<MeasureIndex> measures;
};

// The rows of one subject over all columns; the whole stands last.
Result<std::vector<WideRow>> rows_of(const Figures& figures, std::span<const Columns> columns, Question question) {
  std::vector<WideRow> out;
  const Organisation& organisation = *figures.view().organisation;
  for (const Columns& group : columns) {
    question.period = group.period;
    const auto table = figures.table(group.measures, question);
    if (!table) return std::unexpected(table.error());
    if (out.empty()) {
      for (const Part& part : table->rows) {
        WideRow row{part.kind == Part::Kind::child ? WideRow::Role::part : WideRow::Role::apart, part.subject, part.label, {}, {}};
        if (part.kind == Part::Kind::own) row.name = own_words(organisation, question.subject, question.tree);
        if (part.kind == Part::Kind::line) {
          row.name = tr("Số liệu chung chưa tách được");
          row.note = line_words(organisation, part.subject, question.tree, Held::something);
        }
        out.push_back(std::move(row));
      }
      out.push_back({WideRow::Role::subtotal, question.subject, {}, {}, {}});
    }
    for (std::size_t i = 0; i < table->rows.size(); ++i) out[i].figures.insert(out[i].figures.end(), table->figures[i].begin(), table->figures[i].end());
    out.back().figures.insert(out.back().figures.end(), table->whole.begin(), table->whole.end());
  }
  std::erase_if(out, [&](const WideRow& row) {
    const auto* body = std::get_if<BodyId>(&row.subject);
    const bool office = body && std::holds_alternative<UnitId>(question.subject) && organisation.kind(*body).level != BodyKind::Level::branch;
    return (row.role == WideRow::Role::apart || (office && row.role == WideRow::Role::part)) && is_empty(row.figures);
  });
  return out;
}

Result<WideBoard> make(const Figures& figures, std::span<const Columns> columns, const BoardAsk& ask) {
  const Organisation& organisation = *figures.view().organisation;
  const Standings standing = standings(figures.view(), ask.question.subject, ask.question.tree, ask.today);
  if (standing.kind == Standings::Kind::none) return refuse("board.no_part", no_part_words(organisation, ask.question.subject, standing.parts, ask.question.tree));
  const bool parted = standing.kind == Standings::Kind::several;
  WideBoard out;
  std::vector<Subject> subjects = standing.parts;
  if (standing.kind == Standings::Kind::itself) subjects = {ask.question.subject};
  Question question = ask.question;
  for (const Subject& subject : subjects) {
    question.subject = subject;
    auto rows = rows_of(figures, columns, question);
    if (!rows) return std::unexpected(rows.error());
    WideRow whole = std::move(rows->back());
    rows->pop_back();
    std::ranges::move(*rows, std::back_inserter(out.rows));
    if (out.total.empty()) out.total = whole.figures;
    else add(out.total, whole.figures);
    if (parted) {
      whole.name = tr("Cộng {}", running_name_in_tree(organisation, subject, question.tree, ask.today));
      out.rows.push_back(std::move(whole));
    } else {
      out.total_name = whole_words(organisation, subject, question.tree, InSentence::head);
    }
  }
  for (const Subject& subject : standing.between) {
    question.subject = subject;
    auto rows = rows_of(figures, columns, question);
    if (!rows || is_empty(rows->back().figures)) continue;
    add(out.total, rows->back().figures);
    out.rows.push_back({WideRow::Role::apart, subject, tr("Số liệu chung chưa tách được"), line_words(organisation, subject, question.tree, Held::something), std::move(rows->back().figures)});
  }
  if (parted) out.total_name = whole_area_words(organisation, ask);
  return out;
}

std::vector<Columns> monthly(Period period, MeasureIndex measure) {
  std::vector<Columns> out;
  for (Day day = period.first; day <= period.last; day = day.last_of_month() + 1) out.push_back({{day, std::min(day.last_of_month(), period.last)}, {measure}});
  return out;
}

}  // namespace

Result<WideBoard> make_wide_board(const Figures& figures, std::span<const MeasureIndex> measures, const BoardAsk& ask) {
  const Columns columns[] = {{ask.question.period, {measures.begin(), measures.end()}}};
  return make(figures, columns, ask);
}

Result<MonthBoard> make_month_board(const Figures& figures, MeasureIndex measure, const BoardAsk& ask) {
  if (ask.question.lens == Lens::official) return refuse("figure.no_official", tr("Số đã chốt không có theo tháng. Xin xem số tạm tính."));
  const auto columns = monthly(ask.question.period, measure);
  auto board = make(figures, columns, ask);
  if (!board) return std::unexpected(board.error());
  MonthBoard out;
  out.board = std::move(*board);
  for (const Columns& month : columns) out.months.push_back(month.period.last);
  if (const auto before = figures.by_month(measure, ask.year_before())) out.year_before = *before;
  out.year_before.resize(out.year_before.empty() ? 0 : out.months.size(), undefined_figure);
  return out;
}

}  // namespace khuyenhoc
