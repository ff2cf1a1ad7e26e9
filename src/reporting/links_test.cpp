// A branch's form through a link without a password, zeros as one step, reasons at cells, news of others.
#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "reporting/reporting.h"
#include "reporting/reporting_fixture.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class FormLinks : public OnSmallHouse {
 protected:
  struct Device {
    std::string cookie;                     // "ghi_7=…"
    std::string csrf;
  };

  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    small->house->figures_confirmed = [this](db::Writer&, const Viewer& viewer, BodyId branch, Period, std::string_view) -> Result<void> {
      confirmed_.emplace_back(branch, viewer.name());
      return {};
    };
    small->house->entry_lock = [this](db::Reader&, BodyId, BodyId, Period, std::string_view) -> Result<void> { return locked_.empty() ? Result<void>{} : refuse("entry.locked", locked_); };
    router = std::make_unique<http::Router>();
    Pages pages(*router, *small->house);
    small->house->asked_by_rounds = [this](db::Reader&, BodyId, Period) { return std::vector<AskedByRound>{{{}, "bao_cao", "bao_cao", {}, "Báo cáo 6 tháng đầu năm 2026", due_, "/dot-bao-cao/1"}}; };
    add_reporting_pages(pages);
    secretary.emplace(small->sign_in("0912345678", "Bà", "Trần Kim Liên", commune().ea_kar, "Thư ký"));
  }
  void TearDown() override {
    router.reset();
    OnSmallHouse::TearDown();
  }

  http::Response ask(http::Method method, const std::string& target, const std::string& cookie, const std::string& body = {}, std::string_view type = {}, const std::string& csrf = {}, const std::string& from = "10.0.0.1") {
    http::Request request = *http::Request::make(method, target);
    if (!cookie.empty()) request.with_header("Cookie", cookie);
    if (!csrf.empty()) request.with_header("X-CSRF-Token", csrf);
    if (type == "application/json") request.with_header("Accept", "application/json");
    if (method == http::Method::post) request.with_body(body, type.empty() ? "application/x-www-form-urlencoded" : type);
    request.remote_address = from;
    return router->handle(std::move(request));
  }
  static std::string fields(const std::vector<std::pair<std::string, std::string>>& all) {
    std::string out;
    for (const auto& [name, value] : all) out += (out.empty() ? "" : "&") + html::percent_encoded(name) + "=" + html::percent_encoded(value);
    return out;
  }
  std::string session() const { return "phien=" + secretary->token; }
  http::Response as_secretary(const std::string& target) { return ask(http::Method::get, target, session()); }
  http::Response as_secretary(const std::string& target, std::vector<std::pair<std::string, std::string>> all) {
    all.emplace_back("csrf", secretary->viewer.csrf());
    return ask(http::Method::post, target, session(), fields(all));
  }
  std::string place(std::string_view what, std::string_view period = "2026-H1") const { return fmt::format("/nhap-so-lieu/{}/{}?ky={}", commune().ea_kar.value, what, period); }
  static std::string between(std::string_view text, std::string_view before, std::string_view after) {
    const auto at = text.find(before);
    if (at == std::string_view::npos) return {};
    const auto from = at + before.size();
    return std::string(text.substr(from, text.find(after, from) - from));
  }

  // The address of a fresh link to Thôn 8, as it stands in the message.
  std::string link(const std::string& until = "10/6/2026", std::string_view period = "2026-H1") {
    const auto made = as_secretary(place("duong-dan", period), {{fmt::format("d.{}", commune().thon_8.value), "1"}, {"den-ngay", until}});
    EXPECT_EQ(made.status(), http::Status::ok) << made.body();
    const std::string token = between(made.body(), "/l/", " ");
    EXPECT_GE(token.size(), 43U);
    return "/l/" + token;
  }
  Device enter(const std::string& address, const std::string& name = "Nguyễn Văn Bình") {
    const auto begun = ask(http::Method::post, address, {}, fields({{"ten", name}}));
    EXPECT_EQ(begun.status(), http::Status::see_other) << begun.body();
    const std::string set(begun.header("Set-Cookie"));
    EXPECT_THAT(set, AllOf(HasSubstr("HttpOnly"), HasSubstr("SameSite=Lax"), HasSubstr("Path=/l/")));
    Device device{set.substr(0, set.find(';')), {}};
    const auto page = ask(http::Method::get, address, device.cookie);
    device.csrf = between(page.body(), "csrf-token\" content=\"", "\"");
    return device;
  }
  json::object save(const std::string& address, const Device& device, const json::array& cells) {
    const auto answer = ask(http::Method::post, address + "/o", device.cookie, json::serialize(json::object{{"cells", cells}}), "application/json", device.csrf);
    EXPECT_EQ(answer.status(), http::Status::ok) << answer.body();
    return json::parse(answer.body()).as_object();
  }
  static json::object cell(BodyId body, std::string_view measure, json::value value, std::string_view version) {
    return {{"body", std::to_string(body.value)}, {"measure", measure}, {"value", std::move(value)}, {"version", version}};
  }
  std::vector<std::string> trail(BodyId body) {
    return small->house->store.read([&](db::Reader& reader) {
      std::vector<std::string> out;
      for (const AuditEntry& entry : small->trail->of_body(reader, body, 0, 100)) out.push_back(entry.after_json);
      return out;
    });
  }

  std::unique_ptr<http::Router> router;
  std::optional<SmallHouse::Person> secretary;
  std::optional<Day> due_ = Day::of(2026, 6, 10);
  std::string locked_;
  std::vector<std::pair<BodyId, std::string>> confirmed_;
};
ON_BOTH_STORES(FormLinks);

