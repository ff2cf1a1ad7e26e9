// Tổ chức Hội: the explorer of both trees with its search, the page of a body with what may be changed there, the page of an administrative unit.
#pragma once

#include "shell/visit.h"

namespace khuyenhoc {

void add_directory_pages(Pages& pages);

}  // namespace khuyenhoc
