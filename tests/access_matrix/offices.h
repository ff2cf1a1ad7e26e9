// Who walks the routes: people of the small association in every role, a province beside it, and who reaches which body. Said here in full, not worked out.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "access/appointments.h"
#include "organisation/organisation_store.h"
#include "restructure/restructure.h"
#include "shell/house_fixture.h"

namespace khuyenhoc {

class OnOffices : public OnSmallHouse {
 protected:
  struct Role {
    std::string name;
    Person person;                         // of nobody: no session at all
    std::set<Permission> permissions;
    std::set<std::string> bodies, units;   // reached, by the names below
    bool signed_in = true;
  };

  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    found_a_province_beside();
    bodies = {{"Thôn 8", small.thon_8}, {"Thôn 2", small.thon_2}, {"Ea Kar", small.ea_kar}, {"Ea Ô", small.ea_o}, {"Thôn 11", small.thon_11}, {"Đắk Lắk", small.dak_lak},
              {"Đại học Tây Nguyên", small.university}, {"centre", small.centre}, {"Cư Huê until 2025", small.cu_hue}, {"Gia Lai", gia_lai},
              {"people's committee", small.committee}, {"nobody's", BodyId{98'765'432}}};
    units = {{"xã Ea Kar", small.land.ea_kar}, {"xã Ea Ô", small.land.ea_o}, {"tỉnh Đắk Lắk", small.land.dak_lak}, {"Việt Nam", small.land.country},
             {"thị trấn Ea Kar until 2025", small.land.old_ea_kar}, {"tỉnh Gia Lai", land_of_gia_lai}, {"nowhere", UnitId{98'765'432}}};
    hire();
    state(small.thon_8, "B01", half_year(2026), 120);
    state(small.ea_o, "B01", half_year(2026), 90);
  }

  std::map<std::string, BodyId> bodies;
  std::map<std::string, UnitId> units;
  std::vector<Role> roles;
  BodyId gia_lai;
  UnitId land_of_gia_lai;
  UserId secretary_of_ea_o;

  // The association of Ea Ô goes on in that of Ea Kar. Its secretary keeps the post there, its accountant's post ends with it, a secretary of Ea Kar is appointed on
  // the same day, and the chairman of Ea Kar stays, with whoever deputises for him.
  void merge_ea_o_into_ea_kar() {
    const Day day = today() - 1;
    const auto hold = [&](UserId user, std::string name, BodyId body, std::string post, Day from) {
      return store().write([&](db::Writer& writer) {
        return appoint_with_access(store(), writer, Giver::program(), {}, {.holding = {.body = body, .post = std::move(post), .person_name = std::move(name), .user = user, .from = from, .until = {}, .term = {}}});
      });
    };
    const Person moved = bare("Chị", "Cao Thị Nhung"), lost = bare("Ông", "Lý Văn Tùng"), gained = bare("Bà", "Hà Thị Thơ");
    const auto moves = hold(moved.user, "Cao Thị Nhung", small.ea_o, "thu_ky", day - 100);
    ASSERT_TRUE(moves) << moves.error().message;
    ASSERT_TRUE(hold(lost.user, "Lý Văn Tùng", small.ea_o, "ke_toan", day - 100));
    Restructures restructures(house().organisation, house().ledger, house().statements);
    BodyRestructure merger;
    merger.day = day;
    merger.title = "Sáp nhập Hội Khuyến học xã Ea Ô vào Hội Khuyến học xã Ea Kar";
    merger.basis = {"15/QĐ-HKH", day, "Hội Khuyến học tỉnh Đắk Lắk"};
    merger.acts.push_back({.kind = BodyAct::Kind::merge, .bodies = {small.ea_o}, .opened = {}, .successors = {small.ea_kar}, .branches = {}, .superior = {}, .area = {}, .name = {}, .short_name = {}});
    const auto applied = restructures.apply(merger, {UserId{7}, now_ms, {}});
    ASSERT_TRUE(applied) << applied.error().message;
    const auto kept = store().write([&](db::Writer& writer) { return move_post(store(), writer, Giver::program(), {}, moves->id, small.ea_kar, day); });
    ASSERT_TRUE(kept) << kept.error().message;
    ASSERT_TRUE(hold(gained.user, "Hà Thị Thơ", small.ea_kar, "thu_ky", day));
    house().sessions.forget_cached();

    using enum Permission;
    const std::set<Permission> of_a_secretary{see_figures, enter_figures, see_names, keep_bodies, manage_users, receive};
    for (Role& role : roles)
      if (role.bodies.contains("Ea Kar")) role.bodies.insert({"Ea Ô", "Thôn 11"});   // what has merged belongs to whoever holds what it became part of; the units are the State's
    const auto found = [&](std::string_view name) { return *std::ranges::find(roles, name, &Role::name); };
    const Role of_ea_kar = found("commune secretary");
    roles.push_back({"secretary whose post moved", moved, of_a_secretary, of_ea_kar.bodies, of_ea_kar.units});
    roles.push_back({"secretary appointed on the day", gained, of_a_secretary, of_ea_kar.bodies, of_ea_kar.units});
    roles.push_back({"accountant whose post ended", lost, {}, {}, {}, false});
  }

