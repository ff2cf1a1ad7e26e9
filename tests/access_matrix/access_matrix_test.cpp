// Walks the whole route table with every role, inside and outside its scope (design 9). What lies outside answers exactly as what does not exist.
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include <gmock/gmock.h>

#include "access_table.h"
#include "app/rooms.h"
#include "offices.h"
#include "platform/db/archive_tables.h"

namespace khuyenhoc {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Answer {
  int status = 0;
  std::string body, location;
};

class AccessMatrix : public OnOffices {
 protected:
  // What an address is about: none for routes about nothing in particular.
  struct Place {
    std::string name;
    std::int64_t id = 0;
  };

  void add_pages(Pages& pages) override { pages_house_ = &pages.house(); }
  void SetUp() override {
    OnOffices::SetUp();
    if (IsSkipped()) return;
    router_.emplace();
    add_rooms(*router_, *pages_house_);
  }
  void TearDown() override {
    router_.reset();
    OnOffices::TearDown();
  }
  const http::Router& rooms() const { return *router_; }

  enum class Token { sent, missing };
  Answer ask(const Role& role, http::Method method, const std::string& target, Token token = Token::sent) {
    http::Request request = method == http::Method::get ? http::Request::get(target) : http::Request::post(target, {});
    if (!role.person.token.empty()) request.with_header("Cookie", fmt::format("{}={}", session_cookie, role.person.token));
    if (token == Token::sent) request.with_header("X-CSRF-Token", role.person.csrf);
    const auto answer = rooms().handle(std::move(request));
    return {static_cast<int>(answer.status()), std::string(answer.body()), std::string(answer.header("Location"))};
  }

  std::vector<Place> places(About about) const {
    std::vector<Place> out;
    if (about == About::a_body)
      for (const auto& [name, body] : bodies) out.push_back({name, body.value});
    else if (about == About::a_unit)
      for (const auto& [name, unit] : units) out.push_back({name, unit.value});
    else if (about == About::a_user)
      out = {{"the secretary of Ea Ô", secretary_of_ea_o.value}, {"no user", 98'765'432}};
    else
      out.push_back({});
    return out;
  }
  std::string target(const RouteRule& rule, const Place& place) const {
    std::string out(rule.pattern);
    bool first = true;
    for (auto open = out.find('{'); open != std::string::npos; open = out.find('{')) {
      const auto close = out.find('}', open);
      out.replace(open, close - open + 1, std::to_string(first ? place.id : small.thon_2.value));
      first = false;
    }
    return out;
  }
  static bool opens(const RouteRule& rule, const Role& role, const Place& place) {
    if (rule.opens == Opens::to_everybody) return true;
    if (!role.signed_in) return false;
    if (rule.opens == Opens::to_whoever_signed_in) return true;
    if (!role.permissions.contains(*rule.needs)) return false;
    if (rule.about == About::a_body) return role.bodies.contains(place.name);
    if (rule.about == About::a_unit) return role.units.contains(place.name);
    if (rule.about == About::a_user) return place.name == "the secretary of Ea Ô" && role.bodies.contains("Ea Ô");
    return true;
  }
  Statuses expected(const RouteRule& rule, const Place& place) const {
    if (rule.about != About::a_body || !bodies.contains(place.name)) return rule.association;
    const BodyId body{place.id};
    const auto now = house().organisation.current();
    const bool branch = now->kind(body).level == BodyKind::Level::branch;
    if (!now->body(body).alive(today())) {
      // ended within the running half-year, it still has that period's pages
      Statuses out = rule.ended;
      if (now->body(body).ended > half_year(2026).first) out.merge(Statuses(branch ? rule.branch : rule.association));
      return out;
    }
    return branch ? rule.branch : rule.association;
  }
  House& house() const { return *pages_house_; }
  void look_everywhere();
  void post_outside_the_scope();
  void post_empty_forms_within_the_scope();

  // The answer without what must differ: the token under its fresh mask, and the address that was asked for.
  static std::string without_what_differs(std::string body, const std::string& target) {
    static const std::regex token(R"re((name="csrf" value="|csrf-token" content="|X-CSRF-Token&quot;: ?&quot;|X-CSRF-Token": ?")[A-Za-z0-9_\-]{20,})re");
    body = std::regex_replace(body, token, "$1…");
    std::string encoded = target;
    for (auto at = encoded.find('/'); at != std::string::npos; at = encoded.find('/', at)) encoded.replace(at, 1, "%2F");
    for (const std::string& address : {target, encoded})
      for (auto at = body.find(address); at != std::string::npos; at = body.find(address)) body.replace(at, address.size(), "…");
    return body;
  }

