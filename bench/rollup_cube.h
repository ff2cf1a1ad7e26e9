// The cube's side of the roll-up benchmark.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "bench/bench.h"

namespace khuyenhoc::bench {

// Figures of the cube alone; `national_table_ms` is among them. Refused ("bench.checksum") when a sum is not what it must be.
Result<std::vector<Figure>> measure_cube(const std::function<void(std::string_view)>& note);

}  // namespace khuyenhoc::bench
