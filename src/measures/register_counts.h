// Counts of bodies and communes as facts of the cube: +1 where a body begins, -1 where it ends, worked out from the organisation and never typed (design 4.2).
#pragma once

#include <vector>

#include "measures/catalogue.h"
#include "measures/cube.h"
#include "organisation/organisation.h"

namespace khuyenhoc {

struct RegisterCount {
  Series series = 0;
  std::vector<CubeFact> facts;
};

// Those that organisation and territory know: associations, branches and boards by group, communes with and without an association, learning centres.
// A commune without an association of its own counts at the association responsible for the area above it; so does a learning centre, which belongs to
// another system.
std::vector<RegisterCount> register_counts(const Catalogue& catalogue, const Organisation& organisation);

}  // namespace khuyenhoc
