// The figures of all bodies, period after period: who reports, in which order, and what stood at the beginning.
#include <algorithm>

#include "world/maker.h"
#include "world/steps.h"

namespace khuyenhoc::world {
namespace {

bool is_scripted(const World& world, std::size_t at) { return at == world.scripted_commune || world.bodies[at].superior == world.scripted_commune; }

// In the open period some communes have sent nothing yet, and in some not all branches have.
void choose_who_is_missing(World& world) {
  for (std::size_t at = 0; at < world.bodies.size(); ++at) {
    WorldBody& body = world.bodies[at];
    if (body.ended || body.role != Role::commune || at == world.scripted_commune) continue;
    const bool large = world.provinces[body.province].script.code == "66";
    if (!body.adds_up) {
      body.silent = world.chance.happens(large ? 50 : 70, body.key, 63);
      continue;
    }
    const std::int64_t drawn = world.is_demo() ? world.chance.between(0, 999, body.key, 64) : 999;
    body.silent = drawn < 40;
    const std::int64_t silent_branches = drawn < 40 ? 1000 : drawn < 220 ? world.chance.between(60, 300, body.key, 65) : 0;
    for (WorldBody& branch : world.bodies)
      if (branch.role == Role::branch && branch.superior == at && world.chance.happens(silent_branches, branch.key, 66)) branch.silent = true;
  }
}

// After the reform a few communes were late, and missed the first round.
bool missed_the_first_round(const World& world, const WorldBody& body, const WorldPeriod& period) {
  return period.named.year == reform_year && period.after_reform && !period.open && body.role == Role::commune && !body.adds_up && world.is_demo() && world.chance.happens(10, body.key, 67);
}

}  // namespace

bool reports_in(const World& world, const WorldBody& body, const WorldPeriod& period) {
  if (body.ended) return false;
  if (period.open && body.silent && body.role == Role::commune) return false;
  return !missed_the_first_round(world, body, period);
}

std::vector<Statement> opening_figures(World& world, Period before) {
  std::vector<Statement> out;
  const Catalogue& catalogue = world.house.catalogue;
  const Series members = catalogue.series(catalogue.index("B01"));
  const Series fund = catalogue.series(catalogue.index("D04"));
  std::map<std::size_t, std::int64_t> below;
  for (const WorldBody& body : world.bodies)
    if (body.role == Role::branch) below[body.superior] += body.levels.of(members);
  for (std::size_t at = 0; at < world.bodies.size(); ++at) {
    const WorldBody& body = world.bodies[at];
    const bool branch = body.role == Role::branch, rest = body.divided_rest > 0;
    const auto give = [&](Series series, std::int64_t value, Extent extent) {
      Statement one;
      one.body = body.id;
      one.series = series;
      one.period = before;
      one.value = value;
      one.extent = extent;
      one.arrival = Arrival::within;
      one.at_ms = morning_of(before.last + 7);
      out.push_back(one);
    };
    const bool asked = branch && body.form != nullptr;
    if (asked || body.role == Role::unit || (body.role == Role::commune && !body.adds_up))
      give(members, body.levels.of(members) + (rest ? below[at] : 0), Extent::subtree);
    if (branch && (!asked || !body.form->asks(catalogue.index("D04")) || world.bodies[body.superior].divided_rest > 0)) continue;
    give(fund, body.levels.of(fund), branch || body.role == Role::unit || (body.role == Role::commune && !body.adds_up) ? Extent::subtree : Extent::own);
  }
  return out;
}

void begin_figures(World& world) {
  Maker maker(world);
  std::vector<WorldPeriod> before;
  for (const WorldPeriod& period : world.periods)
    if (!period.after_reform) before.push_back(period);
  // communes end at the reform, or go on from what they are then
  const auto ends_then = [&](const WorldBody& body) {
    return body.role == Role::commune || (body.role == Role::branch && world.bodies[body.superior].divided_rest > 0);
  };
  for (WorldBody& body : world.bodies) maker.begin(body, ends_then(body) ? std::span<const WorldPeriod>(before) : world.periods);
}

PeriodFigures make_figures(World& world, const WorldPeriod& period, UserId by) {
  PeriodFigures out;
  Maker maker(world);
  if (period.open) choose_who_is_missing(world);
  for (WorldBody& body : world.bodies) body.below_members = body.below_new = body.below_lost = body.below_scholarships = body.below_recognised = 0;
  // from below: a commune knows its branches, a district its communes
  constexpr auto floor_of = [](Role role) { return role == Role::branch ? 0 : role == Role::commune || role == Role::unit ? 1 : 2; };
  for (const int floor : {0, 1, 2})
    for (std::size_t at = 0; at < world.bodies.size(); ++at) {
      WorldBody& body = world.bodies[at];
      if (floor_of(body.role) != floor || !reports_in(world, body, period)) continue;
      maker.state(body, period, is_scripted(world, at) ? by : UserId{}, out.statements);
      if (body.role == Role::commune && body.divided_rest == 0)
        out.modes.push_back({body.id, period.named.period, body.adds_up ? EntryMode::from_branches : EntryMode::stated_whole});
    }
  return out;
}

}  // namespace khuyenhoc::world
