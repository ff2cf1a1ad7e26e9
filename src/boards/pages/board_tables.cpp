#include <algorithm>

#include "base/number.h"
#include "base/phrases.h"
#include "boards/pages/board_parts.h"
#include "boards/words.h"
#include "organisation/systems.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t rows_of_one_board = 10, rows_of_a_part = 5, lines_of_one_board = 3, handovers_named = 8;

using By = Arrangement::By;

class Table {
 public:
  Table(BoardView& view, const Figures& figures, const Board& board, const BoardChoice& choice, const BoardLinks& links)
      : view_(view), organisation_(*figures.view().organisation), measure_(figures.catalogue().measure(board.measure)), board_(board), choice_(choice), links_(links),
        money_(money_unit(measure_, board)), with_targets_(board.has_targets()) {}

  void put() {
    put_heads();
    for (const BoardSection& section : board_.sections) put_section(section);
    for (const BoardRow& row : board_.between) view_.rows.push_back(row_view(row, "apart", row.name));
    if (board_.is_parted()) {
      RowView total = row_view(board_.total, "total", whole_area_words(organisation_, choice_.ask));
      for (CellView& cell : total.cells) cell.link.reset();
      total.link.reset();
      view_.rows.push_back(std::move(total));
    }
    put_words();
    put_division_note();
    put_chips();
  }

 private:
  std::span<const BoardRow> first_rows() const { return board_.sections.front().rows; }
  std::string children() const { return children_words(organisation_, first_rows(), choice_.ask.question.tree); }

  void put_heads() {
    const int year = Periods::house().same_last_year(choice_.ask.period).year;
    head(choice_.ask.question.tree < reform_day() ? tr("Đơn vị cũ") : capitalised(children()), {}, By::name);
    head(measure_.short_label(current_language()), money_ == MoneyUnit::million ? tr("(triệu đồng)") : std::string(), By::now);
    head(tr("Cùng kỳ"), tr("năm {}", year), By::then);
    head(tr("So với"), tr("cùng kỳ"), By::change);
    if (!with_targets_) return;
    head(tr("Kế hoạch"), tr("năm {}", choice_.ask.period.year), By::target);
    head(tr("So kế hoạch"), {}, By::reached);
    view_.with_share = true;
  }
  void head(std::string label, std::string second, By by) {
    const By shown = choice_.arrangement.by == By::usual ? usual_sort(board_) : choice_.arrangement.by;
    HeadView out{std::move(label), std::move(second), {}, links_.sorted(by)};
    if (shown == by) out.sorted = choice_.arrangement.order == Arrangement::Order::ascending ? "ascending" : "descending";
    view_.heads.push_back(std::move(out));
  }

  void put_section(const BoardSection& section) {
    const ArrangedSection rows = arranged(section, board_, choice_.arrangement, board_.is_parted() ? rows_of_a_part : rows_of_one_board);
    for (const BoardRow* row : rows.shown) view_.rows.push_back(row_view(*row, "", row->name));
    if (rows.rest) {
      const std::string noun = children_words(organisation_, section.rows, choice_.ask.question.tree);
      RowView rest = row_view(*rows.rest, "rest", tr("{} {} khác", number_text(static_cast<std::int64_t>(rows.rest_count)), noun));
      rest.link = rest.cells.front().link = links_.everything();
      view_.rows.push_back(std::move(rest));
      view_.rows_left += rows.rest_count;
      view_.everything = links_.everything();
    }
    for (const BoardRow* row : rows.apart)
      if (row->kind != Part::Kind::line) view_.rows.push_back(row_view(*row, "rest", row->name));
    put_lines(rows.apart);
    std::string name = whole_words(organisation_, section.whole.subject, choice_.ask.question.tree, InSentence::head);
    if (board_.is_parted()) name = tr("Cộng {}", running_name_in_tree(organisation_, section.whole.subject, choice_.ask.question.tree, choice_.ask.today));
    else if (rows.children > 0) name = tr("{}: {} {}", name, number_text(static_cast<std::int64_t>(rows.children)), children());
    RowView total = row_view(section.whole, "total", name);
    if (!board_.is_parted()) total.link.reset();
    view_.rows.push_back(std::move(total));
  }

  // Old units that still hold something apart from those that have handed all of it over.
  void put_lines(std::span<const BoardRow* const> apart) {
    std::vector<const BoardRow*> waiting, gone;
    for (const BoardRow* row : apart)
      if (row->kind == Part::Kind::line) (row->now.defined() && row->now.value == 0 ? gone : waiting).push_back(row);
    put_lines_alike(waiting);
    put_lines_alike(gone);
  }

