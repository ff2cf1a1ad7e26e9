// Thể thức văn bản: the page of a body's office for letterhead, numbering, seal and signatures, and who signs for whom, with a preview as the paper shows it.
#pragma once

#include "shell/visit.h"

namespace khuyenhoc {

void add_paper_style_pages(Pages& pages);

}  // namespace khuyenhoc
