// How many terms a body would leave behind: what a restructure counts before it ends a body, and before it takes one back.
#pragma once

#include <cstdint>
#include <map>

#include "base/day.h"
#include "organisation/organisation.h"
#include "platform/db/db.h"

namespace khuyenhoc {

// Terms that sit on the day or begin later, by body.
std::map<BodyId, std::int64_t> terms_kept_from(db::Reader& reader, Day from);

}  // namespace khuyenhoc