  // A few stand each on its line; many stand on one line until everything is asked for.
  void put_lines_alike(std::span<const BoardRow* const> lines) {
    if (lines.size() <= lines_of_one_board || choice_.arrangement.shown == Arrangement::Shown::all || board_.total.now.is_ratio) {
      for (const BoardRow* row : lines) view_.rows.push_back(row_view(*row, "apart", row->name));
      return;
    }
    BoardRow together = added(lines);
    std::vector<std::string> names;
    for (const BoardRow* row : lines) names.push_back(name_in_tree(organisation_, row->subject, choice_.ask.question.tree, choice_.ask.today));
    together.note = tr("{} đơn vị cũ: {}.", lines.size(), fmt::format("{}", fmt::join(names, ", ")));
    if (together.now.value < together.then.value && std::ranges::any_of(lines, [](const BoardRow* row) { return row->turn == BoardRow::Turn::handed_over; }))
      together.turn = BoardRow::Turn::handed_over;
    RowView row = row_view(together, "apart", line_name(together.now));
    row.cells.front().link.reset();
    row.more = links_.everything();
    view_.everything = links_.everything();
    view_.rows.push_back(std::move(row));
  }

  RowView row_view(const BoardRow& row, std::string css, std::string name) {
    RowView out;
    out.css = std::move(css);
    out.name = std::move(name);
    out.note = row.note;
    if (row.report == BoardRow::Report::silent)
      out.note = is_level(measure_.kind) ? tr("chưa có số kỳ này, tạm lấy kỳ trước") : tr("chưa có số kỳ này");
    if (row.kind == Part::Kind::child || out.css == "total") out.link = links_.board(row.subject);
    const bool compared = board_.compared == Compared::usual;
    // own figures of a body are not a subtree: what they are made of stands on the page of the whole
    out.cells.push_back({view_.heads[1].whole(), cell_text(measure_, row.now, money_), links_.ingredients(row.subject)});
    out.cells.push_back({view_.heads[2].whole(), cell_text(measure_, row.then, money_), {}});
    out.cells.push_back({view_.heads[3].whole(), compared ? change_words(measure_, board_, row) : tr("không so sánh"), {}});
    if (!with_targets_) return out;
    const auto target = row.target ? row.target : row.targets_of_some;
    out.cells.push_back({view_.heads[4].whole(), target ? (money_ == MoneyUnit::million ? cell_text(measure_, {*target, 1, false, 1}, money_) : target_text(measure_, row.now, *target)) : "–",
                         row.target && (out.css.empty() || out.css == "total") ? links_.target(row.subject) : std::nullopt});
    out.has_share = true;
    out.share_label = view_.heads[5].whole();
    out.share = "–";
    out.share_of = 0;
    if (const auto share = reached(row)) {
      out.share = share->text();
      out.share_value = std::clamp<std::int64_t>(share->value, 0, share->target);
      out.share_of = share->target;
    }
    return out;
  }

  void put_words() {
    const std::string label = measure_.short_label(current_language());
    view_.table_title = choice_.ask.question.tree < reform_day() ? tr("{} theo {} cũ", label, children()) : tr("{} theo {}", label, children());
    const bool cut = choice_.arrangement.shown == Arrangement::Shown::first_ones && view_.rows_left > 0 && !board_.is_parted();
    const By by = choice_.arrangement.by == By::usual ? usual_sort(board_) : choice_.arrangement.by;
    if (cut && choice_.arrangement.by == By::usual && by == By::reached) view_.table_note = tr("{} đơn vị đạt thấp nhất so với kế hoạch", rows_of_one_board);
    else if (cut && choice_.arrangement.by == By::usual && by == By::change) view_.table_note = tr("{} đơn vị tăng ít nhất hoặc giảm so với cùng kỳ", rows_of_one_board);
    else if (cut && choice_.arrangement.by == By::usual && by == By::now) view_.table_note = tr("{} đơn vị có tỷ lệ thấp nhất", rows_of_one_board);
    else view_.table_note = money_ == MoneyUnit::million ? tr("triệu đồng") : unit_words(measure_);
    if (board_.is_parted() || board_.total.now.is_ratio) return;
    std::int64_t of_children = 0;
    bool any = false;
    for (const BoardRow& row : first_rows()) {
      any = any || row.target.has_value();
      of_children += row.target.value_or(0);
    }
    if (any && board_.total.target && *board_.total.target != of_children)
      view_.target_note = tr("Kế hoạch của {} là {}; kế hoạch giao cho các đơn vị cộng lại là {}.",
                             whole_words(organisation_, board_.total.subject, choice_.ask.question.tree, InSentence::within), number_text(*board_.total.target), number_text(of_children));
  }

