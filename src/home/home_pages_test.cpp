#include <gmock/gmock.h>

#include "home/home.h"
#include "organisation/contacts.h"
#include "reporting/reporting.h"
#include "rounds/rounds.h"
#include "shell/house_fixture.h"

namespace khuyenhoc {
namespace {

using testing::HasSubstr;
using testing::Not;

class Home : public OnSmallHouse {
 protected:
  void add_pages(Pages& pages) override {
    add_home_pages(pages);
    add_reporting_pages(pages);
  }
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    liên = person("Bà", "Trần Kim Liên", small.ea_kar, "thu_ky");
    head_of_8 = person("Ông", "Phạm Văn Lượng", small.thon_8, "chi_hoi_truong");
    province_office = person("Ông", "Y Bhiông Niê", small.dak_lak, "chanh_van_phong");
  }
  std::string home_of(const Person& who) {
    const auto answer = get(who, "/");
    EXPECT_EQ(answer.status(), http::Status::ok);
    return std::string(answer.body());
  }
  void call(BodyId body, std::string_view name, std::string_view telephone) {
    const auto kept = store().write([&](db::Writer& writer) { return keep_contact(writer, house().keys, {}, {body, std::string(name), std::string(telephone), 0}); });
    ASSERT_TRUE(kept) << kept.error().message;
  }
  static std::size_t count_of(const std::string& page, std::string_view text) {
    std::size_t count = 0;
    for (auto at = page.find(text); at != std::string::npos; at = page.find(text, at + text.size())) ++count;
    return count;
  }
  void tell(BodyId body, const std::string& before, const std::string& after) {
    store().write([&](db::Writer& writer) {
      AuditEntry entry;
      entry.body = body;
      entry.noun = "statement";
      entry.action = "state";
      entry.before_json = before;
      entry.after_json = after;
      house().trail.write(writer, entry);
    });
  }
  Viewer viewer_of(BodyId body, std::vector<Permission> permissions) {
    ViewerData data;
    data.user = UserId{7};
    data.name = "Bà Trần Kim Liên";
    data.acting_for = body;
    data.units = {{body, "Thư ký"}};
    for (const Permission permission : permissions) data.grants.push_back({permission, Grant::Reach::subtree, {body}});
    data.today = today();
    return Viewer(data, house().organisation.current());
  }
  // From this heading to the end of its card.
  static std::string card(const std::string& page, std::string_view heading) {
    const auto begin = page.find(heading);
    return begin == std::string::npos ? std::string() : page.substr(begin, page.find("</section>", begin) - begin);
  }

