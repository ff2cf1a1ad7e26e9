#include "restructure/proposals.h"

#include "restructure/restructure_test_world.h"

namespace khuyenhoc {
namespace {

using testing::UnorderedElementsAre;

// The province before anybody followed the reform of 2025: its communes are gone, its associations are not.
class FollowingTheTerritory : public db::OnBothStores {
 protected:
  void SetUp() override {
    OnBothStores::SetUp();
    if (IsSkipped()) return;
    world = std::make_unique<RestructureWorld>(store());
  }
  RestructureDraft proposed(BodyId unit, std::vector<DraftAct> there = {}) {
    RestructureDraft draft;
    draft.unit = unit;
    draft.acts = std::move(there);
    const auto organisation = world->bodies->current();
    added = Proposals{*organisation, world->bodies->systems(), associations_followed()}.follow_the_territory(draft);
    return draft;
  }
  static const DraftAct* act_of(const RestructureDraft& draft, BodyId body) {
    for (const auto& act : draft.acts)
      if (std::ranges::find(act.bodies, body) != act.bodies.end()) return &act;
    return nullptr;
  }
  std::unique_ptr<RestructureWorld> world;
  std::size_t added = 0;
};
ON_BOTH_STORES(FollowingTheTerritory);

TEST_P(FollowingTheTerritory, Associations_of_one_new_commune_become_one_and_a_divided_one_divides) {
  const auto& small = world->small;
  const auto draft = proposed(small.old_dak_lak);
  EXPECT_EQ(added, 3u);
  const auto* ea_kar = act_of(draft, small.cu_hue);
  ASSERT_NE(ea_kar, nullptr);
  EXPECT_EQ(ea_kar->kind, BodyAct::Kind::merge);
  EXPECT_THAT(ea_kar->bodies, UnorderedElementsAre(small.old_ea_kar, small.cu_hue));
  ASSERT_EQ(ea_kar->opened.size(), 1u);
  EXPECT_EQ(ea_kar->opened.front().name, "Hội Khuyến học xã Ea Kar");
  EXPECT_EQ(ea_kar->opened.front().area, small.land.ea_kar);
  const auto* ea_o = act_of(draft, small.old_ea_o);
  ASSERT_NE(ea_o, nullptr);
  EXPECT_EQ(ea_o->bodies, std::vector{small.old_ea_o}) << "xã Cư ELang has no association: one alone goes over into the new commune";
  EXPECT_EQ(ea_o->opened.front().area, small.land.ea_o);
  const auto* divided = act_of(draft, small.ea_bhok);
  ASSERT_NE(divided, nullptr);
  EXPECT_EQ(divided->kind, BodyAct::Kind::split);
  std::vector<UnitId> areas;
  for (const auto& part : divided->opened) areas.push_back(part.area);
  EXPECT_THAT(areas, UnorderedElementsAre(small.land.ea_ktur, small.land.dray_bhang));
  ASSERT_EQ(divided->branches.size(), 1u);
  EXPECT_EQ(divided->branches.front().first, small.thon_5);
  EXPECT_FALSE(divided->branches.front().second) << "nobody has said yet where the village of a divided commune lies";
  EXPECT_EQ(act_of(draft, small.university), nullptr) << "an association of a university follows no territory";
  EXPECT_EQ(act_of(draft, small.hai_rieng), nullptr) << "of another province";
}

TEST_P(FollowingTheTerritory, What_the_draft_names_already_is_left_alone_and_asking_twice_adds_nothing) {
  const auto& small = world->small;
  DraftAct mine;
  mine.number = 1;
  mine.kind = BodyAct::Kind::dissolve;
  mine.bodies = {small.cu_hue};
  auto draft = proposed(small.old_dak_lak, {mine});
  EXPECT_EQ(added, 3u);
  EXPECT_EQ(act_of(draft, small.old_ea_kar)->bodies, std::vector{small.old_ea_kar});
  const auto again = proposed(small.old_dak_lak, draft.acts);
  EXPECT_EQ(added, 0u);
  EXPECT_EQ(again.acts.size(), draft.acts.size());
}

TEST_P(FollowingTheTerritory, A_part_whose_commune_gets_its_association_in_the_same_draft_goes_there) {
  const auto& small = world->small;
  DraftAct opening;
  opening.number = 1;
  opening.kind = BodyAct::Kind::open;
  opening.opened.push_back({"hoi_co_so", "Hội Khuyến học xã Ea Ktur", "Xã Ea Ktur", {small.old_dak_lak}, small.land.ea_ktur});
  const auto draft = proposed(small.old_dak_lak, {opening});
  const auto* divided = act_of(draft, small.ea_bhok);
  ASSERT_NE(divided, nullptr);
  ASSERT_EQ(divided->successors.size(), 1u);
  EXPECT_EQ(divided->successors.front(), (DraftRef{{}, 1, 0}));
  ASSERT_EQ(divided->opened.size(), 1u);
  EXPECT_EQ(divided->opened.front().area, small.land.dray_bhang);
}

}  // namespace
}  // namespace khuyenhoc
