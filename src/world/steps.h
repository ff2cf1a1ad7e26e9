// The steps in which a world is made, each in its own file, in the order of history.
#pragma once

#include <span>

#include "measures/loading.h"
#include "world/plan.h"

namespace khuyenhoc::world {

std::vector<WorldPeriod> periods_until(const Periods& periods, int first_year, const NamedPeriod& open);

// The frame with the divided communes of the script; which old commune became what.
Result<void> install_territory(World& world);
// Associations, branches and boards as they were before the reform, and the bodies of the other systems.
Result<void> found_bodies(World& world);
void found_other_systems(World& world, std::vector<Body>& bodies, std::vector<BodySuccession>& successions);
Body new_body(World& world, std::string kind, std::string name, std::string short_name, BodyId superior, UnitId area, Day born);

// What the bodies hold before the first period, so that their figures end where they should.
void begin_figures(World& world);
// The same as statements on the eve of the first period.
std::vector<Statement> opening_figures(World& world, Period before);
// The figures of one period, branches first.
struct PeriodFigures {
  std::vector<StatementLoading::Mode> modes;
  std::vector<Statement> statements;
};
PeriodFigures make_figures(World& world, const WorldPeriod& period, UserId by);
// Whether it sends figures of the period at all: some are late.
bool reports_in(const World& world, const WorldBody& body, const WorldPeriod& period);
// A share of a total by weights that depend on the key; the shares add up to the total.
std::vector<std::int64_t> shared_out(const Chance& chance, std::int64_t total, std::size_t parts, std::uint64_t key);

// 1/7/2025: provinces merge and districts go; the communes follow on their own days, and their stocks with them.
Result<void> carry_out_reform(World& world);

// Holders of posts, heads of branches with their telephone numbers, sign-ins; hands back the one who types in the commune of the script.
Result<UserId> appoint_people(World& world);
DemoSignIn demo_sign_in(const Organisation& organisation, const std::string& telephone, const std::string& password, const std::string& person, const ActingUnit& unit, Day day);
Result<void> set_targets(World& world);
// The province whose rounds are told, by its code of today.
inline constexpr std::string_view rounds_province = "66";
bool in_the_rounds(const World& world, const WorldBody& body);
// Whether a round closes the period for the body: it is not closed by itself then.
bool closed_by_a_round(const World& world, const WorldBody& body, const NamedPeriod& period);
RoundFate round_fate(const World& world, const WorldBody& body);
// A round from its opening to the signature of the province, as it was held at the time.
Result<void> hold_past_round(World& world, const WorldPeriod& reported, const NamedPeriod& period);
// Closed figures of the year of the reform that were adjusted since.
Result<void> set_closed_figures_right(World& world);
// What is asked at this time: the half-year in every state, a request, the Youth Union's school year, a term.
Result<void> hold_rounds_of_today(World& world);
// What the open period shows beside its figures: members with a list.
void list_members(World& world);
// The last days before today: the people of the demo sign in, type, correct, give a target; through the doors of the rooms, and in the trail.
Result<void> live_the_last_days(World& world);

}  // namespace khuyenhoc::world
