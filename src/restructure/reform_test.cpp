// The reform of 2025 in two whole provinces of the national frame, Đắk Lắk and Phú Yên: one restructure, every total the same in both trees, undone to the bit;
// then the villages of the new province merged in bulk.
#include <random>

#include "restructure/following_territory.h"
#include "restructure/restructure_queries.h"
#include "restructure/restructure_test_world.h"
#include "territory/frame.h"

namespace khuyenhoc {
namespace {

const Day eve = reform_day() - 1;
const Day after = reform_day() + 200;

// Each commune a few branches; every eighth commune without an association. Three communes are divided beside what the frame knows.
SmallOrganisation two_provinces() {
  SmallOrganisation out;
  TerritoryBuilder land;
  EXPECT_TRUE(build_frame(land));
  const auto frame = land.build();
  std::vector<UnitId> old_provinces{frame->resolve("66", eve).value(), frame->resolve("54", eve).value()};
  land.begin({reform_day(), "Bổ sung các xã bị chia", "Nghị quyết 1660/NQ-UBTVQH15"});
  int divided = 0;
  for (const auto district : frame->children(old_provinces.front(), eve)) {
    const auto communes = frame->children(district, eve);
    if (divided == 3 || communes.size() < 4) continue;
    const auto first = frame->successors(communes[0]), last = frame->successors(communes.back());
    if (first.size() != 1 || last.size() != 1 || first == last || frame->unit(communes[0]).alive(reform_day())) continue;
    EXPECT_TRUE(land.link(communes[0], last.front()));
    ++divided;
  }
  EXPECT_EQ(divided, 3);
  EXPECT_TRUE(land.finish());
  out.land.territory = land.build();
  const auto& units = *out.land.territory;
  OrganisationBuilder bodies(out.land.territory);
  const auto association = [&](const char* kind, UnitId unit, BodyId superior) {
    const auto& version = units.unit(unit).on(eve);
    return bodies.found(kind, "Hội Khuyến học " + version.running_name(), version.full_name(), superior, unit, Day::of(2001, 1, 1));
  };
  out.centre = bodies.found("trung_uong", "Trung ương Hội Khuyến học Việt Nam", "Trung ương Hội", BodyId{}, units.country(), Day::of(1996, 10, 2));
  std::size_t commune_number = 0;
  for (const auto unit : old_provinces) {
    const auto province = association("tinh_hoi", unit, out.centre);
    for (const auto district_unit : units.children(unit, eve)) {
      const auto district = association("huyen_hoi", district_unit, province);
      for (const auto commune_unit : units.children(district_unit, eve)) {
        if (++commune_number % 8 == 0) continue;
        const auto commune = association("hoi_co_so", commune_unit, district);
        for (int n = 1; n <= 8; ++n)
          bodies.found("chi_hoi_thon_tdp", fmt::format("Chi hội Thôn {}", n), fmt::format("Thôn {}", n), commune, commune_unit, Day::of(2003, 1, 1));
      }
    }
  }
  out.organisation = bodies.build();
  return out;
}

class ReformOfTwoProvinces : public db::OnBothStores {
 protected:
  void SetUp() override {
    OnBothStores::SetUp();
    if (IsSkipped()) return;
    static const SmallOrganisation known = two_provinces();
    world = std::make_unique<RestructureWorld>(store(), known);
    series = {world->members(), world->new_members(), world->fund()};
    if (const auto titles = world->catalogue().find("C04")) series.push_back(world->catalogue().series(*titles));
    record_anything();
  }
  void TearDown() override {
    world.reset();
    OnBothStores::TearDown();
  }

  std::vector<BodyId> of_level(BodyKind::Level level, Day day) {
    std::vector<BodyId> out;
    const auto now = world->bodies->current();
    for (Node node = 0; node < now->size(); ++node)
      if (now->kind(now->id(node)).level == level && now->body(now->id(node)).alive(day)) out.push_back(now->id(node));
    return out;
  }

