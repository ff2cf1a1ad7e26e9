#include <gtest/gtest.h>

#include "platform/spreadsheet/csv.h"
#include "platform/spreadsheet/styles.h"
#include "platform/spreadsheet/workbook.h"
#include "platform/spreadsheet/write.h"

namespace khuyenhoc::spreadsheet {
namespace {

Workbook read_back(WorkbookWriter& writer) {
  const auto bytes = writer.finish();
  EXPECT_TRUE(bytes);
  auto workbook = read_workbook(bytes_of(*bytes));
  EXPECT_TRUE(workbook) << workbook.error().message;
  return std::move(*workbook);
}

TEST(Address, is_written_and_read_as_Excel_shows_it) {
  EXPECT_EQ(address(12, 2), "B12");
  EXPECT_EQ(address(1, 26), "Z1");
  EXPECT_EQ(address(1, 27), "AA1");
  EXPECT_EQ(address(1'048'576, 16'384), "XFD1048576");
  EXPECT_EQ(parse_address("$B$12"), (Place{12, 2}));
  EXPECT_EQ(parse_address("XFD1048576"), (Place{1'048'576, 16'384}));
  for (const auto* wrong : {"", "B", "12", "B0", "XFE1", "A1048577", "B12C", "B-1", "AAAAAAAAAAAAAAAAAAA1", "A99999999999999999999"}) EXPECT_FALSE(parse_address(wrong)) << wrong;
}

TEST(WorkbookWriter, what_is_written_is_read_back) {
  WorkbookWriter writer("Số liệu xã Ea Kar", Day::of(2026, 6, 5));
  auto sheet = writer.add_sheet("Nhập số liệu");
  sheet.merged({1, 1, 1, 4}, "HỘI KHUYẾN HỌC XÃ EA KAR", Look::title);
  sheet.text(2, 1, "Chi hội Buôn Êga", Look::locked);
  sheet.whole(2, 2, 1'234'567, Look::input);
  sheet.money(2, 3, Money{6'400'000});
  sheet.day(2, 4, Day::of(2026, 6, 5));
  sheet.percent(3, 2, 0.133);
  sheet.formula(4, 2, "=SUM(B2:B3)", 1'234'567, Look::total);
  sheet.blank(5, 2, Look::input);
  sheet.day(6, 4, Day::of(1890, 5, 19));
  sheet.whole(7, 2, -5);
  sheet.whole(8, 2, 1'234'567'890'123'456'789);
  const auto workbook = read_back(writer);

  ASSERT_EQ(workbook.sheets.size(), 1u);
  const auto& read = workbook.sheets[0];
  EXPECT_EQ(read.name, "Nhập số liệu");
  EXPECT_EQ(read.visibility, Visibility::shown);
  EXPECT_EQ(read.merged, std::vector{(Range{1, 1, 1, 4})});
  EXPECT_EQ(read.at_merged(1, 3).text, "HỘI KHUYẾN HỌC XÃ EA KAR");
  EXPECT_EQ(read.at(1, 3).kind, CellKind::empty);
  EXPECT_EQ(read.at(2, 1).text, "Chi hội Buôn Êga");
  EXPECT_EQ(read.at(2, 2).number, 1'234'567);
  EXPECT_EQ(read.at(2, 3).number, 6'400'000);
  EXPECT_EQ(read.at(2, 4).kind, CellKind::day);
  EXPECT_EQ(read.at(2, 4).day(), Day::of(2026, 6, 5));
  EXPECT_DOUBLE_EQ(read.at(3, 2).number, 0.133);
  EXPECT_TRUE(read.at(4, 2).is_formula());
  EXPECT_EQ(read.at(4, 2).number, 1'234'567);
  EXPECT_EQ(read.at(5, 2).kind, CellKind::empty);
  EXPECT_EQ(read.at(6, 4).text, "19/5/1890");
  EXPECT_EQ(read.at(7, 2).number, -5);
  EXPECT_EQ(read.at(8, 2).text, "1234567890123456789");
  EXPECT_EQ(read.last_row(), 8);
  EXPECT_EQ(read.last_column(), 4);
  EXPECT_EQ(read.rows().size(), 7u);
}

TEST(WorkbookWriter, a_name_that_looks_like_a_formula_stays_a_name) {
  WorkbookWriter writer("Danh sách", Day::of(2026, 6, 5));
  auto sheet = writer.add_sheet("Danh sách");
  const std::vector<std::string> names = {"=cmd|'/c calc'!A1", "+84 912 000 111", "-1+1", "@SUM(A1)", "=HYPERLINK(\"http://x\")"};
  for (std::size_t i = 0; i < names.size(); ++i) sheet.text(static_cast<int>(i) + 1, 1, names[i]);
  sheet.merged({10, 1, 10, 2}, "=1+1", Look::head);
  const auto workbook = read_back(writer);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto cell = workbook.sheets[0].at(static_cast<int>(i) + 1, 1);
    EXPECT_EQ(cell.kind, CellKind::text);
    EXPECT_FALSE(cell.is_formula());
    EXPECT_EQ(cell.text, names[i]);
  }
  EXPECT_FALSE(workbook.sheets[0].at(10, 1).is_formula());
}

TEST(WorkbookWriter, hidden_sheets_and_awkward_sheet_names_are_kept_apart) {
  WorkbookWriter writer("Khóa", Day::of(2026, 6, 5));
  writer.add_sheet("Biểu 1/2: [số liệu]").text(1, 1, "một");
  writer.add_sheet("biểu 1/2: [số liệu]").text(1, 1, "hai");
  auto keys = writer.add_sheet("Khóa máy");
  keys.text(1, 1, "0198f3c2-1111-7000-8000-000000000001");
  keys.hide();
  writer.add_sheet("Tên trang tính rất dài, dài hơn ba mươi mốt ký tự").text(1, 1, "ba");
  writer.add_sheet("").text(1, 1, "bốn");
  const auto workbook = read_back(writer);
  ASSERT_EQ(workbook.sheets.size(), 5u);
  EXPECT_EQ(workbook.sheets[0].name, "Biểu 1-2- -số liệu-");
  EXPECT_EQ(workbook.sheets[1].name, "biểu 1-2- -số liệu- (2)");
  EXPECT_EQ(workbook.sheets[2].visibility, Visibility::hidden);
  EXPECT_EQ(workbook.find("Khóa máy")->at(1, 1).text, "0198f3c2-1111-7000-8000-000000000001");
  EXPECT_EQ(workbook.find("không có"), nullptr);
}

TEST(WorkbookWriter, forms_with_lists_limits_notes_and_protection_are_written) {
  WorkbookWriter writer("Mẫu", Day::of(2026, 6, 5));
  auto sheet = writer.add_sheet("Nhập");
  sheet.text(1, 1, "Chi hội", Look::head);
  sheet.blank(2, 1, Look::input);
  sheet.allow_list({2, 1, 50, 1}, {"Có", "Không"}, {.title = "Chọn", .message = "Chọn Có hoặc Không.", .error_message = "Chỉ chọn trong danh sách."});
  std::vector<std::string> villages;
  for (int number = 1; number <= 100; ++number) villages.push_back("Thôn " + std::to_string(number) + ", xã Ea Kar");
  sheet.allow_list({2, 2, 50, 2}, villages, {});
  sheet.allow_whole({2, 3, 50, 3}, 0, 100'000, {.title = "Số hội viên", .message = "Nhập số nguyên, để trống nếu chưa có.", .error_message = "Chỉ nhập số nguyên từ 0 đến 100.000."});
  sheet.comment(2, 3, "Số được công nhận lớn hơn số đăng ký.");
  sheet.freeze(1, 1);
  sheet.protect();
  sheet.print(Orientation::landscape, 1, 1);
  sheet.column_width(1, 1, 32);
  sheet.hide_columns(5, 5);
  const auto bytes = *writer.finish();
  auto package = *Package::open(bytes_of(bytes), {});
  const auto xml = *package.read("xl/worksheets/sheet1.xml", 1u << 20);
  EXPECT_NE(xml.find("<sheetProtection"), std::string::npos);
  EXPECT_NE(xml.find("\"Có,Không\""), std::string::npos);
  EXPECT_NE(xml.find("'_danh_sach'!$A$1:$A$100"), std::string::npos);
  EXPECT_NE(xml.find("type=\"whole\""), std::string::npos);
  EXPECT_NE(xml.find("Chỉ nhập số nguyên từ 0 đến 100.000."), std::string::npos);
  EXPECT_NE(xml.find("orientation=\"landscape\""), std::string::npos);
  EXPECT_NE(xml.find("topLeftCell=\"B2\""), std::string::npos);
  EXPECT_NE(package.read("xl/comments1.xml", 1u << 20)->find("Số được công nhận lớn hơn số đăng ký."), std::string::npos);
  const auto workbook = *read_workbook(bytes_of(bytes));
  EXPECT_EQ(workbook.find("_danh_sach")->visibility, Visibility::hidden);
  EXPECT_EQ(workbook.find("_danh_sach")->at(100, 1).text, "Thôn 100, xã Ea Kar");
}

TEST(WorkbookWriter, the_same_content_gives_the_same_bytes) {
  const auto write = [] {
    WorkbookWriter writer("Một", Day::of(2026, 6, 5));
    writer.add_sheet("Một").whole(1, 1, 7);
    return *writer.finish();
  };
  EXPECT_EQ(write(), write());
}

TEST(WorkbookWriter, a_long_list_is_written_row_by_row) {
  WorkbookWriter writer("Hội viên", Day::of(2026, 6, 5), WritingOrder::row_by_row);
  auto sheet = writer.add_sheet("Hội viên");
  for (int row = 1; row <= 2'000; ++row) {
    sheet.text(row, 1, "Nguyễn Văn " + std::to_string(row));
    sheet.whole(row, 2, row);
  }
  const auto workbook = read_back(writer);
  ASSERT_EQ(workbook.sheets[0].rows().size(), 2'000u);
  EXPECT_EQ(workbook.sheets[0].at(2'000, 1).text, "Nguyễn Văn 2000");
  EXPECT_EQ(workbook.sheets[0].at(2'000, 2).number, 2'000);
}

TEST(WorkbookWriter, control_characters_and_broken_text_do_not_break_the_file) {
  WorkbookWriter writer("\x01\xff", Day::of(2026, 6, 5));
  auto sheet = writer.add_sheet("a\x02");
  sheet.text(1, 1, std::string_view("một\x00hai\x1b", 10));
  sheet.text(2, 1, "dòng một\ndòng hai");
  sheet.text(3, 1, "<b>&\"'");
  sheet.text(4, 1, "hỏng \xff\xfe");
  sheet.text(5, 1, std::string(40'000, 'a'));
  const auto workbook = read_back(writer);
  const auto& read = workbook.sheets[0];
  EXPECT_EQ(read.at(1, 1).text, "mộthai");
  EXPECT_EQ(read.at(2, 1).text, "dòng một\ndòng hai");
  EXPECT_EQ(read.at(3, 1).text, "<b>&\"'");
  EXPECT_EQ(read.at(5, 1).text.size(), 32'767u);
}

TEST(CellValues, blank_is_not_zero_and_every_wrong_cell_says_where_it_is) {
  const auto number = [](Cell cell) { cell.row = 12; cell.column = 2; return whole_number(cell); };
  EXPECT_EQ(*number({}), std::nullopt);
  EXPECT_EQ(*number({.kind = CellKind::text, .text = "  "}), std::nullopt);
  EXPECT_EQ(*number({.kind = CellKind::number, .number = 0}), 0);
  EXPECT_EQ(*number({.kind = CellKind::number, .number = -3}), -3);
  EXPECT_EQ(*number({.kind = CellKind::text, .text = " 1.234 "}), 1'234);
  const struct { Cell cell; const char* code; } wrong[] = {
      {{.kind = CellKind::text, .text = "mười hai"}, "cell.not_number"},
      {{.kind = CellKind::number, .number = 12.5}, "cell.fraction"},
      {{.kind = CellKind::number, .number = 1e300}, "cell.too_large"},
      {{.kind = CellKind::error, .text = "#REF!"}, "cell.error"},
      {{.kind = CellKind::day, .number = 20'000}, "cell.not_number"},
      {{.kind = CellKind::boolean, .number = 1}, "cell.not_number"},
      {{.kind = CellKind::number, .origin = CellOrigin::formula, .number = 4}, "cell.formula"},
      {{.kind = CellKind::empty, .origin = CellOrigin::formula}, "cell.formula"},
  };
  for (const auto& [cell, code] : wrong) {
    const auto result = number(cell);
    ASSERT_FALSE(result) << code;
    EXPECT_EQ(result.error().code, code);
    EXPECT_EQ(result.error().place, "B12");
    EXPECT_NE(result.error().message.find("B12"), std::string::npos);
  }
  EXPECT_EQ(*whole_number({.row = 1, .column = 1, .kind = CellKind::number, .origin = CellOrigin::formula, .number = 4}, Formulas::accepted), 4);
  EXPECT_EQ(**day_value({.row = 1, .column = 1, .kind = CellKind::text, .text = "22/11/2026"}), Day::of(2026, 11, 22));
  EXPECT_EQ(day_value({.row = 1, .column = 1, .kind = CellKind::text, .text = "31/02/2026"}).error().code, "day.impossible");
  EXPECT_EQ(day_value({.row = 1, .column = 1, .kind = CellKind::number, .number = 5}).error().code, "cell.not_day");
  EXPECT_EQ(text_value({.kind = CellKind::number, .number = 912'000'111}), "912000111");
  EXPECT_EQ(text_value({.kind = CellKind::number, .number = 12.5}), "12,5");
}

TEST(Styles, a_day_is_told_from_money_and_hours) {
  for (const auto* code : {"dd/mm/yyyy", "d-m-yy", "[$-42A]dd mmmm yyyy", "mm/yyyy", "[$-F800]dddd\\,\\ mmmm\\ dd", "yyyy\\-mm\\-dd;@", "d/m/yyyy h:mm", "mmm"}) EXPECT_TRUE(shows_a_day(code)) << code;
  for (const auto* code : {"General", "#,##0", "0.00E+00", "#,##0\\ \"đồng\"", "[Red]-0", "h:mm:ss", "[h]:mm", "mm:ss", "\"day \"0", "0_d", "@", "[DarkRed]0", ""}) EXPECT_FALSE(shows_a_day(code)) << code;
}

TEST(Csv, is_read_with_quotes_marks_and_line_endings) {
  const auto table = *read_csv("\xEF\xBB\xBFmã,tên\r\n1,\"Xã \"\"Ea Kar\"\", huyện\nEa Kar\"\r\n\r\n2,\n3,cuối");
  EXPECT_EQ(table.head, (std::vector<std::string>{"mã", "tên"}));
  ASSERT_EQ(table.rows.size(), 3u);
  EXPECT_EQ(table.rows[0].fields[1], "Xã \"Ea Kar\", huyện\nEa Kar");
  EXPECT_EQ(table.rows[1].fields, (std::vector<std::string>{"2", ""}));
  EXPECT_EQ(table.rows[1].line, 5u);
  EXPECT_EQ(table.rows[2].fields[1], "cuối");
  EXPECT_EQ(table.column("tên"), 1u);
  EXPECT_FALSE(table.column("khác"));
  EXPECT_EQ(read_csv("a;b\n1;2", ';')->rows[0].fields[1], "2");
}

TEST(Csv, a_wrong_file_is_refused_with_its_line) {
  EXPECT_EQ(read_csv("a,b\n1,2,3\n").error().place, "dòng 2");
  EXPECT_EQ(read_csv("a,b\n1,2\n\"x,2\n").error().code, "csv.quote");
  EXPECT_EQ(read_csv("a,b\n\"x\"y,2\n").error().place, "dòng 2");
  EXPECT_EQ(read_csv("a\xff,b\n").error().code, "csv.not_utf8");
  EXPECT_EQ(read_csv("\n\n").error().code, "csv.empty");
}

}  // namespace
}  // namespace khuyenhoc::spreadsheet
