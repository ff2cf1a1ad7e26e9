#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include <pugixml.hpp>

#include "platform/document/layout.h"
#include "platform/document/sample_report.h"
#include "platform/spreadsheet/workbook.h"

namespace khuyenhoc::document {
namespace {

using testing::HasSubstr;
using testing::Not;

std::size_t count(std::string_view text, std::string_view piece) {
  std::size_t found = 0;
  for (auto at = text.find(piece); at != std::string_view::npos; at = text.find(piece, at + piece.size())) ++found;
  return found;
}

std::string part(const std::string& docx, std::string_view name) {
  auto package = spreadsheet::Package::open(spreadsheet::bytes_of(docx), {});
  EXPECT_TRUE(package);
  auto xml = package->read(name, 64u << 20);
  EXPECT_TRUE(xml) << name;
  return xml.value_or("");
}

// The text of a WordprocessingML node as a reader sees it.
std::string text_of(pugi::xml_node node) {
  std::string text;
  for (const auto& found : node.select_nodes(".//w:t")) text += found.node().child_value();
  return text;
}

std::size_t pages_of(const std::string& pdf) { return count(pdf, "/Type /Page") - count(pdf, "/Type /Pages"); }

Document just(std::vector<Block> blocks) { return {.blocks = std::move(blocks)}; }

Table narrow_table(int rows) {
  Table table;
  table.columns = {{.share = 1}, {.share = 2, .alignment = Alignment::right}};
  table.head = {{{.text = "Xã"}, {.text = "Hội viên"}}};
  for (int row = 0; row < rows; ++row) table.rows.push_back({.cells = {TableCell::of(fmt::format("Xã {}", row)), TableCell::count(row * 1'000)}});
  return table;
}

// Left beside the build, for people to look at.
void keep(const char* name, const std::string& bytes) {
  const std::filesystem::path folder = std::filesystem::path(KHUYENHOC_BUILD_DIR) / "samples";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / name, std::ios::binary) << bytes;
}

TEST(Docx, a_report_has_every_part_of_an_administrative_paper_in_its_order) {
  const auto docx = to_docx(sample_report());
  keep("report.docx", docx);
  pugi::xml_document xml;
  ASSERT_TRUE(xml.load_string(part(docx, "word/document.xml").c_str()));
  const auto body = xml.child("w:document").child("w:body");
  const auto all = text_of(body);
  std::size_t last = 0;
  for (const auto* expected : {"HỘI KHUYẾN HỌC VIỆT NAM", "HỘI KHUYẾN HỌC TỈNH ĐẮK LẮK", "Số:      /BC-HKH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Đắk Lắk, ngày      tháng 6 năm 2026", "BÁO CÁO", "Sơ kết công tác khuyến học",
                               "I. KẾT QUẢ THỰC HIỆN", "682.140", "III. PHƯƠNG HƯỚNG", "Nơi nhận:", "- TW Hội Khuyến học Việt Nam (để b/c);", "- Lưu: VT.", "TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Phụ lục 1", "Toàn tỉnh"}) {
    const auto at = all.find(expected, last);
    ASSERT_NE(at, std::string::npos) << expected;
    last = at;
  }
  EXPECT_EQ(xml.select_nodes("//w:sectPr").size(), 3u);
  EXPECT_EQ(xml.select_nodes("//w:pgSz[@w:orient='landscape']").size(), 1u);
  EXPECT_EQ(xml.select_nodes("//w:titlePg").size(), 1u);
  EXPECT_EQ(xml.select_nodes("//w:tbl").size(), 5u);      // letterhead, summary, closing, two annexes
  EXPECT_EQ(xml.select_nodes("//w:hyperlink").size(), 0u);
  EXPECT_THAT(part(docx, "word/header1.xml"), HasSubstr(" PAGE "));
  EXPECT_THAT(part(docx, "word/footnotes.xml"), HasSubstr("được cộng gộp theo địa giới hành chính mới"));
  EXPECT_THAT(part(docx, "word/styles.xml"), HasSubstr("Times New Roman"));
  const auto margins = xml.select_node("//w:pgMar").node();
  EXPECT_EQ(margins.attribute("w:left").as_int(), 1701);
  EXPECT_EQ(margins.attribute("w:right").as_int(), 850);
}

TEST(Docx, an_annex_repeats_its_merged_head_and_keeps_rows_whole) {
  pugi::xml_document xml;
  ASSERT_TRUE(xml.load_string(part(to_docx(just({sample_annex_table(102)})), "word/document.xml").c_str()));
  EXPECT_EQ(xml.select_nodes("//w:tblHeader").size(), 2u);
  const auto rows = xml.select_nodes("//w:tr");
  EXPECT_EQ(rows.size(), 2u + 102u + 5u + 1u);
  for (const auto& row : rows) {
    EXPECT_TRUE(row.node().child("w:trPr").child("w:cantSplit"));
    int columns = 0;
    for (const auto cell : row.node().children("w:tc")) columns += cell.child("w:tcPr").child("w:gridSpan").attribute("w:val").as_int(1);
    EXPECT_EQ(columns, 10);
  }
  EXPECT_EQ(xml.select_nodes("//w:vMerge[@w:val='restart']").size(), 4u);
  EXPECT_EQ(xml.select_nodes("//w:vMerge[@w:val='continue']").size(), 4u);
  EXPECT_EQ(text_of(rows[2].node()), "Cụm 1");
}

TEST(Docx, the_same_document_gives_the_same_bytes) { EXPECT_EQ(to_docx(sample_report()), to_docx(sample_report())); }

TEST(Docx, hostile_text_stays_text) {
  const auto docx = to_docx(just({Paragraph{.text = "<w:b/> & \x01\x1f \xff ]]> dòng một\ndòng hai"}}));
  pugi::xml_document xml;
  ASSERT_TRUE(xml.load_string(part(docx, "word/document.xml").c_str()));
  EXPECT_THAT(text_of(xml.child("w:document")), HasSubstr("<w:b/> &"));
  EXPECT_EQ(xml.select_nodes("//w:b").size(), 0u);
  EXPECT_EQ(xml.select_nodes("//w:br").size(), 1u);
}

TEST(Docx, a_joint_paper_has_its_signers_side_by_side) {
  pugi::xml_document xml;
  const auto docx = to_docx(just({Closing{.recipients = {"Lưu: VT"}, .signers = {{.authority = {"TM. HỘI KHUYẾN HỌC"}, .name = "A"}, {.authority = {"TM. TỈNH ĐOÀN"}, .name = "B"}}}}));
  ASSERT_TRUE(xml.load_string(part(docx, "word/document.xml").c_str()));
  const auto cells = xml.select_nodes("//w:tc");
  ASSERT_EQ(cells.size(), 2u);
  EXPECT_EQ(text_of(cells[0].node()), "TM. HỘI KHUYẾN HỌCA");
  EXPECT_EQ(text_of(cells[1].node()), "TM. TỈNH ĐOÀNB");
}

TEST(Pdf, a_report_runs_over_its_pages_with_a_landscape_annex) {
  const auto pdf = to_pdf(sample_report());
  keep("report.pdf", pdf);
  EXPECT_TRUE(pdf.starts_with("%PDF-"));
  const auto pages = pages_of(pdf);
  EXPECT_GE(pages, 8u);
  EXPECT_LE(pages, 14u);
  EXPECT_EQ(pdf, to_pdf(sample_report()));
  EXPECT_THAT(pdf, HasSubstr("LiberationSerif"));
  EXPECT_THAT(pdf, Not(HasSubstr("DejaVu"))) << "Liberation Serif before 2.0 has no Vietnamese letters: install fonts-liberation2 (Debian 12) or fonts-liberation (Debian 13)";
  EXPECT_GE(count(pdf, "/MediaBox [ 0 0 841.88"), 1u);
}

TEST(Pdf, more_rows_need_more_pages_and_none_is_lost_to_a_loop) {
  const auto few = pages_of(to_pdf(just({narrow_table(10)})));
  const auto many = pages_of(to_pdf(just({narrow_table(500)})));
  EXPECT_EQ(few, 1u);
  EXPECT_GE(many, 10u);
  EXPECT_LE(many, 16u);
  auto tall = narrow_table(1);
  std::string novel;
  for (int line = 0; line < 400; ++line) novel += "Một dòng rất dài trong một ô rất cao. ";
  tall.rows[0].cells[0] = TableCell::of(novel);
  const auto split = pages_of(to_pdf(just({tall})));
  EXPECT_GE(split, 3u);
  EXPECT_LE(split, 20u);
  tall.head[0][0].text = novel;
  EXPECT_LE(pages_of(to_pdf(just({tall}))), 30u);
  EXPECT_EQ(pages_of(to_pdf(just({PageBreak{}, PageBreak{}}))), 3u);
}

TEST(Pdf, footnotes_take_their_room_at_the_foot_of_the_page) {
  std::vector<Block> plain;
  std::vector<Block> noted;
  for (int line = 0; line < 60; ++line) {
    plain.emplace_back(Paragraph{.text = "Một đoạn ngắn."});
    noted.emplace_back(Paragraph{.text = Text().noted("Một đoạn ngắn.", "Một chú thích dưới trang.")});
  }
  EXPECT_GT(pages_of(to_pdf(just(noted))), pages_of(to_pdf(just(plain))));
}

TEST(Html, a_report_is_semantic_escaped_and_free_of_inline_styles) {
  const auto html = to_html(sample_report());
  keep("report.html", to_html_page(sample_report(), {.stylesheet = "/document.css"}));
  EXPECT_THAT(html, HasSubstr("<h1 class=\"doc-kind\">BÁO CÁO</h1>"));
  EXPECT_THAT(html, HasSubstr("<a class=\"doc-figure\" href=\"/so-lieu/hoi-vien?ky=2026-H1\">682.140</a>"));
  EXPECT_THAT(html, HasSubstr("<th colspan=\"3\" scope=\"colgroup\">Hội viên</th>"));
  EXPECT_THAT(html, HasSubstr("<th rowspan=\"2\" scope=\"col\">TT</th>"));
  EXPECT_THAT(html, HasSubstr("<li>- Lưu: VT.</li>"));
  EXPECT_THAT(html, HasSubstr("Sở GD&amp;ĐT"));
  EXPECT_THAT(html, Not(HasSubstr("style=")));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_EQ(count(html, "<section"), count(html, "</section>"));
  pugi::xml_document xml;     // our fragment is well formed, so every tag is closed
  auto closed = html;
  for (auto at = closed.find("<br>"); at != std::string::npos; at = closed.find("<br>", at)) closed.replace(at, 4, "<br/>");
  EXPECT_TRUE(xml.load_string(closed.c_str()));
}

TEST(Html, a_link_that_would_run_is_not_a_link) {
  Text text;
  text.figure("1", "javascript:alert(1)").figure("2", "//evil.example").figure("3", "/ok?a=\"b\"");
  text.add("<img src=x onerror=alert(1)>");
  const auto html = to_html(just({Paragraph{.text = text}}));
  EXPECT_THAT(html, Not(HasSubstr("javascript")));
  EXPECT_THAT(html, Not(HasSubstr("evil")));
  EXPECT_THAT(html, HasSubstr("href=\"/ok?a=&quot;b&quot;\""));
  EXPECT_THAT(html, Not(HasSubstr("<img")));
}

TEST(Xlsx, sums_and_rates_are_formulas_with_their_values_beside_them) {
  Table table{.columns = {{}, {}, {}, {}}, .head = {{{.text = "Đơn vị"}, {.text = "Hội viên"}, {.text = "Dân số"}, {.text = "Tỷ lệ"}}}, .rows = {}};
  const auto rate = [](std::int64_t of, std::int64_t all) {
    auto cell = TableCell::share(of, all);
    cell.formula = QuotientOfColumns{1, 2, 100};
    return cell;
  };
  const auto sum = [](std::int64_t value, SumOfRows rows) {
    auto cell = TableCell::count(value);
    cell.formula = std::move(rows);
    return cell;
  };
  table.rows = {{.kind = RowKind::group, .cells = {TableCell::of("Xã"), sum(350, {{1, 2}}), sum(1'000, {{1, 2}}), rate(350, 1'000)}},
                {.cells = {TableCell::of("Ea Kar"), TableCell::count(120), TableCell::count(400), rate(120, 400)}},
                {.cells = {TableCell::of("Ea Ô"), TableCell::count(230), TableCell::count(600), rate(230, 600)}},
                {.kind = RowKind::total, .cells = {TableCell::of("Cộng"), sum(350, {{0, 0}}), sum(1'000, {{0, 0}}), rate(350, 1'000)}}};
  Document document{.summary = "Phụ lục", .blocks = {table}};
  const auto made = to_xlsx(document);
  ASSERT_TRUE(made);
  const auto book = spreadsheet::read_workbook(spreadsheet::bytes_of(*made));
  ASSERT_TRUE(book);
  const auto& sheet = book->sheets.front();
  EXPECT_TRUE(sheet.at(6, 2).is_formula());
  EXPECT_EQ(sheet.at(6, 2).number, 350);
  EXPECT_DOUBLE_EQ(sheet.at(4, 4).number, 0.3);
  const std::string xml = part(*made, "xl/worksheets/sheet1.xml");
  EXPECT_THAT(xml, HasSubstr("<f>SUM(B4:B5)</f>"));
  EXPECT_THAT(xml, HasSubstr("<f>SUM(B3)</f>"));
  EXPECT_THAT(xml, HasSubstr("<f>IF(C4=0,0,B4/C4)</f>"));
}

TEST(Xlsx, an_annex_holds_numbers_and_not_texts) {
  const auto bytes = to_xlsx(sample_report());
  ASSERT_TRUE(bytes);
  keep("report.xlsx", *bytes);
  const auto workbook = spreadsheet::read_workbook(spreadsheet::bytes_of(*bytes));
  ASSERT_TRUE(workbook) << workbook.error().message;
  ASSERT_EQ(workbook->sheets.size(), 3u);
  const auto& annex = workbook->sheets[1];
  EXPECT_EQ(annex.name, "Phụ lục 1");
  EXPECT_EQ(annex.at_merged(5, 4).text, "Cùng kỳ");
  EXPECT_EQ(annex.at_merged(4, 4).text, "Hội viên");
  EXPECT_EQ(annex.at_merged(5, 1).text, "TT");
  EXPECT_EQ(annex.at(6, 1).text, "Cụm 1");
  EXPECT_EQ(annex.at(7, 3).number, 1'237);
  EXPECT_EQ(annex.at(7, 9).number, 7'650'000);
  EXPECT_EQ(annex.at(21, 7).kind, spreadsheet::CellKind::number);
  EXPECT_EQ(to_xlsx(just({Paragraph{.text = "Không có bảng"}})).error().code, "document.no_table");
}

TEST(Xlsx, a_head_is_as_high_as_its_words_need) {
  Table table;
  table.columns = {{.share = 1}, {.share = 1}, {.share = 8}};
  table.head = {{{.text = "Mô hình", .column_span = 2}, {.text = "Đơn vị", .row_span = 2}}, {{.text = "Gia đình học tập (hộ)"}, {.text = "Dòng họ"}}};
  table.rows.push_back({.cells = {TableCell::count(1), TableCell::count(2), TableCell::of("Xã Ea Kar")}});
  const auto bytes = to_xlsx(just({table}));
  ASSERT_TRUE(bytes);
  pugi::xml_document sheet;
  ASSERT_TRUE(sheet.load_string(part(*bytes, "xl/worksheets/sheet1.xml").c_str()));
  const auto height_of = [&](const char* row) { return sheet.child("worksheet").child("sheetData").find_child_by_attribute("row", "r", row).attribute("ht").as_double(); };
  const double one_line = height_of("2");
  EXPECT_GT(one_line, 0);
  EXPECT_GE(height_of("3"), 3 * one_line) << "“Gia đình học tập (hộ)” in the room of nine letters";
}

TEST(Layout, a_long_name_is_broken_as_offices_break_it) {
  EXPECT_EQ(broken_name("HỘI KHUYẾN HỌC TỈNH ĐẮK LẮK", 212), "HỘI KHUYẾN HỌC TỈNH ĐẮK LẮK");
  EXPECT_EQ(broken_name("HỘI KHUYẾN HỌC THÀNH PHỐ HỒ CHÍ MINH", 212), "HỘI KHUYẾN HỌC\nTHÀNH PHỐ HỒ CHÍ MINH");
  EXPECT_EQ(broken_name("HỘI KHUYẾN HỌC TRƯỜNG ĐẠI HỌC TÂY NGUYÊN", 212), "HỘI KHUYẾN HỌC TRƯỜNG\nĐẠI HỌC TÂY NGUYÊN");
  EXPECT_EQ(broken_name("DÀI", 1), "DÀI");
}

TEST(Layout, head_cells_that_span_too_far_are_kept_within_the_table) {
  Table table;
  table.columns.resize(3);
  table.head = {{{.text = "a", .column_span = 9}, {.text = "b"}}, {{.text = "c", .row_span = 9}, {.text = "d", .column_span = 0}}};
  const auto grid = head_grid(table);
  ASSERT_EQ(grid.cells.size(), 3u);
  EXPECT_EQ(grid.cells[0].columns, 3);
  EXPECT_EQ(grid.cells[1].rows, 1);
  EXPECT_EQ(grid.cells[2].columns, 1);
  EXPECT_EQ(grid.owner_at(1, 2), -1);
  const TableRow row{.cells = {{.column_span = 2}, {.column_span = 7}, {}, {}}};
  const auto cells = placed_cells(table, row);
  ASSERT_EQ(cells.size(), 2u);
  EXPECT_EQ(cells[1].columns, 1);
}

}  // namespace
}  // namespace khuyenhoc::document