 private:
  // Somebody signed in who holds nothing by hand: only posts open anything.
  Person bare(std::string_view salutation, std::string_view name) {
    const NewUser user{fmt::format("08{:08}", ++bare_), std::string(salutation), std::string(name), {}, {}, Day::of(2020, 1, 1)};
    return store().write([&](db::Writer& writer) {
      const auto added = house().users.add(writer, user, std::nullopt);
      EXPECT_TRUE(added) << added.error().message;
      Person out{*added, fmt::format("{:b>43}", bare_), fmt::format("bare-token-{}", bare_)};
      sessions_sql::StoredSession session;
      session.user = out.user;
      session.csrf = out.csrf;
      session.seen_ms = now_ms;
      session.expires_ms = now_ms + 3'600'000;
      const auto digest = house().keys.token_key_digest(out.token);
      sessions_sql::insert(writer, db::Blob(digest.begin(), digest.end()), session, now_ms);
      return out;
    });
  }
  int bare_ = 0;

  void found_a_province_beside() {
    const auto opened = store().write([&](db::Writer& writer) {
      return house().territory.apply(writer, {reform_day() + 1, "Tỉnh Gia Lai", "Nghị quyết thử"}, [&](TerritoryBuilder& builder) -> Result<void> {
        const auto unit = builder.open(UnitLevel::province, small.land.country, {"52", "Gia Lai", "tỉnh"});
        if (!unit) return std::unexpected(unit.error());
        land_of_gia_lai = *unit;
        return {};
      });
    });
    ASSERT_TRUE(opened) << opened.error().message;
    house().organisation.territory_changed(house().territory.current());
    const auto founded = store().write([&](db::Writer& writer) -> Result<void> {
      OrganisationChanges changes(house().organisation, writer, {}, now_ms);
      NewBody given;
      given.kind = "tinh_hoi";
      given.name = "Hội Khuyến học tỉnh Gia Lai";
      given.superior = small.centre;
      given.area = land_of_gia_lai;
      given.born = associations_followed();
      const auto made = changes.found(given);
      if (!made) return std::unexpected(made.error());
      gia_lai = *made;
      return {};
    });
    ASSERT_TRUE(founded) << founded.error().message;
  }

  void hire() {
    using enum Permission;
    const std::set<std::string> all_of_ea_kar{"Thôn 8", "Thôn 2", "Ea Kar", "Cư Huê until 2025"};
    std::set<std::string> all_of_dak_lak = all_of_ea_kar;
    all_of_dak_lak.insert({"Ea Ô", "Thôn 11", "Đắk Lắk", "Đại học Tây Nguyên"});
    std::set<std::string> whole_association = all_of_dak_lak;
    whole_association.insert({"Gia Lai", "centre"});
    const std::set<std::string> land_of_ea_kar{"xã Ea Kar", "thị trấn Ea Kar until 2025"};
    std::set<std::string> land_of_dak_lak = land_of_ea_kar;
    land_of_dak_lak.insert({"xã Ea Ô", "tỉnh Đắk Lắk"});
    std::set<std::string> whole_country = land_of_dak_lak;
    whole_country.insert({"tỉnh Gia Lai", "Việt Nam"});

    roles.push_back({"nobody", {}, {}, {}, {}, false});
    roles.push_back({"branch head", person("Ông", "Phạm Văn Lượng", small.thon_8, "chi_hoi_truong"), {see_figures, enter_figures, see_names}, {"Thôn 8"}, {}});
    roles.push_back({"commune secretary", person("Bà", "Trần Kim Liên", small.ea_kar, "thu_ky"), {see_figures, enter_figures, see_names, keep_bodies, manage_users, receive}, all_of_ea_kar, land_of_ea_kar});
    const Person chairman = person("Ông", "Lê Văn Sơn", small.ea_kar, "chu_tich");
    const std::set<Permission> of_a_chairman{see_figures, see_names, keep_bodies, restructure, manage_users, see_audit, sign, receive};
    roles.push_back({"commune chairman", chairman, of_a_chairman, all_of_ea_kar, land_of_ea_kar});
    std::set<Permission> everything = of_a_chairman;
    everything.insert(enter_figures);
    roles.push_back({"province vice-chairman", person("Bà", "H’Ngoan Niê", small.dak_lak, "pho_chu_tich_thuong_truc"), everything, all_of_dak_lak, land_of_dak_lak});
    roles.push_back({"officer of another province", person("Ông", "Ksor Thắng", gia_lai, "chanh_van_phong"), {see_figures, enter_figures, see_names, keep_bodies, manage_users, receive},
                     {"Gia Lai"}, {"tỉnh Gia Lai"}});
    roles.push_back({"centre", person("Bà", "Nguyễn Thị Hồng", small.centre, "chu_tich"), of_a_chairman, whole_association, whole_country});
    const Person secretary = person("Anh", "Đỗ Minh Khôi", small.ea_o, "thu_ky");
    secretary_of_ea_o = secretary.user;
    const Person deputy = person("Ông", "Bùi Xuân Hòa", small.ea_o, "pho_chu_tich");
    store().write([&](db::Writer& writer) {
      const auto done = house().users.deputise(writer, deputy.user, chairman.user, small.ea_kar, today() - 1, today() + 30);
      EXPECT_TRUE(done) << done.error().message;
    });
    EXPECT_TRUE(house().sessions.act_for(deputy.token, small.ea_kar));
    roles.push_back({"deputy of the commune chairman", deputy, of_a_chairman, all_of_ea_kar, land_of_ea_kar});
    const Person gone = person("Ông", "Trương Quang Bình", small.dak_lak, "chanh_van_phong");
    store().write([&](db::Writer& writer) { EXPECT_TRUE(house().users.set_active(writer, gone.user, false)); });
    house().sessions.forget_cached();
    roles.push_back({"closed account", gone, {}, {}, {}, false});
  }
};

}  // namespace khuyenhoc
