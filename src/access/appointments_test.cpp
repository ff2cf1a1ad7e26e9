#include "access/appointments.h"

#include <gmock/gmock.h>

#include "access/sessions.h"
#include "access/users.h"
#include "organisation/organisation_fixture.h"
#include "platform/db/test_stores.h"

namespace khuyenhoc {
namespace {

using testing::HasSubstr;

class Appointments : public db::OnBothStores {
 protected:
  void SetUp() override {
    OnBothStores::SetUp();
    if (IsSkipped()) return;
    bodies.emplace(store(), small.land.territory);
    bodies->load();
    import_organisation(*bodies, *small.organisation);
    users.emplace(store(), keys, hasher, Clock{[this] { return now_ms; }});
    sessions.emplace(*users, [this] { return bodies->current(); });
    hash = *users->hash(password);
  }
  void TearDown() override {
    sessions.reset();
    users.reset();
    bodies.reset();
    OnBothStores::TearDown();
  }

  Day today() const { return day_of_ms(now_ms); }
  UserId account(std::string_view name, std::vector<ActingUnit> units = {}, std::vector<Grant> grants = {}) {
    NewUser given{fmt::format("09{:08}", ++people), "Bà", std::string(name), std::move(units), std::move(grants), Day::of(2026, 1, 1)};
    const auto added = store().write([&](db::Writer& writer) { return users->add(writer, given, hash); });
    EXPECT_TRUE(added) << (added ? "" : added.error().message);
    return added.value_or(UserId{});
  }
  static std::string telephone(int n) { return fmt::format("09{:08}", n); }
  Result<PostHolding> appointed(UserId user, std::string_view name, BodyId body, std::string_view post, Day from, const Giver& giver = Giver::program(), std::vector<BodyId> areas = {}) {
    Appointment given{.holding = {.body = body, .post = std::string(post), .person_name = std::string(name), .user = user, .from = from, .until = {}, .term = "nhiệm kỳ 2025 - 2030"}, .areas = std::move(areas)};
    return store().write([&](db::Writer& writer) { return appoint_with_access(store(), writer, giver, sink, given); });
  }
  std::optional<Viewer> seen(const std::string& who) {
    sessions->forget_cached();
    const auto in = sessions->sign_in(who, password, "127.0.0.1");
    refused = in ? Refusal{} : in.error();
    return in ? sessions->viewer(in->token) : std::nullopt;
  }
  Viewer viewer(std::vector<Grant> grants) const {
    ViewerData data;
    data.user = UserId{77};
    data.grants = std::move(grants);
    data.today = today();
    return {std::move(data), bodies->current()};
  }
  std::vector<Grant> all_of(BodyId body, std::initializer_list<Permission> permissions) const {
    std::vector<Grant> out;
    for (const Permission permission : permissions) out.push_back({permission, Grant::Reach::subtree, {body}});
    return out;
  }

