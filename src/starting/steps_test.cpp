#include <gmock/gmock.h>

#include "measures/targets.h"
#include "organisation/contacts.h"
#include "organisation/letterheads.h"
#include "organisation/numbering.h"
#include "shell/start_under_way.h"
#include "starting/starting_fixture.h"
#include "starting/steps.h"

namespace khuyenhoc {
namespace {

using namespace starting;
using testing::AllOf;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::Not;

class Steps : public OnSmallHouse {
 protected:
  void add_pages(Pages& pages) override { add_starting_pages(pages); }
  Progress progress(const Person& who, BodyId body) {
    const auto viewer = house().sessions.viewer(who.token);
    return store().read([&](db::Reader& reader) { return progress_of(house(), reader, *viewer, body); });
  }
  static const StepView& step(const Progress& progress, Step step) { return *std::ranges::find(progress.steps, step, &StepView::step); }
  static std::int64_t missing(const StepView& view, std::string_view words) {
    for (const Missing& one : view.missing)
      if (one.what.find(words) != std::string::npos) return one.count;
    return 0;
  }
  void call(BodyId body, std::string name, std::string telephone) {
    ASSERT_TRUE(store().write([&](db::Writer& writer) { return keep_contact(writer, house().keys, {}, {body, std::move(name), std::move(telephone), 0}); }));
  }
  Person secretary() { return person("Bà", "Trần Kim Liên", small.dak_lak, "thu_ky"); }
};
ON_BOTH_STORES(Steps);

TEST_P(Steps, A_province_is_told_which_communes_and_heads_it_lacks_and_what_that_costs) {
  const Person who = secretary();
  const auto before = progress(who, small.dak_lak);
  const StepView& bodies = step(before, Step::bodies);
  EXPECT_EQ(bodies.state, StepState::begun);
  EXPECT_THAT(bodies.decided, Contains("5 trên 6 xã, phường, đặc khu đã có Hội Khuyến học"));
  EXPECT_EQ(missing(bodies, "xã, phường, đặc khu chưa có Hội Khuyến học"), 1) << "Ea Trang";
  EXPECT_EQ(missing(bodies, "chưa có người liên hệ"), 6) << "five communes and the university";
  EXPECT_EQ(missing(bodies, "chưa có người đứng đầu hoặc số điện thoại"), 8);
  EXPECT_EQ(missing(bodies, "chưa có chi hội, ban nào"), 1) << "Dray Bhăng";
  EXPECT_THAT(bodies.missing, Contains(Field(&Missing::cost, HasSubstr("không gọi được khi chậm báo cáo"))));

  call(small.ea_kar, "Trần Kim Liên", "0912345678");
  call(small.thon_8, "Y Bhiông Niê", "0912345679");
  call(small.thon_2, "Nguyễn Văn Hai", "");
  const auto after = progress(who, small.dak_lak);
  EXPECT_EQ(missing(step(after, Step::bodies), "chưa có người liên hệ"), 5);
  EXPECT_EQ(missing(step(after, Step::bodies), "chưa có người đứng đầu hoặc số điện thoại"), 7) << "a name without a number calls nobody";
}

TEST_P(Steps, Who_cannot_be_signed_for_is_counted_from_the_posts_of_the_day) {
  const Person who = secretary();
  const auto before = progress(who, small.dak_lak);
  EXPECT_EQ(missing(step(before, Step::posts), "Hội chưa có Chủ tịch"), 1);
  EXPECT_EQ(missing(step(before, Step::posts), "Hội trực thuộc chưa có Chủ tịch"), 6);
  const auto hold = [&](BodyId body, std::string post, Day from, std::optional<Day> until) {
    PostHolding holding;
    holding.body = body, holding.post = std::move(post), holding.person_name = "Nguyễn Đình Sơn", holding.from = from, holding.until = until;
    ASSERT_TRUE(store().write([&](db::Writer& writer) { return appoint(store(), writer, {}, holding); }));
  };
  hold(small.dak_lak, "pho_chu_tich_thuong_truc", Day::of(2025, 8, 1), std::nullopt);
  hold(small.ea_kar, "chu_tich", Day::of(2025, 8, 1), std::nullopt);
  hold(small.ea_o, "chu_tich", Day::of(2025, 8, 1), today());
  const auto after = progress(who, small.dak_lak);
  EXPECT_EQ(missing(step(after, Step::posts), "Hội chưa có Chủ tịch"), 0);
  EXPECT_EQ(missing(step(after, Step::posts), "Hội chưa có thư ký"), 0) << "the standing vice-chairman enters figures, too";
  EXPECT_EQ(missing(step(after, Step::posts), "Hội trực thuộc chưa có Chủ tịch"), 5) << "a post that ended today no longer counts";
}

TEST_P(Steps, A_slip_counts_until_its_code_was_changed) {
  const Person who = secretary();
  person("Ông", "Nguyễn Đình Sơn", small.ea_kar, "chu_tich");
  const auto before = progress(who, small.dak_lak);
  EXPECT_EQ(missing(step(before, Step::accounts), "tài khoản chưa có phiếu"), 2);
  EXPECT_EQ(missing(step(before, Step::accounts), "Hội trực thuộc chưa có ai có tài khoản"), 5);
  const auto chairman = store().read([&](db::Reader& reader) { return house().users.find_by_telephone(reader, "0900000002"); });
  ASSERT_TRUE(chairman);
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return house().users.reset(writer, *chairman, "ab12cd34", "hash"); }));
  EXPECT_EQ(missing(step(progress(who, small.dak_lak), Step::accounts), "phiếu đã in, chưa ai dùng"), 1);
  constexpr std::int64_t eight_days_ms = 8LL * 86'400'000;
  now_ms -= eight_days_ms;
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return house().users.reset(writer, *chairman, "ef56gh78", "hash"); }));
  now_ms += eight_days_ms;
  EXPECT_EQ(missing(step(progress(who, small.dak_lak), Step::accounts), "phiếu đã quá hạn"), 1);
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return house().users.change_password(writer, *chairman, "other"); }));
  const auto after = progress(who, small.dak_lak);
  EXPECT_EQ(missing(step(after, Step::accounts), "phiếu"), 1) << "the secretary's own";
  EXPECT_THAT(step(after, Step::accounts).decided, Contains("2 tài khoản, 1 người đã đăng nhập"));
}

