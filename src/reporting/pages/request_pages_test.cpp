// A request asked once, answered on a phone by a branch, through a link, and by the commune; what was answered in words is read in one place.
#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "reporting/links.h"
#include "reporting/reporting.h"
#include "reporting/reporting_fixture.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class RequestPages : public OnSmallHouse {
 protected:
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    router = std::make_unique<http::Router>();
    Pages pages(*router, *small->house);
    add_reporting_pages(pages);
    secretary.emplace(small->sign_in("0912345678", "Bà", "Trần Kim Liên", commune().ea_kar, "Thư ký"));
    head.emplace(small->sign_in("0912345679", "Ông", "Phạm Văn Lượng", commune().thon_8, "Chi hội trưởng"));
    publish();
  }
  void TearDown() override {
    router.reset();
    OnSmallHouse::TearDown();
  }

  void publish() {
    House& house = *small->house;
    ViewerData data;
    data.user = UserId{5};
    data.name = "Ông Lê Văn Bình";
    data.acting_for = commune().province;
    data.units = {{commune().province, "Chủ tịch"}};
    for (const Permission permission : {Permission::see_figures, Permission::sign, Permission::keep_bodies}) data.grants.push_back({permission, Grant::Reach::subtree, {commune().province}});
    data.today = small->clock.today();
    const Viewer chairman(data, small->organisation.current());
    const auto draft = begin_request(house, chairman, commune().province);
    ASSERT_TRUE(draft);
    FormVersion edited = store().read([&](db::Reader& reader) { return form_version(reader, house, *draft).value(); });
    edited.name_vi = "Rà soát nước sạch trường học";
    edited.request_period = Period{Day::of(2026, 3, 1), Day::of(2026, 4, 30)};
    edited.request_due = Day::of(2026, 6, 20);
    edited.content.questions = {{"Số giếng nước", OwnQuestion::Kind::number, OwnQuestion::Moment::during, "giếng", "Tính cả giếng khoan.", {"thon", "xa"}},
                                {"Có máy lọc không?", OwnQuestion::Kind::yes_no, OwnQuestion::Moment::at_the_end, "", "", {"thon"}},
                                {"Khó khăn lớn nhất?", OwnQuestion::Kind::text, OwnQuestion::Moment::during, "", "Một, hai câu.", {"thon"}}};
    const auto kept = keep_draft(house, chairman, edited);
    ASSERT_TRUE(kept) << kept.error().message;
    const auto published = publish_draft(house, chairman, *draft, *kept, small->clock.today());
    ASSERT_TRUE(published) << published.error().message;
    const FormVersion version = store().read([&](db::Reader& reader) { return form_version(reader, house, *draft).value(); });
    code = version.code;
    words = version.content.blocks.front().code;
    for (const FormField& field : version.content.short_form("thon")->parts.front().fields) figures.push_back(house.catalogue.measure(field.measure).code);
    house.asked_by_rounds = [id = *draft, form = code, bodies = std::set<BodyId>{commune().ea_kar, commune().thon_8}](db::Reader&, BodyId body, Period) {
      if (!bodies.contains(body)) return std::vector<AskedByRound>();
      return std::vector<AskedByRound>{{{}, form, "", {id}, "Rà soát nước sạch", Day::of(2026, 6, 20), "/dot-bao-cao/1/don-vi/1"}};
    };
    house.figures_confirmed = [this](db::Writer&, const Viewer&, BodyId, Period, std::string_view form) -> Result<void> {
      confirmed.emplace_back(form);
      return {};
    };
  }

  http::Response ask(const http::Method method, const std::string& target, const SmallHouse::Person& who, std::vector<std::pair<std::string, std::string>> fields = {}) {
    http::Request request = *http::Request::make(method, target);
    request.with_header("Cookie", "phien=" + who.token);
    if (method == http::Method::post) {
      fields.emplace_back("csrf", who.viewer.csrf());
      std::string body;
      for (const auto& [name, value] : fields) body += (body.empty() ? "" : "&") + html::percent_encoded(name) + "=" + html::percent_encoded(value);
      request.with_body(body, "application/x-www-form-urlencoded");
    }
    return router->handle(std::move(request));
  }
  std::string form(BodyId body) const { return fmt::format("/phieu/{}?ky={}", body.value, code); }
  std::string field(std::string_view kind, BodyId body, std::string_view name) const { return fmt::format("{}.{}.{}", kind, body.value, name); }

  std::unique_ptr<http::Router> router;
  std::optional<SmallHouse::Person> secretary, head;
  std::string code, words;
  std::vector<std::string> figures;
  std::vector<std::string> confirmed;
};
ON_BOTH_STORES(RequestPages);

