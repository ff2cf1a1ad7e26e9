#include "measures/cube.h"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <thread>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "measures/cube_run.h"
#include "territory/random_tree.h"

namespace khuyenhoc {
namespace {

using Kind = Placement::Kind;
constexpr std::size_t series_count = 40;             // more than a page of the snapshot holds

// The shadow: every answer from the facts themselves, by walking each body's place upwards.
struct Shadow {
  CubeTrees trees;
  std::vector<CubeFact> facts;

  const TreeInTime& tree(AxisKind kind) const { return kind == AxisKind::superiors ? *trees.superiors : *trees.areas; }
  Node node(AxisKind kind, Node body) const { return kind == AxisKind::superiors ? body : trees.area_node[body]; }

  // The alive node or line that holds a node's own figures; no_node when it has no place.
  Node home(AxisKind kind, Node of, Day day) const {
    const Placement placement = tree(kind).place(of, day);
    return placement.kind == Kind::line ? of : placement.at;
  }
  Node above(AxisKind kind, Node shown, Day day) const {
    return tree(kind).alive(shown, day) ? tree(kind).hangs_under(shown, day) : tree(kind).place(shown, day).at;
  }
  // Sums of a period by alive node or line: own, and with everything below.
  struct Sums {
    std::vector<std::int64_t> own, subtree;
    std::int64_t everything = 0;
  };
  Sums sums(AxisKind kind, Day day, Series series, Period period) const {
    Sums sums;
    sums.own.resize(tree(kind).size());
    sums.subtree.resize(tree(kind).size());
    for (const CubeFact& fact : facts) {
      if (fact.series != series || !period.contains(fact.day)) continue;
      const Node of = node(kind, fact.body);
      if (of == no_node) continue;
      sums.everything += fact.amount;
      Node shown = home(kind, of, day);
      if (shown != no_node) sums.own[shown] += fact.amount;
      for (; shown != no_node; shown = above(kind, shown, day)) sums.subtree[shown] += fact.amount;
    }
    return sums;
  }
};

Period random_period() {
  const Day a = random_day(), b = random_day();
  switch (drawn(0, 6)) {
    case 0: return Period::year(a.year());
    case 1: return Period::month(a.year(), a.month());
    case 2: return {std::min(a, b).first_of_month(), std::max(a, b).last_of_month()};
    case 3: return {Day::earliest(), a};
    case 4: return {a, Day::latest()};
    default: return {std::min(a, b), std::max(a, b)};
  }
}

CubeFact random_fact(const CubeTrees& trees) {
  const std::int64_t amount = drawn(0, 9) == 0 ? std::int64_t{drawn(-1'000'000, 1'000'000)} * 7'000'000 : drawn(-100, 100);
  return {static_cast<Node>(drawn(0, static_cast<int>(trees.superiors->size()))), random_day(), static_cast<Series>(drawn(0, 3)) * 19, amount};
}

std::vector<CubeFact> random_facts(const CubeTrees& trees, int count) {
  std::vector<CubeFact> facts;
  for (; count > 0; --count) facts.push_back(random_fact(trees));
  return facts;
}

// A world that changes: bodies under superiors, and the same bodies as leaves below the units they cover.
struct World {
  TreeInTime superiors = random_tree(drawn(1, 30));
  TreeInTime units = random_tree(drawn(1, 20));
  struct Area { Node unit, former; };
  std::vector<Area> areas;
  std::uint64_t version = 0;

