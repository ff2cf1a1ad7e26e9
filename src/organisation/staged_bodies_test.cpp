#include "organisation/staged_bodies.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "organisation/body_queries.h"
#include "organisation/organisation_fixture.h"
#include "platform/db/test_stores.h"

namespace khuyenhoc {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Day today() { return Day::of(2026, 6, 1); }

class StagedBodiesTest : public db::OnBothStores {
 protected:
  void SetUp() override {
    OnBothStores::SetUp();
    if (IsSkipped()) return;
    bodies = std::make_unique<OrganisationStore>(store(), small.land.territory);
    bodies->load();
    import_organisation(*bodies, *small.organisation);
    bodies->on_change([this](const OrganisationView& now) { shown.push_back(now->size()); });
  }

  NewBody branch(std::string name, BodyId superior = {}) {
    NewBody given;
    given.kind = "chi_hoi_thon_tdp";
    given.name = std::move(name);
    given.superior = superior ? superior : small.ea_kar;
    given.area = small.land.ea_kar;
    given.born = today();
    return given;
  }
  std::vector<StagedBody> branches(StagedBodies& staged, int count) {
    std::vector<StagedBody> out;
    for (int i = 1; i <= count; ++i) out.push_back({staged.new_id(), branch(fmt::format("Chi hội Buôn {}", i)), fmt::format("Y Thanh {}", i), "0912345678"});
    return out;
  }
  template <class Do>
  auto change(Do what) {
    return store().write([&](db::Writer& writer) {
      OrganisationChanges changes(*bodies, writer, {}, 1'000);
      return what(changes);
    });
  }
  void stage_all(StagedBodies& staged) {
    const auto written = store().write([&](db::Writer& writer) { return staged.stage(writer, 0, staged.size()); });
    ASSERT_TRUE(written) << written.error().message;
  }
  Result<BodiesFounded> appear(StagedBodies& staged) {
    return store().write([&](db::Writer& writer) { return staged.appear(writer); });
  }
  // A batch of so many branches that has appeared.
  BodiesFounded founded(int count, std::int64_t source = 0) {
    StagedBodies staged(*bodies, keys, clock, source);
    ids.clear();
    auto list = branches(staged, count);
    for (const auto& one : list) ids.push_back(one.id);
    EXPECT_THAT(staged.gather(std::move(list)), IsEmpty());
    auto done = found_together(*bodies, staged, {.slice = 3});
    EXPECT_TRUE(done) << done.error().message;
    return done.value_or(BodiesFounded{});
  }
  // Another process, or this one after a restart.
  std::unique_ptr<OrganisationStore> another() {
    auto other = std::make_unique<OrganisationStore>(store(), small.land.territory);
    other->load();
    return other;
  }
  std::int64_t rows(std::string_view sql) {
    return store().read([&](db::Reader& reader) { return reader.first_number(sql).value_or(0); });
  }

  SmallOrganisation small = small_organisation();
  crypto::KeyRing keys = crypto::KeyRing::for_tests();
  Clock clock = Clock::fixed_day(today());
  std::unique_ptr<OrganisationStore> bodies;
  std::vector<std::size_t> shown;
  std::vector<BodyId> ids;
};
ON_BOTH_STORES(StagedBodiesTest);

TEST_P(StagedBodiesTest, Nobody_sees_them_until_all_appear_at_once) {
  const auto before = bodies->current()->size();
  const auto follower = another();
  StagedBodies staged(*bodies, keys, clock);
  auto list = branches(staged, 5);
  const BodyId first = list.front().id;
  ASSERT_THAT(staged.gather(list), IsEmpty());
  stage_all(staged);
  EXPECT_EQ(bodies->current()->size(), before);
  EXPECT_EQ(another()->current()->size(), before);
  EXPECT_FALSE(follower->follow());
  EXPECT_FALSE(store().read([&](db::Reader& reader) { return load_body(reader, first); }));
  EXPECT_EQ(change([&](OrganisationChanges& changes) { return changes.body(first); }).error().code, "body.unknown");
  EXPECT_EQ(change([&](OrganisationChanges& changes) -> Result<std::size_t> { return changes.children(small.ea_kar, today()).size(); }).value(),
            bodies->current()->directly_below(small.ea_kar, today()).size());
  shown.clear();
  ASSERT_TRUE(staged.prepare());
  const auto done = appear(staged);
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->bodies, 5u);
  EXPECT_EQ(done->digest.size(), 64u);
  EXPECT_THAT(shown, ElementsAre(before + 5));
  EXPECT_EQ(bodies->current()->body(first).versions.front().name, "Chi hội Buôn 1");
  EXPECT_EQ(bodies->current()->search("buon 4", today(), 5).size(), 1u);
  const auto kept = store().read([&](db::Reader& reader) { return contact(reader, keys, first); });
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->head_name, "Y Thanh 1");
  EXPECT_EQ(kept->telephone, "0912345678");
}

