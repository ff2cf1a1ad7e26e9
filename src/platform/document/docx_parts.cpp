#include "platform/document/docx_parts.h"

#include <sstream>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "platform/document/layout.h"
#include "platform/spreadsheet/package.h"

namespace khuyenhoc::document {
namespace {

constexpr std::string_view xml_head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view relations_namespace = "http://schemas.openxmlformats.org/package/2006/relationships";
constexpr std::string_view word_type = "application/vnd.openxmlformats-officedocument.wordprocessingml";

std::string paragraph_style(std::string_view id, std::string_view name, std::string_view paragraph, std::string_view run, std::string_view based_on = "Normal") {
  return fmt::format(R"(<w:style w:type="paragraph" w:customStyle="{}" w:styleId="{}"><w:name w:val="{}"/><w:basedOn w:val="{}"/><w:qFormat/><w:pPr>{}</w:pPr><w:rPr>{}</w:rPr></w:style>)",
                     name.starts_with("heading") || name.starts_with("footnote") || name == "header" ? 0 : 1, id, name, based_on, paragraph, run);
}

std::string letters(double points, std::string_view more = {}) { return fmt::format(R"({}<w:sz w:val="{}"/><w:szCs w:val="{}"/>)", more, half_points(points), half_points(points)); }

}  // namespace

std::string content_types_xml(Footnotes footnotes) {
  std::string xml(xml_head);
  xml += R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>)";
  const auto part = [&](std::string_view name, std::string_view type) { fmt::format_to(std::back_inserter(xml), R"(<Override PartName="/{}" ContentType="{}.{}+xml"/>)", name, word_type, type); };
  part("word/document.xml", "document.main");
  part("word/styles.xml", "styles");
  part("word/settings.xml", "settings");
  part("word/header1.xml", "header");
  part("word/header2.xml", "header");
  if (footnotes == Footnotes::some) part("word/footnotes.xml", "footnotes");
  xml += R"(<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>)";
  return xml;
}

std::string package_relations_xml() {
  return fmt::format(R"({}<Relationships xmlns="{}"><Relationship Id="rId1" Type="{}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>)",
                     xml_head, relations_namespace, relation_namespace);
}

std::string picture_name(std::size_t index) { return fmt::format("media/image{}.png", index + 1); }
std::string picture_relation(std::size_t index) { return fmt::format("rIdPicture{}", index + 1); }

std::string document_relations_xml(Footnotes footnotes, std::size_t pictures) {
  auto xml = fmt::format(R"({}<Relationships xmlns="{}">)", xml_head, relations_namespace);
  const auto relation = [&](std::string_view id, std::string_view type, std::string_view target) {
    fmt::format_to(std::back_inserter(xml), R"(<Relationship Id="{}" Type="{}/{}" Target="{}"/>)", id, relation_namespace, type, target);
  };
  relation("rId1", "styles", "styles.xml");
  relation("rId2", "settings", "settings.xml");
  relation("rId3", "header", "header1.xml");
  relation("rId4", "header", "header2.xml");
  if (footnotes == Footnotes::some) relation("rId5", "footnotes", "footnotes.xml");
  for (std::size_t index = 0; index < pictures; ++index) relation(picture_relation(index), "image", picture_name(index));
  return xml + "</Relationships>";
}

std::string core_properties_xml(const Document& document) {
  pugi::xml_document xml;
  auto root = xml.append_child("cp:coreProperties");
  root.append_attribute("xmlns:cp") = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
  root.append_attribute("xmlns:dc") = "http://purl.org/dc/elements/1.1/";
  root.append_attribute("xmlns:dcterms") = "http://purl.org/dc/terms/";
  root.append_attribute("xmlns:xsi") = "http://www.w3.org/2001/XMLSchema-instance";
  const auto title = document.kind.empty() ? document.summary : document.kind + " " + document.summary;
  root.append_child("dc:title").append_child(pugi::node_pcdata).set_value(spreadsheet::xml_text(title).c_str());
  if (document.letterhead) root.append_child("dc:creator").append_child(pugi::node_pcdata).set_value(spreadsheet::xml_text(document.letterhead->issuer).c_str());
  root.append_child("dc:language").append_child(pugi::node_pcdata).set_value("vi-VN");
  for (const auto* name : {"dcterms:created", "dcterms:modified"}) {
    auto node = root.append_child(name);
    node.append_attribute("xsi:type") = "dcterms:W3CDTF";
    node.append_child(pugi::node_pcdata).set_value((document.day.iso() + "T00:00:00Z").c_str());
  }
  std::ostringstream out;
  xml.save(out, "", pugi::format_raw, pugi::encoding_utf8);
  return out.str();
}

