#include "territory/frame.h"

#include <algorithm>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"

namespace khuyenhoc {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

const Day eve = Day::of(2025, 6, 30);
const Day before_dong_nai = Day::of(2026, 4, 29);
const Day dong_nai_day = Day::of(2026, 4, 30);

class NationalFrame : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    TerritoryBuilder builder;
    const auto done = build_frame(builder);
    ASSERT_TRUE(done.has_value()) << done.error().message;
    frame() = builder.build();
  }
  static TerritoryView& frame() {
    static TerritoryView view;
    return view;
  }
  const Territory& territory = *frame();

  UnitId unit(std::string_view code, Day day) { return territory.resolve(code, day).value(); }
  std::map<std::string, int> types(UnitLevel level, Day day) {
    std::map<std::string, int> out;
    for (const auto id : territory.units(level, day)) ++out[territory.unit(id).on(day).type];
    return out;
  }
};

TEST_F(NationalFrame, Before_the_reform_there_were_63_provinces_696_districts_and_10035_communes) {
  EXPECT_EQ(territory.units(UnitLevel::province, eve).size(), 63u);
  EXPECT_EQ(territory.units(UnitLevel::district, eve).size(), 696u);
  EXPECT_EQ(territory.units(UnitLevel::commune, eve).size(), 10035u);
  EXPECT_EQ(territory.unit(territory.country()).full_name(eve), "Việt Nam");
}

TEST_F(NationalFrame, Since_the_reform_there_are_34_provinces_no_districts_and_3321_communes) {
  EXPECT_EQ(territory.units(UnitLevel::province, reform_day()).size(), 34u);
  EXPECT_EQ(territory.units(UnitLevel::district, reform_day()).size(), 0u);
  EXPECT_EQ(territory.units(UnitLevel::commune, reform_day()).size(), 3321u);
  EXPECT_EQ(types(UnitLevel::province, reform_day()), (std::map<std::string, int>{{"tỉnh", 28}, {"thành phố", 6}}));
  EXPECT_EQ(types(UnitLevel::commune, reform_day()), (std::map<std::string, int>{{"phường", 687}, {"xã", 2621}, {"đặc khu", 13}}));
}

TEST_F(NationalFrame, Dong_Nai_is_a_city_since_30_April_2026_and_ten_of_its_communes_are_wards) {
  const auto dong_nai = unit("75", before_dong_nai);
  EXPECT_EQ(unit("75", dong_nai_day), dong_nai) << "the same province, another type";
  EXPECT_EQ(territory.unit(dong_nai).full_name(before_dong_nai), "Tỉnh Đồng Nai");
  EXPECT_EQ(territory.unit(dong_nai).full_name(dong_nai_day), "Thành phố Đồng Nai");
  EXPECT_EQ(territory.unit(unit("75/26368", dong_nai_day)).full_name(dong_nai_day), "Phường Long Thành");
  EXPECT_EQ(types(UnitLevel::province, dong_nai_day), (std::map<std::string, int>{{"tỉnh", 27}, {"thành phố", 7}}));
  EXPECT_EQ(types(UnitLevel::commune, dong_nai_day), (std::map<std::string, int>{{"phường", 697}, {"xã", 2611}, {"đặc khu", 13}}));
}

TEST_F(NationalFrame, Eleven_provinces_went_on_and_the_others_are_the_union_of_their_predecessors) {
  int went_on = 0;
  std::set<UnitId> covered;
  for (const auto id : territory.units(UnitLevel::province, reform_day())) {
    if (territory.unit(id).alive(eve)) {
      ++went_on;
      covered.insert(id);
      continue;
    }
    EXPECT_GE(territory.predecessors(id).size(), 2u) << territory.path(id, reform_day());
    for (const auto before : territory.predecessors(id)) covered.insert(before);
  }
  EXPECT_EQ(went_on, 11);
  const auto old = territory.units(UnitLevel::province, eve);
  EXPECT_EQ(covered, std::set<UnitId>(old.begin(), old.end()));
  EXPECT_THAT(territory.predecessors(unit("15", reform_day())), UnorderedElementsAre(unit("10", eve), unit("15", eve)));
  EXPECT_THAT(territory.predecessors(unit("66", reform_day())), UnorderedElementsAre(unit("54", eve), unit("66", eve)));
}

TEST_F(NationalFrame, Every_old_commune_is_placed_within_the_successor_of_its_province) {
  const auto& tree = territory.tree();
  for (const auto id : territory.units(UnitLevel::commune, eve)) {
    const auto old_province = territory.ancestor(id, UnitLevel::province, eve);
    const auto now = territory.unit(old_province).alive(reform_day()) ? old_province : territory.successors(old_province).front();
    const auto placed = tree.place(territory.node(id), reform_day());
    ASSERT_TRUE(placed.kind == Placement::Kind::itself || placed.kind == Placement::Kind::inside) << territory.path(id, eve);
    EXPECT_EQ(territory.ancestor(territory.id(placed.at), UnitLevel::province, reform_day()), now) << territory.path(id, eve);
  }
}

