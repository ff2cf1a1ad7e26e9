// Those who lead a body: its committees by terms with their members, its posts, and which of them looks after which bodies below.
#pragma once

#include "committees/areas.h"
#include "committees/terms.h"
#include "committees/terms_kept.h"
#include "shell/visit.h"

namespace khuyenhoc {

void add_committee_pages(Pages& pages);

}  // namespace khuyenhoc
