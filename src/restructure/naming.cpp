#include "restructure/naming.h"

#include "organisation/namesakes.h"

namespace khuyenhoc {

std::string name_then(const Organisation& organisation, BodyId id, Day day) {
  return organisation.find(id) != nullptr ? name_among_siblings(organisation, id, day) : std::string();
}

std::string office_then(const Organisation& organisation, BodyId id, Day day) {
  const Body* body = organisation.find(id);
  if (body == nullptr || organisation.kind(id).level != BodyKind::Level::branch) return {};
  const Body* above = organisation.find(body->on(day).superior);
  return above != nullptr ? above->on(day).name : std::string();
}

}  // namespace khuyenhoc
