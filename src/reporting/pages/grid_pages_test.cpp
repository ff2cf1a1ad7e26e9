#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "reporting/entry_workbook.h"
#include "reporting/reporting.h"
#include "reporting/reporting_fixture.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// The pages of entering figures over the small commune, without sockets.
class EntryPages : public OnSmallHouse {
 protected:
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    router = std::make_unique<http::Router>();
    Pages pages(*router, *small->house);
    add_reporting_pages(pages);
    secretary.emplace(small->sign_in("0912345678", "Bà", "Trần Kim Liên", commune().ea_kar, "Thư ký"));
  }
  void TearDown() override {
    router.reset();
    OnSmallHouse::TearDown();
  }

  http::Response get(const std::string& target, const SmallHouse::Person& who) {
    http::Request request = http::Request::get(target);
    request.with_header("Cookie", "phien=" + who.token);
    return router->handle(std::move(request));
  }
  http::Response get(const std::string& target) { return get(target, *secretary); }
  http::Response post(const std::string& target, const std::vector<std::pair<std::string, std::string>>& fields, const SmallHouse::Person& who) {
    std::string body;
    for (const auto& [name, value] : fields) body += (body.empty() ? "" : "&") + html::percent_encoded(name) + "=" + html::percent_encoded(value);
    http::Request request = *http::Request::make(http::Method::post, target);
    request.with_body(body, "application/x-www-form-urlencoded").with_header("Cookie", "phien=" + who.token);
    return router->handle(std::move(request));
  }
  http::Response post(const std::string& target, std::vector<std::pair<std::string, std::string>> fields) {
    fields.emplace_back("csrf", secretary->viewer.csrf());
    return post(target, fields, *secretary);
  }
  http::Response cells(const std::string& target, const json::array& cells, const std::string& key, const SmallHouse::Person& who, const std::string& csrf) {
    http::Request request = *http::Request::make(http::Method::post, target);
    request.with_body(json::serialize(json::object{{"cells", cells}}), "application/json").with_header("Cookie", "phien=" + who.token).with_header("Accept", "application/json");
    request.with_header("X-CSRF-Token", csrf);
    if (!key.empty()) request.with_header("Idempotency-Key", key);
    return router->handle(std::move(request));
  }
  json::object saved(const json::array& sent, const std::string& key = {}) {
    const auto response = cells(grid() + "/o?ky=2026-H1", sent, key, *secretary, secretary->viewer.csrf());
    EXPECT_EQ(response.status(), http::Status::ok) << response.body();
    return json::parse(response.body()).as_object();
  }
  static json::object cell(BodyId body, std::string_view measure, json::value value, std::string_view version) {
    return {{"body", std::to_string(body.value)}, {"measure", measure}, {"value", std::move(value)}, {"version", version}};
  }
  std::string grid() const { return "/nhap-so-lieu/" + std::to_string(commune().ea_kar.value); }
  std::string form(BodyId body) const { return "/phieu/" + std::to_string(body.value); }
  static std::string name(BodyId body, std::string_view measure) { return fmt::format("c.{}.{}", body.value, measure); }
  std::size_t trail_of(std::string_view noun) {
    return small->house->store.read([&](db::Reader& reader) {
      const Scope all = small->viewer_at(commune().centre).scope(Permission::see_figures);
      const auto entries = small->trail->page(reader, all, 0, 1000);
      return static_cast<std::size_t>(std::ranges::count_if(entries, [&](const AuditEntry& entry) { return entry.noun == noun; }));
    });
  }

  std::unique_ptr<http::Router> router;
  std::optional<SmallHouse::Person> secretary;
};
INSTANTIATE_TEST_SUITE_P(Embedded, EntryPages, testing::Values(db::Dialect::sqlite), db::dialect_name);