std::string styles_xml() {
  std::string xml(xml_head);
  fmt::format_to(std::back_inserter(xml), R"(<w:styles xmlns:w="{}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>{}<w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>)",
                 word_namespace, letters(measure::body_pt));
  xml += R"(<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>)";
  xml += R"(<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>)";
  const auto body_spacing = fmt::format(R"(<w:spacing w:before="0" w:after="{}" w:line="{}" w:lineRule="auto"/><w:ind w:firstLine="{}"/>)", twips_of_pt(measure::between_paragraphs_pt),
                                        static_cast<int>(240 * measure::line_spacing + 0.5), twips_of_mm(measure::first_line_mm));
  const auto heading = [&](int level, std::string_view run) {
    return paragraph_style(fmt::format("Heading{}", level), fmt::format("heading {}", level), fmt::format(R"(<w:keepNext/>{}<w:jc w:val="both"/><w:outlineLvl w:val="{}"/>)", body_spacing, level - 1), run);
  };
  xml += heading(1, "<w:b/>") + heading(2, "<w:b/>") + heading(3, "<w:b/><w:i/>") + heading(4, "<w:i/>");
  xml += paragraph_style("DocParagraph", "Doc Paragraph", body_spacing + R"(<w:jc w:val="both"/>)", "");
  const auto small = [&](double points, std::string_view jc, std::string_view more = {}, std::string_view spacing = R"(<w:spacing w:before="0" w:after="0"/>)") {
    return std::pair(fmt::format(R"({}<w:jc w:val="{}"/>)", spacing, jc), letters(points, more));
  };
  const auto add = [&](std::string_view id, std::string_view name, const std::pair<std::string, std::string>& both) { xml += paragraph_style(id, name, both.first, both.second); };
  add("DocNote", "Doc Note", small(measure::note_pt, "both", "<w:i/>", R"(<w:spacing w:before="60" w:after="120"/>)"));
  add("DocCapitals", "Doc Capitals", small(measure::capitals_pt, "center"));
  add("DocMotto", "Doc Motto", small(measure::motto_pt, "center", "<w:b/>"));
  add("DocNumber", "Doc Number", small(measure::number_pt, "center", "", R"(<w:spacing w:before="80" w:after="0"/>)"));
  add("DocPlace", "Doc Place", small(measure::number_pt, "center", "<w:i/>", R"(<w:spacing w:before="80" w:after="0"/>)"));
  add("DocRule", "Doc Rule", small(2, "center", "", R"(<w:spacing w:before="50" w:after="0" w:line="40" w:lineRule="exact"/>)"));
  add("DocTitle", "Doc Title", small(measure::body_pt, "center", "<w:b/>"));
  add("DocAttached", "Doc Attached", small(measure::note_pt + 1, "center", "<w:i/>", R"(<w:spacing w:before="40" w:after="120"/>)"));
  add("DocCaption", "Doc Caption", small(measure::number_pt, "center", "<w:b/>", R"(<w:keepNext/><w:spacing w:before="120" w:after="60"/>)"));
  add("DocUnit", "Doc Unit", small(measure::note_pt, "right", "<w:i/>", R"(<w:keepNext/><w:spacing w:before="0" w:after="40"/>)"));
  add("DocCell", "Doc Cell", small(12, "left", "", R"(<w:spacing w:before="30" w:after="30"/>)"));
  add("DocAuthority", "Doc Authority", small(measure::body_pt, "center", "<w:b/>", R"(<w:keepNext/><w:spacing w:before="0" w:after="0"/>)"));
  add("DocRecipientsHead", "Doc Recipients Head", small(measure::recipients_head_pt, "left", "<w:b/><w:i/>", R"(<w:keepNext/><w:spacing w:before="0" w:after="0"/>)"));
  add("DocRecipients", "Doc Recipients", small(measure::recipients_pt, "left"));
  add("DocAddressee", "Doc Addressee", small(measure::body_pt, "left", "", R"(<w:spacing w:before="0" w:after="0"/>)"));
  add("FootnoteText", "footnote text", small(measure::footnote_pt, "both"));
  add("Header", "header", small(measure::page_number_pt, "center"));
  xml += R"(<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>)";
  return xml + "</w:styles>";
}

std::string settings_xml(Footnotes footnotes) {
  return fmt::format(R"({}<w:settings xmlns:w="{}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>{}<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="vi-VN"/></w:settings>)",
                     xml_head, word_namespace, footnotes == Footnotes::some ? R"(<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>)" : "");
}

std::string numbered_header_xml() {
  return fmt::format(R"({}<w:hdr xmlns:w="{}"><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>)",
                     xml_head, word_namespace);
}

std::string empty_header_xml() { return fmt::format(R"({}<w:hdr xmlns:w="{}"><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p></w:hdr>)", xml_head, word_namespace); }

}  // namespace khuyenhoc::document
