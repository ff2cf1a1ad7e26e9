#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "organisation/organisation_fixture.h"

namespace khuyenhoc {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

Day before_reform() { return Day::of(2025, 6, 30); }
Day today() { return Day::of(2026, 6, 1); }

class SmallWorld : public testing::Test {
 protected:
  SmallOrganisation small = small_organisation();
  const Organisation& bodies = *small.organisation;
};

TEST_F(SmallWorld, A_branch_answers_to_the_association_of_its_day) {
  EXPECT_EQ(bodies.body(small.thon_8).on(before_reform()).superior, small.old_ea_kar);
  EXPECT_EQ(bodies.body(small.thon_8).on(today()).superior, small.ea_kar);
  EXPECT_TRUE(bodies.superiors().is_within(bodies.node(small.thon_8), bodies.node(small.old_dak_lak), before_reform()));
  EXPECT_FALSE(bodies.superiors().is_within(bodies.node(small.thon_8), bodies.node(small.old_dak_lak), today()));
}

TEST_F(SmallWorld, An_association_may_follow_the_reform_a_month_later) {
  const auto between = Day::of(2025, 7, 15);
  EXPECT_TRUE(bodies.body(small.old_ea_kar).alive(between));
  EXPECT_FALSE(bodies.body(small.ea_kar).alive(between));
  EXPECT_TRUE(bodies.bodies_covering(small.land.ea_kar, hkh, between).empty());
  EXPECT_THAT(bodies.bodies_covering(small.land.ea_kar, hkh, today()), testing::Contains(small.ea_kar));
}

TEST_F(SmallWorld, A_commune_without_an_association_is_covered_by_nobody) {
  EXPECT_TRUE(bodies.bodies_covering(small.land.ea_trang, hkh, today()).empty());
  EXPECT_THAT(bodies.bodies_covering(small.land.ea_kar, "UBND", today()), ElementsAre(small.committee, small.centre_for_learning));
}

TEST_F(SmallWorld, Below_lists_the_body_and_all_under_it_on_the_day) {
  EXPECT_THAT(bodies.below(small.ea_kar_district, before_reform()),
              UnorderedElementsAre(small.ea_kar_district, small.old_ea_kar, small.cu_hue, small.old_ea_o, small.thon_8, small.nguyen_du, small.thon_2, small.nguyen_dinh,
                                   small.thon_11));
  EXPECT_TRUE(bodies.below(small.ea_kar_district, today()).empty());
  EXPECT_EQ(bodies.below(small.centre, today()).size(), 1u + 1 + 2 + 5 + 7);
}

TEST_F(SmallWorld, Children_come_in_vietnamese_order_with_numbers_by_value) {
  EXPECT_THAT(bodies.children(small.dak_lak, today()),
              ElementsAre(small.university, small.dray_bhang, small.ea_kar, small.ea_ktur, small.ea_o, small.song_hinh));
}

TEST_F(SmallWorld, The_head_of_a_system_is_its_centre) {
  EXPECT_EQ(bodies.head(hkh, today()), small.centre);
  EXPECT_EQ(bodies.head("DOAN", today()), BodyId{});
  EXPECT_EQ(bodies.head(hkh, Day::of(1990, 1, 1)), BodyId{});
}

TEST_F(SmallWorld, A_path_names_the_body_and_the_places_it_lies_in) {
  EXPECT_EQ(bodies.path(small.thon_8, today()), "Chi hội Thôn 8, xã Ea Kar, tỉnh Đắk Lắk");
  EXPECT_EQ(bodies.path(small.thon_8, before_reform()), "Chi hội Thôn 8, thị trấn Ea Kar, huyện Ea Kar, tỉnh Đắk Lắk");
  EXPECT_EQ(bodies.path(small.ea_kar, today()), "Hội Khuyến học xã Ea Kar, tỉnh Đắk Lắk");
  EXPECT_EQ(bodies.path(small.education_branch, today()), "Chi hội Khoa Sư phạm, Hội Khuyến học Trường Đại học Tây Nguyên, tỉnh Đắk Lắk");
  EXPECT_EQ(bodies.path(small.centre, today()), "Trung ương Hội Khuyến học Việt Nam");
}

TEST_F(SmallWorld, Search_needs_no_accents_and_puts_the_living_first) {
  const auto found = bodies.search("ea kar", today(), 10);
  ASSERT_GE(found.size(), 3u);
  EXPECT_EQ(found[0], small.ea_kar);
  EXPECT_THAT(found, testing::Contains(small.ea_kar_district));
  EXPECT_EQ(bodies.search("EA KAR", before_reform(), 1).front(), small.ea_kar_district);
  EXPECT_EQ(bodies.search("nguyen dinh", today(), 10).front(), small.nguyen_dinh);
  EXPECT_EQ(bodies.search("yuye", today(), 10), std::vector<BodyId>{}) << "nothing holds these letters";
}

TEST_F(SmallWorld, Search_finds_a_branch_by_the_place_above_it) {
  EXPECT_EQ(bodies.search("thon 8 ea kar", today(), 10).front(), small.thon_8);
  EXPECT_TRUE(std::ranges::none_of(bodies.search("thon 8 song hinh", today(), 10), [&](BodyId id) { return id == small.thon_8; }));
}

TEST_F(SmallWorld, Search_puts_whole_words_before_the_inside_of_a_word) {
  const auto found = bodies.search("1", today(), 10);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front(), small.thon_11);
  const auto inside = bodies.search("guyen", today(), 10);
  EXPECT_THAT(inside, testing::IsSupersetOf({small.nguyen_du, small.nguyen_dinh}));
}

