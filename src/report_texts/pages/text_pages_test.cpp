// The pages of a report's texts: without a script, by the editor's answers, two people at once, wrong input, who sees what.
#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "report_texts/report_texts.h"
#include "signed_reports/signed_fixture.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class TextPages : public OnSmallRound {
 protected:
  using Person = SmallHouse::Person;
  Person person(const std::string& telephone, const std::string& name, BodyId body, std::vector<Permission> permissions) {
    NewUser given;
    given.telephone = telephone;
    given.salutation = "Bà";
    given.name = name;
    given.units = {{body, "Thư ký"}};
    for (const Permission permission : permissions) given.grants.push_back({permission, Grant::Reach::subtree, {body}});
    given.from = Day::of(2025, 7, 1);
    const std::string password = "Khuyen-hoc-2026";
    const auto hash = small->users->hash(password);
    const auto added = store().write([&](db::Writer& writer) { return small->users->add(writer, given, *hash); });
    EXPECT_TRUE(added) << added.error().message;
    const auto signed_in = small->sessions->sign_in(telephone, password, "127.0.0.1");
    EXPECT_TRUE(signed_in) << signed_in.error().message;
    return {*added, signed_in->token, *small->sessions->viewer(signed_in->token)};
  }
  http::Response get(const Person& who, const std::string& target) {
    http::Request request = http::Request::get(target);
    request.with_header("Cookie", fmt::format("{}={}", session_cookie, who.token));
    return router->handle(std::move(request));
  }
  http::Response send(const Person& who, const std::string& target, std::string body, std::string_view type) {
    http::Request request = http::Request::post(target, {});
    request.with_body(std::move(body), type).with_header("Cookie", fmt::format("{}={}", session_cookie, who.token)).with_header("X-CSRF-Token", who.viewer.csrf());
    return router->handle(std::move(request));
  }
  http::Response post(const Person& who, const std::string& target, std::vector<std::pair<std::string, std::string>> fields) {
    std::string body;
    for (const auto& [name, value] : fields) body += (body.empty() ? "" : "&") + html::percent_encoded(name) + "=" + html::percent_encoded(value);
    return send(who, target, std::move(body), "application/x-www-form-urlencoded");
  }
  http::Response type(const Person& who, const std::string& text, std::int64_t version, const std::string& block = "uu_diem") {
    return send(who, at(block + "/luu"), json::serialize(json::object{{"text", text}, {"version", version}}), "application/json");
  }
  static json::object answered(const http::Response& response) { return json::parse(response.body()).as_object(); }
  void SetUp() override {
    OnSmallRound::SetUp();
    if (IsSkipped()) return;
    using enum Permission;
    keep_house_forms(store(), house().catalogue, house().clock.now_ms());
    router = std::make_unique<http::Router>();
    Pages pages(*router, house());
    add_report_text_pages(pages);
    secretary_person = person("0912000001", "Trần Kim Liên", commune().ea_kar, {see_figures, enter_figures, see_names});
    second = person("0912000002", "Lê Thị Minh", commune().ea_kar, {see_figures, enter_figures});
    reader_person = person("0912000003", "Hồ Thị Lan", commune().ea_kar, {see_figures});
    above = person("0912000004", "Lê Thị Hòa", commune().province, {see_figures, enter_figures, Permission::sign, Permission::receive});
    stranger = person("0912000005", "Phạm Thị Mơ", commune().ea_o, {see_figures, enter_figures});
    small->state(commune().thon_8, "B01", first_half(), 120);
    NewRound given;
    given.office = commune().province;
    given.form = "bao_cao";
    given.period = first_half();
    given.form_versions = read([&](db::Reader& reader) { return pins_in_force(reader, house(), "bao_cao", commune().province, first_half().period.last, PinBelow::yes).versions; });
    given.due = {.centre = {}, .province = first_half().period.last + 20, .commune = first_half().period.last + 10, .branch = {}};
    const auto opened = write([&](db::Writer& writer) { return open_round(writer, house(), chairman(commune().province), given); });
    ASSERT_TRUE(opened) << opened.error().message;
    round = opened->id;
    report_id = report(round, commune().ea_kar).id;
  }
  void TearDown() override {
    router.reset();
    OnSmallRound::TearDown();
  }
  std::string at(std::string_view more = {}) const { return fmt::format("/bao-cao-ky/{}/loi-van{}{}", report_id.value, more.empty() ? "" : "/", more); }
  ReportText now(std::string_view block = "uu_diem") {
    return read([&](db::Reader& reader) { return text_of(reader, report_id, block); });
  }
  void sent() {
    ASSERT_TRUE(submit(round, commune().ea_kar));
    const RoundReport report_now = report(round, commune().ea_kar);
    const auto done = write([&](db::Writer& writer) {
      return sign_report(writer, house(), chairman(commune().ea_kar), {report_now.id, report_now.row_version, 0}, [&](db::Reader& reader, const RoundReport& one) { return frozen_texts(reader, house(), one); });
    });
    ASSERT_TRUE(done) << done.error().message;
  }
  std::optional<Person> secretary_person, second, reader_person, above, stranger;
  std::unique_ptr<http::Router> router;
  RoundId round;
  ReportId report_id;
};
ON_BOTH_STORES(TextPages);

