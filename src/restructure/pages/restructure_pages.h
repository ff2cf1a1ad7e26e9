// Sắp xếp đơn vị: the list, drafts with their acts, the preview, what was carried out with its papers and handovers, and what a body was and is.
#pragma once

#include "shell/visit.h"

namespace khuyenhoc {

void add_restructure_pages(Pages& pages);

}  // namespace khuyenhoc