TEST_P(FormLinks, A_link_opens_one_form_by_a_name_and_saves_as_one_goes) {
  const std::string address = link();
  const auto first = ask(http::Method::get, address, {});
  EXPECT_EQ(first.status(), http::Status::ok);
  EXPECT_THAT(first.body(), AllOf(HasSubstr("Chi hội Thôn 8"), HasSubstr("Báo cáo 6 tháng đầu năm 2026"), HasSubstr("name=\"ten\""), Not(HasSubstr("data-island"))));
  EXPECT_THAT(ask(http::Method::post, address, {}, fields({{"ten", " "}})).body(), HasSubstr("Xin ghi họ và tên người ghi số liệu."));

  const Device device = enter(address);
  const auto page = ask(http::Method::get, address, device.cookie);
  EXPECT_THAT(page.body(), AllOf(HasSubstr("data-island=\"phone-form\""), HasSubstr("Xác nhận đã ghi đủ"), HasSubstr("inputmode=\"numeric\""), HasSubstr("Nguyễn Văn Bình")));
  EXPECT_THAT(page.body(), Not(HasSubstr("Trần Kim Liên"))) << "no names of persons";
  EXPECT_THAT(page.body(), Not(HasSubstr("/tep"))) << "no downloads";
  EXPECT_EQ(page.header("X-Robots-Tag"), "noindex, nofollow");

  const auto answer = save(address, device, {cell(commune().thon_8, "B01", 120, "0"), cell(commune().thon_11, "B01", 99, "0")});
  EXPECT_EQ(answer.at("cells").as_array()[0].at("state").as_string(), "saved");
  EXPECT_EQ(answer.at("cells").as_array()[1].at("state").as_string(), "refused") << "only its own branch";
  EXPECT_EQ(small->stated(commune().thon_8, "B01"), 120);
  EXPECT_EQ(small->stated(commune().thon_11, "B01"), std::nullopt);
  EXPECT_THAT(trail(commune().thon_8), testing::Contains(AllOf(HasSubstr("Tổng số hội viên"), HasSubstr("qua đường dẫn, người ghi Nguyễn Văn Bình"))));

  const auto done = ask(http::Method::post, address + "/gui", device.cookie, fields({}), {}, device.csrf);
  EXPECT_EQ(done.status(), http::Status::see_other);
  ASSERT_EQ(confirmed_.size(), 1U);
  EXPECT_EQ(confirmed_[0], std::pair(commune().thon_8, std::string("Nguyễn Văn Bình, qua đường dẫn")));
  EXPECT_THAT(ask(http::Method::get, address, device.cookie).body(), HasSubstr("Đã xác nhận ghi đủ lúc"));
  EXPECT_THAT(as_secretary(place("duong-dan")).body(), AllOf(HasSubstr("Đã gửi lúc"), HasSubstr("Người ghi: Nguyễn Văn Bình.")));
}