TEST_P(TextPages, Every_block_stands_there_with_its_guidance_and_a_plain_field) {
  const auto page = get(*secretary_person, at());
  ASSERT_EQ(page.status(), http::Status::ok);
  EXPECT_THAT(page.body(), AllOf(HasSubstr("1. Ưu điểm"), HasSubstr("Nêu việc làm được"), HasSubstr("name=\"loi-van\""), HasSubstr("III. Phương hướng, nhiệm vụ 6 tháng cuối năm 2026"), HasSubstr("(phải có)")));
  EXPECT_THAT(get(*reader_person, at()).body(), AllOf(HasSubstr("Chưa viết."), Not(HasSubstr("name=\"loi-van\""))));
  EXPECT_EQ(get(*stranger, at()).status(), http::Status::not_found);
  EXPECT_EQ(get(*stranger, at("so-lieu")).status(), http::Status::not_found);
  EXPECT_EQ(post(*stranger, at("uu_diem"), {{"loi-van", "x"}, {"version", "0"}}).status(), http::Status::not_found);
  EXPECT_EQ(post(*reader_person, at("uu_diem"), {{"loi-van", "x"}, {"version", "0"}}).status(), http::Status::forbidden);
}

TEST_P(TextPages, Without_a_script_a_text_is_saved_and_read_back) {
  const auto done = post(*secretary_person, at("uu_diem"), {{"loi-van", "Có {{B01: kèm đơn vị}}.\r\n\r\n- Một\r\n  - Hai"}, {"version", "0"}});
  ASSERT_EQ(done.status(), http::Status::see_other);
  EXPECT_THAT(done.header("Location"), HasSubstr("loi-van"));
  EXPECT_EQ(now().markdown, "Có {{B01: kèm đơn vị}}.\n\n- Một\n  - Hai");
  EXPECT_THAT(get(*secretary_person, at()).body(), AllOf(HasSubstr("\nCó {{B01: kèm đơn vị}}."), HasSubstr(">120 hội viên</a>"), HasSubstr("<span data-token=\"{{B01: kèm đơn vị}}\">120 hội viên</span>")));
  const auto wrong = post(*secretary_person, at("uu_diem"), {{"loi-van", std::string(longest_report_text + 1, 'x')}, {"version", "1"}});
  EXPECT_EQ(wrong.status(), http::Status::unprocessable);
  EXPECT_THAT(wrong.body(), AllOf(HasSubstr("quá mức 20.000 ký tự"), HasSubstr("xxxxx"))) << "what was typed stays";
  EXPECT_EQ(post(*secretary_person, at("khong-co"), {{"loi-van", "x"}, {"version", "0"}}).status(), http::Status::not_found);
}

TEST_P(TextPages, Without_a_script_two_people_see_both_texts_and_choose) {
  post(*second, at("uu_diem"), {{"loi-van", "Bài của bà Minh"}, {"version", "0"}});
  const auto stale = post(*secretary_person, at("uu_diem"), {{"loi-van", "Bài của bà Liên"}, {"version", "0"}});
  ASSERT_EQ(stale.status(), http::Status::conflict);
  EXPECT_THAT(stale.body(), AllOf(HasSubstr("Bài của bà Minh"), HasSubstr("Bài của bà Liên"), HasSubstr("Bài đã ghi của Bà Lê Thị Minh"), HasSubstr("value=\"ca-hai\"")));
  EXPECT_EQ(now().markdown, "Bài của bà Minh");
  EXPECT_EQ(post(*secretary_person, at("uu_diem"), {{"loi-van", "Bài của bà Liên"}, {"version", "1"}, {"cach", "ca-hai"}}).status(), http::Status::see_other);
  EXPECT_EQ(now().markdown, "Bài của bà Minh\n\nBài của bà Liên");
  EXPECT_EQ(post(*second, at("uu_diem"), {{"loi-van", "Bài bỏ"}, {"version", "1"}, {"cach", "giu"}}).status(), http::Status::see_other);
  EXPECT_EQ(now().markdown, "Bài của bà Minh\n\nBài của bà Liên");
  EXPECT_THAT(get(*secretary_person, at("uu_diem/cac-ban")).body(), AllOf(HasSubstr("Bài bỏ"), HasSubstr("để riêng"), HasSubstr("Dùng lại bản này")));
}

