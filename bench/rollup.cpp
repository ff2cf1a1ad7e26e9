#include <algorithm>
#include <filesystem>
#include <limits>

#include <fmt/format.h>
#include <unistd.h>

#include "bench/benches.h"
#include "bench/rollup_cube.h"
#include "bench/rollup_peers.h"

namespace khuyenhoc::bench {

namespace {

struct ScratchFolder {
  ScratchFolder() : path(std::filesystem::temp_directory_path() / fmt::format("khuyenhoc-bench-{}", ::getpid())) { std::filesystem::create_directories(path); }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  std::filesystem::path path;
};

double value_of(const std::vector<Figure>& figures, std::string_view name) {
  return std::find_if(figures.begin(), figures.end(), [&](const Figure& figure) { return figure.name == name; })->value;
}

}  // namespace

Result<Report> rollup(const Options& options) {
  Report report{"rollup", "24 million facts: 40 measures x 24 months, 200,000 branches in 3,321 communes of 34 provinces; 34 x 40 over 12 months", {}};
  auto cube = measure_cube(options.note);
  if (!cube) return std::unexpected(cube.error());
  report.figures = *cube;
  if (options.peers == Peers::left_out) return report;

  constexpr double never = std::numeric_limits<double>::infinity();
  double best_sql = never, best_view = never;
  const double table = value_of(report.figures, "national_table_ms");
  const auto add_peer = [&](std::string_view peer, std::string_view view, const Result<PeerFigures>& measured) {
    if (!measured) {
      options.note(fmt::format("{}: skipped. {}", peer, measured.error().message));
      return;
    }
    const auto add = [&](std::string_view name, double value, const char* unit) { report.figures.push_back({fmt::format("{}_{}", peer, name), value, unit}); };
    add("load_s", measured->load_s, "s");
    add("national_ms", measured->national_ms, "ms");
    add("province_ms", measured->province_ms, "ms");
    add("series_ms", measured->series_ms, "ms");
    add(fmt::format("{}_refresh_ms", view), measured->rollup_build_ms, "ms");
    add(fmt::format("{}_national_ms", view), measured->rollup_national_ms, "ms");
    add("national_x", measured->national_ms / table, "x");
    add(fmt::format("{}_x", view), measured->rollup_national_ms / table, "x");
  };
  const auto in_scratch = [&](auto measure) {
    const ScratchFolder scratch;
    return measure(scratch.path.string());
  };
  for (const auto& [peer, view, measured] : {
           std::tuple{"postgres", "view", in_scratch([&](const std::string& scratch) { return measure_postgres(scratch, options.note); })},
           std::tuple{"sqlite", "rollup", in_scratch([&](const std::string& scratch) { return measure_sqlite(scratch, options.note); })},
       }) {
    add_peer(peer, view, measured);
    if (!measured) continue;
    best_sql = std::min(best_sql, measured->national_ms);
    best_view = std::min(best_view, measured->rollup_national_ms);
  }
  const std::string bench_folder = options.bench_folder.empty() ? KHUYENHOC_BENCH_DIR : options.bench_folder;
  add_peer("duckdb", "rollup", in_scratch([&](const std::string& scratch) { return measure_duckdb(scratch, bench_folder, options.note); }));
  if (best_sql < never) {
    report.figures.push_back({"national_vs_best_sql_x", best_sql / table, "x"});
    report.figures.push_back({"national_vs_rollup_view_x", best_view / table, "x"});
  }
  for (const auto& [name, goal] : {std::pair{"national_table_ms", under(0.5)}, std::pair{"months_16320_ms", under(2)}, std::pair{"children_5y_ms", under(5)},
                                   std::pair{"national_vs_best_sql_x", over(2'000)}, std::pair{"national_vs_rollup_view_x", over(1)}})
    for (Figure& figure : report.figures)
      if (figure.name == name) figure.goal = goal;
  return report;
}

}  // namespace khuyenhoc::bench
