// The demo world as its boards, trees and people show it.
#include <map>
#include <set>

#include "measures/checks.h"
#include "measures/entry_mode.h"
#include "measures/targets.h"
#include "organisation/contacts.h"
#include "organisation/posts.h"
#include "world/demo_world_fixture.h"

namespace khuyenhoc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(DemoWorld, Every_stock_flow_and_yearly_total_is_the_same_in_the_old_territory_and_in_todays) {
  int asked = 0, there = 0;
  for (const Period of : windows())
    for (const MeasureIndex index : typed()) {
      const auto code = catalogue.measure(index).code;
      const auto now = figure(centre, code, of, today);
      EXPECT_EQ(figure(centre, code, of, eve), now) << code << " " << of.iso();
      EXPECT_EQ(figure(territory.country(), code, of, today), now) << code << " by areas, " << of.iso();
      EXPECT_EQ(figure(territory.country(), code, of, eve), now) << code << " by areas of the eve, " << of.iso();
      ++asked;
      there += now != 0 ? 1 : 0;
    }
  EXPECT_GT(there, asked / 3) << "the comparison must be about something";
}

TEST_F(DemoWorld, A_province_of_today_is_the_sum_of_its_predecessors_in_the_old_territory) {
  const UnitId now = unit("66"), dak_lak = unit("66", eve), phu_yen = unit("54", eve);
  ASSERT_THAT(territory.predecessors(now), testing::UnorderedElementsAre(dak_lak, phu_yen));
  for (const Period of : windows())
    for (const MeasureIndex index : typed()) {
      const auto& code = catalogue.measure(index).code;
      std::int64_t parts = figure(dak_lak, code, of, eve) + figure(phu_yen, code, of, eve);
      // what belongs to both stands on a line under the country; the centre's own is nobody's part
      const auto rows = figures.by_child(index, {territory.country(), of, eve, Lens::live});
      ASSERT_TRUE(rows) << rows.error().message;
      for (const Part& row : *rows)
        if (row.kind == Part::Kind::line) parts += row.figure.value;
      EXPECT_EQ(figure(now, code, of, today), parts) << code << " " << of.iso();
    }
}

TEST_F(DemoWorld, Children_own_figures_and_lines_add_up_to_the_whole) {
  const BodyId dak_lak = association("66");
  for (const char* code : {"B01", "B02", "C03", "D02", "D04", "E08"})
    for (const Day tree : {eve, today}) {
      const auto rows = figures.by_child(catalogue.index(code), {dak_lak, period("2025-H2"), tree, Lens::live});
      ASSERT_TRUE(rows);
      std::int64_t sum = 0;
      for (const Part& row : *rows) sum += row.figure.value;
      EXPECT_EQ(sum, figure(dak_lak, code, period("2025-H2"), tree)) << code << " " << tree.iso();
    }
}

