#include "bench/reform_world.h"

#include <algorithm>

#include <fmt/format.h>

#include "bench/stopwatch.h"
#include "measures/facts_queries.h"
#include "measures/loading.h"
#include "territory/territory_import.h"

namespace khuyenhoc::bench {
namespace {

constexpr int first_year = 2021;
constexpr std::int64_t now_ms = 1'752'000'000'000;           // 9/7/2025: the reform is entered a week after it came into force
constexpr std::int64_t rows_at_once = 500'000;

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = a * 0x9E3779B97F4A7C15ull + b;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
  return x ^ (x >> 31);
}

Body new_body(db::Store& store, std::string_view kind, std::string name, std::string short_name, BodyId superior, UnitId area, int year) {
  Body body;
  body.id = store.new_id<BodyId>();
  body.uid = Uuid::make(now_ms);
  body.kind = std::string(kind);
  body.born = Day::of(year, 1, 1);
  body.versions.push_back({body.born, std::move(name), std::move(short_name), superior, area});
  return body;
}

// Half-years until the eve.
std::vector<Period> half_years() {
  std::vector<Period> out;
  for (int year = first_year; year <= reform_year; ++year) {
    out.push_back({Day::of(year, 1, 1), Day::of(year, 6, 30)});
    if (year < reform_year) out.push_back({Day::of(year, 7, 1), Day::of(year, 12, 31)});
  }
  return out;
}

}  // namespace

std::vector<Series> typed_series(const Catalogue& catalogue) {
  std::vector<Series> out;
  for (MeasureIndex index = 0; index < catalogue.measures().size(); ++index)
    if (is_typed(catalogue.measure(index).kind)) out.push_back(catalogue.series(index));
  return out;
}

Result<void> ReformWorld::lay_out_territory(const ReformSize& size) {
  if (auto done = store.write([&](db::Writer& writer) { return territory.install_frame(writer); }); !done) return done;
  if (size.mapping.empty()) return {};
  const RestructureAct act{reform_day(), "Bổ sung các xã bị chia", "Các Nghị quyết từ số 1654 đến số 1687/NQ-UBTVQH15"};
  return store.write([&](db::Writer& writer) {
    return territory.apply_acts(writer, [&](TerritoryBuilder& builder) -> Result<void> {
      const auto report = import_territory_changes(builder, {size.mapping, size.old_units}, act);
      if (!report) return std::unexpected(report.error());
      if (!report->problems.empty()) return std::unexpected(report->problems.front());
      return {};
    });
  });
}