  // Random, and told, so that a failure can be had again: records of branches over years, totals that communes, districts and provinces state above them.
  void record_anything() {
    const auto seed = std::random_device{}();
    RecordProperty("seed", static_cast<int>(seed));
    SCOPED_TRACE(seed);
    std::mt19937_64 chance(seed);
    const auto drawn = [&](std::int64_t low, std::int64_t high) { return std::uniform_int_distribution<std::int64_t>(low, high)(chance); };
    const std::vector<Day> days{Day::of(2023, 12, 31), Day::of(2024, 6, 30), Day::of(2025, 3, 31)};
    auto& w = *world;
    store().write([&](db::Writer& writer) {
      for (const auto branch : of_level(BodyKind::Level::branch, eve))
        for (const auto one : series) {
          Fact fact;
          fact.body = branch;
          fact.day = days[static_cast<std::size_t>(drawn(0, 2))];
          fact.series = one;
          fact.amount = drawn(1, 400);
          fact.source = {"test", 1};
          w.ledger->post(writer, fact);
        }
    });
    const auto state = [&](BodyId body, Series one, std::int64_t value) {
      const bool flow = one == w.new_members();
      const auto stated = w.state(body, one, flow ? Period{Day::of(2024, 12, 1), Day::of(2025, 5, 31)} : Period{Day::of(2025, 5, 31), Day::of(2025, 5, 31)}, value);
      EXPECT_TRUE(stated) << stated.error().message;
    };
    auto communes = of_level(BodyKind::Level::commune, eve);
    std::ranges::shuffle(communes, chance);
    communes.resize(40);
    for (const auto commune : communes) state(commune, series[static_cast<std::size_t>(drawn(0, 2))], drawn(1'000, 9'000));
    auto districts = of_level(BodyKind::Level::district, eve);
    std::ranges::shuffle(districts, chance);
    districts.resize(6);
    for (const auto district : districts) state(district, w.members(), drawn(1'000, 90'000));
    for (const auto province : of_level(BodyKind::Level::province, eve)) state(province, w.members(), drawn(300'000, 2'000'000));
  }

  std::vector<std::int64_t> answers(std::size_t bodies) { return world->all_answers({Day::of(2024, 12, 31), eve, after}, bodies, series); }
  void expect_one_grand_total() {
    const auto totals = world->grand_totals({Day::of(2024, 12, 31), eve, reform_day(), after}, series);
    for (const auto& row : totals) EXPECT_EQ(row, totals.front());
  }
  BodyRestructure reform() { return {reform_day(), "Sắp xếp tổ chức Hội theo đơn vị hành chính mới", {"250/QĐ-KHVN", eve, "Trung ương Hội"}, acts_following_territory(*world->bodies->current(), reform_day())}; }
  BodyRestructureId applied(const BodyRestructure& plan) {
    const auto id = world->house->apply(plan, world->by());
    EXPECT_TRUE(id) << id.error().message;
    return id ? *id : BodyRestructureId{};
  }

  std::unique_ptr<RestructureWorld> world;
  std::vector<Series> series;
};
ON_BOTH_STORES(ReformOfTwoProvinces);

TEST_P(ReformOfTwoProvinces, Every_total_stays_in_both_trees_and_undoing_brings_back_the_very_same_answers) {
  auto& w = *world;
  const auto known = w.bodies->current()->size();
  const auto before = answers(known);
  const auto totals_before = w.grand_totals({Day::of(2024, 12, 31), eve, after}, series);
  const auto plan = reform();

  const auto seen = w.house->preview(plan, w.by());
  ASSERT_TRUE(seen) << seen.error().message;
  EXPECT_TRUE(seen->done_in_bulk);
  EXPECT_FALSE(seen->grand.empty());
  for (const auto& grand : seen->grand) EXPECT_EQ(grand.before, grand.after) << w.catalogue().label(grand.series, Language::english);
  EXPECT_EQ(answers(known), before) << "a preview writes nothing";

  w.told.clear();
  const auto id = applied(plan);
  EXPECT_EQ(of_level(BodyKind::Level::province, after).size(), 1u);
  EXPECT_TRUE(of_level(BodyKind::Level::district, after).empty());
  EXPECT_EQ(seen->counts.opened, std::ranges::count(store().read([&](db::Reader& reader) { return w.house->fates(reader, id); }), BodyFate::opened, &FateLine::fate));
  EXPECT_EQ(w.grand_totals({Day::of(2024, 12, 31), eve, after}, series), totals_before);
  expect_one_grand_total();
  for (const auto& total : seen->totals)
    if (const auto* body = w.bodies->current()->find(total.body); body && body->alive(seen->as_of)) {
      EXPECT_EQ(w.level(body->id, total.series, seen->as_of, seen->as_of), total.after) << total.name;
    }
  EXPECT_THAT(w.told, testing::ElementsAre("restructure apply")) << "in bulk the trail tells of it as a whole";

  const auto undone = w.house->undo(id, w.by());
  ASSERT_TRUE(undone) << undone.error().message;
  EXPECT_EQ(answers(known), before);
  EXPECT_EQ(w.grand_totals({Day::of(2024, 12, 31), eve, after}, series), totals_before);
}

TEST_P(ReformOfTwoProvinces, The_villages_of_the_new_province_merge_in_bulk) {
  auto& w = *world;
  applied(reform());
  const Day day = Day::of(2026, 1, 1);
  const auto known = w.bodies->current()->size();
  const auto before = answers(known);
  const auto now = w.bodies->current();
  BodyRestructure plan{day, "Sáp nhập thôn, tổ dân phố", {"12/QĐ-HKH", day - 9, "Hội Khuyến học tỉnh Đắk Lắk"}, {}};
  for (const auto commune : of_level(BodyKind::Level::commune, day)) {
    const auto villages = now->directly_below(commune, day);
    for (std::size_t i = 0; i + 1 < villages.size(); i += 3) {
      BodyAct act;
      act.kind = BodyAct::Kind::merge;
      act.bodies = {villages[i], villages[i + 1]};
      NewBody opened;
      opened.kind = "chi_hoi_thon_tdp";
      opened.name = fmt::format("Chi hội Thôn Mới {}", i);
      opened.superior = commune;
      opened.area = now->body(commune).on(day).area;
      act.opened.push_back(std::move(opened));
      plan.acts.push_back(std::move(act));
    }
  }
  ASSERT_GT(plan.acts.size(), 600u);
  const auto count_before = of_level(BodyKind::Level::branch, day).size();
  const auto id = applied(plan);
  EXPECT_EQ(of_level(BodyKind::Level::branch, day).size(), count_before - plan.acts.size());
  expect_one_grand_total();
  EXPECT_TRUE(store().read([&](db::Reader& reader) { return w.house->open_remainders(reader, id); }).empty());
  const auto undone = w.house->undo(id, w.by());
  ASSERT_TRUE(undone) << undone.error().message;
  EXPECT_EQ(answers(known), before);
}

// What is carried out in bulk and one by one is told differently, and is otherwise the same.
TEST_P(ReformOfTwoProvinces, One_by_one_comes_to_the_same_answers_as_in_bulk) {
  auto& w = *world;
  auto plan = reform();
  std::string digest;
  RestructureBy by = w.by();
  by.sink = [&](db::Writer& writer, const ChangeNote& note) {
    if (note.noun != "restructure" || !note.after_json.contains("\"digest\"")) return;
    digest = restructure_sql::digest_of_rows(writer, BodyRestructureId{note.record});
    EXPECT_TRUE(note.after_json.contains(digest)) << "over the rows as they are stored";
  };
  const auto bulk = w.house->apply(plan, by);
  ASSERT_TRUE(bulk) << bulk.error().message;
  EXPECT_FALSE(digest.empty());
  const auto known = w.bodies->current()->size();
  const auto in_bulk = w.grand_totals({eve, after}, series);
  std::vector<std::int64_t> members;
  for (const auto body : of_level(BodyKind::Level::commune, after)) members.push_back(w.level(body, w.members(), after, after));
  ASSERT_TRUE(w.house->undo(*bulk, by));
  w.house->set_bulk_from(1'000'000);
  const auto one_by_one = w.house->apply(plan, by);
  ASSERT_TRUE(one_by_one) << one_by_one.error().message;
  EXPECT_GT(w.bodies->current()->size(), known);
  EXPECT_EQ(w.grand_totals({eve, after}, series), in_bulk);
  std::vector<std::int64_t> again;
  for (const auto body : of_level(BodyKind::Level::commune, after)) again.push_back(w.level(body, w.members(), after, after));
  EXPECT_EQ(again, members);
}

}  // namespace
}  // namespace khuyenhoc