TEST_P(EntryPages, The_grid_shows_groups_cells_and_what_to_do) {
  small->state_members(commune().tung_kraih, 96, 4, 1, 102);
  const auto page = get(grid());
  ASSERT_EQ(page.status(), http::Status::ok);
  EXPECT_THAT(page.body(), AllOf(HasSubstr("Nhập số liệu: 6 tháng đầu năm 2026"), HasSubstr("<b>còn 2 ngày</b>"), HasSubstr("Xã Cư Huê (cũ)<small>3 chi hội, 1 ban</small>"),
                                 HasSubstr("Chưa khớp, thừa 3"), HasSubstr("Chưa báo cáo: 6"), HasSubstr("data-island=\"grid\"")));
  EXPECT_THAT(page.body(), HasSubstr(fmt::format("name=\"{}\"", name(commune().thon_8, "B01"))));
  EXPECT_THAT(page.body(), Not(HasSubstr(name(commune().nguyen_dinh, "C02")))) << "a clan is not asked for households";
  EXPECT_THAT(page.body(), Not(HasSubstr("D04"))) << "only the main columns";
  EXPECT_THAT(get(grid() + "?cot=du").body(), HasSubstr("D04"));
  EXPECT_THAT(get(grid() + "?loc=chua-khop").body(), AllOf(HasSubstr("Buôn Tung Kraih"), Not(HasSubstr("Chi hội Thôn 8"))));
}

TEST_P(EntryPages, What_is_asked_to_be_corrected_stays_in_the_margin_after_a_save) {
  router = std::make_unique<http::Router>();
  Pages pages(*router, *small->house);
  add_reporting_pages(pages, [this](db::Reader&, BodyId, const NamedPeriod&) { return std::vector<AskedCorrection>{{commune().thon_8, "B01", "Xem lại hội viên chuyển đi."}}; });
  const auto answer = saved({cell(commune().thon_8, "B02", 4, "0")});
  EXPECT_THAT(json::serialize(answer.at("checks")), HasSubstr("Xem lại hội viên chuyển đi."));
  const auto others = saved({cell(commune().thon_11, "B02", 4, "0")});
  EXPECT_THAT(json::serialize(others.at("checks")), Not(HasSubstr("Xem lại hội viên chuyển đi.")));
}

TEST_P(EntryPages, The_start_leads_to_the_body_acted_for) {
  const auto start = get("/nhap-so-lieu");
  EXPECT_EQ(start.status(), http::Status::see_other);
  EXPECT_EQ(start.header("Location"), grid());
}

TEST_P(EntryPages, Outside_ones_scope_nothing_exists) {
  for (const std::string& target : {"/nhap-so-lieu/" + std::to_string(commune().ea_o.value), "/nhap-so-lieu/" + std::to_string(commune().province.value), form(commune().thon_5),
                                    "/nhap-so-lieu/" + std::to_string(commune().ea_o.value) + "/cach-tinh", std::string("/nhap-so-lieu/987654321")})
    EXPECT_EQ(get(target).status(), http::Status::not_found) << target;
  const auto answer = saved({cell(commune().thon_5, "B01", 10, "0")});
  EXPECT_EQ(answer.at("cells").as_array()[0].at("state").as_string(), "refused");
  EXPECT_EQ(small->stated(commune().thon_5, "B01"), std::nullopt);
}

TEST_P(EntryPages, A_cell_is_saved_with_totals_checks_and_its_trail) {
  const auto answer = saved({cell(commune().thon_8, "B01", 120, "0"), cell(commune().thon_8, "D02", 6400, "0")});
  const auto& first = answer.at("cells").as_array()[0].as_object();
  EXPECT_EQ(first.at("state").as_string(), "saved");
  EXPECT_EQ(first.at("version").as_string(), "1");
  EXPECT_EQ(answer.at("totals").at("all").at("B01").as_int64(), 120);
  EXPECT_EQ(answer.at("totals").at("all").at("D02").as_int64(), 6400) << "in thousands, as the column";
  EXPECT_EQ(answer.at("notes").at("all").as_string(), "Cộng ngay khi nhập. 1/7 đơn vị đã có số liệu.");
  EXPECT_EQ(small->stated(commune().thon_8, "D02"), 6'400'000);
  EXPECT_EQ(small->figure(commune().province, "B01"), 120);
  EXPECT_EQ(trail_of("statement"), 2u);
  bool blank = false;
  for (const auto& check : answer.at("checks").as_array()) blank = blank || check.at("text").as_string() == "Còn 13 ô trống. Không có thì ghi số 0.";
  EXPECT_TRUE(blank) << json::serialize(answer);
}

