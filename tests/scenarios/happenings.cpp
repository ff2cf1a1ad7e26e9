// What can happen in one sentence: figures stated and listed, money passed on, periods closed, decisions completed or taken back.
#include <fmt/format.h>

#include "measures/closing.h"
#include "measures/entry_mode.h"
#include "measures/transfers.h"
#include "vocabulary.h"

namespace khuyenhoc::scenarios {
namespace {

Extent extent_of(const std::string& own) { return own.empty() ? Extent::subtree : Extent::own; }

Result<void> state(ScenarioWorld& world, BodyId body, Series series, Period period, std::optional<std::int64_t> value, Extent extent, Arrival arrival, bool seen = true) {
  const auto known = world.store->read([&](db::Reader& reader) { return world.statements->find(reader, body, series, period, extent); });
  return world.store->write([&](db::Writer& writer) -> Result<void> {
    const auto done = world.statements->state(writer, body, series, period, value, known && seen ? known->row_version : 0, arrival, secretary, written_ms, extent);
    if (!done) return std::unexpected(done.error());
    return {};
  });
}

void list(ScenarioWorld& world, BodyId body, Series series, Day day, std::int64_t amount, Arrival arrival) {
  Fact fact;
  fact.body = body;
  fact.day = day;
  fact.series = series;
  fact.amount = amount;
  fact.source = {"member", ++world.records};
  world.store->write([&](db::Writer& writer) { world.statements->record(writer, fact, arrival, secretary, written_ms); });
}

Result<void> set_mode(ScenarioWorld& world, const Words& words, EntryMode mode) {
  const BodyId body = world.body(words[1]);
  const Period period = world.period(words[2]);
  return world.store->write([&](db::Writer& writer) { return set_entry_mode(writer, *world.statements, body, period, mode, secretary, written_ms); });
}

// "members: 12 to A and 8 to B"
Result<void> hand_over(ScenarioWorld& world, const Words& words) {
  const BodyId old_body = world.body(words[2]);
  const Series series = world.series(words[3]);
  std::vector<Allocation> parts;
  for (const std::string& part : listed(words[4])) {
    const auto to = part.find(" to ");
    if (to == std::string::npos) throw std::invalid_argument(fmt::format("“{}”: say how much goes to whom", part));
    parts.push_back({series, world.body(part.substr(to + 4)), world.number(part.substr(0, to))});
  }
  const auto of = world.store->read([&](db::Reader& reader) { return world.restructures->of_body(reader, old_body); });
  if (of.empty()) throw std::invalid_argument(fmt::format("no decision concerns {}", words[2]));
  auto done = world.store->write([&](db::Writer& writer) {
    return world.restructures->hand_over(writer, of.front().id, old_body, parts, {words[1], of.front().day + 30}, Arrival::beyond, world.by());
  });
  if (done) done = world.restructures->settle(world.by());
  return done;
}

}  // namespace

const std::vector<Happening>& happenings() {
  static const std::vector<Happening> all{
      {"(.+) states (-?[0-9.]+) (.+?)( of its own)? for ([^,]+)(, beyond the totals above it|, without having seen the last saving)?",
       [](ScenarioWorld& world, const Sentence&, const Words& words) {
         const bool beyond = words[6].find("beyond") != std::string::npos, unseen = words[6].find("without") != std::string::npos;
         return state(world, world.body(words[1]), world.series(words[3]), world.period(words[5]), world.number(words[2]), extent_of(words[4]),
                      beyond ? Arrival::beyond : Arrival::within, !unseen);
       }},
      {"(.+) takes back the (.+?)( of its own)? that it stated for (.+)",
       [](ScenarioWorld& world, const Sentence&, const Words& words) {
         return state(world, world.body(words[1]), world.series(words[2]), world.period(words[4]), std::nullopt, extent_of(words[3]), Arrival::within);
       }},
      {"(.+) lists ([0-9.]+) (.+) on ([0-9/]+), (within|beyond) the total",
       [](ScenarioWorld& world, const Sentence&, const Words& words) -> Result<void> {
         list(world, world.body(words[1]), world.series(words[3]), world.day(words[4]), world.number(words[2]), words[5] == "within" ? Arrival::within : Arrival::beyond);
         return {};
       }},
      {"(.+) strikes ([0-9.]+) (.+) off its list on ([0-9/]+), (within|beyond) the total",
       [](ScenarioWorld& world, const Sentence&, const Words& words) -> Result<void> {
         list(world, world.body(words[1]), world.series(words[3]), world.day(words[4]), -world.number(words[2]), words[5] == "within" ? Arrival::within : Arrival::beyond);
         return {};
       }},
      {"(.+) takes back its list of (.+) of ([0-9/]+)",
       [](ScenarioWorld& world, const Sentence&, const Words& words) -> Result<void> {
         const BodyId body = world.body(words[1]);
         const Series series = world.series(words[2]);
         const Day day = world.day(words[3]);
         const auto facts = world.store->read([&](db::Reader& reader) { return world.ledger->facts(reader, body, series, {day, day}); });
         std::size_t taken = 0;
         for (const Fact& fact : facts)
           if (fact.kind == FactKind::record) {
             ++taken;
             world.store->write([&](db::Writer& writer) { world.statements->take_back(writer, fact, secretary, written_ms); });
           }
         if (taken == 0) throw std::invalid_argument("nothing was listed that day");
         return {};
       }},
      {"(.+) passes ([0-9.]+) đồng on to (.+) on ([0-9/]+)",
       [](ScenarioWorld& world, const Sentence&, const Words& words) {
         const Transfer transfer{world.body(words[1]), world.body(words[3]), world.number(words[2]), world.day(words[4]), {"transfer", ++world.records}};
         return world.store->write([&](db::Writer& writer) { return post_transfer(writer, *world.statements, transfer, Arrival::beyond, secretary, written_ms); });
       }},
      {"The report of (.+) is closed by (.+)",
       [](ScenarioWorld& world, const Sentence&, const Words& words) {
         const auto bodies = world.bodies(words[2]);
         const Period period = world.period(words[1]);
         return world.store->write([&](db::Writer& writer) { return close_period(writer, *world.ledger, "bao_cao", period, bodies, secretary, written_ms); });
       }},
      {"(.+) adds its totals up from its branches for (.+)", [](ScenarioWorld& world, const Sentence&, const Words& words) { return set_mode(world, words, EntryMode::from_branches); }},
      {"(.+) states its totals as a whole for (.+)", [](ScenarioWorld& world, const Sentence&, const Words& words) { return set_mode(world, words, EntryMode::stated_whole); }},
      {"By minutes (\\S+) (.+) hands over its (.+): (.+)", [](ScenarioWorld& world, const Sentence&, const Words& words) { return hand_over(world, words); }},
      {"What was recorded late at (.+) goes to (.+)",
       [](ScenarioWorld& world, const Sentence&, const Words& words) {
         const BodyId old_body = world.body(words[1]), successor = world.body(words[2]);
         const auto of = world.store->read([&](db::Reader& reader) { return world.restructures->of_body(reader, old_body); });
         if (of.empty()) throw std::invalid_argument(fmt::format("no decision concerns {}", words[1]));
         auto done = world.store->write([&](db::Writer& writer) { return world.restructures->re_home(writer, of.front().id, old_body, successor, world.by()); });
         if (done) done = world.restructures->settle(world.by());
         return done;
       }},
      {"Decision (\\S+) is brought up to date",
       [](ScenarioWorld& world, const Sentence&, const Words& words) {
         const auto id = world.decision(words[1]);
         auto done = world.store->write([&](db::Writer& writer) { return world.restructures->bring_up_to_date(writer, id, world.by()); });
         if (done) done = world.restructures->settle(world.by());
         return done;
       }},
      {"Decision (\\S+) is undone", [](ScenarioWorld& world, const Sentence&, const Words& words) { return world.restructures->undo(world.decision(words[1]), world.by()); }},
      {"Decision (\\S+) is closed",
       [](ScenarioWorld& world, const Sentence&, const Words& words) {
         const auto id = world.decision(words[1]);
         return world.store->write([&](db::Writer& writer) { return world.restructures->close(writer, id, world.by()); });
       }},
      {"The program is started again",
       [](ScenarioWorld& world, const Sentence&, const Words&) -> Result<void> {
         world.start_again();
         return {};
       }},
      {"Every answer is remembered",
       [](ScenarioWorld& world, const Sentence&, const Words&) -> Result<void> {
         world.remembered = world.answers();
         return {};
       }},
  };
  return all;
}

}  // namespace khuyenhoc::scenarios