  CubeTrees trees() {
    TreeInTime with_bodies = units;
    std::vector<Node> area_node;
    for (Node body = 0; body < superiors.size(); ++body) {
      if (areas.size() <= body) {
        const auto some_unit = [&] { return static_cast<Node>(drawn(0, static_cast<int>(units.size()))); };
        areas.push_back({drawn(0, 8) == 0 ? no_node : some_unit(), drawn(0, 3) == 0 ? some_unit() : no_node});
      }
      if (areas[body].unit == no_node) {
        area_node.push_back(no_node);
        continue;
      }
      area_node.push_back(with_bodies.add(Day::earliest(), areas[body].unit));
      if (areas[body].former != no_node && areas[body].former != areas[body].unit) with_bodies.lay_in(area_node.back(), areas[body].former);
    }
    return {std::make_shared<const TreeInTime>(superiors), std::make_shared<const TreeInTime>(std::move(with_bodies)), area_node, ++version, random_first_day + random_days};
  }
};

void check(const CubeSnapshot& snapshot, const Shadow& shadow) {
  const auto kind = drawn(0, 2) == 0 ? AxisKind::areas : AxisKind::superiors;
  const Day day = random_day();
  const auto axis = snapshot.axis(kind, day);
  const Layout& layout = axis->layout();
  RC_ASSERT(snapshot.tree_version() == shadow.trees.version);
  const auto series = static_cast<Series>(drawn(0, 3)) * 19;
  const Period period = random_period();
  const Day level_day = random_day();
  const auto flows = shadow.sums(kind, day, series, period);
  const auto levels = shadow.sums(kind, day, series, {Day::earliest(), level_day});
  RC_ASSERT(snapshot.flow(*axis, series, layout.everything(), period) == flows.everything);
  RC_ASSERT(snapshot.level(*axis, series, layout.everything(), level_day) == levels.everything);
  std::int64_t top = snapshot.flow(*axis, series, layout.nowhere(), period);
  for (const Node child : layout.children(no_node)) top += snapshot.flow(*axis, series, layout.subtree(child), period);
  for (const Node line : layout.lines(no_node)) top += snapshot.flow(*axis, series, layout.subtree(line), period);
  RC_ASSERT(top == flows.everything);
  for (Node node = 0; node < layout.size(); ++node) {
    const Kind placed = layout.placement(node).kind;
    if (placed != Kind::itself && placed != Kind::line) continue;
    RC_ASSERT(snapshot.flow(*axis, series, layout.own(node), period) == flows.own[node]);
    RC_ASSERT(snapshot.flow(*axis, series, layout.subtree(node), period) == flows.subtree[node]);
    RC_ASSERT(snapshot.level(*axis, series, layout.subtree(node), level_day) == levels.subtree[node]);
    std::vector<LabelRange> parts{layout.own(node)};
    for (const Node line : layout.lines(node)) parts.push_back(layout.subtree(line));
    for (const Node child : layout.children(node)) parts.push_back(layout.subtree(child));
    std::vector<std::int64_t> values(parts.size());
    snapshot.flows(*axis, series, parts, period, values);
    RC_ASSERT(std::accumulate(values.begin(), values.end(), std::int64_t{0}) == flows.subtree[node]);
    snapshot.levels(*axis, series, parts, level_day, values);
    RC_ASSERT(std::accumulate(values.begin(), values.end(), std::int64_t{0}) == levels.subtree[node]);
  }
  const Period months{std::max(period.first, random_first_day).first_of_month(), std::min(period.last, random_first_day + random_days).last_of_month()};
  if (months.last < months.first) return;
  const auto monthly = snapshot.monthly_flows(*axis, series, layout.everything(), months);
  const auto monthly_levels = snapshot.monthly_levels(*axis, series, layout.everything(), months);
  Day month = months.first;
  for (std::size_t index = 0; index < monthly.size(); ++index, month = month.last_of_month() + 1) {
    RC_ASSERT(monthly[index] == shadow.sums(kind, day, series, {month, month.last_of_month()}).everything);
    RC_ASSERT(monthly_levels[index] == shadow.sums(kind, day, series, {Day::earliest(), month.last_of_month()}).everything);
  }
}

void load(Cube& cube, const std::vector<CubeFact>& facts, std::int64_t position) {
  std::size_t next = 0;
  cube.load([&](std::vector<CubeFact>& chunk) {
    const std::size_t count = std::min<std::size_t>(7, facts.size() - next);
    chunk.assign(facts.begin() + static_cast<std::ptrdiff_t>(next), facts.begin() + static_cast<std::ptrdiff_t>(next + count));
    next += count;
    return count > 0;
  }, position);
}

TEST(Cube, answers_as_its_facts_do_through_posts_restructures_and_restarts) {
  EXPECT_TRUE(rc::check([] {
    World world;
    Shadow now{world.trees(), {}};
    const CubeOptions options{.merge_at = static_cast<std::size_t>(drawn(1, 40)), .kept_bytes = drawn(0, 2) == 0 ? 3'000u : 1u << 30, .kept_axes = static_cast<std::size_t>(drawn(1, 5))};
    auto cube = std::make_unique<Cube>(now.trees, series_count, options);
    now.facts = random_facts(now.trees, drawn(0, 120));
    load(*cube, now.facts, 1);
    struct Kept {
      std::shared_ptr<const CubeSnapshot> snapshot;
      Shadow shadow;
    };
    std::vector<Kept> kept;
    std::int64_t position = 1;
    for (int step = drawn(1, 12); step > 0; --step) {
      switch (drawn(0, 8)) {
        case 0: {                                    // a new body, which takes a gap; or many, worked out while others post and sometimes other trees come in between
          const CubeTrees before = now.trees;
          TreeInTime grown = world.superiors;
          for (int more = drawn(1, 4); more > 0; --more) {
            const auto under = static_cast<Node>(drawn(0, static_cast<int>(grown.size())));
            grown.add(std::max(grown.born(under), random_day()), under);
          }
          if (goes_in_circles(grown)) break;
          world.superiors = grown;
          now.trees = world.trees();
          if (drawn(0, 2) == 0) {
            cube->change_trees(now.trees);
            break;
          }
          auto whole = random_facts(now.trees, drawn(0, 10));
          for (CubeFact& fact : whole) fact.series = 38;
          const auto ahead = cube->ahead(now.trees, {{38, whole}});
          std::erase_if(now.facts, [](const CubeFact& fact) { return fact.series == 38; });
          now.facts.insert(now.facts.end(), whole.begin(), whole.end());
          if (drawn(0, 4) == 0) cube->change_trees(before);
          auto meanwhile = random_facts(before, drawn(1, 10));
          std::erase_if(meanwhile, [](const CubeFact& fact) { return fact.series == 38; });
          cube->post(meanwhile, ++position);
          now.facts.insert(now.facts.end(), meanwhile.begin(), meanwhile.end());
          if (drawn(0, 3) == 0) cube->merge_now();
          cube->change_trees(*ahead);
          break;
        }
        case 1: {                                    // a restructure with the handovers of the same decision
          random_change(world.superiors, Circles::refused);
          if (drawn(0, 2) == 0) random_change(world.units, Circles::refused);
          now.trees = world.trees();
          const auto handover = random_facts(now.trees, drawn(0, 5));
          cube->change_trees(now.trees, handover, ++position);
          now.facts.insert(now.facts.end(), handover.begin(), handover.end());
          break;
        }
        case 2: {
          const auto series = static_cast<Series>(drawn(0, 3)) * 19;
          auto content = random_facts(now.trees, drawn(0, 30));
          for (CubeFact& fact : content) fact.series = series;
          std::erase_if(now.facts, [&](const CubeFact& fact) { return fact.series == series; });
          now.facts.insert(now.facts.end(), content.begin(), content.end());
          cube->replace(series, content);
          break;
        }
        case 3:
          cube->merge_now();
          RC_ASSERT(cube->unmerged() == 0u);
          break;
        case 4: {                                    // a restart
          cube = std::make_unique<Cube>(now.trees, series_count, options);
          load(*cube, now.facts, position);
          break;
        }
        default: {
          const auto more = random_facts(now.trees, drawn(1, 20));
          cube->post(more, ++position);
          now.facts.insert(now.facts.end(), more.begin(), more.end());
        }
      }
      const auto snapshot = cube->snapshot();
      RC_ASSERT(snapshot->log_position() == position);
      check(*snapshot, now);
      if (drawn(0, 3) == 0) kept.push_back({snapshot, now});
    }
    for (const Kept& one : kept) check(*one.snapshot, one.shadow);
    const Period all{Day::earliest(), Day::latest()};
    const auto snapshot = cube->snapshot();
    for (int days = 0; days < 4; ++days) {           // the same grand total in every tree
      const auto axis = snapshot->axis(AxisKind::superiors, random_day());
      const auto total = std::accumulate(now.facts.begin(), now.facts.end(), std::int64_t{0}, [](std::int64_t sum, const CubeFact& fact) { return sum + (fact.series == 19 ? fact.amount : 0); });
      RC_ASSERT(snapshot->flow(*axis, 19, axis->layout().everything(), all) == total);
      RC_ASSERT(snapshot->level(*axis, 19, axis->layout().everything(), Day::latest()) == total);
    }
  }));
}

TEST(Cube, readers_see_whole_commits_while_others_post_merge_and_restructure) {
  TreeInTime tree;
  const Day start = Day::of(2024, 1, 1);
  const Node centre = tree.add(start, no_node);
  std::vector<Node> branches;
  for (int branch = 0; branch < 50; ++branch) branches.push_back(tree.add(start, centre));
  const auto trees_of = [](const TreeInTime& of, std::uint64_t version) {
    return CubeTrees{std::make_shared<const TreeInTime>(of), nullptr, {}, version, Day::of(2026, 6, 1)};
  };
  Cube cube(trees_of(tree, 1), 4, {.merge_at = 16, .kept_bytes = 60'000, .kept_axes = 3});
  std::atomic<bool> done = false;
  std::atomic<int> looks = 0;
  const auto reader = [&] {
    std::int64_t last_position = 0;
    while (!done) {
      const auto snapshot = cube.snapshot();
      EXPECT_GE(snapshot->log_position(), last_position);
      last_position = snapshot->log_position();
      const auto axis = snapshot->axis(AxisKind::superiors, Day::of(2026, 5, 31 - static_cast<int>(last_position % 28)));
      // Every commit moves as much from one series as to another, and from one branch to another.
      const LabelRange everything = axis->layout().everything();
      EXPECT_EQ(snapshot->level(*axis, 0, everything, Day::latest()) + snapshot->level(*axis, 1, everything, Day::latest()), 0);
      EXPECT_EQ(snapshot->flow(*axis, 2, everything, {start, start + 2000}), 0);
      EXPECT_EQ(snapshot->level(*axis, 0, everything, Day::latest()), last_position);
      EXPECT_EQ(snapshot->flow(*axis, 0, everything, {start + 3, Day::latest()}) + snapshot->flow(*axis, 0, everything, {Day::earliest(), start + 2}), last_position);
      ++looks;
    }
  };
  std::thread first(reader), second(reader);
  for (std::int64_t position = 1; position <= 2'000 || looks < 200; ++position) {
    const auto random = static_cast<std::uint64_t>(position) * 2654435761u;
    const Node a = branches[random % branches.size()], b = branches[(random >> 8) % branches.size()];
    const Day day = start + static_cast<int>((random >> 3) % 800);
    cube.post(std::vector<CubeFact>{{a, day, 0, 1}, {b, day + 5, 1, -1}, {a, day, 2, position}, {b, day, 2, -position}}, position);
    if (position % 97 == 0) {                        // two branches merge
      tree.end(branches[0], start + 700);
      tree.succeed(branches[0], branches[1]);
      branches.erase(branches.begin());
      cube.change_trees(trees_of(tree, static_cast<std::uint64_t>(position)));
    } else if (position % 31 == 0) {
      branches.push_back(tree.add(start + 100, centre));
      cube.change_trees(trees_of(tree, static_cast<std::uint64_t>(position)));
    }
    if (position % 50 == 0) cube.merge_now();
  }
  done = true;
  first.join();
  second.join();
}

TEST(Cube, drops_the_runs_longest_unused_and_builds_them_anew) {
  TreeInTime tree;
  const Day start = Day::of(2024, 1, 1);
  const Node centre = tree.add(start, no_node);
  for (int branch = 0; branch < 2'000; ++branch) tree.add(start, centre);
  Cube cube({std::make_shared<const TreeInTime>(tree), nullptr, {}, 1}, 100, {.kept_bytes = 200'000});
  std::vector<CubeFact> facts;
  for (Node body = 1; body <= 2'000; ++body) {
    for (Series series = 0; series < 100; ++series) facts.push_back({body, start + static_cast<int>(body % 300), series, 1});
  }
  load(cube, facts, 1);
  const std::size_t loaded = cube.resident_bytes();
  const auto snapshot = cube.snapshot();
  const auto axis = snapshot->axis(AxisKind::superiors, start);
  for (int round = 0; round < 2; ++round) {
    for (Series series = 0; series < 100; ++series) EXPECT_EQ(snapshot->flow(*axis, series, axis->layout().everything(), Period::year(2024)), 2'000);
  }
  EXPECT_LT(cube.resident_bytes(), loaded + 500'000);
}

TEST(CubeRun, sums_any_range_of_labels) {
  EXPECT_TRUE(rc::check([] {
    std::vector<RunEntry> entries;
    for (int count = drawn(0, 300); count > 0; --count) {
      const std::int64_t amount = drawn(0, 20) == 0 ? std::int64_t{drawn(-1000, 1000)} * 1'000'000'000'000 : drawn(-200, 200);
      entries.push_back({static_cast<Label>(drawn(0, 500)), amount});
    }
    const auto given = entries;
    put_in_order(entries);
    const khuyenhoc::Run run(entries);
    for (int times = 0; times < 20; ++times) {
      const auto first = static_cast<Label>(drawn(0, 510)), end = first + static_cast<Label>(drawn(0, 100));
      std::int64_t expected = 0;
      for (const RunEntry& entry : given) expected += first <= entry.label && entry.label < end ? entry.amount : 0;
      RC_ASSERT(run.within({first, end}) == expected);
    }
  }));
}

}  // namespace
}  // namespace khuyenhoc
