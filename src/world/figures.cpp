// The figures of bodies, period after period: within the ranges of real reports, growing slowly, with seasons and a few jumps; identities hold.
#include <algorithm>

#include "world/steps.h"

namespace khuyenhoc::world {
namespace {

constexpr std::int64_t note = 50'000;    // đồng; people round amounts to it
std::int64_t rounded(std::int64_t dong) { return (dong + note / 2) / note * note; }
// Chance differs by what it is for and by period.
std::uint64_t mix(int what, const WorldPeriod& period) { return static_cast<std::uint64_t>(what) * 1000 + static_cast<std::uint64_t>(period.index); }

// Numbers of what chance is asked for; a change of one would change every world.
enum What { joined = 100, left_association, income, expenses, jump, scholarships, rewards, helped, dropouts, back, rate, slope, classes, attendances, papers, news, misc };

class Maker {
 public:
  explicit Maker(World& world) : world_(world), catalogue_(world.house.catalogue) {}

  struct Movement {
    std::int64_t in = 0, out = 0;
  };
  Movement movement(const WorldBody& body, const WorldPeriod& period) const {
    if (const auto* told = told_for(body, period)) return {(*told)[1], (*told)[2]};
    const std::int64_t size = body.role == Role::commune && body.divided_rest > 0 ? body.divided_rest : body.members;
    const bool brisk = body.role == Role::commune && world_.chance.happens(12, body.key, mix(jump, period));
    const std::int64_t in = (size * world_.chance.between(9, 25, body.key, mix(joined, period)) * period.halves * (brisk ? 3 : 1) + 500) / 1000;
    std::int64_t out = (size * world_.chance.between(4, 14, body.key, mix(left_association, period)) * period.halves + 500) / 1000;
    if (body.kind == "ban_dong_ho" || body.kind == "ban_ton_giao") out = 0;        // their form does not ask who left
    if (body.role == Role::commune && period.after_reform) out = std::min(out, in);
    return {in, out};
  }

  // Figures of the period before the last and of the last, where the script tells them.
  const std::vector<std::int64_t>* told_for(const WorldBody& body, const WorldPeriod& period) const {
    if (body.told[0].empty()) return nullptr;
    const int last = world_.periods.back().index;
    return period.index == last ? &body.told[1] : period.index == last - 1 ? &body.told[0] : nullptr;
  }

