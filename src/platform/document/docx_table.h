// A table as WordprocessingML: in a paper of ours, or inside a document that an office made. Used by docx.cpp and docx_template.cpp.
#pragma once

#include "platform/document/docx_builder.h"

namespace khuyenhoc::document {

// By the styles of our own papers, or written out at each paragraph, for a document whose styles are its own.
enum class Formatting { by_styles, direct };

// With its caption and unit above and a small gap below, which Word wants between two tables. `width` in twips.
void put_table(DocxBuilder& builder, pugi::xml_node parent, const Table& table, int width, Formatting formatting);

}  // namespace khuyenhoc::document
