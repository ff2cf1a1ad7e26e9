// The tables of a paper: the form's lines in its columns, and one row for each body with its sums.
#include <algorithm>
#include <numeric>
#include <span>

#include "base/number.h"
#include "reports/round_paper.h"

namespace khuyenhoc {
namespace {

using namespace document;

constexpr std::size_t columns_of_a_table = 10;

TableCell cell_of(const Measure& measure, const std::optional<Figure>& figure, std::string link = {}) {
  if (!figure || !figure->defined()) return TableCell::of("–");
  if (!figure->is_ratio) return measure.is_money ? TableCell::money(Money{figure->value}, std::move(link)) : TableCell::count(figure->value, std::move(link));
  TableCell cell = figure->scale == 100 ? TableCell::share(figure->value, figure->denominator) : TableCell::count(rounded_ratio(figure->value * figure->scale, figure->denominator));
  if (!cell.text.runs.empty()) cell.text.runs.front().link = std::move(link);
  return cell;
}

// Columns of the table that a ratio is the quotient of; none where one of them does not stand there.
std::optional<QuotientOfColumns> quotient_of(const Catalogue& catalogue, MeasureIndex ratio, std::span<const MeasureIndex> columns, int first_column) {
  const Formula* formula = catalogue.formula(ratio);
  if (formula == nullptr || !formula->expression.is_ratio()) return std::nullopt;
  using formula::Operation;
  auto top = formula->expression;
  if (top.operation() == Operation::multiply) top = top.left().operation() == Operation::divide ? top.left() : top.right();
  if (top.operation() != Operation::divide) return std::nullopt;
  const auto column_of = [&](const formula::Expression& part) -> std::optional<int> {
    if (part.operation() != Operation::name) return std::nullopt;
    std::size_t name = 0;
    (void)part.whole([&](std::size_t number) {
      name = number;
      return std::optional<std::int64_t>(0);
    });
    const Term& term = formula->terms[name];
    if (term.moment != Moment::period || !catalogue.is_whole(term.series)) return std::nullopt;
    const auto at = std::ranges::find(columns, term.measure);
    return at == columns.end() ? std::nullopt : std::optional(first_column + static_cast<int>(at - columns.begin()));
  };
  const auto over = column_of(top.left()), under = column_of(top.right());
  return over && under ? std::optional(QuotientOfColumns{*over, *under, formula->expression.scale()}) : std::nullopt;
}

class AnnexTable {
 public:
  AnnexTable(const RoundPaper& paper, std::size_t first, std::size_t last) : paper_(paper), catalogue_(*paper.catalogue), first_(first), columns_(std::span(paper.annex.columns).subspan(first, last - first)) {
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      adds_.push_back(does_add(column));
      quotients_.push_back(quotient_of(catalogue_, columns_[column], columns_, first_figure));
    }
  }

  Table make() {
    head();
    const auto& rows = paper_.annex.rows;
    const bool grouped = std::ranges::any_of(rows, [&](const AnnexLine& row) { return row.kind == AnnexLine::Kind::child && row.group != rows.front().group; });
    SumOfRows top;                                    // what the grand total adds up
    int number = 0;
    for (std::size_t at = 0; at < rows.size();) {
      if (rows[at].kind != AnnexLine::Kind::child || !grouped) {
        put_row(rows[at], rows[at].kind == AnnexLine::Kind::child ? ++number : 0);
        add(top, static_cast<int>(table_.rows.size()) - 1);
        ++at;
        continue;
      }
      std::size_t end = at;
      while (end < rows.size() && rows[end].kind == AnnexLine::Kind::child && rows[end].group == rows[at].group) ++end;
      const int head_row = static_cast<int>(table_.rows.size());
      put_sum(RowKind::group, {TableCell::of(roman(++groups_)), TableCell::of(rows[at].group)}, std::span(rows).subspan(at, end - at), {{head_row + 1, head_row + static_cast<int>(end - at)}});
      add(top, head_row);
      for (number = 0; at < end; ++at) put_row(rows[at], ++number);
    }
    put_sum(RowKind::total, {TableCell{.text = Text("TỔNG CỘNG"), .alignment = Alignment::centre, .column_span = 2}}, rows, std::move(top));
    return std::move(table_);
  }