  Person liên, head_of_8, province_office;
};
ON_BOTH_STORES(Home);

TEST_P(Home, What_is_due_stands_first_with_the_days_left_and_one_strong_button) {
  const std::string page = home_of(liên);
  EXPECT_THAT(page, HasSubstr("Thứ Hai, ngày 08/6/2026."));
  const std::string due = card(page, "Đến hạn");
  EXPECT_THAT(due, HasSubstr("6 tháng đầu năm 2026"));
  EXPECT_THAT(due, HasSubstr("còn<b>2</b>ngày"));
  EXPECT_THAT(due, HasSubstr("0/4 chi hội, ban đã có số liệu"));
  EXPECT_THAT(due, HasSubstr("gửi Hội Khuyến học tỉnh Đắk Lắk"));
  EXPECT_THAT(due, HasSubstr(fmt::format("/nhap-so-lieu/{}", small.ea_kar.value)));
  EXPECT_EQ(count_of(page, "btn-primary"), 1U);
  EXPECT_THAT(page, Not(HasSubstr("Hội Khuyến học xã Ea Ô")));
}

TEST_P(Home, A_branch_sees_its_own_form_and_waits_for_nobody) {
  const std::string page = home_of(head_of_8);
  EXPECT_THAT(page, HasSubstr(fmt::format("/phieu/{}", small.thon_8.value)));
  EXPECT_THAT(page, HasSubstr("days late"));
  EXPECT_THAT(page, HasSubstr("quá<b>3</b>ngày"));
  EXPECT_THAT(page, Not(HasSubstr("Chép lời nhắc để gửi Zalo")));
  EXPECT_THAT(page, Not(HasSubstr("Chi hội Thôn 2")));
}

TEST_P(Home, Branches_without_figures_are_reminded_and_those_with_some_are_not) {
  state(small.thon_8, "B01", half_year(2026), 120);
  call(small.thon_2, "Hoàng Thị Mai", "0911222333");
  const std::string page = home_of(liên);
  const std::string waiting = card(page, "Chờ chi hội, ban");
  EXPECT_THAT(waiting, HasSubstr("Chi hội Thôn 2"));
  EXPECT_THAT(waiting, HasSubstr("Hoàng Thị Mai"));
  EXPECT_THAT(waiting, HasSubstr("tel:0911222333"));
  EXPECT_THAT(waiting, HasSubstr("Ban khuyến học dòng họ Nguyễn Đình"));
  EXPECT_THAT(waiting, Not(HasSubstr("Chi hội Thôn 8")));
  EXPECT_THAT(waiting, HasSubstr("Hội Khuyến học xã Ea Kar xin nhắc các đơn vị ghi số liệu 6 tháng đầu năm 2026 (đã quá hạn ngày 05/6/2026)"));
  EXPECT_THAT(card(page, "Đến hạn"), HasSubstr("1/4 chi hội, ban đã có số liệu"));
}

TEST_P(Home, What_a_unit_has_sent_is_not_waited_for_and_what_came_back_is_said_to_have_come_back) {
  const Viewer office = viewer_of(small.dak_lak, {Permission::see_figures, Permission::receive});
  const Viewer ea_kar = viewer_of(small.ea_kar, {Permission::see_figures, Permission::enter_figures, Permission::sign});
  NewRound given;
  given.office = small.dak_lak;
  given.form = "bao_cao";
  given.period = *Periods::house().named("bao_cao", "H1", 2026);
  given.form_versions = {FormVersionId{11}};
  given.due = {.centre = {}, .province = Day::of(2026, 6, 20), .commune = Day::of(2026, 6, 10), .branch = Day::of(2026, 6, 5)};
  const auto round = store().write([&](db::Writer& writer) { return open_round(writer, house(), office, given); });
  ASSERT_TRUE(round) << round.error().message;
  const auto step = [&](const Viewer& by, ReportStep one, const std::string& reason) {
    const auto done = store().write([&](db::Writer& writer) { return take_step(writer, house(), by, report_of(writer, round->id, small.ea_kar)->id, one, 0, {reason, {}}); });
    ASSERT_TRUE(done) << done.error().message;
  };
  EXPECT_THAT(card(home_of(province_office), "Chờ xã, phường, đơn vị"), HasSubstr("Xã Ea Kar"));
  step(ea_kar, ReportStep::submit, {});
  EXPECT_THAT(card(home_of(province_office), "Chờ xã, phường, đơn vị"), Not(HasSubstr("Xã Ea Kar"))) << "it waits for its own chairman";
  step(ea_kar, ReportStep::send, {});
  const std::string sent = card(home_of(province_office), "Chờ xã, phường, đơn vị");
  EXPECT_THAT(sent, Not(HasSubstr("Xã Ea Kar")));
  EXPECT_THAT(sent, HasSubstr("Xã Ea Ô")) << "the reminder names who is left, and until when as the round asks";
  EXPECT_THAT(sent, HasSubstr("chậm nhất ngày 10/6/2026"));
  step(office, ReportStep::give_back, "Xin xem lại số hội viên.");
  const std::string back = card(home_of(province_office), "Chờ xã, phường, đơn vị");
  EXPECT_THAT(back, HasSubstr("Xã Ea Kar"));
  EXPECT_THAT(back, HasSubstr("Đề nghị sửa"));
}

TEST_P(Home, A_province_calls_its_communes_and_names_only_where_names_may_be_seen) {
  call(small.ea_o, "Nguyễn Văn Bảy", "0944555666");
  const Person no_names = person("Bà", "H’Ngoan Niê", small.dak_lak, "uy_vien_bch", {{Permission::see_figures, Grant::Reach::subtree, {small.dak_lak}}});
  const std::string page = home_of(province_office);
  EXPECT_THAT(page, HasSubstr("Xã Ea Ô"));
  EXPECT_THAT(page, HasSubstr("tel:0944555666"));
  EXPECT_THAT(page, HasSubstr("Nguyễn Văn Bảy"));
  const std::string closed = home_of(no_names);
  EXPECT_THAT(closed, HasSubstr("Xã Ea Ô"));
  EXPECT_THAT(closed, Not(HasSubstr("0944555666")));
  EXPECT_THAT(closed, Not(HasSubstr("Nguyễn Văn Bảy")));
}

TEST_P(Home, Whoever_may_not_enter_sees_how_far_it_is_and_has_nothing_to_do) {
  const Person chairman = person("Ông", "Nguyễn Đình Sơn", small.ea_kar, "chu_tich");
  const std::string page = home_of(chairman);
  EXPECT_THAT(page, HasSubstr("0/4 chi hội, ban đã có số liệu"));
  EXPECT_THAT(page, HasSubstr("Xem số liệu"));
  EXPECT_THAT(page, Not(HasSubstr(fmt::format("href=\"/nhap-so-lieu/{}?", small.ea_kar.value))));
  EXPECT_EQ(count_of(page, "class=\"count\""), 0U);
}

TEST_P(Home, The_count_in_the_navigation_is_what_is_due_from_me) {
  EXPECT_THAT(home_of(head_of_8), HasSubstr("<span class=\"count\">1<span"));
  const auto elsewhere = get(head_of_8, "/muc-khac");
  EXPECT_THAT(std::string(elsewhere.body()), HasSubstr("<span class=\"count\">1<span"));
}

TEST_P(Home, Changes_of_a_week_stand_with_their_effect_on_the_total) {
  const std::int64_t now = now_ms;
  now_ms = now - 10 * 86'400'000LL;
  tell(small.thon_2, R"({"value":80})", R"({"summary":"Hội viên của Chi hội Thôn 2: 80 thành 81","value":81})");
  now_ms = now;
  tell(small.thon_8, R"({"value":118})", R"({"summary":"Hội viên của Chi hội Thôn 8: 118 thành 120","value":120})");
  tell(small.thon_11, R"({"value":1})", R"({"summary":"Hội viên của Chi hội Thôn 11: 1 thành 5","value":5})");
  const std::string page = home_of(liên);
  EXPECT_THAT(page, HasSubstr("Hội viên của Chi hội Thôn 8: 118 thành 120. Toàn đơn vị tăng 2."));
  EXPECT_THAT(page, Not(HasSubstr("80 thành 81")));
  EXPECT_THAT(page, Not(HasSubstr("Thôn 11")));
  EXPECT_THAT(page, HasSubstr("Thay đổi từ thứ Hai, 01/6"));
}

TEST_P(Home, What_one_person_enters_first_in_one_sitting_is_one_line_and_corrections_stand_alone) {
  const auto first = [](std::string_view code, int value) {
    return fmt::format(R"({{"summary":"{} của Chi hội Thôn 8, 6 tháng đầu năm 2026: để trống thành {}","measure":"{}","period":"2026-H1","value":{}}})", code, value, code, value);
  };
  const std::int64_t now = now_ms;
  now_ms = now - 3 * 3'600'000;
  for (const std::string_view code : {"B01", "B02", "B03"}) tell(small.thon_8, "", first(code, 5));
  now_ms = now;
  for (const std::string_view code : {"C02", "C03"}) tell(small.thon_8, "", first(code, 7));
  tell(small.thon_8, R"({"value":5})", R"({"summary":"Hội viên của Chi hội Thôn 8, 6 tháng đầu năm 2026: 5 thành 8","measure":"B01","period":"2026-H1","value":8})");
  const std::string ours = card(home_of(liên), "Thay đổi từ");
  EXPECT_THAT(ours, HasSubstr("Đã ghi 2 số liệu (6 tháng đầu năm 2026), "));
  EXPECT_THAT(ours, HasSubstr("Đã ghi 3 số liệu (6 tháng đầu năm 2026), "));
  EXPECT_THAT(ours, HasSubstr("Hội viên, 6 tháng đầu năm 2026: 5 thành 8. Toàn đơn vị tăng 3."));
  EXPECT_THAT(ours, Not(HasSubstr("để trống")));
  EXPECT_THAT(ours, HasSubstr(fmt::format("/phieu/{}?ky=2026-H1", small.thon_8.value))) << "whoever enters for the branch sees its form";
  const Person chairman = person("Ông", "Nguyễn Đình Sơn", small.ea_kar, "chu_tich");
  EXPECT_THAT(card(home_of(chairman), "Thay đổi từ"), HasSubstr(fmt::format("/so-lieu/{}?ky=2026-H1", small.thon_8.value)));
  tell(small.thon_8, R"({"value":7})", R"({"summary":"Hộ: 7 thành 6","value":6})");
  EXPECT_THAT(card(home_of(liên), "Thay đổi từ"), HasSubstr("và 1 thay đổi khác"));
  EXPECT_THAT(card(home_of(chairman), "Thay đổi từ"), AllOf(HasSubstr("và 1 thay đổi khác"), HasSubstr(fmt::format("/to-chuc/{}?phan=thay-doi", small.thon_8.value))));
}

TEST_P(Home, A_change_is_there_the_next_time_the_page_is_opened_and_only_for_those_who_may_see_it) {
  const auto change = [](int value) { return fmt::format(R"({{"summary":"Hội viên: thành {}","value":{}}})", value, value); };
  tell(small.thon_8, "", change(1));
  EXPECT_THAT(home_of(liên), HasSubstr("Hội viên: thành 1."));
  EXPECT_THAT(home_of(province_office), HasSubstr("Hội viên: thành 1."));
  constexpr int many = 620;                                        // more than are read at once
  for (int i = 2; i <= many; ++i) tell(small.thon_11, "", change(i));
  tell(small.thon_8, "", change(many + 1));
  const std::string ours = home_of(liên), above = home_of(province_office);
  EXPECT_THAT(ours, AllOf(HasSubstr("Hội viên: thành 621."), HasSubstr("Hội viên: thành 1."), Not(HasSubstr("Hội viên: thành 620."))));
  EXPECT_THAT(above, AllOf(HasSubstr("Hội viên: thành 621."), HasSubstr("Hội viên: thành 620."), HasSubstr("Hội viên: thành 619.")));
}

TEST_P(Home, The_menu_leads_to_the_start_while_it_is_under_way_from_the_sign_in_on) {
  const auto menu = [](const http::Response& answer) {
    const std::string page(answer.body());
    return page.substr(page.find("<nav class=\"side\""), page.find("<main") - page.find("<nav class=\"side\""));
  };
  const auto cookie = [](const http::Response& answer) {
    return std::ranges::any_of(answer.headers(), [](const auto& header) { return header.first == "Set-Cookie" && header.second.starts_with("dang_bat_dau=1"); });
  };
  EXPECT_THAT(menu(get(liên, "/")), Not(HasSubstr("/bat-dau/tien-trinh"))) << "this office was at work before";
  EXPECT_FALSE(cookie(get(liên, "/")));
  store().write([&](db::Writer& writer) { writer.run("INSERT INTO starting_office (body, begun_ms, begun_by) VALUES ($1, $2, $3)", {small.ea_kar, now_ms, liên.user}); });
  EXPECT_THAT(menu(get(liên, "/")), HasSubstr("/bat-dau/tien-trinh"));
  EXPECT_TRUE(cookie(get(liên, "/"))) << "so that the other pages know, too";
  EXPECT_THAT(menu(get(liên, "/muc-khac", "; dang_bat_dau=1")), HasSubstr("/bat-dau/tien-trinh"));
  EXPECT_THAT(menu(get(liên, "/muc-khac")), Not(HasSubstr("/bat-dau/tien-trinh")));
  EXPECT_THAT(menu(get(head_of_8, "/", "; dang_bat_dau=1")), Not(HasSubstr("/bat-dau/tien-trinh"))) << "a branch is begun by the office above it";
}

TEST_P(Home, Everything_else_of_the_menu_has_a_page_for_phones) {
  const auto answer = get(liên, "/muc-khac");
  const std::string page(answer.body());
  EXPECT_THAT(page, HasSubstr("href=\"/bao-cao\""));
  EXPECT_THAT(page, HasSubstr("href=\"/dot-bao-cao\""));
  EXPECT_THAT(page, HasSubstr("action=\"/chu-to\""));
  EXPECT_THAT(page, HasSubstr("action=\"/ngon-ngu\""));
  EXPECT_THAT(page, HasSubstr("action=\"/dang-xuat\""));
  EXPECT_THAT(card(page, "Công việc"), Not(HasSubstr("/nhat-ky")));
  const auto chairman = get(person("Ông", "Nguyễn Đình Sơn", small.ea_kar, "chu_tich"), "/muc-khac");
  EXPECT_THAT(card(std::string(chairman.body()), "Công việc"), HasSubstr("/nhat-ky"));
}

}  // namespace
}  // namespace khuyenhoc
