// Makes a synthetic world in an installation that holds nothing yet: whole, or not at all.
#pragma once

#include "app/application.h"
#include "world/world.h"

namespace khuyenhoc {

// No store here yet.
bool is_untouched(const InstallationPlace& place);

// An embedded store is made aside and put in its place at the end, so that whoever stops it half-way finds nothing and begins anew.
// Codes: those of generate_world, "store.locked".
Result<WorldReport> make_world(const InstallationPlace& place, Clock clock, WorldScale scale, std::uint64_t seed);

}  // namespace khuyenhoc
