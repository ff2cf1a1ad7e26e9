// Bodies in one list that bear the same name (after a merger three villages may be called alike), and what tells each of them from the others.
#pragma once

#include <map>
#include <span>
#include <string>

#include "organisation/organisation.h"

namespace khuyenhoc {

// The old unit a body lies in: the one it recorded, or the one it covered before it moved into the unit of today. None where there is no such.
UnitId former_unit(const Organisation& organisation, BodyId body, Day day);
// "Xã Cư Huê (cũ)"; empty without one.
std::string former_unit_name(const Organisation& organisation, BodyId body, Day day);

// Names of bodies that stand in one list on a day. Whose name is borne by another of the list gets what tells them apart behind it.
class Namesakes {
 public:
  Namesakes(const Organisation& organisation, std::span<const BodyId> list, Day day);
  std::string name(BodyId body) const;               // "Chi hội Buôn Trinh (xã Cư Huê cũ)"; without namesakes "Chi hội Thôn 8"
  std::string short_name(BodyId body) const;         // "Buôn Trinh (xã Cư Huê cũ)"

 private:
  const Organisation& organisation_;
  Day day_;
  std::map<BodyId, std::string> of_name_, of_short_name_;
};

// The same for one body among those under its superior.
std::string name_among_siblings(const Organisation& organisation, BodyId body, Day day);
std::string short_name_among_siblings(const Organisation& organisation, BodyId body, Day day);

}  // namespace khuyenhoc