TEST_P(TextPages, The_editor_saves_is_told_of_others_and_gets_figures_by_name) {
  const auto first = type(*secretary_person, "Có {{B01}} và {{B1O}}", 0);
  ASSERT_EQ(first.status(), http::Status::ok) << first.body();
  const json::object saved = answered(first);
  EXPECT_EQ(saved.at("version"), 1);
  EXPECT_EQ(saved.at("says").as_object().at("{{B01}}"), "120");
  EXPECT_EQ(saved.at("problems").as_array().at(0).as_object().at("token"), "{{B1O}}");
  const auto news = answered(get(*second, at("moi?uu_diem=0&han_che=0")));
  EXPECT_EQ(news.at("texts").as_object().at("uu_diem").as_object().at("text"), "Có {{B01}} và {{B1O}}");
  EXPECT_FALSE(news.at("texts").as_object().contains("han_che"));
  EXPECT_EQ(answered(get(*second, at("moi?uu_diem=1"))).at("texts").as_object().size(), 0);
  const auto stale = type(*second, "Khác", 0);
  ASSERT_EQ(stale.status(), http::Status::conflict);
  EXPECT_EQ(answered(stale).at("text"), "Có {{B01}} và {{B1O}}");
  EXPECT_THAT(std::string(answered(stale).at("message").as_string()), HasSubstr("Trần Kim Liên"));
  EXPECT_EQ(type(*reader_person, "x", 1).status(), http::Status::forbidden);
  EXPECT_EQ(type(*stranger, "x", 1).status(), http::Status::not_found);
  for (const std::string broken : {"", "[]", "{\"text\":1,\"version\":1}", "{\"text\":\"x\"}", "{\"text\":\"x\",\"version\":\"1\"}", "{"})
    EXPECT_EQ(send(*secretary_person, at("uu_diem/luu"), broken, "application/json").status(), http::Status::unprocessable) << broken;

  const auto figures = answered(get(*secretary_person, at("so-lieu"))).at("figures").as_array();
  ASSERT_FALSE(figures.empty());
  const auto members = std::ranges::find_if(figures, [](const json::value& one) { return one.as_object().at("code") == "B01"; });
  ASSERT_NE(members, figures.end());
  EXPECT_EQ(members->as_object().at("sayings").as_array().at(0).as_object().at("says"), "120");
  // all at once and each by itself are the same
  for (const json::value& figure : figures)
    for (const json::value& saying : figure.as_object().at("sayings").as_array()) {
      const std::string token(saying.as_object().at("token").as_string());
      EXPECT_EQ(read([&](db::Reader& reader) { return figures_of_texts(reader, house(), report(round, commune().ea_kar), TextLens::as_signed).resolved(token); }), markdown::escaped(saying.as_object().at("says").as_string())) << token;
    }
}

TEST_P(TextPages, A_text_typed_while_the_report_is_sent_is_put_aside) {
  ASSERT_EQ(type(*secretary_person, "Có {{B01}} hội viên", 0).status(), http::Status::ok);
  sent();
  const auto late = type(*second, "Có {{B01}} hội viên, thêm một câu", 1);
  ASSERT_EQ(late.status(), http::Status::unprocessable);
  EXPECT_EQ(answered(late).at("code"), "entry.locked");
  EXPECT_THAT(std::string(answered(late).at("message").as_string()), AllOf(HasSubstr("rút lại"), HasSubstr("để riêng")));
  EXPECT_THAT(get(*second, at("uu_diem/cac-ban")).body(), HasSubstr("thêm một câu"));
  const auto page = get(*second, at());
  EXPECT_THAT(page.body(), AllOf(HasSubstr("đã gửi lúc"), HasSubstr("Có 120 hội viên"), Not(HasSubstr("name=\"loi-van\""))));
  EXPECT_FALSE(answered(get(*second, at("moi?uu_diem=1"))).at("locked").as_string().empty());
}

TEST_P(TextPages, What_came_from_below_is_ticked_and_appended) {
  const ReportId below = report_id;
  ASSERT_EQ(type(*secretary_person, "Có {{B01}} hội viên", 0).status(), http::Status::ok);
  report_id = report(round, commune().province).id;
  EXPECT_THAT(get(*above, at("uu_diem/lay-y")).body(), HasSubstr("Chưa có gì để lấy"));
  report_id = below;
  sent();
  report_id = report(round, commune().province).id;
  EXPECT_THAT(get(*above, at()).body(), HasSubstr("Lấy ý của đơn vị trực thuộc (1)"));
  EXPECT_THAT(get(*above, at("uu_diem/lay-y")).body(), AllOf(HasSubstr("Xã Ea Kar"), HasSubstr("Có 120 hội viên"), HasSubstr("2 đơn vị chưa gửi")));
  EXPECT_EQ(post(*above, at("uu_diem/lay-y"), {{"version", "0"}}).status(), http::Status::unprocessable);
  ASSERT_EQ(post(*above, at("uu_diem/lay-y"), {{"version", "0"}, {"tu", std::to_string(below.value)}}).status(), http::Status::see_other);
  EXPECT_EQ(now().markdown, "> **Xã Ea Kar:**\n>\n> Có 120 hội viên");
  EXPECT_EQ(get(*secretary_person, at("uu_diem/lay-y")).status(), http::Status::not_found) << "the province's report is not theirs";
}

}  // namespace
}  // namespace khuyenhoc
