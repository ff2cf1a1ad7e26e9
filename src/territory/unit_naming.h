// What a unit may be called and under what it may stand.
#pragma once

#include <string>

#include "base/result.h"
#include "territory/territory_builder.h"

namespace khuyenhoc {

// NFC, blanks tidied, the type in small letters; "territory.name_empty", "territory.name_long", "territory.code_form", "territory.type".
Result<UnitNaming> checked_naming(UnitLevel level, const UnitNaming& naming);
bool may_stand_under(UnitLevel level, UnitLevel parent);
std::string full_of(const UnitNaming& naming);          // "Xã Ea Kar"
void apply(const UnitChange& change, UnitVersion& version);

}  // namespace khuyenhoc
