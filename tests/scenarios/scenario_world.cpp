#include "scenario_world.h"

#include <charconv>
#include <stdexcept>

#include <fmt/format.h>

namespace khuyenhoc::scenarios {
namespace {

// What officers say for what the catalogue counts.
const std::map<std::string_view, std::string_view>& measure_words() {
  static const std::map<std::string_view, std::string_view> words{
      {"members", "B01"}, {"new members", "B02"}, {"members lost", "B03"}, {"people", "B04"}, {"member rate", "B05"}, {"officers", "A06"},
      {"associations", "A01"}, {"communes with an association", "A02"}, {"branches", "A04"}, {"boards", "A05"}, {"communes", "COMMUNES"},
      {"congresses held", "A07"}, {"households", "C01"}, {"families registered", "C02"}, {"families recognised", "C03"}, {"family rate", "C04"},
      {"clans", "C05"}, {"clans registered", "C06"}, {"clans recognised", "C07"}, {"villages recognised", "C11"}, {"citizens registered", "C18"},
      {"citizens recognised", "C19"}, {"times families were recognised", "C22"}, {"opening fund", "D01"}, {"income", "D02"}, {"spending", "D03"},
      {"fund", "D04"}, {"fund per head", "D05"}, {"raised per head", "D06"}, {"funds kept outside", "D07"}, {"received within", "D08a"}, {"passed on within", "D08b"},
      {"raised by partners", "D09"}, {"scholarships", "E01"}, {"pupils rewarded", "E03"}, {"poor pupils helped", "E05"}, {"value of help", "E06"},
      {"sponsored pupils", "E07"}, {"dropouts", "E08"}, {"pupils back in class", "E09"}, {"return rate", "E10"}, {"right-age rate", "E11"},
      {"children of school age", "E12"}, {"children in class at the right age", "E13"}, {"teachers helped", "E14"}, {"adults helped", "E15"},
      {"learning centres", "F01"}, {"classes", "F02"}, {"learners", "F03"}, {"papers advised", "G01"}, {"training courses", "G02"},
      {"officers trained", "G03"}, {"news items", "G04"}, {"joint activities", "G06"}, {"tradition activities", "H01"}, {"volunteer activities", "H02"},
      {"research projects", "H04"}, {"skills classes", "H05"}, {"youth workers trained", "H07"}};
  return words;
}

[[noreturn]] void unknown(std::string what) { throw std::invalid_argument(std::move(what)); }

// The one that goes on, else the one that has ended; "the former X" only the latter.
template <class Found>
Found choose(std::string_view name, const std::vector<Found>& going_on, const std::vector<Found>& ended, bool former, std::string_view noun) {
  const auto& among = former || going_on.empty() ? ended : going_on;
  if (among.empty()) unknown(fmt::format("there is no {} called “{}”", noun, name));
  if (among.size() > 1) unknown(fmt::format("{} {}s are called “{}”", among.size(), noun, name));
  return among.front();
}

bool take_former(std::string_view& name) {
  for (const std::string_view start : {"the former ", "The former "})
    if (name.starts_with(start)) return name.remove_prefix(start.size()), true;
  return false;
}

// Days and trees that are looked at when everything is compared.
const std::vector<Day>& days_looked_at() {
  static const std::vector<Day> days{Day::of(2023, 11, 30), Day::of(2024, 5, 31), Day::of(2024, 11, 30), Day::of(2025, 5, 31), Day::of(2025, 6, 30), Day::of(2025, 7, 31),
                                     Day::of(2025, 8, 1),   Day::of(2025, 11, 30), Day::of(2026, 2, 28), Day::of(2026, 5, 31), Day::of(2026, 6, 10), Day::of(2026, 11, 30)};
  return days;
}
const std::vector<Day>& trees_looked_at() {
  static const std::vector<Day> trees{Day::of(2025, 6, 30), Day::of(2025, 7, 15), Day::of(2025, 8, 1), Day::of(2026, 6, 10)};
  return trees;
}

}  // namespace

ScenarioWorld::ScenarioWorld(std::unique_ptr<db::Store> the_store, SmallOrganisation before) : store(std::move(the_store)), territory_(before.land.territory) {
  OrganisationStore bodies(*store, territory_);
  bodies.load();
  import_organisation(bodies, *before.organisation);
  start_again();
}

void ScenarioWorld::start_again() {
  restructures.reset();
  statements.reset();
  ledger.reset();
  organisation = std::make_unique<OrganisationStore>(*store, territory_);
  organisation->load();
  ledger = std::make_unique<Ledger>(*store, catalogue(), organisation->current());
  organisation->on_change([this](OrganisationView view) { ledger->organisation_changed(std::move(view)); });
  ledger->load();
  statements = std::make_unique<Statements>(*ledger);
  restructures = std::make_unique<Restructures>(*organisation, *ledger, *statements);
}

BodyId ScenarioWorld::body(std::string_view name) const {
  const bool former = take_former(name);
  std::vector<BodyId> going_on, ended;
  const auto view = organisation->current();
  for (Node node = 0; node < view->size(); ++node) {
    const Body& one = view->body(view->id(node));
    if (one.voided || std::ranges::none_of(one.versions, [&](const BodyVersion& version) { return version.name == name; })) continue;
    (one.ended ? ended : going_on).push_back(one.id);
  }
  return choose(name, going_on, ended, former, "body");
}

UnitId ScenarioWorld::unit(std::string_view name) const {
  const bool former = take_former(name);
  std::vector<UnitId> going_on, ended;
  for (Node node = 0; node < territory_->size(); ++node) {
    const Unit& one = territory_->at(node);
    if (std::ranges::none_of(one.versions, [&](const UnitVersion& version) { return version.running_name() == name || version.name == name; })) continue;
    (one.ended ? ended : going_on).push_back(one.id);
  }
  return choose(name, going_on, ended, former, "unit");
}

std::vector<BodyId> ScenarioWorld::bodies(std::string_view names) const {
  std::vector<BodyId> out;
  while (!names.empty()) {
    const auto comma = names.find(", ");
    const auto with = names.find(" and ");
    const auto end = std::min(comma, with);
    out.push_back(body(names.substr(0, end)));
    if (end == std::string_view::npos) break;
    names.remove_prefix(end + (end == comma ? 2 : 5));
  }
  return out;
}

Series ScenarioWorld::series(std::string_view words) const {
  std::string member;
  if (words.ends_with(')')) {
    const auto open = words.rfind(" (");
    if (open == std::string_view::npos) unknown(fmt::format("“{}” is not an indicator", words));
    member = words.substr(open + 2, words.size() - open - 3);
    words = words.substr(0, open);
  }
  const auto found = measure_words().find(words);
  if (found == measure_words().end()) unknown(fmt::format("“{}” is not an indicator that scenarios have a word for", words));
  const auto series = catalogue().series_by_key(found->second, member);
  if (!series) unknown(fmt::format("“{}” has no member “{}”", words, member));
  return *series;
}

Day ScenarioWorld::day(std::string_view words) const {
  const auto found = Day::parse(words);
  if (!found) unknown(fmt::format("“{}” is not a day", words));
  return *found;
}

Period ScenarioWorld::period(std::string_view words) const {
  const Periods& periods = Periods::house();
  constexpr std::string_view fund = "the financial year ", years = "the years ", between = " to ";
  std::optional<Period> found;
  if (words.starts_with(fund)) {
    found = periods.parse_period("quy", words.substr(fund.size()));
  } else if (words.starts_with(years) && words.find(between) != std::string_view::npos) {
    const auto middle = words.find(between);
    const auto first = periods.parse_period("bao_cao", words.substr(years.size(), middle - years.size()));
    const auto last = periods.parse_period("bao_cao", words.substr(middle + between.size()));
    if (first && last) found = Period{first->first, last->last};
  } else if (words.find('/') != std::string_view::npos) {
    const Day only = day(words);
    found = Period{only, only};
  } else {
    found = periods.parse_period("bao_cao", words);
  }
  if (!found) unknown(fmt::format("“{}” is not a period", words));
  return *found;
}

std::int64_t ScenarioWorld::number(std::string_view words) const {
  std::int64_t value = 0;
  std::string digits(words);
  std::erase(digits, '.');
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) unknown(fmt::format("“{}” is not a number", words));
  return value;
}

