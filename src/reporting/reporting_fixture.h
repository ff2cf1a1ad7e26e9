// For tests: a small house over one named commune, Ea Kar after the reform, with people who sign in.
//
//   Hội Khuyến học xã Ea Kar (tỉnh Đắk Lắk), today 08/6/2026
//     of old Cư Huê     Chi hội Thôn 8, Chi hội Thôn 11, Chi hội Buôn Tung Kraih, Ban khuyến học dòng họ Nguyễn Đình
//     of old Ea Kar     Chi hội Tổ dân phố 1
//     schools, offices  Chi hội Trường THCS Nguyễn Du; Ban khuyến học cơ quan Ủy ban nhân dân xã
//   Hội Khuyến học xã Ea Ô: no branches, states its totals     Hội Khuyến học xã Ea Ktur: one branch, Chi hội Thôn 5
#pragma once

#include <gtest/gtest.h>

#include "organisation/contacts.h"
#include "organisation/organisation_fixture.h"
#include "platform/db/test_stores.h"
#include "reporting/entry_desk.h"
#include "reporting/entry_sheet.h"
#include "shell/house.h"

namespace khuyenhoc {

struct SmallCommune {
  SmallTerritory land = small_territory();
  BodyId centre, province, ea_kar, ea_o, ea_ktur;
  BodyId thon_8, thon_11, tung_kraih, nguyen_dinh, to_dan_pho_1, nguyen_du, uy_ban, thon_5;
  OrganisationView organisation;

  SmallCommune() {
    OrganisationBuilder builder(land.territory);
    const Day long_ago = Day::of(2018, 1, 1), reform = Day::of(2025, 7, 1);
    centre = builder.found("trung_uong", "Hội Khuyến học Việt Nam", "Trung ương", {}, land.country, long_ago);
    province = builder.found("tinh_hoi", "Hội Khuyến học tỉnh Đắk Lắk", "Tỉnh Đắk Lắk", centre, land.dak_lak, reform);
    ea_kar = builder.found("hoi_co_so", "Hội Khuyến học xã Ea Kar", "Xã Ea Kar", province, land.ea_kar, reform);
    ea_o = builder.found("hoi_co_so", "Hội Khuyến học xã Ea Ô", "Xã Ea Ô", province, land.ea_o, reform);
    ea_ktur = builder.found("hoi_co_so", "Hội Khuyến học xã Ea Ktur", "Xã Ea Ktur", province, land.ea_ktur, reform);
    thon_8 = builder.found("chi_hoi_thon_tdp", "Chi hội Thôn 8", "Thôn 8", ea_kar, land.ea_kar, reform);
    thon_11 = builder.found("chi_hoi_thon_tdp", "Chi hội Thôn 11", "Thôn 11", ea_kar, land.ea_kar, reform);
    tung_kraih = builder.found("chi_hoi_thon_tdp", "Chi hội Buôn Tung Kraih", "Buôn Tung Kraih", ea_kar, land.ea_kar, reform);
    nguyen_dinh = builder.found("ban_dong_ho", "Ban khuyến học dòng họ Nguyễn Đình", "Dòng họ Nguyễn Đình", ea_kar, land.ea_kar, reform);
    to_dan_pho_1 = builder.found("chi_hoi_thon_tdp", "Chi hội Tổ dân phố 1", "Tổ dân phố 1", ea_kar, land.ea_kar, reform);
    nguyen_du = builder.found("chi_hoi_truong", "Chi hội Trường THCS Nguyễn Du", "Trường THCS Nguyễn Du", ea_kar, land.ea_kar, reform);
    uy_ban = builder.found("ban_co_quan", "Ban khuyến học cơ quan Ủy ban nhân dân xã", "Cơ quan UBND xã", ea_kar, land.ea_kar, reform);
    thon_5 = builder.found("chi_hoi_thon_tdp", "Chi hội Thôn 5", "Thôn 5", ea_ktur, land.ea_ktur, reform);
    organisation = builder.build();
    for (const BodyId body : {thon_8, thon_11, tung_kraih, nguyen_dinh}) lay_in(builder, body, land.cu_hue);
    lay_in(builder, to_dan_pho_1, land.old_ea_kar);
    organisation = builder.build();
  }

 private:
  void lay_in(OrganisationBuilder& builder, BodyId body, UnitId old_unit) const {
    Body changed = organisation->body(body);
    changed.former_area = old_unit;
    builder.put(std::move(changed));
  }
};

inline Day small_commune_today() { return Day::of(2026, 6, 8); }
inline NamedPeriod first_half(int year = 2026) { return *Periods::house().named("bao_cao", "H1", year); }

// The services of a house over a store.
struct SmallHouse {
  explicit SmallHouse(db::Store& store, Day today = small_commune_today())
      : clock(Clock::fixed_day(today)), keys(crypto::KeyRing::for_tests()), organisation(store, commune.land.territory) {
    import_organisation(organisation, *commune.organisation);
    organisation.load();
    catalogue.make_room(200);            // for what offices ask by themselves
    ledger = std::make_unique<Ledger>(store, catalogue, organisation.current());
    ledger->load();
    statements = std::make_unique<Statements>(*ledger);
    trail = std::make_unique<AuditTrail>(store, keys, clock);
    users = std::make_unique<Users>(store, keys, hasher, clock);
    sessions = std::make_unique<Sessions>(*users, [this] { return organisation.current(); });
    house = std::make_unique<House>(House{.store = store, .clock = clock, .catalogue = catalogue, .periods = Periods::house(), .keys = keys, .territory = territory,
                                          .organisation = organisation, .ledger = *ledger, .statements = *statements, .trail = *trail, .users = *users, .sessions = *sessions});
  }

