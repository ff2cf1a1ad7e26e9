#include "importing/workbooks.h"

#include <algorithm>
#include <cmath>

#include "base/i18n.h"
#include "platform/spreadsheet/write.h"

namespace khuyenhoc::importing {
namespace {

using spreadsheet::Look;

constexpr int rows_to_fill = 5'000;

std::string what_it_holds(const ImportColumn& column) {
  switch (column.holds) {
    case ImportHolds::text: return tr("chữ");
    case ImportHolds::whole: return tr("số nguyên");
    case ImportHolds::money: return tr("số tiền, tính bằng đồng");
    case ImportHolds::day: return tr("ngày, ví dụ 22/11/2026");
    case ImportHolds::telephone: return tr("số điện thoại");
    case ImportHolds::choice: return tr("chọn trong danh sách");
  }
  return {};
}

std::vector<std::string> labels(const std::vector<ImportChoice>& choices) {
  std::vector<std::string> out;
  for (const ImportChoice& choice : choices) out.push_back(choice.label);
  return out;
}

// A cell as it stood in the file: numbers stay numbers, days stay days.
void copy_cell(spreadsheet::SheetWriter& to, int row, int column, const spreadsheet::Cell& cell, Look look) {
  using spreadsheet::CellKind;
  if (cell.kind == CellKind::day) to.day(row, column, cell.day(), look);
  else if (cell.kind == CellKind::number && cell.number == std::floor(cell.number) && std::abs(cell.number) < 1e15) to.whole(row, column, static_cast<std::int64_t>(cell.number), look);
  else to.text(row, column, spreadsheet::text_value(cell), look);
}

}  // namespace

Result<std::string> template_workbook(const ImportKind& kind, const ImportContext& context) {
  const auto columns = kind.columns(context);
  spreadsheet::WorkbookWriter book(kind.title(), context.viewer.today());
  spreadsheet::SheetWriter sheet = book.add_sheet(tr("Danh sách"));
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const ImportColumn& column = columns[i];
    const int at = static_cast<int>(i) + 1;
    sheet.text(1, at, column.label, Look::head);
    sheet.column_width(at, at, std::clamp(static_cast<double>(std::max(column.label.size(), column.example.size())) * 0.8, 12.0, 40.0));
    const spreadsheet::Range range{2, at, rows_to_fill + 1, at};
    const spreadsheet::Prompt prompt{.title = column.label, .message = column.help, .error_message = tr("Xin chọn trong danh sách.")};
    if (column.holds == ImportHolds::choice) sheet.allow_list(range, labels(column.choices), prompt);
    else if (column.holds == ImportHolds::whole) sheet.allow_whole(range, 0, 999'999'999, {.title = column.label, .message = column.help, .error_message = tr("Xin ghi số nguyên.")});
  }
  sheet.freeze(1, 0);

  spreadsheet::SheetWriter guide = book.add_sheet(tr("Hướng dẫn"));
  guide.text(1, 1, kind.title(), Look::title);
  guide.text(2, 1, kind.explanation(context), Look::note);
  int row = 4;
  int at = 1;
  for (const std::string& head : {tr("Cột"), tr("Phải ghi"), tr("Nội dung"), tr("Ví dụ"), tr("Giải thích")}) guide.text(row, at++, head, Look::head);
  for (const ImportColumn& column : columns) {
    ++row;
    guide.text(row, 1, column.label);
    guide.text(row, 2, column.need == ImportNeed::required ? tr("phải ghi") : std::string());
    guide.text(row, 3, what_it_holds(column));
    guide.text(row, 4, column.example);
    guide.text(row, 5, column.help);
  }
  guide.column_width(1, 1, 28);
  guide.column_width(2, 2, 10);
  guide.column_width(3, 4, 30);
  guide.column_width(5, 5, 70);
  for (const auto& [name, lines] : kind.template_lists(context)) {
    spreadsheet::SheetWriter list = book.add_sheet(name);
    for (std::size_t line = 0; line < lines.size(); ++line)
      for (std::size_t column = 0; column < lines[line].size(); ++column)
        list.text(static_cast<int>(line) + 1, static_cast<int>(column) + 1, lines[line][column], line == 0 ? Look::head : Look::plain);
    list.freeze(1, 0);
    list.column_width(1, 6, 32);
  }
  return book.finish();
}

Result<std::string> rejected_workbook(const Batch& batch, const Judged& judged, Day today) {
  const Reading& reading = *judged.reading;
  const SourceSheet* from = reading.source->find(batch.sheet);
  spreadsheet::WorkbookWriter book(batch.record.file_name, today);
  spreadsheet::SheetWriter sheet = book.add_sheet(batch.sheet);
  const auto heads = headings(*from, batch.heading_row);
  const int reason = from->last_column() + 1;
  for (const Heading& head : heads)
    if (!head.text.empty()) sheet.text(1, head.column, head.text, Look::head);
  sheet.text(1, reason, tr("Lý do chưa nhập được"), Look::head);
  int row = 1;
  for (std::size_t i = 0; i < judged.plan->rows.size(); ++i) {
    const ImportJudgement& verdict = judged.plan->rows[i];
    if (verdict.verdict != ImportVerdict::refused && verdict.verdict != ImportVerdict::to_review) continue;
    ++row;
    std::map<int, std::string> wrong;          // by column of the file
    std::string reasons;
    for (const ImportFinding& finding : verdict.findings) {
      if (!reasons.empty()) reasons += " ";
      reasons += finding.message;
      const int placed = finding.column < 0 ? 0 : reading.placed[static_cast<std::size_t>(finding.column)];
      if (placed > 0) wrong[placed] += (wrong[placed].empty() ? "" : " ") + finding.message;
    }
    if (verdict.verdict == ImportVerdict::to_review && reasons.empty()) reasons = tr("Dòng này có nhiều khả năng. Xin ghi rõ hơn rồi gửi lại.");
    const int number = reading.rows.number(i);
    for (int column = 1; column <= from->last_column(); ++column) {
      const spreadsheet::Cell cell = from->at(number, column);
      const bool marked = wrong.contains(column);
      if (is_blank(cell) && !marked) continue;
      if (is_blank(cell)) sheet.blank(row, column, Look::wrong, spreadsheet::NumberFormat::general);
      else copy_cell(sheet, row, column, cell, marked ? Look::wrong : Look::plain);
      if (marked) sheet.comment(row, column, wrong.at(column));
    }
    sheet.text(row, reason, reasons, Look::note);
  }
  sheet.freeze(1, 0);
  sheet.column_width(1, from->last_column(), 20);
  sheet.column_width(reason, reason, 80);
  return book.finish();
}

}  // namespace khuyenhoc::importing
