// Thousands of bodies written in their new state.
#pragma once

#include <span>

#include "organisation/organisation.h"
#include "platform/db/db.h"

namespace khuyenhoc {

void update_bodies(db::Writer& writer, std::span<const Body> bodies);                         // their rows and all their versions

}  // namespace khuyenhoc
