// Entering figures: the grid of a commune, the short form of a branch, a commune's own figures, the same grid as a workbook; what is due, and the desk that writes, for other rooms.
#pragma once

#include "reporting/entry_desk.h"
#include "reporting/entry_state.h"
#include "shell/visit.h"

namespace khuyenhoc {

void add_reporting_pages(Pages& pages);

}  // namespace khuyenhoc
