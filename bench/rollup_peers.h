// The peers of the roll-up benchmark, each over the same facts with the best form of its queries that we know.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace khuyenhoc::bench {

struct PeerFigures {
  double load_s = 0;
  double national_ms = 0, province_ms = 0, series_ms = 0;   // from the facts
  double rollup_build_ms = 0, rollup_national_ms = 0;       // the pre-summed table or view: what it costs to make fresh, and to ask
};

using Note = std::function<void(std::string_view)>;

// Refusals: "bench.peer" when the engine is not there or answers wrongly.
Result<PeerFigures> measure_postgres(const std::string& scratch_folder, const Note& note);
Result<PeerFigures> measure_sqlite(const std::string& scratch_folder, const Note& note);
Result<PeerFigures> measure_duckdb(const std::string& scratch_folder, const std::string& bench_folder, const Note& note);

}  // namespace khuyenhoc::bench
