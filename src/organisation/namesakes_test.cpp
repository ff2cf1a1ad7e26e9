#include "organisation/namesakes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/i18n.h"
#include "organisation/organisation_fixture.h"

namespace khuyenhoc {
namespace {

using testing::ElementsAre;

class Villages : public testing::Test {
 protected:
  BodyId village(std::string_view name, UnitId former, std::string_view kind = "chi_hoi_thon_tdp", Day born = Day::of(2025, 8, 1)) {
    const BodyId made = builder.found(std::string(kind), "Chi hội " + std::string(name), std::string(name), small.ea_kar, small.land.ea_kar, born);
    if (!former) return made;
    Body changed = builder.build()->body(made);
    changed.former_area = former;
    builder.put(std::move(changed));
    return made;
  }
  std::vector<std::string> names(const std::vector<BodyId>& list) {
    const auto organisation = builder.build();
    const Namesakes told(*organisation, list, today);
    std::vector<std::string> out;
    for (const BodyId body : list) out.push_back(told.short_name(body));
    return out;
  }

  SmallOrganisation small = small_organisation();
  OrganisationBuilder builder{*small.organisation};
  const Day today = Day::of(2026, 6, 8);
};

TEST_F(Villages, Of_the_same_name_are_told_apart_by_the_old_commune_each_comes_from) {
  const BodyId first = village("Buôn Trinh", small.land.old_ea_kar), second = village("Buôn Trinh", small.land.cu_hue), third = village("Buôn Trinh", {});
  EXPECT_THAT(names({first, second, third, small.thon_8}),
              ElementsAre("Buôn Trinh (thị trấn Ea Kar cũ)", "Buôn Trinh (xã Cư Huê cũ)", "Buôn Trinh (xã Ea Kar)", "Thôn 8"));
  const auto organisation = builder.build();
  EXPECT_EQ(name_among_siblings(*organisation, second, today), "Chi hội Buôn Trinh (xã Cư Huê cũ)");
  EXPECT_EQ(short_name_among_siblings(*organisation, small.thon_8, today), "Thôn 8");
  EXPECT_EQ(organisation->path(second, today), "Chi hội Buôn Trinh (xã Cư Huê cũ), xã Ea Kar, tỉnh Đắk Lắk");
}

TEST_F(Villages, Of_one_old_commune_are_told_apart_by_kind_or_by_their_beginning) {
  const BodyId village_branch = village("Nguyễn Du", small.land.cu_hue), school = village("Nguyễn Du", small.land.cu_hue, "chi_hoi_truong");
  EXPECT_THAT(names({village_branch, school}), ElementsAre("Nguyễn Du (Chi hội khuyến học thôn, tổ dân phố)", "Nguyễn Du (Chi hội khuyến học trường học)"));
  const BodyId early = village("Thôn 1", small.land.cu_hue), late = village("Thôn 1", small.land.cu_hue, "chi_hoi_thon_tdp", Day::of(2025, 9, 1));
  EXPECT_THAT(names({early, late}), ElementsAre("Thôn 1 (thành lập 01/8/2025)", "Thôn 1 (thành lập 01/9/2025)"));
  const BodyId one = village("Thôn 3", {}), two = village("Thôn 3", {});
  EXPECT_THAT(names({one, two}), ElementsAre("Thôn 3 (xã Ea Kar, thành lập 01/8/2025, số 1)", "Thôn 3 (xã Ea Kar, thành lập 01/8/2025, số 2)"));
}

TEST_F(Villages, Are_not_marked_before_they_stood_under_one_association) {
  const auto organisation = builder.build();
  const Day before = Day::of(2025, 6, 30);
  EXPECT_EQ(name_among_siblings(*organisation, small.thon_8, before), "Chi hội Thôn 8");
  EXPECT_FALSE(former_unit(*organisation, small.thon_8, before));
}

TEST_F(Villages, That_moved_with_their_commune_know_the_old_one_without_having_recorded_it) {
  const auto organisation = builder.build();
  EXPECT_EQ(former_unit(*organisation, small.thon_2, today), small.land.cu_hue);
  EXPECT_EQ(former_unit_name(*organisation, small.thon_2, today), "Xã Cư Huê (cũ)");
  EXPECT_FALSE(former_unit(*organisation, small.university, today)) << "a province is not where it lies";
  EXPECT_EQ(former_unit_name(*organisation, small.ea_kar, today), "");
}

}  // namespace
}  // namespace khuyenhoc