void ReformWorld::found_bodies(const ReformSize& size) {
  const auto land = territory.current();
  const Day eve = eve_of_reform();
  std::vector<Body> all;
  const auto add = [&](std::string_view kind, const std::string& name, const std::string& short_name, BodyId superior, UnitId area, int year) {
    all.push_back(new_body(store, kind, name, short_name, superior, area, year));
    return all.back().id;
  };
  const auto association = [&](std::string_view kind, UnitId unit, BodyId superior, int year) {
    const auto& version = land->unit(unit).on(eve);
    return add(kind, "Hội Khuyến học " + version.running_name(), version.full_name(), superior, unit, year);
  };
  const BodyId centre = add("trung_uong", "Trung ương Hội Khuyến học Việt Nam", "Trung ương Hội", {}, land->country(), 1996);
  std::vector<std::pair<BodyId, UnitId>> communes;
  for (const UnitId province : land->units(UnitLevel::province, eve)) {
    provinces_.push_back(association("tinh_hoi", province, centre, 1999));
    for (const UnitId district : land->children(province, eve)) {
      districts_.push_back(association("huyen_hoi", district, provinces_.back(), 2000));
      for (const UnitId commune : land->children(district, eve)) {
        if (land->successors(commune).size() > 1) ++divided;
        constexpr std::uint64_t without_permille = 45;       // one commune in twenty has no association
        if (mixed(static_cast<std::uint64_t>(commune.value), 1) % 1'000 < without_permille) continue;
        communes_.push_back(association("hoi_co_so", commune, districts_.back(), 2001));
        communes.emplace_back(communes_.back(), commune);
      }
    }
  }
  const std::size_t each = size.branches / communes.size();
  for (std::size_t at = 0; at < communes.size(); ++at) {
    const std::size_t here = at + 1 == communes.size() ? size.branches - branches_.size() : each * 7 / 10 + mixed(at, 2) % (each * 6 / 10 + 1);
    for (std::size_t n = 1; n <= here && branches_.size() < size.branches; ++n)
      branches_.push_back(add("chi_hoi_thon_tdp", fmt::format("Chi hội Thôn {}", n), fmt::format("Thôn {}", n), communes[at].first, communes[at].second, 2003));
  }
  store.write([&](db::Writer& writer) { OrganisationChanges(*bodies, writer, {}, now_ms).import_all(std::move(all), {}); });
}

// What branches recorded: levels that grow, flows, yearly titles, each at the end of a half-year.
void ReformWorld::record(const ReformSize& size) {
  const auto series = typed_series(ledger->catalogue());
  const auto halves = half_years();
  const std::size_t each = std::max<std::size_t>(static_cast<std::size_t>(size.facts) / branches_.size(), 1);
  std::size_t branch = 0, n = 0;
  while (branch < branches_.size()) {
    store.write([&](db::Writer& writer) {
      const std::int64_t noun = ledger->stored_noun(writer, "record");
      auto rows = std::make_shared<std::vector<facts_sql::StoredFact>>();
      rows->reserve(rows_at_once);
      while (branch < branches_.size() && std::ssize(*rows) < rows_at_once) {
        facts_sql::StoredFact fact;
        fact.body = branches_[branch];
        fact.day = halves[n % halves.size()].last;
        fact.series = ledger->stored_series(series[(branch * 5 + n * 3 + n / series.size()) % series.size()]);
        fact.amount = 1 + static_cast<std::int64_t>(mixed(branch, n) % 12);
        fact.kind = FactKind::record;
        fact.noun = noun;
        fact.source = 1;
        fact.layer = FactLayer::listed;
        fact.arrival = Arrival::within;
        rows->push_back(fact);
        if (++n == each) {
          n = 0;
          ++branch;
        }
      }
      writer.before_commit([rows](db::Writer& last) {
        std::int64_t position = last.next_positions(std::ssize(*rows));
        for (auto& row : *rows) row.position = position++;
        facts_sql::insert(last, *rows);
      });
    });
  }
}

// Communes state more than their branches list; offices state their own; a few provinces the whole of theirs.
Result<void> ReformWorld::state() {
  const auto series = typed_series(ledger->catalogue());
  const auto halves = half_years();
  StatementLoading loading = store.read([&](db::Reader& reader) { return StatementLoading(reader, *ledger); });
  const auto now = bodies->current();
  for (std::size_t h = halves.size() - 4; h < halves.size(); ++h) {
    std::vector<Statement> given;
    const auto give = [&](BodyId body, Series one, std::int64_t value, Extent extent) {
      Statement statement;
      statement.body = body;
      statement.series = one;
      statement.period = halves[h];
      statement.value = value;
      statement.extent = extent;
      statement.at_ms = now_ms;
      given.push_back(statement);
    };
    const auto drawn = [&](BodyId body, Series one, std::uint64_t most) { return static_cast<std::int64_t>(mixed(static_cast<std::uint64_t>(body.value) * 512 + one, h) % most); };
    for (const BodyId commune : communes_)
      for (const Series one : series)
        if (drawn(commune, one, 4) != 0) give(commune, one, 20'000 + drawn(commune, one, 500) + 100 * static_cast<std::int64_t>(h), Extent::subtree);
    for (const auto* offices : {&districts_, &provinces_})
      for (const BodyId office : *offices)
        for (std::size_t i = 0; i < series.size(); i += 4) give(office, series[i], 5'000 + drawn(office, series[i], 2'000), Extent::own);
    for (std::size_t i = 0; i < provinces_.size(); i += 6) give(provinces_[i], series.front(), 50'000'000 + drawn(provinces_[i], series.front(), 1'000), Extent::subtree);
    stated += std::ssize(given);
    auto done = store.write([&](db::Writer& writer) { return loading.load(writer, given, now_ms); });
    if (!done) return done;
  }
  return {};
}

Result<std::unique_ptr<ReformWorld>> ReformWorld::make(db::Store& store, const ReformSize& size, const Options& options) {
  if (auto migrated = store.migrate(db::all_migrations()); !migrated) return std::unexpected(migrated.error());
  std::unique_ptr<ReformWorld> world(new ReformWorld(store));
  if (auto laid = world->lay_out_territory(size); !laid) return std::unexpected(laid.error());
  world->bodies = std::make_unique<OrganisationStore>(store, world->territory.current());
  world->bodies->load();
  options.note("founding the associations of the eve of the reform");
  world->bodies_s = once_ms([&] { world->found_bodies(size); }) / 1'000;
  world->ledger = std::make_unique<Ledger>(store, Catalogue::house(), world->bodies->current());
  world->ledger->load();
  options.note(fmt::format("recording {} facts of {} branches", size.facts, world->branches_.size()));
  world->records_s = once_ms([&] { world->record(size); }) / 1'000;
  world->ledger = std::make_unique<Ledger>(store, Catalogue::house(), world->bodies->current());
  Ledger& ledger = *world->ledger;
  world->bodies->on_change([&ledger](OrganisationView view) { ledger.organisation_changed(std::move(view)); });
  ledger.load();
  options.note("stating totals of communes, districts and provinces");
  Result<void> stated;
  world->statements_s = once_ms([&] { stated = world->state(); }) / 1'000;
  if (!stated) return std::unexpected(stated.error());
  world->statements = std::make_unique<Statements>(ledger);
  world->restructures = std::make_unique<Restructures>(*world->bodies, ledger, *world->statements);
  return world;
}

RestructureBy ReformWorld::by() {
  return {UserId{1}, now_ms, [this](db::Writer&, const ChangeNote&) { ++told; }};
}

std::size_t ReformWorld::count(BodyKind::Level level, Day day) const {
  const auto now = bodies->current();
  std::size_t out = 0;
  for (Node node = 0; node < now->size(); ++node)
    if (now->kind(now->id(node)).level == level && now->body(now->id(node)).alive(day)) ++out;
  return out;
}

}  // namespace khuyenhoc::bench