  MeasureIndex index(std::string_view code) const { return Catalogue::house().index(code); }
  Series series(std::string_view code) const { return Catalogue::house().series(index(code)); }
  StatementOutcome state(BodyId body, std::string_view code, const NamedPeriod& period, std::optional<std::int64_t> value, Extent extent = Extent::subtree,
                         UserId by = UserId{99}) {
    const auto done = house->store.write([&](db::Writer& writer) {
      const auto known = statements->find(writer, body, series(code), period.period, extent);
      return statements->state(writer, body, series(code), period.period, value, known ? known->row_version : 0, Arrival::within, by, clock.now_ms(), extent);
    });
    EXPECT_TRUE(done) << done.error().message;
    return done.value_or(StatementOutcome{});
  }
  std::optional<std::int64_t> stated(BodyId body, std::string_view code, const NamedPeriod& period = first_half(), Extent extent = Extent::subtree) {
    const auto found = house->store.read([&](db::Reader& reader) { return statements->find(reader, body, series(code), period.period, extent); });
    return found ? found->value : std::nullopt;
  }
  std::int64_t figure(BodyId body, std::string_view code, const NamedPeriod& period = first_half()) const {
    const auto answer = Figures(ledger->view()).figure(index(code), {body, period.period, period.period.last});
    EXPECT_TRUE(answer) << answer.error().message;
    return answer ? answer->value : -1;
  }
  EntrySheet sheet(BodyId body, const NamedPeriod& period = first_half()) {
    auto made = house->store.read([&](db::Reader& reader) { return entry_sheet(*house, reader, body, period, clock.today()); });
    EXPECT_TRUE(made) << made.error().message;
    return made.value_or(EntrySheet{});
  }
  // Members and what came and went: 118 before, then as given.
  void state_members(BodyId body, std::int64_t before, std::int64_t gained, std::int64_t lost, std::int64_t now) {
    state(body, "B01", *Periods::house().named("bao_cao", "H2", 2025), before);
    state(body, "B02", first_half(), gained);
    state(body, "B03", first_half(), lost);
    state(body, "B01", first_half(), now);
  }

  struct Person {
    UserId user;
    std::string token;
    Viewer viewer;
  };
  Person sign_in(const std::string& telephone, const std::string& salutation, const std::string& name, BodyId body, const std::string& title, Grant::Reach reach = Grant::Reach::subtree) {
    NewUser given;
    given.telephone = telephone;
    given.salutation = salutation;
    given.name = name;
    given.units = {{body, title}};
    for (const Permission permission : {Permission::see_figures, Permission::enter_figures, Permission::see_names}) given.grants.push_back({permission, reach, {body}});
    given.from = Day::of(2025, 7, 1);
    const std::string password = "Khuyen-hoc-2026";
    const auto hash = users->hash(password);
    const auto added = house->store.write([&](db::Writer& writer) { return users->add(writer, given, *hash); });
    EXPECT_TRUE(added) << added.error().message;
    const auto signed_in = sessions->sign_in(telephone, password, "127.0.0.1");
    EXPECT_TRUE(signed_in) << signed_in.error().message;
    auto viewer = sessions->viewer(signed_in->token);
    EXPECT_TRUE(viewer);
    return {*added, signed_in->token, *viewer};
  }
  // A viewer without an account, for rules.
  Viewer viewer_at(BodyId body, Grant::Reach reach = Grant::Reach::subtree, UserId user = UserId{7}) const {
    ViewerData data;
    data.user = user;
    data.name = "Bà Trần Kim Liên";
    data.acting_for = body;
    data.units = {{body, "Thư ký"}};
    for (const Permission permission : {Permission::see_figures, Permission::enter_figures}) data.grants.push_back({permission, reach, {body}});
    data.today = clock.today();
    return Viewer(data, organisation.current());
  }
  std::vector<CellOutcome> save(const Viewer& viewer, BodyId association, std::vector<CellEntry> cells, const NamedPeriod& period = first_half()) {
    EntryDesk desk(*house, viewer, association, period);
    return house->store.write([&](db::Writer& writer) { return desk.save(writer, cells); });
  }

  Clock clock;
  crypto::KeyRing keys;
  Catalogue catalogue = Catalogue::house();
  SmallCommune commune;
  crypto::PasswordHasher hasher;
  TerritoryStore territory;
  OrganisationStore organisation;
  std::unique_ptr<Ledger> ledger;
  std::unique_ptr<Statements> statements;
  std::unique_ptr<AuditTrail> trail;
  std::unique_ptr<Users> users;
  std::unique_ptr<Sessions> sessions;
  std::unique_ptr<House> house;
};

class OnSmallHouse : public db::OnBothStores {
 protected:
  void SetUp() override {
    db::OnBothStores::SetUp();
    if (!IsSkipped()) small = std::make_unique<SmallHouse>(store());
  }
  void TearDown() override {
    small.reset();
    db::OnBothStores::TearDown();
  }
  const SmallCommune& commune() const { return small->commune; }
  std::unique_ptr<SmallHouse> small;
};

}  // namespace khuyenhoc
