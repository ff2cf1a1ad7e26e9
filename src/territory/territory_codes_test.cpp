#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "territory/territory_fixture.h"

namespace khuyenhoc {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const Day eve = Day::of(2025, 6, 30);
const Day today = Day::of(2026, 6, 30);

class Codes : public testing::Test {
 protected:
  SmallTerritory small = small_territory();
  const Territory& territory = *small.territory;

  UnitId found(std::string_view code, Day day) {
    const auto id = territory.resolve(code, day);
    EXPECT_TRUE(id.has_value()) << code << ": " << id.error().message;
    return id.value_or(UnitId{});
  }
  Refusal refused(std::string_view code, Day day) {
    const auto id = territory.resolve(code, day);
    EXPECT_FALSE(id.has_value()) << code;
    return id ? Refusal{} : id.error();
  }
};

TEST_F(Codes, A_code_names_the_unit_that_carried_it_on_the_day) {
  EXPECT_EQ(found("VN", today), small.country);
  EXPECT_EQ(found("66", today), small.dak_lak);
  EXPECT_EQ(found("66", eve), small.old_dak_lak);
  EXPECT_EQ(found("66@2025-06-30", today), small.old_dak_lak);
  EXPECT_EQ(found(" 66 @ 30/6/2025 ", today), small.old_dak_lak);
  EXPECT_EQ(found("66/24373", today), small.ea_kar);
  EXPECT_EQ(found("66/651/24373", eve), small.old_ea_kar);
  EXPECT_EQ(found("66/24373", eve), small.old_ea_kar) << "the district may be left out";
  EXPECT_EQ(found("66/651", eve), small.ea_kar_district);
  EXPECT_EQ(found("66/24445", today), small.ea_trang);
  EXPECT_EQ(found("66/652/24445", eve), small.ea_trang);
}

TEST_F(Codes, The_path_of_every_unit_on_every_day_leads_back_to_it) {
  for (const auto day : {Day::of(2018, 1, 1), eve, reform_day(), today}) {
    for (Node node = 0; node < territory.size(); ++node) {
      const auto id = territory.id(node);
      EXPECT_EQ(found(territory.code_path(id, day), day), id) << territory.code_path(id, day);
    }
  }
  EXPECT_EQ(territory.code_path(small.old_ea_kar, today), "66/651/24373@2025-06-30");
  EXPECT_EQ(territory.code_path(small.ea_kar, eve), "66/24373@2025-07-01");
  EXPECT_EQ(territory.code_path(small.country, today), "VN");
}

TEST_F(Codes, An_ended_province_is_refused_with_where_it_went) {
  const auto refusal = refused("54", today);
  EXPECT_EQ(refusal.code, "territory.unknown_province");
  EXPECT_EQ(refusal.place, "54");
  EXPECT_EQ(refusal.message,
            "Không có tỉnh, thành phố nào mang mã “54” theo danh mục ngày 30/6/2026. Mã 54 đến hết ngày 30/6/2025 là của tỉnh Phú Yên (ghi 54@2025-06-30), nay thuộc tỉnh Đắk Lắk (66).");
}

TEST_F(Codes, An_unknown_commune_is_refused_with_its_neighbours) {
  const auto refusal = refused("66/24374", today);
  EXPECT_EQ(refusal.code, "territory.unknown_unit");
  EXPECT_EQ(refusal.place, "24374");
  EXPECT_EQ(refusal.message, "Trong tỉnh Đắk Lắk không có đơn vị nào mang mã “24374” theo danh mục ngày 30/6/2026. Mã gần giống: 24373 (xã Ea Kar).");
  EXPECT_THAT(refused("66/651", today).message, HasSubstr("đến hết ngày 30/6/2025 là của huyện Ea Kar, tỉnh Đắk Lắk"));
  EXPECT_THAT(refused("54/24373", eve).message, HasSubstr("xin ghi 66/651/24373"));
}

TEST_F(Codes, What_is_no_code_at_all_is_refused_kindly) {
  EXPECT_EQ(refused("", today).code, "territory.code_empty");
  EXPECT_EQ(refused("  @2025-06-30", today).code, "territory.code_empty");
  EXPECT_EQ(refused("66@hôm qua", today).code, "territory.bad_day");
  EXPECT_EQ(refused("66@2025-02-30", today).code, "territory.bad_day");
  EXPECT_EQ(refused("Đắk Lắk", today).code, "territory.unknown_province");
  EXPECT_EQ(refused("66/", today).code, "territory.unknown_unit");
  EXPECT_EQ(refused("66/24373/1", today).code, "territory.unknown_unit");
  EXPECT_EQ(refused("24373", today).code, "territory.unknown_province");
  EXPECT_THAT(refused("24373", today).message, HasSubstr("xin ghi 66/24373"));
}

TEST_F(Codes, Units_of_a_level_are_those_alive_on_the_day_by_code) {
  EXPECT_THAT(territory.units(UnitLevel::province, eve), ElementsAre(small.phu_yen, small.old_dak_lak));
  EXPECT_THAT(territory.units(UnitLevel::province, today), ElementsAre(small.dak_lak));
  EXPECT_THAT(territory.units(UnitLevel::district, today), testing::IsEmpty());
  EXPECT_THAT(territory.children(small.cu_kuin_district, eve), ElementsAre(small.old_ea_ktur, small.ea_bhok, small.old_dray_bhang));
  EXPECT_THAT(territory.children(small.dak_lak, today), ElementsAre(small.song_hinh, small.ea_kar, small.ea_o, small.ea_trang, small.ea_ktur, small.dray_bhang));
}

TEST_F(Codes, A_search_without_accents_finds_the_living_unit_first) {
  EXPECT_THAT(territory.search("ea kar", today, 3), ElementsAre(small.ea_kar, small.ea_kar_district, small.old_ea_kar));
  EXPECT_THAT(territory.search("EA KAR", eve, 2), ElementsAre(small.ea_kar_district, small.old_ea_kar));
  EXPECT_EQ(territory.search("phu yen", today, 5).front(), small.phu_yen);
  EXPECT_EQ(territory.search("xa ea ka", today, 5).front(), small.ea_kar);
  EXPECT_EQ(territory.search("bhok", today, 5).front(), small.ea_bhok);
  EXPECT_EQ(territory.search("24403", today, 5).front(), small.ea_o);
  EXPECT_EQ(territory.search("Ea Ô", today, 5).front(), small.ea_o);
}

TEST_F(Codes, A_search_may_name_the_province_too_and_stays_within_its_limit) {
  EXPECT_EQ(territory.search("song hinh dak lak", today, 5).front(), small.song_hinh);
  EXPECT_EQ(territory.search("ea", today, 2).size(), 2u);
  EXPECT_THAT(territory.search("khong co noi nay", today, 5), testing::IsEmpty());
  EXPECT_THAT(territory.search("  ", today, 5), testing::IsEmpty());
  EXPECT_THAT(territory.search("ea", today, 0), testing::IsEmpty());
}

}  // namespace
}  // namespace khuyenhoc