TEST_F(NationalFrame, Every_new_commune_has_a_past_and_132_went_on_unchanged) {
  std::size_t went_on = 0;
  for (const auto id : territory.units(UnitLevel::commune, reform_day())) {
    const bool before = territory.unit(id).alive(eve);
    went_on += before ? 1 : 0;
    EXPECT_EQ(territory.predecessors(id).empty(), before) << territory.path(id, reform_day());
  }
  EXPECT_EQ(went_on, 132u);
}

TEST_F(NationalFrame, The_cluster_of_five_old_districts_of_Dak_Lak_is_27_communes_today) {
  std::set<UnitId> cluster;
  for (const auto* district : {"huyen-ea-kar", "huyen-mdrak", "huyen-krong-pac", "huyen-krong-bong", "huyen-lak"}) {
    for (const auto commune : territory.children(unit(std::string("66/") + district, eve), eve)) {
      cluster.insert(territory.id(territory.tree().place(territory.node(commune), dong_nai_day).at));
    }
  }
  EXPECT_EQ(cluster.size(), 27u);
}

TEST_F(NationalFrame, An_island_district_without_communes_became_its_special_zone) {
  const auto con_dao = unit("77/huyen-con-dao", eve);
  EXPECT_THAT(territory.children(con_dao, eve), testing::IsEmpty());
  EXPECT_THAT(territory.successors(con_dao), ElementsAre(unit("79/26732", reform_day())));
  EXPECT_EQ(territory.path(unit("79/26732", reform_day()), reform_day()), "Đặc khu Côn Đảo, thành phố Hồ Chí Minh");
}

TEST_F(NationalFrame, Mistakes_of_the_package_are_mended) {
  EXPECT_EQ(territory.unit(unit("22/06978", reform_day())).full_name(reform_day()), "Xã Ba Chẽ");
  EXPECT_EQ(unit("52/23938", reform_day()), unit("64/23938", eve)) << "Ia Mơ went on";
  EXPECT_THAT(territory.successors(unit("91/30901", eve)), ElementsAre(unit("91/30886", reform_day())));
  EXPECT_EQ(territory.running_path(unit("68/25126", eve), eve), "thị trấn Đạ Tẻh, huyện Đạ Huoai, tỉnh Lâm Đồng");
}

TEST_F(NationalFrame, What_was_counted_while_it_was_made_adds_up_to_the_rows_of_the_package) {
  auto counts = frame_counts();
  EXPECT_EQ(counts["mapping_rows"], 10977);
  EXPECT_EQ(counts["rows_of_earlier_communes"], 938);
  EXPECT_EQ(counts["rows_without_old_commune"], 5);
  EXPECT_EQ(counts["old_communes"], counts["mapping_rows"] - counts["rows_of_earlier_communes"] - counts["rows_without_old_commune"] + counts["added_old_communes"]);
  EXPECT_EQ(counts["unchanged_communes"], 132);
}

TEST_F(NationalFrame, The_path_of_every_unit_leads_back_to_it) {
  for (const auto day : {eve, dong_nai_day}) {
    for (Node node = 0; node < territory.size(); ++node) {
      const auto path = territory.code_path(territory.id(node), day);
      const auto back = territory.resolve(path, day);
      ASSERT_TRUE(back.has_value()) << path << ": " << back.error().message;
      EXPECT_EQ(*back, territory.id(node)) << path;
    }
  }
}

TEST_F(NationalFrame, A_search_finds_today_first_and_the_past_after_it) {
  const auto today = Day::of(2026, 11, 22);
  const auto found = territory.search("dak lak", today, 10);
  ASSERT_GE(found.size(), 2u);
  EXPECT_EQ(found[0], unit("66", today));
  EXPECT_EQ(found[1], unit("66", eve));
  EXPECT_EQ(territory.search("thai binh", today, 50).size(), 50u);
  EXPECT_EQ(territory.search("phường an hội đông", today, 1).front(), unit("79/26878", today));
  EXPECT_EQ(territory.search("m drak", today, 1), territory.search("mdrak", today, 1)) << "an apostrophe may be typed as a blank";
}

TEST_F(NationalFrame, It_is_installed_only_into_an_empty_territory) {
  TerritoryBuilder builder;
  ASSERT_TRUE(build_frame(builder));
  EXPECT_EQ(build_frame(builder).error().code, "territory.not_empty");
}

}  // namespace
}  // namespace khuyenhoc
