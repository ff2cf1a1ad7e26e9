// Every benchmark there is; each has its own files and one line in bench.cpp.
#pragma once

#include "bench/bench.h"

namespace khuyenhoc::bench {

Result<Report> rollup(const Options& options);
Result<Report> freshness(const Options& options);
Result<Report> province(const Options& options);
Result<Report> pages(const Options& options);
Result<Report> reform(const Options& options);
Result<Report> crash(const Options& options);
Result<Report> import(const Options& options);
Result<Report> round(const Options& options);

}  // namespace khuyenhoc::bench
