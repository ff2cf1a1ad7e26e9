// The building blocks of WordprocessingML: paragraphs, runs, footnotes, rules, tables. Used by docx.cpp only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

#include "platform/document/document.h"

namespace khuyenhoc::document {

enum class Border { none, grid };
enum class Break { splits, stays_whole };

const char* justification(Alignment alignment);
pugi::xml_node child(pugi::xml_node parent, const char* name);
pugi::xml_node child_value(pugi::xml_node parent, const char* name, const char* value);
pugi::xml_node child_value(pugi::xml_node parent, const char* name, int value);
// The XML of a part, with its declaration.
std::string saved(const pugi::xml_document& xml);

// Lengths in twips, letters in points (0: the style's).
class DocxBuilder {
 public:
  pugi::xml_node paragraph(pugi::xml_node parent, const char* style);
  // A line break becomes <w:br/>; everything else one <w:t>.
  void run(pugi::xml_node paragraph, std::string_view value, Weight weight, double points = 0);
  void text(pugi::xml_node paragraph, const Text& text, double points = 0, Weight at_least = Weight::regular);
  // A thin line of `length` in the middle of `width`: the top border of an almost empty paragraph.
  void rule(pugi::xml_node parent, int width, int length);
  pugi::xml_node table(pugi::xml_node parent, const std::vector<int>& widths, Border border);
  pugi::xml_node table_row(pugi::xml_node table, Break how);
  pugi::xml_node cell(pugi::xml_node row, int width, int span = 1);

  // Floats over the text, its top left corner at this place of the column and the paragraph.
  void picture(pugi::xml_node paragraph, const PlacedPicture& placed, std::string_view what);

  const std::vector<std::string>& pictures() const { return pictures_; }
  int notes() const { return notes_; }
  const pugi::xml_document& footnotes_part() const { return footnotes_; }

 private:
  void footnote(pugi::xml_node paragraph, const std::string& note);

  pugi::xml_document footnotes_;
  int notes_ = 0;
  std::vector<std::string> pictures_;              // their bytes, in the order of their names
};

}  // namespace khuyenhoc::document
