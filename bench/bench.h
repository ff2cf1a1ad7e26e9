// Benchmarks by name: each measures the product beside a peer doing the same work in the same run, and answers with figures.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace khuyenhoc::bench {

// What the design wants a figure to reach.
struct Goal {
  enum class Side { under, over } side = Side::under;
  double bound = 0;
};
constexpr Goal under(double bound) { return {Goal::Side::under, bound}; }
constexpr Goal over(double bound) { return {Goal::Side::over, bound}; }

struct Figure {
  std::string name;      // "national_table_ms"
  double value = 0;
  std::string unit;      // "ms", "x" for every ratio, "GB", …
  std::optional<Goal> goal = {};
  bool met() const { return !goal || (goal->side == Goal::Side::under ? value < goal->bound : value > goal->bound); }
};

struct Report {
  std::string bench;
  std::string world;     // what it was measured on, in a few words
  std::vector<Figure> figures;
};

enum class Peers { measured, left_out };
enum class Engine { sqlite, postgres };

struct Options {
  Peers peers = Peers::measured;
  std::function<void(std::string_view line)> note = [](std::string_view) {};   // progress, and what was skipped and why
  Engine engine = Engine::sqlite;                                             // of a world that the bench makes itself in a store
  std::string mapping;                                                        // reform: the published file of who followed whom, with the divided communes
  std::string old_units;                                                      // reform: the State's old list with its codes, which that file speaks in
  std::int64_t facts = 0;                                                     // reform: of branches; 0: as many as it likes
  std::string bench_folder;                                                   // where bench/ stands, for peers that run from scripts; empty: beside the sources
};

struct Bench {
  std::string_view name;
  std::string_view what;
  Result<Report> (*run)(const Options& options);
};

std::span<const Bench> all();
const Bench* find(std::string_view name);
std::string json_of(const Report& report);   // {"bench","world","load","figures":[{"name","value","unit","goal","met"}]} on one line
std::string text_of(const Report& report);   // for people, one figure a line

// The command line of `bench [NAME] [--json] [--without-peers] [--postgres] [--mapping FILE --old-units FILE] [--facts N]`: lists without a name; exit status 0, 1 refused, 2 wrong usage.
int command(std::span<const std::string_view> arguments);

}  // namespace khuyenhoc::bench
