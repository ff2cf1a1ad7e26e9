#include "bench/import_world.h"

#include <array>
#include <map>

#include <fmt/format.h>

#include "base/text.h"
#include "measures/facts_queries.h"
#include "platform/spreadsheet/write.h"

namespace khuyenhoc::bench {
namespace {

constexpr std::size_t branches_of_a_commune = 12;
constexpr std::size_t facts_of_a_branch = 12;
constexpr std::size_t series_used = 12;

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = a * 0x9E3779B97F4A7C15ull + b;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
  return x ^ (x >> 31);
}

Body new_body(db::Store& store, std::string_view kind, std::string name, std::string short_name, BodyId superior, UnitId area) {
  Body body;
  body.id = store.new_id<BodyId>();
  body.uid = Uuid::make(1'700'000'000'000);
  body.kind = std::string(kind);
  body.born = Day::of(2025, 8, 1);
  body.versions.push_back({body.born, std::move(name), std::move(short_name), superior, area});
  return body;
}

constexpr std::array families{"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Y", "H’", "Lò", "Vàng"};
constexpr std::array middles{"Văn", "Thị", "Đức", "Minh", "Ngọc", "Thanh", "Quốc", "Kim", "Hữu", "Xuân", "Thu", "Đình"};
constexpr std::array givens{"An", "Bình", "Cường", "Dung", "Hạnh", "Hiếu", "Hoà", "Hương", "Khánh", "Lan", "Liên", "Long", "Mai", "Nam", "Nga", "Phúc", "Quyên", "Sơn", "Thảo", "Tuấn", "Uyên", "Vinh", "Yến"};
constexpr std::array places{"Thôn {}", "Tổ dân phố {}", "Ấp {}", "Khu phố {}", "Buôn {}", "Xóm {}", "Khối {}", "Bản {}"};

// As people without a Vietnamese keyboard write: no marks, each word with a capital.
std::string without_marks(std::string_view text) {
  std::string out = folded(text);
  bool begins = true;
  for (char& c : out) {
    if (begins && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    begins = c == ' ';
  }
  return out;
}

std::string name_of_branch(std::size_t number) {
  return "Chi hội " + fmt::format(fmt::runtime(places[number % places.size()]), number / places.size() + 1);
}

}  // namespace

void ImportWorld::found_bodies() {
  const auto land = territory.current();
  std::vector<Body> all;
  const auto add = [&](std::string_view kind, const std::string& name, const std::string& short_name, BodyId superior, UnitId area) {
    all.push_back(new_body(store, kind, name, short_name, superior, area));
    return all.back().id;
  };
  centre = add("trung_uong", "Trung ương Hội Khuyến học Việt Nam", "Trung ương Hội", {}, land->country());
  for (const UnitId province : land->units(UnitLevel::province, today())) {
    const auto& above = land->unit(province).on(today());
    const BodyId association = add("tinh_hoi", "Hội Khuyến học " + above.running_name(), above.full_name(), centre, province);
    for (const UnitId unit : land->children(province, today())) {
      const auto& there = land->unit(unit).on(today());
      const BodyId body = add("hoi_co_so", "Hội Khuyến học " + there.running_name(), there.full_name(), association, unit);
      communes.push_back({body, unit, there.running_name(), above.running_name(), there.code});
      for (std::size_t n = 0; n < branches_of_a_commune; ++n) branches.push_back(add("chi_hoi_thon_tdp", name_of_branch(n), name_of_branch(n).substr(std::string("Chi hội ").size()), body, unit));
    }
  }
  std::map<std::string, int> written_so;
  for (const Commune& commune : communes) ++written_so[folded(commune.province + "|" + commune.name)];
  for (Commune& commune : communes) commune.alone_without_marks = written_so[folded(commune.province + "|" + commune.name)] == 1;
  store.write([&](db::Writer& writer) { OrganisationChanges(*bodies, writer, {}, clock.now_ms()).import_all(std::move(all), {}); });
}

void ImportWorld::record() {
  std::vector<Series> series;
  for (MeasureIndex index = 0; index < ledger->catalogue().measures().size() && series.size() < series_used; ++index)
    if (is_typed(ledger->catalogue().measure(index).kind)) series.push_back(ledger->catalogue().series(index));
  store.write([&](db::Writer& writer) {
    const std::int64_t noun = ledger->stored_noun(writer, "record");
    auto rows = std::make_shared<std::vector<facts_sql::StoredFact>>();
    for (std::size_t branch = 0; branch < branches.size(); ++branch)
      for (std::size_t n = 0; n < facts_of_a_branch; ++n) {
        facts_sql::StoredFact fact;
        fact.body = branches[branch];
        fact.day = Day::of(2025 + static_cast<int>(n % 2), 5, 1 + static_cast<int>(n));
        fact.series = ledger->stored_series(series[n]);
        fact.amount = 1 + static_cast<std::int64_t>(mixed(branch, n) % 40);
        fact.kind = FactKind::record;
        fact.noun = noun;
        fact.source = 1;
        fact.layer = FactLayer::listed;
        fact.arrival = Arrival::beyond;
        rows->push_back(fact);
      }
    writer.before_commit([rows](db::Writer& last) {
      std::int64_t position = last.next_positions(std::ssize(*rows));
      for (auto& row : *rows) row.position = position++;
      facts_sql::insert(last, *rows);
    });
  });
}

Result<std::unique_ptr<ImportWorld>> ImportWorld::make(db::Store& store) {
  if (auto migrated = store.migrate(db::all_migrations()); !migrated) return std::unexpected(migrated.error());
  std::unique_ptr<ImportWorld> world(new ImportWorld(store));
  if (auto done = store.write([&](db::Writer& writer) { return world->territory.install_frame(writer); }); !done) return std::unexpected(done.error());
  world->bodies = std::make_unique<OrganisationStore>(store, world->territory.current());
  world->bodies->load();
  world->found_bodies();
  Ledger(store, Catalogue::house(), world->bodies->current()).load();          // numbers the series
  world->ledger = std::make_unique<Ledger>(store, Catalogue::house(), world->bodies->current());
  world->ledger->load();
  world->record();
  world->ledger = std::make_unique<Ledger>(store, Catalogue::house(), world->bodies->current());
  world->ledger->load();
  Ledger& ledger = *world->ledger;
  world->bodies->on_change([&ledger](OrganisationView now) { ledger.organisation_changed(std::move(now)); },
                           [&ledger](OrganisationView coming) { return ledger.organisation_ahead(std::move(coming)); });
  world->statements = std::make_unique<Statements>(ledger);
  world->trail = std::make_unique<AuditTrail>(store, world->keys, world->clock);
  world->users = std::make_unique<Users>(store, world->keys, world->hasher, world->clock);
  world->sessions = std::make_unique<Sessions>(*world->users, [bodies = world->bodies.get()] { return bodies->current(); });
  world->house = std::make_unique<House>(House{.store = store, .clock = world->clock, .catalogue = Catalogue::house(), .periods = Periods::house(), .keys = world->keys, .territory = world->territory,
                                               .organisation = *world->bodies, .ledger = ledger, .statements = *world->statements, .trail = *world->trail, .users = *world->users, .sessions = *world->sessions});
  return world;
}

Viewer ImportWorld::secretary() const {
  ViewerData data;
  data.user = UserId{1};
  data.name = "Bà Trần Kim Liên";
  data.acting_for = centre;
  data.units = {{centre, "Thư ký"}};
  data.grants = {{Permission::keep_bodies, Grant::Reach::subtree, {centre}}};
  data.today = today();
  return Viewer(std::move(data), bodies->current());
}

BranchList list_of_branches(const ImportWorld& world, std::size_t rows) {
  BranchList list;
  list.rows = rows;
  spreadsheet::WorkbookWriter workbook("Danh sách chi hội", ImportWorld::today(), spreadsheet::WritingOrder::row_by_row);
  auto sheet = workbook.add_sheet("Chi hội");
  constexpr std::array heads{"STT", "Tên chi hội", "Loại hình", "Xã, phường", "Ngày thành lập", "Chi hội trưởng", "Điện thoại"};
  for (std::size_t i = 0; i < heads.size(); ++i) sheet.text(1, static_cast<int>(i) + 1, heads[i], spreadsheet::Look::head);
  std::vector<std::size_t> next(world.communes.size(), branches_of_a_commune), known(world.communes.size(), 0);
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t at = row * world.communes.size() / rows;
    const auto& commune = world.communes[at];
    const auto chance = mixed(row, 7);
    const auto head = fmt::format("{} {} {}", families[chance % families.size()], middles[chance / 31 % middles.size()], givens[chance / 997 % givens.size()]);
    const bool plain = commune.alone_without_marks && chance % 10 == 3;                                   // a tenth of the rows without marks
    const auto spelled = [&](const std::string& text) { return plain ? without_marks(text) : text; };
    enum class Sort { good, there, new_number, twice, wrong } sort = Sort::good;
    if (row % 20 == 5) sort = row % 60 == 5 ? Sort::there : Sort::new_number;
    else if (row % 100 == 51 && next[at] > branches_of_a_commune) sort = Sort::twice;
    else if (row % 100 == 77) sort = Sort::wrong;
    std::string name = name_of_branch(sort == Sort::there || sort == Sort::new_number ? known[at]++ % branches_of_a_commune : sort == Sort::twice ? next[at] - 1 : next[at]);
    if (sort == Sort::good || sort == Sort::wrong) ++next[at];
    list.already_there += sort == Sort::there;
    list.new_numbers += sort == Sort::new_number;
    list.twice += sort == Sort::twice;
    list.wrong += sort == Sort::wrong;
    const int to = static_cast<int>(row) + 2;
    sheet.whole(to, 1, static_cast<std::int64_t>(row) + 1);
    sheet.text(to, 2, spelled(name));
    sheet.text(to, 3, plain ? "chi hoi thon" : "Chi hội thôn, tổ dân phố");
    sheet.text(to, 4, commune.alone_without_marks ? spelled(commune.name) + ", " + spelled(commune.province) : commune.code);
    sheet.day(to, 5, Day::of(2025, 9, 1) + static_cast<int>(chance % 250));
    if (sort == Sort::there) continue;                                       // what is known of it stays
    sheet.text(to, 6, spelled(head));
    sheet.text(to, 7, sort == Sort::wrong ? "khong co" : fmt::format("09{:08}", row * 997));
  }
  list.workbook = workbook.finish().value();
  return list;
}

}  // namespace khuyenhoc::bench