TEST_F(SmallWorld, Search_answers_only_within_the_scope_it_is_given) {
  const auto only_hai_rieng = [&](BodyId id) { return id == small.khu_pho_3; };
  EXPECT_TRUE(bodies.search("thon", today(), 10, only_hai_rieng).empty());
  EXPECT_THAT(bodies.search("khu pho", today(), 10, only_hai_rieng), ElementsAre(small.khu_pho_3));
}

TEST_F(SmallWorld, In_the_areas_tree_bodies_are_leaves_of_their_units_and_live_for_ever) {
  const auto& areas = bodies.areas();
  const auto& land = bodies.territory();
  const auto leaf = bodies.area_node(small.thon_8);
  ASSERT_GE(leaf, land.size());
  EXPECT_TRUE(areas.alive(leaf, Day::of(1950, 1, 1)));
  EXPECT_EQ(areas.parent(leaf, before_reform()), land.node(small.land.old_ea_kar));
  EXPECT_EQ(areas.parent(leaf, today()), land.node(small.land.ea_kar));
  EXPECT_TRUE(areas.alive(bodies.area_node(small.old_ea_kar), today())) << "an ended association keeps its place, so its old figures keep theirs";
  EXPECT_EQ(bodies.area_node(small.committee), no_node);
}

TEST_F(SmallWorld, A_body_born_after_a_merger_may_record_the_old_unit_it_lies_in) {
  OrganisationBuilder next(bodies);
  Body young = bodies.body(small.thon_8);
  young.id = BodyId{500};
  young.born = today();
  young.versions = {{today(), "Chi hội Thôn 20", "Thôn 20", small.ea_kar, small.land.ea_kar}};
  young.former_area = small.land.cu_hue;
  next.put(young);
  const auto after = next.build();
  const auto leaf = after->area_node(BodyId{500});
  EXPECT_EQ(after->areas().parent(leaf, before_reform()), after->territory().node(small.land.cu_hue));
  EXPECT_EQ(after->areas().parent(leaf, today()), after->territory().node(small.land.ea_kar));
}

TEST_F(SmallWorld, A_body_taken_back_stands_nowhere) {
  OrganisationBuilder next(bodies);
  auto mistake = bodies.body(small.dray_bhang);
  mistake.voided = true;
  next.put(mistake);
  const auto after = next.build();
  EXPECT_FALSE(after->body(small.dray_bhang).alive(today()));
  EXPECT_FALSE(after->superiors().alive(after->node(small.dray_bhang), today()));
  EXPECT_THAT(after->children(small.dak_lak, today()), testing::Not(testing::Contains(small.dray_bhang)));
  EXPECT_TRUE(after->search("dray bhang", today(), 10).empty());
  EXPECT_TRUE(bodies.body(small.dray_bhang).alive(today())) << "the snapshot before is untouched";
}

TEST_F(SmallWorld, A_rename_entered_late_reaches_later_versions_that_only_carried_the_name_on) {
  OrganisationBuilder next(bodies);
  next.rename(small.thon_8, Day::of(2020, 1, 1), "Chi hội Thôn 8A", "Thôn 8A");
  const auto after = next.build();
  EXPECT_EQ(after->body(small.thon_8).on(Day::of(2019, 12, 31)).name, "Chi hội Thôn 8");
  EXPECT_EQ(after->body(small.thon_8).on(before_reform()).name, "Chi hội Thôn 8A");
  EXPECT_EQ(after->body(small.thon_8).on(today()).name, "Chi hội Thôn 8A");
  EXPECT_EQ(after->body(small.thon_8).on(today()).superior, small.ea_kar) << "the move of 2025 stays";
  EXPECT_EQ(after->search("thon 8a", today(), 5).front(), small.thon_8);
}

TEST_F(SmallWorld, Nodes_stay_what_they_were_when_bodies_come) {
  OrganisationBuilder next(bodies);
  const auto young = next.found("chi_hoi_thon_tdp", "Chi hội Thôn 30", "Thôn 30", small.ea_kar, small.land.ea_kar, today());
  const auto after = next.build();
  for (Node node = 0; node < bodies.size(); ++node) EXPECT_EQ(after->id(node), bodies.id(node));
  EXPECT_EQ(after->node(young), bodies.size());
  EXPECT_EQ(bodies.find(young), nullptr);
}

TEST(SystemsCatalogue, Every_kind_of_the_house_belongs_to_a_system_and_has_both_languages) {
  const auto& systems = Systems::house();
  EXPECT_EQ(systems.systems().size(), 7u);
  ASSERT_NE(systems.find("hoi_co_so"), nullptr);
  EXPECT_EQ(systems.kind("hoi_co_so").level, BodyKind::Level::commune);
  EXPECT_EQ(systems.kind("chi_hoi_thon_tdp").family, "chi_hoi");
  EXPECT_EQ(systems.kind("huyen_hoi").until, Day::of(2026, 1, 1));
  for (const auto& kind : systems.kinds()) {
    EXPECT_NE(systems.find_system(kind.system), nullptr) << kind.code;
    EXPECT_FALSE(kind.label_en.empty()) << kind.code;
  }
}

TEST(SystemsCatalogue, A_mistake_in_the_file_is_named_with_its_place) {
  EXPECT_EQ(Systems::parse("[[system]\n").error().code, "config.syntax");
  EXPECT_EQ(Systems::parse("[[kind]]\ncode='a'\nvi='b'\nen='c'\nlevel='branch'\nsystem='X'\n").error().code, "systems.entry");
  EXPECT_EQ(Systems::parse("[[system]]\ncode='X'\n[[kind]]\ncode='a'\nvi='b'\nen='c'\nlevel='high'\nsystem='X'\n").error().place, "a");
}

}  // namespace
}  // namespace khuyenhoc