TEST_P(StagedBodiesTest, Followers_see_the_batch_as_a_whole) {
  const auto follower = another();
  const auto before = follower->current()->size();
  std::vector<std::size_t> seen;
  follower->on_change([&](const OrganisationView& now) { seen.push_back(now->size()); });
  founded(7);
  EXPECT_TRUE(follower->follow());
  EXPECT_THAT(seen, ElementsAre(before + 7));
  EXPECT_FALSE(follower->follow());
  EXPECT_FALSE(bodies->follow());
  EXPECT_EQ(another()->current()->size(), before + 7);
}

TEST_P(StagedBodiesTest, May_be_each_others_superiors_in_any_order) {
  StagedBodies staged(*bodies, keys, clock);
  const BodyId association = staged.new_id(), under_it = staged.new_id();
  NewBody commune = branch("Hội Khuyến học xã Ea Trang", small.dak_lak);
  commune.kind = "hoi_co_so";
  commune.area = small.land.ea_trang;
  ASSERT_THAT(staged.gather({{under_it, branch("Chi hội Thôn 1", association), {}, {}}, {association, commune, {}, {}}}), IsEmpty());
  const auto done = found_together(*bodies, staged, {.slice = 1});
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(bodies->current()->body(under_it).versions.front().superior, association);
  EXPECT_THAT(bodies->current()->directly_below(association, today()), ElementsAre(under_it));
}

TEST_P(StagedBodiesTest, What_one_founding_would_refuse_is_refused_by_its_place) {
  StagedBodies staged(*bodies, keys, clock);
  auto list = branches(staged, 6);
  list[0].given.name = "Chi hội thôn 8";                     // there already, written otherwise
  list[1].given.kind = "chi_hoi_tren_mang";
  list[2].given.superior = small.thon_8;
  list[3].telephone = "12";
  list[5].given.name = list[4].given.name;
  const auto refused = staged.gather(std::move(list));
  std::vector<std::pair<std::size_t, std::string>> codes;
  for (const auto& [place, why] : refused) codes.emplace_back(place, why.code);
  EXPECT_THAT(codes, ElementsAre(std::pair{0u, "body.namesake"}, std::pair{1u, "body.kind"}, std::pair{2u, "body.superior"}, std::pair{3u, "contact.telephone"},
                                 std::pair{5u, "body.namesake"}));
  EXPECT_EQ(staged.size(), 0u);
}

TEST_P(StagedBodiesTest, Other_changes_meanwhile_stay_and_are_looked_at_again) {
  StagedBodies staged(*bodies, keys, clock);
  ASSERT_THAT(staged.gather(branches(staged, 4)), IsEmpty());
  stage_all(staged);
  ASSERT_TRUE(staged.prepare());
  const auto other = change([&](OrganisationChanges& changes) { return changes.found(branch("Chi hội Thôn 99")); });
  ASSERT_TRUE(other);
  const auto too_early = appear(staged);
  ASSERT_FALSE(too_early);
  EXPECT_EQ(too_early.error().code, "staged.again");
  ASSERT_TRUE(staged.prepare());
  ASSERT_TRUE(appear(staged));
  EXPECT_NE(bodies->current()->find(*other), nullptr);
  EXPECT_EQ(bodies->current()->size(), small.organisation->size() + 5);
  EXPECT_EQ(another()->current()->size(), small.organisation->size() + 5);
}

