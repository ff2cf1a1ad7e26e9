#include <fmt/format.h>

#include "platform/document/docx_builder.h"
#include "platform/document/docx_parts.h"
#include "platform/document/docx_table.h"
#include "platform/document/layout.h"
#include "platform/spreadsheet/package.h"

namespace khuyenhoc::document {
namespace {

using pugi::xml_node;

class Writer : DocxBuilder {
 public:
  std::string write(const Document& document) {
    auto root = child(xml_, "w:document");
    root.append_attribute("xmlns:w") = word_namespace;
    root.append_attribute("xmlns:r") = relation_namespace;
    body_ = child(root, "w:body");
    if (document.letterhead) letterhead(*document.letterhead);
    titles(document);
    addressees(document.addressees);
    for (std::size_t index = 0; index < document.blocks.size(); ++index) {
      closing_follows_ = index + 1 < document.blocks.size() && std::holds_alternative<Closing>(document.blocks[index + 1]);
      std::visit(*this, document.blocks[index]);
    }
    section(child(body_, "w:sectPr"));

    const auto footnotes = notes() == 0 ? Footnotes::none : Footnotes::some;
    spreadsheet::PackageWriter package;
    package.add("[Content_Types].xml", content_types_xml(footnotes));
    package.add("_rels/.rels", package_relations_xml());
    package.add("word/document.xml", saved(xml_));
    package.add("word/_rels/document.xml.rels", document_relations_xml(footnotes, pictures().size()));
    for (std::size_t index = 0; index < pictures().size(); ++index) package.add("word/" + picture_name(index), pictures()[index]);
    package.add("word/styles.xml", styles_xml());
    package.add("word/settings.xml", settings_xml(footnotes));
    package.add("word/header1.xml", numbered_header_xml());
    package.add("word/header2.xml", empty_header_xml());
    if (footnotes == Footnotes::some) package.add("word/footnotes.xml", saved(footnotes_part()));
    package.add("docProps/core.xml", core_properties_xml(document));
    return package.finish();
  }

  void operator()(const Heading& block) { text(paragraph(body_, fmt::format("Heading{}", std::min(std::max(block.level, 1), 4)).c_str()), block.text); }

  void operator()(const Paragraph& block) {
    auto node = paragraph(body_, "DocParagraph");
    auto properties = node.child("w:pPr");
    // A signature never stands on a page without a word above it.
    if (closing_follows_) {
      child(properties, "w:keepNext");
      child(properties, "w:keepLines");
    }
    if (block.alignment != Alignment::justified) {
      if (block.alignment == Alignment::centre || block.alignment == Alignment::right) child(properties, "w:ind").append_attribute("w:firstLine") = 0;
      child_value(properties, "w:jc", justification(block.alignment));
    }
    text(node, block.text);
  }

  void operator()(const BulletList& block) {
    for (const auto& item : block.items) {
      auto node = paragraph(body_, "DocParagraph");
      run(node, "- ", Weight::regular);
      text(node, item);
    }
  }

  void operator()(const Note& block) { text(paragraph(body_, "DocNote"), block.text); }

  void operator()(const PageBreak&) { child(child(paragraph(body_, "Normal"), "w:r"), "w:br").append_attribute("w:type") = "page"; }

  void operator()(const Annex& block) {
    // The section that ends here is described by the last paragraph in it.
    auto end = paragraph(body_, "DocRule");
    section(child(end.child("w:pPr"), "w:sectPr"));
    orientation_ = block.orientation;
    run(paragraph(body_, "DocTitle"), block.name, Weight::regular);
    auto heading = paragraph(body_, "DocTitle");
    child_value(heading.child("w:pPr"), "w:outlineLvl", 0);
    run(heading, block.title, Weight::regular);
    if (!block.attached_to.empty()) run(paragraph(body_, "DocAttached"), "(" + block.attached_to + ")", Weight::regular);
  }

  void operator()(const Table& block) { put_table(*this, body_, block, text_width(), Formatting::by_styles); }