TEST_P(RequestPages, A_branch_answers_all_of_it_on_its_form_and_sends_it) {
  const auto shown = ask(http::Method::get, form(commune().thon_8), *head);
  ASSERT_EQ(shown.status(), http::Status::ok) << shown.body();
  EXPECT_THAT(shown.body(), AllOf(HasSubstr("Rà soát nước sạch trường học"), HasSubstr("Số giếng nước"), HasSubstr("<option value=\"1\""), HasSubstr("Khó khăn lớn nhất?"), HasSubstr("20/6/2026"), Not(HasSubstr(".B01\""))));

  const auto empty = ask(http::Method::post, form(commune().thon_8), *head, {});
  EXPECT_EQ(empty.status(), http::Status::unprocessable);
  const auto sent = ask(http::Method::post, form(commune().thon_8), *head,
                        {{field("c", commune().thon_8, figures[0]), "3"}, {field("c", commune().thon_8, figures[1]), "1"}, {field("lv", commune().thon_8, words), "Giếng cạn.\r\nThiếu bơm."}, {field("vlv", commune().thon_8, words), "0"}});
  EXPECT_EQ(sent.status(), http::Status::see_other) << sent.body();
  EXPECT_EQ(confirmed, std::vector<std::string>{code}) << "the report of this form, and of no other";
  const auto after = ask(http::Method::get, form(commune().thon_8), *head);
  EXPECT_THAT(after.body(), AllOf(HasSubstr("đã gửi lúc"), HasSubstr("Giếng cạn.\nThiếu bơm."), HasSubstr("<option value=\"1\" selected>")));
  EXPECT_THAT(ask(http::Method::get, fmt::format("/phieu/{}?ky=2026-H1", commune().thon_8.value), *head).body(), Not(HasSubstr("đã gửi lúc"))) << "the half-year is another form";

  const auto answers = ask(http::Method::get, fmt::format("/nhap-so-lieu/{}/tra-loi?ky={}", commune().ea_kar.value, code), *secretary);
  EXPECT_THAT(answers.body(), AllOf(HasSubstr("Khó khăn lớn nhất?"), HasSubstr("Thiếu bơm."), HasSubstr("Ông Phạm Văn Lượng"), HasSubstr("1/4 đơn vị đã trả lời")));
}

TEST_P(RequestPages, The_commune_sees_a_grid_of_what_is_asked_and_its_own_form) {
  const std::string at = fmt::format("/nhap-so-lieu/{}", commune().ea_kar.value);
  const auto grid = ask(http::Method::get, at + "?ky=" + code, *secretary);
  ASSERT_EQ(grid.status(), http::Status::ok) << grid.body();
  EXPECT_THAT(grid.body(), AllOf(HasSubstr("Rà soát nước sạch trường học"), HasSubstr(field("c", commune().thon_8, figures[0])), Not(HasSubstr(field("c", commune().nguyen_du, figures[0]))), HasSubstr("/tra-loi?ky=" + code)));
  const auto own = ask(http::Method::get, at + "?phan=rieng&ky=" + code, *secretary);
  EXPECT_THAT(own.body(), AllOf(HasSubstr("Số giếng nước"), HasSubstr(figures[0] + "-rieng")));
  EXPECT_EQ(ask(http::Method::get, at + "/tep?ky=" + code, *secretary).status(), http::Status::ok);
  EXPECT_EQ(ask(http::Method::get, at + "/ghi-so-0?phan=chi-hoi&ky=" + code, *secretary).status(), http::Status::ok);
  EXPECT_EQ(ask(http::Method::get, form(commune().thon_11), *secretary).status(), http::Status::ok) << "asked through its commune";
}