// Each body's own statements, period by period.
TEST_F(DemoWorld, Identities_hold_but_for_the_mistakes_that_are_meant) {
  std::vector<std::string> broken;
  std::size_t judged = 0;
  house.store.read([&](db::Reader& reader) {
    for (Node node = 0; node < organisation->size(); ++node) {
      const BodyId body = organisation->id(node);
      if (organisation->kind(body).system != hkh) continue;
      // a commune of today begins with what it took over
      const bool heir = organisation->kind(body).level == BodyKind::Level::commune && organisation->body(body).born > reform_day();
      for (const char* name : {"2018", "2019", "2020", "2021", "2022", "2023", "2024-H1", "2024-H2", "2025-H1", "2025-H2", "2026-H1"}) {
        const Period of = period(name);
        std::map<Series, std::int64_t> now, before;
        for (const Statement& one : house.statements.of_bodies(reader, std::span(&body, 1), of)) now[one.series] = *one.value;
        const Period earlier = Periods::house().before(of);
        for (const Statement& one : house.statements.of_bodies(reader, std::span(&body, 1), earlier)) before[one.series] = *one.value;
        if (now.empty() || (heir && before.empty())) continue;
        const auto look = [&](const Term& term) -> std::optional<std::int64_t> {
          const auto& code = catalogue.measure(term.measure).code;
          if (code == "D08a" || code == "D08b") return 0;
          if (term.moment == Moment::earlier) return 0;
          const auto& held = term.moment == Moment::before ? before : now;
          const auto at = held.find(term.series);
          return at == held.end() ? std::nullopt : std::optional(at->second);
        };
        for (const Check& check : catalogue.checks()) {
          if (judge(catalogue, check, look)) broken.push_back(fmt::format("{} {} {}", organisation->body(body).on(today).short_name, name, check.code));
          ++judged;
        }
      }
    }
  });
  EXPECT_GT(judged, 100'000u);
  EXPECT_THAT(broken, ElementsAre("Buôn Tung Kraih 2026-H1 B01-movement"));
}

TEST_F(DemoWorld, What_branches_add_up_to_stays_within_their_commune) {
  std::size_t asked = 0;
  for (const char* name : {"2024-H1", "2025-H1", "2025-H2", "2026-H1"})
    for (Node node = 0; node < organisation->size(); ++node) {
      const BodyId body = organisation->id(node);
      const Period of = period(name);
      if (organisation->kind(body).code != "hoi_co_so" || !organisation->body(body).alive(of.last)) continue;
      for (const auto& [part, whole] : {std::pair("C02", "C01"), std::pair("C03", "C02"), std::pair("C18", "C17"), std::pair("C19", "C18"), std::pair("C07", "C06"), std::pair("C11", "C10"),
                                        std::pair("B01", "B04"), std::pair("E09", "E08"), std::pair("E02", "D03")}) {
        EXPECT_LE(figure(body, part, of, of.last), figure(body, whole, of, of.last)) << organisation->body(body).on(of.last).name << " " << name << " " << part << " " << whole;
        ++asked;
      }
    }
  EXPECT_GT(asked, 5'000u);
}

TEST_F(DemoWorld, The_rows_of_Ea_Kar_are_those_of_the_reference_screen) {
  const BodyId ea_kar = association("66/24373");
  EXPECT_EQ(organisation->children(ea_kar, today).size(), 99u);
  EXPECT_EQ(figure(ea_kar, "B01", period("2025-H2"), today), 12'154);
  EXPECT_EQ(figure(ea_kar, "B01", period("2026-H1"), today), 12'312);
  EXPECT_EQ(figure(branch(ea_kar, "Thôn 8"), "B01", period("2026-H1"), today), 120);
  EXPECT_EQ(figure(ea_kar, "C02", period("2026-H1"), today), 5'443 + 77) << "Thôn 11 carries its last level";
  EXPECT_EQ(figure(ea_kar, "B02", period("2026-H1"), today), 298) << "and nothing new";
  std::map<std::string, std::size_t> groups;
  for (const BodyId one : organisation->children(ea_kar, today)) {
    const UnitId former = organisation->body(one).former_area;
    ++groups[former ? territory.unit(former).full_name(eve) : organisation->kind(one).group];
  }
  EXPECT_EQ(groups, (std::map<std::string, std::size_t>{{"Thị trấn Ea Kar", 14}, {"Xã Cư Huê", 9}, {"Xã Cư Ni", 12}, {"Xã Ea Đar", 11}, {"Xã Ea Kmút", 10}, {"Xã Xuân Phú", 8},
                                                        {"truong", 19}, {"co_quan", 16}}));
}

TEST_F(DemoWorld, In_the_open_period_one_branch_is_silent_and_one_has_two_blanks) {
  const BodyId ea_kar = association("66/24373");
  const auto stated = [&](std::string_view name) {
    const BodyId body = branch(ea_kar, name);
    return house.store.read([&](db::Reader& reader) { return house.statements.of_bodies(reader, std::span(&body, 1), period("2026-H1")); });
  };
  EXPECT_THAT(stated("Thôn 11"), IsEmpty());
  std::set<std::string> codes;
  for (const Statement& one : stated("Buôn Trinh")) codes.insert(catalogue.measure(catalogue.measure_of(one.series)).code);
  EXPECT_TRUE(codes.contains("B01"));
  EXPECT_FALSE(codes.contains("E08"));
  EXPECT_FALSE(codes.contains("E09"));
  const BodyId thon_8 = branch(ea_kar, "Thôn 8");
  house.store.read([&](db::Reader& reader) {
    const auto total = house.statements.find(reader, thon_8, series("B01"), period("2026-H1"));
    ASSERT_TRUE(total);
    const auto known = house.statements.explain(reader, *total);
    EXPECT_EQ(known.listed, 45);
    EXPECT_EQ(known.residual, 75);
    EXPECT_EQ(entry_mode(reader, ea_kar, period("2026-H1")), EntryMode::from_branches);
  });
}

TEST_F(DemoWorld, A_divided_commune_keeps_what_no_minutes_have_handed_over_on_its_line) {
  const auto rows = figures.by_child(catalogue.index("B01"), {association("66"), period("2026-H1"), today, Lens::live});
  ASSERT_TRUE(rows);
  std::map<std::string, std::int64_t> lines;
  for (const Part& row : *rows)
    if (row.kind == Part::Kind::line && row.figure.value != 0) lines[row.label] = row.figure.value;
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_THAT(lines.begin()->first, testing::HasSubstr("Ea BHốk"));
  EXPECT_EQ(lines.begin()->second, 640);
  // before the reform it was one commune with all its branches
  const BodyId old = association(unit("66/24550", eve), eve);
  EXPECT_EQ(figure(old, "B01", period("2025-H1"), eve), 2'310);
}

TEST_F(DemoWorld, Communes_with_an_association_never_exceed_communes) {
  for (const Day tree : {eve, today})
    for (const UnitId province : territory.units(UnitLevel::province, tree)) {
      const Period of{tree, tree};
      EXPECT_LE(figure(province, "A02", of, tree), figure(province, "COMMUNES", of, tree)) << territory.path(province, tree);
    }
  EXPECT_EQ(figure(unit("66"), "COMMUNES", {today, today}, today), 102);
  EXPECT_EQ(figure(unit("66"), "A02", {today, today}, today), 99) << "three communes wait for their decision";
}

TEST_F(DemoWorld, The_official_lens_answers_for_a_closed_half_year_and_not_for_the_open_one) {
  const BodyId dak_lak = association("66");
  const Question closed{dak_lak, period("2025-H2"), today, Lens::official};
  const auto members = figures.figure(catalogue.index("B01"), closed);
  ASSERT_TRUE(members) << members.error().message;
  const auto coverage = figures.coverage(closed);
  ASSERT_TRUE(coverage);
  // Whoever closed the round shows there what it shows live; lines, which nobody reports, are told apart.
  const auto of_bodies = [&](Lens lens) {
    std::int64_t sum = 0;
    const auto rows = figures.by_child(catalogue.index("B01"), {dak_lak, closed.period, today, lens});
    for (const Part& row : *rows) sum += row.kind == Part::Kind::line ? 0 : row.figure.value;
    return sum;
  };
  std::int64_t unreported = 0;
  for (const BodyId late : coverage->absent) unreported += figure(late, "B01", closed.period, today);
  EXPECT_EQ(of_bodies(Lens::official), of_bodies(Lens::live) - unreported);
  EXPECT_LT(unreported * 50, members->value);
  EXPECT_GT(coverage->closed, 95u);
  EXPECT_TRUE(figures.figure(catalogue.index("B01"), {dak_lak, period("2024"), today, Lens::official}));
  EXPECT_EQ(figures.figure(catalogue.index("B01"), {dak_lak, period("2026-H1"), today, Lens::official}).error().code, "figure.no_official");
}

TEST_F(DemoWorld, About_ninety_five_communes_have_reported_in_the_open_period) {
  std::size_t reported = 0;
  house.store.read([&](db::Reader& reader) {
    for (const UnitId commune : territory.children(unit("66"), today))
      if (const BodyId body = association(commune, today)) {
        const auto below = organisation->below(body, today);
        reported += house.statements.of_bodies(reader, below, period("2026-H1")).empty() ? 0 : 1;
      }
  });
  EXPECT_GE(reported, 91u);
  EXPECT_LE(reported, 98u);
}

TEST_F(DemoWorld, Figures_lie_within_the_ranges_of_real_reports) {
  const BodyId dak_lak = association("66");
  const auto members = figure(dak_lak, "B01", period("2025-H2"), today), people = figure(dak_lak, "B04", period("2025-H2"), today);
  EXPECT_NEAR(static_cast<double>(members) / static_cast<double>(people), 0.205, 0.02);
  const auto fund = figure(dak_lak, "D04", period("2025-H2"), today) / people;
  EXPECT_GT(fund, 5'000);
  EXPECT_LT(fund, 110'000);
  EXPECT_GT(figure(dak_lak, "B01", period("2025-H2"), today), figure(dak_lak, "B01", period("2020"), today));
}

TEST_F(DemoWorld, Those_who_sign_in_hold_their_posts_and_branches_have_somebody_to_call) {
  ASSERT_EQ(house.demo_sign_ins.size(), 5u) << "the officers of the provinces left out do not come";
  const BodyId ea_kar = association("66/24373");
  house.store.read([&](db::Reader& reader) {
    const auto user = house.users.find_by_telephone(reader, "0900000101");
    ASSERT_TRUE(user);
    const auto row = house.users.row(reader, *user);
    EXPECT_EQ(row->name, "Trần Kim Liên");
    ASSERT_EQ(row->units.size(), 1u);
    EXPECT_EQ(row->units.front().body, ea_kar);
    std::set<std::string> posts;
    for (const PostHolding& one : post_holders(reader, ea_kar, today)) posts.insert(one.post + " " + one.person_name);
    EXPECT_THAT(posts, ElementsAre("chu_tich Nguyễn Đình Sơn", "thu_ky Trần Kim Liên"));
    const auto head = contact(reader, house.keys, branch(ea_kar, "Thôn 8"));
    ASSERT_TRUE(head);
    EXPECT_EQ(head->head_name, "Phạm Văn Lượng");
    EXPECT_TRUE(head->telephone.starts_with("0900"));
    EXPECT_TRUE(target(reader, catalogue, ea_kar, catalogue.index("B01"), 2026));
    EXPECT_TRUE(target(reader, catalogue, association("66"), catalogue.index("D02"), 2025));
  });
}

// From one year to the next, and from a half-year to the same of the year before. 2021 was the year of the epidemic; "Công dân học tập" begins in 2022; small
// counts may jump.
TEST_F(DemoWorld, No_figure_of_the_province_jumps_from_year_to_year) {
  const BodyId dak_lak = association("66");
  std::size_t compared = 0;
  for (MeasureIndex index = 0; index < catalogue.measures().size(); ++index) {
    const Measure& measure = catalogue.measure(index);
    if (measure.kind == MeasureKind::ratio || measure.kind == MeasureKind::count) continue;
    for (const auto& [then, now] : {std::pair("2018", "2019"), std::pair("2019", "2020"), std::pair("2022", "2023"), std::pair("2023", "2024"), std::pair("2024", "2025"), std::pair("2024-H1", "2025-H1"),
                                    std::pair("2024-H2", "2025-H2"), std::pair("2025-H1", "2026-H1")}) {
      if ((measure.code == "C18" || measure.code == "C19") && std::string_view(then) == "2022") continue;
      const auto before = figure(dak_lak, measure.code, period(then), today), after = figure(dak_lak, measure.code, period(now), today);
      if (std::max(before, after) < 120) continue;
      const double change = static_cast<double>(after - before) / static_cast<double>(std::max<std::int64_t>(1, before));
      EXPECT_LT(std::abs(change), 0.3) << measure.code << " " << then << " " << now << ": " << before << " " << after;
      ++compared;
    }
  }
  EXPECT_GT(compared, 300u);
}

TEST_F(DemoWorld, Sums_of_money_stay_within_the_money_there_is) {
  const BodyId dak_lak = association("66");
  for (const char* name : {"2018", "2021", "2024-H1", "2025-H1", "2025-H2", "2026-H1"}) {
    const auto of = [&](std::string_view code) { return figure(dak_lak, code, period(name), today); };
    EXPECT_LE(of("E02") + of("E04") + of("E06"), of("D03")) << name;
    EXPECT_LE(of("D03"), of("D01") + of("D02")) << name;
    EXPECT_GT(of("E06"), of("E05") * 50'000) << name;
    EXPECT_LE(of("B06"), of("B01")) << name;
  }
}

TEST_F(DemoWorld, An_association_is_called_at_its_chairman_or_standing_vice_chairman) {
  std::size_t called = 0;
  house.store.read([&](db::Reader& reader) {
    for (const BodyId body : organisation->below(organisation->head(hkh, today), today)) {
      const auto level = organisation->kind(body).level;
      if (level != BodyKind::Level::province && level != BodyKind::Level::commune) continue;
      const auto known = contact(reader, house.keys, body);
      ASSERT_TRUE(known) << organisation->body(body).on(today).name;
      std::set<std::string> leaders;
      for (const PostHolding& one : post_holders(reader, body, today))
        if (one.post == "chu_tich" || one.post == "pho_chu_tich_thuong_truc") leaders.insert(one.person_name);
      EXPECT_TRUE(leaders.contains(known->head_name)) << organisation->body(body).on(today).name << ": " << known->head_name;
      ++called;
    }
    EXPECT_EQ(contact(reader, house.keys, association("66/24373"))->head_name, "Nguyễn Đình Sơn");
  });
  EXPECT_GT(called, 100u);
}

TEST_F(DemoWorld, Every_association_below_the_province_is_one_of_today) {
  for (const BodyId body : organisation->children(association("66"), today))
    EXPECT_TRUE(organisation->kind(body).code != "hoi_co_so" || territory.unit(organisation->body(body).on(today).area).alive(today)) << organisation->body(body).on(today).name;
}

TEST_F(DemoWorld, The_trail_holds_what_its_people_did_in_the_last_days) {
  const BodyId ea_kar = association("66/24373"), thon_8 = branch(ea_kar, "Thôn 8");
  std::map<std::string, std::size_t> acts;
  std::vector<std::string> of_thon_8;
  house.store.read([&](db::Reader& reader) {
    for (const AuditEntry& one : house.trail.page(reader, Scope({{Permission::see_audit, Grant::Reach::subtree, {centre}}}, organisation, today), 0, 1000)) {
      // what rounds left behind is older, and some of it from before anybody had an account
      if ((one.noun != "statement" && one.noun != "user" && one.noun != "target") || (one.body != ea_kar && !organisation->superiors().is_within(organisation->node(one.body), organisation->node(ea_kar), today) && one.noun != "user")) continue;
      ++acts[one.noun + " " + one.action];
      EXPECT_GE(day_of_ms(one.at_ms), today - 7);
      EXPECT_LE(one.at_ms, house.clock.now_ms());
      EXPECT_TRUE(one.user) << "people did it";
    }
    const auto total = house.statements.find(reader, thon_8, series("B01"), period("2026-H1"));
    ASSERT_TRUE(total);
    for (const Statement& one : house.statements.history(reader, total->id)) of_thon_8.push_back(fmt::format("{} {}", *one.value, house.users.row(reader, one.by)->name));
    EXPECT_TRUE(house.trail.verify(reader).good());
    EXPECT_EQ(house.trail.verify(reader).unsealed, 0);
  });
  EXPECT_THAT(of_thon_8, ElementsAre("119 Phạm Văn Lượng", "120 Trần Kim Liên"));
  EXPECT_GE(acts["statement state"], 40u);
  EXPECT_GE(acts["user sign_in"], 3u);
  EXPECT_EQ(acts["target set"], 1u);
}

TEST_F(DemoWorld, Communes_known_in_full_have_their_schools_and_every_commune_its_union_and_front) {
  const UnitId ea_kar = unit("66/24373");
  std::map<std::string, std::size_t> kinds;
  for (const char* system : {"DOAN", "MTTQ", "GD", "UBND"})
    for (const BodyId one : organisation->bodies_within(ea_kar, system, today)) ++kinds[organisation->kind(one).code];
  EXPECT_GE(kinds["truong_mam_non"], 3u);
  EXPECT_GE(kinds["truong_tieu_hoc"], 6u);
  EXPECT_GE(kinds["truong_thcs"], 6u);
  EXPECT_EQ(kinds["doan_xa"], 1u);
  EXPECT_EQ(kinds["mttq_xa"], 1u);
  EXPECT_EQ(kinds["ubnd_xa"], 1u);
  EXPECT_EQ(kinds["tthtcd"], 1u);
  EXPECT_GT(organisation->bodies_within(unit("66"), "DOAN", today).size(), 102u);
  EXPECT_EQ(figure(unit("66", eve), "F01", {eve, eve}, eve), 180) << "one in each commune before the reform";
}

TEST_F(DemoWorld, The_other_systems_stand_beside_with_a_learning_centre_in_each_commune) {
  for (const char* system : {"DOAN", "HSV", "MTTQ", "GD", "UBND", "KHAC"}) EXPECT_FALSE(organisation->bodies_within(territory.country(), system, today).empty()) << system;
  EXPECT_EQ(figure(unit("66"), "F01", {today, today}, today), 102);
}

}  // namespace
}  // namespace khuyenhoc
