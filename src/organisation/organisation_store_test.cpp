#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "organisation/contacts.h"
#include "organisation/heads.h"
#include "organisation/letterheads.h"
#include "organisation/organisation_fixture.h"
#include "organisation/posts.h"
#include "platform/db/test_stores.h"

namespace khuyenhoc {
namespace {

using testing::ElementsAre;

Day today() { return Day::of(2026, 6, 1); }

class Bodies : public db::OnBothStores {
 protected:
  void SetUp() override {
    OnBothStores::SetUp();
    if (IsSkipped()) return;
    bodies = std::make_unique<OrganisationStore>(store(), small.land.territory);
    bodies->load();
    import_organisation(*bodies, *small.organisation);
  }

  template <class Do>
  auto change(Do what) {
    return store().write([&](db::Writer& writer) {
      OrganisationChanges changes(*bodies, writer, [&](db::Writer&, const ChangeNote& note) { told.push_back(std::string(note.action)); }, 1'000);
      return what(changes);
    });
  }
  NewBody branch(std::string name) {
    NewBody given;
    given.kind = "chi_hoi_thon_tdp";
    given.name = std::move(name);
    given.superior = small.ea_kar;
    given.area = small.land.ea_kar;
    given.born = today();
    return given;
  }
  std::string found_code(const NewBody& given) {
    const auto result = change([&](OrganisationChanges& changes) { return changes.found(given); });
    return result ? "" : result.error().code;
  }
  // What another process, or this one after a restart, would read.
  OrganisationView read_anew() {
    OrganisationStore other(store(), small.land.territory);
    other.load();
    return other.current();
  }

  SmallOrganisation small = small_organisation();
  std::unique_ptr<OrganisationStore> bodies;
  std::vector<std::string> told;
};
ON_BOTH_STORES(Bodies);

TEST_P(Bodies, Are_the_same_after_a_restart) {
  const auto again = read_anew();
  ASSERT_EQ(again->size(), small.organisation->size());
  for (Node node = 0; node < again->size(); ++node) {
    const auto& was = small.organisation->body(small.organisation->id(node));
    const auto& is = again->body(was.id);
    EXPECT_EQ(is.uid, was.uid);
    EXPECT_EQ(is.kind, was.kind);
    EXPECT_EQ(is.born, was.born);
    EXPECT_EQ(is.ended, was.ended);
    ASSERT_EQ(is.versions.size(), was.versions.size());
    EXPECT_EQ(is.versions.back().name, was.versions.back().name);
    EXPECT_EQ(is.versions.back().superior, was.versions.back().superior);
  }
  EXPECT_TRUE(std::ranges::equal(again->successions(), small.organisation->successions()));
}

TEST_P(Bodies, A_new_branch_is_there_when_the_write_returns_and_not_before) {
  const auto before = bodies->current();
  const auto id = change([&](OrganisationChanges& changes) {
    auto made = changes.found(branch("Chi hội  Thôn 30"));
    EXPECT_EQ(bodies->current(), before);
    return made;
  });
  ASSERT_TRUE(id) << id.error().message;
  EXPECT_EQ(bodies->current()->body(*id).versions.front().name, "Chi hội Thôn 30") << "blanks are put in order";
  EXPECT_THAT(bodies->current()->children(small.ea_kar, today()), testing::Contains(*id));
  EXPECT_EQ(before->find(*id), nullptr);
  EXPECT_THAT(told, ElementsAre("found"));
  EXPECT_EQ(read_anew()->body(*id).on(today()).superior, small.ea_kar);
}

TEST_P(Bodies, A_refused_change_leaves_nothing_behind) {
  const auto before = bodies->current();
  const auto result = change([&](OrganisationChanges& changes) -> Result<void> {
    EXPECT_TRUE(changes.rename(small.thon_8, today(), "Chi hội Thôn 8 mới", ""));
    return changes.end(small.ea_kar, today());
  });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "body.has_branches");
  EXPECT_NE(result.error().message.find("còn 4 tổ chức trực thuộc"), std::string::npos) << result.error().message;
  EXPECT_EQ(bodies->current(), before);
  EXPECT_EQ(read_anew()->body(small.thon_8).on(today()).name, "Chi hội Thôn 8");
}

TEST_P(Bodies, Founding_is_refused_with_its_reason) {
  EXPECT_EQ(found_code(branch("  ")), "body.name");
  EXPECT_EQ(found_code(branch(std::string(201, 'a'))), "body.name");
  EXPECT_EQ(found_code(branch("Chi hội thôn 8")), "body.namesake");
  auto given = branch("Chi hội Thôn 31");
  given.kind = "cau_lac_bo";
  EXPECT_EQ(found_code(given), "body.kind");
  given = branch("Chi hội Thôn 31");
  given.superior = BodyId{};
  EXPECT_EQ(found_code(given), "body.superior");
  given.superior = small.old_ea_kar;
  EXPECT_EQ(found_code(given), "body.superior") << "it ended in 2025";
  given.superior = small.committee;
  EXPECT_EQ(found_code(given), "body.superior") << "another system";
  given = branch("Chi hội Thôn 31");
  given.area = UnitId{};
  EXPECT_EQ(found_code(given), "body.area");
  given = branch("Hội Khuyến học huyện Ea Kar");
  given.kind = "huyen_hoi";
  given.superior = small.dak_lak;
  EXPECT_EQ(found_code(given), "body.kind_closed");
  EXPECT_TRUE(told.empty());
}

TEST_P(Bodies, A_stale_form_is_refused_and_names_the_body) {
  const auto version = bodies->current()->body(small.thon_8).row_version;
  const auto rename = [&](const char* name, std::int64_t expected) {
    return change([&](OrganisationChanges& changes) { return changes.rename(small.thon_8, today(), name, name, expected); });
  };
  ASSERT_TRUE(rename("Chi hội Thôn Tám", version));
  const auto second = rename("Chi hội Thôn 8B", version);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "body.stale");
  EXPECT_NE(second.error().message.find("Chi hội Thôn Tám"), std::string::npos);
}

TEST_P(Bodies, Nobody_answers_to_itself_by_way_of_others) {
  const auto sub = change([&](OrganisationChanges& changes) {
    auto given = branch("Phân hội Xóm Trại");
    given.kind = "phan_hoi";
    given.superior = small.thon_8;
    return changes.found(given);
  });
  ASSERT_TRUE(sub) << sub.error().message;
  const auto circle = change([&](OrganisationChanges& changes) { return changes.move(small.ea_kar, today(), small.thon_8, small.land.ea_kar); });
  ASSERT_FALSE(circle);
  EXPECT_EQ(circle.error().code, "body.superior") << "the kinds already forbid it";
}

TEST_P(Bodies, A_branch_can_be_moved_ended_and_succeeded) {
  ASSERT_TRUE(change([&](OrganisationChanges& changes) -> Result<void> {
    if (auto moved = changes.move(small.thon_8, today(), small.ea_o, small.land.ea_o); !moved) return moved;
    if (auto ended = changes.end(small.thon_11, today()); !ended) return ended;
    return changes.succeed(small.thon_11, small.thon_8);
  }));
  const auto now = bodies->current();
  EXPECT_THAT(now->children(small.ea_o, today()), ElementsAre(small.thon_8));
  EXPECT_THAT(now->successors(small.thon_11), ElementsAre(small.thon_8));
  EXPECT_THAT(now->predecessors(small.thon_8), ElementsAre(small.thon_11));
  EXPECT_EQ(now->superiors().place(now->node(small.thon_11), today()).at, now->node(small.thon_8));
  const auto twice = change([&](OrganisationChanges& changes) { return changes.end(small.thon_11, today()); });
  EXPECT_EQ(twice.error().code, "body.not_alive");
}

TEST_P(Bodies, What_was_entered_by_mistake_can_be_taken_back) {
  const auto id = change([&](OrganisationChanges& changes) { return changes.found(branch("Chi hội Thôn 30")); });
  ASSERT_TRUE(change([&](OrganisationChanges& changes) { return changes.take_back(*id); }));
  EXPECT_FALSE(bodies->current()->body(*id).alive(today()));
  EXPECT_TRUE(read_anew()->body(*id).voided);
  EXPECT_EQ(change([&](OrganisationChanges& changes) { return changes.take_back(small.ea_kar); }).error().code, "body.has_branches");
}

TEST_P(Bodies, Another_process_follows_in_the_order_of_commits) {
  OrganisationStore other(store(), small.land.territory);
  other.load();
  EXPECT_FALSE(other.follow());
  const auto id = change([&](OrganisationChanges& changes) { return changes.found(branch("Chi hội Thôn 30")); });
  ASSERT_TRUE(change([&](OrganisationChanges& changes) -> Result<void> {
    if (auto ended = changes.end(small.thon_11, today()); !ended) return ended;
    return changes.succeed(small.thon_11, *id);
  }));
  EXPECT_TRUE(other.follow());
  EXPECT_EQ(other.current()->body(*id).on(today()).name, "Chi hội Thôn 30");
  EXPECT_THAT(other.current()->successors(small.thon_11), ElementsAre(*id));
  EXPECT_FALSE(other.follow());
  EXPECT_FALSE(bodies->follow()) << "what it committed itself is nothing new";
  ASSERT_TRUE(change([&](OrganisationChanges& changes) { return changes.forget_succession(small.thon_11, *id); }));
  EXPECT_TRUE(other.follow());
  EXPECT_TRUE(other.current()->successors(small.thon_11).empty());
}

TEST_P(Bodies, Listeners_hear_of_every_new_snapshot_before_the_write_returns) {
  std::vector<std::uint64_t> heard;
  bodies->on_change([&](OrganisationView view) { heard.push_back(view->version()); });
  ASSERT_TRUE(change([&](OrganisationChanges& changes) { return changes.found(branch("Chi hội Thôn 30")); }));
  EXPECT_THAT(heard, ElementsAre(bodies->current()->version()));
}

TEST_P(Bodies, Accountant_and_treasurer_are_never_the_same_person) {
  const auto appoint_as = [&](const char* post, const char* name, UserId user = {}) {
    return store().write([&](db::Writer& writer) {
      PostHolding holding;
      holding.body = small.dak_lak;
      holding.post = post;
      holding.person_name = name;
      holding.user = user;
      holding.from = today();
      return appoint(store(), writer, {}, holding);
    });
  };
  ASSERT_TRUE(appoint_as("ke_toan", "Trần Thị Hòa"));
  EXPECT_EQ(appoint_as("thu_quy", "Trần Thị Hoà").error().code, "post.never_with") << "however the tone is placed";
  EXPECT_EQ(appoint_as("ke_toan", "Nguyễn Văn Bình").error().code, "post.taken");
  ASSERT_TRUE(appoint_as("thu_quy", "Nguyễn Văn Bình"));
  EXPECT_EQ(appoint_as("bi_thu_xa", "Nguyễn Văn Bình").error().code, "post.kind");
  const auto holders = store().read([&](db::Reader& reader) { return post_holders(reader, small.dak_lak, today()); });
  ASSERT_EQ(holders.size(), 2u);
  EXPECT_EQ(holders.front().post, "ke_toan");
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return leave_post(writer, {}, holders.front().id, today() + 30, holders.front().row_version); }));
  EXPECT_EQ(store().write([&](db::Writer& writer) { return leave_post(writer, {}, holders.front().id, today() + 40, holders.front().row_version); }).error().code,
            "post.stale");
  const auto later = store().read([&](db::Reader& reader) { return post_holders(reader, small.dak_lak, today() + 30); });
  ASSERT_EQ(later.size(), 1u);
  EXPECT_EQ(later.front().post, "thu_quy");
}

