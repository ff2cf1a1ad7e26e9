// The pages of a signed report: what each one sees and may do there, and that wrong input is said at its place.
#include <gmock/gmock.h>

#include "signed_reports/signed_fixture.h"

namespace khuyenhoc {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class SignedPages : public OnSmallRound {
 protected:
  using Person = SmallHouse::Person;
  Person person(const std::string& telephone, const std::string& name, BodyId body, std::vector<Permission> permissions) {
    NewUser given;
    given.telephone = telephone;
    given.salutation = "Ông";
    given.name = name;
    given.units = {{body, "Chức vụ"}};
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
  http::Response post(const Person& who, const std::string& target, std::vector<std::pair<std::string, std::string>> fields) {
    std::string body;
    for (const auto& [name, value] : fields) body += (body.empty() ? "" : "&") + html::percent_encoded(name) + "=" + html::percent_encoded(value);
    http::Request request = http::Request::post(target, {});
    request.with_body(body, "application/x-www-form-urlencoded").with_header("Cookie", fmt::format("{}={}", session_cookie, who.token)).with_header("X-CSRF-Token", who.viewer.csrf());
    return router->handle(std::move(request));
  }
  void SetUp() override {
    OnSmallRound::SetUp();
    if (IsSkipped()) return;
    using enum Permission;
    router = std::make_unique<http::Router>();
    Pages pages(*router, house());
    add_signed_report_pages(pages, [](db::Reader&, const RoundReport&) { return std::vector<FrozenText>{{"han_che", "Hạn chế", "Còn 2 thôn chưa có chi hội."}}; });
    desk_person = person("0912000001", "Trần Kim Liên", commune().ea_kar, {see_figures, enter_figures, see_names});
    head = person("0912000002", "Y Bhiông Niê", commune().ea_kar, {see_figures, see_names, Permission::sign, Permission::receive});
    above = person("0912000003", "Lê Văn Hòa", commune().province, {see_figures, see_names, Permission::sign, Permission::receive});
    stranger = person("0912000004", "Phạm Thị Mơ", commune().ea_o, {see_figures, enter_figures, Permission::sign, Permission::receive});
    small->state(commune().thon_8, "B01", first_half(), 120);
    round = open(commune().province, first_half());
    report_id = report(round, commune().ea_kar).id;
  }
  void TearDown() override {
    router.reset();
    OnSmallRound::TearDown();
  }
  std::string at(std::string_view more = {}) const { return fmt::format("/bao-cao-ky/{}{}{}", report_id.value, more.empty() ? "" : "/", more); }
  RoundReport now() {
    return store().read([&](db::Reader& reader) { return find_report(reader, report_id).value(); });
  }
  std::string version() { return std::to_string(now().row_version); }
  void submitted() { ASSERT_TRUE(submit(round, commune().ea_kar)); }
  std::optional<Person> desk_person, head, above, stranger;
  std::unique_ptr<http::Router> router;
  RoundId round;
  ReportId report_id;
};
ON_BOTH_STORES(SignedPages);

TEST_P(SignedPages, A_report_goes_from_the_desk_to_the_official_figures_page_by_page) {
  EXPECT_THAT(get(*desk_person, at()).body(), AllOf(HasSubstr("Trình Chủ tịch duyệt"), HasSubstr("120")));
  const auto asked = get(*desk_person, at("trinh"));
  EXPECT_THAT(asked.body(), HasSubstr("chưa có số liệu"));
  EXPECT_EQ(post(*desk_person, at("trinh"), {{"version", version()}}).status(), http::Status::unprocessable) << "a warning without a reason";
  EXPECT_EQ(now().state, ReportState::not_started);
  submitted();
  EXPECT_EQ(get(*desk_person, at("ky")).status(), http::Status::not_found) << "only who signs for the body";
  EXPECT_THAT(get(*head, at("ky")).body(), AllOf(HasSubstr("01/BC-HKH"), HasSubstr("Đã đối chiếu")));
  EXPECT_EQ(post(*head, at("tra-lai"), {{"version", version()}}).status(), http::Status::unprocessable);
  EXPECT_EQ(post(*head, at("ky"), {{"version", "99"}}).status(), http::Status::conflict);
  EXPECT_EQ(post(*head, at("ky"), {{"version", version()}}).status(), http::Status::see_other);
  EXPECT_THAT(get(*above, at("tiep-nhan")).body(), AllOf(HasSubstr("Còn 2 thôn chưa có chi hội."), HasSubstr("01/BC-HKH")));
  EXPECT_EQ(post(*head, at("tiep-nhan"), {{"version", version()}}).status(), http::Status::not_found);
  EXPECT_EQ(post(*above, at("de-nghi-sua"), {{"version", version()}}).status(), http::Status::unprocessable);
  EXPECT_EQ(post(*above, at("de-nghi-sua"), {{"version", version()}, {fmt::format("y-{}-B01", commune().ea_kar.value), "Xin kiểm tra lại."}, {"b-han_che", "Xin nêu tên thôn."}}).status(), http::Status::see_other);
  EXPECT_THAT(get(*desk_person, at()).body(), AllOf(HasSubstr("Xin kiểm tra lại."), HasSubstr("Xin nêu tên thôn.")));
  submitted();
  EXPECT_EQ(post(*head, at("ky"), {{"version", version()}}).status(), http::Status::see_other);
  EXPECT_EQ(post(*above, at("tiep-nhan"), {{"version", version()}}).status(), http::Status::see_other);
  EXPECT_EQ(post(*above, at("chot"), {{"version", version()}}).status(), http::Status::see_other);
  EXPECT_EQ(now().state, ReportState::closed);
  EXPECT_THAT(get(*head, at()).body(), AllOf(HasSubstr("02/BC-HKH"), HasSubstr("đang là số đã chốt")));
}

TEST_P(SignedPages, An_adjustment_shows_its_effect_before_it_is_signed) {
  submitted();
  post(*head, at("ky"), {{"version", version()}});
  EXPECT_EQ(get(*desk_person, at("dieu-chinh")).status(), http::Status::unprocessable) << "not closed yet";
  post(*above, at("tiep-nhan"), {{"version", version()}});
  post(*above, at("chot"), {{"version", version()}});
  EXPECT_EQ(post(*desk_person, at("dieu-chinh"), {{"viec", "lap"}}).status(), http::Status::unprocessable);
  EXPECT_EQ(post(*desk_person, at("dieu-chinh"), {{"viec", "lap"}, {"ly-do", "Đối chiếu lại."}}).status(), http::Status::see_other);
  const std::string body = std::to_string(commune().thon_8.value);
  EXPECT_THAT(post(*desk_person, at("dieu-chinh"), {{"viec", "o"}, {"version", "1"}, {"don-vi", body}, {"chi-tieu", "B01"}, {"so-moi", "12x"}, {"ly-do-o", "Sót."}}).body(), HasSubstr("12x"));
  EXPECT_EQ(post(*desk_person, at("dieu-chinh"), {{"viec", "o"}, {"version", "1"}, {"don-vi", body}, {"chi-tieu", "B01"}, {"so-moi", "126"}, {"ly-do-o", "Sót 6 người."}}).status(), http::Status::see_other);
  EXPECT_THAT(get(*desk_person, at("dieu-chinh")).body(), AllOf(HasSubstr("126"), HasSubstr("Sót 6 người.")));
  EXPECT_EQ(post(*desk_person, at("dieu-chinh"), {{"viec", "trinh"}, {"version", "1"}}).status(), http::Status::conflict) << "somebody saved first";
  EXPECT_EQ(post(*desk_person, at("dieu-chinh"), {{"viec", "trinh"}, {"version", "2"}}).status(), http::Status::see_other);
  EXPECT_THAT(get(*head, at("dieu-chinh")).body(), HasSubstr("Ký điều chỉnh"));
  EXPECT_EQ(post(*head, at("dieu-chinh"), {{"viec", "ky"}, {"version", "3"}}).status(), http::Status::see_other);
  const auto figure = Figures(house().ledger.view()).figure(Catalogue::house().index("B01"), {commune().province, first_half().period, first_half().period.last, Lens::official});
  ASSERT_TRUE(figure);
  EXPECT_EQ(figure->value, 126);
}

TEST_P(SignedPages, The_stamped_scan_hangs_on_the_version_and_another_kind_of_file_is_refused_at_its_field) {
  submitted();
  ASSERT_EQ(post(*head, at("ky"), {{"version", version()}}).status(), http::Status::see_other);
  const auto send = [&](const Person& who, const std::string& name, const std::string& content) {
    const std::string edge = "ranh-gioi-5317";
    http::Request request = *http::Request::make(http::Method::post, at("ban-ky"));
    request.with_body("--" + edge + "\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n" + who.viewer.csrf() + "\r\n--" + edge + "\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"" + name + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + content + "\r\n--" + edge + "--\r\n",
                      "multipart/form-data; boundary=" + edge)
        .with_header("Cookie", fmt::format("{}={}", session_cookie, who.token)).with_header("X-CSRF-Token", who.viewer.csrf());
    return router->handle(std::move(request));
  };
  const auto wrong = send(*head, "ghi chu.txt", "xin chao");
  EXPECT_EQ(wrong.status(), http::Status::unprocessable);
  EXPECT_THAT(wrong.body(), AllOf(HasSubstr("id=\"tep-loi\""), HasSubstr("01/BC-HKH"))) << "on the report's own page";
  EXPECT_EQ(send(*head, "", "").status(), http::Status::unprocessable);
  EXPECT_EQ(send(*stranger, "ban-ky.pdf", "%PDF-1.4\n%%EOF\n").status(), http::Status::not_found);
  const std::string scan = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
  const auto good = send(*head, "ban-ky.pdf", scan);
  EXPECT_EQ(good.status(), http::Status::see_other) << good.body();
  const auto papers = store().read([&](db::Reader& reader) { return papers_of(reader, last_version(reader, report_id)->id); });
  ASSERT_EQ(papers.size(), 1U);
  const auto again = get(*above, at(fmt::format("ban-ky/{}", papers.front().id)));
  EXPECT_EQ(again.status(), http::Status::ok);
  EXPECT_EQ(again.body(), scan);
  EXPECT_EQ(get(*stranger, at(fmt::format("ban-ky/{}", papers.front().id))).status(), http::Status::not_found);
}

TEST_P(SignedPages, Every_reason_that_is_missing_is_asked_for_at_once) {
  const std::size_t asked = store().read([&](db::Reader& reader) { return check_report(reader, house(), now(), small->clock.today()).size(); });
  ASSERT_GT(asked, 0U);
  const std::string page(post(*desk_person, at("trinh"), {{"version", version()}}).body());
  std::size_t said = 0;
  for (auto found = page.find("href=\"#ly-do-"); found != std::string::npos; found = page.find("href=\"#ly-do-", found + 1)) ++said;
  EXPECT_EQ(said, asked);
}

TEST_P(SignedPages, What_is_out_of_scope_does_not_exist) {
  for (const std::string_view more : {"", "trinh", "ky", "tiep-nhan", "dieu-chinh", "ban/1", "ban-ky/1"}) EXPECT_EQ(get(*stranger, at(more)).status(), http::Status::not_found) << more;
  for (const std::string_view more : {"trinh", "ky", "tra-lai", "rut-lai", "lay-lai", "tiep-nhan", "de-nghi-sua", "chot", "chot-tat-ca", "tiep-nhan-tat-ca", "dieu-chinh", "da-xem/1"})
    EXPECT_EQ(post(*stranger, at(more), {}).status(), http::Status::not_found) << more;
  EXPECT_EQ(now().state, ReportState::not_started);
}

}  // namespace
}  // namespace khuyenhoc
