// The pages of links: where they are made, and what opens behind one.
#pragma once

#include "reporting/reporting.h"

namespace khuyenhoc {

void add_link_making_pages(Pages& pages);
void add_linked_pages(Pages& pages);      // /l/{token}

}  // namespace khuyenhoc
