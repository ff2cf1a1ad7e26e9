// What every body's figures have in common: chance, seasons, growth, members who come and go, money that comes and goes.
#include "world/maker.h"

#include <algorithm>
#include <array>

#include "world/steps.h"

namespace khuyenhoc::world {
namespace {

constexpr int step_of_2020 = 6, step_of_2025 = 16;
constexpr int first_step_of_citizens = 10;      // the rules of "Công dân học tập" are of July 2022

std::uint64_t key_of(std::string_view what, int salt) { return Chance::key(what) * 31 + static_cast<std::uint64_t>(salt); }

// How far the model "Công dân học tập" had come, in permille of the middle of 2026.
std::int64_t citizens_so_far(int step) {
  constexpr std::array<std::int64_t, 8> ramp{380, 490, 600, 680, 770, 850, 930, 1000};
  if (step < first_step_of_citizens) return 0;
  const auto at = static_cast<std::size_t>(step - first_step_of_citizens);
  return at < ramp.size() ? ramp[at] : ramp.back() + 45 * static_cast<std::int64_t>(at - ramp.size() + 1);
}

}  // namespace

std::int64_t Maker::chance(std::int64_t low, std::int64_t high, std::string_view what, int salt) const { return world_.chance.between(low, high, body_->key, key_of(what, salt) * 1000 + 999); }

std::int64_t Maker::drawn(std::int64_t low, std::int64_t high, std::string_view what, int salt) const {
  return world_.chance.between(low, high, body_->key, key_of(what, salt) * 1000 + static_cast<std::uint64_t>(period_->index));
}

std::int64_t Maker::whole(std::int64_t thousandths, std::string_view what) const { return (thousandths + drawn(0, 999, what, 3)) / 1000; }

std::int64_t Maker::flow(std::string_view code, std::int64_t thousandths, const Course& course) {
  const Series asked = series(code);
  if (body_->pace.of(asked) == 0) body_->pace.set(asked, std::max<std::int64_t>(1, thousandths));
  std::int64_t value = body_->pace.of(asked) * period_->halves;
  value = value * (1000 + course.growth * (period_->step - step_of_2025)) / 1000;
  value = value * drawn(1000 - course.noise, 1000 + course.noise, code) / 1000;
  if (course.season == Season::school_year && period_->halves == 1) value = value * (period_->second_half ? 118 : 82) / 100;
  if (period_->named.year == 2021) value = value * course.in_2021 / 1000;
  return whole(value, code);
}

std::int64_t Maker::share(std::string_view code, std::int64_t base, std::int64_t permille, std::int64_t growth) const {
  constexpr std::int64_t most = 965;
  const std::int64_t known = held(code);
  if (known > 0 && period_->after_reform) return std::max(known, std::min(base * most / 1000, whole(known * (1000 + growth), code)));
  const std::int64_t rate = std::min(most, permille + growth * (period_->step - step_of_2020));
  return std::max(known, (base * rate + chance(0, 999, code, 4)) / 1000);
}

std::int64_t Maker::recognised(std::string_view code, std::int64_t registered) const {
  const std::int64_t now = (registered * (chance(880, 930, code, 5) + period_->step) + chance(0, 999, code, 6)) / 1000;
  return std::max(held(code), std::min(registered, now));
}

std::int64_t Maker::citizens(std::string_view code, std::int64_t grown_ups, std::int64_t permille) const {
  const std::int64_t known = held(code);
  std::int64_t now = grown_ups * permille / 1000 * citizens_so_far(period_->step) / 1000;
  if (known > 0 && period_->after_reform) now = known * citizens_so_far(period_->step) / std::max<std::int64_t>(1, citizens_so_far(period_->step - 1));
  return std::max(known, std::min(grown_ups * 9 / 10, now));
}

void Maker::give(Series series, std::int64_t value, Extent extent) {
  if (is_level(catalogue_.measure(catalogue_.measure_of(series)).kind)) {
    if (annexed() && value == body_->levels.of(series) && series != members_) return;      // early annexes tell what has changed
    body_->levels.set(series, value);
  }
  const bool is_whole = series == catalogue_.series(catalogue_.measure_of(series));
  if (period_->open && body_->typed_by_hand && is_whole) {
    body_->to_type.push_back({series, value, extent});
    return;
  }
  Statement one;
  one.body = body_->id;
  one.series = series;
  one.period = period_->named.period;
  one.value = value;
  one.extent = extent;
  one.arrival = Arrival::within;
  one.by = by_;
  one.at_ms = at_ms_;
  out_->push_back(one);
}

void Maker::give_or_annex(std::string_view code, std::int64_t value) {
  const std::size_t above = body_->superior;
  if (!annexed() || above == nobody || world_.bodies[above].role != Role::district) return give(code, value, Extent::subtree);
  Levels& told = world_.bodies[above].annexed;
  told.set(series(code), told.of(series(code)) + value);
}

const std::vector<std::int64_t>* Maker::told_for(const WorldBody& body, const WorldPeriod& period) const {
  if (body.told[0].empty()) return nullptr;
  const int last = world_.periods.back().index;
  return period.index == last ? &body.told[1] : period.index == last - 1 ? &body.told[0] : nullptr;
}

std::int64_t Maker::halves_before_told(const WorldPeriod& period) const { return world_.periods[world_.periods.size() - 2].step - period.step; }

// As the script has it, and before that what may have led there.
std::optional<std::int64_t> Maker::told(std::string_view code) const {
  if (body_->told[0].empty()) return std::nullopt;
  const auto column = static_cast<std::size_t>(std::ranges::find(world_.script.columns, code) - world_.script.columns.begin());
  if (column == world_.script.columns.size()) return std::nullopt;
  if (const auto* now = told_for(*body_, *period_)) return (*now)[column];
  const std::int64_t value = body_->told[0][column], back = halves_before_told(*period_);
  if (value < 0) return value;
  const MeasureKind kind = catalogue_.measure(catalogue_.index(code)).kind;
  if (code == "C18") return value * citizens_so_far(period_->step) / citizens_so_far(period_->step + static_cast<int>(back));
  if (is_level(kind)) return value * (1000 - 13 * back) / 1000;
  const std::int64_t dip = period_->named.year == 2021 ? 820 : 1000;
  const std::int64_t thousandths = value * period_->halves * (1000 - 11 * back) * drawn(930, 1070, code, 7) / 1000 * dip / 1000;
  return code.starts_with("D") ? rounded(thousandths / 1000) : whole(thousandths, code);
}

Maker::Movement Maker::movement(const WorldBody& body, const WorldPeriod& period) const {
  if (const auto* known = told_for(body, period)) return {(*known)[1], (*known)[2]};
  const auto of_period = [&](std::int64_t low, std::int64_t high, std::uint64_t what) { return world_.chance.between(low, high, body.key, what * 1000 + static_cast<std::uint64_t>(period.index)); };
  const auto by_chance = [&](std::int64_t thousandths, std::uint64_t what) { return (thousandths + of_period(0, 999, what)) / 1000; };
  const std::int64_t dip = period.named.year == 2021 ? 720 : 1000;
  if (!body.told[0].empty()) {
    const std::int64_t then = (1000 - 12 * halves_before_told(period)) * period.halves;
    return {by_chance(body.told[0][1] * then * of_period(880, 1040, 101) / 1000 * dip / 1000, 102), by_chance(body.told[0][2] * then * of_period(880, 1040, 103) / 1000, 104)};
  }
  const std::int64_t size = body.role == Role::commune && body.divided_rest > 0 ? body.divided_rest : body.members;
  const bool brisk = body.role == Role::commune && world_.chance.happens(10, body.key, 105'000 + static_cast<std::uint64_t>(period.index));
  const std::int64_t in = by_chance(size * of_period(14, 20, 106) * period.halves * (brisk ? 2 : 1) * dip / 1000, 107);
  std::int64_t out = by_chance(size * of_period(7, 11, 108) * period.halves, 109);
  if (body.kind == "ban_dong_ho" || body.kind == "ban_ton_giao") out = 0;        // their form does not ask who left
  if (body.role == Role::commune && period.after_reform) out = std::min(out, in);
  return {in, out};
}

Maker::Fund Maker::fund(std::int64_t raised, std::int64_t least_out, std::int64_t most_out) {
  Fund one;
  const bool jumped = world_.chance.happens(12, body_->key, 110'000 + static_cast<std::uint64_t>(period_->index));
  one.in = rounded(flow("D02", raised * 1000, {.growth = 15, .noise = 110, .in_2021 = 860}) * (jumped ? 17 : 10) / 10);
  if (period_->after_reform) most_out = std::min<std::int64_t>(most_out, 99);      // what was handed over is kept together
  one.out = std::min(rounded(one.in * drawn(least_out, most_out, "D03") / 100), held("D04") + one.in);
  one.left = held("D04") + one.in - one.out;
  return one;
}

void Maker::begin(WorldBody& body, std::span<const WorldPeriod> lived) {
  const bool told = !body.told[0].empty();
  std::int64_t members = told ? body.told[0].front() : body.divided_rest > 0 ? body.divided_rest : body.members;
  for (const WorldPeriod& period : lived) {
    if (told && period.open) continue;
    const Movement moved = movement(body, period);
    members -= moved.in - moved.out;
  }
  body.levels.set(series("B01"), std::max<std::int64_t>(5, members));
  std::int64_t fund = 0;
  switch (body.role) {
    case Role::branch: fund = body.members * 45'000; break;
    case Role::commune: fund = body.adds_up ? body.people * 4'000 : body.people * world_.provinces[body.province].script.fund_per_head; break;
    case Role::unit: fund = body.members * 120'000; break;
    case Role::district: fund = 190'000'000; break;
    case Role::province: fund = 2'600'000'000; break;
    case Role::centre: fund = 14'200'000'000; break;
  }
  body.levels.set(series("D04"), rounded(fund));
}

void Maker::state(WorldBody& body, const WorldPeriod& period, UserId by, std::vector<Statement>& out) {
  out_ = &out;
  by_ = by;
  period_ = &period;
  body_ = &body;
  const std::int64_t minute_of_work = drawn(0, 9 * 60, "minute") * 60'000;
  if (period.open) {                     // over the last days, in working hours
    constexpr std::int64_t day_ms = 86'400'000;
    const Day today = world_.house.clock.today();
    const int longest = std::max(6, today - period.named.period.last + 4);
    const WorldBody& reporting = body.role == Role::branch ? world_.bodies[body.superior] : body;
    const bool reported = world_.is_demo() && round_fate(world_, reporting) > RoundFate::entering;      // before its report was written
    at_ms_ = morning_of(today - static_cast<int>(drawn(reported ? std::min(7, longest) : 0, longest, "at"))) + minute_of_work;
    if (at_ms_ > world_.now_ms()) at_ms_ -= day_ms;
  } else {
    at_ms_ = std::min(world_.now_ms(), morning_of(period.named.period.last + static_cast<int>(drawn(1, 9, "at"))) + minute_of_work);
  }
  switch (body.role) {
    case Role::branch: return branch();
    case Role::commune: return body.adds_up ? adding_commune() : whole_commune();
    case Role::unit: return unit();
    case Role::district: return office(28'000'000, 8);
    case Role::province: return office(1'450'000'000, 60);
    case Role::centre: return office(9'000'000'000, 180);
  }
}

}  // namespace khuyenhoc::world
