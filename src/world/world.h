// Synthetic worlds: an association with its bodies, people and figures over the years, invented, plausible, and the same every time for a seed and a day.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "shell/house.h"

namespace khuyenhoc {

enum class WorldScale {
  demo,       // nine old provinces that are five today, from 2018 on; branches in full in 27 communes of Đắk Lắk and in one commune of every other old province
  commune,    // one commune: 40 branches and boards, some 5,000 members
  province,   // 100 communes, some 9,000 branches and boards, 800,000 members
  nation,     // 34 provinces, 3,321 communes, some 200,000 branches and boards
};
Result<WorldScale> world_scale(std::string_view code);     // "demo", "commune", "province", "nation"; "world.scale"

struct WorldOptions {
  WorldScale scale = WorldScale::demo;
  std::uint64_t seed = 1;
  Day today;                           // the last period is the one people work on that day
  std::vector<std::string> only = {};  // codes of old provinces to which the world is kept; empty: all of its scale
};

struct WorldReport {
  std::int64_t bodies = 0, branches = 0, statements = 0, facts = 0, closed_reports = 0, users = 0;
  std::int64_t members = 0;            // all that are stated today
  std::string period;                  // "2026-H1": the open one
};

// Fills an empty house: territory, bodies, figures, closed reports, the reform of 1/7/2025 with its handovers, targets, people and sign-ins (which end up in
// house.demo_sign_ins), and in the demo what those people did in the last days, with its trail. Until 2023 the annexes tell advice, joint work, help for teachers
// and schools by districts; a few communes missed the first round after the reform, some have not reported in the open one. Where a commune adds up its branches, its own fund and help are stated for it alone (Extent::own), as are all figures of provinces.
// Codes: "world.not_empty" (there are bodies or units already), "world.today" (before 01/12/2025, when the new communes reported for the first time).
Result<WorldReport> generate_world(House& house, const WorldOptions& options);

}  // namespace khuyenhoc
