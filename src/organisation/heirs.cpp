#include "organisation/heirs.h"

namespace khuyenhoc {

bool of_one_system(const Organisation& organisation, BodyId one, BodyId other) { return organisation.kind(one).system == organisation.kind(other).system; }

std::vector<BodyId> heirs(const Organisation& organisation, BodyId body) {
  std::vector<BodyId> out = organisation.successors(body);
  std::erase_if(out, [&](BodyId id) { return !of_one_system(organisation, body, id); });
  return out;
}

std::vector<BodyId> inherited_from(const Organisation& organisation, BodyId body) {
  std::vector<BodyId> out = organisation.predecessors(body);
  std::erase_if(out, [&](BodyId id) { return !of_one_system(organisation, body, id); });
  return out;
}

}  // namespace khuyenhoc