 private:
  static constexpr int first_figure = 2;

  static std::string roman(int number) {
    static constexpr const char* numerals[] = {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"};
    return number <= 10 ? numerals[number] : std::to_string(number);
  }
  static void add(SumOfRows& sums, int row) {
    if (!sums.empty() && sums.back().last == row - 1) sums.back().last = row;
    else sums.push_back({row, row});
  }

  std::int64_t sum_of(std::span<const AnnexLine> rows, std::size_t column) const {
    return std::accumulate(rows.begin(), rows.end(), std::int64_t{0}, [&](std::int64_t sum, const AnnexLine& row) {
      const auto& figure = row.figures[first_ + column];
      return sum + (figure && !figure->is_ratio ? figure->value : 0);
    });
  }
  // A rate is no sum, and neither is what counts the same person in two units.
  bool does_add(std::size_t column) const {
    const auto& whole = paper_.annex.whole[first_ + column];
    return whole && !whole->is_ratio && sum_of(paper_.annex.rows, column) == whole->value;
  }

  void head() {
    table_.columns = {{.share = 0.6, .alignment = Alignment::centre}, {.share = 2.6, .alignment = Alignment::left}};
    std::vector<HeadCell> line{{"TT"}, {paper_.children_words}};
    for (const MeasureIndex column : columns_) {
      const Measure& measure = catalogue_.measure(column);
      table_.columns.push_back({measure.is_money ? 1.8 : 1.1, Alignment::right});
      line.push_back({fmt::format("{} ({})", measure.short_vi.empty() ? measure.label_vi : measure.short_vi, measure.unit_vi)});
    }
    table_.columns.push_back({1.4, Alignment::left});
    line.push_back({"Ghi chú"});
    table_.head.push_back(std::move(line));
  }

  TableCell with_quotient(TableCell cell, std::size_t column) const {
    if (quotients_[column]) cell.formula = *quotients_[column];
    return cell;
  }

  void put_row(const AnnexLine& line, int number) {
    TableRow row{.cells = {number > 0 ? TableCell::of(std::to_string(number)) : TableCell::blank(), TableCell::of(line.name)}};
    for (std::size_t column = 0; column < columns_.size(); ++column) row.cells.push_back(with_quotient(cell_of(catalogue_.measure(columns_[column]), line.figures[first_ + column]), column));
    row.cells.push_back(TableCell::of(line.note));
    table_.rows.push_back(std::move(row));
  }

  void put_sum(RowKind kind, std::vector<TableCell> cells, std::span<const AnnexLine> rows, SumOfRows sums) {
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      const Measure& measure = catalogue_.measure(columns_[column]);
      if (adds_[column]) {
        auto cell = cell_of(measure, Figure{sum_of(rows, column)});
        cell.formula = sums;
        cells.push_back(std::move(cell));
      } else if (kind == RowKind::total) {
        cells.push_back(with_quotient(cell_of(measure, paper_.annex.whole[first_ + column]), column));
      } else if (quotients_[column]) {
        const auto over = sum_of(rows, static_cast<std::size_t>(quotients_[column]->numerator - first_figure)), under = sum_of(rows, static_cast<std::size_t>(quotients_[column]->denominator - first_figure));
        cells.push_back(with_quotient(cell_of(measure, Figure{over, under, true, quotients_[column]->scale}), column));
      } else {
        cells.push_back(TableCell::of("–"));
      }
    }
    cells.push_back(TableCell::blank());
    table_.rows.push_back({.kind = kind, .cells = std::move(cells)});
  }

  const RoundPaper& paper_;
  const Catalogue& catalogue_;
  std::size_t first_;
  std::span<const MeasureIndex> columns_;
  std::vector<bool> adds_;
  std::vector<std::optional<QuotientOfColumns>> quotients_;
  Table table_;
  int groups_ = 0;
};

}  // namespace

