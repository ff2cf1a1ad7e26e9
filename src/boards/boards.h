// The boards: the figures of any body or territory unit as a sentence, cards, one chart and one table; what each figure is made of; the same as a workbook.
#pragma once

#include "shell/visit.h"

namespace khuyenhoc {

void add_board_pages(Pages& pages);

// "/so-lieu/7" or "/so-lieu/dia-gioi/7".
Url board_url(const Subject& subject);

}  // namespace khuyenhoc
