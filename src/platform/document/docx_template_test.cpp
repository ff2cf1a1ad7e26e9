#include "platform/document/docx_template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include <pugixml.hpp>

#include "platform/spreadsheet/package.h"
#include "platform/spreadsheet/workbook.h"

namespace khuyenhoc::document {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* types = R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>)";

std::string docx(const std::string& body, std::initializer_list<std::pair<std::string, std::string>> more = {}) {
  spreadsheet::PackageWriter package;
  package.add("[Content_Types].xml", types);
  package.add("word/document.xml", R"(<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>)" + body + "</w:body></w:document>");
  for (const auto& [name, content] : more) package.add(name, content);
  return package.finish();
}
std::string run(const std::string& text, const std::string& look = {}) { return "<w:r>" + (look.empty() ? "" : "<w:rPr>" + look + "</w:rPr>") + "<w:t xml:space=\"preserve\">" + text + "</w:t></w:r>"; }
std::string paragraph(const std::string& runs) { return "<w:p>" + runs + "</w:p>"; }

std::string part(const std::string& file, std::string_view name = "word/document.xml") {
  auto package = spreadsheet::Package::open(spreadsheet::bytes_of(file), {});
  EXPECT_TRUE(package);
  return package->read(name, 1u << 20).value_or("");
}
// Each paragraph's text on a line.
std::string text_of(const std::string& file, std::string_view name = "word/document.xml") {
  pugi::xml_document xml;
  xml.load_string(part(file, name).c_str());
  std::string out;
  for (const auto& line : xml.select_nodes("//w:p")) {
    for (const auto& one : line.node().select_nodes(".//w:r"))
      for (auto node = one.node().first_child(); node; node = node.next_sibling()) out += std::string_view(node.name()) == "w:br" ? "/" : std::string_view(node.name()) == "w:t" ? node.child_value() : "";
    out += '\n';
  }
  return out;
}
std::string code(const Result<DocxTemplate>& result) { return result ? std::string() : result.error().code; }

TemplateSource source(std::map<std::string, TemplateValue> values) {
  return {.value = [values = std::move(values)](const std::string& key) { return values.contains(key) ? values.at(key) : TemplateValue("?" + key); }};
}

TEST(DocxTemplate, One_name_has_many_spellings) {
  EXPECT_EQ(template_key("Lời văn: ưu điểm"), "loi_van.uu_diem");
  EXPECT_EQ(template_key("loi_van.uu_diem"), "loi_van.uu_diem");
  EXPECT_EQ(template_key(" LỜI VĂN :ƯU  ĐIỂM "), "loi_van.uu_diem");
  EXPECT_EQ(template_key("B01: cùng kỳ"), "b01.cung_ky");
}