TEST_P(RequestPages, Links_are_made_and_the_way_of_adding_up_is_changed_for_a_request_alone) {
  const std::string at = fmt::format("/nhap-so-lieu/{}", commune().ea_kar.value);
  EXPECT_THAT(ask(http::Method::get, at + "/duong-dan?ky=" + code, *secretary).body(), HasSubstr("Đường dẫn điền phiếu: Rà soát nước sạch trường học"));
  const auto made = ask(http::Method::post, at + "/duong-dan?ky=" + code, *secretary, {{fmt::format("d.{}", commune().thon_8.value), "1"}, {"den-ngay", "20/6/2026"}});
  EXPECT_EQ(made.status(), http::Status::ok) << made.body();
  EXPECT_THAT(made.body(), HasSubstr("/l/"));
  const auto asked = ask(http::Method::get, at + "/cach-tinh?ky=" + code, *secretary);
  ASSERT_EQ(asked.status(), http::Status::ok);
  const std::string page(asked.body());
  const std::string digest = page.substr(page.find("name=\"xem\" value=\"") + 18, 64);
  EXPECT_EQ(ask(http::Method::post, at + "/cach-tinh?ky=" + code, *secretary, {{"xem", digest}}).status(), http::Status::see_other);
  EXPECT_EQ(ask(http::Method::post, at + "/cau-hoi?ky=" + code, *secretary, {{"nghia", "trong"}}).status(), http::Status::see_other);
}

TEST_P(RequestPages, A_link_opens_the_form_of_the_request) {
  const NamedPeriod days = store().read([&](db::Reader& reader) { return request_window(reader, *small->house, code).value(); });
  const auto made = store().write([&](db::Writer& writer) { return make_link(writer, *small->house, secretary->viewer, commune().thon_8, days, Day::of(2026, 6, 20), "Rà soát nước sạch"); });
  ASSERT_TRUE(made) << made.error().message;
  const auto with = [&](http::Method method, const std::string& target, const std::string& cookie, const std::string& body) {
    http::Request request = *http::Request::make(method, target);
    if (!cookie.empty()) request.with_header("Cookie", cookie);
    if (method == http::Method::post) request.with_body(body, "application/x-www-form-urlencoded");
    request.remote_address = "10.0.0.9";
    return router->handle(std::move(request));
  };
  const auto entered = with(http::Method::post, "/l/" + made->token, {}, "ten=Nguy%E1%BB%85n+V%C4%83n+B%C3%ACnh");
  ASSERT_EQ(entered.status(), http::Status::see_other);
  const std::string cookie(entered.header("Set-Cookie").substr(0, entered.header("Set-Cookie").find(';')));
  const auto shown = with(http::Method::get, "/l/" + made->token, cookie, {});
  EXPECT_THAT(shown.body(), AllOf(HasSubstr(field("c", commune().thon_8, figures[0])), HasSubstr(field("c", commune().thon_8, figures[1])), HasSubstr(field("lv", commune().thon_8, words)), Not(HasSubstr(".B01\""))));
  const auto links = store().read([&](db::Reader& reader) { return std::pair(links_of(reader, commune().ea_kar, days).size(), links_of(reader, commune().ea_kar, first_half()).size()); });
  EXPECT_EQ(links, (std::pair<std::size_t, std::size_t>(1, 0)));
}

}  // namespace
}  // namespace khuyenhoc
