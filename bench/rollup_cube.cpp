#include "bench/rollup_cube.h"

#include <memory>
#include <numeric>

#include <fmt/format.h>

#include "bench/rollup_world.h"
#include "bench/stopwatch.h"

namespace khuyenhoc::bench {

namespace {

const Day today = Day::of(2026, 11, 22);
const Period asked_year = Period::year(2022);
constexpr int posted_facts = 10'000;
constexpr double gigabyte = 1e9;

std::int64_t sum_of(const std::vector<std::int64_t>& values) { return std::accumulate(values.begin(), values.end(), std::int64_t{0}); }

// What a page asks: a snapshot, the axis of today, every province by every measure.
struct Asking {
  const Cube& cube;
  const RollupTree& world;
  std::vector<LabelRange> provinces(const Axis& axis) const {
    std::vector<LabelRange> ranges;
    for (const Node province : world.provinces) ranges.push_back(axis.layout().subtree(province));
    return ranges;
  }
  std::int64_t table(Period period) const {
    const auto snapshot = cube.snapshot();
    const auto axis = snapshot->axis(AxisKind::superiors, today);
    const auto ranges = provinces(*axis);
    std::vector<std::int64_t> values(ranges.size() * world_measures);
    for (std::size_t measure = 0; measure < world_measures; ++measure) {
      snapshot->flows(*axis, static_cast<Series>(measure), ranges, period, std::span(values).subspan(measure * ranges.size(), ranges.size()));
    }
    return sum_of(values);
  }
  std::int64_t levels(Day day) const {
    const auto snapshot = cube.snapshot();
    const auto axis = snapshot->axis(AxisKind::superiors, today);
    const auto ranges = provinces(*axis);
    std::vector<std::int64_t> values(ranges.size() * world_measures);
    for (std::size_t measure = 0; measure < world_measures; ++measure) {
      snapshot->levels(*axis, static_cast<Series>(measure), ranges, day, std::span(values).subspan(measure * ranges.size(), ranges.size()));
    }
    return sum_of(values);
  }
  std::int64_t single_months() const {
    const auto snapshot = cube.snapshot();
    const auto axis = snapshot->axis(AxisKind::superiors, today);
    const auto ranges = provinces(*axis);
    const std::size_t per_measure = ranges.size() * asked_months;
    std::vector<std::int64_t> values(per_measure * world_measures);
    for (std::size_t measure = 0; measure < world_measures; ++measure) {
      snapshot->monthly_flows(*axis, static_cast<Series>(measure), ranges, asked_year, std::span(values).subspan(measure * per_measure, per_measure));
    }
    return sum_of(values);
  }
  std::int64_t first_province() const {
    const auto snapshot = cube.snapshot();
    const auto axis = snapshot->axis(AxisKind::superiors, today);
    std::int64_t sum = 0;
    for (std::size_t measure = 0; measure < world_measures; ++measure) {
      sum += snapshot->flow(*axis, static_cast<Series>(measure), axis->layout().subtree(world.provinces.front()), asked_year);
    }
    return sum;
  }
  std::int64_t national_series() const {
    const auto snapshot = cube.snapshot();
    const auto axis = snapshot->axis(AxisKind::superiors, today);
    return sum_of(snapshot->monthly_flows(*axis, asked_measure, axis->layout().everything(), {asked_year.first, Day::of(2023, 12, 31)}));
  }
  std::int64_t communes_by_five_years() const {
    const auto snapshot = cube.snapshot();
    const auto axis = snapshot->axis(AxisKind::superiors, today);
    const Layout& layout = axis->layout();
    std::vector<LabelRange> ranges{layout.own(world.provinces.front())};
    for (const Node line : layout.lines(world.provinces.front())) ranges.push_back(layout.subtree(line));
    for (const Node commune : layout.children(world.provinces.front())) ranges.push_back(layout.subtree(commune));
    std::vector<std::int64_t> values(ranges.size() * 5);
    for (std::size_t year = 0; year < 5; ++year) {
      snapshot->flows(*axis, asked_measure, ranges, Period::year(2022 + static_cast<int>(year)), std::span(values).subspan(year * ranges.size(), ranges.size()));
    }
    return sum_of(values);
  }
};

CubeTrees trees_of(const RollupTree& world, std::uint64_t version) {
  return {std::make_shared<const TreeInTime>(world.tree), nullptr, {}, version, today};
}

// Two communes merge, one is divided, one moves to the next province: none changes the national total.
void restructure(RollupTree& world, int which) {
  const Day day = Day::of(2026, 3 + which, 1);
  TreeInTime& tree = world.tree;
  if (which == 0) {
    const Node a = world.communes[500], b = world.communes[501];
    const Node merged = tree.add(day, tree.parent(a, day));
    for (const Node old : {a, b}) {
      tree.end(old, day);
      tree.succeed(old, merged);
    }
  } else if (which == 1) {
    const Node old = world.communes[900];
    tree.end(old, day);
    for (int part = 0; part < 2; ++part) tree.succeed(old, tree.add(day, tree.parent(old, day)));
  } else {
    tree.move(world.communes[1'500], day, world.provinces[20]);
  }
}

}  // namespace

Result<std::vector<Figure>> measure_cube(const std::function<void(std::string_view)>& note) {
  std::vector<Figure> figures;
  bool right = true;
  const auto expect = [&](std::int64_t sum, std::int64_t expected) { right = right && sum == expected; };
  {
    note("cube: loading 24 million facts");
    RollupTree world = rollup_tree();
    Cube cube(trees_of(world, 1), world_measures);
    figures.push_back({"cube_load_s", once_ms([&] { load_world(cube, world, world_months); }) / 1000, "s"});
    const Asking ask{cube, world};
    figures.push_back({"cube_first_table_ms", once_ms([&] { expect(ask.table(asked_year), national_sum); }), "ms"});
    figures.push_back({"cube_table_all_merged_ms", median_ms(201, [&] { expect(ask.table(asked_year), national_sum); }), "ms"});

    note("cube: 10,000 posted facts, three restructures");
    std::int64_t posted_sum = 0, posted_in_province = 0, posted_in_series = 0, position = 1;
    double posting_ms = 0;
    for (int commit = 0; commit < posted_facts / 10; ++commit) {
      std::vector<CubeFact> facts;
      for (int fact = 0; fact < 10; ++fact) {
        const int number = commit * 10 + fact;
        const int unit = 1 + (number * 7'919) % world_units;
        const std::int64_t amount = 1 + number % 7;
        facts.push_back({world.branches[static_cast<std::size_t>(unit - 1)], asked_year.first + number % 365, static_cast<Series>(number % world_measures), amount});
        posted_sum += amount;
        if (unit <= province_units().front().last) posted_in_province += amount;
        if (number % world_measures == asked_measure) posted_in_series += amount;
      }
      posting_ms += once_ms([&] { cube.post(facts, ++position); });
    }
    figures.push_back({"cube_post_us", posting_ms * 1000 / (posted_facts / 10), "us"});
    double restructuring_ms = 0;
    for (int which = 0; which < 3; ++which) {
      restructure(world, which);
      const CubeTrees trees = trees_of(world, static_cast<std::uint64_t>(2 + which));
      restructuring_ms += once_ms([&] { cube.change_trees(trees); });
    }
    figures.push_back({"cube_restructure_ms", restructuring_ms / 3, "ms"});
    figures.push_back({"cube_first_table_after_restructure_ms", once_ms([&] { expect(ask.table(asked_year), national_sum + posted_sum); }), "ms"});
    figures.push_back({"cube_unmerged_facts", static_cast<double>(cube.unmerged()), "facts"});
    figures.push_back({"national_table_ms", median_ms(401, [&] { expect(ask.table(asked_year), national_sum + posted_sum); }), "ms"});
    figures.push_back({"months_16320_ms", median_ms(101, [&] { expect(ask.single_months(), national_sum + posted_sum); }), "ms"});
    figures.push_back({"province_by_measure_ms", median_ms(201, [&] { expect(ask.first_province(), province_sum + posted_in_province); }), "ms"});
    figures.push_back({"national_series_ms", median_ms(201, [&] { expect(ask.national_series(), series_sum + posted_in_series); }), "ms"});
    const Period odd{Day::of(2022, 2, 16), Day::of(2023, 2, 15)};
    const std::int64_t odd_sum = ask.table(odd);
    figures.push_back({"national_table_odd_window_ms", median_ms(101, [&] { expect(ask.table(odd), odd_sum); }), "ms"});
    const std::int64_t level_sum = ask.levels(today);
    figures.push_back({"national_levels_ms", median_ms(101, [&] { expect(ask.levels(today), level_sum); }), "ms"});
    expect(level_sum, 2 * national_sum + posted_sum);
    figures.push_back({"cube_resident_gb", static_cast<double>(cube.resident_bytes()) / gigabyte, "GB"});
  }
  {
    note("cube: five years, 60 million facts");
    const RollupTree world = rollup_tree();
    Cube cube(trees_of(world, 1), world_measures);
    figures.push_back({"cube_load_60m_s", once_ms([&] { load_world(cube, world, 60); }) / 1000, "s"});
    const Asking ask{cube, world};
    const std::int64_t sum = ask.communes_by_five_years();
    figures.push_back({"children_5y_ms", median_ms(201, [&] { expect(ask.communes_by_five_years(), sum); }), "ms"});
    const auto snapshot = cube.snapshot();
    const auto axis = snapshot->axis(AxisKind::superiors, today);
    expect(sum, snapshot->level(*axis, asked_measure, axis->layout().subtree(world.provinces.front()), Day::of(2026, 12, 31)));
    for (int year = 2022; year <= 2026; ++year) {      // what a busy server comes to hold: all years, their months, and levels
      for (Series measure = 0; measure < world_measures; ++measure) {
        snapshot->flow(*axis, measure, axis->layout().everything(), Period::year(year));
        snapshot->monthly_flows(*axis, measure, axis->layout().everything(), Period::year(year));
        snapshot->level(*axis, measure, axis->layout().everything(), Day::of(year, 12, 31));
      }
    }
    figures.push_back({"cube_resident_60m_gb", static_cast<double>(cube.resident_bytes()) / gigabyte, "GB"});
  }
  if (!right) return refuse("bench.checksum", "Khối số liệu trả lời khác tổng kiểm tra.");
  return figures;
}

}  // namespace khuyenhoc::bench