  // Nobody but the parties can say who takes how much; whoever may restructure enters what they agreed on.
  void put_division_note() {
    const auto waits = [](const BoardRow& row) { return row.kind == Part::Kind::line && row.now.defined() && row.now.value != 0; };
    const bool any = std::ranges::any_of(board_.between, waits) || std::ranges::any_of(board_.sections, [&](const BoardSection& section) { return std::ranges::any_of(section.rows, waits); });
    if (!any || !is_level(measure_.kind) || choice_.ask.question.tree != choice_.ask.today) return;
    const auto put_handover = [&](const BoardRow& row) {
      if (!waits(row) || view_.handovers.size() == handovers_named) return;
      if (auto link = links_.handover(row)) view_.handovers.push_back({row.name, std::move(*link)});
    };
    for (const BoardSection& section : board_.sections)
      for (const BoardRow& row : section.rows) put_handover(row);
    for (const BoardRow& row : board_.between) put_handover(row);
    view_.division_note = tr("Số liệu chung chưa tách được là số của đơn vị cũ đã chia cho nhiều nơi; số này tách ra khi các bên nhận có biên bản bàn giao.");
    if (view_.handovers.empty()) view_.division_note += " " + tr("Khi đã có biên bản, xin gửi Hội cấp trên được giao sắp xếp đơn vị để ghi vào chương trình.");
  }

  void put_chips() {
    if (board_.is_parted()) return;
    const auto chip = [&](const std::string& label, Arrangement::Filter filter) {
      const std::size_t count = matching(board_, filter);
      if (filter != Arrangement::Filter::all && count == 0 && choice_.arrangement.filter != filter) return;
      view_.chips.push_back({tr("{}: {}", label, number_text(static_cast<std::int64_t>(count))), links_.filtered(filter), choice_.arrangement.filter == filter});
    };
    chip(whole_words(organisation_, board_.total.subject, choice_.ask.question.tree, InSentence::head), Arrangement::Filter::all);
    if (with_targets_) chip(tr("Dưới 90% kế hoạch"), Arrangement::Filter::below_90);
    chip(tr("Chưa có số liệu kỳ này"), Arrangement::Filter::silent);
    if (board_.compared == Compared::usual) chip(tr("Giảm so với cùng kỳ"), Arrangement::Filter::fallen);
    if (view_.chips.size() < 2) view_.chips.clear();
  }

  BoardView& view_;
  const Organisation& organisation_;
  const Measure& measure_;
  const Board& board_;
  const BoardChoice& choice_;
  const BoardLinks& links_;
  MoneyUnit money_;
  bool with_targets_;
};

}  // namespace

void put_table(BoardView& view, const Figures& figures, const Board& board, const BoardChoice& choice, const BoardLinks& links) {
  Table(view, figures, board, choice, links).put();
}

namespace {

template <class MeasureOf, class BoardOf, class MadeOf>
void put_rows(BoardView& view, const WideBoard& board, MeasureOf measure_of, BoardOf board_of, MadeOf made_of) {
  const auto cells = [&](RowView& row, std::span<const Figure> given, const std::optional<Subject>& subject) {
    for (std::size_t i = 0; i < given.size(); ++i)
      row.cells.push_back({view.heads[i + 1].whole(), given[i].text(measure_of(i)), subject ? made_of(*subject, i) : std::nullopt});
  };
  for (const WideRow& given : board.rows) {
    RowView row;
    row.name = given.name;
    row.note = given.note;
    row.css = given.role == WideRow::Role::subtotal ? "total" : given.role == WideRow::Role::part ? "" : given.note.empty() ? "rest" : "apart";
    if (given.role != WideRow::Role::apart) row.link = board_of(given.subject);
    cells(row, given.figures, given.subject);
    view.rows.push_back(std::move(row));
  }
  RowView total;
  total.name = board.total_name;
  total.css = "total";
  cells(total, board.total, std::nullopt);
  view.rows.push_back(std::move(total));
}

}  // namespace

void put_wide_table(BoardView& view, const Figures& figures, const WideBoard& board, const BoardChoice& choice, const BoardLinks& links) {
  const Catalogue& catalogue = figures.catalogue();
  view.table_title = tr("{} chỉ tiêu theo đơn vị", choice.measures.size());
  view.wide = true;
  view.heads.push_back({tr("Đơn vị"), {}, {}, {}});
  for (const MeasureIndex index : choice.measures) {
    const Measure& measure = catalogue.measure(index);
    view.heads.push_back({measure.short_label(current_language()), fmt::format("({})", unit_words(measure)), {}, links.measure(measure.code)});
  }
  put_rows(view, board, [&](std::size_t column) -> const Measure& { return catalogue.measure(choice.measures[column]); },
           [&](const Subject& subject) { return links.board(subject); },
           [&](const Subject& subject, std::size_t column) { return std::optional(links.ingredients(subject, catalogue.measure(choice.measures[column]).code)); });
}

