// The rounds that are under way: the half-year in every state, the province's own questions on top of the form, a request asked once, the Youth Union's school
// year, a term.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "world/round_desk.h"
#include "world/steps.h"

namespace khuyenhoc::world {
namespace {

constexpr std::int64_t minute_ms = 60'000, hour_ms = 60 * minute_ms, day_ms = 24 * hour_ms;
constexpr int days_open = 12;            // before the cut-off
constexpr int settled = 8;               // days after the cut-off from which reports come in

class CurrentRound {
 public:
  CurrentRound(World& world, std::size_t office) : world_(world), script_(RoundScript::house()), office_(world.bodies[office]), people_(world.officers.at(office_.id)), open_(world.periods.back().named) {}

  Result<void> live() {
    const std::int64_t opened_at = morning_of(open_.period.last - days_open + 1) + 90 * minute_ms;
    if (opened_at >= morning_of(world_.options.today)) return {};
    if (auto done = add_own_questions(opened_at - 6 * day_ms); !done) return done;
    NewRound given;
    given.office = office_.id;
    given.form = open_.family;
    given.period = open_;
    given.message = said(script_.word("half_year", world_.chance, 0), "{ngay}", open_.period.last.text());
    const Day last = open_.period.last;
    given.due = {.centre = {}, .province = last + 20, .commune = last + 10, .branch = last + 5};
    const auto round = open_for(world_, people_.head, opened_at, given);
    if (!round) return std::unexpected(round.error());
    RoundDesk desk(world_, *round);
    Acts acts;
    std::size_t returned = 0, on_behalf = 0, given_back = 0;
    for (std::size_t at = 0; at < world_.bodies.size(); ++at) {
      const WorldBody& body = world_.bodies[at];
      if (body.ended || body.superior == nobody || world_.bodies[body.superior].id != office_.id || (body.role != Role::commune && body.role != Role::unit)) continue;
      const RoundFate fate = round_fate(world_, body);
      pass_down_to_branches(acts, desk, at, fate, opened_at);
      if (fate == RoundFate::entering) {
        if (on_behalf < 2 && !body.adds_up && at != world_.scripted_commune) ++on_behalf, entered_by_the_office(acts, desk, body);
        continue;
      }
      if (fate == RoundFate::not_started) continue;
      report(acts, desk, body, fate, returned, given_back);
    }
    return acts.happen(world_);
  }

 private:
  static std::string said(std::string text, std::string_view hole, std::string_view with) {
    if (const auto at = text.find(hole); at != std::string::npos) text.replace(at, hole.size(), with);
    return text;
  }
  std::int64_t drawn(const WorldBody& body, std::int64_t low, std::int64_t high, std::uint64_t what) const { return world_.chance.between(low, high, body.key, what); }
  std::int64_t days_ago(int days) const { return morning_of(world_.options.today - days); }

  // The province asks two things more; its communes answer beside their own figures.
  Result<void> add_own_questions(std::int64_t at_ms) {
    Sitting sitting(world_, people_.head, at_ms);
    House& house = sitting.house();
    const auto draft = begin_draft(house, sitting.viewer(), office_.id, open_.family);
    if (!draft) return std::unexpected(draft.error());
    auto version = house.store.read([&](db::Reader& reader) { return form_version(reader, house, *draft); });
    if (!version) return std::unexpected(version.error());
    for (const RoundScript::Question& one : script_.addition) version->content.questions.push_back(one.asked);
    version->note = script_.addition_note;
    const auto kept = keep_draft(house, sitting.viewer(), *version);
    if (!kept) return std::unexpected(kept.error());
    if (auto done = publish_draft(house, sitting.viewer(), *draft, *kept, sitting.today()); !done) return done;
    const auto published = house.store.read([&](db::Reader& reader) { return form_version(reader, house, *draft); });
    if (!published) return std::unexpected(published.error());
    for (const FormSection& section : published->content.sections)
      for (const AskedLine& line : section.lines) own_.push_back(line.measure);
    return {};
  }

  Result<void> answer_own_questions(const ViewerData& who, std::int64_t at_ms, const WorldBody& body) {
    std::vector<TypedFigure> figures;
    for (std::size_t n = 0; n < own_.size() && n < script_.addition.size(); ++n) {
      const RoundScript::Question& one = script_.addition[n];
      const std::int64_t scale = one.asked.kind == OwnQuestion::Kind::money ? 1'000'000 : 1;
      figures.push_back({world_.house.catalogue.series(own_[n]), drawn(body, one.least, one.most, 410 + n) * scale, Extent::subtree});
    }
    return Sitting(world_, who, at_ms).type(body.id, body.id, open_, figures);
  }