TEST_P(EntryPages, A_bad_cell_is_refused_in_words_and_the_others_are_saved) {
  const auto answer = saved({cell(commune().thon_8, "B02", -4, "0"), cell(commune().thon_8, "B01", 120, "0"), cell(commune().nguyen_dinh, "C02", 3, "0"), cell(commune().thon_8, "A01", 3, "0")});
  const auto& answered = answer.at("cells").as_array();
  EXPECT_EQ(answered[0].at("state").as_string(), "refused");
  EXPECT_THAT(std::string(answered[0].at("message").as_string()), HasSubstr("không được âm"));
  EXPECT_EQ(answered[1].at("state").as_string(), "saved");
  EXPECT_EQ(answered[2].at("state").as_string(), "refused");
  EXPECT_EQ(answered[3].at("state").as_string(), "refused");
  EXPECT_EQ(small->stated(commune().thon_8, "B02"), std::nullopt);
  EXPECT_EQ(small->stated(commune().thon_8, "B01"), 120);
  EXPECT_EQ(trail_of("statement"), 1u);
}

TEST_P(EntryPages, Somebody_elses_figure_is_shown_with_name_and_time) {
  small->state(commune().thon_8, "B03", first_half(), 2, Extent::subtree, secretary->user);
  const auto answer = saved({cell(commune().thon_8, "B03", 5, "0")});
  const auto& first = answer.at("cells").as_array()[0].as_object();
  EXPECT_EQ(first.at("state").as_string(), "stale");
  EXPECT_EQ(first.at("value").as_int64(), 2);
  EXPECT_EQ(first.at("version").as_string(), "1");
  EXPECT_THAT(std::string(first.at("message").as_string()), HasSubstr("Bà Trần Kim Liên vừa ghi 2 lúc 9 giờ"));
  EXPECT_EQ(small->stated(commune().thon_8, "B03"), 2);
}

TEST_P(EntryPages, The_same_batch_twice_is_done_once) {
  const std::string key = "018f3c6e-0000-7000-8000-000000000001";
  const auto first = saved({cell(commune().thon_8, "B01", 120, "0")}, key);
  const auto second = saved({cell(commune().thon_8, "B01", 120, "0")}, key);
  EXPECT_EQ(json::serialize(first.at("cells")), json::serialize(second.at("cells")));
  EXPECT_EQ(trail_of("statement"), 1u);
  const auto other = cells(grid() + "/o?ky=2026-H1", {cell(commune().thon_8, "B01", 121, "1")}, key, *secretary, secretary->viewer.csrf());
  EXPECT_EQ(other.status(), http::Status::conflict);
  EXPECT_EQ(small->stated(commune().thon_8, "B01"), 120);
}

TEST_P(EntryPages, Blank_takes_a_figure_back_and_zero_stays_zero) {
  small->state(commune().thon_8, "E08", first_half(), 3);
  const auto answer = saved({cell(commune().thon_8, "E08", nullptr, "1"), cell(commune().thon_8, "E09", 0, "0")});
  EXPECT_EQ(answer.at("cells").as_array()[0].at("state").as_string(), "saved");
  EXPECT_TRUE(answer.at("cells").as_array()[0].at("value").is_null());
  EXPECT_EQ(small->stated(commune().thon_8, "E08"), std::nullopt);
  EXPECT_EQ(small->stated(commune().thon_8, "E09"), 0);
}