TEST_P(FormLinks, Only_the_digest_is_kept_and_nobody_writes_without_the_devices_own_token) {
  const std::string address = link();
  const Device device = enter(address);
  const std::string body = json::serialize(json::object{{"cells", json::array{cell(commune().thon_8, "B01", 5, "0")}}});
  EXPECT_EQ(ask(http::Method::post, address + "/o", {}, body, "application/json", device.csrf).status(), http::Status::unauthorised);
  EXPECT_NE(ask(http::Method::post, address + "/o", device.cookie, body, "application/json").status(), http::Status::ok);
  EXPECT_NE(ask(http::Method::post, address + "/o", device.cookie, body, "application/json", "somebody else's").status(), http::Status::ok);
  const Device other = enter(link(), "Người Khác");                     // the first link ended with the second
  EXPECT_EQ(ask(http::Method::get, address, device.cookie).status(), http::Status::gone);
  EXPECT_NE(ask(http::Method::post, address + "/o", other.cookie, body, "application/json", other.csrf).status(), http::Status::ok);
  EXPECT_EQ(small->stated(commune().thon_8, "B01"), std::nullopt);
}

TEST_P(FormLinks, After_its_day_or_revoked_it_says_whom_to_call) {
  small->house->store.write([&](db::Writer& writer) {
    EXPECT_TRUE(keep_contact(writer, small->keys, {}, {commune().ea_kar, "Bà Trần Kim Liên", "0912345678", 0}));
  });
  EXPECT_EQ(as_secretary(place("duong-dan"), {{fmt::format("d.{}", commune().thon_8.value), "1"}, {"den-ngay", "7/6/2026"}}).status(), http::Status::unprocessable) << "yesterday";
  EXPECT_EQ(as_secretary(place("duong-dan"), {{"den-ngay", "10/6/2026"}}).status(), http::Status::unprocessable) << "nobody ticked";
  EXPECT_EQ(as_secretary(place("duong-dan"), {{fmt::format("d.{}", commune().thon_5.value), "1"}, {"den-ngay", "10/6/2026"}}).status(), http::Status::unprocessable) << "another commune's";
  const std::string address = link();
  const Device device = enter(address);
  const std::string id = between(device.cookie, "ghi_", "=");
  EXPECT_EQ(as_secretary(place("duong-dan/thu-hoi"), {{"thu-hoi", id}}).status(), http::Status::see_other);
  const auto page = ask(http::Method::get, address, device.cookie);
  EXPECT_EQ(page.status(), http::Status::gone);
  EXPECT_THAT(page.body(), AllOf(HasSubstr("đã được thu hồi"), HasSubstr("xin gọi Hội Khuyến học xã Ea Kar"), HasSubstr("0912"), Not(HasSubstr("Trần Kim Liên"))));
  const auto typed = ask(http::Method::post, address + "/o", device.cookie, "{\"cells\":[]}", "application/json", device.csrf);
  EXPECT_EQ(typed.status(), http::Status::unprocessable);
  EXPECT_THAT(typed.body(), HasSubstr("đã được thu hồi")) << "the island says it and keeps what was typed";
}

TEST_P(FormLinks, Guessing_is_answered_politely_and_then_no_more) {
  for (int i = 0; i < 30; ++i) EXPECT_EQ(ask(http::Method::get, fmt::format("/l/guess{}", i), {}).status(), http::Status::not_found);
  EXPECT_EQ(ask(http::Method::get, "/l/guess", {}).status(), http::Status::too_many_requests);
  EXPECT_EQ(ask(http::Method::get, "/l/guess", {}, {}, {}, {}, "10.0.0.2").status(), http::Status::not_found) << "others are not kept waiting";
}

