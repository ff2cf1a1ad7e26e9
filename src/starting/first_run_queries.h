// The rows of an installation's beginning: codes that open it, accounts that end it, the office it began with.
#pragma once

#include <cstdint>

#include "base/id.h"
#include "platform/db/db.h"

namespace khuyenhoc::starting_sql {

void keep_code(db::Writer& writer, const db::Blob& digest, std::int64_t now_ms);
bool has_code(db::Reader& reader, const db::Blob& digest);
void forget_codes(db::Writer& writer);
void begin_office(db::Writer& writer, BodyId body, UserId by, std::int64_t now_ms);

}  // namespace khuyenhoc::starting_sql
