// Who walks the routes: people of the small association in every role, a province beside it, and who reaches which body. Said here in full, not worked out.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "organisation/organisation_store.h"
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

 private:
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
    roles.push_back({"commune secretary", person("Bà", "Trần Kim Liên", small.ea_kar, "thu_ky"), {see_figures, enter_figures, see_names, keep_bodies, manage_users}, all_of_ea_kar, land_of_ea_kar});
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