TEST_P(FormLinks, A_report_sent_meanwhile_refuses_the_cell_in_words) {
  const std::string address = link();
  const Device device = enter(address);
  locked_ = "Chi hội Thôn 8 đã xác nhận số liệu lúc 9 giờ.";
  const auto answer = save(address, device, {cell(commune().thon_8, "B01", 120, "0")});
  const auto& first = answer.at("cells").as_array()[0].as_object();
  EXPECT_EQ(first.at("state").as_string(), "refused");
  EXPECT_EQ(first.at("message").as_string(), locked_);
  EXPECT_THAT(ask(http::Method::get, address, device.cookie).body(), AllOf(HasSubstr(locked_), HasSubstr("readonly"), Not(HasSubstr("sendbar"))));
}

TEST_P(FormLinks, Somebody_elses_figure_is_shown_without_a_name_and_never_overwritten) {
  const std::string address = link();
  const Device device = enter(address);
  const auto page = ask(http::Method::get, address, device.cookie);
  const std::string position = between(page.body(), "data-news=\"", "\"");
  EXPECT_EQ(json::parse(ask(http::Method::get, address + "/moi?tu=" + position, device.cookie).body()).as_object().contains("cells"), false) << "nothing new";
  small->save(secretary->viewer, commune().ea_kar, {{commune().thon_8, "B01", 118, 0}});
  const auto news = ask(http::Method::get, address + "/moi?tu=" + position, device.cookie);
  EXPECT_THAT(news.body(), AllOf(HasSubstr("\"value\":118"), Not(HasSubstr("Liên"))));
  const auto answer = save(address, device, {cell(commune().thon_8, "B01", 120, "0")});
  EXPECT_EQ(answer.at("cells").as_array()[0].at("state").as_string(), "stale");
  EXPECT_THAT(std::string(answer.at("cells").as_array()[0].at("message").as_string()), AllOf(HasSubstr("Người khác vừa ghi 118"), Not(HasSubstr("Liên"))));
  EXPECT_EQ(small->stated(commune().thon_8, "B01"), 118);
}

TEST_P(FormLinks, A_large_change_is_not_sent_without_its_reason) {
  const NamedPeriod second_half = *Periods::house().named("bao_cao", "H2", 2026);
  small->state(commune().thon_8, "B01", *Periods::house().named("bao_cao", "H2", 2025), 100);
  const std::string address = link("10/6/2026", "2026-H2");
  const Device device = enter(address);
  const auto answer = save(address, device, {cell(commune().thon_8, "B01", 150, "0")});
  ASSERT_EQ(answer.at("reasons_wanted").as_array().size(), 1U);
  const auto refused = ask(http::Method::post, address + "/gui", device.cookie, fields({}), {}, device.csrf);
  EXPECT_EQ(refused.status(), http::Status::unprocessable);
  EXPECT_THAT(refused.body(), HasSubstr("Xin ghi lý do."));
  EXPECT_TRUE(confirmed_.empty());
  json::object reason{{"body", std::to_string(commune().thon_8.value)}, {"measure", "ly.B01"}, {"value", nullptr}, {"text", "Nhập thôn 9 vào thôn 8"}, {"version", ""}};
  EXPECT_EQ(save(address, device, {reason}).at("cells").as_array()[0].at("state").as_string(), "saved");
  EXPECT_EQ(ask(http::Method::post, address + "/gui", device.cookie, fields({}), {}, device.csrf).status(), http::Status::see_other);
  EXPECT_EQ(confirmed_.size(), 1U);
  EXPECT_THAT(as_secretary(fmt::format("/nhap-so-lieu/{}?ky=2026-H2", commune().ea_kar.value)).body(), HasSubstr("Nhập thôn 9 vào thôn 8")) << "whoever receives it reads it at the cell";
  const BodyId bodies[] = {commune().thon_8};
  const auto kept = small->house->store.read([&](db::Reader& reader) { return figure_reasons(reader, bodies, second_half.period); });
  ASSERT_EQ(kept.size(), 1U);
  reason["text"] = "Khác";                     // over another one, unseen
  EXPECT_EQ(save(address, device, {reason}).at("cells").as_array()[0].at("state").as_string(), "stale");
}