void put_month_table(BoardView& view, const Figures& figures, const MonthBoard& months, const BoardChoice& choice, const BoardLinks& links) {
  const Measure& measure = figures.catalogue().measure(choice.measures.front());
  view.table_title = tr("{} từng tháng", measure.short_label(current_language()));
  view.table_note = is_level(measure.kind) ? tr("{}, số cuối tháng", unit_words(measure)) : tr("{}, số trong tháng", unit_words(measure));
  const bool with_before = !months.year_before.empty();
  if (choice.arrangement.shown == Arrangement::Shown::all) {      // units down, months across
    view.wide = true;
    view.heads.push_back({tr("Đơn vị"), {}, {}, {}});
    for (const Day month : months.months) view.heads.push_back({tr("tháng {}", month.month()), tr("năm {}", month.year()), {}, {}});
    put_rows(view, months.board, [&](std::size_t) -> const Measure& { return measure; }, [&](const Subject& subject) { return links.board(subject).with("theo", "thang"); },
             [](const Subject&, std::size_t) { return std::optional<Url>(); });
    if (!with_before) return;
    RowView before;
    before.css = "rest";
    before.name = tr("Cùng tháng năm trước");
    for (std::size_t i = 0; i < months.year_before.size(); ++i) before.cells.push_back({view.heads[i + 1].whole(), months.year_before[i].text(measure), {}});
    view.rows.push_back(std::move(before));
    return;
  }
  view.heads = {{tr("Tháng"), {}, {}, {}}, {measure.short_label(current_language()), {}, {}, {}}};
  if (with_before) {
    view.heads.push_back({tr("Cùng tháng"), tr("năm trước"), {}, {}});
    view.heads.push_back({tr("So với cùng"), tr("tháng năm trước"), {}, {}});
  }
  for (std::size_t i = 0; i < months.months.size(); ++i) {
    RowView row;
    row.name = tr("tháng {}/{}", months.months[i].month(), months.months[i].year());
    row.cells.push_back({view.heads[1].whole(), months.board.total[i].text(measure), {}});
    if (with_before) {
      row.cells.push_back({view.heads[2].whole(), months.year_before[i].text(measure), {}});
      row.cells.push_back({view.heads[3].whole(), comparison_text(measure, months.board.total[i], months.year_before[i], current_language()), {}});
    }
    view.rows.push_back(std::move(row));
  }
  if (std::ranges::any_of(months.board.rows, [](const WideRow& row) { return row.role == WideRow::Role::part; })) view.everything = links.everything();
}

bool is_branch(const Organisation& organisation, const Subject& subject) {
  const auto* body = std::get_if<BodyId>(&subject);
  return body && organisation.kind(*body).level == BodyKind::Level::branch;
}

std::vector<MeasureIndex> measures_of_form(const Figures& figures, const Subject& subject) {
  std::vector<MeasureIndex> out;
  const auto* body = std::get_if<BodyId>(&subject);
  if (!body) return out;
  if (const ShortForm* form = figures.catalogue().form(figures.view().organisation->kind(*body).short_form))
    for (const FormPart& part : form->parts)
      for (const FormField& field : part.fields) out.push_back(field.measure);
  if (out.empty()) out.push_back(figures.catalogue().index("B01"));
  return out;
}

void put_measure_table(BoardView& view, const Figures& figures, const BoardChoice& choice, const BoardLinks& links) {
  const int year = Periods::house().same_last_year(choice.ask.period).year;
  view.table_title = tr("Các chỉ tiêu của đơn vị");
  view.heads = {{tr("Chỉ tiêu"), {}, {}, {}}, {tr("Kỳ này"), {}, {}, {}}, {tr("Cùng kỳ"), tr("năm {}", year), {}, {}}, {tr("So với"), tr("cùng kỳ"), {}, {}}};
  for (const MeasureIndex index : measures_of_form(figures, choice.ask.question.subject)) {
    const Measure& measure = figures.catalogue().measure(index);
    const Figure now = figures.figure(index, choice.ask.question).value_or(undefined_figure);
    const Figure then = figures.figure(index, choice.ask.year_before()).value_or(undefined_figure);
    RowView row;
    row.name = fmt::format("{} ({})", measure.label(current_language()), unit_words(measure));
    row.link = links.measure(measure.code);
    row.cells = {{view.heads[1].whole(), now.text(measure), links.ingredients(choice.ask.question.subject, measure.code)},
                 {view.heads[2].whole(), then.text(measure), {}},
                 {view.heads[3].whole(), comparison_text(measure, now, then, current_language()), {}}};
    view.rows.push_back(std::move(row));
  }
}

}  // namespace khuyenhoc
