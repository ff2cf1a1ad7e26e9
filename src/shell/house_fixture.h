// For tests of pages: a whole house over the small named association (organisation_fixture.h) on a store of each engine, and requests as a browser sends them.
//   class Directory : public OnSmallHouse { void add_pages(Pages& pages) override { add_directory_pages(pages); } };
//   ON_BOTH_STORES(Directory);
//   TEST_P(Directory, …) { const Person liên = person("Bà", "Trần Kim Liên", small.ea_kar, "thu_ky"); get(liên, "/to-chuc"); }
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "access/sessions_queries.h"
#include "access/users_queries.h"
#include "organisation/organisation_fixture.h"
#include "organisation/posts.h"
#include "platform/db/test_stores.h"
#include "shell/visit.h"

namespace khuyenhoc {

class OnSmallHouse : public db::OnBothStores {
 protected:
  struct Person {
    UserId user;
    std::string token, csrf;
  };

  virtual void add_pages(Pages& pages) = 0;

  void SetUp() override {
    db::OnBothStores::SetUp();
    if (IsSkipped()) return;
    const auto built = territory_.apply_acts_in(store());
    ASSERT_TRUE(built) << built.error().message;
    organisation_.emplace(store(), territory_.store.current());
    organisation_->load();
    found_bodies();
    catalogue_ = Catalogue::house();
    catalogue_.make_room(100);
    ledger_.emplace(store(), catalogue_, organisation_->current());
    ledger_->load();
    organisation_->on_change([this](OrganisationView now) { ledger_->organisation_changed(std::move(now)); },
                             [this](OrganisationView coming) { return ledger_->organisation_ahead(std::move(coming)); });
    statements_.emplace(*ledger_);
    trail_.emplace(store(), keys_, clock_);
    users_.emplace(store(), keys_, hasher_, clock_);
    sessions_.emplace(*users_, [this] { return organisation_->current(); });
    house_.emplace(House{.store = store(), .clock = clock_, .catalogue = catalogue_, .periods = Periods::house(), .keys = keys_, .territory = territory_.store,
                         .organisation = *organisation_, .ledger = *ledger_, .statements = *statements_, .trail = *trail_, .users = *users_, .sessions = *sessions_});
    router_.emplace();
    Pages pages(*router_, *house_);
    add_pages(pages);
  }
  void TearDown() override {
    router_.reset();
    house_.reset();
    sessions_.reset();
    users_.reset();
    trail_.reset();
    statements_.reset();
    ledger_.reset();
    organisation_.reset();
    db::OnBothStores::TearDown();
  }

  // The small association; an office that is yet to begin has none.
  virtual void found_bodies() { import_organisation(*organisation_, *small.organisation); }

  House& house() { return *house_; }
  const http::Router& router() { return *router_; }
  static Day today() { return Day::of(2026, 6, 8); }
  static Period half_year(int year) { return Periods::house().named("bao_cao", "H1", year)->period; }

  // Somebody signed in who holds a post of catalogue/posts.toml with its usual permissions over the body; `more` come on top.
  Person person(std::string_view salutation, std::string_view name, BodyId body, std::string_view post, std::vector<Grant> more = {}) {
    const PostKind* kind = Posts::house().find(post);
    const Grant::Reach reach = kind->reach == PostKind::Reach::subtree ? Grant::Reach::subtree : kind->reach == PostKind::Reach::alone ? Grant::Reach::alone : Grant::Reach::list;
    NewUser user{fmt::format("09{:08}", ++people_), std::string(salutation), std::string(name), {{body, kind->label_vi}}, std::move(more), Day::of(2020, 1, 1)};
    for (const std::string& code : kind->permissions) user.grants.push_back({*permission_from_code(code), reach, {body}});
    return store().write([&](db::Writer& writer) {
      const auto added = users_->add(writer, user, std::nullopt);
      EXPECT_TRUE(added) << added.error().message;
      Person out{*added, fmt::format("{:a>43}", people_), fmt::format("token-{}", people_)};
      sessions_sql::StoredSession session;
      session.user = out.user;
      session.csrf = out.csrf;
      session.acting_for = body;
      session.seen_ms = clock_.now_ms();
      session.expires_ms = clock_.now_ms() + 3'600'000;
      const auto digest = keys_.token_key_digest(out.token);
      sessions_sql::insert(writer, db::Blob(digest.begin(), digest.end()), session, clock_.now_ms());
      return out;
    });
  }

  http::Response get(const Person& who, std::string_view target, std::string_view more_cookies = {}) {
    http::Request request = http::Request::get(target);
    request.with_header("Cookie", fmt::format("{}={}{}", session_cookie, who.token, more_cookies));
    return router_->handle(std::move(request));
  }
  http::Response get_by_htmx(const Person& who, std::string_view target) {
    http::Request request = http::Request::get(target);
    request.with_header("Cookie", fmt::format("{}={}", session_cookie, who.token)).with_header("HX-Request", "true");
    return router_->handle(std::move(request));
  }
  http::Response post(const Person& who, std::string_view target, std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
    http::Request request = http::Request::post(target, fields);
    request.with_header("Cookie", fmt::format("{}={}", session_cookie, who.token)).with_header("X-CSRF-Token", who.csrf);
    return router_->handle(std::move(request));
  }
  void state(BodyId body, std::string_view code, Period period, std::int64_t value) {
    const auto stated = store().write([&](db::Writer& writer) {
      return statements_->state(writer, body, Catalogue::house().series(Catalogue::house().index(code)), period, value, 0, Arrival::within, UserId{1}, clock_.now_ms());
    });
    ASSERT_TRUE(stated) << stated.error().message;
  }

  SmallOrganisation small = small_organisation();
  std::int64_t now_ms = 1'780'884'000'000;      // 9 o'clock of 8 June 2026, at UTC+7

 private:
  struct StoredTerritory {
    TerritoryStore store;
    Result<void> apply_acts_in(db::Store& into) {
      return into.write([&](db::Writer& writer) {
        return store.apply_acts(writer, [](TerritoryBuilder& builder) -> Result<void> {
          build_small_territory(builder);
          return {};
        });
      });
    }
  };

  Clock clock_{[this] { return now_ms; }};
  crypto::KeyRing keys_ = crypto::KeyRing::for_tests();
  crypto::PasswordHasher hasher_;
  StoredTerritory territory_;
  std::optional<OrganisationStore> organisation_;
  Catalogue catalogue_;
  std::optional<Ledger> ledger_;
  std::optional<Statements> statements_;
  std::optional<AuditTrail> trail_;
  std::optional<Users> users_;
  std::optional<Sessions> sessions_;
  std::optional<House> house_;
  std::optional<http::Router> router_;
  int people_ = 0;
};

}  // namespace khuyenhoc
