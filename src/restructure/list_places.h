// Places that a list calls by another kind of unit than they are or were: "xã Ea Kar cũ" for the former thị trấn Ea Kar.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "organisation/organisation.h"

namespace khuyenhoc {

// "xa ea kar" -> "ea kar": a folded name without the kind of unit that it begins with.
std::string without_unit_type(std::string_view folded_name);
// "xa ea kar" with the other kinds of units: "phuong ea kar", "thi tran ea kar" … Empty where the name begins with no kind.
std::vector<std::string> with_other_unit_types(std::string_view folded_name);

class ListPlaces {
 public:
  // Communes that lie in the area, and those that went into one of them.
  ListPlaces(const Organisation& organisation, UnitId area, Day day);

  // The only commune of this name, whatever kind of unit is typed; "cũ" at its end asks for one that is gone. None where several bear the name, or where one is
  // exactly what is typed: then the list means that one.
  UnitId of_another_kind(const std::string& typed) const;
  std::string words_of(UnitId unit) const;                 // "thị trấn Ea Kar cũ"

 private:
  bool inside(UnitId unit) const;

  const Territory& territory_;
  UnitId area_;
  Day day_;
  mutable std::multimap<std::string, UnitId> by_bare_name_;  // filled when first asked
};

}  // namespace khuyenhoc
