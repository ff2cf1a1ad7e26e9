// A file made for somebody: whole or not at all.
#pragma once

#include <string>

#include "base/result.h"

namespace khuyenhoc {

// Written under a name of its own first: who has the old file open, or a disk that is full, never meets half of it. "file.write"
Result<void> write_whole_file(const std::string& file, const std::string& content);

}  // namespace khuyenhoc
