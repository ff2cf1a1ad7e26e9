// Rounds that are over: the half-year before the reform, collected by the districts that were still there, and the year after it, by the new communes. Closed with
// what their heads signed; one report came after the province had signed, and some closed figures were set right since.
#include <algorithm>

#include <fmt/format.h>

#include "measures/closing.h"
#include "organisation/posts.h"
#include "world/round_desk.h"
#include "world/steps.h"

namespace khuyenhoc::world {
namespace {

constexpr std::int64_t minute_ms = 60'000, hour_ms = 60 * minute_ms, day_ms = 24 * hour_ms;
constexpr int first_year = 2025;
const std::string form = "bao_cao";

bool of_the_province(const World& world, const WorldBody& body) {
  if (!world.is_demo() || body.province == nobody) return false;
  const auto ours = std::ranges::find_if(world.provinces, [](const WorldProvince& one) { return one.script.code == rounds_province; });
  return ours != world.provinces.end() && world.provinces[body.province].unit == ours->unit;
}

// Somebody of whom only the name is known: the program was not there yet.
ViewerData of_the_register(BodyId body, const std::string& name, const std::string& title) {
  ViewerData out;
  out.name = name;
  out.acting_for = body;
  out.units = {{body, title}};
  for (const Permission permission : {Permission::see_figures, Permission::enter_figures, Permission::see_names, Permission::sign, Permission::receive})
    out.grants.push_back({permission, Grant::Reach::subtree, {body}});
  return out;
}

class PastRound {
 public:
  PastRound(World& world, const NamedPeriod& period) : world_(world), period_(period), cut_off_(period.period.last) {}

  Result<void> live(std::size_t office, const std::vector<std::size_t>& below, bool after_reform, const WorldPeriod& reported) {
    const WorldBody& head = world_.bodies[office];
    const Officers of_office = officers(office, after_reform);
    NewRound given;
    given.office = head.id;
    given.form = form;
    given.period = period_;
    given.message = RoundScript::house().word("year", world_.chance, head.key);
    given.due = {.centre = {}, .province = cut_off_ + 20, .commune = cut_off_ + 10, .branch = cut_off_ + 5};
    const auto opened = open_for(world_, of_office.head, morning_of(cut_off_ - 12), given);
    if (!opened) return std::unexpected(opened.error());
    RoundDesk desk(world_, *opened);
    Acts acts;
    const auto late = after_reform ? std::ranges::find_if(below, [&](std::size_t at) { return plain(at) && reports_in(world_, world_.bodies[at], reported); }) : below.end();
    for (auto at = below.begin(); at != below.end(); ++at)
      if (reports_in(world_, world_.bodies[*at], reported)) one(acts, desk, *at, after_reform, of_office, at == late ? 14 : 0);
    const std::int64_t signing = morning_of(cut_off_ + 16);
    const std::string name = "province";
    acts.at(signing - 2 * day_ms, [&, signing] { return desk.write_words(of_office.desk, signing - 2 * day_ms, head.id, name, head.key); });
    acts.at(signing - 3 * hour_ms, [&, signing] { return desk.submit(of_office.desk, signing - 3 * hour_ms, head.id, head.key); });
    acts.at(signing, [&, signing] { return desk.sign(of_office.head, signing, head.id); });
    return acts.happen(world_);
  }

 private:
  struct Officers {
    ViewerData desk, head;
  };
  bool plain(std::size_t at) const { return !world_.bodies[at].adds_up && world_.bodies[at].role == Role::commune && world_.chance.happens(200, world_.bodies[at].key, 301); }

  Officers officers(std::size_t at, bool after_reform) {
    const WorldBody& body = world_.bodies[at];
    if (after_reform) {
      const auto& known = world_.officers.at(body.id);
      return {known.desk, known.head};
    }
    const auto organisation = world_.house.organisation.current();
    const std::string region = world_.provinces[body.province].script.region;
    const Person person = world_.words.person(world_.chance, body.key ^ Chance::key("chu_tich_2020"), region), desk = world_.words.person(world_.chance, body.key ^ Chance::key("thu_ky_2020"), region);
    return {of_the_register(body.id, desk.salutation + " " + desk.name, "Thư ký"), of_the_register(body.id, person.salutation + " " + person.name, "Chủ tịch")};
  }

  void one(Acts& acts, RoundDesk& desk, std::size_t at, bool after_reform, const Officers& office, int days_late) {
    const WorldBody& body = world_.bodies[at];
    const Officers own = officers(at, after_reform);
    const std::string of = body.role == Role::district ? "district" : body.role == Role::unit ? "office" : "commune";
    const auto drawn = [&](std::int64_t low, std::int64_t high, std::uint64_t what) { return world_.chance.between(low, high, body.key, what * 100 + static_cast<std::uint64_t>(period_.year % 100)); };
    const std::int64_t began = morning_of(cut_off_ + static_cast<int>(drawn(3, 8, 311)) + days_late) + drawn(0, 360, 312) * minute_ms;
    const std::int64_t signed_at = began + drawn(1, 26, 313) * hour_ms, received_at = signed_at + drawn(3, 40, 314) * hour_ms;
    const BodyId id = body.id;
    const std::uint64_t key = body.key;
    acts.at(began, [&desk, own, began, id, of, key] { return desk.write_words(own.desk, began, id, of, key); });
    acts.at(began + 40 * minute_ms, [&desk, own, began, id] { return desk.hand_to_head(own.desk, began + 40 * minute_ms, id); });
    acts.at(signed_at, [&desk, own, signed_at, id] { return desk.sign(own.head, signed_at, id); });
    acts.at(received_at, [&desk, office, received_at, id] { return desk.receive(office.desk, received_at, id); });
    // in time ones are closed by the signature above
    if (days_late > 0) acts.at(received_at + day_ms, [&desk, office, received_at, id] { return desk.close(office.head, received_at + day_ms, id); });
  }

