// For tests of the start: a house with the small territory and nobody in it, and the first run's form as a browser sends it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "organisation/in_charge.h"
#include "shell/house_fixture.h"
#include "starting/starting.h"

namespace khuyenhoc {

class OnEmptyHouse : public OnSmallHouse {
 protected:
  void add_pages(Pages& pages) override { add_starting_pages(pages); }
  void found_bodies() override {}
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    const auto opened = open_first_run(house());
    ASSERT_TRUE(opened) << opened.error().message;
    ASSERT_TRUE(*opened);
    code = **opened;
  }

  using Fields = std::map<std::string, std::string>;
  // Complete and right; a test changes what it is about.
  Fields province_fields() const {
    return {{"ma", code},          {"la", "tinh"},         {"tinh", "66"},  {"born", "01/7/2025"},     {"communes_how", "sau"},        {"salutation", "Bà"},
            {"person_name", "Trần Kim Liên"}, {"post", "thu_ky"}, {"telephone", "0912 345 678"}, {"password", "con chim non rũ cánh"}, {"again", "con chim non rũ cánh"}};
  }
  http::Response send(const Fields& fields, const std::vector<std::string>& communes = {}) {
    std::string body;
    for (const auto& [name, value] : fields) body += (body.empty() ? "" : "&") + name + "=" + html::percent_encoded(value);
    for (const std::string& commune : communes) body += "&commune=" + commune;
    http::Request request = http::Request::post("/bat-dau", {});
    request.with_body(std::move(body), "application/x-www-form-urlencoded");
    return router().handle(std::move(request));
  }
  http::Response open(std::string_view target) { return router().handle(http::Request::get(target)); }
  std::string with_code(std::string_view more = {}) const { return "/bat-dau?ma=" + code + std::string(more); }

  OrganisationView bodies() { return house().organisation.current(); }
  std::size_t accounts() {
    return store().read([](db::Reader& reader) { return has_accounts(reader); }) ? 1U : 0U;
  }
  // What the browser got to stay signed in.
  static std::string session_of(const http::Response& answer) {
    for (const auto& [name, value] : answer.headers())
      if (name == "Set-Cookie" && value.starts_with(std::string(session_cookie) + "=")) return value.substr(session_cookie.size() + 1, value.find(';') - session_cookie.size() - 1);
    return {};
  }

  std::string code;
};

}  // namespace khuyenhoc