  // Everything that is stored, but when a session was last seen.
  std::map<std::string, std::uint64_t> everything() {
    return store().read([](db::Reader& reader) {
      std::map<std::string, std::uint64_t> out;
      for (const db::TableShape& table : db::tables_of(reader)) {
        if (table.name == "user_session") continue;
        std::uint64_t sum = 0;                 // rows come in no order of their own
        db::each_row(reader, table, [&](const db::Row& row) {
          std::string text;
          for (int column = 0; column < row.columns(); ++column) text += words(row.value(column)) + "|";
          sum += std::hash<std::string>{}(text) | 1;
        });
        out[table.name] = sum;
      }
      return out;
    });
  }
  static std::string words(const db::Value& value) {
    return std::visit(
        [](const auto& held) -> std::string {
          using Held = std::decay_t<decltype(held)>;
          if constexpr (std::is_same_v<Held, std::monostate>) return "-";
          else if constexpr (std::is_same_v<Held, std::string>) return held;
          else if constexpr (std::is_same_v<Held, db::Blob>) return {reinterpret_cast<const char*>(held.data()), held.size()};
          else return fmt::format("{}", held);
        },
        value.held());
  }

 private:
  House* pages_house_ = nullptr;
  std::optional<http::Router> router_;
};
ON_BOTH_STORES(AccessMatrix);

// The same table walked again after the associations of Ea Kar and Ea Ô have merged: who kept, lost and gained posts, and who deputises.
class AccessAfterARestructure : public AccessMatrix {
 protected:
  void SetUp() override {
    AccessMatrix::SetUp();
    if (IsSkipped()) return;
    merge_ea_o_into_ea_kar();
  }
};
ON_BOTH_STORES(AccessAfterARestructure);

std::string_view method_name(http::Method method) { return method == http::Method::get ? "GET" : "POST"; }

TEST_P(AccessMatrix, Every_route_has_a_row_and_says_itself_whom_it_opens_to) {
  std::set<std::pair<http::Method, std::string>> in_table, in_house;
  for (const RouteRule& rule : access_table()) in_table.emplace(rule.method, rule.pattern);
  EXPECT_EQ(in_table.size(), access_table().size()) << "a route stands twice in the table";
  for (const auto& route : rooms().routes()) {
    in_house.emplace(route->method, route->pattern);
    EXPECT_TRUE(in_table.contains({route->method, route->pattern}))
        << method_name(route->method) << " " << route->pattern << " has no row in tests/access_matrix/access_table.h: say there to whom it opens";
  }
  for (const RouteRule& rule : access_table()) {
    ASSERT_TRUE(in_house.contains({rule.method, std::string(rule.pattern)})) << method_name(rule.method) << " " << rule.pattern << " is in the table, but not in the house";
    const auto found = std::ranges::find_if(rooms().routes(), [&](const auto& route) { return route->method == rule.method && route->pattern == rule.pattern; });
    std::string word = rule.opens == Opens::to_everybody ? "open" : rule.opens == Opens::to_whoever_signed_in ? "signed_in" : std::string(permission_code(*rule.needs));
    if (rule.about == About::a_body) word += " of the body";
    EXPECT_EQ((*found)->info.access, word) << rule.pattern << ": what `khuyenhoc routes` lists must be what is tested";
  }
}

// docs/seeds.md says which page does what the five texts speak of.
TEST_P(AccessMatrix, The_pages_named_for_the_five_texts_exist) {
  std::ifstream in(std::filesystem::path(KHUYENHOC_DOCS) / "seeds.md");
  std::stringstream text;
  text << in.rdbuf();
  const std::string page = text.str();
  static const std::regex address("`(/[^`]*)`");
  std::set<std::string> named;
  for (std::sregex_iterator at(page.begin(), page.end(), address); at != std::sregex_iterator(); ++at) named.insert((*at)[1]);
  EXPECT_GT(named.size(), 10U);
  for (const std::string& pattern : named)
    EXPECT_TRUE(std::ranges::any_of(rooms().routes(), [&](const auto& route) { return route->method == http::Method::get && route->pattern == pattern; })) << pattern << " is no page of the house";
}

