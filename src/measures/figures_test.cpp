#include "measures/figures.h"

#include <gmock/gmock.h>

#include "measures/checks.h"
#include "measures/closing.h"
#include "measures/drill_down.h"
#include "measures/measures_fixture.h"
#include "measures/targets.h"
#include "measures/transfers.h"

namespace khuyenhoc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class FiguresOfBodies : public OnSmallMeasures {
 protected:
  Figures figures() const { return Figures(ledger->view()); }
  // "Xã Ea Kar 5", by child, without zeros.
  std::vector<std::string> rows(Subject subject, std::string_view code, Period period, Day tree, Lens lens = Lens::live) {
    std::vector<std::string> out;
    const auto parts = figures().by_child(index(code), {subject, period, tree, lens});
    EXPECT_TRUE(parts) << parts.error().message;
    if (parts)
      for (const Part& part : *parts)
        if (part.figure.value != 0) out.push_back(part.label + " " + part.figure.text(catalogue.measure(index(code))));
    return out;
  }
  std::string text(Subject subject, std::string_view code, Period period, Lens lens = Lens::live) {
    const auto answer = figures().figure(index(code), {subject, period, period.last, lens});
    return answer ? answer->text(catalogue.measure(index(code))) : answer.error().code;
  }
  void close(std::initializer_list<BodyId> bodies, Period period) {
    const std::vector<BodyId> list(bodies);
    const auto done = store().write([&](db::Writer& writer) { return close_period(writer, *ledger, "bao_cao", period, list, secretary, june_2026_ms); });
    EXPECT_TRUE(done);
  }
  const Day before_reform = Day::of(2025, 6, 30);
  const Day today = Day::of(2026, 6, 10);
};
ON_BOTH_STORES(FiguresOfBodies);

TEST_P(FiguresOfBodies, Bodies_and_communes_are_counted_and_never_typed) {
  EXPECT_EQ(level(small.dak_lak, "A04", today), 7);
  EXPECT_EQ(level(small.dak_lak, "A05", today), 1);
  EXPECT_EQ(level(small.dak_lak, "A01", today), 6);
  EXPECT_EQ(level(small.ea_kar, "A04", today), 3);
  EXPECT_EQ(level(small.dak_lak, "COMMUNES", today), 6) << "Ea Trang has no association and counts at the province";
  EXPECT_EQ(level(small.dak_lak, "A02", today), 5);
  EXPECT_EQ(level(small.dak_lak, "F01", today), 1) << "the centre belongs to the people's committee and counts at the association of its commune";
  EXPECT_EQ(text(small.dak_lak, "A03", {today, today}), "83,3%");
  EXPECT_EQ(level(small.centre, "COMMUNES", before_reform), 10);
  EXPECT_EQ(level(small.centre, "A02", before_reform), 5);
  EXPECT_EQ(level(small.old_dak_lak, "A04", before_reform), 6);
  const auto villages = catalogue.series(index("A04"), "nhom", "thon_tdp");
  EXPECT_EQ(figures().member(*villages, {small.dak_lak, {today, today}, today})->value, 5);
  // until their own decisions the old associations cover no living commune
  EXPECT_EQ(level(small.centre, "A02", Day::of(2025, 7, 15)), 0);
  EXPECT_EQ(level(small.centre, "COMMUNES", Day::of(2025, 7, 15)), 6);
  EXPECT_EQ(text(small.dak_lak, "A07", {today, today}), "–") << "no register of congresses yet";
  EXPECT_EQ(text(small.dak_lak, "A08", {today, today}), "–");
}

TEST_P(FiguresOfBodies, Communes_with_an_association_never_exceed_communes_in_any_tree) {
  for (const Day tree : {Day::of(2020, 1, 1), before_reform, Day::of(2025, 7, 15), today})
    for (const Day day : {Day::of(2019, 12, 31), before_reform, Day::of(2025, 7, 15), today}) {
      const Organisation& organisation = *small.organisation;
      for (Node node = 0; node < organisation.size(); ++node) {
        const Question question{organisation.id(node), {day, day}, tree};
        const auto with = figures().figure(index("A02"), question);
        const auto all = figures().figure(index("COMMUNES"), question);
        if (!with || !all) continue;
        EXPECT_LE(with->value, all->value) << organisation.path(organisation.id(node), tree) << " " << day.iso() << " in the tree of " << tree.iso();
      }
      EXPECT_EQ(figure(small.centre, "COMMUNES", {day, day}, tree), day < reform_day() ? 10 : 6);
    }
}

