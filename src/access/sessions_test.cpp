#include "access/sessions.h"

#include <gtest/gtest.h>

#include "access/access_fixture.h"
#include "platform/db/test_stores.h"

namespace khuyenhoc {
namespace {

class SignIn : public db::OnBothStores {
 protected:
  void SetUp() override {
    OnBothStores::SetUp();
    users_.emplace(store(), keys_, hasher_, Clock{[this] { return now_ms_; }});
    sessions_.emplace(*users_, [this] { return offices_.organisation; });
  }

  UserId add(std::string_view telephone, std::string_view name, BodyId body, std::string_view title, std::string_view password) {
    NewUser user{std::string(telephone), "Bà", std::string(name), {{body, std::string(title)}}, {{Permission::enter_figures, Grant::Reach::subtree, {body}}}, Day::of(2026, 1, 1)};
    const auto hash = users_->hash(password);
    const auto added = store().write([&](db::Writer& writer) { return users_->add(writer, user, *hash); });
    EXPECT_TRUE(added) << (added ? "" : added.error().message);
    return added.value_or(UserId{});
  }
  UserId add_lien() { return add("0912 345 678", "Trần Kim Liên", offices_.ea_kar, "Thư ký", "bốn mùa hoa nở"); }

  SmallOffices offices_;
  std::int64_t now_ms_ = (static_cast<std::int64_t>(SmallOffices::today().number()) * 24 + 2) * 3'600'000;
  crypto::KeyRing keys_ = crypto::KeyRing::for_tests();
  crypto::PasswordHasher hasher_;
  std::optional<Users> users_;
  std::optional<Sessions> sessions_;
};
ON_BOTH_STORES(SignIn);

TEST_P(SignIn, by_telephone_number_however_it_is_written_makes_a_viewer) {
  add_lien();
  const auto in = sessions_->sign_in("+84 912.345.678", "bốn mùa hoa nở", "127.0.0.1");
  ASSERT_TRUE(in) << in.error().message;
  const auto viewer = sessions_->viewer(in->token);
  ASSERT_TRUE(viewer);
  EXPECT_EQ(viewer->name(), "Bà Trần Kim Liên");
  EXPECT_EQ(viewer->post_title(), "Thư ký");
  EXPECT_EQ(viewer->acting_for(), offices_.ea_kar);
  EXPECT_TRUE(viewer->may(Permission::enter_figures, offices_.branch_8));
  EXPECT_FALSE(viewer->csrf().empty());
  sessions_->sign_out(in->token);
  EXPECT_FALSE(sessions_->viewer(in->token));
}

TEST_P(SignIn, a_wrong_password_and_an_unknown_number_get_the_same_sentence) {
  add_lien();
  const auto wrong = sessions_->sign_in("0912345678", "khác", "127.0.0.1");
  const auto unknown = sessions_->sign_in("0987654321", "khác", "127.0.0.1");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error(), unknown.error());
  EXPECT_EQ(sessions_->sign_in("12", "khác", "127.0.0.1").error().code, "user.telephone");
  EXPECT_FALSE(sessions_->viewer("x"));
  EXPECT_FALSE(sessions_->viewer(crypto::random_token()));
}

TEST_P(SignIn, after_five_failures_one_waits_even_with_the_right_password_and_then_may_try_again) {
  add_lien();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(sessions_->sign_in("0912345678", "sai", "127.0.0.1").error().code, "sign_in.wrong");
  EXPECT_EQ(sessions_->sign_in("0912345678", "bốn mùa hoa nở", "127.0.0.1").error().code, "sign_in.wait");
  now_ms_ += 61'000;
  EXPECT_TRUE(sessions_->sign_in("0912345678", "bốn mùa hoa nở", "127.0.0.1"));
}

TEST_P(SignIn, one_number_has_one_account_and_the_store_never_shows_it) {
  add_lien();
  NewUser again{"0912345678", "Ông", "Nguyễn Văn Nam", {{offices_.ea_o, "Thư ký"}}, {}, Day::of(2026, 1, 1)};
  const auto taken = store().write([&](db::Writer& writer) { return users_->add(writer, again, std::nullopt); });
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, "user.telephone_taken");
  EXPECT_NE(taken.error().message.find("Trần Kim Liên"), std::string::npos);
  store().read([&](db::Reader& reader) {
    reader.each("SELECT telephone_sealed, telephone_index FROM app_user", {}, [&](const db::Row& row) {
      for (int column : {0, 1}) {
        const auto bytes = row.bytes(column);
        const std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        EXPECT_EQ(text.find("912345678"), std::string::npos);
      }
    });
  });
}

