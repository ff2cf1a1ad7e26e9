// The parts of a DOCX that are the same for every document: styles, headers, relations. Used by docx.cpp only.
#pragma once

#include <string>

#include "platform/document/document.h"

namespace khuyenhoc::document {

enum class Footnotes { none, some };

// Twentieths of a point, as WordprocessingML measures lengths; and half-points, as it measures letters.
constexpr int twips_of_mm(double mm) { return static_cast<int>(mm * 1440 / 25.4 + 0.5); }
constexpr int twips_of_pt(double pt) { return static_cast<int>(pt * 20 + 0.5); }
constexpr int half_points(double pt) { return static_cast<int>(pt * 2 + 0.5); }

std::string content_types_xml(Footnotes footnotes);     // also of pictures, used or not
std::string package_relations_xml();
std::string document_relations_xml(Footnotes footnotes, std::size_t pictures);
std::string picture_name(std::size_t index);            // "media/image1.png"
std::string picture_relation(std::size_t index);
std::string core_properties_xml(const Document& document);
std::string styles_xml();
std::string settings_xml(Footnotes footnotes);
std::string numbered_header_xml();
std::string empty_header_xml();

constexpr const char* word_namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
constexpr const char* relation_namespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

}  // namespace khuyenhoc::document