  // Most communes with branches pass the round down a day or two later; the branches of those whose report is under way have confirmed, in one of the others some.
  void pass_down_to_branches(Acts& acts, RoundDesk& desk, std::size_t at, RoundFate fate, std::int64_t opened_at) {
    const WorldBody& body = world_.bodies[at];
    if (!body.adds_up || (fate == RoundFate::not_started && drawn(body, 0, 1, 421) == 0)) return;
    const auto& own = world_.officers.at(body.id);
    const std::int64_t passed = opened_at + drawn(body, 20, 70, 422) * hour_ms;
    acts.at(passed, [this, &desk, &own, &body, passed]() -> Result<void> {
      Sitting sitting(world_, own.desk, passed);
      const Day due = open_.period.last + 5;
      const auto done = sitting.write([&](db::Writer& writer) {
        return pass_down(writer, sitting.house(), sitting.viewer(), {desk.round(), body.id, due, script_.word("pass_down", world_.chance, body.key), {}, 0, 0});
      });
      if (!done) return std::unexpected(done.error());
      return {};
    });
    if (fate == RoundFate::not_started || (fate == RoundFate::entering && drawn(body, 0, 2, 423) == 0) || world_.options.today - open_.period.last < 2) return;
    for (const WorldBody& branch : world_.bodies) {
      if (branch.role != Role::branch || branch.ended || branch.superior != at || branch.silent || branch.quiet || branch.typed_by_hand) continue;
      if (fate == RoundFate::entering && (branch.row != nullptr || drawn(branch, 0, 9, 424) < 5)) continue;
      const int latest = std::max(1, world_.options.today - open_.period.last - 5);
      const std::int64_t confirmed = days_ago(latest + static_cast<int>(drawn(branch, 0, 2, 425))) + drawn(branch, 0, 640, 426) * minute_ms;
      const std::string name = world_.words.person(world_.chance, branch.key, world_.provinces[branch.province].script.region).name;
      if (drawn(branch, 0, 9, 427) < 7) acts.at(std::max(confirmed, passed + hour_ms), [&desk, &branch, confirmed, passed, name] { return desk.confirm_by_head(std::max(confirmed, passed + hour_ms), branch.id, name); });
      else acts.at(std::max(confirmed, passed + hour_ms), [this, &desk, &own, &branch, confirmed, passed] { return desk.confirm_for(own.desk, std::max(confirmed, passed + hour_ms), branch.id, script_.word("behalf", world_.chance, branch.key)); });
    }
  }

  // A commune whose office cannot get at a computer: the province enters for it.
  void entered_by_the_office(Acts& acts, RoundDesk& desk, const WorldBody& body) {
    const std::int64_t at_ms = days_ago(2) + drawn(body, 60, 300, 431) * minute_ms;
    acts.at(at_ms, [this, &desk, &body, at_ms]() -> Result<void> {
      const RoundReport now = desk.report(body.id);
      Sitting sitting(world_, people_.desk, at_ms);
      const auto done = sitting.write([&](db::Writer& writer) { return enter_on_behalf(writer, sitting.house(), sitting.viewer(), now.id, now.row_version, script_.word("behalf_commune", world_.chance, 0)); });
      if (!done) return std::unexpected(done.error());
      return {};
    });
  }

  void report(Acts& acts, RoundDesk& desk, const WorldBody& body, RoundFate fate, std::size_t& returned, std::size_t& given_back) {
    const auto& own = world_.officers.at(body.id);
    const bool waits = fate == RoundFate::waiting;
    const std::int64_t began = days_ago(waits ? static_cast<int>(drawn(body, 1, 2, 441)) : static_cast<int>(drawn(body, 4, 6, 442))) + drawn(body, 0, 420, 443) * minute_ms;
    const std::int64_t submitted = began + 50 * minute_ms, signed_at = submitted + drawn(body, 1, 20, 444) * hour_ms;
    const std::string of = body.role == Role::unit ? "office" : "commune";
    acts.at(began, [this, &own, &body, began] { return answer_own_questions(own.desk, began, body); });
    acts.at(began + 5 * minute_ms, [&desk, &own, &body, began, of] { return desk.write_words(own.desk, began + 5 * minute_ms, body.id, of, body.key + 1); });
    // some with the reasons for what stands out, most had nothing to explain
    const bool explains = waits || body.key % 3 == 0;
    acts.at(submitted, [&desk, &own, &body, submitted, explains] { return explains ? desk.submit(own.desk, submitted, body.id, body.key) : desk.hand_to_head(own.desk, submitted, body.id); });
    if (waits) {
      if (given_back++ != 0) return;
      const std::int64_t back = submitted + 2 * hour_ms;
      acts.at(back, [this, &desk, &own, &body, back] { return desk.take_back(own.head, back, body.id, script_.word("taken_back", world_.chance, 0)); });
      return;
    }
    acts.at(signed_at, [&desk, &own, &body, signed_at] { return desk.sign(own.head, signed_at, body.id); });
    const std::int64_t looked_at = days_ago(static_cast<int>(drawn(body, 1, 2, 445))) + drawn(body, 0, 480, 446) * minute_ms;
    if (fate == RoundFate::received) acts.at(looked_at, [this, &desk, &body, looked_at] { return desk.receive(people_.desk, looked_at, body.id); });
    if (fate == RoundFate::returned) {
      const RoundScript::Return& why = script_.returns[returned++ % script_.returns.size()];
      acts.at(looked_at, [this, &desk, &body, looked_at, &why] { return desk.send_back(people_.desk, looked_at, body.id, why); });
    }
  }

