#include "access/viewer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "access/access_fixture.h"

namespace khuyenhoc {
namespace {

using testing::UnorderedElementsAre;

Viewer person(const SmallOffices& offices, BodyId acting_for, std::vector<Grant> grants) {
  ViewerData data;
  data.user = UserId{1};
  data.name = "Bà Trần Kim Liên";
  data.acting_for = acting_for;
  data.units = {{acting_for, "Thư ký"}};
  data.grants = std::move(grants);
  data.today = SmallOffices::today();
  return {data, offices.organisation};
}

TEST(Scope, of_a_subtree_holds_the_body_and_everything_below_it_and_nothing_beside) {
  const SmallOffices offices;
  const Viewer liên = person(offices, offices.ea_kar, {{Permission::enter_figures, Grant::Reach::subtree, {offices.ea_kar}}});
  EXPECT_TRUE(liên.may(Permission::enter_figures, offices.ea_kar));
  EXPECT_TRUE(liên.may(Permission::enter_figures, offices.branch_8));
  EXPECT_FALSE(liên.may(Permission::enter_figures, offices.branch_in_ea_o));
  EXPECT_FALSE(liên.may(Permission::enter_figures, offices.province));
  EXPECT_FALSE(liên.may(Permission::see_names, offices.branch_8));
  EXPECT_THAT(liên.scope(Permission::enter_figures).bodies(), UnorderedElementsAre(offices.ea_kar, offices.branch_8, offices.branch_11));
  EXPECT_EQ(liên.post_title(), "Thư ký");
}

TEST(Scope, of_one_body_alone_does_not_reach_below) {
  const SmallOffices offices;
  const Viewer person_of_province = person(offices, offices.province, {{Permission::see_names, Grant::Reach::alone, {offices.province}}});
  EXPECT_TRUE(person_of_province.may(Permission::see_names, offices.province));
  EXPECT_FALSE(person_of_province.may(Permission::see_names, offices.ea_kar));
}

TEST(Scope, of_a_list_is_the_cluster_a_standing_member_looks_after) {
  const SmallOffices offices;
  const Viewer standing = person(offices, offices.province, {{Permission::see_figures, Grant::Reach::list, {offices.ea_o, offices.branch_11}}});
  EXPECT_TRUE(standing.may(Permission::see_figures, offices.branch_in_ea_o));
  EXPECT_TRUE(standing.may(Permission::see_figures, offices.branch_11));
  EXPECT_FALSE(standing.may(Permission::see_figures, offices.branch_8));
}

TEST(Scope, an_ended_body_belongs_to_whoever_holds_what_it_became) {
  const SmallOffices offices;
  const Viewer liên = person(offices, offices.ea_kar, {{Permission::see_figures, Grant::Reach::subtree, {offices.ea_kar}}});
  const Viewer head_of_8 = person(offices, offices.branch_8, {{Permission::see_figures, Grant::Reach::subtree, {offices.branch_8}}});
  const Viewer head_of_11 = person(offices, offices.branch_11, {{Permission::see_figures, Grant::Reach::subtree, {offices.branch_11}}});
  EXPECT_TRUE(liên.may(Permission::see_figures, offices.old_branch));
  EXPECT_TRUE(head_of_8.may(Permission::see_figures, offices.old_branch));
  EXPECT_FALSE(head_of_11.may(Permission::see_figures, offices.old_branch));
}

TEST(Scope, of_nothing_holds_nothing_not_even_what_does_not_exist) {
  const SmallOffices offices;
  const Viewer nobody = person(offices, offices.ea_kar, {});
  EXPECT_FALSE(nobody.may(Permission::see_figures, offices.ea_kar));
  EXPECT_FALSE(nobody.may_somewhere(Permission::see_figures));
  const Viewer everybody = person(offices, offices.centre, {{Permission::see_figures, Grant::Reach::subtree, {offices.centre}}});
  EXPECT_FALSE(everybody.may(Permission::see_figures, BodyId{987'654}));
}

TEST(Scope, holds_a_unit_whose_association_or_one_above_it_is_held) {
  const SmallOffices offices;
  const Viewer liên = person(offices, offices.ea_kar, {{Permission::see_figures, Grant::Reach::subtree, {offices.ea_kar}}});
  const Viewer province = person(offices, offices.province, {{Permission::see_figures, Grant::Reach::subtree, {offices.province}}});
  const Viewer head_of_8 = person(offices, offices.branch_8, {{Permission::see_figures, Grant::Reach::subtree, {offices.branch_8}}});
  const Viewer province_alone = person(offices, offices.province, {{Permission::see_figures, Grant::Reach::alone, {offices.province}}});
  const auto sees = [](const Viewer& viewer, UnitId unit) { return viewer.scope(Permission::see_figures).contains(unit); };
  EXPECT_TRUE(sees(liên, offices.land.ea_kar));
  EXPECT_TRUE(sees(liên, offices.land.cu_hue));            // an old commune that is part of Ea Kar today
  EXPECT_FALSE(sees(liên, offices.land.ea_o));
  EXPECT_FALSE(sees(liên, offices.land.dak_lak));
  EXPECT_FALSE(sees(liên, offices.land.ea_kar_district));  // divided among several communes of today
  EXPECT_TRUE(sees(province, offices.land.ea_o));
  EXPECT_TRUE(sees(province, offices.land.ea_trang));      // without an association: the province answers for it
  EXPECT_TRUE(sees(province, offices.land.phu_yen));
  EXPECT_TRUE(sees(province, offices.land.ea_bhok));
  EXPECT_FALSE(sees(province, offices.land.country));
  EXPECT_FALSE(sees(head_of_8, offices.land.ea_kar));      // a branch lies in a commune and does not answer for it
  EXPECT_FALSE(sees(province_alone, offices.land.ea_o));
  EXPECT_FALSE(sees(liên, UnitId{987654}));
}

TEST(Scope, of_an_association_that_has_not_followed_yet_holds_its_old_unit) {
  const SmallOffices offices;
  OrganisationBuilder builder(offices.land.territory);
  const Day long_ago = Day::of(2018, 1, 1);
  const BodyId province = builder.found("tinh_hoi", "Hội Khuyến học tỉnh Đắk Lắk", "Tỉnh Đắk Lắk", {}, offices.land.dak_lak, Day::of(2025, 7, 1));
  const BodyId waiting = builder.found("hoi_co_so", "Hội Khuyến học xã Cư Huê", "Xã Cư Huê", province, offices.land.cu_hue, long_ago);
  ViewerData data;
  data.acting_for = waiting;
  data.today = SmallOffices::today();
  data.grants = {{Permission::see_figures, Grant::Reach::subtree, {waiting}}};
  const Scope scope = Viewer(data, builder.build()).scope(Permission::see_figures);
  EXPECT_TRUE(scope.contains(offices.land.cu_hue));
  EXPECT_FALSE(scope.contains(offices.land.ea_kar)) << "only a part of today's commune";
  EXPECT_FALSE(scope.contains(offices.land.old_ea_kar));
}

TEST(Permission, has_a_code_and_words) {
  for (std::int64_t i = first_permission; i <= last_permission; ++i) {
    const auto permission = static_cast<Permission>(i);
    EXPECT_EQ(permission_from_code(permission_code(permission)), permission);
    EXPECT_FALSE(permission_label(permission).empty());
  }
  EXPECT_FALSE(permission_from_code("everything"));
}

}  // namespace
}  // namespace khuyenhoc