TEST_P(StagedBodiesTest, Are_refused_when_a_namesake_was_founded_meanwhile) {
  StagedBodies staged(*bodies, keys, clock);
  ASSERT_THAT(staged.gather(branches(staged, 4)), IsEmpty());
  stage_all(staged);
  ASSERT_TRUE(change([&](OrganisationChanges& changes) { return changes.found(branch("Chi hội Buôn 3")); }));
  const auto ready = staged.prepare();
  ASSERT_FALSE(ready);
  EXPECT_EQ(ready.error().code, "staged.refused");
  EXPECT_THAT(ready.error().message, HasSubstr("Chi hội Buôn 3"));
  staged.discard();
  EXPECT_EQ(rows("SELECT count(*) FROM body_batch"), 0);
  EXPECT_EQ(rows("SELECT count(*) FROM body"), static_cast<std::int64_t>(small.organisation->size()) + 1);
  EXPECT_EQ(rows("SELECT count(*) FROM body_contact"), 0);
}

TEST_P(StagedBodiesTest, Half_staged_by_a_program_that_stopped_are_removed_at_start) {
  {
    StagedBodies staged(*bodies, keys, clock, 77);
    ASSERT_THAT(staged.gather(branches(staged, 9)), IsEmpty());
    ASSERT_TRUE(store().write([&](db::Writer& writer) { return staged.stage(writer, 0, 4); }));
  }
  EXPECT_EQ(another()->current()->size(), small.organisation->size());
  const Clock later = Clock::fixed_day(today() + 1);
  if (on_postgres()) {                                       // another process may be at it still
    sweep_staged_bodies(store(), clock, Sweep::at_start);
    EXPECT_EQ(rows("SELECT count(*) FROM body WHERE batch IS NOT NULL"), 4);
  }
  sweep_staged_bodies(store(), on_postgres() ? later : clock, Sweep::at_start);
  EXPECT_EQ(rows("SELECT count(*) FROM body_batch"), 0);
  EXPECT_EQ(rows("SELECT count(*) FROM body WHERE batch IS NOT NULL"), 0);
  EXPECT_EQ(rows("SELECT count(*) FROM body_contact"), 0);
}

TEST_P(StagedBodiesTest, Given_up_by_their_source_go_with_the_next_sweep_and_cannot_appear) {
  StagedBodies staged(*bodies, keys, clock, 77);
  ASSERT_THAT(staged.gather(branches(staged, 3)), IsEmpty());
  stage_all(staged);
  store().write([&](db::Writer& writer) { give_up_staged(writer, 77); });
  ASSERT_TRUE(staged.prepare());
  EXPECT_EQ(appear(staged).error().code, "staged.gone");
  sweep_staged_bodies(store(), clock, Sweep::between);
  EXPECT_EQ(rows("SELECT count(*) FROM body_batch"), 0);
  EXPECT_EQ(bodies->current()->size(), small.organisation->size());
}

TEST_P(StagedBodiesTest, A_failing_last_transaction_leaves_nothing_to_see) {
  StagedBodies staged(*bodies, keys, clock);
  ASSERT_THAT(staged.gather(branches(staged, 3)), IsEmpty());
  const auto done = found_together(*bodies, staged, {.at_the_end = [](db::Writer&, const BodiesFounded&) -> Result<void> { return refuse("test.no", "không"); }});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, "test.no");
  EXPECT_EQ(bodies->current()->size(), small.organisation->size());
  EXPECT_EQ(rows("SELECT count(*) FROM body_batch"), 0);
}

TEST_P(StagedBodiesTest, Go_on_as_any_other_body) {
  founded(3);
  const auto before = bodies->current()->body(ids[1]).row_version;
  ASSERT_TRUE(change([&](OrganisationChanges& changes) { return changes.rename(ids[1], today(), "Chi hội Buôn Trinh", "", before); }));
  EXPECT_EQ(bodies->current()->body(ids[1]).on(today()).name, "Chi hội Buôn Trinh");
  const auto other = another();
  EXPECT_EQ(other->current()->body(ids[1]).on(today()).name, "Chi hội Buôn Trinh");
  EXPECT_EQ(other->current()->body(ids[1]).row_version, bodies->current()->body(ids[1]).row_version);
}