Table lines_table(const RoundPaper& paper) {
  Table table;
  const auto has = [&](FormColumn column) {
    return std::ranges::any_of(paper.sections, [&](const PaperSection& section) { return std::ranges::any_of(section.lines, [&](const PaperLine& line) { return line.columns.has(column); }); });
  };
  const bool plan = has(FormColumn::plan), same = has(FormColumn::same_period), against = has(FormColumn::against_plan);
  std::vector<HeadCell> head{{"TT"}, {"Chỉ tiêu"}, {"Đơn vị tính"}};
  table.columns = {{.share = 0.6, .alignment = Alignment::centre}, {.share = 4.2, .alignment = Alignment::left}, {.share = 1.1, .alignment = Alignment::centre}};
  const auto column = [&](const char* name, double share) {
    head.push_back({name});
    table.columns.push_back({share, Alignment::right});
  };
  if (plan) column("Kế hoạch năm", 1.6);
  column("Thực hiện kỳ", 1.6);
  if (same) column("Cùng kỳ năm trước", 1.6);
  if (same) column("Tăng, giảm so với cùng kỳ", 1.8);
  if (against) column("So với kế hoạch năm", 1.1);
  table.head.push_back(std::move(head));
  int number = 0;
  for (const PaperSection& section : paper.sections) {
    table.rows.push_back({.kind = RowKind::group, .cells = {TableCell::of(section.heading)}});
    for (const PaperLine& line : section.lines) {
      const Measure& measure = paper.catalogue->measure(line.measure);
      TableRow row{.cells = {TableCell::of(std::to_string(++number)), TableCell::of(line.label), TableCell::of(measure.unit_vi)}};
      if (plan) row.cells.push_back(cell_of(measure, line.plan));
      row.cells.push_back(cell_of(measure, line.done, paper.link(line.measure)));
      if (same) row.cells.push_back(cell_of(measure, line.same_period));
      if (same) {
        TableCell change = TableCell::of("–");
        if (line.done && line.same_period && line.done->is_ratio) change = TableCell{.text = Text(comparison_text(measure, *line.done, *line.same_period)), .alignment = Alignment::right};
        else if (line.done && line.same_period) change = TableCell{.text = Text(change_text(line.done->value - line.same_period->value)), .value = line.done->value - line.same_period->value, .alignment = Alignment::right};
        row.cells.push_back(std::move(change));
      }
      if (against) row.cells.push_back(line.plan && line.done && !line.plan->is_ratio && !line.done->is_ratio && line.plan->value > 0 ? TableCell::share(line.done->value, line.plan->value) : TableCell::of("–"));
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

std::vector<Table> annex_tables(const RoundPaper& paper) {
  std::vector<Table> out;
  const std::size_t all = paper.annex.columns.size();
  if (paper.annex.rows.empty() || all == 0) return out;
  const std::size_t tables = (all + columns_of_a_table - 1) / columns_of_a_table;      // of about the same width
  for (std::size_t table = 0; table < tables; ++table) out.push_back(AnnexTable(paper, all * table / tables, all * (table + 1) / tables).make());
  return out;
}

std::string annex_note(const RoundPaper& paper) {
  std::string out = "Ghi chú: dấu “–” là chưa có số liệu hoặc không so sánh; số 0 là không phát sinh.";
  if (std::ranges::any_of(paper.annex.whole, [](const auto& whole) { return !whole || whole->is_ratio; }))
    out += " Tỷ lệ, số bình quân ở dòng tổng tính từ tổng của các số gốc, không phải tổng của các dòng.";
  const auto any = [&](AnnexLine::Kind kind) { return std::ranges::any_of(paper.annex.rows, [&](const AnnexLine& row) { return row.kind == kind; }); };
  if (any(AnnexLine::Kind::line)) out += " “Số liệu chung chưa tách được” là số liệu của đơn vị cũ nay thuộc nhiều đơn vị mới, chưa bàn giao hết cho từng đơn vị.";
  if (std::ranges::any_of(paper.annex.rows, [](const AnnexLine& row) { return row.name == "Chưa phân theo chi hội"; })) out += " “Chưa phân theo chi hội” là phần đơn vị ghi số chung, chưa chia cho từng chi hội, ban.";
  return out;
}

}  // namespace khuyenhoc
