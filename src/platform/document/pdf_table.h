// Tables over several pages: the head is repeated, rows stay whole unless one is taller than a page.
#pragma once

#include "platform/document/pdf_flow.h"

namespace khuyenhoc::document {

void draw_table(Flow& flow, const Table& table);

}  // namespace khuyenhoc::document