class BatchesTakenBack : public StagedBodiesTest {
 protected:
  Result<std::size_t> take_back(BodyBatchId batch, const WhatDepends& depends = {}) {
    BatchTakingBack back(*bodies, clock, batch);
    if (auto free = back.prepare(depends); !free) return std::unexpected(free.error());
    return store().write([&](db::Writer& writer) { return back.carry_out(writer); });
  }
};
ON_BOTH_STORES(BatchesTakenBack);

TEST_P(BatchesTakenBack, Are_alive_on_no_day_for_anybody) {
  const auto done = founded(6, 55);
  const auto follower = another();
  EXPECT_EQ(store().read([](db::Reader& reader) { return batch_of_source(reader, 55); }), done.batch);
  const auto count = take_back(done.batch);
  ASSERT_TRUE(count) << count.error().message;
  EXPECT_EQ(*count, 6u);
  follower->follow();
  for (const auto& where : {bodies->current(), follower->current(), another()->current()})
    for (const BodyId id : ids) EXPECT_FALSE(where->body(id).alive(today()));
  EXPECT_EQ(change([&](OrganisationChanges& changes) { return changes.rename(ids[0], today(), "Tên khác", ""); }).error().code, "body.unknown");
  EXPECT_TRUE(change([&](OrganisationChanges& changes) { return changes.found(branch("Chi hội Buôn 1")); }));
  EXPECT_EQ(take_back(done.batch).error().code, "staged.unknown");
  EXPECT_FALSE(store().read([](db::Reader& reader) { return batch_of_source(reader, 55); }));
}

TEST_P(BatchesTakenBack, Not_when_one_was_changed_since) {
  const auto done = founded(3);
  ASSERT_TRUE(change([&](OrganisationChanges& changes) { return changes.rename(ids[2], today(), "Chi hội Buôn Trinh", ""); }));
  const auto refused = take_back(done.batch);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "staged.depends");
  EXPECT_THAT(refused.error().message, HasSubstr("Chi hội Buôn Trinh"));
  EXPECT_TRUE(bodies->current()->body(ids[0]).alive(today()));
}

TEST_P(BatchesTakenBack, Not_when_another_room_says_so_and_what_came_while_it_was_asked_counts_too) {
  const auto done = founded(3);
  const auto no = [](db::Reader&, std::span<const BodyId>) -> Result<void> { return refuse("test.figures", "đã có số liệu"); };
  EXPECT_EQ(take_back(done.batch, no).error().code, "test.figures");
  int asked = 0;
  const auto second_time = [&](db::Reader&, std::span<const BodyId>) -> Result<void> {
    if (++asked == 1) return {};
    EXPECT_FALSE(bodies->current()->body(ids[0]).alive(today()));        // nobody can add to them while it is asked again
    return refuse("test.figures", "đã có số liệu");
  };
  EXPECT_EQ(take_back(done.batch, second_time).error().code, "test.figures");
  EXPECT_EQ(asked, 2);
  for (const auto& where : {bodies->current(), another()->current()}) EXPECT_TRUE(where->body(ids[0]).alive(today()));
  EXPECT_TRUE(take_back(done.batch));
}

TEST_P(BatchesTakenBack, Only_begun_by_a_program_that_stopped_is_there_again_at_start) {
  const auto done = founded(3);
  {
    BatchTakingBack back(*bodies, clock, done.batch);
    ASSERT_TRUE(back.prepare({}));
  }
  EXPECT_FALSE(another()->current()->body(ids[0]).alive(today()));
  sweep_staged_bodies(store(), Clock::fixed_day(today() + 1), Sweep::at_start);
  EXPECT_TRUE(another()->current()->body(ids[0]).alive(today()));
}

}  // namespace
}  // namespace khuyenhoc
