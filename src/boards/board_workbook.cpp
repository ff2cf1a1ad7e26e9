#include "boards/board_workbook.h"

#include <algorithm>

#include "base/number.h"
#include "boards/words.h"
#include "platform/spreadsheet/write.h"

namespace khuyenhoc {
namespace {

using spreadsheet::Look;
using spreadsheet::NumberFormat;

constexpr double name_width = 42, number_width = 17;
constexpr int first_column = 2;

// Writes one sheet from top to bottom.
class Page {
 public:
  Page(const WorkbookHead& head, int columns) : book_(head.title, head.today), sheet_(book_.add_sheet(tr("Số liệu"))) {
    sheet_.column_width(1, 1, name_width);
    sheet_.column_width(first_column, std::max(first_column, columns), number_width);
    sheet_.text(row_++, 1, head.title, Look::title);
    for (const std::string& line : head.lines) sheet_.text(row_++, 1, line, Look::note);
    ++row_;
  }
  void heads(const std::vector<std::string>& labels) {
    for (std::size_t i = 0; i < labels.size(); ++i) sheet_.text(row_, static_cast<int>(i) + 1, labels[i], Look::head);
    sheet_.freeze(row_, 1);
    sheet_.print(labels.size() > 6 ? spreadsheet::Orientation::landscape : spreadsheet::Orientation::portrait, row_, row_);
    ++row_;
  }
  int row() const { return row_; }
  void next() { ++row_; }
  void name(std::string_view text, Look look) { sheet_.text(row_, 1, text, look); }
  void figure(int column, const Measure& measure, const Figure& figure, Look look) {
    if (!figure.defined()) return sheet_.text(row_, column, "–", look, spreadsheet::Align::right);
    if (figure.is_ratio && figure.scale == 100) return sheet_.percent(row_, column, static_cast<double>(figure.value) / static_cast<double>(figure.denominator), look);
    if (figure.is_ratio) return sheet_.whole(row_, column, rounded_ratio(figure.value * figure.scale, figure.denominator), look);
    if (measure.is_money) sheet_.money(row_, column, Money{figure.value}, look);
    else sheet_.whole(row_, column, figure.value, look);
  }
  // The sum of some rows of the column, when it is the figure; else the figure itself.
  void sum(int column, const Measure& measure, const Figure& figure, const std::vector<int>& rows, std::int64_t sum_of_rows, Look look) {
    if (!figure.defined() || figure.is_ratio || rows.empty() || sum_of_rows != figure.value) return this->figure(column, measure, figure, look);
    sheet_.formula(row_, column, sum_formula(column, rows), static_cast<double>(figure.value), look, measure.is_money ? NumberFormat::money : NumberFormat::whole);
  }
  void formula(int column, const std::string& formula, double cached, Look look, NumberFormat format) { sheet_.formula(row_, column, formula, cached, look, format); }
  void dash(int column, Look look, std::string_view text = "–") { sheet_.text(row_, column, text, look, spreadsheet::Align::right); }
  std::string at(int column) const { return spreadsheet::address(row_, column); }
  void note(std::string_view text) {
    if (text.empty()) return;
    sheet_.text(row_, 1, text, Look::note);
    ++row_;
  }
  Result<std::string> finish() { return book_.finish(); }

 private:
  // "=SUM(B7:B18)"; rows that do not follow each other are added apart: "=SUM(B9,B14:B15)"
  static std::string sum_formula(int column, const std::vector<int>& rows) {
    std::string out = "=SUM(";
    for (std::size_t i = 0; i < rows.size();) {
      std::size_t last = i;
      while (last + 1 < rows.size() && rows[last + 1] == rows[last] + 1) ++last;
      if (i > 0) out += ',';
      out += spreadsheet::address(rows[i], column);
      if (last > i) out += ":" + spreadsheet::address(rows[last], column);
      i = last + 1;
    }
    return out + ")";
  }

  spreadsheet::WorkbookWriter book_;
  spreadsheet::SheetWriter sheet_;
  int row_ = 1;
};

class BoardSheet {
 public:
  BoardSheet(const Figures& figures, const Board& board, const BoardAsk& ask, const WorkbookHead& head)
      : measure_(figures.catalogue().measure(board.measure)), board_(board), with_targets_(board.has_targets()), page_(head, with_targets_ ? 6 : 4) {
    const int year = Periods::house().same_last_year(ask.period).year;
    std::vector<std::string> labels{tr("Đơn vị"), with_unit(measure_), tr("Cùng kỳ năm {}", year), tr("So với cùng kỳ")};
    if (with_targets_) {
      labels.push_back(tr("Kế hoạch năm {}", ask.period.year));
      labels.push_back(tr("So kế hoạch"));
    }
    page_.heads(labels);
  }

