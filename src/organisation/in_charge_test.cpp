#include "organisation/in_charge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "organisation/organisation_fixture.h"

namespace khuyenhoc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(InCharge, Of_a_unit_is_the_association_that_covers_it_and_no_branch_or_office_seated_there) {
  const SmallOrganisation small = small_organisation();
  const Organisation& bodies = *small.organisation;
  const Day today = Day::of(2026, 6, 8);
  EXPECT_EQ(association_in_charge(bodies, small.land.ea_kar, today), small.ea_kar);
  EXPECT_EQ(association_in_charge(bodies, small.land.dak_lak, today), small.dak_lak) << "and not the university in it";
  EXPECT_FALSE(association_in_charge(bodies, small.land.ea_trang, today));
  EXPECT_FALSE(association_in_charge(bodies, small.land.cu_hue, today)) << "gone with its unit";
  EXPECT_EQ(association_in_charge(bodies, small.land.cu_hue, Day::of(2025, 7, 15)), small.cu_hue) << "not followed yet";
  EXPECT_EQ(level_in_charge_of(bodies.kind(small.ea_kar)), UnitLevel::commune);
  EXPECT_FALSE(level_in_charge_of(bodies.kind(small.university)));
  EXPECT_FALSE(level_in_charge_of(bodies.kind(small.thon_8)));
  EXPECT_FALSE(level_in_charge_of(bodies.kind(small.committee)));
}

TEST(InCharge, Until_the_decision_comes_the_associations_of_the_old_communes_go_on) {
  const SmallOrganisation small = small_organisation();
  const Day between = Day::of(2025, 7, 15);
  EXPECT_THAT(associations_of_old_units(*small.organisation, small.land.ea_kar, between), testing::UnorderedElementsAre(small.old_ea_kar, small.cu_hue));
  EXPECT_THAT(associations_of_old_units(*small.organisation, small.land.ea_ktur, between), ElementsAre(small.ea_bhok));
  EXPECT_THAT(associations_of_old_units(*small.organisation, small.land.ea_kar, Day::of(2026, 6, 8)), IsEmpty());
  EXPECT_THAT(associations_of_old_units(*small.organisation, small.land.ea_trang, between), IsEmpty());
}

}  // namespace
}  // namespace khuyenhoc
