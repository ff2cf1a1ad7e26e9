// For tests: the whole house over the small named association, with figures of two years, and people of the province, a commune and a branch to ask as.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "boards/boards.h"
#include "measures/targets.h"
#include "organisation/organisation_fixture.h"
#include "platform/db/test_stores.h"

namespace khuyenhoc {

class OnSmallBoards : public db::OnBothStores {
 protected:
  void SetUp() override {
    db::OnBothStores::SetUp();
    if (IsSkipped()) return;
    organisation = std::make_unique<OrganisationStore>(store(), small.land.territory);
    organisation->load();
    import_organisation(*organisation, *small.organisation);
    ledger = std::make_unique<Ledger>(store(), Catalogue::house(), organisation->current());
    ledger->load();
    statements = std::make_unique<Statements>(*ledger);
    trail = std::make_unique<AuditTrail>(store(), *keys, clock);
    users = std::make_unique<Users>(store(), *keys, hasher, clock);
    sessions = std::make_unique<Sessions>(*users, [this] { return organisation->current(); });
    house = std::make_unique<House>(House{.store = store(), .clock = clock, .catalogue = Catalogue::house(), .periods = Periods::house(), .keys = *keys, .territory = territory,
                                          .organisation = *organisation, .ledger = *ledger, .statements = *statements, .trail = *trail, .users = *users, .sessions = *sessions});
    router = std::make_unique<http::Router>();
    pages = std::make_unique<Pages>(*router, *house);
    add_board_pages(*pages);
    fill();
  }
  void TearDown() override {
    pages.reset();
    router.reset();
    house.reset();
    sessions.reset();
    users.reset();
    trail.reset();
    statements.reset();
    ledger.reset();
    organisation.reset();
    db::OnBothStores::TearDown();
  }

  // Half-years end on 31 May. Members: 2025 in the old associations, 2026 in the new ones; nothing was handed over, so the old stocks stay where they were
  // and count where their association went. Ea BHốk was divided: its own 40 stay on a line.
  void fill() {
    const Period then = half_year(2025), now = half_year(2026);
    state(small.thon_8, "B01", then, 100);
    state(small.nguyen_du, "B01", then, 50);
    state(small.thon_2, "B01", then, 80);
    state(small.thon_11, "B01", then, 60);
    state(small.ea_bhok, "B01", then, 70);          // 30 of them in Thôn 5
    state(small.thon_5, "B01", then, 30);
    state(small.khu_pho_3, "B01", then, 90);
    state(small.education_branch, "B01", then, 20);
    state(small.thon_8, "B01", now, 118);
    state(small.thon_8, "B01", now, 120);
    state(small.nguyen_du, "B01", now, 52);
    state(small.thon_2, "B01", now, 78);
    state(small.thon_11, "B01", now, 66);
    state(small.thon_5, "B01", now, 33);
    state(small.khu_pho_3, "B01", now, 95);
    state(small.ea_kar, "B04", now, 1000);
    state(small.ea_o, "B04", now, 500);
    state(small.thon_8, "D02", then, 4'000'000);
    state(small.thon_8, "D02", now, 6'400'000);
    store().write([&](db::Writer& writer) {
      const MeasureIndex members = Catalogue::house().index("B01");
      set_target(writer, Catalogue::house(), {small.ea_kar, members, 2026, 300});
      set_target(writer, Catalogue::house(), {small.ea_o, members, 2026, 66});
    });
    province_officer = person("0912000001", "Ông", "Lê Quang Hòa", small.dak_lak, "Phó Chủ tịch Thường trực");
    commune_secretary = person("0912000002", "Bà", "Trần Kim Liên", small.ea_kar, "Thư ký");
  }
  static Period half_year(int year) { return Periods::house().named("bao_cao", "H1", year)->period; }

  void state(BodyId body, std::string_view code, Period period, std::int64_t value) {
    const Series series = Catalogue::house().series(Catalogue::house().index(code));
    const auto known = store().read([&](db::Reader& reader) { return statements->find(reader, body, series, period); });
    const auto done = store().write([&](db::Writer& writer) {
      return statements->state(writer, body, series, period, value, known ? known->row_version : 0, Arrival::within, UserId{1}, clock.now_ms());
    });
    ASSERT_TRUE(done) << done.error().message;
  }

  // The session token of somebody who may see and enter figures of a body and everything below it.
  std::string person(const std::string& telephone, const std::string& salutation, const std::string& name, BodyId body, const std::string& post) {
    const std::string password = "khuyen hoc khuyen tai";
    const auto hash = users->hash(password);
    NewUser made{telephone, salutation, name, {{body, post}}, {}, Day::of(2025, 1, 1)};
    for (const Permission permission : {Permission::see_figures, Permission::enter_figures}) made.grants.push_back({permission, Grant::Reach::subtree, {body}});
    const auto added = store().write([&](db::Writer& writer) { return users->add(writer, made, *hash); });
    EXPECT_TRUE(added) << added.error().message;
    const auto signed_in = sessions->sign_in(telephone, password, "127.0.0.1");
    EXPECT_TRUE(signed_in) << signed_in.error().message;
    if (signed_in && signed_in->must_change_password) store().write([&](db::Writer& writer) { return users->change_password(writer, *added, *hash); });
    if (signed_in && signed_in->must_change_password) {
      const auto again = sessions->sign_in(telephone, password, "127.0.0.1");
      return again ? again->token : std::string();
    }
    return signed_in ? signed_in->token : std::string();
  }

  http::Response get(const std::string& token, const std::string& target) {
    http::Request request = http::Request::get(target);
    request.with_header("Cookie", "phien=" + token);
    return router->handle(std::move(request));
  }
  std::string page(const std::string& token, const std::string& target) {
    const auto answer = get(token, target);
    EXPECT_EQ(answer.status(), http::Status::ok) << target << "\n" << answer.body().substr(0, 2000);
    return std::string(answer.body());
  }
  static std::string address(BodyId body, std::string_view rest = {}) { return fmt::format("/so-lieu/{}{}", body.value, rest); }
  static std::string address(UnitId unit, std::string_view rest = {}) { return fmt::format("/so-lieu/dia-gioi/{}{}", unit.value, rest); }

  SmallOrganisation small = small_organisation();
  Clock clock = Clock::fixed_day(Day::of(2026, 6, 8));
  crypto::PasswordHasher hasher;
  TerritoryStore territory;
  std::string keys_file = db::TestPlaces::here().fresh_path("keys");
  std::unique_ptr<crypto::KeyRing> keys = std::make_unique<crypto::KeyRing>(crypto::KeyRing::open_or_create(keys_file).value());
  std::unique_ptr<OrganisationStore> organisation;
  std::unique_ptr<Ledger> ledger;
  std::unique_ptr<Statements> statements;
  std::unique_ptr<AuditTrail> trail;
  std::unique_ptr<Users> users;
  std::unique_ptr<Sessions> sessions;
  std::unique_ptr<House> house;
  std::unique_ptr<http::Router> router;
  std::unique_ptr<Pages> pages;
  std::string province_officer, commune_secretary;
};

}  // namespace khuyenhoc
