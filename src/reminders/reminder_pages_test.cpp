// The pages of reminders: what they never show, wrong input at its field, and the links that open without signing in.
#include "reminders/reminders.h"
#include "signed_reports/signed_fixture.h"

namespace khuyenhoc {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class ReminderPages : public OnSmallRound {
 protected:
  void SetUp() override {
    OnSmallRound::SetUp();
    if (IsSkipped()) return;
    router = std::make_unique<http::Router>();
    Pages pages(*router, house());
    add_reminder_pages(pages);
    NewUser given;
    given.telephone = "0912000009";
    given.salutation = "Ông";
    given.name = "Lê Văn Hòa";
    given.units = {{commune().ea_kar, "Phó Chủ tịch thường trực"}};
    for (const Permission permission : {Permission::see_figures, Permission::enter_figures, Permission::manage_users, Permission::keep_bodies}) given.grants.push_back({permission, Grant::Reach::subtree, {commune().ea_kar}});
    given.from = Day::of(2025, 7, 1);
    const auto hash = small->users->hash("Khuyen-hoc-2026");
    user = *store().write([&](db::Writer& writer) { return small->users->add(writer, given, *hash); });
    token = small->sessions->sign_in(given.telephone, "Khuyen-hoc-2026", "127.0.0.1")->token;
    csrf = small->sessions->viewer(token)->csrf();
    open(commune().province, first_half());
  }
  void TearDown() override {
    router.reset();
    OnSmallRound::TearDown();
  }
  http::Response get(const std::string& target, bool signed_in = true) {
    http::Request request = http::Request::get(target);
    if (signed_in) request.with_header("Cookie", fmt::format("{}={}", session_cookie, token));
    return router->handle(std::move(request));
  }
  http::Response post(const std::string& target, std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
    http::Request request = http::Request::post(target, fields);
    request.with_header("Cookie", fmt::format("{}={}", session_cookie, token)).with_header("X-CSRF-Token", csrf);
    return router->handle(std::move(request));
  }
  std::string office(std::string_view more = {}) const { return fmt::format("/thu-dien-tu/{}{}", commune().ea_kar.value, more); }
  std::unique_ptr<http::Router> router;
  UserId user;
  std::string token, csrf;
};
ON_BOTH_STORES(ReminderPages);

TEST_P(ReminderPages, A_password_is_written_and_never_shown) {
  EXPECT_THAT(get(office()).body(), AllOf(HasSubstr("Chưa bật nhắc"), HasSubstr("Chưa có máy chủ thư")));
  EXPECT_EQ(post(office("/may-chu"), {{"version", "0"}, {"may-chu", "smtp.example.vn"}, {"bao-mat", "1"}, {"cong", "587"}, {"thu-gui", "hoi@example.vn"}, {"ten-dang-nhap", "hoi"}, {"mat-khau", "rất bí mật"}}).status(), http::Status::see_other);
  const auto page = get(office());
  EXPECT_THAT(page.body(), AllOf(HasSubstr("smtp.example.vn"), HasSubstr("không hiện lại"), Not(HasSubstr("rất bí mật"))));
  const auto refused = post(office("/may-chu"), {{"version", "1"}, {"may-chu", "smtp khac"}, {"cong", "587"}, {"thu-gui", "hoi@example.vn"}, {"ten-dang-nhap", "hoi"}, {"mat-khau", "mật khẩu mới"}});
  EXPECT_EQ(refused.status(), http::Status::unprocessable);
  EXPECT_THAT(refused.body(), AllOf(HasSubstr("smtp khac"), HasSubstr("Xin ghi tên máy chủ thư"), Not(HasSubstr("mật khẩu mới"))));
  EXPECT_EQ(post(office("/may-chu"), {{"version", "0"}, {"may-chu", "smtp.example.vn"}, {"cong", "587"}, {"thu-gui", "hoi@example.vn"}}).status(), http::Status::conflict);
  EXPECT_EQ(get(fmt::format("/thu-dien-tu/{}", commune().ea_o.value)).status(), http::Status::not_found);
}

TEST_P(ReminderPages, Wrong_days_are_said_at_their_field_and_what_was_typed_stays) {
  const auto refused = post(office("/quy-tac"), {{"version", "0"}, {"truoc", "ba ngày"}, {"chuc-vu", "thu_ky"}});
  EXPECT_EQ(refused.status(), http::Status::unprocessable);
  EXPECT_THAT(refused.body(), AllOf(HasSubstr("value=\"ba ngày\""), HasSubstr("không phải là số ngày")));
  EXPECT_THAT(post(office("/quy-tac"), {{"version", "0"}, {"truoc", "3"}, {"chuc-vu", "thu_ky"}}).body(), HasSubstr("Chưa có máy chủ thư nên chưa bật nhắc được"));
  EXPECT_THAT(post(office("/thu-thu"), {{"den", "x"}}).body(), HasSubstr("không phải là địa chỉ thư"));
}

TEST_P(ReminderPages, One_links_a_calendar_and_may_say_no_to_mail_without_signing_in) {
  EXPECT_EQ(post("/nhac-viec/thu", {{"version", "0"}, {"thu", "liên@x"}}).status(), http::Status::unprocessable);
  EXPECT_EQ(post("/nhac-viec/thu", {{"version", "0"}, {"thu", "hoa@example.vn"}}).status(), http::Status::see_other);
  EXPECT_EQ(post("/nhac-viec/lich", {}).status(), http::Status::see_other);
  const auto [address, calendar] = store().read([&](db::Reader& reader) { return std::pair(mail_address(reader, house().keys, MailAddress::Owner::user, user.value)->id, *calendar_token(reader, house().keys, user)); });
  const auto file = get("/lich/" + calendar + ".ics", false);
  EXPECT_EQ(file.status(), http::Status::ok);
  EXPECT_EQ(file.header("Content-Type"), "text/calendar; charset=utf-8");
  EXPECT_THAT(file.body(), HasSubstr("BEGIN:VEVENT"));
  EXPECT_EQ(get("/lich/" + calendar, false).status(), http::Status::not_found);
  EXPECT_EQ(get("/lich/x.ics", false).status(), http::Status::not_found);
  const std::string stop = "/thoi-nhac/" + stop_token(house().keys, address);
  EXPECT_THAT(get(stop, false).body(), AllOf(HasSubstr("ho…@example.vn"), Not(HasSubstr("hoa@example.vn"))));
  EXPECT_THAT(router->handle(http::Request::post(stop, {{"viec", "thoi"}})).body(), HasSubstr("không nhận thư nhắc nữa"));
  EXPECT_THAT(get("/nhac-viec").body(), HasSubstr("đã chọn không nhận thư nhắc"));
  EXPECT_EQ(get(stop + "x", false).status(), http::Status::not_found);
}

}  // namespace
}  // namespace khuyenhoc