BodyRestructureId ScenarioWorld::decision(std::string_view number) const {
  const auto found = decisions.find(number);
  if (found == decisions.end()) unknown(fmt::format("there is no decision {}", number));
  return found->second;
}

std::string ScenarioWorld::name(BodyId id) const { return organisation->current()->body(id).versions.back().name; }

Answers ScenarioWorld::answers() const {
  Answers out;
  const auto view = ledger->view();
  for (const auto kind : {AxisKind::superiors, AxisKind::areas})
    for (const Day tree : trees_looked_at()) {
      const auto axis = view.cube->axis(kind, tree);
      const auto& layout = axis->layout();
      for (Node body = 0; body < view.organisation->size(); ++body) {
        if (view.organisation->body(view.organisation->id(body)).voided) continue;
        const Node node = kind == AxisKind::superiors ? body : view.organisation->area_nodes()[body];
        const auto range = node == no_node ? LabelRange{} : layout.subtree(node);
        for (MeasureIndex measure = 0; measure < catalogue().measures().size(); ++measure) {
          const Measure& about = catalogue().measure(measure);
          if (!is_typed(about.kind)) continue;
          auto& row = out[{about.code, fmt::format("{} #{}", name(view.organisation->id(body)), body)}];
          for (const Day day : days_looked_at())
            row.push_back(is_level(about.kind) ? view.cube->level(*axis, catalogue().series(measure), range, day)
                                               : view.cube->flow(*axis, catalogue().series(measure), range, {days_looked_at().front(), day}));
        }
      }
    }
  return out;
}

std::vector<std::pair<std::string, std::vector<std::int64_t>>> ScenarioWorld::grand_totals() const {
  std::vector<std::pair<std::string, std::vector<std::int64_t>>> out;
  const auto view = ledger->view();
  for (const auto kind : {AxisKind::superiors, AxisKind::areas})
    for (const Day tree : trees_looked_at()) {
      const auto axis = view.cube->axis(kind, tree);
      auto& row = out.emplace_back(fmt::format("{} of {}", kind == AxisKind::superiors ? "superiors" : "areas", tree.iso()), std::vector<std::int64_t>{});
      for (MeasureIndex measure = 0; measure < catalogue().measures().size(); ++measure) {
        const Measure& about = catalogue().measure(measure);
        if (!is_typed(about.kind)) continue;
        for (const Day day : days_looked_at())
          row.second.push_back(is_level(about.kind) ? view.cube->level(*axis, catalogue().series(measure), axis->layout().everything(), day)
                                                    : view.cube->flow(*axis, catalogue().series(measure), axis->layout().everything(), {days_looked_at().front(), day}));
      }
    }
  return out;
}

}  // namespace khuyenhoc::scenarios
