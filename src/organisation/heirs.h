// Who stands in for whom in figures: successors and predecessors within one system. A body that became part of one of another system hands nothing on by itself;
// what it did stays in the tree of its own system (docs/decisions/0014).
#pragma once

#include <vector>

#include "organisation/organisation.h"

namespace khuyenhoc {

bool of_one_system(const Organisation& organisation, BodyId one, BodyId other);
std::vector<BodyId> heirs(const Organisation& organisation, BodyId body);
std::vector<BodyId> inherited_from(const Organisation& organisation, BodyId body);

}  // namespace khuyenhoc