TEST_P(SignIn, a_slip_replaces_the_password_ends_sessions_and_asks_for_a_new_one) {
  const UserId lien = add_lien();
  const auto before = sessions_->sign_in("0912345678", "bốn mùa hoa nở", "127.0.0.1");
  const auto slip = store().write([&](db::Writer& writer) { return users_->reset(writer, lien, "HTKM3489", *users_->hash("HTKM3489")); });
  sessions_->forget_cached();
  ASSERT_TRUE(slip);
  EXPECT_EQ(slip->telephone, "0912345678");
  EXPECT_FALSE(sessions_->viewer(before->token));
  EXPECT_EQ(sessions_->sign_in("0912345678", "bốn mùa hoa nở", "127.0.0.1").error().code, "sign_in.wrong");
  const auto in = sessions_->sign_in("0912345678", "HTKM3489", "127.0.0.1");
  ASSERT_TRUE(in);
  EXPECT_TRUE(in->must_change_password);
  EXPECT_TRUE(sessions_->sign_in("0912345678", "htkm 3489", "127.0.0.1")) << "as it is printed, in small letters";
  EXPECT_TRUE(sessions_->viewer(in->token)->must_change_password());
  now_ms_ += std::int64_t{8} * 86'400'000;
  EXPECT_EQ(sessions_->sign_in("0912345678", "HTKM3489", "127.0.0.1").error().code, "sign_in.expired");
}

TEST_P(SignIn, a_deputy_acts_until_the_day_under_both_names_and_with_the_rights_of_the_one_away) {
  const UserId lien = add_lien();
  const UserId nam = add("0987654321", "Lê Thị Nam", offices_.ea_o, "Phó Chủ tịch", "chín đợi mười chờ");
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return users_->deputise(writer, nam, lien, offices_.ea_kar, Day::of(2026, 6, 1), Day::of(2026, 6, 10)); }));
  const auto in = sessions_->sign_in("0987654321", "chín đợi mười chờ", "127.0.0.1");
  ASSERT_TRUE(in);
  EXPECT_FALSE(sessions_->viewer(in->token)->may(Permission::enter_figures, offices_.branch_8));
  ASSERT_TRUE(sessions_->act_for(in->token, offices_.ea_kar));
  auto viewer = sessions_->viewer(in->token);
  EXPECT_EQ(viewer->on_behalf_of(), lien);
  EXPECT_TRUE(viewer->may(Permission::enter_figures, offices_.branch_8));
  EXPECT_EQ(sessions_->act_for(in->token, offices_.province).error().code, "session.unit");
  now_ms_ += std::int64_t{5} * 86'400'000;
  viewer = sessions_->viewer(in->token);
  ASSERT_TRUE(viewer);
  EXPECT_FALSE(viewer->on_behalf_of());
  EXPECT_FALSE(viewer->may(Permission::enter_figures, offices_.branch_8));
}

TEST_P(SignIn, a_closed_account_is_out_at_once) {
  const UserId lien = add_lien();
  const auto in = sessions_->sign_in("0912345678", "bốn mùa hoa nở", "127.0.0.1");
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return users_->set_active(writer, lien, false); }));
  sessions_->forget_cached();
  EXPECT_FALSE(sessions_->viewer(in->token));
  EXPECT_EQ(sessions_->sign_in("0912345678", "bốn mùa hoa nở", "127.0.0.1").error().code, "sign_in.wrong");
}

TEST_P(SignIn, the_list_of_accounts_stays_within_the_scope) {
  add_lien();
  add("0987654321", "Lê Thị Nam", offices_.ea_o, "Phó Chủ tịch", "chín đợi mười chờ");
  const Scope of_ea_kar({{Permission::manage_users, Grant::Reach::subtree, {offices_.ea_kar}}}, offices_.organisation, SmallOffices::today());
  const auto listed = store().read([&](db::Reader& reader) { return users_->list(reader, of_ea_kar); });
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed.front().name, "Trần Kim Liên");
  EXPECT_EQ(listed.front().telephone, "0912345678");
}

TEST(Password, must_be_hard_to_guess_and_easy_to_keep) {
  EXPECT_TRUE(acceptable_password("bốn mùa hoa nở", "0912345678"));
  EXPECT_TRUE(acceptable_password("hoa12345", "0912345678"));
  EXPECT_FALSE(acceptable_password("12345678", "0912345678"));
  EXPECT_FALSE(acceptable_password("hoa123", "0912345678"));
  EXPECT_FALSE(acceptable_password("a0912345678", "0912345678"));
}

}  // namespace
}  // namespace khuyenhoc