TEST_P(EntryPages, Without_the_sessions_token_nothing_is_written) {
  const auto refused = cells(grid() + "/o?ky=2026-H1", {cell(commune().thon_8, "B01", 120, "0")}, {}, *secretary, "khac");
  EXPECT_EQ(refused.status(), http::Status::forbidden);
  EXPECT_EQ(post(grid(), {{name(commune().thon_8, "B01"), "120"}}, *secretary).status(), http::Status::forbidden);
  EXPECT_EQ(small->stated(commune().thon_8, "B01"), std::nullopt);
}

TEST_P(EntryPages, What_is_not_a_batch_of_cells_is_refused_whole) {
  for (const std::string& body : {std::string("{"), std::string("{\"cells\":3}"), std::string("{\"cells\":[{\"body\":\"x\"}]}"), std::string("{\"cells\":[{\"body\":\"1\",\"measure\":\"B01\",\"value\":1.5,\"version\":\"0\"}]}")}) {
    http::Request request = *http::Request::make(http::Method::post, grid() + "/o");
    request.with_body(body, "application/json").with_header("Cookie", "phien=" + secretary->token).with_header("X-CSRF-Token", secretary->viewer.csrf());
    const auto response = router->handle(std::move(request));
    EXPECT_EQ(response.status(), http::Status::unprocessable) << body;
    EXPECT_THAT(response.body(), HasSubstr("message"));
  }
}

