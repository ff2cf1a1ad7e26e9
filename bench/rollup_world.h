// The world of the roll-up benchmark: 24 million facts by one formula, so that every engine can make the same ones and be held to the same checksums.
#pragma once

#include <cstdint>
#include <vector>

#include "measures/cube.h"
#include "territory/tree_in_time.h"

namespace khuyenhoc::bench {

// Units 1 to 200,000; the first province is units 1 to 7,896, the other 33 share the rest evenly. A fact stands for (measure m, month t, unit u) when
// u % 8 == (5m + 3t) % 8, with the amount (31u + 17m + 7t) % 1000.
inline constexpr int world_measures = 40;
inline constexpr int world_months = 24;
inline constexpr int world_units = 200'000;
inline constexpr int world_provinces = 34;
inline constexpr int asked_months = 12;                 // the first twelve: one year
inline constexpr int asked_measure = 7;
inline constexpr std::int64_t world_facts = 24'000'000;
inline constexpr std::int64_t national_sum = 5'976'000'000;   // 34 x 40 over twelve months
inline constexpr std::int64_t province_sum = 235'987'360;     // first province, 40 measures, twelve months
inline constexpr std::int64_t series_sum = 298'800'000;       // one measure, 24 months

struct ProvinceUnits {
  int first, last;
};
std::vector<ProvinceUnits> province_units();

// The same units as a tree: a centre, 34 provinces, 3,321 communes, 200,000 branches; month 0 is January 2022, so that five years end with 2026.
struct RollupTree {
  TreeInTime tree;
  Node centre = no_node;
  std::vector<Node> provinces, communes, branches;      // branches[u - 1] is unit u
};
RollupTree rollup_tree();
Day world_day(int month, int unit);                     // facts of a month fall on different days
void load_world(Cube& cube, const RollupTree& tree, int months);

}  // namespace khuyenhoc::bench