TEST_P(Bodies, A_contact_is_one_name_and_one_number_and_the_number_is_sealed) {
  const auto keys = crypto::KeyRing::for_tests();
  const auto keep = [&](Contact given) { return store().write([&](db::Writer& writer) { return keep_contact(writer, keys, {}, given); }); };
  EXPECT_EQ(keep({small.thon_8, "Nguyễn Văn Đào", "12345", 0}).error().code, "contact.telephone");
  ASSERT_TRUE(keep({small.thon_8, "Nguyễn Văn Đào", "+84 912.345.678", 0}));
  EXPECT_EQ(keep({small.thon_8, "Người khác", "", 0}).error().code, "contact.stale");
  const auto stored = store().read([&](db::Reader& reader) { return contact(reader, keys, small.thon_8); });
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->telephone, "0912345678");
  ASSERT_TRUE(keep({small.thon_8, "Nguyễn Văn Đào", "", stored->row_version}));
  EXPECT_EQ(store().read([&](db::Reader& reader) { return contact(reader, keys, small.thon_8); })->telephone, "");
}

TEST_P(Bodies, The_head_is_whoever_holds_the_leading_post_and_else_the_contact) {
  const auto keys = crypto::KeyRing::for_tests();
  const auto head = [&](Day day) {
    return store().read([&](db::Reader& reader) { return head_of(reader, small.ea_kar, day, contact(reader, keys, small.ea_kar)); });
  };
  EXPECT_FALSE(head(today()));
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return keep_contact(writer, keys, {}, {small.ea_kar, "Trần Kim Liên", "0905111222", 0}); }));
  EXPECT_EQ(head(today())->name, "Trần Kim Liên");
  EXPECT_FALSE(head(today())->post);
  const auto appoint_as = [&](const char* post, const char* name) {
    return store().write([&](db::Writer& writer) {
      PostHolding holding;
      holding.body = small.ea_kar;
      holding.post = post;
      holding.person_name = name;
      holding.from = today();
      holding.term = "nhiệm kỳ 2025 - 2030";
      return appoint(store(), writer, {}, holding);
    });
  };
  ASSERT_TRUE(appoint_as("thu_ky", "Trần Kim Liên"));
  EXPECT_FALSE(head(today())->post) << "a secretary heads nobody";
  ASSERT_TRUE(appoint_as("chu_tich", "Nguyễn Đình Sơn"));
  ASSERT_TRUE(head(today())->post);
  EXPECT_EQ(head(today())->name, "Nguyễn Đình Sơn");
  EXPECT_EQ(head(today())->post->term, "nhiệm kỳ 2025 - 2030");
  EXPECT_EQ(head(today())->telephone, "") << "the number is the contact's";
  EXPECT_EQ(head(today() - 1)->name, "Trần Kim Liên") << "before the post was held";
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return keep_contact(writer, keys, {}, {small.ea_kar, "Nguyễn Đình Sơn", "0905333444", 1}); }));
  EXPECT_EQ(head(today())->telephone, "0905333444");
}