void AccessMatrix::look_everywhere() {
  const auto before = everything();
  for (const RouteRule& rule : access_table()) {
    if (rule.method != http::Method::get) continue;
    for (const Role& role : roles) {
      const Answer nothing = rule.about == About::nothing ? Answer{} : ask(role, rule.method, target(rule, {"", 98'765'433}));
      for (const Place& place : places(rule.about)) {
        const std::string address = target(rule, place);
        SCOPED_TRACE(fmt::format("{} asks {} ({})", role.name, address, place.name));
        const Answer answer = ask(role, rule.method, address);
        if (!role.signed_in) {
          if (rule.opens == Opens::to_everybody) {
            // the door of an installation that is in use already leads on to pages that ask who is there
            if (answer.status == 303) EXPECT_THAT(answer.location, testing::AnyOf(testing::StartsWith("/dang-nhap"), testing::StartsWith("/bat-dau/")));
            else EXPECT_TRUE(answer.status == 200 || rule.association.contains(answer.status)) << answer.status;
            continue;
          }
          EXPECT_EQ(answer.status, 303);
          EXPECT_THAT(answer.location, testing::StartsWith("/dang-nhap"));
          EXPECT_TRUE(answer.body.empty());
          continue;
        }
        if (opens(rule, role, place)) {
          EXPECT_TRUE(expected(rule, place).contains(answer.status)) << answer.status << " is not among " << testing::PrintToString(expected(rule, place));
          continue;
        }
        EXPECT_EQ(answer.status, 404);
        if (rule.about == About::nothing) continue;
        EXPECT_EQ(without_what_differs(answer.body, address), without_what_differs(nothing.body, target(rule, {"", 98'765'433}))) << "differs from what does not exist";
      }
    }
    EXPECT_EQ(everything(), before) << "looking at " << rule.pattern << " changed something";
  }
}

TEST_P(AccessMatrix, A_form_without_the_token_of_its_session_is_refused_and_changes_nothing) {
  const auto before = everything();
  for (const RouteRule& rule : access_table()) {
    if (rule.method != http::Method::post || rule.opens == Opens::to_everybody) continue;
    for (const Role& role : roles)
      for (const Place& place : places(rule.about)) {
        SCOPED_TRACE(fmt::format("{} posts to {} ({})", role.name, target(rule, place), place.name));
        const Answer answer = ask(role, rule.method, target(rule, place), Token::missing);
        EXPECT_EQ(answer.status, role.signed_in ? 403 : 303);
        if (!role.signed_in) {
          EXPECT_THAT(answer.location, testing::StartsWith("/dang-nhap"));
        }
      }
    // Somebody else's token is none.
    Role mixed = roles[2];
    mixed.person.csrf = roles[4].person.csrf;
    EXPECT_EQ(ask(mixed, rule.method, target(rule, places(rule.about).front())).status, 403) << rule.pattern;
  }
  EXPECT_EQ(everything(), before);
}

void AccessMatrix::post_outside_the_scope() {
  const auto before = everything();
  for (const RouteRule& rule : access_table()) {
    if (rule.method != http::Method::post || rule.opens != Opens::by_permission) continue;
    for (const Role& role : roles) {
      if (!role.signed_in) continue;
      const Answer nothing = rule.about == About::nothing ? Answer{} : ask(role, rule.method, target(rule, {"", 98'765'433}));
      for (const Place& place : places(rule.about)) {
        if (opens(rule, role, place)) continue;
        SCOPED_TRACE(fmt::format("{} posts to {} ({})", role.name, target(rule, place), place.name));
        const Answer answer = ask(role, rule.method, target(rule, place));
        EXPECT_EQ(answer.status, 404);
        if (rule.about == About::nothing) continue;
        EXPECT_EQ(without_what_differs(answer.body, target(rule, place)), without_what_differs(nothing.body, target(rule, {"", 98'765'433})));
      }
    }
    EXPECT_EQ(everything(), before) << "a form outside the scope changed something at " << rule.pattern;
  }
}

void AccessMatrix::post_empty_forms_within_the_scope() {
  for (const RouteRule& rule : access_table()) {
    if (rule.method != http::Method::post || rule.pattern == "/dang-xuat") continue;     // which ends the session: last of all
    for (const Role& role : roles) {
      if (!role.signed_in) continue;
      for (const Place& place : places(rule.about)) {
        if (!opens(rule, role, place)) continue;
        SCOPED_TRACE(fmt::format("{} posts to {} ({})", role.name, target(rule, place), place.name));
        const Answer answer = ask(role, rule.method, target(rule, place));
        EXPECT_TRUE(expected(rule, place).contains(answer.status)) << answer.status << " is not among " << testing::PrintToString(expected(rule, place));
        if (answer.status != 303) {
          EXPECT_FALSE(answer.body.empty());
        }
      }
    }
  }
  for (const Role& role : roles) {
    if (!role.signed_in) continue;
    EXPECT_EQ(ask(role, http::Method::post, "/dang-xuat").status, 303);
    EXPECT_EQ(ask(role, http::Method::get, "/").location.substr(0, 10), "/dang-nhap") << role.name << " is still signed in";
  }
}

