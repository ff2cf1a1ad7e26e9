#include "platform/http/router.h"

#include <gmock/gmock.h>

#include "base/i18n.h"
#include "platform/http/answer.h"
#include "platform/http/compression.h"
#include "platform/http/error_page.h"

namespace khuyenhoc::http {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Handler says(std::string text) {
  return [text](Request&) { return Response::text(text); };
}

struct Shop {
  Router router;
  std::vector<std::string> failures;
  Shop() {
    router.add(Method::get, "/", says("home"), {"public", "home"});
    router.add(Method::get, "/don-vi/{id:number}", [](Request& request) { return Response::text("body " + std::to_string(request.number("id"))); }, {"see_figures", "a body"});
    router.add(Method::get, "/don-vi/moi", says("new body"));
    router.add(Method::get, "/don-vi/{name}", [](Request& request) { return Response::text("named " + std::string(request.parameter("name"))); });
    router.add(Method::post, "/don-vi/{id:number}", [](Request& request) { return Response::text("saved " + request.text("ten")); });
    router.add(Method::remove, "/don-vi/{id:number}", says("removed"));
    router.add(Method::get, "/tep/{path:rest}", [](Request& request) { return Response::text(std::string(request.parameter("path"))); });
    router.add(Method::get, "/ban-ghi/{key:uuid}", [](Request& request) { return Response::text(std::string(request.parameter("key"))); });
    router.add(Method::get, "/hong", [](Request&) -> Response { throw std::runtime_error("the store is gone"); });
    router.on_failure([this](const Request&, std::string_view what) { failures.emplace_back(what); });
  }
};

struct Case {
  Method method;
  const char* target;
  Status status;
  const char* contains;
};

TEST(Router, Every_address_finds_its_handler_or_an_explanation) {
  const Shop shop;
  const Case cases[] = {
      {Method::get, "/", Status::ok, "home"},
      {Method::head, "/", Status::ok, "home"},
      {Method::get, "/?a=1", Status::ok, "home"},
      {Method::get, "/don-vi/7", Status::ok, "body 7"},
      {Method::get, "/don-vi/moi", Status::ok, "new body"},
      {Method::get, "/don-vi/Ea%20Kar", Status::ok, "named Ea Kar"},
      {Method::get, "/don-vi/a%2Fb", Status::ok, "named a/b"},
      {Method::get, "/don-vi/99999999999999999999", Status::ok, "named 9"},
      {Method::remove, "/don-vi/7", Status::ok, "removed"},
      {Method::get, "/tep/a/b/c.txt", Status::ok, "a/b/c.txt"},
      {Method::get, "/ban-ghi/0197a000-0000-7000-8000-000000000001", Status::ok, "0197a000"},
      {Method::get, "/ban-ghi/khong", Status::not_found, "Không tìm thấy"},
      {Method::get, "/don-vi", Status::not_found, "Không tìm thấy"},
      {Method::get, "/don-vi/", Status::not_found, "Không tìm thấy"},
      {Method::get, "/don-vi/7/", Status::not_found, "Không tìm thấy"},
      {Method::get, "/don-vi/%ff", Status::not_found, "Không tìm thấy"},
      {Method::get, "/tep/", Status::not_found, "Không tìm thấy"},
      {Method::post, "/don-vi/moi", Status::method_not_allowed, "không nhận"},
      {Method::put, "/", Status::method_not_allowed, "không nhận"},
      {Method::get, "/hong", Status::internal_error, "trục trặc"},
      {Method::options, "/", Status::no_content, ""},
  };
  for (const Case& one : cases) {
    auto request = Request::make(one.method, one.target);
    ASSERT_TRUE(request) << one.target;
    const Response response = shop.router.handle(std::move(*request));
    EXPECT_EQ(response.status(), one.status) << one.target;
    EXPECT_THAT(std::string(response.body()), HasSubstr(one.contains)) << one.target;
  }
  EXPECT_THAT(shop.failures, ElementsAre("the store is gone"));
}

TEST(Router, A_wrong_method_is_told_the_right_ones) {
  const Shop shop;
  auto request = Request::make(Method::put, "/don-vi/7");
  EXPECT_EQ(shop.router.handle(std::move(*request)).header("Allow"), "GET, HEAD, POST, DELETE, OPTIONS");
}

TEST(Router, A_form_reaches_the_handler_normalised_and_a_broken_one_does_not) {
  const Shop shop;
  EXPECT_EQ(shop.router.handle(Request::post("/don-vi/7", {{"ten", "  Chi ho\u0323\u0302i   1 "}})).body(), "saved Chi hội 1");
  Request broken = Request::post("/don-vi/7", {});
  broken.with_body("ten=%zz", "application/x-www-form-urlencoded");
  const Response response = shop.router.handle(std::move(broken));
  EXPECT_EQ(response.status(), Status::bad_request);
  EXPECT_THAT(std::string(response.body()), HasSubstr("chữ bị hỏng"));
}

TEST(Router, Routes_can_be_listed_with_what_is_true_of_them) {
  const Shop shop;
  ASSERT_EQ(shop.router.routes().size(), 9U);
  EXPECT_EQ(shop.router.routes()[1]->pattern, "/don-vi/{id:number}");
  EXPECT_EQ(shop.router.routes()[1]->info.access, "see_figures");
  EXPECT_EQ(shop.router.find(Method::head, "/don-vi/7"), shop.router.routes()[1].get());
  EXPECT_EQ(shop.router.find(Method::put, "/don-vi/7"), nullptr);
}

struct Visitor {
  std::string name;
};

TEST(Router, Steps_stand_around_the_handler_from_outside_in_and_may_answer_themselves) {
  Router router;
  std::vector<std::string> order;
  router.around([&](Request& request, const Next& next) {
    order.emplace_back(request.route == nullptr ? "outer, unknown" : "outer");
    request.attach(std::make_shared<Visitor>(Visitor{"bà Liên"}));
    return next().header("X-Step", "outer");
  });
  router.around([&](Request& request, const Next& next) {
    order.emplace_back("inner");
    if (request.route != nullptr && request.route->info.access == "nobody") return Response::redirect("/dang-nhap");
    return next();
  });
  router.add(Method::get, "/a", [](Request& request) { return Response::text(request.attached<Visitor>()->name); });
  router.add(Method::get, "/b", says("secret"), {"nobody", ""});
  EXPECT_EQ(router.handle(Request::get("/a")).body(), "bà Liên");
  EXPECT_EQ(router.handle(Request::get("/b")).header("Location"), "/dang-nhap");
  EXPECT_EQ(router.handle(Request::get("/c")).status(), Status::not_found);
  EXPECT_THAT(order, ElementsAre("outer", "inner", "outer", "inner", "outer, unknown", "inner"));
}

TEST(Router, The_error_page_of_the_field_replaces_the_plain_one_and_may_fail_too) {
  Router router;
  router.on_error([](const Request&, Status status, std::string_view explanation) -> Response {
    if (status == Status::internal_error) throw std::runtime_error("again");
    return Response::text("own: " + std::string(explanation), status);
  });
  router.on_failure([](const Request&, std::string_view) {});
  router.add(Method::get, "/hong", [](Request&) -> Response { throw 7; });
  EXPECT_THAT(std::string(router.handle(Request::get("/x")).body()), HasSubstr("own: Địa chỉ đã đổi"));
  const Response response = router.handle(Request::get("/hong"));
  EXPECT_EQ(response.status(), Status::internal_error);
  EXPECT_THAT(std::string(response.body()), HasSubstr("<h1>Máy chủ gặp trục trặc</h1>"));
}

TEST(Error_page, It_speaks_the_language_of_the_request) {
  const LanguageScope english(Language::english);
  const Response response = plain_error_page(Request::get("/x"), Status::not_found, error_explanation(Status::not_found));
  EXPECT_THAT(std::string(response.body()), HasSubstr("<html lang=\"en\">"));
  EXPECT_THAT(std::string(response.body()), HasSubstr("Page not found"));
  EXPECT_THAT(std::string(response.body()), Not(HasSubstr("trang")));
}

TEST(Request, Addresses_that_are_no_path_are_refused) {
  for (const char* wrong : {"", "x", "*", "javascript:x", "/a?b=%zz", "ftp://a/b"}) EXPECT_FALSE(Request::make(Method::get, wrong)) << wrong;
  EXPECT_EQ(Request::make(Method::get, "http://khuyenhoc.vn/a?b=1")->path, "/a");
  EXPECT_EQ(Request::get("/a?ky=2026-H1&trang=2#x").query_number("trang"), 2);
  EXPECT_EQ(Request::get("/a?trang=2x").query_number("trang"), std::nullopt);
}

TEST(Response, A_downloaded_file_keeps_its_vietnamese_name) {
  const Response response = Response::download(std::make_shared<const std::string>("x"), "application/pdf", "Báo cáo \"6 tháng\".pdf");
  EXPECT_EQ(response.header("Content-Disposition"), "attachment; filename=\"bao-cao-6-thang.pdf\"; filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20%226%20th%C3%A1ng%22.pdf");
}

TEST(Response, Cookies_are_closed_to_scripts_and_to_other_sites) {
  Response response = Response::empty();
  response.set_cookie({"phien", "abc", Cookie::Lifetime::lasting, 3'600});
  response.set_cookie({"b", "c", Cookie::Lifetime::session, 0, Cookie::Transport::any});
  EXPECT_EQ(response.header("Set-Cookie"), "phien=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600; Secure");
  EXPECT_EQ(response.headers().back().second, "b=c; Path=/; HttpOnly; SameSite=Lax");
}

TEST(Compression, The_browser_chooses_and_brotli_comes_first) {
  EXPECT_EQ(accepted_encoding("gzip, deflate, br"), Encoding::brotli);
  EXPECT_EQ(accepted_encoding("gzip;q=1.0, br;q=0.5"), Encoding::gzip);
  EXPECT_EQ(accepted_encoding("br;q=0, gzip"), Encoding::gzip);
  EXPECT_EQ(accepted_encoding("*"), Encoding::brotli);
  EXPECT_EQ(accepted_encoding("identity, *;q=0"), Encoding::plain);
  EXPECT_EQ(accepted_encoding(""), Encoding::plain);
  EXPECT_EQ(accepted_encoding("br;q=nonsense"), Encoding::plain);
}

TEST(Answer, A_page_is_never_kept_and_runs_nothing_inline) {
  const Answer answer = make_answer(Request::get("/"), Response::text("x"), {Compression::automatic, security_headers("/bao-vi-pham", StrictTransport::off)}, Connection::keep);
  EXPECT_THAT(answer.head, HasSubstr("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer.head, HasSubstr("script-src 'self';"));
  EXPECT_THAT(answer.head, HasSubstr("report-uri /bao-vi-pham\r\n"));
  EXPECT_THAT(answer.head, Not(HasSubstr("unsafe")));
  EXPECT_THAT(answer.head, HasSubstr("Cache-Control: no-store\r\n"));
  EXPECT_THAT(answer.head, HasSubstr("Content-Length: 1\r\n"));
}

TEST(Answer, Who_has_the_page_already_is_told_so) {
  const AnswerRules rules;
  const auto ask = [&](std::string_view tag) { return make_answer(Request::get("/").with_header("If-None-Match", tag), Response::text("x").etag("7"), rules, Connection::keep); };
  EXPECT_EQ(ask("W/\"6\", \"7\"").status, Status::not_modified);
  EXPECT_EQ(ask("W/\"6\", \"7\"").body, nullptr);
  EXPECT_EQ(ask("\"8\"").status, Status::ok);
}

TEST(Answer, Dates_are_written_as_http_wants_them) { EXPECT_EQ(http_date(1'795'315'260), "Sun, 22 Nov 2026 02:41:00 GMT"); }

}  // namespace
}  // namespace khuyenhoc::http
