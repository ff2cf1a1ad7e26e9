// Sheets worked out before: one that was asked for a moment ago is brought up to date by the rows that were written since, instead of being read anew.
#pragma once

#include <memory>

#include "reporting/entry_sheet.h"

namespace khuyenhoc {

// As entry_sheet(), with its refusals. Never inside a read() of the store, whose snapshot may be older than what was written since.
Result<std::shared_ptr<const EntrySheet>> known_sheet(const House& house, BodyId body, const NamedPeriod& period, Day today, BodyId branch = {});

}  // namespace khuyenhoc
