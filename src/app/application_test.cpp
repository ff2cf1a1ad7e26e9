#include "app/application.h"
#include "app/verification.h"

#include <gtest/gtest.h>

#include "measures/figures.h"
#include "organisation/organisation_fixture.h"
#include "platform/db/test_stores.h"
#include "restructure/restructure.h"

namespace khuyenhoc {
namespace {

class Installation : public testing::Test {
 protected:
  std::unique_ptr<Application> opened() {
    auto application = Application::open(place, Application::Use::serving, Clock::fixed_day(Day::of(2025, 6, 20)));
    EXPECT_TRUE(application) << application.error().message;
    return application ? std::move(*application) : nullptr;
  }
  static void found_small_association(House& house, const SmallOrganisation& small) {
    ASSERT_TRUE(house.store.write([&](db::Writer& writer) {
      return house.territory.apply_acts(writer, [](TerritoryBuilder& builder) -> Result<void> {
        build_small_territory(builder);
        return {};
      });
    }));
    import_organisation(house.organisation, *small.organisation);
  }
  static void state(House& house, BodyId body, std::int64_t value) {
    const auto stated = house.store.write([&](db::Writer& writer) {
      return house.statements.state(writer, body, members(), half_year(), value, 0, Arrival::within, UserId{1}, house.clock.now_ms());
    });
    ASSERT_TRUE(stated) << stated.error().message;
  }
  static std::int64_t figure(House& house, BodyId body) {
    const auto figure = Figures(house.ledger.view()).member(members(), {body, half_year(), house.clock.today(), Lens::live});
    return figure ? figure->value : -1;
  }
  static Series members() { return Catalogue::house().series(Catalogue::house().index("B01")); }
  static Period half_year() { return Periods::house().named("bao_cao", "H1", 2025)->period; }

  InstallationPlace place{db::TestPlaces::here().fresh_path("installation"), {}};
};

TEST_F(Installation, That_stopped_between_a_restructure_and_its_totals_works_them_out_at_its_next_start) {
  const SmallOrganisation small = small_organisation_before();
  BodyRestructureId id;
  {
    const auto application = opened();
    ASSERT_TRUE(application);
    House& house = application->house();
    found_small_association(house, small);
    state(house, small.thon_11, 60);
    state(house, small.ea_kar_district, 300);
    BodyAct act;
    act.kind = BodyAct::Kind::transfer;
    act.bodies = {small.old_ea_o};
    act.superior = small.old_dak_lak;
    const BodyRestructure plan{Day::of(2025, 3, 1), "Chuyển Hội Khuyến học xã Ea Ô về trực thuộc tỉnh", {"15/QĐ-HKH", Day::of(2025, 2, 25), "Hội Khuyến học tỉnh Đắk Lắk"}, {act}};
    Restructures restructures(house.organisation, house.ledger, house.statements);
    const auto done = house.store.write([&](db::Writer& writer) { return restructures.apply(writer, plan, {UserId{1}, house.clock.now_ms(), {}}); });
    ASSERT_TRUE(done) << done.error().message;
    id = *done;
    EXPECT_EQ(figure(house, small.ea_kar_district), 240) << "what the next transaction is for";
  }
  const auto again = opened();
  ASSERT_TRUE(again);
  House& house = again->house();
  EXPECT_EQ(figure(house, small.ea_kar_district), 300);
  Restructures restructures(house.organisation, house.ledger, house.statements);
  EXPECT_TRUE(house.store.read([&](db::Reader& reader) { return restructures.find(reader, id); })->settled);
}

TEST_F(Installation, What_is_kept_of_who_has_reported_is_held_against_the_statements) {
  const SmallOrganisation small = small_organisation_before();
  const auto application = opened();
  ASSERT_TRUE(application);
  House& house = application->house();
  found_small_association(house, small);
  state(house, small.thon_11, 60);
  EXPECT_TRUE(verify_statements(house).wrong.empty());
  house.store.write([](db::Writer& writer) { writer.run("UPDATE statement_count SET figures = 4"); });
  const auto wrong = verify_statements(house).wrong;
  ASSERT_EQ(wrong.size(), 1U);
  EXPECT_NE(wrong.front().find("có 1 số đã ghi, bảng đơn vị đã báo cáo lại ghi 4"), std::string::npos) << wrong.front();
  house.store.write([](db::Writer& writer) { writer.run("DELETE FROM statement_count"); });
  EXPECT_EQ(verify_statements(house).wrong.size(), 1U);
}

TEST_F(Installation, Only_read_changes_nothing) {
  EXPECT_EQ(Application::open(place, Application::Use::reading, Clock::real()).error().code, "data.none");
  { ASSERT_TRUE(opened()); }
  EXPECT_TRUE(Application::open(place, Application::Use::reading, Clock::real()));
}

}  // namespace
}  // namespace khuyenhoc
