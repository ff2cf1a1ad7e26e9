// What stands in the way of taking a body back that a list founded.
#pragma once

#include <optional>

#include "base/id.h"
#include "platform/db/db.h"

namespace khuyenhoc::body_lists {

enum class Depends { figures, accounts };
std::optional<Depends> what_depends(db::Reader& reader, BodyId body);

}  // namespace khuyenhoc::body_lists
