// A zip of files that people send each other: each file taken out by itself, with a limit on everything, so that one bad file spoils none of the others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace khuyenhoc::spreadsheet {

struct BundleLimits {
  std::size_t files = 400;
  std::size_t a_file_bytes = 10u << 20;          // unpacked
  std::uint64_t unpacked_bytes = 200u << 20;     // of all that is taken out
};

struct BundledFile {
  std::string name;                     // "Cụm 1/Số liệu Xã Ea Kar (1).xlsx": as the zip says, in NFC; names of old programs (CP437) as well as they can be read
  std::string content;                  // empty where it could not be taken out
  std::optional<Refusal> refusal;       // "bundle.password", "bundle.bomb", "bundle.broken": of this file alone
};

// Whether the bytes are a zip that is no workbook or document itself.
bool is_bundle(std::string_view bytes);
// All files in the order of the zip. Folders are part of the names; what programs put in by themselves (__MACOSX, Thumbs.db, ~$…) is left out.
// "bundle.broken", "bundle.too_many", "bundle.bomb" (it would unpack to more than anybody needs), "bundle.empty".
Result<std::vector<BundledFile>> read_bundle(std::string_view bytes, const BundleLimits& limits = {});

}  // namespace khuyenhoc::spreadsheet