TEST(DocxTemplate, A_name_that_Word_split_over_several_runs_is_filled_in_the_look_of_its_first_letter) {
  const auto made = DocxTemplate::read(docx(paragraph(run("Số: ") + run("&lt;&lt;", "<w:b/>") + "<w:proofErr w:type=\"spellStart\"/>" + run("s") + run("ố&gt;", "<w:i/>") + run("&gt;/BC-HKH") + run(" và {{B01}}"))));
  ASSERT_TRUE(made) << made.error().message;
  ASSERT_EQ(made->places().size(), 2U);
  EXPECT_EQ(made->places()[0].written, "<<số>>");
  EXPECT_EQ(made->places()[0].key, "so");
  EXPECT_EQ(made->places()[0].around, "Số: <<số>>/BC-HKH và {{B01}}");
  EXPECT_EQ(made->places()[1].key, "b01");
  const auto filled = made->fill(source({{"so", "07"}, {"b01", "12.309 < 13.000"}}));
  EXPECT_EQ(text_of(filled), "Số: 07/BC-HKH và 12.309 < 13.000\n");
  EXPECT_THAT(part(filled), HasSubstr("<w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">07</w:t>"));
}

TEST(DocxTemplate, Mail_merge_fields_are_names_too) {
  const std::string complex = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> MERGE</w:instrText></w:r><w:r><w:instrText>FIELD \"tên đơn vị\" \\* MERGEFORMAT </w:instrText></w:r>"
                              "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" + run("«tên ", "<w:b/>") + run("đơn vị»") + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
  const std::string page_number = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" + run("2") + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
  const auto made = DocxTemplate::read(docx(paragraph(complex + run(", ") + "<w:fldSimple w:instr=\" MERGEFIELD ngay \">" + run("«ngay»") + "</w:fldSimple>") + paragraph(page_number)));
  ASSERT_TRUE(made) << made.error().message;
  ASSERT_EQ(made->places().size(), 2U);
  EXPECT_EQ(made->places()[0].key, "ten_don_vi");
  const auto filled = made->fill(source({{"ten_don_vi", "Hội Khuyến học xã Ea Kar"}, {"ngay", "ngày 08 tháng 6 năm 2026"}}));
  EXPECT_EQ(text_of(filled), "Hội Khuyến học xã Ea Kar, ngày 08 tháng 6 năm 2026\n2\n");
  EXPECT_THAT(part(filled), HasSubstr(" PAGE ")) << "a page number stays one";
  EXPECT_THAT(part(filled), Not(HasSubstr("MERGEFIELD")));
}

TEST(DocxTemplate, Paragraphs_and_tables_take_the_place_of_a_line_and_its_look) {
  Table table{.columns = {{}, {}}, .head = {{{.text = "Đơn vị"}, {.text = "Hội viên"}}}, .rows = {{.cells = {TableCell::of("Ea Kar"), TableCell::count(120)}}}};
  const auto made = DocxTemplate::read(docx(paragraph("<w:pPr><w:ind w:firstLine=\"567\"/></w:pPr>" + run("&lt;&lt;lời văn: ưu điểm&gt;&gt;", "<w:sz w:val=\"26\"/>")) + paragraph(run("Bảng: &lt;&lt;bảng&gt;&gt;")) +
                                          "<w:tbl><w:tr><w:tc>" + paragraph(run("&lt;&lt;bảng&gt;&gt;")) + "</w:tc><w:tc>" + paragraph(run("&lt;&lt;trống&gt;&gt;")) + "</w:tc></w:tr></w:tbl>"));
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_TRUE(made->places()[0].alone);
  EXPECT_FALSE(made->places()[1].alone);
  EXPECT_EQ(made->places()[2].part, TemplatePlace::Part::table);
  const std::vector<Block> words{Paragraph{.text = Text("Hội viên tăng.")}, BulletList{{Text("Một").add(" hai", Weight::bold)}}};
  const auto filled = made->fill(source({{"loi_van.uu_diem", words}, {"bang", std::vector<Block>{table}}, {"trong", std::vector<Block>{}}}));
  EXPECT_EQ(text_of(filled), "Hội viên tăng.\n- Một hai\nBảng: \nĐơn vị\nHội viên\nEa Kar\n120\n\n\n");
  EXPECT_THAT(part(filled), HasSubstr("<w:pPr><w:ind w:firstLine=\"567\"/></w:pPr><w:r><w:rPr><w:sz w:val=\"26\"/></w:rPr><w:t xml:space=\"preserve\">- </w:t>"));
  EXPECT_THAT(part(filled), HasSubstr("<w:rPr><w:b/><w:sz w:val=\"26\"/></w:rPr><w:t xml:space=\"preserve\"> hai</w:t>"));
  EXPECT_THAT(part(filled), HasSubstr("<w:tc><w:p/></w:tc></w:tr></w:tbl></w:body>")) << "a cell ends with a paragraph";
}

TEST(DocxTemplate, A_row_with_fields_of_a_row_is_repeated) {
  const auto cell = [](const std::string& text) { return "<w:tc>" + paragraph(run(text)) + "</w:tc>"; };
  const auto made = DocxTemplate::read(docx("<w:tbl><w:tr>" + cell("Đơn vị") + cell("{{năm}}") + "</w:tr><w:tr>" + cell("{{dòng: đơn vị}}") + cell("{{dòng: B01}} ({{năm}})") + "</w:tr></w:tbl>" + paragraph("")));
  ASSERT_TRUE(made);
  TemplateSource rows = source({{"nam", "2026"}});
  rows.is_of_row = [](const std::string& key) { return key.starts_with("dong."); };
  rows.rows = 2;
  rows.row_value = [](const std::string& key, std::size_t row) { return key == "dong.don_vi" ? (row == 0 ? "Ea Kar" : "Ea Ô") : std::to_string(100 + row); };
  EXPECT_EQ(text_of(made->fill(rows)), "Đơn vị\n2026\nEa Kar\n100 (2026)\nEa Ô\n101 (2026)\n\n");
}

TEST(DocxTemplate, A_line_break_in_a_value_is_one_in_Word_and_heads_are_filled_as_well) {
  const auto made = DocxTemplate::read(docx(paragraph(run("&lt;&lt;ký&gt;&gt;")), {{"word/header1.xml", "<w:hdr xmlns:w=\"w\">" + paragraph(run("&lt;&lt;tên&gt;&gt;")) + "</w:hdr>"}, {"word/media/image1.png", "PNG"}}));
  ASSERT_TRUE(made);
  EXPECT_EQ(made->places()[1].part, TemplatePlace::Part::header);
  const auto filled = made->fill(source({{"ky", "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH"}, {"ten", "Ea Kar"}}));
  EXPECT_EQ(text_of(filled), "TM. BAN THƯỜNG VỤ/CHỦ TỊCH\n");
  EXPECT_EQ(text_of(filled, "word/header1.xml"), "Ea Kar\n");
  EXPECT_EQ(part(filled, "word/media/image1.png"), "PNG");
}

TEST(DocxTemplate, A_text_box_inside_a_replaced_line_does_no_harm) {
  const std::string box = "<w:r><w:pict><w:txbxContent>" + paragraph(run("{{trong hộp}}")) + paragraph("<w:fldSimple w:instr=\"MERGEFIELD a\">" + run("«a»") + "</w:fldSimple>") + "</w:txbxContent></w:pict></w:r>";
  const auto made = DocxTemplate::read(docx(paragraph(run("{{đoạn}}") + box) + paragraph("<w:fldSimple w:instr=\"MERGEFIELD b\">" + box + box + "</w:fldSimple>")));
  ASSERT_TRUE(made);
  EXPECT_THAT(text_of(made->fill(source({{"doan", std::vector<Block>{Paragraph{.text = Text("Đây.")}}}, {"b", "B"}}))), HasSubstr("Đây.\n"));
}

TEST(DocxTemplate, What_Word_would_run_or_fetch_is_refused) {
  const auto with = [](const std::string& name, const std::string& content) { return code(DocxTemplate::read(docx(paragraph(run("x")), {{name, content}}))); };
  EXPECT_EQ(with("word/vbaProject.bin", "x"), "template.macro");
  EXPECT_EQ(with("word/embeddings/oleObject1.bin", "x"), "template.embedded");
  EXPECT_EQ(with("word/activeX/activeX1.xml", "x"), "template.embedded");
  EXPECT_EQ(with("word/_rels/document.xml.rels", R"(<Relationships><Relationship Id="a" Type="http://x/image" Target="http://example.org/a.png" TargetMode="External"/></Relationships>)"), "template.embedded");
  EXPECT_EQ(with("word/_rels/document.xml.rels", R"(<Relationships><Relationship Id="a" Type="http://x/hyperlink" Target="https://example.org" TargetMode="External"/></Relationships>)"), "");
  EXPECT_EQ(code(DocxTemplate::read(docx(paragraph("<w:fldSimple w:instr=\" DDEAUTO c:\\\\a \"/>")))), "template.embedded");
  EXPECT_EQ(code(DocxTemplate::read(docx(paragraph("<w:r><w:instrText>INCLUDEPIC</w:instrText></w:r><w:r><w:instrText>TURE http://x</w:instrText></w:r>")))), "template.embedded");
  const auto settings = DocxTemplate::read(docx(paragraph(run("x")), {{"word/settings.xml", R"(<w:settings xmlns:w="w"><w:attachedTemplate r:id="rId1"/><w:zoom/></w:settings>)"},
                                                                     {"word/_rels/settings.xml.rels", R"(<Relationships><Relationship Id="rId1" Type="http://x/attachedTemplate" Target="http://evil.example/a.dotm" TargetMode="External"/></Relationships>)"}}));
  ASSERT_TRUE(settings);
  const auto filled = settings->fill(source({}));
  EXPECT_THAT(part(filled, "word/settings.xml"), Not(HasSubstr("attachedTemplate")));
  EXPECT_THAT(part(filled, "word/_rels/settings.xml.rels"), Not(HasSubstr("evil")));
}

TEST(DocxTemplate, What_is_no_document_or_too_much_of_one_is_refused_in_words) {
  EXPECT_EQ(code(DocxTemplate::read("\xD0\xCF\x11\xE0 doc")), "template.not_docx");
  EXPECT_EQ(code(DocxTemplate::read("PK\x03\x04 cut off")), "template.broken");
  spreadsheet::PackageWriter other;
  other.add("xl/workbook.xml", "<workbook/>");
  EXPECT_EQ(code(DocxTemplate::read(other.finish())), "template.not_docx");
  EXPECT_EQ(code(DocxTemplate::read(docx(std::string(60u << 20, ' ')))), "template.too_large");
  EXPECT_EQ(code(DocxTemplate::read(docx("<w:p>"))), "template.broken");
  EXPECT_EQ(code(DocxTemplate::read(docx(paragraph(run("x")), {{"word/header1.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><w:hdr>&b;</w:hdr>"}}))), "template.broken");
  const auto open = DocxTemplate::read(docx(paragraph(run("Số: &lt;&lt;so")) + paragraph(run("&gt;&gt;"))));
  EXPECT_EQ(code(open), "template.open");
  EXPECT_THAT(open.error().message, HasSubstr("<<so"));
  std::string many;
  for (int i = 0; i < 300'000; ++i) many += "{{a}}";
  EXPECT_EQ(code(DocxTemplate::read(docx(paragraph(run(many))))), "template.too_large");
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<w:p>";
  for (int i = 0; i < 100'000; ++i) deep += "</w:p>";
  EXPECT_TRUE(DocxTemplate::read(docx(deep)));
}

}  // namespace
}  // namespace khuyenhoc::document