TEST_P(EntryPages, Without_script_good_cells_are_written_and_the_others_stay_as_typed) {
  const auto row = fmt::format("v.{}", commune().thon_8.value);
  const auto page = post(grid() + "?ky=2026-H1", {{row, "B01=0: B02=0: B03=0:"}, {name(commune().thon_8, "B01"), "1.120"}, {name(commune().thon_8, "B02"), "năm"}, {name(commune().thon_8, "B03"), ""}});
  EXPECT_EQ(page.status(), http::Status::unprocessable);
  EXPECT_THAT(page.body(), AllOf(HasSubstr("Còn 1 chỗ cần sửa."), HasSubstr(fmt::format("href=\"#o-{}-B02\"", commune().thon_8.value)), HasSubstr("value=\"năm\"")));
  EXPECT_EQ(small->stated(commune().thon_8, "B01"), 1'120);
  EXPECT_EQ(small->stated(commune().thon_8, "B03"), std::nullopt);
  EXPECT_THAT(page.body(), HasSubstr("B02=0: B03=0: ")) << "what was not written is still blank to the page, so that 0 can be typed next";
  const auto good = post(grid() + "?ky=2026-H1", {{row, "B01=1:1120 B02=0:"}, {name(commune().thon_8, "B01"), "120"}, {name(commune().thon_8, "B02"), "5"}});
  EXPECT_EQ(good.status(), http::Status::see_other);
  EXPECT_EQ(small->stated(commune().thon_8, "B01"), 120);
  // the same page sent again: nothing is lost, nothing happens
  EXPECT_EQ(post(grid() + "?ky=2026-H1", {{row, "B01=1:1120 B02=0:"}, {name(commune().thon_8, "B01"), "120"}, {name(commune().thon_8, "B02"), "5"}}).status(), http::Status::see_other);
  EXPECT_EQ(trail_of("statement"), 3u);
}

TEST_P(EntryPages, Untouched_cells_of_an_old_page_do_not_overwrite_what_others_wrote) {
  small->state(commune().thon_8, "B01", first_half(), 120);
  const auto row = fmt::format("v.{}", commune().thon_8.value);
  small->state(commune().thon_8, "B01", first_half(), 125);
  const auto page = post(grid() + "?ky=2026-H1", {{row, "B01=1:120 B02=0:"}, {name(commune().thon_8, "B01"), "120"}, {name(commune().thon_8, "B02"), "5"}});
  EXPECT_EQ(page.status(), http::Status::see_other);
  EXPECT_EQ(small->stated(commune().thon_8, "B01"), 125);
  EXPECT_EQ(small->stated(commune().thon_8, "B02"), 5);
}

TEST_P(EntryPages, A_branch_head_sends_by_name_and_time_and_is_held_to_it_after_the_due_day) {
  const auto head = small->sign_in("0987654321", "Ông", "Phạm Văn Lượng", commune().thon_8, "Chi hội trưởng", Grant::Reach::alone);
  small->state(commune().thon_8, "B01", *Periods::house().named("bao_cao", "H2", 2025), 118);
  const auto page = get(form(commune().thon_8), head);
  ASSERT_EQ(page.status(), http::Status::ok);
  EXPECT_THAT(page.body(), AllOf(HasSubstr("Chào ông Phạm Văn Lượng, Chi hội trưởng. Xin ghi 15 số dưới đây"), HasSubstr("Gửi số liệu cho xã"), HasSubstr("data-check-start"), HasSubstr("data-words=\"đồng\"")));
  EXPECT_EQ(get(grid(), head).status(), http::Status::not_found);
  EXPECT_EQ(get(form(commune().thon_11), head).status(), http::Status::not_found);
  const std::vector<std::pair<std::string, std::string>> typed{{"csrf", head.viewer.csrf()}, {name(commune().thon_8, "B01"), "120"}, {name(commune().thon_8, "D02"), "6.400.000"}};
  const auto sent = post(form(commune().thon_8) + "?ky=2026-H1", typed, head);
  EXPECT_EQ(sent.status(), http::Status::see_other);
  EXPECT_EQ(small->stated(commune().thon_8, "D02"), 6'400'000);
  const auto after = get(form(commune().thon_8), head);
  EXPECT_THAT(after.body(), HasSubstr("Ông Phạm Văn Lượng đã gửi lúc"));
  EXPECT_THAT(after.body(), HasSubstr("đã quá hạn sửa (05/6/2026)")) << "today is 8 June";
  const auto late = cells(form(commune().thon_8) + "/o?ky=2026-H1", {cell(commune().thon_8, "B01", 130, "1")}, {}, head, head.viewer.csrf());
  EXPECT_THAT(late.body(), HasSubstr("refused"));
  EXPECT_EQ(small->stated(commune().thon_8, "B01"), 120);
  EXPECT_EQ(saved({cell(commune().thon_8, "B01", 130, "1")}).at("cells").as_array()[0].at("state").as_string(), "saved") << "the commune may";
}

TEST_P(EntryPages, A_stated_total_asks_in_plain_words_before_branches_type) {
  small->state(commune().ea_kar, "B01", first_half(), 500);
  const auto page = get(grid());
  EXPECT_THAT(page.body(), AllOf(HasSubstr("đã ghi số chung"), HasSubstr("Trả lời câu hỏi này")));
  const auto asked = saved({cell(commune().thon_8, "B01", 120, "0"), cell(commune().thon_8, "B02", 5, "0")});
  EXPECT_EQ(asked.at("cells").as_array()[0].at("state").as_string(), "refused");
  EXPECT_EQ(asked.at("cells").as_array()[1].at("state").as_string(), "saved") << "nothing was stated of it";
  EXPECT_EQ(post(grid() + "/cau-hoi?ky=2026-H1", {}).status(), http::Status::unprocessable);
  EXPECT_THAT(get(grid() + "/cau-hoi").body(), HasSubstr("Nằm trong số chung đã ghi"));
  EXPECT_EQ(post(grid() + "/cau-hoi?ky=2026-H1", {{"nghia", "trong"}}).status(), http::Status::see_other);
  EXPECT_EQ(saved({cell(commune().thon_8, "B01", 120, "0")}).at("cells").as_array()[0].at("state").as_string(), "saved");
  EXPECT_EQ(small->figure(commune().ea_kar, "B01"), 500);
  EXPECT_EQ(post(grid() + "/cau-hoi?ky=2026-H1", {{"nghia", "ngoai"}}).status(), http::Status::see_other);
  saved({cell(commune().thon_11, "B01", 80, "0")});
  EXPECT_EQ(small->figure(commune().ea_kar, "B01"), 580);
}

TEST_P(EntryPages, Switching_shows_its_effect_first_and_then_closes_the_other_way) {
  small->state(commune().ea_kar, "B01", first_half(), 500);
  small->state(commune().thon_8, "B01", first_half(), 120);
  const auto digest_of = [&] {
    const std::string body(get(grid() + "/cach-tinh").body());
    const auto at = body.find("name=\"xem\" value=\"") + 18;
    return body.substr(at, 64);
  };
  EXPECT_EQ(post(grid() + "/cach-tinh?ky=2026-H1", {{"xem", digest_of()}}).status(), http::Status::see_other);
  EXPECT_THAT(get(grid()).body(), HasSubstr("Số chung toàn đơn vị"));
  EXPECT_EQ(saved({cell(commune().thon_11, "B01", 80, "0")}).at("cells").as_array()[0].at("state").as_string(), "refused");
  const auto back = get(grid() + "/cach-tinh");
  EXPECT_THAT(back.body(), AllOf(HasSubstr("500"), HasSubstr("120"), HasSubstr("giảm 380")));
  EXPECT_EQ(post(grid() + "/cach-tinh?ky=2026-H1", {{"xem", "khac"}}).status(), http::Status::conflict);
  EXPECT_EQ(small->figure(commune().ea_kar, "B01"), 500);
  EXPECT_EQ(post(grid() + "/cach-tinh?ky=2026-H1", {{"xem", digest_of()}}).status(), http::Status::see_other);
  EXPECT_EQ(small->figure(commune().ea_kar, "B01"), 120);
  EXPECT_EQ(trail_of("entry_mode"), 2u);
}

TEST_P(EntryPages, The_communes_own_figures_stand_beside_its_branches) {
  small->state(commune().thon_8, "D02", first_half(), 6'400'000);
  const auto page = get(grid() + "?phan=rieng");
  ASSERT_EQ(page.status(), http::Status::ok);
  EXPECT_THAT(page.body(), AllOf(HasSubstr("Dân số"), HasSubstr("D02-rieng"), HasSubstr("Trung tâm học tập cộng đồng")));
  const auto ea_kar = commune().ea_kar;
  EXPECT_EQ(post(grid() + "/rieng?phan=rieng&ky=2026-H1", {{name(ea_kar, "B04"), "12.345"}, {name(ea_kar, "D02-rieng"), "1.000.000"}, {name(ea_kar, "C05"), "10"}, {name(ea_kar, "C06-rieng"), "3"}}).status(),
            http::Status::see_other);
  EXPECT_EQ(small->stated(ea_kar, "B04"), 12'345);
  EXPECT_EQ(small->stated(ea_kar, "D02", first_half(), Extent::own), 1'000'000);
  EXPECT_EQ(small->figure(ea_kar, "D02"), 7'400'000);
  const auto wrong = post(grid() + "/rieng?phan=rieng&ky=2026-H1", {{name(ea_kar, "F02"), "nhiều"}});
  EXPECT_EQ(wrong.status(), http::Status::unprocessable);
  EXPECT_THAT(wrong.body(), AllOf(HasSubstr("value=\"nhiều\""), HasSubstr("href=\"#so-F02\"")));
}

TEST_P(EntryPages, A_workbook_is_seen_first_and_then_written_without_sending_it_again) {
  const auto upload = [&](const std::string& bytes, const std::string& name) {
    const std::string boundary = "----ranh-gioi";
    const std::string body = fmt::format("--{0}\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{1}\r\n--{0}\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"{2}\"\r\n"
                                         "Content-Type: application/octet-stream\r\n\r\n{3}\r\n--{0}--\r\n", boundary, secretary->viewer.csrf(), name, bytes);
    http::Request request = *http::Request::make(http::Method::post, grid() + "/tep?ky=2026-H1");
    request.with_body(body, "multipart/form-data; boundary=" + boundary).with_header("Cookie", "phien=" + secretary->token);
    return router->handle(std::move(request));
  };
  const auto given = get(grid() + "/tep?ky=2026-H1");
  ASSERT_EQ(given.status(), http::Status::ok);
  EXPECT_THAT(std::string(given.header("Content-Disposition")), HasSubstr("2026-H1.xlsx"));
  EXPECT_THAT(get(grid() + "/doc-tep").body(), HasSubstr("Đọc tệp và xem trước"));

  const std::size_t members = *EntryColumns::house().place(small->index("B01"));
  const auto file = write_entry_workbook(*small->house, small->sheet(commune().ea_kar), {{{commune().thon_8, members}, {120, {}, {}}}, {{commune().thon_11, members}, {std::nullopt, "nhiều", {}}}});
  const auto taken = upload(*file, "số liệu xã.xlsx");
  ASSERT_EQ(taken.status(), http::Status::see_other) << taken.body();
  const std::string address(taken.header("Location"));
  const auto seen = get(address);
  EXPECT_THAT(seen.body(), AllOf(HasSubstr("Xem trước (chưa ghi)"), HasSubstr("không phải là số"), HasSubstr("Ghi 1 số của các dòng đúng")));
  EXPECT_EQ(small->stated(commune().thon_8, "B01"), std::nullopt);
  EXPECT_EQ(get(address + "/loi").status(), http::Status::ok);
  const std::string body(seen.body());
  const std::string digest = body.substr(body.find("name=\"xem\" value=\"") + 18, 64);
  EXPECT_EQ(post(address, {{"xem", std::string(64, '0')}}).status(), http::Status::conflict);
  EXPECT_EQ(small->stated(commune().thon_8, "B01"), std::nullopt);
  EXPECT_EQ(post(address, {{"xem", digest}}).status(), http::Status::see_other);
  EXPECT_EQ(small->stated(commune().thon_8, "B01"), 120);
  EXPECT_EQ(post(address, {{"xem", digest}}).status(), http::Status::see_other) << "again: nothing to write";
  EXPECT_EQ(trail_of("statement"), 1u);

  const auto refused = upload("không phải bảng tính", "so lieu.xlsx");
  EXPECT_EQ(refused.status(), http::Status::unprocessable);
  EXPECT_THAT(refused.body(), HasSubstr("Chưa có số nào thay đổi"));
  EXPECT_EQ(get(grid() + "/tep/999").status(), http::Status::not_found);
}

TEST_P(EntryPages, What_a_body_without_a_grid_is_told_to_do_instead) {
  const std::string branch = "/nhap-so-lieu/" + std::to_string(commune().thon_8.value);
  for (const std::string& door : {branch + "/doc-tep", branch + "/tep"}) {
    const auto told = get(door);
    EXPECT_EQ(told.status(), http::Status::unprocessable) << door;
    EXPECT_THAT(told.body(), AllOf(HasSubstr("Chi hội, ban ghi số liệu trên phiếu số liệu của mình"), Not(HasSubstr("type=\"file\"")))) << door;
  }
  EXPECT_EQ(get(branch + "/cach-tinh").status(), http::Status::not_found);
  // before it was founded, as after it has ended
  for (const std::string door : {"/doc-tep", "/cach-tinh", "/tep"}) {
    const auto told = get(grid() + door + "?ky=2024-H1");
    EXPECT_EQ(told.status(), http::Status::unprocessable) << door;
    EXPECT_THAT(told.body(), AllOf(HasSubstr("Ngày 31/5/2024, "), HasSubstr("chưa thành lập hoặc đã kết thúc"), HasSubstr("Xin chọn kỳ khác."), Not(HasSubstr("type=\"file\"")), Not(HasSubstr("name=\"xem\"")))) << door;
  }
  EXPECT_EQ(post(grid() + "/cach-tinh?ky=2024-H1", {{"xem", "khac"}}).status(), http::Status::unprocessable);
  EXPECT_EQ(trail_of("entry_mode"), 0u);
}

// The answer to a save speaks of what was saved alone; it must say of it what the whole sheet would say.
TEST_P(EntryPages, The_answer_to_a_save_agrees_with_the_whole_sheet) {
  small->state_members(commune().thon_8, 118, 5, 3, 121);
  small->state(commune().thon_11, "B01", first_half(), 80);
  const auto answer = saved({cell(commune().thon_8, "B02", 6, "1"), cell(commune().nguyen_du, "D02", 500, "")});
  const EntrySheet sheet = small->sheet(commune().ea_kar);
  const auto place = [&](std::string_view code) { return *EntryColumns::house().place(small->index(code)); };
  const auto& totals = answer.at("totals").as_object();
  EXPECT_EQ(totals.at("all").as_object().size(), 2u) << "only what was saved";
  for (const std::string code : {"B02", "D02"}) {
    const EntryColumn& column = EntryColumns::house().all()[place(code)];
    EXPECT_EQ(totals.at("all").at(code).as_int64(), column.shown(sheet.whole[place(code)].now)) << code;
    for (const BodyId body : {commune().thon_8, commune().nguyen_du}) {
      const EntryGroup& group = *sheet.group_of(body);
      if (group.totals[place(code)].asked) {
        EXPECT_EQ(totals.at("groups").at(group.key).at(code).as_int64(), column.shown(group.totals[place(code)].now)) << code << group.key;
      }
      EXPECT_EQ(answer.at("notes").at(group.key).as_string(), fmt::format("{}/{} đơn vị đã có số liệu", group.reported, group.rows.size()));
    }
  }
  EXPECT_EQ(totals.at("groups").as_object().size(), 2u);
  EXPECT_EQ(answer.at("notes").at("all").as_string(), "Cộng ngay khi nhập. 3/7 đơn vị đã có số liệu.");
  for (const BodyId body : {commune().thon_8, commune().nguyen_du}) {
    std::vector<std::string> said, known;
    for (const auto& check : answer.at("checks").as_array())
      if (check.at("body").as_string() == std::to_string(body.value)) said.emplace_back(check.at("text").as_string());
    for (const EntryRemark& remark : sheet.row(body)->remarks) known.push_back(remark.text);
    EXPECT_EQ(said, known);
    EXPECT_FALSE(said.empty());
  }
}

TEST_P(EntryPages, A_province_sees_the_round_and_a_reminder_is_ready) {
  const auto officer = small->sign_in("0905111222", "Ông", "Lê Văn Hùng", commune().province, "Chánh Văn phòng");
  small->state(commune().thon_8, "B01", first_half(), 120);
  const auto round = get("/nhap-so-lieu/" + std::to_string(commune().province.value), officer);
  EXPECT_THAT(round.body(), AllOf(HasSubstr("1/3 xã, phường đã có số liệu."), HasSubstr("Xã Ea Ktur"), HasSubstr("Đang nhập")));
  small->house->store.write([&](db::Writer& writer) { return keep_contact(writer, small->keys, {}, {commune().thon_11, "Ông Y Bhiông Niê", "0905123456", 0}); });
  EXPECT_THAT(get(grid()).body(), HasSubstr("Nhắc ông Y Bhiông Niê"));
  const auto reminder = get(grid() + "/nhac/" + std::to_string(commune().thon_11.value));
  EXPECT_THAT(reminder.body(), AllOf(HasSubstr("Kính gửi ông Y Bhiông Niê"), HasSubstr("tel:0905123456"), HasSubstr("05/6/2026")));
  EXPECT_EQ(get(grid() + "/nhac/" + std::to_string(commune().thon_5.value)).status(), http::Status::not_found);
}

}  // namespace
}  // namespace khuyenhoc
