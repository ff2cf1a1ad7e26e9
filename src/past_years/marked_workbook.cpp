#include "past_years/marked_workbook.h"

#include <cmath>
#include <map>

#include "base/i18n.h"
#include "platform/files/files.h"
#include "platform/spreadsheet/write.h"

namespace khuyenhoc {

Result<std::string> marked_workbook(db::Reader& reader, const AnnexPlan& plan, Day today) {
  using namespace spreadsheet;
  const auto file = files::find(reader, plan.annex.content);
  if (!file) return refuse("annex.unknown", tr("Không còn tệp phụ lục này. Xin gửi lại tệp."));
  const auto book = read_workbook(bytes_of(file->content));
  if (!book) return std::unexpected(book.error());
  std::map<std::pair<int, int>, std::string> wrong;
  for (const AnnexProblem& one : plan.table.problems) {
    std::string& message = wrong[{one.row, one.column}];
    message += (message.empty() ? "" : "\n") + one.message;
  }
  WorkbookWriter out(tr("Phụ lục có đánh dấu chỗ sai"), today);
  for (const Sheet& sheet : book->sheets) {
    SheetWriter to = out.add_sheet(sheet.name);
    const bool table = sheet.name == plan.table.sheet;
    std::map<std::pair<int, int>, bool> covered;       // cells under a merged range are written with it
    for (const Range& range : sheet.merged) {
      const Look look = table && range.last_row <= plan.table.head_last ? Look::head : Look::plain;
      to.merged(range, text_value(sheet.at(range.first_row, range.first_column)), look);
      for (int row = range.first_row; row <= range.last_row; ++row)
        for (int column = range.first_column; column <= range.last_column; ++column) covered[{row, column}] = true;
    }
    const auto look_of = [&](int row, int column) {
      if (table && wrong.contains({row, column})) return Look::wrong;
      return table && row >= plan.table.head_first && row <= plan.table.head_last ? Look::head : Look::plain;
    };
    for (const Row& row : sheet.rows())
      for (const Cell& cell : row.cells) {
        if (covered.contains({cell.row, cell.column})) continue;
        const Look look = look_of(cell.row, cell.column);
        constexpr double largest = 9e15;
        if (cell.kind == CellKind::number && std::abs(cell.number) < largest && cell.number == std::floor(cell.number)) to.whole(cell.row, cell.column, static_cast<std::int64_t>(cell.number), look);
        else if (cell.kind == CellKind::day) to.day(cell.row, cell.column, cell.day(), look);
        else to.text(cell.row, cell.column, text_value(cell), look);
      }
    if (!table) continue;
    for (const auto& [place, message] : wrong) {
      if (sheet.at(place.first, place.second).kind == CellKind::empty && !covered.contains(place)) to.text(place.first, place.second, " ", Look::wrong);
      to.comment(place.first, place.second, message);
    }
    to.column_width(plan.table.unit_column, plan.table.unit_column, 30);
    int row = sheet.last_row() + 2;
    to.text(row++, 1, tr("Những chỗ cần sửa:"), Look::note);
    for (const AnnexProblem& one : plan.table.problems) to.text(row++, 1, one.address + ": " + one.message, Look::note);
  }
  return out.finish();
}

}  // namespace khuyenhoc