TEST_P(FormLinks, Zeros_go_into_blank_cells_of_ticked_branches_and_back_as_one_step) {
  small->state(commune().thon_8, "B01", first_half(), 120);
  small->state(commune().thon_11, "B01", *Periods::house().named("bao_cao", "H2", 2025), 80);
  const auto page = as_secretary(place("ghi-so-0"));
  ASSERT_EQ(page.status(), http::Status::ok) << page.body();
  EXPECT_THAT(page.body(), AllOf(HasSubstr("Đã đánh dấu sẵn: ghi 0 vào"), HasSubstr("của 1 đơn vị."), HasSubstr("Chưa ghi số nào")));
  const std::string name = fmt::format("o.{}", commune().thon_8.value);
  const std::string cells = between(page.body(), fmt::format("name=\"{}\" value=\"", name), "\"");
  ASSERT_THAT(cells, HasSubstr("B02:0"));
  EXPECT_THAT(cells, Not(HasSubstr("B01")));
  small->state(commune().thon_8, "B03", first_half(), 7);              // somebody fills one in meanwhile
  const auto done = as_secretary(place("ghi-so-0"), {{fmt::format("d.{}", commune().thon_8.value), "1"}, {name, cells}});
  EXPECT_EQ(done.status(), http::Status::see_other);
  EXPECT_EQ(small->stated(commune().thon_8, "B02"), 0);
  EXPECT_EQ(small->stated(commune().thon_8, "B03"), 7);
  EXPECT_EQ(small->stated(commune().thon_11, "B02"), std::nullopt);
  EXPECT_EQ(small->stated(commune().thon_8, "B01"), 120);

  const auto grid = as_secretary(fmt::format("/nhap-so-lieu/{}?ky=2026-H1", commune().ea_kar.value));
  const std::string undo = between(grid.body(), "formaction=\"", "\"");
  ASSERT_THAT(undo, HasSubstr("ghi-so-0/"));
  small->state(commune().thon_8, "D02", first_half(), 4);              // changed since: it stays
  std::string address = undo;
  for (auto at = address.find("&amp;"); at != std::string::npos; at = address.find("&amp;")) address.replace(at, 5, "&");
  EXPECT_EQ(as_secretary(address, {}).status(), http::Status::see_other);
  EXPECT_EQ(small->stated(commune().thon_8, "B02"), std::nullopt);
  EXPECT_EQ(small->stated(commune().thon_8, "D02"), 4);
  EXPECT_EQ(as_secretary(address, {}).status(), http::Status::unprocessable) << "once";
}

TEST_P(FormLinks, The_session_that_is_signed_in_now_tells_its_token) {
  const auto answer = as_secretary("/nhap-so-lieu/phien");
  const auto told = json::parse(answer.body()).as_object();
  EXPECT_EQ(told.at("user").as_string(), std::to_string(secretary->user.value));
  EXPECT_FALSE(told.at("csrf").as_string().empty());
}

TEST_P(FormLinks, The_grid_is_told_what_others_saved) {
  const auto page = as_secretary(fmt::format("/nhap-so-lieu/{}?ky=2026-H1", commune().ea_kar.value));
  const std::string position = between(page.body(), "data-news=\"", "\"");
  ASSERT_FALSE(position.empty());
  const auto quiet = json::parse(as_secretary(place("moi") + "&phan=chi-hoi&tu=" + position).body()).as_object();
  EXPECT_FALSE(quiet.contains("cells"));
  small->save(small->viewer_at(commune().thon_8, Grant::Reach::alone), commune().ea_kar, {{commune().thon_8, "D02", 6'400'000, 0}});
  const auto news = json::parse(as_secretary(place("moi") + "&phan=chi-hoi&tu=" + position).body()).as_object();
  ASSERT_EQ(news.at("cells").as_array().size(), 1U);
  EXPECT_EQ(news.at("cells").as_array()[0].at("value").as_int64(), 6'400) << "in thousands, as the column";
  EXPECT_EQ(news.at("totals").at("all").at("D02").as_int64(), 6'400);
  EXPECT_TRUE(json::parse(as_secretary(place("moi") + "&phan=chi-hoi&tu=of-another-process.1").body()).as_object().contains("cells"));
}

}  // namespace
}  // namespace khuyenhoc
