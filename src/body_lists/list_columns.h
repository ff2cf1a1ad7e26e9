// The columns of a list of bodies, in the order of their places, and what the page asks beside them.
#pragma once

#include <vector>

#include "importing/importing.h"
#include "organisation/systems.h"

namespace khuyenhoc::body_lists {

enum Column : std::size_t { name, short_name, kind, area, superior, born, head, telephone, former_area };

std::vector<ImportColumn> columns(const Systems& systems, const BodyKind& above);
std::vector<ImportField> options(Day today);

// Kinds that may be founded somewhere below a body of this kind, in the order of the catalogue.
std::vector<const BodyKind*> kinds_below(const Systems& systems, const BodyKind& above, Day day);
std::string label_of(const BodyKind& kind);

}  // namespace khuyenhoc::body_lists
