// The national frame: 63 old provinces with their districts and communes, the reform of 1/7/2025 with who followed whom, and what changed since.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "territory/territory_builder.h"

namespace khuyenhoc {

// The table made at build time from the npm package and catalogue/territory_frame.toml (tools/frame.cpp).
std::string_view frame_text();
// What was counted while it was made: "mapping_rows", "rows_of_earlier_communes", "corrected_successors", …
std::map<std::string, std::int64_t> frame_counts();
// Each mistake of the package that was mended, as a sentence.
std::vector<std::string> frame_corrections();
// Fills an empty builder: one act for what was there before, one for the reform, one for each change since. "territory.not_empty" otherwise.
Result<void> build_frame(TerritoryBuilder& builder);

}  // namespace khuyenhoc
