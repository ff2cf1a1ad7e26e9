#include "restructure/restructure_test_world.h"
#include "restructure/trees.h"

namespace khuyenhoc {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

Day day_of_change() { return Day::of(2025, 8, 1); }
Day before_change() { return Day::of(2025, 7, 31); }
Day today() { return Day::of(2026, 6, 1); }

class RestructureOfBodies : public db::OnBothStores {
 protected:
  void SetUp() override {
    OnBothStores::SetUp();
    if (IsSkipped()) return;
    world = std::make_unique<RestructureWorld>(store());
    auto& w = *world;
    w.record(w.small.thon_8, w.members(), Day::of(2024, 5, 1), 120);
    w.record(w.small.nguyen_du, w.members(), Day::of(2024, 5, 1), 45);
    w.record(w.small.old_ea_kar, w.members(), Day::of(2024, 6, 1), 10);    // not yet given to a branch
    w.record(w.small.thon_2, w.members(), Day::of(2024, 5, 1), 80);
    w.record(w.small.cu_hue, w.fund(), Day::of(2024, 1, 1), 6'400'000);
    w.record(w.small.old_ea_kar, w.fund(), Day::of(2024, 1, 1), 1'000'000);
    w.record(w.small.cu_hue, w.new_members(), Day::of(2025, 3, 1), 5);
    w.record(w.small.thon_5, w.members(), Day::of(2024, 5, 1), 60);
    w.record(w.small.ea_bhok, w.members(), Day::of(2024, 6, 1), 20);
    w.record(w.small.ea_bhok, w.fund(), Day::of(2024, 1, 1), 900'000);
  }
  void TearDown() override {
    world.reset();
    OnBothStores::TearDown();
  }
  BodyRestructureId applied(std::vector<BodyAct> acts) {
    const auto id = world->house->apply(RestructureWorld::decision(day_of_change(), std::move(acts)), world->by());
    EXPECT_TRUE(id) << id.error().code << " " << id.error().message;
    return id ? *id : BodyRestructureId{};
  }
  std::string refused(std::vector<BodyAct> acts) {
    const auto id = world->house->apply(RestructureWorld::decision(day_of_change(), std::move(acts)), world->by());
    return id ? "" : id.error().code;
  }
  std::vector<Remainder> remainders(BodyRestructureId id) {
    return store().read([&](db::Reader& reader) { return world->house->open_remainders(reader, id); });
  }
  std::vector<std::int64_t> answers() {
    auto& w = *world;
    const std::vector<Series> series{w.members(), w.new_members(), w.fund()};
    return w.all_answers({Day::of(2024, 12, 31), Day::of(2025, 6, 30), before_change(), day_of_change(), today()}, w.small.organisation->size(), series);
  }

  std::unique_ptr<RestructureWorld> world;
};
ON_BOTH_STORES(RestructureOfBodies);

TEST_P(RestructureOfBodies, A_merger_moves_the_branches_and_hands_the_stocks_over) {
  auto& w = *world;
  const auto id = applied({w.merge_ea_kar()});
  const auto ea_kar = w.opened(id, 0);
  const auto now = w.bodies->current();
  EXPECT_FALSE(now->body(w.small.old_ea_kar).alive(day_of_change()));
  EXPECT_THAT(now->successors(w.small.cu_hue), ElementsAre(ea_kar));
  EXPECT_THAT(now->children(ea_kar, today()), UnorderedElementsAre(w.small.thon_8, w.small.nguyen_du, w.small.thon_2, w.small.nguyen_dinh));
  EXPECT_EQ(now->body(w.small.thon_8).on(today()).area, w.small.land.ea_kar) << "its old commune is gone, so it lies in the new one";
  EXPECT_EQ(now->body(w.small.thon_8).on(before_change()).area, w.small.land.old_ea_kar);
  EXPECT_EQ(w.own(ea_kar, w.fund(), today()), 7'400'000);
  EXPECT_EQ(w.own(w.small.cu_hue, w.fund(), today()), 0);
  EXPECT_EQ(w.own(w.small.cu_hue, w.fund(), before_change()), 6'400'000);
  EXPECT_EQ(w.level(ea_kar, w.members(), today(), today()), 255);
  EXPECT_EQ(w.figure(ea_kar, w.new_members(), Period::year(2025), today()), 5) << "flows are not handed over: they are counted inside the successor";
  EXPECT_EQ(w.own(ea_kar, w.new_members(), today()), 0);
  EXPECT_TRUE(remainders(id).empty());
  EXPECT_THAT(w.told, Contains("restructure apply"));
  EXPECT_THAT(w.told, Contains("body end"));
}

TEST_P(RestructureOfBodies, Last_years_figures_stand_in_the_new_tree_and_in_the_old_one) {
  auto& w = *world;
  const auto ea_kar = w.opened(applied({w.merge_ea_kar()}), 0);
  EXPECT_EQ(w.level(ea_kar, w.members(), Day::of(2024, 12, 31), today()), 255);
  EXPECT_EQ(w.level(w.small.old_ea_kar, w.members(), Day::of(2024, 12, 31), before_change()), 175);
  EXPECT_EQ(w.level(w.small.ea_kar_district, w.members(), today(), before_change()), 255);
  EXPECT_EQ(w.level_of_unit(w.small.land.ea_kar, w.members(), today(), today()), 255);
  EXPECT_EQ(w.level_of_unit(w.small.land.dak_lak, w.members(), today(), today()), w.level_of_unit(w.small.land.old_dak_lak, w.members(), today(), Day::of(2025, 6, 30)));
}

TEST_P(RestructureOfBodies, A_preview_shows_what_will_be_and_writes_nothing) {
  auto& w = *world;
  const auto before = answers();
  const auto organisation_before = w.bodies->current();
  const auto preview = w.house->preview(RestructureWorld::decision(day_of_change(), {w.merge_ea_kar(), w.split_ea_bhok(1)}), w.by());
  ASSERT_TRUE(preview) << preview.error().message;
  EXPECT_EQ(w.bodies->current(), organisation_before);
  EXPECT_EQ(answers(), before);
  EXPECT_TRUE(w.told.empty());
  EXPECT_TRUE(store().read([&](db::Reader& reader) { return w.house->list(reader, 10); }).empty());
  EXPECT_EQ(preview->remainders.size(), 2u) << "the divided body's members and fund await minutes";
  const auto total = [&](BodyId id, Series series) {
    for (const auto& line : preview->totals)
      if (line.body == id && line.series == series) return std::pair(line.before, line.after);
    return std::pair<std::int64_t, std::int64_t>(-1, -1);
  };
  EXPECT_EQ(total(w.small.old_ea_kar, w.members()), std::pair(std::int64_t{175}, std::int64_t{0}));
  EXPECT_EQ(total(w.small.ea_kar_district, w.members()), std::pair(std::int64_t{255}, std::int64_t{255}));
  EXPECT_EQ(total(w.small.ea_bhok, w.members()), std::pair(std::int64_t{80}, std::int64_t{20})) << "what is not divided stays on its line";
  EXPECT_EQ(total(w.small.centre, w.members()).first, total(w.small.centre, w.members()).second);

  const auto id = applied({w.merge_ea_kar(), w.split_ea_bhok(1)});
  for (const auto& line : preview->totals) {
    const auto body = line.name == "Hội Khuyến học xã Ea Kar" ? w.opened(id, 0) : line.body;
    if (body == w.small.old_dak_lak || body == w.opened(id, 0)) {
      EXPECT_EQ(w.level(body, line.series, preview->as_of, preview->as_of), line.after) << line.name;
    }
  }
}

TEST_P(RestructureOfBodies, A_preview_names_the_posts_that_end_and_who_sees_more_or_fewer) {
  auto& w = *world;
  store().write([&](db::Writer& writer) {
    PostHolding holding;
    holding.body = w.small.cu_hue;
    holding.post = "chu_tich";
    holding.person_name = "Lê Thị Hạnh";
    holding.from = Day::of(2022, 1, 1);
    EXPECT_TRUE(appoint(store(), writer, {}, holding));
  });
  auto merge = w.merge_ea_kar();
  merge.opened.front().superior = w.small.old_dak_lak;
  const auto preview = w.house->preview(RestructureWorld::decision(day_of_change(), {merge}), w.by());
  ASSERT_TRUE(preview);
  ASSERT_EQ(preview->posts.size(), 1u);
  EXPECT_EQ(preview->posts.front().holding.person_name, "Lê Thị Hạnh");
  const auto sight = [&](BodyId id) {
    for (const auto& line : preview->sights)
      if (line.body == id) return std::tuple(line.gained, line.lost, line.people);
    return std::tuple<std::int64_t, std::int64_t, std::int64_t>(-1, -1, -1);
  };
  EXPECT_EQ(sight(w.small.ea_kar_district), std::tuple(0, 6, 0)) << "two associations and four branches leave the district";
  EXPECT_EQ(sight(w.small.old_dak_lak), std::tuple(1, 2, 0));
  EXPECT_EQ(std::get<2>(sight(w.small.cu_hue)), 1);

  const auto id = applied({merge});
  EXPECT_TRUE(store().read([&](db::Reader& reader) { return post_holders(reader, w.small.cu_hue, day_of_change()); }).empty());
  ASSERT_TRUE(w.house->undo(id, w.by()));
  EXPECT_EQ(store().read([&](db::Reader& reader) { return post_holders(reader, w.small.cu_hue, today()); }).size(), 1u);
}

TEST_P(RestructureOfBodies, What_a_divided_body_held_stays_on_its_line_until_the_minutes) {
  auto& w = *world;
  const auto id = applied({w.split_ea_bhok()});
  const auto ktur = w.opened(id, 0), dray = w.opened(id, 1);
  EXPECT_EQ(remainders(id).size(), 2u);
  EXPECT_EQ(w.level(ktur, w.members(), today(), today()), 60) << "the branch alone";
  EXPECT_EQ(w.level(w.small.old_dak_lak, w.members(), today(), today()), 335);
  const auto close = [&] { return store().write([&](db::Writer& writer) { return w.house->close(writer, id, w.by()); }); };
  EXPECT_EQ(close().error().code, "restructure.remainder");
  const auto hand_over = [&](std::vector<Allocation> parts, const char* number = "01/BB") {
    return store().write([&](db::Writer& writer) {
      return w.house->hand_over(writer, id, w.small.ea_bhok, parts, {number, Day::of(2025, 9, 1)}, Arrival::beyond, w.by());
    });
  };
  const auto short_of = hand_over({{w.members(), ktur, 12}, {w.members(), dray, 6}});
  ASSERT_FALSE(short_of);
  EXPECT_EQ(short_of.error().code, "handover.sum");
  EXPECT_NE(short_of.error().message.find("đơn vị cũ còn 20, các đơn vị nhận cộng lại là 18, còn thiếu 2"), std::string::npos) << short_of.error().message;
  EXPECT_EQ(hand_over({{w.members(), w.small.ea_bhok, 20}}).error().code, "handover.successor");
  EXPECT_EQ(hand_over({{w.new_members(), ktur, 1}}).error().code, "handover.series");
  EXPECT_EQ(hand_over({{w.members(), ktur, 20}}, "").error().code, "handover.minutes");
  ASSERT_TRUE(hand_over({{w.members(), ktur, 12}, {w.members(), dray, 8}}));
  EXPECT_EQ(w.level(ktur, w.members(), today(), today()), 72);
  EXPECT_EQ(w.level(dray, w.members(), today(), today()), 8);
  EXPECT_EQ(w.level(w.small.old_dak_lak, w.members(), today(), today()), 335);
  EXPECT_EQ(remainders(id).size(), 1u);
  EXPECT_FALSE(close());
  ASSERT_TRUE(hand_over({{w.fund(), dray, 900'000}}, "02/BB"));
  EXPECT_TRUE(close());
}

TEST_P(RestructureOfBodies, Undo_restores_the_very_same_answers) {
  auto& w = *world;
  const auto before = answers();
  const auto id = applied({w.merge_ea_kar(), w.split_ea_bhok(1)});
  EXPECT_NE(answers(), before);
  const std::vector<Allocation> parts{{w.members(), w.opened(id, 0), 20}};
  ASSERT_TRUE(store().write([&](db::Writer& writer) {
    return w.house->hand_over(writer, id, w.small.ea_bhok, parts, {"01/BB", today()}, Arrival::beyond, w.by());
  }));
  const auto undone = w.house->undo(id, w.by());
  ASSERT_TRUE(undone) << undone.error().message;
  EXPECT_EQ(answers(), before);
  EXPECT_EQ(w.bodies->current()->children(w.small.old_ea_kar, today()).size(), 2u);
  EXPECT_EQ(w.house->undo(id, w.by()).error().code, "restructure.undone");
  const auto again = applied({w.merge_ea_kar()});
  EXPECT_EQ(w.own(w.opened(again, 0), w.fund(), today()), 7'400'000) << "and it can be done again";
}

TEST_P(RestructureOfBodies, Undo_is_refused_with_the_plain_reason_while_something_depends) {
  auto& w = *world;
  const auto id = applied({w.merge_ea_kar()});
  const auto ea_kar = w.opened(id, 0);
  w.record(ea_kar, w.members(), today(), 3);
  auto refusal = w.house->undo(id, w.by());
  ASSERT_FALSE(refusal);
  EXPECT_EQ(refusal.error().code, "restructure.depends");
  EXPECT_NE(refusal.error().message.find("“Hội Khuyến học xã Ea Kar” đã có 1 số liệu"), std::string::npos) << refusal.error().message;

  const auto second = applied({w.split_ea_bhok()});
  BodyAct rename;
  rename.kind = BodyAct::Kind::rename;
  rename.bodies = {w.opened(second, 0)};
  rename.name = "Hội Khuyến học xã Ea Ktur mới";
  const auto third = applied({rename});
  EXPECT_NE(w.house->undo(second, w.by()).error().message.find("làm sau"), std::string::npos);
  ASSERT_TRUE(w.house->undo(third, w.by()));
  EXPECT_TRUE(w.house->undo(second, w.by())) << "once nothing depends any more";
}

TEST_P(RestructureOfBodies, Late_entry_gives_what_was_recorded_after_the_day_to_the_successor) {
  auto& w = *world;
  w.record(w.small.cu_hue, w.fund(), Day::of(2025, 9, 15), 600'000);
  w.record(w.small.cu_hue, w.new_members(), Day::of(2025, 10, 1), 4);
  const auto before = answers();
  const auto province = [&] { return w.level(w.small.old_dak_lak, w.fund(), today(), today()); };
  const auto total = province();
  const auto preview = w.house->preview(RestructureWorld::decision(day_of_change(), {w.merge_ea_kar()}), w.by());
  ASSERT_TRUE(preview);
  EXPECT_EQ(preview->late.size(), 2u);
  const auto id = applied({w.merge_ea_kar()});
  const auto ea_kar = w.opened(id, 0);
  EXPECT_EQ(w.own(ea_kar, w.fund(), Day::of(2025, 9, 14)), 7'400'000);
  EXPECT_EQ(w.own(ea_kar, w.fund(), Day::of(2025, 9, 15)), 8'000'000) << "the valid day stays";
  EXPECT_EQ(w.own(w.small.cu_hue, w.fund(), today()), 0);
  EXPECT_EQ(province(), total);
  EXPECT_TRUE(store().read([&](db::Reader& reader) { return w.house->late_records(reader, id); }).empty());
  ASSERT_TRUE(w.house->undo(id, w.by()));
  EXPECT_EQ(answers(), before);
}

TEST_P(RestructureOfBodies, Late_records_of_a_divided_body_wait_for_somebody_to_say_whose_they_are) {
  auto& w = *world;
  w.record(w.small.ea_bhok, w.new_members(), Day::of(2025, 10, 1), 4);
  const auto id = applied({w.split_ea_bhok()});
  const auto dray = w.opened(id, 1);
  EXPECT_EQ(store().read([&](db::Reader& reader) { return w.house->late_records(reader, id); }).size(), 1u);
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return w.house->re_home(writer, id, w.small.ea_bhok, dray, w.by()); }));
  ASSERT_TRUE(w.house->settle(w.by()));
  EXPECT_TRUE(store().read([&](db::Reader& reader) { return w.house->late_records(reader, id); }).empty());
  EXPECT_EQ(w.figure(dray, w.new_members(), Period::year(2025), today()), 4);
}

TEST_P(RestructureOfBodies, A_total_stated_after_the_day_becomes_the_successors) {
  auto& w = *world;
  ASSERT_TRUE(w.state(w.small.cu_hue, w.members(), {Day::of(2025, 6, 1), Day::of(2025, 11, 30)}, 95));
  const auto before = answers();
  EXPECT_EQ(w.level(w.small.cu_hue, w.members(), today(), today()), 95);
  const auto id = applied({w.merge_ea_kar()});
  const auto ea_kar = w.opened(id, 0);
  EXPECT_EQ(w.level(ea_kar, w.members(), today(), today()), 255 + 15);
  EXPECT_EQ(w.own(w.small.cu_hue, w.members(), today()), 0);
  ASSERT_TRUE(w.house->undo(id, w.by()));
  EXPECT_EQ(answers(), before);
  EXPECT_EQ(w.level(w.small.cu_hue, w.members(), today(), today()), 95);
}

TEST_P(RestructureOfBodies, A_correction_of_the_past_can_be_handed_over_too) {
  auto& w = *world;
  const auto id = applied({w.merge_ea_kar()});
  const auto ea_kar = w.opened(id, 0);
  w.record(w.small.cu_hue, w.fund(), Day::of(2025, 2, 1), 100'000);
  ASSERT_EQ(remainders(id).size(), 1u);
  EXPECT_EQ(remainders(id).front().amount, 100'000);
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return w.house->bring_up_to_date(writer, id, w.by()); }));
  EXPECT_TRUE(remainders(id).empty());
  EXPECT_EQ(w.own(ea_kar, w.fund(), today()), 7'500'000);
}

TEST_P(RestructureOfBodies, One_decision_opens_moves_and_dissolves_in_bulk) {
  auto& w = *world;
  BodyAct province;
  province.kind = BodyAct::Kind::merge;
  province.bodies = {w.small.old_dak_lak, w.small.phu_yen};
  province.opened = {RestructureWorld::association("tỉnh Đắk Lắk", "Tỉnh Đắk Lắk", w.small.centre, w.small.land.dak_lak, "tinh_hoi")};
  BodyAct commune = w.merge_ea_kar();
  commune.opened.front().superior = planned(0);
  BodyAct stays;
  stays.kind = BodyAct::Kind::transfer;
  stays.bodies = {w.small.old_ea_o};
  stays.superior = planned(0);
  BodyAct district;
  district.kind = BodyAct::Kind::dissolve;
  district.bodies = {w.small.ea_kar_district};
  district.successors = {planned(0)};
  const auto before = answers();
  const auto id = applied({province, commune, stays, district});
  const auto now = w.bodies->current();
  const auto dak_lak = w.opened(id, 0);
  EXPECT_THAT(now->children(dak_lak, today()), UnorderedElementsAre(w.opened(id, 1), w.small.old_ea_o, w.small.university, w.small.ea_bhok, w.small.hai_rieng));
  EXPECT_EQ(now->body(w.small.university).on(today()).area, w.small.land.dak_lak);
  EXPECT_TRUE(now->successors(w.small.ea_kar_district).empty()) << "dissolved, not succeeded";
  EXPECT_EQ(w.level(dak_lak, w.members(), today(), today()), 335);
  ASSERT_TRUE(w.house->undo(id, w.by()));
  EXPECT_EQ(answers(), before);
}

TEST_P(RestructureOfBodies, What_cannot_be_done_is_refused_and_leaves_nothing_behind) {
  auto& w = *world;
  const auto before = w.bodies->current();
  EXPECT_EQ(refused({}), "restructure.empty");
  auto without_branch = w.split_ea_bhok();
  without_branch.branches.clear();
  EXPECT_EQ(refused({without_branch}), "restructure.branches");
  auto two = w.merge_ea_kar();
  two.successors = {w.small.old_ea_o};
  EXPECT_EQ(refused({two}), "restructure.act");
  auto again = w.merge_ea_kar();
  EXPECT_EQ(refused({again, again}), "body.namesake") << "a new body beside another of the same name, which does not end";
  again.opened.front().name = "Hội Khuyến học xã Ea Kar mới";
  EXPECT_EQ(refused({w.merge_ea_kar(), again}), "restructure.act") << "ended twice";
  BodyAct dissolve;
  dissolve.kind = BodyAct::Kind::dissolve;
  dissolve.bodies = {w.small.cu_hue};
  EXPECT_EQ(refused({dissolve}), "restructure.branches");
  auto nowhere = w.merge_ea_kar();
  nowhere.opened.front().superior = planned(5);
  EXPECT_EQ(refused({nowhere}), "restructure.planned");
  BodyAct into_ended = w.merge_ea_kar();
  into_ended.opened.clear();
  into_ended.successors = {w.small.cu_hue};
  EXPECT_EQ(refused({into_ended}), "restructure.act");
  auto unsigned_decision = RestructureWorld::decision(day_of_change(), {w.merge_ea_kar()});
  unsigned_decision.basis.number = "  ";
  EXPECT_EQ(w.house->apply(unsigned_decision, w.by()).error().code, "restructure.basis");
  EXPECT_EQ(w.house->preview(unsigned_decision, w.by()).error().code, "restructure.basis");
  EXPECT_EQ(w.bodies->current(), before);
  EXPECT_TRUE(store().read([&](db::Reader& reader) { return w.house->list(reader, 10); }).empty());
}

TEST_P(RestructureOfBodies, A_branch_that_moved_and_ended_later_ended_by_the_later_decision) {
  auto& w = *world;
  applied({w.merge_ea_kar()});
  BodyAct ends;
  ends.kind = BodyAct::Kind::dissolve;
  ends.bodies = {w.small.thon_8};
  auto later = RestructureWorld::decision(today() - 10, {ends});
  later.title = "Giải thể một chi hội";
  later.basis.number = "07/QĐ-HKH";
  const auto second = w.house->apply(later, w.by());
  ASSERT_TRUE(second) << second.error().message;
  const auto life = store().read([&](db::Reader& reader) { return before_and_after(reader, *w.house, *w.bodies->current(), w.small.old_ea_kar, day_of_change() - 1, today()); });
  ASSERT_EQ(life.before.size(), 1u);
  const auto& rows = life.before.front().rows;
  const auto row = std::ranges::find(rows, w.small.thon_8, &LifeRow::body);
  ASSERT_NE(row, rows.end());
  EXPECT_EQ(row->what, LifeRow::What::ended);
  EXPECT_EQ(row->restructure, *second);
  EXPECT_THAT(row->basis, HasSubstr("07/QĐ-HKH"));
  const auto moved = std::ranges::find_if(rows, [](const LifeRow& one) { return one.what == LifeRow::What::moved; });
  ASSERT_NE(moved, rows.end());
  EXPECT_THAT(moved->basis, HasSubstr("15/QĐ-HKH"));
}

TEST_P(RestructureOfBodies, A_body_knows_the_decisions_that_concern_it) {
  auto& w = *world;
  const auto id = applied({w.merge_ea_kar()});
  const auto of_branch = store().read([&](db::Reader& reader) { return w.house->of_body(reader, w.small.thon_8); });
  ASSERT_EQ(of_branch.size(), 1u);
  EXPECT_EQ(of_branch.front().id, id);
  EXPECT_EQ(of_branch.front().basis.number, "15/QĐ-HKH");
  EXPECT_TRUE(of_branch.front().settled);
  EXPECT_TRUE(store().read([&](db::Reader& reader) { return w.house->of_body(reader, w.small.thon_11); }).empty());
}

}  // namespace
}  // namespace khuyenhoc
