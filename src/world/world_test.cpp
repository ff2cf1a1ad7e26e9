#include "world/world.h"

#include <gmock/gmock.h>

#include "world/world_fixture.h"

namespace khuyenhoc {
namespace {

const Day june = Day::of(2026, 6, 8);

class OneCommune : public db::OnBothStores {};
ON_BOTH_STORES(OneCommune);

TEST_P(OneCommune, The_same_day_and_seed_give_the_same_world_and_another_seed_another) {
  const auto made = [&](std::uint64_t seed) {
    EmptyHouse empty(store(), june);
    const auto report = generate_world(empty.house(), {WorldScale::commune, seed, june, {}});
    EXPECT_TRUE(report) << report.error().message;
    return facts_in_words(empty.house());
  };
  const auto first = made(1);
  ASSERT_GT(first.size(), 3'000u);
  TearDown();
  SetUp();
  EXPECT_EQ(made(1), first);
  TearDown();
  SetUp();
  EXPECT_NE(made(2), first);
}

TEST_P(OneCommune, A_commune_has_forty_branches_and_some_five_thousand_members) {
  EmptyHouse empty(store(), june);
  House& house = empty.house();
  const auto report = generate_world(house, {WorldScale::commune, 1, june, {}});
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_GE(report->branches, 36);
  EXPECT_LE(report->branches, 44);
  EXPECT_GE(report->members, 3'500);
  EXPECT_LE(report->members, 12'500);
  EXPECT_EQ(report->period, "2026-H1");
  EXPECT_EQ(report->users, 0) << "nobody signs in to a world made for measuring";
  EXPECT_TRUE(house.demo_sign_ins.empty());
  // the same after a restart of the program
  EmptyHouse again(store(), june);
  const auto members = Figures(again.house().ledger.view()).figure(house.catalogue.index("B01"), {again.house().organisation.current()->head(hkh, june), Period::year(2026), june, Lens::live});
  ASSERT_TRUE(members);
  EXPECT_EQ(members->value, report->members);
}

TEST_P(OneCommune, A_store_that_holds_something_stays_as_it_is) {
  EmptyHouse empty(store(), june);
  ASSERT_TRUE(generate_world(empty.house(), {WorldScale::commune, 1, june, {}}));
  const auto before = empty.house().organisation.current()->size();
  EXPECT_EQ(generate_world(empty.house(), {WorldScale::commune, 1, june, {}}).error().code, "world.not_empty");
  EXPECT_EQ(empty.house().organisation.current()->size(), before);
}

TEST_P(OneCommune, A_day_before_the_new_communes_reported_and_an_unknown_scale_are_refused) {
  EmptyHouse empty(store(), june);
  EXPECT_EQ(generate_world(empty.house(), {WorldScale::commune, 1, Day::of(2025, 9, 1), {}}).error().code, "world.today");
  EXPECT_EQ(empty.house().territory.current()->size(), 0u);
  EXPECT_EQ(world_scale("continent").error().code, "world.scale");
  EXPECT_EQ(world_scale("demo"), WorldScale::demo);
}

}  // namespace
}  // namespace khuyenhoc
