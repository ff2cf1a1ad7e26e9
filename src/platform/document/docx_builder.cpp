#include "platform/document/docx_builder.h"

#include <algorithm>
#include <sstream>
#include <tuple>

#include "platform/document/docx_parts.h"
#include "platform/document/layout.h"
#include "platform/spreadsheet/package.h"

namespace khuyenhoc::document {

using pugi::xml_node;

const char* justification(Alignment alignment) {
  switch (alignment) {
    case Alignment::left: return "left";
    case Alignment::centre: return "center";
    case Alignment::right: return "right";
    case Alignment::justified: return "both";
  }
  return "left";
}

xml_node child(xml_node parent, const char* name) { return parent.append_child(name); }

xml_node child_value(xml_node parent, const char* name, const char* value) {
  auto node = parent.append_child(name);
  node.append_attribute("w:val").set_value(value);
  return node;
}

xml_node child_value(xml_node parent, const char* name, int value) {
  auto node = parent.append_child(name);
  node.append_attribute("w:val").set_value(value);
  return node;
}

std::string saved(const pugi::xml_document& xml) {
  std::ostringstream out;
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
  xml.save(out, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
  return out.str();
}

xml_node DocxBuilder::paragraph(xml_node parent, const char* style) {
  auto node = child(parent, "w:p");
  child_value(child(node, "w:pPr"), "w:pStyle", style);
  return node;
}

void DocxBuilder::run(xml_node paragraph, std::string_view value, Weight weight, double points) {
  auto node = child(paragraph, "w:r");
  if (weight != Weight::regular || points > 0) {
    auto properties = child(node, "w:rPr");
    if (weight == Weight::bold || weight == Weight::bold_italic) child(properties, "w:b");
    if (weight == Weight::italic || weight == Weight::bold_italic) child(properties, "w:i");
    if (points > 0) {
      child_value(properties, "w:sz", half_points(points));
      child_value(properties, "w:szCs", half_points(points));
    }
  }
  const auto clean = spreadsheet::xml_text(value);
  for (std::size_t from = 0;;) {
    const auto end = clean.find('\n', from);
    auto piece = child(node, "w:t");
    piece.append_attribute("xml:space") = "preserve";
    piece.append_child(pugi::node_pcdata).set_value(clean.substr(from, end - from).c_str());
    if (end == std::string::npos) return;
    child(node, "w:br");
    from = end + 1;
  }
}

void DocxBuilder::text(xml_node paragraph, const Text& text, double points, Weight at_least) {
  for (const auto& piece : text.runs) {
    run(paragraph, piece.text, piece.weight == Weight::regular ? at_least : piece.weight, points);
    if (!piece.footnote.empty()) footnote(paragraph, piece.footnote);
  }
}

void DocxBuilder::footnote(xml_node paragraph, const std::string& note) {
  if (notes_ == 0) {
    auto root = child(footnotes_, "w:footnotes");
    root.append_attribute("xmlns:w") = word_namespace;
    for (const auto& [id, type, mark] : {std::tuple(-1, "separator", "w:separator"), std::tuple(0, "continuationSeparator", "w:continuationSeparator")}) {
      auto separator = child(root, "w:footnote");
      separator.append_attribute("w:type") = type;
      separator.append_attribute("w:id") = id;
      child(child(child(separator, "w:p"), "w:r"), mark);
    }
  }
  ++notes_;
  auto body = child(footnotes_.first_child(), "w:footnote");
  body.append_attribute("w:id") = notes_;
  auto line = this->paragraph(body, "FootnoteText");
  const auto reference_run = [](xml_node parent) {
    auto node = child(parent, "w:r");
    child_value(child(node, "w:rPr"), "w:rStyle", "FootnoteReference");
    return node;
  };
  child(reference_run(line), "w:footnoteRef");
  run(line, " " + note, Weight::regular);
  child(reference_run(paragraph), "w:footnoteReference").append_attribute("w:id") = notes_;
}

void DocxBuilder::rule(xml_node parent, int width, int length) {
  auto properties = paragraph(parent, "DocRule").child("w:pPr");
  auto top = child(child(properties, "w:pBdr"), "w:top");
  top.append_attribute("w:val") = "single";
  top.append_attribute("w:sz") = static_cast<int>(measure::rule_pt * 8);
  top.append_attribute("w:space") = 1;
  top.append_attribute("w:color") = "000000";
  auto indent = child(properties, "w:ind");
  const int side = std::max((width - length) / 2, 0);
  indent.append_attribute("w:left") = side;
  indent.append_attribute("w:right") = side;
}

void DocxBuilder::picture(xml_node paragraph, const PlacedPicture& placed, std::string_view what) {
  constexpr double units_a_mm = 36'000;          // DrawingML counts in 914,400ths of an inch
  const auto units = [](double mm) { return static_cast<int>(mm * units_a_mm + (mm < 0 ? -0.5 : 0.5)); };
  const std::size_t index = pictures_.size();
  pictures_.push_back(*placed.picture->png);
  const auto properties = [&](xml_node node) {
    node.append_attribute("id") = static_cast<int>(index + 1);
    node.append_attribute("name") = std::string(what).c_str();
    node.append_attribute("descr") = std::string(what).c_str();
  };
  const auto extent = [&](xml_node node) {
    node.append_attribute("cx") = units(placed.picture->width_mm);
    node.append_attribute("cy") = units(placed.picture->height_mm);
  };
  auto anchor = child(child(child(paragraph, "w:r"), "w:drawing"), "wp:anchor");
  anchor.append_attribute("xmlns:wp") = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
  for (const auto* name : {"distT", "distB", "distL", "distR", "simplePos"}) anchor.append_attribute(name) = 0;
  anchor.append_attribute("relativeHeight") = static_cast<int>(index + 1);
  for (const auto* name : {"behindDoc", "locked"}) anchor.append_attribute(name) = 0;
  for (const auto* name : {"layoutInCell", "allowOverlap"}) anchor.append_attribute(name) = 1;
  auto simple = child(anchor, "wp:simplePos");
  simple.append_attribute("x") = 0;
  simple.append_attribute("y") = 0;
  const auto position = [&](const char* name, const char* from, double mm) {
    auto node = child(anchor, name);
    node.append_attribute("relativeFrom") = from;
    child(node, "wp:posOffset").append_child(pugi::node_pcdata).set_value(std::to_string(units(mm)).c_str());
  };
  position("wp:positionH", "column", placed.x_mm);
  position("wp:positionV", "paragraph", placed.y_mm);
  extent(child(anchor, "wp:extent"));
  child(anchor, "wp:wrapNone");
  properties(child(anchor, "wp:docPr"));
  auto graphic = child(anchor, "a:graphic");
  graphic.append_attribute("xmlns:a") = "http://schemas.openxmlformats.org/drawingml/2006/main";
  auto data = child(graphic, "a:graphicData");
  constexpr const char* picture_namespace = "http://schemas.openxmlformats.org/drawingml/2006/picture";
  data.append_attribute("uri") = picture_namespace;
  auto drawn = child(data, "pic:pic");
  drawn.append_attribute("xmlns:pic") = picture_namespace;
  auto named = child(drawn, "pic:nvPicPr");
  properties(child(named, "pic:cNvPr"));
  child(named, "pic:cNvPicPr");
  auto fill = child(drawn, "pic:blipFill");
  child(fill, "a:blip").append_attribute("r:embed") = picture_relation(index).c_str();
  child(child(fill, "a:stretch"), "a:fillRect");
  auto shape = child(drawn, "pic:spPr");
  auto frame = child(shape, "a:xfrm");
  auto corner = child(frame, "a:off");
  corner.append_attribute("x") = 0;
  corner.append_attribute("y") = 0;
  extent(child(frame, "a:ext"));
  auto geometry = child(shape, "a:prstGeom");
  geometry.append_attribute("prst") = "rect";
  child(geometry, "a:avLst");
}

xml_node DocxBuilder::table(xml_node parent, const std::vector<int>& widths, Border border) {
  auto node = child(parent, "w:tbl");
  auto properties = child(node, "w:tblPr");
  int all = 0;
  for (const int width : widths) all += width;
  auto width = child(properties, "w:tblW");
  width.append_attribute("w:w") = all;
  width.append_attribute("w:type") = "dxa";
  if (border == Border::grid) {
    auto borders = child(properties, "w:tblBorders");
    for (const auto* side : {"w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"}) {
      auto line = child_value(borders, side, "single");
      line.append_attribute("w:sz") = 4;
      line.append_attribute("w:space") = 0;
      line.append_attribute("w:color") = "000000";
    }
  }
  child(properties, "w:tblLayout").append_attribute("w:type") = "fixed";
  auto margins = child(properties, "w:tblCellMar");
  for (const auto* side : {"w:left", "w:right"}) {
    auto margin = child(margins, side);
    margin.append_attribute("w:w") = border == Border::grid ? 70 : 0;
    margin.append_attribute("w:type") = "dxa";
  }
  auto grid = child(node, "w:tblGrid");
  for (const int column : widths) child(grid, "w:gridCol").append_attribute("w:w") = column;
  return node;
}

xml_node DocxBuilder::table_row(xml_node table, Break how) {
  auto row = child(table, "w:tr");
  if (how == Break::stays_whole) child(child(row, "w:trPr"), "w:cantSplit");
  return row;
}

xml_node DocxBuilder::cell(xml_node row, int width, int span) {
  auto node = child(row, "w:tc");
  auto properties = child(node, "w:tcPr");
  auto size = child(properties, "w:tcW");
  size.append_attribute("w:w") = width;
  size.append_attribute("w:type") = "dxa";
  if (span > 1) child_value(properties, "w:gridSpan", span);
  return node;
}

}  // namespace khuyenhoc::document
