// Communes as lists name them: with or without accents and type, by State code, by the name they had before the reform.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "organisation/organisation.h"

namespace khuyenhoc::body_lists {

struct PlaceFound {
  UnitId unit;                   // alive today within the area; none: why not
  UnitId former;                 // the old unit that the list named
  std::string note;              // worth knowing about a good one
  std::string code, message;     // of a refusal
};

class Places {
 public:
  // Looked for within this unit (a province, a commune, or the country).
  Places(const Territory& territory, UnitId within, Day today);
  const PlaceFound& find(std::string_view typed);
  // An old commune that became this one, at least in part.
  PlaceFound find_former(std::string_view typed, UnitId now) const;

 private:
  std::vector<UnitId> named(std::string_view head, std::string_view rest) const;
  std::vector<UnitId> alive_successors(UnitId old) const;
  bool inside(UnitId unit) const;
  PlaceFound look(std::string_view typed) const;

  const Territory& territory_;
  UnitId within_;
  UnitLevel level_;
  Day today_;
  std::unordered_map<std::string, std::vector<UnitId>> by_name_, by_code_;
  std::unordered_map<std::string, PlaceFound> known_;
};

}  // namespace khuyenhoc::body_lists