TEST_P(Steps, Papers_targets_and_past_years_are_done_when_they_are_there) {
  const Person who = secretary();
  const auto before = progress(who, small.dak_lak);
  EXPECT_EQ(step(before, Step::letterhead).state, StepState::not_begun);
  EXPECT_EQ(step(before, Step::targets).state, StepState::not_begun);
  EXPECT_EQ(step(before, Step::past_years).state, StepState::not_begun);
  store().write([&](db::Writer& writer) {
    Letterhead head{small.dak_lak, Day::of(2025, 7, 1), "HỘI KHUYẾN HỌC VIỆT NAM", "HỘI KHUYẾN HỌC TỈNH ĐẮK LẮK", "Đắk Lắk", "HKH"};
    EXPECT_TRUE(set_letterhead(writer, {}, head));
    set_target(writer, Catalogue::house(), {small.dak_lak, Catalogue::house().index("B01"), 2026, 700'000});
  });
  const auto after = progress(who, small.dak_lak);
  EXPECT_EQ(step(after, Step::targets).state, StepState::done);
  EXPECT_EQ(step(after, Step::letterhead).state, StepState::begun) << "no numbering, no seal yet";
}

TEST_P(Steps, A_step_is_put_off_and_taken_up_again_and_the_trail_knows_by_whom) {
  const Person who = secretary();
  EXPECT_EQ(post(who, "/bat-dau/de-sau", {{"step", "chi-tieu"}}).status(), http::Status::see_other);
  EXPECT_EQ(post(who, "/bat-dau/de-sau", {{"step", "chi-tieu"}}).status(), http::Status::see_other) << "the same form twice";
  const auto aside = progress(who, small.dak_lak);
  EXPECT_EQ(step(aside, Step::targets).state, StepState::put_off);
  EXPECT_EQ(step(aside, Step::targets).put_off->by, "Bà Trần Kim Liên");
  EXPECT_EQ(aside.closed, 1U);
  const std::string page(get(who, "/bat-dau/tien-trinh").body());
  EXPECT_THAT(page, HasSubstr("Bà Trần Kim Liên để sau lúc 9 giờ"));
  EXPECT_EQ(post(who, "/bat-dau/lam-tiep", {{"step", "chi-tieu"}}).status(), http::Status::see_other);
  EXPECT_EQ(step(progress(who, small.dak_lak), Step::targets).state, StepState::not_begun);
  store().read([&](db::Reader& reader) {
    const auto trail = house().trail.of_body(reader, small.dak_lak, 0, 10);
    ASSERT_EQ(trail.size(), 2U);
    EXPECT_THAT(trail.back().after_json, HasSubstr("để sau bước “Chỉ tiêu năm”"));
    EXPECT_THAT(trail.front().after_json, HasSubstr("làm tiếp bước"));
  });
  EXPECT_EQ(post(who, "/bat-dau/de-sau", {{"step", "nhảm"}}).status(), http::Status::not_found);
}

TEST_P(Steps, The_browser_knows_of_the_start_until_all_is_done_or_put_off) {
  const Person who = secretary();
  const auto cookie = [&] {
    const http::Response page = get(who, "/bat-dau/tien-trinh");
    for (const auto& [name, value] : page.headers())
      if (name == "Set-Cookie" && value.starts_with(std::string(start_cookie) + "=")) return value;
    return std::string("none");
  };
  EXPECT_THAT(cookie(), HasSubstr("dang_bat_dau=1"));
  const auto menu = [&](std::string_view cookies) {
    const std::string page(get(who, "/bat-dau/tien-trinh", cookies).body());
    return page.substr(page.find("<nav class=\"side\""), page.find("<main") - page.find("<nav class=\"side\""));
  };
  EXPECT_THAT(menu(""), HasSubstr("<a href=\"/bat-dau/tien-trinh\" aria-current=\"page\">"));
  for (const std::string_view word : {"to-chuc", "chuc-vu", "tai-khoan", "van-ban", "chi-tieu", "nam-truoc"}) post(who, "/bat-dau/de-sau", {{"step", word}});
  EXPECT_THAT(cookie(), AllOf(HasSubstr("dang_bat_dau=;"), HasSubstr("Max-Age=0")));
  EXPECT_THAT(menu("; dang_bat_dau=1"), Not(HasSubstr("/bat-dau/tien-trinh"))) << "nothing is under way any more";
}

TEST_P(Steps, When_all_is_done_or_put_off_the_page_says_so) {
  const Person who = secretary();
  for (const std::string_view word : {"to-chuc", "chuc-vu", "tai-khoan", "van-ban", "chi-tieu"}) post(who, "/bat-dau/de-sau", {{"step", word}});
  EXPECT_THAT(std::string(get(who, "/bat-dau/tien-trinh").body()), Not(HasSubstr("Các bước đã xong hoặc đã để sau")));
  post(who, "/bat-dau/de-sau", {{"step", "nam-truoc"}});
  EXPECT_THAT(std::string(get(who, "/bat-dau/tien-trinh").body()), HasSubstr("Các bước đã xong hoặc đã để sau"));
}

TEST_P(Steps, A_commune_and_an_association_of_a_university_have_steps_of_their_own) {
  const Person commune = person("Bà", "Trần Kim Liên", small.ea_kar, "thu_ky");
  const auto of_commune = progress(commune, small.ea_kar);
  EXPECT_EQ(missing(step(of_commune, Step::bodies), "chưa có người đứng đầu"), 4);
  EXPECT_EQ(missing(step(of_commune, Step::bodies), "xã, phường, đặc khu chưa có"), 0);
  EXPECT_EQ(missing(step(of_commune, Step::posts), "Hội trực thuộc"), 0);
  const Person university = person("Ông", "Lê Văn Nam", small.university, "chu_tich");
  const auto of_university = progress(university, small.university);
  EXPECT_EQ(missing(step(of_university, Step::bodies), "chưa có người đứng đầu"), 1);
  EXPECT_EQ(missing(step(of_university, Step::accounts), "chi hội, ban chưa có ai có tài khoản"), 1);
}

TEST_P(Steps, Whoever_may_not_keep_bodies_does_not_see_the_start) {
  const Person accountant = person("Bà", "Lê Thị Hoa", small.dak_lak, "ke_toan");
  EXPECT_EQ(get(accountant, "/bat-dau/tien-trinh").status(), http::Status::not_found);
  EXPECT_EQ(post(accountant, "/bat-dau/de-sau", {{"step", "chi-tieu"}}).status(), http::Status::not_found);
  const auto written = store().read([&](db::Reader& reader) { return house().trail.of_body(reader, small.dak_lak, 0, 10).size(); });
  EXPECT_EQ(written, 0U);
}

// The card of "Việc cần làm".
class StartingCards : public OnEmptyHouse {
 protected:
  void add_pages(Pages& pages) override {
    OnEmptyHouse::add_pages(pages);
    pages.get("/the-bat-dau", [cards = std::make_shared<KnownStartingCards>()](const Visit& visit) {
      const auto card = cards->of(visit);
      return http::Response::text(card ? card->title + "|" + card->sentence : "none");
    });
  }
  std::string card(const std::string& session) {
    http::Request request = http::Request::get("/the-bat-dau");
    request.with_header("Cookie", fmt::format("{}={}", session_cookie, session));
    return std::string(router().handle(std::move(request)).body());
  }
};
ON_BOTH_STORES(StartingCards);

TEST_P(StartingCards, Stands_on_the_home_page_until_the_start_is_finished) {
  const std::string session = session_of(send(province_fields()));
  EXPECT_THAT(card(session), HasSubstr("đã xong 0 trên 6 bước"));
  EXPECT_THAT(card(session), HasSubstr("6 xã, phường, đặc khu chưa có Hội Khuyến học"));
  const auto viewer = house().sessions.viewer(session);
  for (const Step one : {Step::bodies, Step::posts, Step::accounts, Step::letterhead, Step::targets, Step::past_years}) put_off(house(), *viewer, viewer->acting_for(), one);
  EXPECT_EQ(card(session), "none");
}

class StartingCardsOfOthers : public StartingCards {
 protected:
  void found_bodies() override { OnSmallHouse::found_bodies(); }
};
ON_BOTH_STORES(StartingCardsOfOthers);

TEST_P(StartingCardsOfOthers, Are_not_shown_where_an_office_was_at_work_before) {
  const Person who = person("Bà", "Trần Kim Liên", small.dak_lak, "thu_ky");
  EXPECT_EQ(card(who.token), "none");
}

}  // namespace
}  // namespace khuyenhoc
