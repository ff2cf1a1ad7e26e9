// Thousands of bodies written in their new state.
#pragma once

#include <span>

#include "organisation/organisation.h"
#include "platform/db/db.h"

namespace khuyenhoc {

struct ChangedBody {
  const Body* body = nullptr;
  std::span<const BodyVersion> stored;                      // the versions that the store has, by day
};
void update_bodies(db::Writer& writer, std::span<const ChangedBody> changed);                // their rows, and those of their versions that are others now
void insert_successions(db::Writer& writer, std::span<const BodySuccession> links);          // none of them stored

}  // namespace khuyenhoc