TEST_P(Bodies, A_letterhead_follows_from_the_organisation_until_one_is_set) {
  const auto head = [&](Day day) { return store().read([&](db::Reader& reader) { return letterhead(reader, *bodies->current(), small.ea_kar, day); }); };
  EXPECT_EQ(head(today()).superior_line, "HỘI KHUYẾN HỌC TỈNH ĐẮK LẮK");
  EXPECT_EQ(head(today()).issuer_line, "HỘI KHUYẾN HỌC XÃ EA KAR");
  EXPECT_EQ(head(today()).place_name, "Ea Kar");
  EXPECT_EQ(head(today()).numbering_suffix, "HKH");
  const auto province = store().read([&](db::Reader& reader) { return letterhead(reader, *bodies->current(), small.dak_lak, today()); });
  EXPECT_EQ(province.superior_line, "HỘI KHUYẾN HỌC VIỆT NAM") << "the association, not its central office";
  const auto set = [&](Letterhead given) { return store().write([&](db::Writer& writer) { return set_letterhead(writer, {}, given); }); };
  EXPECT_EQ(set({small.ea_kar, today(), "", "", "Ea Kar", "HKH"}).error().code, "letterhead.issuer");
  ASSERT_TRUE(set({small.ea_kar, today(), "ỦY BAN NHÂN DÂN XÃ EA KAR", "HỘI KHUYẾN HỌC XÃ EA KAR", "Ea Kar", "HKHEK"}));
  EXPECT_EQ(head(today()).superior_line, "ỦY BAN NHÂN DÂN XÃ EA KAR");
  EXPECT_EQ(head(today() - 1).numbering_suffix, "HKH") << "old papers keep theirs";
}

TEST(PostsCatalogue, Permissions_come_with_posts_and_every_name_is_known) {
  const auto& posts = Posts::house();
  ASSERT_NE(posts.find("chu_tich"), nullptr);
  EXPECT_THAT(posts.find("thu_ky")->permissions, testing::Contains("enter_figures"));
  EXPECT_EQ(posts.find("uy_vien_btv")->reach, PostKind::Reach::list);
  EXPECT_EQ(Posts::parse("[[post]]\ncode='a'\nvi='b'\nen='c'\nreach='far'\n").error().code, "posts.entry");
}

}  // namespace
}  // namespace khuyenhoc
