// Whether anybody can sign in at all: an installation without accounts waits for its first run.
#pragma once

#include "platform/db/db.h"

namespace khuyenhoc {

bool has_accounts(db::Reader& reader);

}  // namespace khuyenhoc