  // What the first period begins with, so that the last one ends where it should.
  void begin(WorldBody& body, std::span<const WorldPeriod> lived) {
    const bool told = !body.told[0].empty();
    std::int64_t members = told ? body.told[0].front() : body.divided_rest > 0 ? body.divided_rest : body.members;
    for (const WorldPeriod& period : lived) {
      if (told && period.open) continue;
      const Movement moved = movement(body, period);
      members -= moved.in - moved.out;
    }
    set(body, "B01", std::max<std::int64_t>(5, members));
    const std::int64_t fund = body.role == Role::branch ? body.members * 26'000 : body.adds_up ? body.people * 900 : body.people * raised(body) / 2 / 1000;
    set(body, "D04", body.role == Role::centre ? 4'200'000'000 : rounded(body.role == Role::province || body.role == Role::district ? 180'000'000 : fund));
  }

  void state(WorldBody& body, const WorldPeriod& period, UserId by, std::vector<Statement>& out) {
    out_ = &out;
    by_ = by;
    period_ = &period;
    body_ = &body;
    at_ms_ = std::min(world_.now_ms(), morning_of(period.named.period.last + 6) + world_.chance.between(1, 9, body.key, mix(misc, period)) * 3'600'000);
    switch (body.role) {
      case Role::branch: return branch();
      case Role::commune: return body.adds_up ? adding_commune() : whole_commune();
      case Role::unit: return unit();
      case Role::district: return office(28'000'000, 8);
      case Role::province: return office(1'450'000'000, 60);
      case Role::centre: return office(9'000'000'000, 180);
    }
  }

 private:
  std::int64_t drawn(std::int64_t low, std::int64_t high, int what) const { return world_.chance.between(low, high, body_->key, mix(what, *period_)); }
  std::int64_t per_mille(std::int64_t of, std::int64_t low, std::int64_t high, int what) const { return (of * drawn(low, high, what) * period_->halves + 500) / 1000; }
  std::int64_t raised(const WorldBody& body) const { return body.province == nobody ? 9'000 : world_.provinces[body.province].script.raised_per_head; }
  Series series(std::string_view code) const { return catalogue_.series(catalogue_.index(code)); }
  std::int64_t held(std::string_view code) const { return body_->levels.of(series(code)); }
  void set(WorldBody& body, std::string_view code, std::int64_t value) { body.levels.set(series(code), value); }

  void give(Series series, std::int64_t value, Extent extent) {
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
    if (is_level(catalogue_.measure(catalogue_.measure_of(series)).kind)) body_->levels.set(series, value);
  }
  void give(std::string_view code, std::int64_t value, Extent extent = Extent::subtree) { give(series(code), value, extent); }
  void give_member(std::string_view code, std::string_view dimension, std::string_view member, std::int64_t value, Extent extent = Extent::subtree) {
    give(catalogue_.series(catalogue_.index(code), dimension, member).value(), value, extent);
  }
  // A level that never falls: what was handed over stays.
  void give_growing(std::string_view code, std::int64_t value, Extent extent = Extent::subtree) { give(code, std::max(held(code), value), extent); }

  // Part of a base that grows from year to year, in permille.
  std::int64_t part(std::int64_t base, std::int64_t low, std::int64_t high, int what) const {
    const std::int64_t start = world_.chance.between(low, high, body_->key, static_cast<std::uint64_t>(what) * 1000 + 998);
    const std::int64_t growth = world_.chance.between(7, 12, body_->key, static_cast<std::uint64_t>(what) * 1000 + 999);
    return base * std::min<std::int64_t>(940, start + growth * period_->step) / 1000;
  }
  std::int64_t season(std::int64_t value) const { return period_->halves == 2 ? value : value * (period_->second_half ? 125 : 80) / 100; }

  struct Fund {
    std::int64_t in = 0, out = 0, left = 0;
  };
  Fund fund(std::int64_t about, std::int64_t least_out, std::int64_t most_out) {
    Fund one;
    about = about * (730 + 15 * period_->step) / 1000;      // a little more each year
    const bool jumped = world_.chance.happens(14, body_->key, mix(jump, *period_));
    one.in = rounded(about * drawn(800, 1200, income) / 1000 * period_->halves * (jumped ? 22 : 10) / 10 * (period_->second_half ? 95 : 105) / 100);
    one.out = std::min(rounded(one.in * drawn(least_out, most_out, expenses) / 100), held("D04") + one.in);
    one.left = held("D04") + one.in - one.out;
    return one;
  }

  void branch() {
    WorldBody& body = *body_;
    if (body.quiet) return;
    const auto* told = told_for(body, *period_);
    const auto say = [&](std::string_view code, std::int64_t value) {
      if (told)
        for (std::size_t i = 0; i < world_.script.columns.size(); ++i)
          if (world_.script.columns[i] == code) value = (*told)[i];
      const bool asked = body.form != nullptr && body.form->asks(catalogue_.index(code));
      if (asked && value >= 0 && !(body.silent && period_->open)) give(code, value);
      return value;
    };
    const Movement moved = movement(body, *period_);
    const std::int64_t members = say("B01", held("B01") + moved.in - moved.out);
    set(body, "B01", members);
    say("B02", moved.in);
    say("B03", moved.out);
    WorldBody& above = world_.bodies[body.superior];
    above.below_members += members;
    above.below_new += moved.in;
    above.below_lost += moved.out;
    if (above.divided_rest > 0) return;        // its commune states the rest
    const bool village = body.kind == "chi_hoi_thon_tdp";
    const std::int64_t base = village ? body.households : body.members;
    const std::int64_t registered = say("C02", std::max(held("C02"), part(base, 450, 540, rate)));
    say("C03", std::min(registered, std::max(held("C03"), part(base, 380, 440, rate + 1))));
    const std::int64_t citizens = say("C18", std::max(held("C18"), part(base, village ? 330 : 480, village ? 450 : 640, slope)));
    say("C19", std::min(citizens, std::max(held("C19"), citizens * 78 / 100)));
    const std::int64_t each = village ? 42'000 : body.kind.starts_with("ban_dong") || body.kind == "ban_ton_giao" ? 210'000 : body.kind.ends_with("truong") ? 58'000 : 130'000;
    Fund money = fund(body.members * each, 78, 101);
    if (told)
      for (std::size_t i = 0; i < world_.script.columns.size(); ++i)
        if (world_.script.columns[i] == "D02") {
          money.in = (*told)[i];
          money.out = std::min(rounded(money.in * drawn(72, 96, expenses) / 100), held("D04") + money.in);
          money.left = held("D04") + money.in - money.out;
        }
    say("D02", money.in);
    say("D03", money.out);
    say("D04", money.left);
    set(body, "D04", money.left);
    say("E01", season(per_mille(body.members, 22, 42, scholarships)));
    say("E03", season(per_mille(body.members, 140, 240, rewards)));
    say("E05", per_mille(body.members, 18, 42, helped));
    if (body.kind.ends_with("truong")) say("E07", body.members * drawn(30, 70, misc) / 1000);
    const std::int64_t lost = village ? std::max<std::int64_t>(0, drawn(-3, 2, dropouts)) * period_->halves : 0;
    say("E08", lost);
    say("E09", lost == 0 ? 0 : std::min(lost, drawn(0, 2, back) * period_->halves));
  }

  // Population, households and the like: once a year, carried forward.
  void references() {
    if (!period_->references) return;
    WorldBody& body = *body_;
    constexpr int settled = 2025;
    const std::int64_t growth = 1000 - 8LL * (settled - period_->named.year);
    const auto grown = [&](std::string_view code, std::int64_t of_settled) {
      const std::int64_t known = held(code);
      give(code, period_->after_reform && known > 0 ? known * 1008 / 1000 : std::max(known, of_settled * growth / 1000));
    };
    const auto standing = [&](std::string_view code, std::int64_t value) { give(code, std::max(held(code), value)); };
    grown("B04", body.people);
    grown("C01", body.households);
    standing("C09", body.villages);
    if (period_->detail == Detail::annex) return;
    standing("C05", body.clans);
    standing("C13", body.offices);
    grown("C17", body.people * 71 / 100);
    grown("E12", body.people * 33 / 1000);
  }

  // What the commune itself knows, whether or not its branches tell the rest.
  void models(Extent extent) {
    const auto registered = [&](std::string_view code, std::string_view recognised, std::int64_t base, int what) {
      const std::int64_t known = std::max(held(code), std::min(base, part(base, 480, 620, what)));
      give(code, known, extent);
      give(recognised, std::max(held(recognised), known * 86 / 100), extent);
    };
    if (period_->detail != Detail::annex) registered("C06", "C07", std::max(held("C05"), body_->clans), rate + 2);
    registered("C10", "C11", std::max(held("C09"), body_->villages), rate + 3);
    if (period_->detail != Detail::annex) registered("C14", "C15", std::max(held("C13"), body_->offices), rate + 4);
    if (period_->detail == Detail::full) give("E13", std::max(held("E13"), held("E12") * drawn(962, 995, misc + 1) / 1000));
  }

  void common(std::int64_t people, Extent extent) {
    if (period_->detail == Detail::annex) return;
    const std::int64_t lessons = std::max<std::int64_t>(2, people * drawn(5, 15, classes) / 10'000) * period_->halves;
    give("F02", lessons);
    give("F03", lessons * drawn(32, 75, attendances));
    give("G04", (2 + people * drawn(3, 17, news) / 10'000) * period_->halves);
    if (period_->detail != Detail::full) return;
    give("A06", std::max(held("A06"), world_.chance.between(9, 21, body_->key, 61)), extent);
    give("G01", drawn(1, 5, papers));
    give("G02", drawn(0, 3, misc + 2));
    give("G03", drawn(12, 70, misc + 3));
    give("G06", drawn(1, 6, misc + 4));
    give("G07", drawn(0, 3, misc + 5));
    give("G08", drawn(2, 14, misc + 6));
    give("D07", rounded(people * drawn(3'000, 6'000, misc + 7)), extent);
    give("H01", drawn(2, 9, misc + 8));
    give("H03", drawn(120, 900, misc + 9));
  }

  void scholarships_of(std::int64_t members, const Fund& money, Extent extent) {
    const std::int64_t given = season(per_mille(members, 20, 34, scholarships));
    give("E01", given, extent);
    if (period_->detail == Detail::annex) return;
    give("E02", std::min(given * drawn(11, 18, scholarships + 50) * note, money.out / 2 / note * note), extent);
    const std::int64_t praised = season(per_mille(members, 130, 220, rewards));
    give("E03", praised, extent);
    give("E04", std::min(praised * 2 * note, money.out * 3 / 10 / note * note), extent);
  }

  void give_fund(const Fund& money, Extent extent) {
    give("D02", money.in, extent);
    give("D03", money.out, extent);
    give("D04", money.left, extent);
    if (period_->detail != Detail::annex) give_member("D03", "muc_dich", "quan_ly", rounded(money.out * drawn(18, 62, misc + 10) / 1000), extent);
  }

  void whole_commune() {
    WorldBody& body = *body_;
    references();
    if (body.quiet) return;
    const Movement moved = movement(body, *period_);
    std::int64_t members = held("B01") + moved.in - moved.out;
    set(body, "B01", members);
    const std::int64_t kept = members;
    if (body.divided_rest > 0) members += body.below_members;
    give("B01", members);
    give("B02", moved.in + body.below_new);
    give("B03", moved.out + body.below_lost);
    if (body.divided_rest > 0) set(body, "B01", kept);
    const std::int64_t homes = std::max(held("C01"), body.households * 93 / 100);
    const std::int64_t registered = std::max(held("C02"), std::min(held("C01"), part(homes, 500, 640, rate)));
    give("C02", registered);
    give("C03", std::max(held("C03"), std::min(registered, registered * 86 / 100)));
    models(Extent::subtree);
    const Fund money = fund(body.people * raised(body) / 1000 * 1000, 80, period_->after_reform ? 99 : 103);
    give_fund(money, Extent::subtree);
    scholarships_of(members, money, Extent::subtree);
    give("E05", per_mille(members, 18, 40, helped));
    const std::int64_t lost = per_mille(members, 1, 4, dropouts);
    give("E08", lost);
    give("E09", lost * drawn(62, 94, back) / 100);
    if (period_->detail != Detail::annex) {
      give_growing("B06", members * std::min<std::int64_t>(92, 55 + 2 * period_->step) / 100);
      const std::int64_t grown_ups = held("C17");
      const std::int64_t citizens = std::max(held("C18"), std::min(grown_ups, part(grown_ups, 160, 290, slope)));
      give("C18", citizens);
      give("C19", std::max(held("C19"), citizens * 80 / 100));
      give_women(members);
    }
    common(body.people, Extent::subtree);
  }

  void give_women(std::int64_t members) {
    const Series women = catalogue_.series(catalogue_.index("B01"), "gioi", "nu").value();
    give(women, std::max(body_->levels.of(women), members * world_.chance.between(46, 57, body_->key, 62) / 100), Extent::subtree);
  }

  void adding_commune() {
    WorldBody& body = *body_;
    references();
    if (body.quiet) return;
    models(Extent::own);
    const Fund money = fund(body.people * 1'400, 80, period_->after_reform ? 99 : 102);
    give_fund(money, Extent::own);
    scholarships_of(body.people / 12, money, Extent::own);
    if (period_->detail != Detail::annex) give_growing("B06", body.below_members * std::min<std::int64_t>(92, 55 + 2 * period_->step) / 100, Extent::own);
    common(body.people, Extent::own);
  }

  void unit() {
    WorldBody& body = *body_;
    const Movement moved = movement(body, *period_);
    give("B01", held("B01") + moved.in - moved.out);
    give("B02", moved.in);
    give("B03", moved.out);
    const std::int64_t citizens = std::max(held("C18"), part(body.members, 400, 600, slope));
    give("C18", citizens);
    give("C19", std::max(held("C19"), citizens * 9 / 10));
    const Fund money = fund(body.members * 90'000, 75, 100);
    give("D02", money.in);
    give("D03", money.out);
    give("D04", money.left);
    give("E01", season(per_mille(body.members, 30, 60, scholarships)));
    give("E03", season(per_mille(body.members, 120, 200, rewards)));
  }

  // An association above the communes: its own fund and help.
  void office(std::int64_t about, std::int64_t given) {
    const Fund money = fund(about, 80, period_->after_reform ? 99 : 102);
    give("D02", money.in, Extent::own);
    give("D03", money.out, Extent::own);
    give("D04", money.left, Extent::own);
    const std::int64_t scholars = season(given * drawn(800, 1250, scholarships) * period_->halves / 1000);
    give("E01", scholars, Extent::own);
    if (period_->detail == Detail::annex) return;
    give("E02", std::min(scholars * drawn(20, 40, scholarships + 50) * note, money.out / 2 / note * note), Extent::own);
    give("E03", season(given * 3 * drawn(800, 1250, rewards) * period_->halves / 1000), Extent::own);
    if (body_->role != Role::province) return;
    give("G01", drawn(4, 11, papers), Extent::own);
    give("G02", drawn(1, 5, misc + 2), Extent::own);
    give("G03", drawn(90, 260, misc + 3), Extent::own);
    give("G04", drawn(30, 120, news), Extent::own);
    give("G06", drawn(3, 12, misc + 4), Extent::own);
    give("G07", drawn(2, 9, misc + 5), Extent::own);
    give("G08", drawn(40, 190, misc + 6), Extent::own);
    give("A06", std::max(held("A06"), world_.chance.between(25, 41, body_->key, 61)), Extent::own);
  }

  World& world_;
  const Catalogue& catalogue_;
  std::vector<Statement>* out_ = nullptr;
  const WorldPeriod* period_ = nullptr;
  WorldBody* body_ = nullptr;
  UserId by_;
  std::int64_t at_ms_ = 0;
};

// Who has sent nothing in the open period yet; never one whose branches are known.
bool still_missing(const World& world, const WorldBody& body) {
  if (body.role != Role::commune || body.adds_up) return false;
  const bool large = world.provinces[body.province].script.code == "66";
  return world.chance.happens(large ? 60 : 90, body.key, 63);
}

}  // namespace

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
  for (WorldBody& body : world.bodies) body.below_members = body.below_new = body.below_lost = 0;
  for (const bool branches : {true, false})
    for (WorldBody& body : world.bodies) {
      if (body.ended || (body.role == Role::branch) != branches) continue;
      if (period.after_reform && body.old && body.quiet && body.role != Role::branch) continue;
      if (period.open && still_missing(world, body)) continue;
      maker.state(body, period, by, out.statements);
      if (body.role == Role::commune && body.divided_rest == 0 && !(body.quiet && body.old))
        out.modes.push_back({body.id, period.named.period, body.adds_up ? EntryMode::from_branches : EntryMode::stated_whole});
    }
  return out;
}

}  // namespace khuyenhoc::world
