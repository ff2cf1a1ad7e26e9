// Việc cần làm: what is due, whom one waits for, what has changed; and everything else of the menu on a page of its own, for phones.
#pragma once

#include "shell/visit.h"

namespace khuyenhoc {

// Also sets house.things_to_do: the count beside "Việc cần làm" on every page.
void add_home_pages(Pages& pages);

}  // namespace khuyenhoc
