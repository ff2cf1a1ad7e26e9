// The passphrase that opens the keys inside a backup, read from a file so that it stands in no list of processes.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace khuyenhoc {

inline constexpr std::string_view keys_note = "keys";        // among an archive's notes: the key ring, locked under the passphrase

// The first line of the file. "passphrase.file" (not readable), "passphrase.short" (under 12 characters).
Result<std::string> passphrase_in(const std::string& file);

}  // namespace khuyenhoc
