#include "world/world.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "forms/forms.h"
#include "measures/closing.h"
#include "measures/figures.h"
#include "platform/log/log.h"
#include "shell/visit.h"
#include "territory/frame.h"
#include "world/steps.h"

namespace khuyenhoc {
namespace world {
namespace {

const std::string family = "bao_cao";

ProvinceScript invented_province(const World& world, const Territory& land, UnitId unit) {
  const auto& version = land.unit(unit).on(eve_of_reform());
  const std::uint64_t key = Chance::key(version.code);
  const int code = std::stoi(version.code);
  ProvinceScript out;
  out.code = version.code;
  out.region = code >= 70 ? "south" : code >= 60 ? "highland" : code >= 44 ? "coast" : code >= 22 && code != 24 && code != 25 ? "delta" : code == 1 || code >= 38 ? "delta" : "mountain";
  std::int64_t communes = 0;
  for (const UnitId district : land.children(unit, eve_of_reform())) communes += static_cast<std::int64_t>(land.children(district, eve_of_reform()).size());
  out.people = communes * 9'800;
  out.members_permille = world.chance.between(170, 300, key, 81);
  out.raised_per_head = world.chance.between(6'000, 17'000, key, 82);
  out.fund_per_head = world.chance.between(8'000, 40'000, key, 83);
  out.partners_per_head = world.chance.between(1'000, 4'000, key, 84);
  out.models = {world.chance.between(560, 720, key, 85), world.chance.between(500, 690, key, 86), world.chance.between(580, 740, key, 87), world.chance.between(780, 900, key, 88)};
  return out;
}

// Which old provinces the world holds.
void choose_provinces(World& world) {
  const auto scripted = [&](std::string_view code) { return *std::ranges::find(world.script.provinces, code, &ProvinceScript::code); };
  switch (world.options.scale) {
    case WorldScale::demo:
      for (const ProvinceScript& one : world.script.provinces) world.provinces.push_back({one, {}, {}});
      break;
    case WorldScale::commune: world.provinces.push_back({scripted("66"), {}, {}}); break;
    case WorldScale::province:
      for (const char* code : {"54", "66"}) world.provinces.push_back({scripted(code), {}, {}});
      break;
    case WorldScale::nation: {
      TerritoryBuilder builder;
      if (!build_frame(builder)) return;
      const TerritoryView land = builder.build();
      for (const UnitId unit : land->units(UnitLevel::province, eve_of_reform())) {
        const auto known = std::ranges::find(world.script.provinces, land->unit(unit).on(eve_of_reform()).code, &ProvinceScript::code);
        world.provinces.push_back({known == world.script.provinces.end() ? invented_province(world, *land, unit) : *known, {}, {}});
      }
      break;
    }
  }
}

// Statements of one period in a few transactions, each with whole units.
Result<void> load(World& world, StatementLoading& loading, const WorldPeriod& period, UserId by) {
  House& house = world.house;
  const PeriodFigures figures = make_figures(world, period, by);
  world.report.statements += static_cast<std::int64_t>(figures.statements.size());
  std::map<std::size_t, std::vector<Statement>> parts;      // by province; the bodies of one hang together
  std::unordered_map<BodyId, std::size_t> province_of;
  for (const WorldBody& body : world.bodies) province_of[body.id] = body.province;
  constexpr std::size_t at_once = 200'000;
  const bool whole = figures.statements.size() <= at_once;
  for (const Statement& one : figures.statements) parts[whole ? 0 : province_of.at(one.body)].push_back(one);
  house.store.write([&](db::Writer& writer) { loading.set_modes(writer, figures.modes, {}, world.now_ms()); });
  for (const auto& [province, statements] : parts) {
    auto done = house.store.write([&](db::Writer& writer) { return loading.load(writer, statements, world.now_ms()); });
    if (!done) return done;
  }
  return {};
}

Result<void> close(World& world, const WorldPeriod& reported, Period period) {
  std::vector<BodyId> bodies;
  for (const WorldBody& body : world.bodies)
    if (body.role != Role::branch && reports_in(world, body, reported) && !closed_by_a_round(world, body, world.house.periods.find(family, period).value())) bodies.push_back(body.id);
  world.report.closed_reports += static_cast<std::int64_t>(bodies.size());
  auto done = world.house.store.write([&](db::Writer& writer) {
    return close_period(writer, world.house.ledger, family, period, bodies, {}, std::min(world.now_ms(), world::morning_of(period.last + 15)));
  });
  if (!done) return done;
  return hold_past_round(world, reported, world.house.periods.find(family, period).value());
}

// The half-years, and the year when its second half is there.
Result<void> close_after(World& world, const WorldPeriod& period) {
  if (period.open) return {};
  if (auto done = close(world, period, period.named.period); !done) return done;
  if (period.halves == 2 || !period.second_half) return {};
  return close(world, period, world.house.periods.named(family, "Y", period.named.year)->period);
}

Result<void> load_all(World& world, bool after_reform, UserId by) {
  auto loading = world.house.store.read([&](db::Reader& reader) { return StatementLoading(reader, world.house.ledger); });
  for (const WorldPeriod& period : world.periods) {
    if (period.after_reform != after_reform) continue;
    if (auto done = load(world, loading, period, period.open ? by : UserId{}); !done) return done;
    if (auto done = close_after(world, period); !done) return done;
    log::info("world: figures of {} are there", period.named.name());
  }
  return {};
}

Result<void> open_books(World& world) {
  House& house = world.house;
  const std::vector<Statement> opening = opening_figures(world, house.periods.named(family, "Y", world.periods.front().named.year - 1)->period);
  world.report.statements += static_cast<std::int64_t>(opening.size());
  auto loading = house.store.read([&](db::Reader& reader) { return StatementLoading(reader, house.ledger); });
  return house.store.write([&](db::Writer& writer) { return loading.load(writer, opening, world.now_ms()); });
}

Result<void> make(World& world) {
  House& house = world.house;
  const int first_year = world.options.scale == WorldScale::demo || world.options.scale == WorldScale::commune ? 2018 : 2022;
  world.periods = periods_until(house.periods, first_year, current_period(house.periods, world.options.today));
  if (world.is_demo()) keep_house_forms(house.store, house.catalogue, world.now_ms());
  choose_provinces(world);
  if (!world.options.only.empty())
    std::erase_if(world.provinces, [&](const WorldProvince& one) { return std::ranges::find(world.options.only, one.script.code) == world.options.only.end(); });
  if (world.provinces.empty()) return refuse("world.provinces", "Dữ liệu mẫu cần ít nhất một tỉnh. Xin xem lại mã tỉnh đã chọn.");
  if (auto done = install_territory(world); !done) return done;
  log::info("world: territory is there");
  if (auto done = found_bodies(world); !done) return done;
  log::info("world: {} bodies are there", world.bodies.size());
  begin_figures(world);
  if (auto done = open_books(world); !done) return done;
  if (auto done = load_all(world, false, {}); !done) return done;
  if (auto done = carry_out_reform(world); !done) return done;
  log::info("world: the reform is carried out");
  const auto typist = appoint_people(world);
  if (!typist) return std::unexpected(typist.error());
  log::info("world: people are there");
  if (auto done = load_all(world, true, *typist); !done) return done;
  if (auto done = set_targets(world); !done) return done;
  if (!world.is_demo()) return {};
  if (auto done = set_closed_figures_right(world); !done) return done;
  if (auto done = hold_rounds_of_today(world); !done) return done;
  log::info("world: rounds are held");
  if (auto done = live_the_last_days(world); !done) return done;
  list_members(world);
  house.trail.seal();
  return {};
}

void count(World& world) {
  const LedgerView view = world.house.ledger.view();
  WorldReport& report = world.report;
  report.bodies = static_cast<std::int64_t>(view.organisation->size());
  report.branches = std::ranges::count(world.bodies, Role::branch, &WorldBody::role);
  report.facts = view.cube->log_position();
  report.period = world.periods.back().named.name();
  const Figures figures(view);
  const auto members = figures.figure(world.house.catalogue.index("B01"), {world.bodies[world.centre].id, world.periods.back().named.period, world.options.today, Lens::live});
  if (members) report.members = members->value;
}

}  // namespace
}  // namespace world

Result<WorldScale> world_scale(std::string_view code) {
  constexpr std::pair<std::string_view, WorldScale> scales[] = {
      {"demo", WorldScale::demo}, {"commune", WorldScale::commune}, {"province", WorldScale::province}, {"nation", WorldScale::nation}};
  for (const auto& [name, scale] : scales)
    if (name == code) return scale;
  return refuse("world.scale", fmt::format("Không có quy mô “{}”. Xin chọn demo, commune, province hoặc nation.", code));
}

Result<WorldReport> generate_world(House& house, const WorldOptions& options) {
  if (house.organisation.current()->size() != 0 || house.territory.current()->size() != 0)
    return refuse("world.not_empty", "Kho dữ liệu đã có đơn vị, nên không dựng dữ liệu mẫu vào đây. Xin chọn một thư mục khác.");
  if (options.today < Day::of(reform_year, 12, 1))
    return refuse("world.today", fmt::format("Dữ liệu mẫu cần một ngày từ 01/12/{} trở đi, khi các xã mới đã báo cáo kỳ đầu tiên.", reform_year));
  world::World world(house, options);
  if (auto done = world::make(world); !done) return std::unexpected(done.error());
  world::count(world);
  return world.report;
}

}  // namespace khuyenhoc
