// The last days before today as the people of the demo lived them: they sign in, type, correct, give a target. Every figure goes through the desk of the entry
// room and every act into the trail, at the hour it was done.
#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/number.h"
#include "measures/figures.h"
#include "measures/targets.h"
#include "world/sitting.h"
#include "world/steps.h"

namespace khuyenhoc::world {
namespace {

namespace json = boost::json;

constexpr std::int64_t minute_ms = 60'000;

// How long ago: days before today, and the time of that day.
struct Moment {
  int days_ago = 0, hour = 8, minute = 0;
};

std::int64_t time_of(const World& world, Moment when) {
  const Day day = world.options.today - when.days_ago;
  return std::min(morning_of(day) + ((when.hour - 8) * 60 + when.minute) * minute_ms, world.now_ms() - minute_ms);      // nothing happens later than now
}

const ViewerData& person_of(const World& world, const std::string& telephone) { return std::ranges::find(world.people, telephone, &DemoPerson::telephone)->viewer; }

void give_target(World& world, Sitting& sitting, BodyId body, std::string_view code, std::int64_t value) {
  House& house = sitting.house();
  const MeasureIndex measure = house.catalogue.index(code);
  const int year = world.periods.back().named.year;
  house.store.write([&](db::Writer& writer) {
    const auto before = target(writer, house.catalogue, body, measure, year);
    set_target(writer, house.catalogue, {body, measure, year, value});
    const Measure& of = house.catalogue.measure(measure);
    const std::string name = sitting.viewer().organisation()->body(body).on(sitting.today()).name;
    const std::string change = before ? fmt::format("{} thành {}", number_text(*before), number_text(value)) : number_text(value);
    sitting.trail().write(writer, sitting.viewer(), body, "target", measure, "set", before ? json::serialize(json::object{{"value", *before}}) : std::string(),
                          json::serialize(json::object{{"summary", fmt::format("Kế hoạch năm {} giao {}, {}: {}", year, name, of.label(Language::vietnamese), change)}, {"measure", of.code}, {"year", year}, {"value", value}}));
  });
}

constexpr Moment signed_in_today{0, 7, 42};
constexpr Moment heads_evening{5, 19, 20}, secretarys_afternoon{4, 15, 8}, secretarys_correction{3, 9, 5};
constexpr Moment office_begins{3, 14, 25}, office_goes_on{1, 10, 12}, target_given{2, 16, 2};

class LastDays {
 public:
  explicit LastDays(World& world) : world_(world), catalogue_(world.house.catalogue) {}

  Result<void> live() {
    if (auto done = rows(); !done) return done;
    for (const DemoPerson& person : world_.people)
      if (auto done = office(person); !done) return done;
    target();
    for (const DemoPerson& person : world_.people)
      if (!known(person.viewer.acting_for).to_type.empty() || person.telephone == world_.typist) Sitting(world_, person.viewer, time_of(world_, signed_in_today)).sign_in();
    return {};
  }

 private:
  const WorldBody& known(BodyId id) const { return *std::ranges::find(world_.bodies, id, &WorldBody::id); }
  Series series(std::string_view code) const { return catalogue_.series(catalogue_.index(code)); }
  const NamedPeriod& open() const { return world_.periods.back().named; }
  std::unique_ptr<Sitting> at_work(const std::string& telephone, Moment when) const { return std::make_unique<Sitting>(world_, person_of(world_, telephone), time_of(world_, when)); }

  // A head of a branch by telephone in the evening, with one member forgotten; the secretary the rows of others, and the correction.
  Result<void> rows() {
    const BodyId commune = world_.bodies[world_.scripted_commune].id;
    for (const WorldBody& body : world_.bodies) {
      if (body.role != Role::branch || body.to_type.empty()) continue;
      const DemoPerson* head = nullptr;
      for (const DemoPerson& one : world_.people)
        if (one.viewer.acting_for == body.id) head = &one;
      if (head == nullptr) {
        if (auto done = at_work(world_.typist, secretarys_afternoon)->type(commune, body.id, open(), body.to_type); !done) return done;
        continue;
      }
      std::vector<TypedFigure> mistaken = body.to_type;
      std::vector<TypedFigure> right;
      for (TypedFigure& one : mistaken) {
        if (one.series != series("B01") && one.series != series("B02")) continue;
        right.push_back(one);
        --one.value;
      }
      const auto evening = at_work(head->telephone, heads_evening);
      evening->sign_in();
      if (auto done = evening->type(commune, body.id, open(), mistaken); !done) return done;
      if (auto done = at_work(world_.typist, secretarys_correction)->type(commune, body.id, open(), right); !done) return done;
    }
    return {};
  }

  // The office of a province types its own figures in two sittings; one of them has not come to its last ones.
  Result<void> office(const DemoPerson& person) {
    const WorldBody& body = known(person.viewer.acting_for);
    if (body.role != Role::province || body.to_type.empty()) return {};
    constexpr std::size_t not_yet = 5;
    const std::size_t half = body.to_type.size() / 2;
    const auto begun = at_work(person.telephone, office_begins);
    begun->sign_in();
    if (auto done = begun->type(body.id, body.id, open(), std::span(body.to_type).first(half)); !done) return done;
    const std::size_t left = world_.provinces[body.province].script.region == "mountain" ? not_yet : 0;
    return at_work(person.telephone, office_goes_on)->type(body.id, body.id, open(), std::span(body.to_type).subspan(half, body.to_type.size() - half - left));
  }

  void target() {
    const WorldBody& commune = world_.bodies[world_.scripted_commune];
    const BodyId above = world_.bodies[commune.superior].id;
    for (const DemoPerson& one : world_.people)
      if (one.viewer.acting_for == above) give_target(world_, *at_work(one.telephone, target_given), commune.id, "B01", commune_target());
  }

  // A little more than what stands there now, rounded to what people decide on.
  std::int64_t commune_target() const {
    constexpr std::int64_t round = 100;
    const Figures figures(world_.house.ledger.view());
    const auto members = figures.figure(catalogue_.index("B01"), {world_.bodies[world_.scripted_commune].id, world_.periods.back().named.period, world_.options.today, Lens::live});
    return members ? (members->value * 103 / 100 + round - 1) / round * round : round;
  }

  World& world_;
  const Catalogue& catalogue_;
};

}  // namespace

Result<void> live_the_last_days(World& world) {
  if (world.scripted_commune == nobody) return {};        // its province was left out
  return LastDays(world).live();
}

}  // namespace khuyenhoc::world