TEST_P(AccessMatrix, Looking_opens_within_the_scope_answers_as_nothing_outside_and_changes_nothing) { look_everywhere(); }
TEST_P(AccessMatrix, A_form_outside_the_scope_answers_as_nothing_and_changes_nothing) { post_outside_the_scope(); }
TEST_P(AccessMatrix, An_empty_form_within_the_scope_is_answered_in_words) { post_empty_forms_within_the_scope(); }

TEST_P(AccessAfterARestructure, Looking_opens_what_each_holds_now_and_nothing_of_what_was_lost) { look_everywhere(); }
TEST_P(AccessAfterARestructure, A_form_outside_the_scope_of_today_changes_nothing) { post_outside_the_scope(); }
TEST_P(AccessAfterARestructure, An_empty_form_within_the_scope_of_today_is_answered_in_words) { post_empty_forms_within_the_scope(); }

// Ids that travel beside the address: in a query, in the cells of a grid, in a choice of unit.
TEST_P(AccessMatrix, Other_peoples_ids_inside_a_request_are_unknown_too) {
  const Role& secretary = roles[2];
  const auto before = everything();
  for (const std::string& address : {fmt::format("/to-chuc?tu={}", small.ea_o.value), fmt::format("/to-chuc?xem=dia-ban&tu={}", small.land.ea_o.value),
                                     fmt::format("/nhap-so-lieu/{}/nhac/{}", small.ea_kar.value, small.thon_11.value)}) {
    const Answer answer = ask(secretary, http::Method::get, address);
    EXPECT_EQ(answer.status, 404) << address;
    EXPECT_THAT(answer.body, Not(HasSubstr("Ea Ô"))) << address;
    EXPECT_THAT(answer.body, Not(HasSubstr("Thôn 11"))) << address;
  }
  const Answer found = ask(secretary, http::Method::get, "/to-chuc/tim?q=thon+11");
  EXPECT_THAT(found.body, Not(HasSubstr("Chi hội Thôn 11")));
  for (const BodyId other : {small.thon_11, small.ea_o, small.dak_lak}) {
    http::Request request = http::Request::post(fmt::format("/nhap-so-lieu/{}/o", small.ea_kar.value), {});
    request.with_body(fmt::format(R"({{"key":"k{0}","cells":[{{"body":"{0}","measure":"B01","value":5,"version":""}}]}})", other.value), "application/json");
    request.with_header("Cookie", fmt::format("{}={}", session_cookie, secretary.person.token)).with_header("X-CSRF-Token", secretary.person.csrf);
    const auto answer = rooms().handle(std::move(request));
    EXPECT_THAT(std::string(answer.body()), Not(HasSubstr("\"saved\"")));
    EXPECT_THAT(std::string(answer.body()), Not(HasSubstr("Ea Ô")));
  }
  http::Request act_for = http::Request::post("/don-vi-lam-viec", {{"unit", std::to_string(small.dak_lak.value)}});
  act_for.with_header("Cookie", fmt::format("{}={}", session_cookie, secretary.person.token)).with_header("X-CSRF-Token", secretary.person.csrf);
  EXPECT_EQ(static_cast<int>(rooms().handle(std::move(act_for)).status()), 403);
  auto after = everything();
  auto expected = before;
  after.erase("answered_request");         // a refused save is remembered under its key
  expected.erase("answered_request");
  EXPECT_EQ(after, expected);
}

TEST_P(AccessMatrix, Whoever_must_change_the_password_gets_nowhere_else) {
  const Role& secretary = roles[2];
  const std::string code = "matkhau12";
  const auto hash = house().users.hash(code);
  ASSERT_TRUE(hash);
  const Person fresh = person("Chị", "Vũ Thị Lan", small.ea_kar, "thu_ky");
  store().write([&](db::Writer& writer) { EXPECT_TRUE(house().users.reset(writer, fresh.user, code, *hash)); });
  const auto telephone = store().read([&](db::Reader& reader) { return house().users.row(reader, fresh.user)->telephone; });
  const auto signed_in = house().sessions.sign_in(telephone, code, "127.0.0.1");
  ASSERT_TRUE(signed_in) << signed_in.error().message;
  EXPECT_TRUE(signed_in->must_change_password);
  Role role = secretary;
  role.person.token = signed_in->token;
  role.person.csrf = house().sessions.viewer(signed_in->token)->csrf();
  for (const RouteRule& rule : access_table()) {
    if (rule.opens == Opens::to_everybody || rule.pattern == "/doi-mat-khau" || rule.pattern == "/dang-xuat") continue;
    const Answer answer = ask(role, rule.method, target(rule, {"Ea Kar", small.ea_kar.value}));
    EXPECT_EQ(answer.status, 303) << rule.pattern;
    EXPECT_EQ(answer.location, "/doi-mat-khau") << rule.pattern;
  }
}

}  // namespace
}  // namespace khuyenhoc