  SmallOrganisation small = small_organisation();
  std::int64_t now_ms = (static_cast<std::int64_t>(Day::of(2026, 6, 8).number()) * 24 + 2) * 3'600'000;
  const std::string password = "bốn mùa hoa nở";
  std::string hash;
  crypto::KeyRing keys = crypto::KeyRing::for_tests();
  crypto::PasswordHasher hasher;
  std::optional<OrganisationStore> bodies;
  std::optional<Users> users;
  std::optional<Sessions> sessions;
  std::vector<std::string> told;
  AuditSink sink = [this](db::Writer&, const ChangeNote& note) { told.push_back(std::string(note.action)); };
  Refusal refused;
  int people = 0;
};
ON_BOTH_STORES(Appointments);

TEST_P(Appointments, A_post_opens_the_body_and_its_usual_permissions_from_its_first_day_on) {
  const UserId lien = account("Trần Kim Liên");
  ASSERT_TRUE(appointed(lien, "Trần Kim Liên", small.ea_kar, "thu_ky", today() + 2));
  EXPECT_FALSE(seen(telephone(1)));
  EXPECT_EQ(refused.code, "sign_in.no_unit");
  now_ms += std::int64_t{2} * 86'400'000;
  const auto in = seen(telephone(1));
  ASSERT_TRUE(in) << refused.message;
  EXPECT_EQ(in->post_title(), "Thư ký");
  EXPECT_EQ(in->acting_for(), small.ea_kar);
  EXPECT_TRUE(in->may(Permission::enter_figures, small.thon_8));
  EXPECT_TRUE(in->may(Permission::manage_users, small.ea_kar));
  EXPECT_FALSE(in->may(Permission::sign, small.ea_kar));
  EXPECT_FALSE(in->may(Permission::see_figures, small.ea_o));
}

TEST_P(Appointments, Leaving_takes_away_what_came_with_the_post_and_leaves_what_was_given_by_hand) {
  const UserId lien = account("Trần Kim Liên", {{small.ea_o, "Cộng tác viên"}}, {{Permission::see_figures, Grant::Reach::alone, {small.ea_o}}});
  const auto post = appointed(lien, "Trần Kim Liên", small.ea_kar, "thu_ky", today() - 10);
  ASSERT_TRUE(post);
  EXPECT_EQ(seen(telephone(1))->units().size(), 2U);
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return leave_post(writer, sink, post->id, today(), post->row_version); }));
  const auto in = seen(telephone(1));
  ASSERT_TRUE(in);
  ASSERT_EQ(in->units().size(), 1U);
  EXPECT_EQ(in->acting_for(), small.ea_o);
  EXPECT_TRUE(in->may(Permission::see_figures, small.ea_o));
  EXPECT_FALSE(in->may(Permission::see_figures, small.ea_kar));
  EXPECT_FALSE(in->may(Permission::enter_figures, small.thon_8));
}

TEST_P(Appointments, Whoever_holds_nothing_any_more_is_told_which_office_to_ask) {
  const UserId lien = account("Trần Kim Liên");
  const auto post = appointed(lien, "Trần Kim Liên", small.ea_kar, "thu_ky", today() - 10);
  ASSERT_TRUE(seen(telephone(1)));
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return leave_post(writer, sink, post->id, today(), post->row_version); }));
  EXPECT_FALSE(seen(telephone(1)));
  EXPECT_EQ(refused.code, "sign_in.no_unit");
  EXPECT_THAT(refused.message, HasSubstr("Hội Khuyến học tỉnh Đắk Lắk"));
  EXPECT_EQ(sessions->sign_in(telephone(1), "đoán mò", "127.0.0.1").error().code, "sign_in.wrong") << "only who knows the password learns that there is an account";
}

TEST_P(Appointments, Two_posts_in_one_body_are_one_unit_with_the_permissions_of_both) {
  const UserId lien = account("Trần Kim Liên");
  ASSERT_TRUE(appointed(lien, "Trần Kim Liên", small.ea_kar, "thu_ky", today() - 10));
  ASSERT_TRUE(appointed(lien, "Trần Kim Liên", small.ea_kar, "pho_chu_tich", today() - 10));
  const auto in = seen(telephone(1));
  ASSERT_TRUE(in);
  ASSERT_EQ(in->units().size(), 1U);
  EXPECT_EQ(in->post_title(), "Thư ký, Phó Chủ tịch");
  EXPECT_TRUE(in->may(Permission::sign, small.ea_kar));
  EXPECT_TRUE(in->may(Permission::enter_figures, small.ea_kar));
  const Scope scope(all_of(small.ea_kar, {Permission::manage_users}), bodies->current(), today());
  const auto listed = store().read([&](db::Reader& reader) { return users->list(reader, scope); });
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed.front().units.size(), 1U);
}

TEST_P(Appointments, A_standing_member_sees_the_own_body_and_the_areas_looked_after_since_their_day) {
  const UserId hoa = account("Lê Thị Hòa");
  const auto post = appointed(hoa, "Lê Thị Hòa", small.dak_lak, "uy_vien_btv", today() - 30, Giver::program(), {small.ea_kar});
  ASSERT_TRUE(post);
  auto in = seen(telephone(1));
  ASSERT_TRUE(in);
  EXPECT_TRUE(in->may(Permission::see_figures, small.dak_lak));
  EXPECT_TRUE(in->may(Permission::see_names, small.thon_8));
  EXPECT_FALSE(in->may(Permission::see_names, small.thon_11));
  const std::vector<BodyId> next{small.ea_o};
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return look_after(writer, Giver::program(), post->id, next, today() + 1); }));
  EXPECT_TRUE(seen(telephone(1))->may(Permission::see_names, small.thon_8));
  now_ms += 86'400'000;
  in = seen(telephone(1));
  EXPECT_FALSE(in->may(Permission::see_names, small.thon_8));
  EXPECT_TRUE(in->may(Permission::see_names, small.thon_11));
  const auto secretary = appointed(account("Trần Kim Liên"), "Trần Kim Liên", small.ea_kar, "thu_ky", today());
  EXPECT_EQ(store().write([&](db::Writer& writer) { return look_after(writer, Giver::program(), secretary->id, next, today()); }).error().code, "post.areas");
}

