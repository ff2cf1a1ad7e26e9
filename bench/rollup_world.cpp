#include "bench/rollup_world.h"

namespace khuyenhoc::bench {

namespace {

constexpr int first_year = 2022;
const Day founded = Day::of(1996, 10, 2);

}  // namespace

std::vector<ProvinceUnits> province_units() {
  constexpr int first_size = 7'896;
  std::vector<ProvinceUnits> provinces{{1, first_size}};
  constexpr int rest = world_units - first_size;
  for (int province = 0; province < world_provinces - 1; ++province) {
    provinces.push_back({first_size + 1 + rest * province / (world_provinces - 1), first_size + rest * (province + 1) / (world_provinces - 1)});
  }
  return provinces;
}

RollupTree rollup_tree() {
  RollupTree world;
  world.centre = world.tree.add(founded, no_node);
  const auto provinces = province_units();
  for (std::size_t province = 0; province < provinces.size(); ++province) world.provinces.push_back(world.tree.add(founded, world.centre));
  constexpr std::int64_t communes_in_all = 3'321;
  std::vector<Node> commune_of_unit;
  for (std::size_t province = 0; province < provinces.size(); ++province) {
    const auto [first, last] = provinces[province];
    const auto before = communes_in_all * (first - 1) / world_units, after = communes_in_all * last / world_units;
    const auto count = after - before;
    std::vector<Node> communes;
    for (std::int64_t commune = 0; commune < count; ++commune) communes.push_back(world.tree.add(founded, world.provinces[province]));
    for (int unit = first; unit <= last; ++unit) commune_of_unit.push_back(communes[static_cast<std::size_t>(count * (unit - first) / (last - first + 1))]);
    world.communes.insert(world.communes.end(), communes.begin(), communes.end());
  }
  for (const Node commune : commune_of_unit) world.branches.push_back(world.tree.add(founded, commune));
  return world;
}

Day world_day(int month, int unit) { return Day::of(first_year + month / 12, month % 12 + 1, 1) + (unit / 8) % 28; }

void load_world(Cube& cube, const RollupTree& tree, int months) {
  int month = 0, measure = 0;
  cube.load([&](std::vector<CubeFact>& chunk) {
    if (month == months) return false;
    const Day first_day = world_day(month, 0);
    for (int unit = 1; unit <= world_units; ++unit) {
      if (unit % 8 != (5 * measure + 3 * month) % 8) continue;
      chunk.push_back({tree.branches[static_cast<std::size_t>(unit - 1)], first_day + (unit / 8) % 28, static_cast<Series>(measure), (31 * unit + 17 * measure + 7 * month) % 1000});
    }
    if (++measure == world_measures) {
      measure = 0;
      ++month;
    }
    return true;
  }, 1);
}

}  // namespace khuyenhoc::bench
