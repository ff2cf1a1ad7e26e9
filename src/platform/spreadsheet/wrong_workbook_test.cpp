// Workbooks as they really arrive: other programs', damaged, hostile. Built by hand, so that each fault is exactly the one meant.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "platform/spreadsheet/workbook.h"

namespace khuyenhoc::spreadsheet {
namespace {

using namespace std::string_literals;

struct Parts {
  std::string rows;                                       // inside sheetData
  std::string after_rows = {};
  std::string shared = {};                                // inside sst
  std::string styles = "<numFmts/><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/></cellXfs>";
  std::string workbook_properties = {};
  std::string sheets = R"(<sheet name="Trang 1" sheetId="1" r:id="rId1"/>)";
};

std::string workbook_of(const Parts& parts) {
  PackageWriter package;
  package.add("_rels/.rels", R"(<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>)");
  package.add("xl/workbook.xml", fmt::format(R"(<?xml version="1.0"?><workbook xmlns:r="r">{}<sheets>{}</sheets></workbook>)", parts.workbook_properties, parts.sheets));
  package.add("xl/_rels/workbook.xml.rels", R"(<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>
    <Relationship Id="rId2" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="rId3" Type="x/styles" Target="styles.xml"/></Relationships>)");
  package.add("xl/styles.xml", "<styleSheet>" + parts.styles + "</styleSheet>");
  package.add("xl/sharedStrings.xml", "<sst>" + parts.shared + "</sst>");
  package.add("xl/worksheets/sheet1.xml", "<?xml version=\"1.0\"?><worksheet><dimension ref=\"A1\"/><sheetData>" + parts.rows + "</sheetData>" + parts.after_rows + "</worksheet>");
  return package.finish();
}

Workbook read(const Parts& parts) {
  auto workbook = read_workbook(bytes_of(workbook_of(parts)));
  EXPECT_TRUE(workbook) << workbook.error().code;
  return std::move(*workbook);
}

std::string code_of(std::string_view bytes, const ReadLimits& limits = {}) {
  const auto workbook = read_workbook(bytes_of(bytes), limits);
  if (workbook) return "read";
  EXPECT_FALSE(workbook.error().message.empty());
  return workbook.error().code;
}

TEST(ReadWorkbook, understands_what_the_programs_in_use_write) {
  const auto workbook = read({
      .rows = R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="inlineStr"><is><r><t>Xã </t></r><r><rPr><b/></rPr><t>Ea Kar</t></r></is></c></row>
        <row><c><v>12</v></c><c t="str"><f>A1&amp;"x"</f><v>tên</v></c><c s="1"><v>46178</v></c><c t="b"><v>1</v></c><c t="e"><f>#REF!+1</f><v>#REF!</v></c><c t="d"><v>2026-06-05T00:00:00</v></c></row>
        <row r="7"><c r="C7"><f>SUM(A1:A2)</f></c><c r="D7"><v>1.5E3</v></c><c r="E7" t="n"><v>-0.25</v></c></row>)",
      .after_rows = "<mergeCells count=\"1\"><mergeCell ref=\"A1:C1\"/></mergeCells><pageMargins/>",
      .shared = "<si><t>Tên &amp; họ</t></si><si><t xml:space=\"preserve\"> </t><rPh><t>bỏ</t></rPh></si>",
  });
  const auto& sheet = workbook.sheets[0];
  EXPECT_EQ(sheet.at(1, 1).text, "Tên & họ");
  EXPECT_EQ(sheet.at(1, 2).text, " ");
  EXPECT_EQ(*whole_number(sheet.at(1, 2)), std::nullopt);
  EXPECT_EQ(sheet.at(1, 4).text, "Xã Ea Kar");
  EXPECT_EQ(sheet.at(2, 1).number, 12);
  EXPECT_EQ(sheet.at(2, 2).text, "tên");
  EXPECT_TRUE(sheet.at(2, 2).is_formula());
  EXPECT_EQ(sheet.at(2, 3).day(), Day::of(2026, 6, 5));
  EXPECT_EQ(sheet.at(2, 4).kind, CellKind::boolean);
  EXPECT_EQ(sheet.at(2, 5).kind, CellKind::error);
  EXPECT_EQ(sheet.at(2, 5).text, "#REF!");
  EXPECT_EQ(sheet.at(2, 6).day(), Day::of(2026, 6, 5));
  EXPECT_TRUE(sheet.at(7, 3).is_formula());
  EXPECT_EQ(sheet.at(7, 3).kind, CellKind::empty);
  EXPECT_EQ(sheet.at(7, 4).number, 1'500);
  EXPECT_EQ(sheet.at(7, 5).number, -0.25);
  EXPECT_EQ(sheet.at_merged(1, 3).text, "Tên & họ");
  EXPECT_EQ(sheet.at_merged(1, 3).address(), "C1");
  EXPECT_EQ(sheet.rows().size(), 3u);
}

TEST(ReadWorkbook, a_day_is_the_same_in_both_epochs) {
  const Parts old_mac{.rows = R"(<row r="1"><c r="A1" s="1"><v>44716</v></c></row>)", .workbook_properties = "<workbookPr date1904=\"1\"/>"};
  EXPECT_EQ(read(old_mac).sheets[0].at(1, 1).day(), Day::of(2026, 6, 5));
  const auto first_days = read({.rows = R"(<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1" s="1"><v>59</v></c><c r="C1" s="1"><v>61.75</v></c></row>)"});
  EXPECT_EQ(first_days.sheets[0].at(1, 1).day(), Day::of(1900, 1, 1));
  EXPECT_EQ(first_days.sheets[0].at(1, 2).day(), Day::of(1900, 2, 28));
  EXPECT_EQ(first_days.sheets[0].at(1, 3).day(), Day::of(1900, 3, 1));
  const auto own_format = read({.rows = R"(<row r="1"><c r="A1" s="2"><v>46178</v></c></row>)", .styles = R"(<numFmts><numFmt numFmtId="170" formatCode="[$-42A]dd/mm/yyyy;@"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="4"/><xf numFmtId="170"/></cellXfs>)"});
  EXPECT_EQ(own_format.sheets[0].at(1, 1).kind, CellKind::day);
}

TEST(ReadWorkbook, prefixed_elements_and_rows_out_of_order_are_read) {
  PackageWriter package;
  package.add("xl/workbook.xml", R"(<x:workbook xmlns:x="m" xmlns:r="r"><x:sheets><x:sheet name="A" sheetId="1" state="veryHidden" r:id="i"/></x:sheets></x:workbook>)");
  package.add("xl/_rels/workbook.xml.rels", R"(<Relationships><Relationship Id="i" Type="x/worksheet" Target="sheet.xml"/></Relationships>)");
  package.add("xl/sheet.xml", "\xEF\xBB\xBF" R"(<x:worksheet><x:sheetData><x:row r="9"><x:c r="B9"><x:v>2</x:v></x:c><x:c r="A9"><x:v>1</x:v></x:c></x:row><x:row r="3"><x:c r="A3" t="inlineStr"><x:is><x:t>ba</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>)");
  const auto workbook = read_workbook(bytes_of(package.finish()));
  ASSERT_TRUE(workbook) << workbook.error().code;
  const auto& sheet = workbook->sheets[0];
  EXPECT_EQ(sheet.visibility, Visibility::hidden);
  EXPECT_EQ(sheet.rows()[0].number, 3);
  EXPECT_EQ(sheet.at(3, 1).text, "ba");
  EXPECT_EQ(sheet.at(9, 1).number, 1);
  EXPECT_EQ(sheet.at(9, 2).number, 2);
}

TEST(ReadWorkbook, a_million_empty_rows_are_nothing) {
  Parts parts;
  parts.rows.reserve(40u << 20);
  for (int row = 1; row <= 1'048'576; ++row) fmt::format_to(std::back_inserter(parts.rows), R"(<row r="{}"/>)", row);
  parts.rows += "";
  const auto workbook = read(parts);
  EXPECT_EQ(workbook.sheets[0].rows().size(), 0u);
  EXPECT_EQ(workbook.sheets[0].last_row(), 0);
  EXPECT_EQ(workbook.sheets[0].at(500'000, 3).kind, CellKind::empty);
}

TEST(ReadWorkbook, a_hundred_thousand_styled_empty_rows_are_nothing) {
  Parts parts;
  for (int row = 1; row <= 100'000; ++row) {
    fmt::format_to(std::back_inserter(parts.rows), R"(<row r="{}" spans="1:12" s="1" customFormat="1">)", row);
    for (int column = 1; column <= 12; ++column) fmt::format_to(std::back_inserter(parts.rows), R"(<c r="{}" s="1"/>)", address(row, column));
    parts.rows += "</row>";
  }
  parts.rows += R"(<row r="100001"><c r="A100001"><v>7</v></c></row>)";
  const auto workbook = read(parts);
  ASSERT_EQ(workbook.sheets[0].rows().size(), 1u);
  EXPECT_EQ(workbook.sheets[0].at(100'001, 1).number, 7);
}

TEST(ReadWorkbook, long_parts_are_cut_between_rows_and_nothing_is_lost) {
  Parts parts;
  for (int number = 0; number < 30'000; ++number) fmt::format_to(std::back_inserter(parts.shared), "<si><t>Hội viên số {}</t></si>", number);
  for (int row = 1; row <= 30'000; ++row) fmt::format_to(std::back_inserter(parts.rows), R"(<row r="{}"><c r="A{}" t="s"><v>{}</v></c><c r="B{}"><v>{}</v></c></row>)", row, row, row - 1, row, row * 2);
  const auto workbook = read(parts);
  const auto& sheet = workbook.sheets[0];
  ASSERT_EQ(sheet.rows().size(), 30'000u);
  for (const auto& row : sheet.rows()) {
    ASSERT_EQ(row.cells.size(), 2u);
    ASSERT_EQ(row.cells[0].text, fmt::format("Hội viên số {}", row.number - 1));
    ASSERT_EQ(row.cells[1].number, row.number * 2);
  }
}

TEST(ReadWorkbook, a_file_that_is_not_what_its_name_says_is_refused_by_what_it_is) {
  EXPECT_EQ(code_of(""), "workbook.empty_file");
  EXPECT_EQ(code_of("Họ tên,Năm sinh\nNguyễn Văn A,1960\n"), "workbook.text_file");
  EXPECT_EQ(code_of("\xEF\xBB\xBFHọ tên;Năm sinh\r\n"), "workbook.text_file");
  EXPECT_EQ(code_of("<html><table><tr><td>1</td></tr></table></html>"), "workbook.text_file");
  EXPECT_EQ(code_of("%PDF-1.7\n%\xff\xff"), "workbook.not_a_workbook");
  EXPECT_EQ(code_of("\xff\xd8\xff\xe0\x00\x10JFIF"s), "workbook.not_a_workbook");
  std::string container(512, '\0');
  container.replace(0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
  EXPECT_EQ(code_of(container + "W\0o\0r\0k\0b\0o\0o\0k\0"s), "workbook.old_format");
  EXPECT_EQ(code_of(container + "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"s), "workbook.password");
  const auto package_with = [](const char* part) {
    PackageWriter package;
    package.add(part, "<x/>");
    return package.finish();
  };
  EXPECT_EQ(code_of(package_with("word/document.xml")), "workbook.not_a_workbook");
  EXPECT_EQ(code_of(package_with("xl/workbook.bin")), "workbook.binary_format");
  EXPECT_EQ(code_of(package_with("content.xml")), "workbook.open_document");
  EXPECT_EQ(code_of(package_with("anh.jpg")), "workbook.not_a_workbook");
}

TEST(ReadWorkbook, damage_is_refused_wherever_it_is) {
  const auto good = workbook_of({.rows = R"(<row r="1"><c r="A1"><v>1</v></c></row>)"});
  EXPECT_EQ(code_of(good), "read");
  for (const std::size_t length : {5u, 100u, 600u}) EXPECT_EQ(code_of(std::string_view(good).substr(0, length)), "workbook.broken");
  EXPECT_EQ(code_of(std::string_view(good).substr(0, good.size() - 30)), "workbook.broken");
  for (const auto* rows : {"<row r=\"1\"><c r=\"A1\"><v>1</v></row>", "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>99</v></c></row>", "<row r=\"0\"/>", "<row r=\"1048577\"/>",
                           "<row r=\"1\"><c r=\"ZZZ1\"><v>1</v></c></row>", "<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>", "<row r=\"1\"><c r=\"A1\"><v>một</v></c></row>",
                           "<row r=\"1\"><c r=\"A1\"><v>nan</v></c></row>", "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>",
                           "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>\xff</t></is></c></row>", "<row r=\"1\"><c r=\"A1\" t=\"d\"><v>hôm qua</v></c></row>"})
    EXPECT_EQ(code_of(workbook_of({.rows = rows})), "workbook.broken") << rows;
  EXPECT_EQ(code_of(workbook_of({.rows = "", .after_rows = "<mergeCells><mergeCell ref=\"C1:A1\"/></mergeCells>"})), "workbook.broken");
  EXPECT_EQ(code_of(workbook_of({.rows = "", .sheets = "<sheet name=\"A\" r:id=\"khác\"/>"})), "workbook.broken");
  EXPECT_EQ(code_of(workbook_of({.rows = "", .sheets = ""})), "workbook.broken");
}

TEST(ReadWorkbook, too_many_cells_sheets_or_bytes_are_refused) {
  const auto two = workbook_of({.rows = R"(<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c></row>)"});
  EXPECT_EQ(code_of(two, {.cells = 1}), "workbook.too_many_cells");
  EXPECT_EQ(code_of(two, {.cells = 2}), "read");
  EXPECT_EQ(code_of(two, {.sheets = 0}), "workbook.too_many_sheets");
  EXPECT_EQ(code_of(two, {.package = {.file_bytes = two.size() - 1}}), "workbook.too_large");
  EXPECT_EQ(code_of(two, {.package = {.entries = 5}}), "workbook.bomb");
}

// The sizes that the package claims for its parts, overwritten in the local and in the central headers.
std::string claiming(std::string bytes, std::uint32_t unpacked_size) {
  const auto put = [&](std::size_t at) {
    for (int i = 0; i < 4; ++i) bytes[at + static_cast<std::size_t>(i)] = static_cast<char>(unpacked_size >> (8 * i) & 0xff);
  };
  for (auto at = bytes.find("PK\x03\x04"); at != std::string::npos; at = bytes.find("PK\x03\x04", at + 4)) put(at + 22);
  for (auto at = bytes.find("PK\x01\x02"); at != std::string::npos; at = bytes.find("PK\x01\x02", at + 4)) put(at + 24);
  return bytes;
}

TEST(ReadWorkbook, a_zip_bomb_is_refused_whatever_size_it_claims) {
  const auto bomb = workbook_of({.rows = std::string(64u << 20, ' ')});
  EXPECT_LT(bomb.size(), 200'000u);
  EXPECT_EQ(code_of(bomb), "workbook.bomb");                                                                   // by its ratio
  EXPECT_EQ(code_of(bomb, {.package = {.unpacked_bytes = 1u << 20, .ratio = 1'000'000}}), "workbook.bomb");     // by the size it admits
  const auto lying = claiming(bomb, 1'000);
  EXPECT_EQ(code_of(lying), "workbook.bomb");                                                                  // by the ratio found while unpacking
  EXPECT_EQ(code_of(lying, {.package = {.unpacked_bytes = 1u << 20, .ratio = 1'000'000}}), "workbook.bomb");    // by the size found while unpacking
  const auto boasting = claiming(workbook_of({.rows = ""}), 0x7fffffff);
  EXPECT_EQ(code_of(boasting), "workbook.bomb");
}

}  // namespace
}  // namespace khuyenhoc::spreadsheet
