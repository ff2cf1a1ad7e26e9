#include "directory/subordinates.h"
#include "platform/spreadsheet/write.h"

namespace khuyenhoc::directory {
namespace {

using spreadsheet::Look;

constexpr int head_row = 4;

struct Column {
  std::string label;
  double width;
};

std::vector<Column> columns_of(const Subordinates& list) {
  std::vector<Column> out{{tr("STT"), 6}, {tr("Tên tổ chức"), 44}, {tr("Loại tổ chức"), 34}, {tr("Địa bàn cũ"), 22}, {tr("Thành lập"), 12}};
  if (list.with_branches) {
    out.push_back({tr("Chi hội"), 10});
    out.push_back({tr("Ban khuyến học"), 12});
  }
  out.push_back({tr("Hội viên (người)"), 12});
  out.push_back({tr("Gia đình học tập (hộ)"), 14});
  out.push_back({tr("Quỹ cuối kỳ (đồng)"), 18});
  return out;
}

}  // namespace

Result<std::string> subordinates_workbook(const Outlook& outlook, BodyId superior, const Subordinates& list, const std::string& period_label) {
  const std::string& name = outlook.organisation().body(superior).on(outlook.tree).name;
  spreadsheet::WorkbookWriter book(tr("Tổ chức trực thuộc {}", name), outlook.viewer.today());
  auto sheet = book.add_sheet(tr("Tổ chức trực thuộc"));
  const auto columns = columns_of(list);
  sheet.text(1, 1, tr("Tổ chức trực thuộc {}", name), Look::title);
  sheet.text(2, 1, tr("Số liệu kỳ {}, số tạm tính ngày {}. Ô trống: chưa có số liệu.", period_label, outlook.viewer.today().text()), Look::note);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const int column = static_cast<int>(i) + 1;
    sheet.column_width(column, column, columns[i].width);
    sheet.text(head_row, column, columns[i].label, Look::head);
  }
  int line = head_row;
  for (const SubordinateRow& row : list.rows) {
    ++line;
    int column = 0;
    const auto number = [&](const std::optional<std::int64_t>& value) {
      ++column;
      if (value) sheet.whole(line, column, *value);
    };
    sheet.whole(line, ++column, line - head_row);
    sheet.text(line, ++column, row.name);
    sheet.text(line, ++column, row.kind);
    sheet.text(line, ++column, row.former_area);
    sheet.day(line, ++column, row.born);
    if (list.with_branches) {
      number(row.branches);
      number(row.boards);
    }
    number(row.members);
    number(row.families);
    ++column;
    if (row.fund) sheet.money(line, column, Money{*row.fund});
  }
  sheet.freeze(head_row, 2);
  if (line > head_row) sheet.filter({head_row, 1, line, static_cast<int>(columns.size())});
  sheet.print(spreadsheet::Orientation::landscape, head_row, head_row);
  return book.finish();
}

}  // namespace khuyenhoc::directory