TEST_P(FiguresOfBodies, Last_years_figures_stand_in_todays_territory_and_add_up) {
  const Period then = half_year(2025);
  state(small.thon_8, "B01", then, 100);
  state(small.thon_5, "B01", then, 60);
  state(small.ea_bhok, "B01", then, 300);        // 240 of them not by branch; the commune was divided
  state(small.khu_pho_3, "B01", then, 40);
  state(small.phu_yen, "B04", then, 5'000);
  EXPECT_EQ(figure(small.centre, "B01", then), 440);
  EXPECT_EQ(figure(small.centre, "B01", then, today), 440);
  EXPECT_EQ(figure(small.old_dak_lak, "B01", then), 400);
  EXPECT_EQ(figure(small.dak_lak, "B01", then, today), 440) << "old Đắk Lắk and Phú Yên together";
  EXPECT_EQ(figure(small.dak_lak, "B04", then, today), 5'000);
  EXPECT_THAT(rows(small.dak_lak, "B01", then, today), ElementsAre("Xã Ea Kar 100", "Xã Ea Ktur 60", "Xã Sông Hinh 40", "Xã Ea BHốk (cũ) 240"));
  EXPECT_EQ(figures().figure(index("B01"), {small.old_dak_lak, then, today}).error().code, "figure.unplaced");
  const Question now{small.dak_lak, half_year(2026), today};
  EXPECT_EQ(Figures::same_last_year(now).period, then);
  EXPECT_EQ(Figures::same_last_year(now).tree, today);
  // along the areas the same
  EXPECT_EQ(figures().figure(index("B01"), {small.land.dak_lak, then, today})->value, 440);
  EXPECT_EQ(figures().figure(index("B01"), {small.land.country, then, before_reform})->value, 440);
}

TEST_P(FiguresOfBodies, Children_own_figures_and_lines_sum_to_the_figure) {
  state(small.ea_kar, "B01", half_year(2026), 500);
  state(small.thon_8, "B01", half_year(2026), 120);
  state(small.thon_2, "B01", half_year(2026), 80);
  state(small.ea_kar, "C01", half_year(2026), 1'000);
  state(small.ea_kar, "C02", half_year(2026), 700);
  state(small.ea_kar, "C03", half_year(2026), 655);
  EXPECT_THAT(rows(small.ea_kar, "B01", half_year(2026), today), ElementsAre("Số chung của đơn vị 300", "Thôn 2 80", "Thôn 8 120"));
  const std::array measures{index("B01"), index("C04")};
  const auto table = figures().table(measures, {small.dak_lak, half_year(2026), today});
  ASSERT_TRUE(table);
  EXPECT_EQ(table->whole[0].value, 500);
  EXPECT_EQ(table->whole[1].text(catalogue.measure(measures[1])), "65,5%");
  std::int64_t sum = 0;
  for (const auto& row : table->figures) sum += row[0].value;
  EXPECT_EQ(sum, 500);
}

TEST_P(FiguresOfBodies, Ratios_opening_balances_and_months_follow_from_sums) {
  state(small.ea_kar, "D04", second_half(2025), 9'000'000);
  state(small.ea_kar, "D04", half_year(2026), 11'000'000);
  state(small.ea_kar, "B04", half_year(2026), 2'000);
  record(small.thon_8, "D02", Day::of(2026, 2, 10), 1'500'000, Arrival::beyond);
  record(small.thon_8, "D02", Day::of(2026, 5, 31), 500'000, Arrival::beyond);
  record(small.thon_8, "D02", Day::of(2026, 6, 1), 7, Arrival::beyond);
  EXPECT_EQ(text(small.dak_lak, "D01", half_year(2026)), "9.000.000");
  EXPECT_EQ(text(small.dak_lak, "D05", half_year(2026)), "5.500");
  EXPECT_EQ(text(small.dak_lak, "D06", half_year(2026)), "1.000");
  EXPECT_EQ(text(small.ea_o, "D06", half_year(2026)), "–") << "nobody has stated how many people live there";
  const auto months = figures().by_month(index("D02"), {small.dak_lak, half_year(2026), today});
  ASSERT_TRUE(months);
  std::vector<std::int64_t> values;
  for (const Figure& month : *months) values.push_back(month.value);
  EXPECT_THAT(values, ElementsAre(0, 0, 1'500'000, 0, 0, 500'000));
}

TEST_P(FiguresOfBodies, Cross_checks_read_the_period_before) {
  state(small.thon_8, "B01", second_half(2025), 118);
  state(small.thon_8, "B01", half_year(2026), 120);
  state(small.thon_8, "B02", half_year(2026), 5);
  state(small.thon_8, "B03", half_year(2026), 4);
  const Question question{small.thon_8, half_year(2026), today};
  const auto found = findings(catalogue, [&](const Term& term) { return catalogue.measure(term.measure).group == "B" ? figures().term(term, question) : std::nullopt; });
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].message, "Kỳ trước 118, thêm 5, giảm 4 thì còn 119; đang ghi 120.");
}

TEST_P(FiguresOfBodies, A_measure_that_must_not_be_added_is_refused_above_one_body) {
  const auto made = Catalogue::parse(R"([[section]]
code = "B"
vi = "b"
en = "b"
[[measure]]
code = "B01"
vi = "Hạng thi đua"
en = "Rank"
short_vi = "Hạng"
short_en = "Rank"
unit_vi = "hạng"
unit_en = "rank"
kind = "stock"
level = "branch"
section = "B"
adds_over_bodies = false
)");
  ASSERT_TRUE(made);
  Ledger other(store(), *made, small.organisation);
  other.load();
  const Figures asked(other.view());
  EXPECT_EQ(asked.figure(0, {small.dak_lak, half_year(2026), today}).error().code, "figure.not_additive");
  EXPECT_TRUE(asked.figure(0, {small.thon_8, half_year(2026), today}));
}

TEST_P(FiguresOfBodies, The_official_lens_shows_what_was_frozen_and_carries_levels_of_who_is_late) {
  const Period last = second_half(2025);
  const Period now = half_year(2026);
  EXPECT_EQ(text(small.dak_lak, "B01", now, Lens::official), "figure.no_official");
  state(small.thon_8, "B01", last, 118);
  state(small.thon_11, "B01", last, 70);
  state(small.thon_11, "D02", last, 900);
  close({small.ea_kar, small.ea_o}, last);
  state(small.thon_8, "B01", now, 120);
  state(small.thon_11, "B01", now, 75);
  state(small.thon_8, "D02", now, 400);
  state(small.thon_11, "D02", now, 500);
  close({small.ea_kar}, now);
  EXPECT_EQ(text(small.dak_lak, "B01", now), "195");
  EXPECT_EQ(text(small.dak_lak, "B01", now, Lens::official), "190") << "Ea Ô's last closed level stands in";
  EXPECT_EQ(text(small.dak_lak, "D02", now, Lens::official), "400") << "and no flow";
  EXPECT_EQ(text(small.dak_lak, "A04", now, Lens::official), "7") << "bodies are counted, not reported";
  EXPECT_THAT(rows(small.dak_lak, "B01", now, today, Lens::official), ElementsAre("Xã Ea Kar 120", "Xã Ea Ô 70"));
  const auto coverage = figures().coverage({small.dak_lak, now, today, Lens::official});
  ASSERT_TRUE(coverage);
  EXPECT_EQ(coverage->expected, 6u);
  EXPECT_EQ(coverage->closed, 1u);
  EXPECT_THAT(coverage->carried, ElementsAre(small.ea_o));
  EXPECT_EQ(coverage->absent.size(), 4u);
  // what is mended afterwards shows in the live lens until the report is amended
  state(small.thon_8, "B01", now, 121);
  EXPECT_EQ(text(small.dak_lak, "B01", now, Lens::official), "190");
  close({small.ea_kar, small.ea_o}, now);
  EXPECT_EQ(text(small.dak_lak, "B01", now, Lens::official), "196");
  restart();
  EXPECT_EQ(text(small.dak_lak, "B01", now, Lens::official), "196");
  EXPECT_EQ(text(small.dak_lak, "B01", last, Lens::official), "188");
  EXPECT_THAT(figures().coverage({small.dak_lak, now, today, Lens::official})->carried, IsEmpty());
  const std::vector<BodyId> branch{small.thon_8};
  const auto refused = store().write([&](db::Writer& writer) { return close_period(writer, *ledger, "bao_cao", now, branch, secretary, june_2026_ms); });
  EXPECT_EQ(refused.error().code, "closing.body");
}

TEST_P(FiguresOfBodies, Money_passed_on_inside_the_association_is_counted_once) {
  const auto pass = [&](BodyId payer, BodyId receiver, std::int64_t dong) {
    return store().write([&](db::Writer& writer) {
      return post_transfer(writer, *statements, {payer, receiver, dong, Day::of(2026, 3, 1), {"transfer", 1}}, Arrival::beyond, secretary, june_2026_ms);
    });
  };
  ASSERT_TRUE(pass(small.dak_lak, small.ea_kar, 5'000'000));
  EXPECT_EQ(figure(small.ea_kar, "D08a", half_year(2026)), 5'000'000);
  EXPECT_EQ(figure(small.dak_lak, "D08a", half_year(2026)), 0);
  EXPECT_EQ(figure(small.dak_lak, "D08b", half_year(2026)), 0);
  ASSERT_TRUE(pass(small.ea_kar, small.ea_o, 300));
  EXPECT_EQ(figure(small.ea_kar, "D08b", half_year(2026)), 300);
  EXPECT_EQ(figure(small.centre, "D08b", half_year(2026)), 0);
  EXPECT_EQ(pass(small.ea_kar, small.ea_kar, 1).error().code, "transfer.bodies");
  EXPECT_EQ(pass(small.ea_kar, small.ea_o, 0).error().code, "transfer.amount");
  EXPECT_EQ(pass(small.cu_hue, small.ea_o, 5).error().code, "transfer.bodies") << "ended";
}

TEST_P(FiguresOfBodies, A_figure_opens_into_what_it_is_made_of) {
  state(small.ea_kar, "B01", half_year(2026), 500);
  state(small.thon_8, "B01", half_year(2026), 120);
  record(small.thon_8, "B01", Day::of(2026, 3, 1), 45, Arrival::within);
  const auto open = [&](BodyId body, const BodyFilter& allowed) {
    return store().read([&](db::Reader& reader) { return what_is_it_made_of(reader, *ledger, series("B01"), {body, half_year(2026), today}, allowed); });
  };
  const auto all = open(small.dak_lak, {});
  ASSERT_TRUE(all);
  EXPECT_EQ(all->total, 500);
  std::vector<std::string> lines;
  for (const auto& row : all->rows) lines.push_back(fmt::format("{}: {} {}", small.organisation->body(row.body).on(today).short_name, row.words, row.amount));
  EXPECT_THAT(lines, ElementsAre("Xã Ea Kar: Chưa phân theo chi hội 380", "Thôn 8: Chưa có danh sách 75", "Thôn 8: Có danh sách 45"));
  const auto some = open(small.dak_lak, [&](BodyId body) { return body != small.thon_8; });
  ASSERT_EQ(some->rows.size(), 2u);
  EXPECT_EQ(some->rows[1].words, "Các đơn vị khác");
  EXPECT_FALSE(some->rows[1].body);
  EXPECT_EQ(some->total, 500);
  // taken over at a restructure: a line of its own until the unit states anew
  const auto lines_of = [&](BodyId body) {
    std::vector<std::string> out;
    const auto made = open(body, {});
    for (const auto& row : made->rows) out.push_back(fmt::format("{} {}", row.words, row.amount));
    return out;
  };
  Fact handed = fact(small.ea_o, "B01", Day::of(2025, 8, 1), 300);
  handed.kind = FactKind::handover;
  handed.layer = FactLayer::remainder;
  handed.source = {"restructure", 1};
  store().write([&](db::Writer& writer) { statements->record(writer, handed, Arrival::beyond, secretary, june_2026_ms); });
  record(small.thon_11, "B01", Day::of(2026, 3, 1), 40, Arrival::within);
  EXPECT_THAT(lines_of(small.ea_o), ElementsAre("Bàn giao khi sắp xếp đơn vị, chưa phân theo chi hội 260", "Có danh sách 40"));
  state(small.ea_o, "B01", half_year(2026), 200);
  EXPECT_THAT(lines_of(small.ea_o), ElementsAre("Chưa phân theo chi hội 160", "Có danh sách 40"));
  const auto ratio = store().read([&](db::Reader& reader) { return what_is_it_made_of(reader, *ledger, series("B05"), {small.ea_kar, half_year(2026), today}, {}); });
  EXPECT_EQ(ratio.error().code, "drill.not_facts");
}

TEST_P(FiguresOfBodies, Targets_are_kept_by_year) {
  store().write([&](db::Writer& writer) {
    set_target(writer, catalogue, {small.ea_kar, index("B01"), 2026, 13'050});
    set_target(writer, catalogue, {small.ea_kar, index("B01"), 2026, 13'100});
    set_target(writer, catalogue, {small.ea_o, index("B01"), 2026, 5'250});
    withdraw_target(writer, catalogue, small.ea_o, index("B01"), 2026);
  });
  store().read([&](db::Reader& reader) {
    EXPECT_EQ(target(reader, catalogue, small.ea_kar, index("B01"), 2026), 13'100);
    EXPECT_FALSE(target(reader, catalogue, small.ea_kar, index("B01"), 2025));
    const BodyId both[] = {small.ea_kar, small.ea_o};
    EXPECT_EQ(targets(reader, catalogue, both, 2026).size(), 1u);
  });
}

TEST_P(FiguresOfBodies, Another_process_follows_the_log) {
  auto options = this->options();
  options.access = db::Options::Access::read_only;
  const auto opened = db::Store::open(options);
  ASSERT_TRUE(opened) << opened.error().message;
  Ledger other(**opened, catalogue, small.organisation);
  other.load();
  state(small.ea_kar, "B01", half_year(2026), 500);
  state(small.ea_kar, "H01", second_half(2025), 4);
  state(small.ea_kar, "H01", school_year(2025), 9);
  other.follow();
  const Figures seen(other.view());
  EXPECT_EQ(seen.figure(index("B01"), {small.dak_lak, half_year(2026), today})->value, 500);
  EXPECT_EQ(seen.figure(index("H01"), {small.dak_lak, school_year(2025), today})->value, 9);
  ledger->follow();
  ledger->follow();
  EXPECT_EQ(level(small.dak_lak, "B01", today), 500) << "one's own facts are not counted again";
  EXPECT_EQ(figure(small.dak_lak, "H01", school_year(2025)), 9);
}

TEST_P(FiguresOfBodies, The_cube_is_the_sum_of_the_log_after_a_restart) {
  state(small.ea_kar, "B01", half_year(2026), 500);
  state(small.thon_8, "B01", half_year(2026), 120);
  state(small.ea_kar, "B01", half_year(2026), 480);
  record(small.thon_8, "B01", Day::of(2026, 6, 2), 4, Arrival::within);
  const auto before = level(small.centre, "B01", today);
  restart();
  EXPECT_EQ(level(small.centre, "B01", today), before);
}

TEST(Comparison, Says_how_much_and_by_its_sign) {
  const Catalogue& house = Catalogue::house();
  const auto& members = house.measure(house.index("B01"));
  const auto& rate = house.measure(house.index("B05"));
  const auto& per_head = house.measure(house.index("D06"));
  const std::string last = "cùng kỳ năm 2025";
  EXPECT_EQ(comparison_sentence(members, {682'140}, {668'110}, last), "tăng 14.030 hội viên (2,1%) so với cùng kỳ năm 2025");
  EXPECT_EQ(comparison_sentence(members, {100}, {120}, last), "giảm 20 hội viên (16,7%) so với cùng kỳ năm 2025");
  EXPECT_EQ(comparison_sentence(members, {100}, {100}, last), "không thay đổi so với cùng kỳ năm 2025");
  EXPECT_EQ(comparison_sentence(members, {100}, {0}, last), "tăng 100 hội viên so với cùng kỳ năm 2025");
  EXPECT_EQ(comparison_sentence(rate, {204, 1'000, true, 100}, {201, 1'000, true, 100}, last), "tăng 0,3 điểm phần trăm so với cùng kỳ năm 2025");
  EXPECT_EQ(comparison_sentence(rate, {204, 1'000, true, 100}, {0, 0, true, 100}, last), "");
  EXPECT_EQ(comparison_sentence(per_head, {40'000, 2, true, 1}, {38'000, 2, true, 1}, last), "tăng 1.000 đồng/người so với cùng kỳ năm 2025");
  EXPECT_EQ(comparison_text(members, {25}, {0}), "tăng 25");
  EXPECT_EQ(comparison_text(members, {2'215}, {2'190}), "tăng 25 (1,1%)");
  EXPECT_EQ(comparison_text(members, {5}, undefined_figure), "–");
  EXPECT_EQ(same_last_year_words({BodyId{1}, Periods::house().named("bao_cao", "H1", 2026)->period, Day{}}, Restated::yes), "cùng kỳ năm 2025 (quy về địa giới hiện nay)");
}

}  // namespace
}  // namespace khuyenhoc