  World& world_;
  NamedPeriod period_;
  Day cut_off_;
};

// Heads of the offices that ended with the reform, as the register of posts remembers them.
Result<void> remember_heads(World& world, const std::vector<std::size_t>& bodies) {
  return world.house.store.write([&](db::Writer& writer) -> Result<void> {
    for (const std::size_t at : bodies) {
      const WorldBody& body = world.bodies[at];
      const Person person = world.words.person(world.chance, body.key ^ Chance::key("chu_tich_2020"), world.provinces[body.province].script.region);
      const auto done = appoint(world.house.store, writer, {}, {.body = body.id, .post = "chu_tich", .person_name = person.name, .user = {}, .from = Day::of(2020, 11, 15), .until = reform_day(), .term = "nhiệm kỳ 2020 - 2025"});
      if (!done) return std::unexpected(done.error());
    }
    return {};
  });
}

std::vector<std::size_t> asked_below(const World& world, std::size_t office) {
  std::vector<std::size_t> out;
  for (std::size_t at = 0; at < world.bodies.size(); ++at)
    if (world.bodies[at].superior == office && !world.bodies[at].ended && world.bodies[at].role != Role::branch) out.push_back(at);
  return out;
}

}  // namespace

bool in_the_rounds(const World& world, const WorldBody& body) { return of_the_province(world, body); }

bool closed_by_a_round(const World& world, const WorldBody& body, const NamedPeriod& period) {
  if (!of_the_province(world, body) || period.year < first_year || body.role == Role::branch) return false;
  if (period.period.last < reform_day()) return period.window == "H1" && body.role != Role::commune;
  return period.window == "Y" || (period.window == "H1" && body.role != Role::district);
}

Result<void> hold_past_round(World& world, const WorldPeriod& reported, const NamedPeriod& period) {
  if (!world.is_demo() || period.year < first_year || period.window == "H2") return {};
  const bool after_reform = period.period.last >= reform_day();
  std::vector<std::size_t> offices;
  for (const WorldProvince& province : world.provinces) {
    const std::size_t office = after_reform ? province.body : province.old_body;
    if (of_the_province(world, world.bodies[office]) && std::ranges::find(offices, office) == offices.end()) offices.push_back(office);
  }
  for (const std::size_t office : offices) {
    const auto below = asked_below(world, office);
    if (below.empty()) continue;
    if (!after_reform) {
      auto all = below;
      all.push_back(office);
      if (auto done = remember_heads(world, all); !done) return done;
    }
    if (auto done = PastRound(world, period).live(office, below, after_reform, reported); !done) return done;
  }
  return {};
}

Result<void> set_closed_figures_right(World& world) {
  if (!world.is_demo()) return {};
  House& house = world.house;
  const NamedPeriod year = house.periods.named(form, "Y", first_year).value(), half = house.periods.named(form, "H2", first_year).value();
  const RoundScript& script = RoundScript::house();
  std::vector<const WorldBody*> may;
  for (const WorldBody& body : world.bodies)
    if (body.role == Role::commune && !body.ended && !body.adds_up && of_the_province(world, body) && world.officers.contains(body.id)) may.push_back(&body);
  std::ranges::sort(may, {}, [&](const WorldBody* body) { return world.chance.of(body->key, 331); });
  Day day = Day::of(first_year + 1, 1, 12);
  auto body = may.begin();
  for (const RoundScript::Change& change : script.adjustments) {
    for (; body != may.end(); ++body) {
      const BodyId id = (*body)->id;
      const auto report = house.store.read([&](db::Reader& reader) { return report_in_window(reader, id, form, year.period); });
      const Series series = house.catalogue.series(house.catalogue.index(change.measure));
      const auto stated = house.store.read([&](db::Reader& reader) { return house.statements.find(reader, id, series, year.period); });
      const std::int64_t at_ms = morning_of(day) + 2 * hour_ms;
      if (at_ms >= morning_of(world.options.today)) return {};
      if (!report || report->state != ReportState::closed || !stated || !stated->value || *stated->value + change.by < 0) continue;
      const auto& people = world.officers.at(id);
      Sitting desk(world, people.desk, at_ms), head(world, people.head, at_ms + 5 * hour_ms);
      const auto draft = desk.write([&](db::Writer& writer) -> Result<Adjustment> {
        auto one = begin_adjustment(writer, desk.house(), desk.viewer(), report->id, change.reason);
        if (one) one = put_cell(writer, desk.house(), desk.viewer(), one->id, one->row_version, {id, change.measure, {}, *stated->value + change.by, change.cell_reason});
        if (one) one = submit_adjustment(writer, desk.house(), desk.viewer(), one->id, one->row_version, {});
        return one;
      });
      if (!draft) return std::unexpected(draft.error());
      const auto done = head.write([&](db::Writer& writer) -> Result<void> {
        const auto signed_one = sign_adjustment(writer, head.house(), head.viewer(), draft->id, draft->row_version);
        if (!signed_one) return std::unexpected(signed_one.error());
        // the half-year that ends the same day says the same
        return close_period(writer, house.ledger, form, half.period, std::span(&id, 1), head.viewer().user(), at_ms + 5 * hour_ms);
      });
      if (!done) return done;
      ++body;
      break;
    }
    day = day + 17;
  }
  return {};
}

}  // namespace khuyenhoc::world