  static std::string with_unit(const Measure& measure) {
    const Language language = current_language();
    return fmt::format("{} ({})", measure.short_label(language), measure.is_money && measure.kind != MeasureKind::ratio ? tr("đồng") : measure.unit(language));
  }

  void row(const BoardRow& row) {
    rows_.push_back(page_.row());
    write(row, Look::plain, {}, row.name + (row.note.empty() ? "" : ": " + row.note));
  }
  // Adds up the rows since the last subtotal.
  void subtotal(const BoardRow& whole, const std::string& name, std::span<const BoardRow> parts) {
    subtotals_.push_back(page_.row());
    total_of(whole, name, rows_, parts);
    rows_.clear();
  }
  void grand_total(const BoardRow& whole, const std::string& name, std::span<const BoardRow> parts) {
    std::vector<int> rows = subtotals_;
    rows.insert(rows.end(), rows_.begin(), rows_.end());
    total_of(whole, name, rows, parts);
  }
  Result<std::string> finish() { return page_.finish(); }

 private:
  struct Sums {
    std::vector<int> rows;
    std::int64_t now = 0, then = 0, target = 0;
  };
  void total_of(const BoardRow& whole, const std::string& name, const std::vector<int>& rows, std::span<const BoardRow> parts) {
    Sums sums{rows, 0, 0, 0};
    for (const BoardRow& part : parts) {
      sums.now += part.now.value;
      sums.then += part.then.value;
      sums.target += part.target.value_or(0);
    }
    write(whole, Look::total, sums, name);
  }
  void write(const BoardRow& row, Look look, const std::optional<Sums>& sums, const std::string& name) {
    page_.name(name, look);
    const auto put = [&](int column, const Figure& figure, std::int64_t sum) {
      if (sums) page_.sum(column, measure_, figure, sums->rows, sum, look);
      else page_.figure(column, measure_, figure, look);
    };
    put(2, row.now, sums ? sums->now : 0);
    put(3, row.then, sums ? sums->then : 0);
    const bool whole_numbers = row.now.defined() && row.then.defined() && !row.now.is_ratio;
    if (board_.compared == Compared::across_reform || !whole_numbers || row.turn != BoardRow::Turn::none) page_.dash(4, look, change_words(measure_, board_, row));
    else page_.formula(4, fmt::format("={}-{}", page_.at(2), page_.at(3)), static_cast<double>(row.now.value - row.then.value), look,
                       measure_.is_money ? NumberFormat::money : NumberFormat::whole);
    if (with_targets_) write_target(row, look, sums);
    page_.next();
  }
  void write_target(const BoardRow& row, Look look, const std::optional<Sums>& sums) {
    if (!row.target) {
      page_.dash(5, look);
      return page_.dash(6, look);
    }
    if (row.now.is_ratio) page_.figure(5, measure_, {*row.target, row.now.scale == 100 ? 1000 : 1, true, row.now.scale == 100 ? 100 : 1}, look);
    else if (sums) page_.sum(5, measure_, {*row.target, 1, false, 1}, sums->rows, sums->target, look);
    else page_.figure(5, measure_, {*row.target, 1, false, 1}, look);
    if (const auto share = reached(row)) page_.formula(6, fmt::format("={}/{}", page_.at(2), page_.at(5)), static_cast<double>(share->value) / static_cast<double>(share->target), look, NumberFormat::percent);
    else page_.dash(6, look);
  }