  void operator()(const Closing& block) {
    auto before = paragraph(body_, "DocRule");
    child(before.child("w:pPr"), "w:keepNext");
    auto spacing = child(before.child("w:pPr"), "w:spacing");
    spacing.append_attribute("w:before") = twips_of_pt(6);
    spacing.append_attribute("w:after") = 0;
    spacing.append_attribute("w:line") = 40;
    spacing.append_attribute("w:lineRule") = "exact";
    const int width = text_width();
    if (block.signers.size() <= 1) {
      const int left = width * 45 / 100;
      auto row = table_row(table(body_, {left, width - left}, Border::none), Break::stays_whole);
      recipients(cell(row, left), block);
      auto right = cell(row, width - left);
      if (block.signers.empty()) paragraph(right, "DocAuthority");
      else signature(right, block.signers.front(), width - left);
      paragraph(body_, "DocRule");     // Word wants a paragraph after the last table
      return;
    }
    const int each = width / static_cast<int>(block.signers.size());
    auto row = table_row(table(body_, std::vector<int>(block.signers.size(), each), Border::none), Break::stays_whole);
    for (const auto& signer : block.signers) signature(cell(row, each), signer, each);
    paragraph(body_, "DocRecipients");
    if (!block.recipients.empty()) recipients(body_, block);
  }

 private:
  int text_width() const {
    const double page = orientation_ == Orientation::landscape ? measure::page_long_mm : measure::page_short_mm;
    return twips_of_mm(page - measure::left_mm - measure::right_mm);
  }

  void letterhead(const Letterhead& head) {
    paragraph(body_, "DocRule");     // LibreOffice sets a whole blank line before a table that begins a document
    const int width = text_width();
    const int left_width = static_cast<int>(width * measure::letterhead_left_share);
    const int right_width = width - left_width;
    auto row = table_row(table(body_, {left_width, right_width}, Border::none), Break::stays_whole);
    auto left = cell(row, left_width);
    if (!head.superior.empty()) run(paragraph(left, "DocCapitals"), head.superior, Weight::regular);
    const auto issuer = broken_name(head.issuer, left_width / 20.0);
    run(paragraph(left, "DocCapitals"), issuer, Weight::bold);
    if (head.family == LetterheadFamily::youth_union) {
      run(paragraph(left, "DocCapitals"), "***", Weight::bold);
    } else {
      rule(left, left_width, static_cast<int>(std::min(twips_of_pt(longest_line_pt(issuer)), left_width) * rule_share));
    }
    run(paragraph(left, "DocNumber"), head.number, Weight::regular);
    if (!head.subject.empty()) run(paragraph(left, "DocCapitals"), head.subject, Weight::regular);
    auto right = cell(row, right_width);
    if (head.family == LetterheadFamily::youth_union) {
      run(paragraph(right, "DocMotto"), youth_union_line, Weight::regular);
      constexpr double line_width_pt = 168;     // of the line above at this size
      rule(right, right_width, twips_of_pt(line_width_pt));
    } else {
      run(paragraph(right, "DocCapitals"), national_line, Weight::bold);
      run(paragraph(right, "DocMotto"), motto_line, Weight::regular);
      constexpr double motto_width_pt = 159;
      rule(right, right_width, twips_of_pt(motto_width_pt));
    }
    run(paragraph(right, "DocPlace"), head.place_and_date, Weight::regular);
  }

  void titles(const Document& document) {
    if (document.kind.empty() && document.summary.empty()) return;
    auto spacing = child(paragraph(body_, "DocTitle").child("w:pPr"), "w:spacing");
    spacing.append_attribute("w:before") = 0;
    spacing.append_attribute("w:after") = 0;
    if (!document.kind.empty()) run(paragraph(body_, "DocTitle"), document.kind, Weight::regular);
    if (!document.summary.empty()) run(paragraph(body_, "DocTitle"), document.summary, Weight::regular);
    constexpr double longest_rule_mm = 45;
    rule(body_, text_width(), twips_of_mm(longest_rule_mm));
    auto gap = paragraph(body_, "DocRule");
    auto room = child(gap.child("w:pPr"), "w:spacing");
    room.append_attribute("w:before") = 0;
    room.append_attribute("w:after") = twips_of_pt(10);
  }