TEST_P(Appointments, Nobody_hands_out_more_than_they_hold_nor_beyond_their_scope) {
  const UserId lien = account("Trần Kim Liên");
  const Viewer secretary = viewer(all_of(small.ea_kar, {Permission::see_figures, Permission::enter_figures, Permission::see_names, Permission::keep_bodies, Permission::manage_users, Permission::receive}));
  const auto more = appointed(lien, "Trần Kim Liên", small.ea_kar, "chu_tich", today(), Giver::viewer(secretary));
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().code, "access.more_than_held");
  EXPECT_THAT(more.error().message, HasSubstr("Duyệt và ký"));
  EXPECT_EQ(appointed(lien, "Trần Kim Liên", small.ea_o, "thu_ky", today(), Giver::viewer(secretary)).error().code, "access.scope");
  EXPECT_TRUE(store().read([&](db::Reader& reader) { return post_holdings(reader, small.ea_kar).empty(); }));
  EXPECT_TRUE(appointed(lien, "Trần Kim Liên", small.ea_kar, "thu_ky", today(), Giver::viewer(secretary)));
  EXPECT_TRUE(appointed(lien, "Trần Kim Liên", small.thon_8, "chi_hoi_truong", today(), Giver::viewer(secretary)));
  const Viewer chairman = viewer(all_of(small.dak_lak, {Permission::see_figures, Permission::see_names, Permission::keep_bodies, Permission::manage_users, Permission::receive}));
  EXPECT_TRUE(appointed(account("Đỗ Minh Khôi"), "Đỗ Minh Khôi", small.ea_o, "thu_ky", today(), Giver::viewer(chairman))) << "to enter figures is the work of those below";
}

TEST_P(Appointments, What_covers_one_body_alone_is_not_handed_out_over_all_below_it) {
  const UserId lien = account("Trần Kim Liên");
  std::vector<Grant> alone;
  for (const Permission permission : {Permission::see_figures, Permission::see_names, Permission::keep_bodies, Permission::manage_users})
    alone.push_back({permission, Grant::Reach::alone, {small.ea_kar}});
  const Viewer giver = viewer(alone);
  EXPECT_EQ(appointed(lien, "Trần Kim Liên", small.ea_kar, "thu_ky", today(), Giver::viewer(giver)).error().code, "access.scope");
  EXPECT_TRUE(appointed(lien, "Trần Kim Liên", small.ea_kar, "ke_toan", today(), Giver::viewer(giver)));
}

TEST_P(Appointments, Who_is_on_the_roster_gets_an_account_later) {
  PostHolding given{.body = small.ea_kar, .post = "chu_tich", .person_name = "Lê Văn Sơn", .user = {}, .from = today() - 100, .until = {}, .term = {}};
  const auto held = store().write([&](db::Writer& writer) { return appoint(store(), writer, sink, given); });
  ASSERT_TRUE(held);
  const UserId son = account("Lê Văn Sơn");
  EXPECT_FALSE(seen(telephone(1)));
  EXPECT_EQ(store().write([&](db::Writer& writer) { return give_access(writer, Giver::program(), sink, held->id, son, 7); }).error().code, "post.stale");
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return give_access(writer, Giver::program(), sink, held->id, son, held->row_version); }));
  const auto in = seen(telephone(1));
  ASSERT_TRUE(in) << refused.message;
  EXPECT_TRUE(in->may(Permission::sign, small.ea_kar));
  const UserId other = account("Lê Văn Sơn");
  EXPECT_EQ(store().write([&](db::Writer& writer) { return give_access(writer, Giver::program(), sink, held->id, other, 2); }).error().code, "post.user");
}