  const Measure& measure_;
  const Board& board_;
  bool with_targets_;
  Page page_;
  std::vector<int> rows_, subtotals_;
};

}  // namespace

Result<std::string> board_workbook(const Figures& figures, const Board& board, const BoardAsk& ask, const WorkbookHead& head) {
  const Organisation& organisation = *figures.view().organisation;
  BoardSheet sheet(figures, board, ask, head);
  std::vector<BoardRow> wholes;
  for (const BoardSection& section : board.sections) {
    for (const BoardRow& row : section.rows) sheet.row(row);
    if (!board.is_parted()) continue;
    sheet.subtotal(section.whole, tr("Cộng {}", running_name_in_tree(organisation, section.whole.subject, ask.question.tree, ask.today)), section.rows);
    wholes.push_back(section.whole);
  }
  for (const BoardRow& row : board.between) {
    sheet.row(row);
    wholes.push_back(row);
  }
  if (board.is_parted()) {
    sheet.grand_total(board.total, whole_area_words(organisation, ask), wholes);
  } else {
    sheet.grand_total(board.total, whole_words(organisation, board.total.subject, ask.question.tree, InSentence::head), board.sections.front().rows);
  }
  return sheet.finish();
}

namespace {

// Rows of many figures with their totals; `measures` says of each column what it holds.
void write_wide(Page& page, const Catalogue& catalogue, std::span<const MeasureIndex> measures, const WideBoard& board) {
  struct Added {
    std::vector<int> rows;
    std::vector<std::int64_t> sums;
  };
  Added section{{}, std::vector<std::int64_t>(measures.size())}, all = section;
  const auto take = [&](Added& into, std::span<const Figure> given) {
    into.rows.push_back(page.row());
    for (std::size_t i = 0; i < given.size(); ++i) into.sums[i] += given[i].value;
  };
  const auto total = [&](const std::string& name, std::span<const Figure> given, const Added& from) {
    page.name(name, Look::total);
    for (std::size_t i = 0; i < given.size(); ++i) page.sum(static_cast<int>(i) + first_column, catalogue.measure(measures[i]), given[i], from.rows, from.sums[i], Look::total);
  };
  bool parted = false;
  for (const WideRow& row : board.rows) {
    if (row.role == WideRow::Role::subtotal) {
      total(row.name, row.figures, section);
      section = {{}, std::vector<std::int64_t>(measures.size())};
      take(all, row.figures);
      parted = true;
    } else {
      page.name(row.note.empty() ? row.name : row.name + ": " + row.note, Look::plain);
      for (std::size_t i = 0; i < row.figures.size(); ++i) page.figure(static_cast<int>(i) + first_column, catalogue.measure(measures[i]), row.figures[i], Look::plain);
      take(section, row.figures);
    }
    page.next();
  }
  if (parted) {                           // lines between the parts stand behind the last subtotal
    all.rows.insert(all.rows.end(), section.rows.begin(), section.rows.end());
    for (std::size_t i = 0; i < all.sums.size(); ++i) all.sums[i] += section.sums[i];
  }
  total(board.total_name, board.total, parted ? all : section);
  page.next();
}

}  // namespace

Result<std::string> wide_workbook(const Figures& figures, std::span<const MeasureIndex> measures, const WideBoard& board, const WorkbookHead& head) {
  const Catalogue& catalogue = figures.catalogue();
  Page page(head, static_cast<int>(measures.size()) + 1);
  std::vector<std::string> labels{tr("Đơn vị")};
  for (const MeasureIndex measure : measures) labels.push_back(BoardSheet::with_unit(catalogue.measure(measure)));
  page.heads(labels);
  write_wide(page, catalogue, measures, board);
  return page.finish();
}

Result<std::string> month_workbook(const Figures& figures, MeasureIndex measure, const MonthBoard& months, const WorkbookHead& head) {
  const Measure& of = figures.catalogue().measure(measure);
  WorkbookHead with_measure = head;
  with_measure.lines.push_back(is_level(of.kind) ? tr("{}, số cuối mỗi tháng.", BoardSheet::with_unit(of)) : tr("{}, số trong tháng.", BoardSheet::with_unit(of)));
  Page page(with_measure, static_cast<int>(months.months.size()) + 1);
  std::vector<std::string> labels{tr("Đơn vị")};
  for (const Day month : months.months) labels.push_back(tr("tháng {}/{}", month.month(), month.year()));
  page.heads(labels);
  const std::vector<MeasureIndex> columns(months.months.size(), measure);
  write_wide(page, figures.catalogue(), columns, months.board);
  if (!months.year_before.empty()) {
    page.name(tr("Cùng tháng năm trước"), Look::plain);
    for (std::size_t i = 0; i < months.year_before.size(); ++i) page.figure(static_cast<int>(i) + first_column, of, months.year_before[i], Look::plain);
  }
  return page.finish();
}

}  // namespace khuyenhoc
