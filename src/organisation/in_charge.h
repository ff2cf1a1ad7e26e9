// Which association answers for a whole administrative unit, and which bodies are only seated in one.
#pragma once

#include <optional>
#include <vector>

#include "organisation/organisation.h"

namespace khuyenhoc {

// The level of the units that an association of this kind answers for. None for a branch, for an office or a university (which has its seat in a unit and
// answers for none), and for bodies of other systems.
std::optional<UnitLevel> level_in_charge_of(const BodyKind& kind);

// The association that covers this very unit on the day; none where the unit has no association of its own.
BodyId association_in_charge(const Organisation& organisation, UnitId unit, Day day);

// Associations of old units that lie in this one and have not followed the reform yet: they go on working there until their decision comes.
std::vector<BodyId> associations_of_old_units(const Organisation& organisation, UnitId unit, Day day);

}  // namespace khuyenhoc