  World& world_;
  const RoundScript& script_;
  const WorldBody& office_;
  const Officers& people_;
  NamedPeriod open_;
  std::vector<MeasureIndex> own_;
};

std::vector<const WorldBody*> some_communes(const World& world, std::size_t office, std::size_t how_many, std::uint64_t what) {
  std::vector<const WorldBody*> out;
  for (std::size_t at = 0; at < world.bodies.size(); ++at)
    if (const WorldBody& body = world.bodies[at]; body.role == Role::commune && !body.ended && body.superior == office && at != world.scripted_commune) out.push_back(&body);
  std::ranges::sort(out, {}, [&](const WorldBody* body) { return world.chance.of(body->key, what); });
  out.resize(std::min(out.size(), how_many));
  return out;
}

// Asked once, of a few communes, and due already: most have answered.
Result<void> ask_once(World& world, std::size_t office) {
  const RoundScript& script = RoundScript::house();
  const WorldBody& asking = world.bodies[office];
  const auto& people = world.officers.at(asking.id);
  const Day today = world.options.today, asked_on = today - 11, due = today - 3;
  Sitting sitting(world, people.head, morning_of(asked_on));
  House& house = sitting.house();
  const auto draft = begin_request(house, sitting.viewer(), asking.id);
  if (!draft) return std::unexpected(draft.error());
  auto version = house.store.read([&](db::Reader& reader) { return form_version(reader, house, *draft); });
  if (!version) return std::unexpected(version.error());
  version->name_vi = version->name_en = script.request_title;
  version->request_period = Period{Day::of(asked_on.year(), 1, 1), asked_on};
  version->request_due = due;
  for (const RoundScript::Question& one : script.request) version->content.questions.push_back(one.asked);
  const auto kept = keep_draft(house, sitting.viewer(), *version);
  if (!kept) return std::unexpected(kept.error());
  if (auto done = publish_draft(house, sitting.viewer(), *draft, *kept, asked_on); !done) return done;
  const auto published = house.store.read([&](db::Reader& reader) { return form_version(reader, house, *draft); });
  if (!published) return std::unexpected(published.error());

  NewRound given;
  given.office = asking.id;
  given.form = published->code;
  given.form_versions = {*draft};
  given.period = NamedPeriod{"", "", asked_on.year(), *published->request_period};
  given.title = script.request_title;
  given.message = script.request_message;
  given.asked.how = AskedBodies::How::list;
  given.due = {.centre = {}, .province = due + 5, .commune = due, .branch = due};
  const auto communes = some_communes(world, office, 14, 451);
  for (const WorldBody* body : communes) given.asked.bodies.push_back(body->id);
  const auto round = open_for(world, people.head, morning_of(asked_on) + hour_ms, given);
  if (!round) return std::unexpected(round.error());
  const NamedPeriod asked_about = house.store.read([&](db::Reader& reader) { return entry_period(reader, house, find_round(reader, *round).value()); });
  Acts acts;
  for (const WorldBody* body : communes) {
    if (world.chance.happens(250, body->key, 452)) continue;
    const std::int64_t at_ms = morning_of(due - static_cast<int>(world.chance.between(0, 4, body->key, 453))) + world.chance.between(0, 480, body->key, 454) * minute_ms;
    acts.at(at_ms, [&world, &script, &published, &asked_about, body, at_ms] {
      std::vector<TypedFigure> figures;
      std::size_t n = 0;
      for (const FormSection& section : published->content.sections)
        for (const AskedLine& line : section.lines) {
          const RoundScript::Question& one = script.request[n++];
          figures.push_back({world.house.catalogue.series(line.measure), world.chance.between(one.least, one.most, body->key, 455 + n), Extent::subtree});
        }
      return Sitting(world, world.officers.at(body->id).desk, at_ms).type(body->id, body->id, asked_about, figures);
    });
  }
  return acts.happen(world);
}

// The Youth Union of the province asks its communes for the school year; some have begun, a few have sent.
Result<void> school_year(World& world) {
  if (world.union_office.people.head.grants.empty()) return {};
  House& house = world.house;
  const Day today = world.options.today;
  const auto years = house.periods.at("nam_hoc", today);
  if (years.empty()) return {};
  const NamedPeriod year = years.front();
  const std::int64_t opened_at = morning_of(today - 19) + 3 * hour_ms;
  NewRound given;
  given.office = world.union_office.body;
  given.form = "nam_hoc";
  given.period = year;
  const Day last = year.period.last;
  given.due = {.centre = {}, .province = last + 20, .commune = last + 10, .branch = last + 5};
  const auto round = open_for(world, world.union_office.people.head, opened_at, given);
  if (!round) return std::unexpected(round.error());
  RoundDesk desk(world, *round);
  Acts acts;
  for (const UnionOffice& one : world.commune_unions) {
    const std::uint64_t key = Chance::key("doan/" + std::to_string(one.body.value));
    const auto drawn = [&world, key](std::int64_t low, std::int64_t high, std::uint64_t what) { return world.chance.between(low, high, key, what); };
    const std::int64_t began = morning_of(today - static_cast<int>(drawn(2, 9, 461))) + drawn(0, 400, 462) * minute_ms;
    acts.at(began, [&world, &one, year, began, drawn] {
      std::vector<TypedFigure> figures;
      std::uint64_t n = 470;
      for (const auto& [code, least, most] : {std::tuple("H01", 4, 14), std::tuple("H02", 3, 11), std::tuple("H03", 180, 900), std::tuple("H04", 0, 2), std::tuple("H05", 1, 6), std::tuple("H06", 90, 420), std::tuple("H07", 3, 24)})
        figures.push_back({world.house.catalogue.series(world.house.catalogue.index(code)), drawn(least, most, ++n), Extent::subtree});
      return Sitting(world, one.people.desk, began).type(one.body, one.body, year, figures);
    });
    if (drawn(0, 2, 463) == 0) continue;
    acts.at(began + hour_ms, [&desk, &one, began, key] { return desk.write_words(one.people.desk, began + hour_ms, one.body, "union", key); });
    if (drawn(0, 2, 464) == 0) continue;
    acts.at(began + 2 * hour_ms, [&desk, &one, began, key] { return desk.submit(one.people.desk, began + 2 * hour_ms, one.body, key); });
    acts.at(began + 5 * hour_ms, [&desk, &one, began] { return desk.sign(one.people.head, began + 5 * hour_ms, one.body); });
  }
  return acts.happen(world);
}

// Before its congress the province asks a few communes for what the term has brought.
Result<void> term(World& world, std::size_t office) {
  House& house = world.house;
  const auto period = house.periods.named("nhiem_ky", "Y", reform_year - 5);
  const WorldBody& asking = world.bodies[office];
  if (!period || period->period.last >= world.options.today - 30) return {};
  NewRound given;
  given.office = asking.id;
  given.form = "nhiem_ky";
  given.period = *period;
  given.asked.how = AskedBodies::How::list;
  for (const WorldBody* body : some_communes(world, office, 6, 481)) given.asked.bodies.push_back(body->id);
  given.due = {.centre = {}, .province = world.options.today + 52, .commune = world.options.today + 22, .branch = world.options.today + 12};
  const auto done = open_for(world, world.officers.at(asking.id).head, morning_of(world.options.today - 16) + 2 * hour_ms, given);
  if (!done) return std::unexpected(done.error());
  return {};
}

}  // namespace

RoundFate round_fate(const World& world, const WorldBody& body) {
  const auto at = static_cast<std::size_t>(&body - world.bodies.data());
  if (!in_the_rounds(world, body) || body.silent) return RoundFate::not_started;
  if (at == world.scripted_commune || world.options.today - world.periods.back().named.period.last < settled) return RoundFate::entering;
  const std::int64_t drawn = world.chance.between(0, 999, body.key, 401);
  return drawn < 230 ? RoundFate::entering : drawn < 350 ? RoundFate::waiting : drawn < 660 ? RoundFate::sent : drawn < 940 ? RoundFate::received : RoundFate::returned;
}

Result<void> hold_rounds_of_today(World& world) {
  if (!world.is_demo()) return {};
  for (std::size_t office = 0; office < world.bodies.size(); ++office) {
    const WorldBody& body = world.bodies[office];
    if (body.role != Role::province || body.ended || !in_the_rounds(world, body) || !world.officers.contains(body.id)) continue;
    if (auto done = CurrentRound(world, office).live(); !done) return done;
    if (auto done = ask_once(world, office); !done) return done;
    if (auto done = term(world, office); !done) return done;
  }
  return school_year(world);
}

}  // namespace khuyenhoc::world