  void addressees(const std::vector<std::string>& names) {
    if (!names.empty()) paragraph(body_, "DocAddressee");
    for (std::size_t index = 0; index < names.size(); ++index) {
      if (names.size() == 1) {
        auto only = paragraph(body_, "DocAddressee");
        child_value(only.child("w:pPr"), "w:jc", "center");
        run(only, "Kính gửi: " + names[0], Weight::regular);
        break;
      }
      if (index == 0) indented(paragraph(body_, "DocAddressee"), 45, "Kính gửi:");
      indented(paragraph(body_, "DocAddressee"), 52, "- " + names[index] + (index + 1 == names.size() ? "." : ";"));
    }
    if (!names.empty()) paragraph(body_, "DocAddressee");
  }

  void indented(xml_node paragraph, double left_mm, const std::string& value) {
    child(paragraph.child("w:pPr"), "w:ind").append_attribute("w:left") = twips_of_mm(left_mm);
    run(paragraph, value, Weight::regular);
  }

  void recipients(xml_node parent, const Closing& block) {
    if (block.recipients.empty()) {
      paragraph(parent, "DocRecipients");
      return;
    }
    run(paragraph(parent, "DocRecipientsHead"), "Nơi nhận:", Weight::regular);
    for (const auto& line : recipient_lines(block)) run(paragraph(parent, "DocRecipients"), line, Weight::regular);
  }

  void signature(xml_node parent, const Signer& signer, int width) {
    for (const auto& line : signer.authority) run(paragraph(parent, "DocAuthority"), line, Weight::regular);
    const bool inked = signer.signature || signer.seal;
    if (inked) {
      const auto placed = placed_pictures(signer.signature ? &*signer.signature : nullptr, signer.seal ? &*signer.seal : nullptr, width / 20.0 * 25.4 / 72);
      auto ink = paragraph(parent, "DocAuthority");
      auto height = child(ink.child("w:pPr"), "w:spacing");
      height.append_attribute("w:before") = 0;
      height.append_attribute("w:after") = 0;
      height.append_attribute("w:line") = twips_of_mm(placed.room_mm);
      height.append_attribute("w:lineRule") = "exact";
      if (placed.signature.picture != nullptr) picture(ink, placed.signature, "Chữ ký");
      if (placed.seal.picture != nullptr) picture(ink, placed.seal, "Con dấu");
    }
    auto name = paragraph(parent, "DocAuthority");
    auto room = child(name.child("w:pPr"), "w:spacing");
    room.append_attribute("w:before") = inked ? 0 : twips_of_pt(measure::signature_room_pt);
    room.append_attribute("w:after") = 0;
    run(name, signer.name, Weight::regular);
  }

  // The first page of the paper carries no number, every later one does, also in annexes.
  void section(xml_node node) {
    const bool first = !first_section_done_;
    first_section_done_ = true;
    const auto header = [&](const char* type, const char* id) {
      auto reference = child(node, "w:headerReference");
      reference.append_attribute("w:type") = type;
      reference.append_attribute("r:id") = id;
    };
    if (first) {
      header("default", "rId3");
      header("first", "rId4");
    }
    const bool wide = orientation_ == Orientation::landscape;
    child_value(node, "w:type", "nextPage");
    auto size = child(node, "w:pgSz");
    size.append_attribute("w:w") = twips_of_mm(wide ? measure::page_long_mm : measure::page_short_mm);
    size.append_attribute("w:h") = twips_of_mm(wide ? measure::page_short_mm : measure::page_long_mm);
    if (wide) size.append_attribute("w:orient") = "landscape";
    auto margins = child(node, "w:pgMar");
    margins.append_attribute("w:top") = twips_of_mm(measure::top_mm);
    margins.append_attribute("w:right") = twips_of_mm(measure::right_mm);
    margins.append_attribute("w:bottom") = twips_of_mm(measure::bottom_mm);
    margins.append_attribute("w:left") = twips_of_mm(measure::left_mm);
    margins.append_attribute("w:header") = twips_of_mm(measure::header_mm);
    margins.append_attribute("w:footer") = twips_of_mm(measure::header_mm);
    margins.append_attribute("w:gutter") = 0;
    if (first) child(node, "w:titlePg");
  }

  pugi::xml_document xml_;
  xml_node body_;
  Orientation orientation_ = Orientation::portrait;
  bool first_section_done_ = false;
  bool closing_follows_ = false;
};

}  // namespace

std::string to_docx(const Document& document) { return Writer().write(document); }

}  // namespace khuyenhoc::document
