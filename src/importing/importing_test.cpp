#include <gmock/gmock.h>

#include "importing/importing_fixture.h"
#include "importing/reading.h"

namespace khuyenhoc {
namespace {

using namespace importing;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<ImportColumn> columns() { return contact_list_columns(); }

std::shared_ptr<const ReadFile> source_of(const Lines& lines) {
  const auto source = ReadFile::read(workbook_of(lines), "danh sách.xlsx");
  EXPECT_TRUE(source) << source.error().message;
  return *source;
}

// Read as guessed.
std::shared_ptr<Reading> read(const std::shared_ptr<const ReadFile>& source) {
  const SourceSheet& sheet = source->sheets().front();
  const Guess guessed = guess(sheet, columns(), {});
  return read_rows(source, sheet, guessed.heading_row, guessed.matching, columns());
}

std::vector<std::string> codes(const Reading& reading) {
  std::vector<std::string> out;
  for (const auto& [row, finding] : reading.findings) out.push_back(fmt::format("{}:{}", reading.rows.number(row), finding.code));
  return out;
}

TEST(ImportKinds, Are_found_by_their_code) {
  ImportKinds kinds;
  kinds.add(std::make_unique<ContactListKind>());
  EXPECT_NE(kinds.find("lien-he"), nullptr);
  EXPECT_EQ(kinds.find("khong-co"), nullptr);
  EXPECT_EQ(import_path(BodyId{17}, "lien-he"), "/nhap-tep/17/lien-he");
}

TEST(ImportColumns, Are_guessed_from_headings_with_and_without_accents_and_from_other_words) {
  const auto source = source_of({{"HỘI KHUYẾN HỌC XÃ EA KAR"}, {"DANH SÁCH CHI HỘI"}, {}, {"STT", "Ten chi hoi", "Họ và tên", "SĐT (di động)", "Ghi chú"}, {"1", "Chi hội Thôn 8", "Phạm Văn Lượng", "0912345678"}});
  const Guess guessed = guess(source->sheets().front(), columns(), {});
  EXPECT_EQ(guessed.heading_row, 4);
  EXPECT_EQ(guessed.matching, (Matching{{"ten", 2}, {"nguoi", 3}, {"dien_thoai", 4}}));
}

TEST(ImportColumns, A_longer_heading_goes_to_the_column_it_names_best) {
  const auto source = source_of({{"Tên tổ chức", "Họ tên người đứng đầu", "Số điện thoại liên hệ"}, {"a", "b", "c"}});
  const Guess guessed = guess(source->sheets().front(), columns(), {});
  EXPECT_EQ(guessed.matching, (Matching{{"ten", 1}, {"nguoi", 2}, {"dien_thoai", 3}}));
}

TEST(ImportColumns, What_a_person_chose_last_time_goes_first) {
  const auto source = source_of({{"Tên tổ chức", "Ghi chú", "Người đứng đầu"}, {"a", "b", "c"}});
  const auto heads = headings(source->sheets().front(), 1);
  const Remembered known = remembered_of(heads, {{"ten", 1}, {"nguoi", 2}});
  EXPECT_EQ(match(heads, columns(), known), (Matching{{"ten", 1}, {"nguoi", 2}}));
}

TEST(ImportColumns, A_head_over_two_rows_belongs_to_what_stands_under_it) {
  spreadsheet::WorkbookWriter book("Danh sách", Day::of(2026, 6, 8));
  auto sheet = book.add_sheet("Xã");
  sheet.merged({1, 1, 2, 1}, "Tên chi hội", spreadsheet::Look::head);
  sheet.merged({1, 2, 1, 3}, "Chi hội trưởng", spreadsheet::Look::head);
  sheet.text(2, 2, "Họ và tên");
  sheet.text(2, 3, "Điện thoại");
  for (int column = 1; column <= 3; ++column) sheet.whole(3, column, column);     // "1 2 3" under the head
  sheet.text(4, 1, "Chi hội Thôn 8");
  sheet.text(4, 2, "Phạm Văn Lượng");
  const auto source = *ReadFile::read(*book.finish(), "a.xlsx");
  const Guess guessed = guess(source->sheets().front(), columns(), {});
  EXPECT_EQ(guessed.heading_row, 2);
  EXPECT_EQ(guessed.matching, (Matching{{"ten", 1}, {"nguoi", 2}, {"dien_thoai", 3}}));
  const auto reading = read(source);
  ASSERT_EQ(reading->rows.size(), 1U);
  EXPECT_EQ(reading->rows.number(0), 4);
}

TEST(ImportReading, Cells_are_read_as_what_their_column_holds) {
  spreadsheet::WorkbookWriter book("Danh sách", Day::of(2026, 6, 8));
  auto sheet = book.add_sheet("Xã");
  int at = 1;
  for (const char* head : {"Tên tổ chức", "Điện thoại", "Bậc", "Từ ngày", "Số hội viên", "Quỹ (đồng)"}) sheet.text(1, at++, head);
  sheet.text(2, 1, "  Chi hội   Thôn 8 ");
  sheet.whole(2, 2, 912345678);
  sheet.text(2, 3, "du bi");
  sheet.day(2, 4, Day::of(2025, 8, 1));
  sheet.text(2, 5, "1.250");
  sheet.text(2, 6, "6.400.000 đồng");
  const auto reading = read(*ReadFile::read(*book.finish(), "a.xlsx"));
  ASSERT_EQ(reading->rows.size(), 1U);
  EXPECT_THAT(codes(*reading), ElementsAre());
  const ImportRows& rows = reading->rows;
  EXPECT_EQ(rows.text(0, ContactListKind::body), "Chi hội Thôn 8");
  EXPECT_EQ(rows.text(0, ContactListKind::telephone), "0912345678");
  EXPECT_EQ(rows.text(0, ContactListKind::level), "phu");
  EXPECT_EQ(rows.cell(0, ContactListKind::since).day(), Day::of(2025, 8, 1));
  EXPECT_EQ(rows.cell(0, ContactListKind::members).number, 1'250);
  EXPECT_EQ(rows.cell(0, ContactListKind::given).money(), Money{6'400'000});
  EXPECT_FALSE(rows.matched(ContactListKind::head));
}

TEST(ImportReading, Every_bad_cell_is_named_with_its_reason) {
  spreadsheet::WorkbookWriter book("Danh sách", Day::of(2026, 6, 8));
  auto sheet = book.add_sheet("Xã");
  int at = 1;
  for (const char* head : {"Tên tổ chức", "Điện thoại", "Bậc", "Từ ngày", "Số hội viên"}) sheet.text(1, at++, head);
  sheet.text(2, 1, "Chi hội Thôn 8");
  sheet.text(2, 2, "0912345678/0987654321");
  sheet.text(3, 1, "Chi hội Thôn 2");
  sheet.text(3, 3, "Cao");
  sheet.text(4, 2, "0912345678");
  sheet.formula(5, 1, "=\"Chi hội \" & \"Thôn 5\"", 0);
  sheet.text(6, 1, "Chi hội Thôn 6");
  sheet.text(6, 4, "31/02/2025");
  sheet.text(7, 1, "Chi hội Thôn 7");
  sheet.text(7, 5, "nhiều");
  sheet.text(8, 1, std::string(100, 'x'));
  sheet.merged({9, 1, 9, 2}, "Chi hội Thôn 9", spreadsheet::Look::plain);
  sheet.text(11, 1, "Tổng cộng");
  const auto reading = read(*ReadFile::read(*book.finish(), "a.xlsx"));
  EXPECT_THAT(codes(*reading), ElementsAre("2:import.telephone", "3:import.choice", "4:import.missing", "5:import.formula", "6:day.impossible", "7:cell.not_number", "8:import.too_long",
                                           "9:import.merged", "9:import.merged"));
  EXPECT_THAT(reading->findings.front().second.message, HasSubstr("Ô B2 ghi “0912345678/0987654321”"));
  EXPECT_THAT(reading->remarks, ElementsAre("Dòng 11 là dòng cộng nên không đọc."));
  for (std::size_t row = 0; row < reading->rows.size(); ++row) EXPECT_FALSE(reading->rows.readable(row)) << reading->rows.number(row);
}

TEST(ImportReading, A_cell_merged_over_several_rows_says_the_same_of_each) {
  spreadsheet::WorkbookWriter book("Danh sách", Day::of(2026, 6, 8));
  auto sheet = book.add_sheet("Xã");
  sheet.text(1, 1, "Tên tổ chức");
  sheet.text(1, 2, "Người đứng đầu");
  sheet.text(2, 1, "Chi hội Thôn 8");
  sheet.text(3, 1, "Chi hội Thôn 2");
  sheet.merged({2, 2, 3, 2}, "Phạm Văn Lượng", spreadsheet::Look::plain);
  const auto reading = read(*ReadFile::read(*book.finish(), "a.xlsx"));
  ASSERT_EQ(reading->rows.size(), 2U);
  EXPECT_EQ(reading->rows.text(1, ContactListKind::head), "Phạm Văn Lượng");
}

TEST(ImportReading, A_csv_of_a_vietnamese_machine_is_read_too) {
  const auto source = ReadFile::read("\xEF\xBB\xBFTên tổ chức;Điện thoại\r\nChi hội Thôn 8;0912 345 678\r\n;\r\n", "danh sách.csv");
  ASSERT_TRUE(source) << source.error().message;
  const auto reading = read(*source);
  ASSERT_EQ(reading->rows.size(), 1U);
  EXPECT_EQ(reading->rows.text(0, ContactListKind::telephone), "0912345678");
}

TEST(ImportReading, Files_without_a_list_are_refused_in_a_sentence) {
  const auto code = [](const std::string& content, std::string_view name) {
    const auto source = ReadFile::read(content, name);
    return source ? "read" : source.error().code;
  };
  EXPECT_EQ(code(workbook_of({}), "a.xlsx"), "import.no_sheet");
  EXPECT_EQ(code("xin chào", "a.xlsx"), "workbook.text_file");
  EXPECT_EQ(code("", "a.csv"), "csv.empty");
  EXPECT_EQ(code("a,b\n1\n", "a.csv"), "csv.fields");
}

}  // namespace
}  // namespace khuyenhoc
