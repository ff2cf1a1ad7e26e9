// For tests: the demo world, kept to the two old provinces that are Đắk Lắk today; made once, looked at by every test.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>

#include "world/world_fixture.h"

namespace khuyenhoc {

inline const Day today = Day::of(2026, 6, 8);
inline const Day eve = Day::of(2025, 6, 30);

class DemoWorld : public testing::Test {
 protected:
  struct Made {
    db::Options options;
    std::unique_ptr<db::Store> store;
    std::unique_ptr<EmptyHouse> empty;
    WorldReport report;
    ~Made() {
      empty.reset();
      store.reset();
      db::TestPlaces::here().remove(options);
    }
  };
  static Made& made() {
    static Made world;
    return world;
  }
  static void SetUpTestSuite() {
    Made& world = made();
    world.options = db::TestPlaces::here().fresh(db::Dialect::sqlite, db::TestPlaces::Content::migrated);
    auto store = db::Store::open(world.options);
    ASSERT_TRUE(store) << store.error().message;
    world.store = std::move(*store);
    world.empty = std::make_unique<EmptyHouse>(*world.store, today);
    const auto report = generate_world(world.empty->house(), {WorldScale::demo, 1, today, {"54", "66"}});
    ASSERT_TRUE(report) << report.error().message;
    world.report = *report;
  }

  House& house = made().empty->house();
  const WorldReport& report = made().report;
  const Catalogue& catalogue = house.catalogue;
  OrganisationView organisation = house.organisation.current();
  const Territory& territory = organisation->territory();
  Figures figures{house.ledger.view()};
  BodyId centre = organisation->head(hkh, today);

  UnitId unit(std::string_view code, Day day = today) const { return territory.resolve(code, day).value(); }
  BodyId association(std::string_view code) const {
    return association(unit(code), today);
  }
  BodyId association(UnitId of, Day day) const {
    for (const BodyId one : organisation->bodies_covering(of, hkh, day))
      if (organisation->kind(one).code == "tinh_hoi" || organisation->kind(one).code == "hoi_co_so") return one;
    return {};
  }
  BodyId branch(BodyId commune, std::string_view name) const {
    for (const BodyId one : organisation->children(commune, today))
      if (organisation->body(one).on(today).short_name == name) return one;
    return {};
  }
  Series series(std::string_view code) const { return catalogue.series(catalogue.index(code)); }
  static Period period(std::string_view name) { return Periods::house().parse_name("bao_cao", name)->period; }
  std::int64_t figure(Subject subject, std::string_view code, Period of, Day tree, Lens lens = Lens::live) const {
    const auto answer = figures.figure(catalogue.index(code), {subject, of, tree, lens});
    EXPECT_TRUE(answer) << answer.error().message;
    return answer ? answer->value : -1;
  }
  std::vector<MeasureIndex> typed() const {
    std::vector<MeasureIndex> out;
    for (MeasureIndex index = 0; index < catalogue.measures().size(); ++index)
      if (is_typed(catalogue.measure(index).kind)) out.push_back(index);
    return out;
  }
  static std::vector<Period> windows() {
    std::vector<Period> out;
    for (const char* name : {"2017", "2018", "2019", "2020", "2021", "2022", "2023", "2024-H1", "2024-H2", "2024", "2025-H1", "2025-H2", "2025", "2026-H1", "2026"}) out.push_back(period(name));
    return out;
  }
};

}  // namespace khuyenhoc