TEST_P(Appointments, A_post_of_a_merged_body_goes_on_in_the_successor_and_back_again) {
  const UserId khoi = account("Đỗ Minh Khôi");
  const auto post = appointed(khoi, "Đỗ Minh Khôi", small.ea_o, "thu_ky", today() - 50);
  ASSERT_TRUE(post);
  const auto moved = store().write([&](db::Writer& writer) { return move_post(store(), writer, Giver::program(), sink, post->id, small.ea_kar, today(), std::nullopt, "Sáp nhập"); });
  ASSERT_TRUE(moved) << moved.error().message;
  EXPECT_TRUE(moved->ended_here);
  auto in = seen(telephone(1));
  ASSERT_TRUE(in);
  EXPECT_EQ(in->acting_for(), small.ea_kar);
  EXPECT_TRUE(in->may(Permission::enter_figures, small.thon_8));
  EXPECT_FALSE(in->may(Permission::enter_figures, small.thon_11));
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return undo_moved_post(writer, sink, *moved, "Khôi phục như cũ"); }));
  in = seen(telephone(1));
  ASSERT_TRUE(in);
  EXPECT_EQ(in->units().size(), 1U);
  EXPECT_EQ(in->acting_for(), small.ea_o);
  EXPECT_TRUE(in->may(Permission::enter_figures, small.thon_11));
  const auto before = store().read([&](db::Reader& reader) { return find_post_holding(reader, post->id); });
  EXPECT_FALSE(before->until);
}

TEST_P(Appointments, A_moved_post_that_was_changed_since_is_not_silently_taken_back) {
  const UserId khoi = account("Đỗ Minh Khôi");
  const auto post = appointed(khoi, "Đỗ Minh Khôi", small.ea_o, "thu_ky", today() - 50);
  const auto moved = store().write([&](db::Writer& writer) { return move_post(store(), writer, Giver::program(), sink, post->id, small.ea_kar, today() - 5); });
  ASSERT_TRUE(moved);
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return leave_post(writer, sink, moved->made, today(), 1); }));
  EXPECT_EQ(store().write([&](db::Writer& writer) { return undo_moved_post(writer, sink, *moved, {}); }).error().code, "post.depends");
}

TEST_P(Appointments, A_post_taken_back_is_no_obstacle_for_the_next_holder) {
  const UserId son = account("Lê Văn Sơn");
  const auto post = appointed(son, "Lê Văn Sơn", small.ea_o, "chu_tich", today() - 50);
  const auto moved = store().write([&](db::Writer& writer) { return move_post(store(), writer, Giver::program(), sink, post->id, small.ea_kar, today()); });
  ASSERT_TRUE(moved) << moved.error().message;
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return undo_moved_post(writer, sink, *moved, {}); }));
  EXPECT_TRUE(appointed(account("Nguyễn Văn Nam"), "Nguyễn Văn Nam", small.ea_kar, "chu_tich", today() - 20));
}

TEST_P(Appointments, A_deputy_gets_the_rights_over_that_body_and_no_further) {
  const UserId ngoan = account("H’Ngoan Niê");
  ASSERT_TRUE(appointed(ngoan, "H’Ngoan Niê", small.ea_kar, "thu_ky", today() - 50));
  ASSERT_TRUE(appointed(ngoan, "H’Ngoan Niê", small.dak_lak, "pho_chu_tich_thuong_truc", today() - 50));
  const UserId hoa = account("Bùi Xuân Hòa", {{small.ea_o, "Cộng tác viên"}});
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return users->deputise(writer, hoa, ngoan, small.ea_kar, today(), today() + 5); }));
  const auto in = sessions->sign_in(telephone(2), password, "127.0.0.1");
  ASSERT_TRUE(in);
  ASSERT_TRUE(sessions->act_for(in->token, small.ea_kar));
  const auto deputy = sessions->viewer(in->token);
  EXPECT_EQ(deputy->on_behalf_of(), ngoan);
  EXPECT_TRUE(deputy->may(Permission::sign, small.thon_8));
  EXPECT_FALSE(deputy->may(Permission::see_figures, small.dak_lak));
  EXPECT_FALSE(deputy->may(Permission::see_figures, small.ea_o));
}

}  // namespace
}  // namespace khuyenhoc
