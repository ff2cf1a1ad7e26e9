#include <utility>

#include <gmock/gmock.h>

#include "past_years/annex_fixture.h"
#include "past_years/carrying.h"

namespace khuyenhoc {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class PastYears : public OnTodaysOffice {
 protected:
  void add_pages(Pages&) override {}

  const std::vector<AnnexHead> heads{{{"Tổng số hội viên"}}, {{"Hội viên phát triển mới"}}, {{"Quỹ khuyến học", "Tổng thu"}}, {{"Quỹ khuyến học", "Dư quỹ cuối kỳ"}}};
  static constexpr std::string_view in_millions = "Đơn vị tính: triệu đồng";

  Annex dak_lak_by_districts(const NamedPeriod& period, std::int64_t more = 0) {
    const auto plus = [&](std::int64_t value) { return std::to_string(value + more); };
    return draft(small.land.old_dak_lak, AnnexLand::old_units, period,
                 annex_workbook(heads,
                                {{"Ea Kar", {plus(1200), "10", "12,5", "30"}}, {"H. M'Đrắk", {plus(300), "2", "3", "8"}}, {"huyện Cư Kuin", {plus(500), "3", "4", "12"}},
                                 {"Cơ quan tỉnh", {"50", "", "", "100"}}, {"TỔNG CỘNG", {std::to_string(2050 + 3 * more), "15", "19,5", "150"}}},
                                in_millions));
  }
  Annex phu_yen_by_districts(const NamedPeriod& period) {
    return draft(small.land.phu_yen, AnnexLand::old_units, period,
                 annex_workbook(heads, {{"Huyện Sông Hinh", {"800", "5", "6", "20"}}, {"Tổng cộng", {"800", "5", "6", "20"}}}, in_millions), "9/BC-HKH");
  }
  std::vector<std::int64_t> of_dak_lak(std::string_view code, Period period) {
    return {figure(now.dak_lak, code, period, today()), figure(now.dak_lak, code, period, period.last)};
  }
  // Every figure that pages could show, in both trees: what must be as before after an undo.
  std::vector<std::int64_t> everything() {
    std::vector<std::int64_t> out;
    const auto organisation = house().organisation.current();
    const Figures figures(house().ledger.view());
    for (const char* code : {"B01", "B02", "D02", "D04"})
      for (const Period period : {named("Y", 2024).period, named("H1", 2025).period, named("H2", 2025).period, named("Y", 2025).period, named("H1", 2026).period})
        for (const BodyId body : {now.centre, now.dak_lak, now.ea_kar, now.ea_o, now.ea_ktur, now.dray_bhang, now.song_hinh, now.ea_trang, now.thon_8})
          for (const Day tree : {today(), Day::of(2025, 12, 1)})
            if (const auto answer = figures.figure(house().catalogue.index(code), {body, period, tree})) out.push_back(answer->value);
    return out;
  }
};
ON_BOTH_STORES(PastYears);

TEST_P(PastYears, An_annex_is_read_with_its_merged_heads_its_units_and_its_total) {
  const Annex annex = dak_lak_by_districts(named("H1", 2025));
  const auto read = plan(annex);
  ASSERT_TRUE(read) << read.error().message;
  std::vector<std::string> codes;
  for (const AnnexColumn& one : read->table.columns) codes.push_back(one.series ? house().catalogue.measure(house().catalogue.measure_of(*one.series)).code : "-");
  EXPECT_THAT(codes, ElementsAre("B01", "B02", "D02", "D04"));
  EXPECT_EQ(read->table.columns[0].factor, 1);
  EXPECT_EQ(read->table.columns[2].factor, 1'000'000);
  EXPECT_EQ(read->table.columns[2].heading, "Quỹ khuyến học – Tổng thu");
  std::vector<UnitId> units;
  for (const AnnexRow& row : read->table.rows)
    if (row.role == AnnexRole::unit) units.push_back(row.unit);
  EXPECT_THAT(units, ElementsAre(small.land.ea_kar_district, small.land.m_drak_district, small.land.cu_kuin_district));
  EXPECT_TRUE(read->table.has_total);
  EXPECT_TRUE(read->table.problems.empty()) << read->table.problems.front().message;
  EXPECT_TRUE(read->differences.empty());
  EXPECT_EQ(read->agreeing, 4U);
  const auto income = std::ranges::find_if(read->table.values, [&](const AnnexValue& one) { return one.column == 5 && one.unit == small.land.ea_kar_district; });
  ASSERT_NE(income, read->table.values.end());
  EXPECT_EQ(income->value, 12'500'000);
  EXPECT_EQ(read->without_association.size(), 4U) << "three districts and the province";
}

TEST_P(PastYears, Old_districts_fill_the_comparison_and_are_not_counted_beside_todays_communes) {
  const auto h1 = named("H1", 2025);
  const Annex dak_lak = understood(dak_lak_by_districts(h1)), phu_yen = understood(phu_yen_by_districts(h1));
  const std::array ids{dak_lak.id, phu_yen.id};
  build_for(ids);
  EXPECT_EQ(load(dak_lak), 14U);
  EXPECT_EQ(load(phu_yen), 4U);

  EXPECT_EQ(figure(old_body(small.land.old_dak_lak), "B01", h1.period, h1.period.last), 2050) << "as signed";
  EXPECT_EQ(figure(old_body(small.land.phu_yen), "B01", h1.period, h1.period.last), 800);
  EXPECT_EQ(figure(now.dak_lak, "B01", h1.period, today()), 2850) << "both old provinces, in today's territory";
  EXPECT_EQ(figure(now.dak_lak, "B02", h1.period, today()), 20);
  EXPECT_EQ(figure(now.dak_lak, "D02", h1.period, today()), 25'500'000);
  EXPECT_EQ(figure(now.ea_trang, "B01", h1.period, today()), 300) << "a district that is one commune now is part of it";
  EXPECT_EQ(figure(now.song_hinh, "B01", h1.period, today()), 800);
  EXPECT_EQ(figure(now.ea_kar, "B01", h1.period, today()), 0);
  const auto parts = Figures(house().ledger.view()).by_child(house().catalogue.index("B01"), {now.dak_lak, h1.period, today()});
  ASSERT_TRUE(parts);
  std::int64_t lines = 0, sum = 0;
  for (const Part& part : *parts) {
    sum += part.figure.value;
    if (part.kind == Part::Kind::line) lines += part.figure.value;
  }
  EXPECT_EQ(lines, 1700) << "Ea Kar and Cư Kuin are several communes now";
  EXPECT_EQ(sum, 2850);

  // Until today's bodies have theirs it is still what was signed; from the end of the year on only they count.
  EXPECT_EQ(figure(now.dak_lak, "B01", {Day::of(2025, 9, 1), Day::of(2025, 9, 1)}, today()), 2850);
  EXPECT_EQ(figure(now.dak_lak, "B02", named("H2", 2025).period, today()), 0) << "flows are never handed over";
  const auto h1_now = named("H1", 2026).period;
  state(now.ea_kar, "B01", h1_now, 650);
  state(now.ea_o, "B01", h1_now, 450);
  state(now.ea_ktur, "B01", h1_now, 260);
  state(now.dray_bhang, "B01", h1_now, 240);
  state(now.song_hinh, "B01", h1_now, 700);
  state(now.ea_trang, "B01", h1_now, 310);
  EXPECT_EQ(figure(now.song_hinh, "B01", h1_now, today()), 700) << "what it took over gives way to what it states";
  EXPECT_EQ(figure(now.dak_lak, "B01", h1_now, today()), 650 + 450 + 260 + 240 + 700 + 310 + 50) << "the province's own 50 go on";
  EXPECT_EQ(figure(now.dak_lak, "B01", h1.period, today()), 2850) << "the past stays";
}

TEST_P(PastYears, A_years_report_of_todays_communes_contains_what_the_districts_had_stated_of_it) {
  const auto h1 = named("H1", 2025), year = named("Y", 2025);
  const Annex dak_lak = understood(dak_lak_by_districts(h1)), phu_yen = understood(phu_yen_by_districts(h1));
  const std::array ids{dak_lak.id, phu_yen.id};
  build_for(ids);
  load(dak_lak);
  load(phu_yen);
  const std::vector<AnnexHead> two{{{"Hội viên"}}, {{"Hội viên mới"}}};
  const Annex todays = understood(draft(small.land.dak_lak, AnnexLand::todays_units, year,
                                        annex_workbook(two, {{"Xã Ea Kar", {"700", "12"}}, {"Xã Ea Ô", {"480", "9"}}, {"Xã Ea Ktur", {"250", "7"}}, {"Xã Dray Bhăng", {"240", "4"}},
                                                             {"Xã Sông Hinh", {"790", "11"}}, {"Xã Ea Trang", {"305", "6"}}, {"TOÀN TỈNH", {"2765", "49"}}}),
                                        "88/BC-HKH"));
  load(todays);
  EXPECT_EQ(figure(now.dak_lak, "B02", year.period, today()), 49) << "not 49 and the 13 of the old districts once more";
  EXPECT_EQ(figure(now.dak_lak, "B02", h1.period, today()), 20);
  EXPECT_EQ(figure(now.dak_lak, "B02", named("H2", 2025).period, today()), 29);
  EXPECT_EQ(figure(now.dak_lak, "B01", year.period, today()), 2765 + 50);
  EXPECT_EQ(figure(now.song_hinh, "B02", year.period, today()), 11);
  EXPECT_TRUE(store().read([&](db::Reader& reader) { return is_carried(house(), reader); }));
  withdraw(todays);
  EXPECT_EQ(figure(now.dak_lak, "B02", year.period, today()), 20) << "what is left is what the districts stated";
}

TEST_P(PastYears, Annexes_of_several_years_add_up_to_what_was_signed_in_the_old_tree) {
  std::vector<AnnexId> ids;
  std::vector<Annex> all;
  for (const auto& period : {named("Y", 2024), named("Y", 2023), named("H1", 2025), named("H1", 2024)}) {     // in whatever order people find the papers
    all.push_back(understood(dak_lak_by_districts(period, period.year - 2024)));
    all.push_back(understood(phu_yen_by_districts(period)));
  }
  for (const Annex& one : all) ids.push_back(one.id);
  build_for(ids);
  for (const Annex& one : all) load(one);
  for (const Annex& one : all) {
    const auto read = plan(again(one.id));
    ASSERT_TRUE(read);
    for (const AnnexTotal& total : read->table.totals) {
      const auto& measure = house().catalogue.measure(house().catalogue.measure_of(total.series));
      EXPECT_EQ(figure(old_body(one.area), measure.code, one.period.period, one.period.period.last), total.signed_total) << measure.code << " " << one.period.name();
    }
  }
  for (const char* code : {"B01", "B02", "D02", "D04"})
    for (const auto& period : {named("Y", 2024), named("Y", 2023), named("H1", 2025), named("H1", 2024)}) {
      const auto both = figure(old_body(small.land.old_dak_lak), code, period.period, period.period.last) + figure(old_body(small.land.phu_yen), code, period.period, period.period.last);
      EXPECT_EQ(figure(now.dak_lak, code, period.period, today()), both) << code << " " << period.name();
    }
}

TEST_P(PastYears, A_year_told_by_districts_gives_way_to_one_told_by_communes) {
  const auto year = named("Y", 2024), h1 = named("H1", 2025);
  const std::vector<AnnexHead> two{{{"Số hội viên"}}, {{"Hội viên kết nạp mới"}}};
  const Annex districts = understood(draft(small.land.old_dak_lak, AnnexLand::old_units, year,
                                           annex_workbook(two, {{"Huyện Ea Kar", {"1300", "10"}}, {"Huyện M'Đrắk", {"300", "2"}}, {"Huyện Cư Kuin", {"500", "3"}}, {"TỔNG CỘNG", {"2100", "15"}}})));
  // One district with its total, two whose communes stand without one.
  Annex communes = draft(small.land.old_dak_lak, AnnexLand::old_units, h1,
                         annex_workbook(two, {{"Huyện Ea Kar", {"1200", "10"}}, {"TT Ea Kar", {"500", "4"}}, {"xa Cu Hue", {"250", "3"}}, {"Ea Ô", {"300", "2"}}, {"Xã Cư ELang", {"150", "1"}},
                                              {"Xã Ea Trang", {"280", "2"}}, {"Ea Ktur", {"200", "1"}}, {"Ea BHok", {"180", "1"}}, {"Dray Bhăng", {"100", "1"}}, {"TỔNG CỘNG", {"1960", "15"}}}));
  communes = understood(communes);
  const std::array ids{districts.id, communes.id};
  build_for(ids);
  load(districts);
  load(communes);
  EXPECT_EQ(figure(old_body(small.land.ea_kar_district), "B01", year.period, year.period.last), 1300);
  EXPECT_EQ(figure(old_body(small.land.ea_kar_district), "B01", h1.period, h1.period.last), 1200) << "what the district alone had said before is over";
  EXPECT_EQ(figure(old_body(small.land.cu_kuin_district), "B01", h1.period, h1.period.last), 480) << "its total was not signed: the sum of its rows";
  EXPECT_EQ(figure(old_body(small.land.old_dak_lak), "B01", year.period, year.period.last), 2100);
  EXPECT_EQ(figure(old_body(small.land.old_dak_lak), "B01", h1.period, h1.period.last), 1960) << "as signed";
  EXPECT_EQ(figure(now.dak_lak, "B01", h1.period, today()), 1960);
}

TEST_P(PastYears, Loading_twice_changes_nothing_and_undoing_gives_back_the_same_answers) {
  state(now.ea_kar, "B01", named("H1", 2026).period, 640);
  state(now.song_hinh, "B01", named("Y", 2025).period, 700);
  const auto before = everything();
  const auto h1 = named("H1", 2025);
  const Annex first = understood(dak_lak_by_districts(h1)), phu_yen = understood(phu_yen_by_districts(h1));
  const std::array ids{first.id, phu_yen.id};
  const auto founding = build_for(ids);
  EXPECT_EQ(everything(), before) << "founding alone changes no figure";
  load(first);
  load(phu_yen);
  const auto loaded = everything();
  const Annex twice = understood(dak_lak_by_districts(h1));
  const auto nothing = load_annex(house(), viewer(), twice);
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().code, "annex.nothing");
  EXPECT_EQ(everything(), loaded);

  const auto too_early = undo_old_bodies(house(), viewer(), founding);
  ASSERT_FALSE(too_early);
  EXPECT_EQ(too_early.error().code, "old_bodies.depends");
  EXPECT_THAT(too_early.error().message, HasSubstr("12/BC-HKH"));
  EXPECT_EQ(withdraw(first), 14U);
  EXPECT_EQ(withdraw(phu_yen), 4U);
  EXPECT_EQ(everything(), before);
  const auto undone = undo_old_bodies(house(), viewer(), founding);
  ASSERT_TRUE(undone) << undone.error().message;
  EXPECT_EQ(everything(), before);
  EXPECT_FALSE(old_body(small.land.old_dak_lak));
  EXPECT_EQ(house().organisation.current()->children(now.dak_lak, today()).size(), 6U);
  const auto entry = store().read([&](db::Reader& reader) { return house().trail.of_record(reader, "past_annex", first.id.value); });
  ASSERT_EQ(entry.size(), 2U);
  EXPECT_THAT(entry.front().after_json, HasSubstr("Khôi phục như cũ: 14 số"));
}

TEST_P(PastYears, Old_communes_with_one_successor_are_inside_it_and_a_divided_one_stands_on_a_line) {
  const auto h1 = named("H1", 2025);
  const std::vector<AnnexHead> two{{{"Số hội viên"}}, {{"Hội viên kết nạp mới"}}};
  const Annex annex = understood(draft(small.land.old_dak_lak, AnnexLand::old_units, h1,
                                       annex_workbook(two, {{"Huyện Ea Kar", {"1200", "10"}}, {"TT Ea Kar", {"500", "4"}}, {"xa Cu Hue", {"250", "3"}}, {"Ea Ô", {"300", "2"}},
                                                            {"Xã Cư ELang", {"150", "1"}}, {"Huyện M'Đrắk", {"300", "2"}}, {"Xã Ea Trang", {"300", "2"}},
                                                            {"Huyện Cư Kuin", {"500", "3"}}, {"Ea Ktur", {"200", "1"}}, {"Ea BHok", {"180", "1"}}, {"Dray Bhăng", {"120", "1"}},
                                                            {"TỔNG CỘNG", {"2000", "15"}}})));
  const auto read = plan(annex);
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->table.problems.empty()) << read->table.problems.front().message;
  EXPECT_EQ(read->agreeing, 8U) << "the whole and three districts, of two columns";
  const std::array ids{annex.id};
  build_for(ids);
  load(annex);
  EXPECT_EQ(figure(now.ea_kar, "B01", h1.period, today()), 750);
  EXPECT_EQ(figure(now.ea_o, "B02", h1.period, today()), 3);
  EXPECT_EQ(figure(now.ea_ktur, "B01", h1.period, today()), 200) << "its part of Ea BHốk is not known";
  EXPECT_EQ(figure(now.ea_trang, "B01", h1.period, today()), 300);
  EXPECT_EQ(figure(now.dak_lak, "B01", h1.period, today()), 2000);
  EXPECT_EQ(figure(old_body(small.land.ea_kar_district), "B01", h1.period, h1.period.last), 1200);
  EXPECT_EQ(figure(old_body(small.land.old_dak_lak), "B01", h1.period, h1.period.last), 2000) << "Ea Trang hung under M'Đrắk then";
  const auto h1_now = named("H1", 2026).period;
  state(now.ea_kar, "B01", h1_now, 700);
  state(now.ea_ktur, "B01", h1_now, 290);
  EXPECT_EQ(figure(now.ea_kar, "B01", h1_now, today()), 700);
  EXPECT_EQ(figure(now.dak_lak, "B01", h1_now, today()), 700 + 450 + 290 + 120 + 300) << "those that have not stated anew keep their last; the line is closed";
}

TEST_P(PastYears, A_total_that_differs_is_explained_before_anything_is_written) {
  const auto h1 = named("H1", 2025);
  const Annex annex = understood(draft(small.land.phu_yen, AnnexLand::old_units, h1,
                                       annex_workbook(heads, {{"Huyện Sông Hinh", {"800", "5", "6", "20"}}, {"Tổng cộng", {"830", "4", "6", "20"}}}, in_millions)));
  const std::array ids{annex.id};
  build_for(ids);
  const auto refused = load_annex(house(), viewer(), again(annex.id));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "annex.hindered");
  EXPECT_THAT(refused.error().message, HasSubstr("2 chỗ lệch"));
  EXPECT_EQ(figure(now.dak_lak, "B01", h1.period, today()), 0);

  explain(annex, AnnexReason::own_of_office, "");
  const auto half = plan(again(annex.id));
  ASSERT_TRUE(half);
  EXPECT_EQ(half->differences[1].reason, AnnexReason::none) << "less was signed than the rows say: that cannot be the office's own";
  std::vector<AnnexExplanation> given;
  for (const AnnexDifference& one : half->differences)
    given.push_back({one.total.unit, one.total.series, one.total.rows_sum, one.total.signed_total, one.total.difference() > 0 ? AnnexReason::own_of_office : AnnexReason::misprint, "in sai"});
  store().write([&](db::Writer& writer) { past_years_sql::keep_explanations(writer, house().catalogue, annex.id, given); });
  load(annex);
  EXPECT_EQ(figure(old_body(small.land.phu_yen), "B01", h1.period, h1.period.last), 830) << "with the office's own 30";
  EXPECT_EQ(figure(old_body(small.land.phu_yen), "B02", h1.period, h1.period.last), 5) << "the signed 4 was a misprint and stays on record";
  const auto kept = store().read([&](db::Reader& reader) { return past_years_sql::explanations(reader, house().catalogue, annex.id); });
  ASSERT_EQ(kept.size(), 4U);
  EXPECT_TRUE(std::ranges::any_of(kept, [](const AnnexExplanation& one) { return one.signed_total == 4 && one.rows_sum == 5 && one.reason == AnnexReason::misprint; }));
}

TEST_P(PastYears, A_wrong_annex_is_explained_cell_by_cell) {
  const Annex annex = draft(small.land.old_dak_lak, AnnexLand::old_units, named("H1", 2025),
                            annex_workbook({{{"Tổng số hội viên"}}, {{"Số hội viên"}}, {{"Điểm thi đua"}}, {{"Tỷ lệ gia đình học tập (%)"}}, {{"Số chi hội"}}},
                                           {{"Huyện Ea Kar", {"1200", "1200", "9", "70", "40"}}, {"huyen ea kar", {"1", "1", "1", "1", "1"}}, {"Huyện Sông Hinh", {"7", "7", "7", "7", "7"}},
                                            {"Huyện Ea Karr", {"3", "3", "3", "3", "3"}}, {"Xã Ea Ktur", {"ba mươi", "30", "1", "1", "1"}}, {"Huyện M'Đrắk", {"300,5", "300", "1", "1", "1"}}}));
  const auto read = plan(annex);
  ASSERT_TRUE(read) << read.error().message;
  const auto message_at = [&](std::string_view address) {
    const auto at = std::ranges::find(read->table.problems, address, &AnnexProblem::address);
    return at == read->table.problems.end() ? std::string{} : at->message;
  };
  EXPECT_THAT(message_at("D4"), HasSubstr("Cột C cũng là “Tổng số hội viên cuối kỳ”"));
  EXPECT_THAT(message_at("B7"), HasSubstr("Huyện Ea Kar có hai dòng"));
  EXPECT_THAT(message_at("B8"), HasSubstr("tỉnh Phú Yên"));
  EXPECT_THAT(message_at("B9"), HasSubstr("gần giống nhất là Huyện Ea Kar"));
  EXPECT_THAT(message_at("C10"), HasSubstr("“ba mươi” không phải là số"));
  EXPECT_THAT(message_at("C11"), HasSubstr("phần lẻ"));
  EXPECT_FALSE(read->table.columns[2].series) << "points of emulation are no indicator";
  EXPECT_THAT(read->table.columns[2].remark, HasSubstr("Chưa rõ"));
  EXPECT_THAT(read->table.columns[3].remark, HasSubstr("tự tính"));
  EXPECT_THAT(read->table.columns[4].remark, HasSubstr("chi hội"));
  EXPECT_FALSE(read->table.has_total);
  EXPECT_FALSE(read->hindrances.empty());
}

TEST_P(PastYears, A_workbook_of_another_time_or_kind_is_refused_in_a_sentence) {
  const auto book = annex_workbook(heads, {{"Xã Ea Kar", {"1", "1", "1", "1"}}, {"TỔNG CỘNG", {"1", "1", "1", "1"}}});
  const auto elsewhere = plan(draft(small.land.phu_yen, AnnexLand::old_units, named("H1", 2025), book));
  ASSERT_FALSE(elsewhere);
  EXPECT_EQ(elsewhere.error().code, "annex.no_units");
  EXPECT_THAT(elsewhere.error().message, HasSubstr("tỉnh Phú Yên"));
}

TEST_P(PastYears, What_the_comparison_lacks_is_told_by_report_and_part) {
  auto lacking = missing_comparisons(house(), now.dak_lak, today());
  ASSERT_FALSE(lacking.empty());
  EXPECT_EQ(lacking.front().report.name(), "2026-H1");
  EXPECT_THAT(lacking.front().sentence, HasSubstr("Báo cáo 6 tháng đầu năm 2026 sẽ để trống cột cùng kỳ của"));
  const auto all = lacking.front().measures.size();
  const auto h1 = named("H1", 2025);
  const Annex dak_lak = understood(dak_lak_by_districts(h1)), phu_yen = understood(phu_yen_by_districts(h1));
  const std::array ids{dak_lak.id, phu_yen.id};
  build_for(ids);
  load(dak_lak);
  load(phu_yen);
  lacking = missing_comparisons(house(), now.dak_lak, today());
  EXPECT_EQ(lacking.front().measures.size(), all - 4);
  withdraw(phu_yen);
  lacking = missing_comparisons(house(), now.dak_lak, today());
  EXPECT_EQ(lacking.front().measures.size(), all);
}

// ---- in slices between other people's saves

class AnnexInSlices : public PastYears {
 protected:
  // Both old provinces loaded at once, and one draft of the year before that is to be written.
  Annex one_to_write() {
    Annex annex = understood(dak_lak_by_districts(named("H1", 2025)));
    const std::array ids{annex.id};
    founding = build_for(ids);
    return again(annex.id);
  }
  Result<std::size_t> load_until(const Annex& annex, std::size_t figures) {
    return load_annex(house(), viewer(), annex, {.slice = 4, .goes_on = [figures](std::size_t done) { return done < figures; }});
  }
  std::vector<std::string> told(const Annex& annex) {
    std::vector<std::string> out;
    for (const auto& entry : store().read([&](db::Reader& reader) { return house().trail.of_record(reader, "past_annex", annex.id.value); })) out.push_back(entry.action);
    std::ranges::reverse(out);
    return out;
  }
  std::int64_t founding = 0;
};
ON_BOTH_STORES(AnnexInSlices);

TEST_P(AnnexInSlices, In_slices_it_is_the_same_as_at_once_and_taken_back_in_slices_as_if_never) {
  const Annex annex = one_to_write();
  const auto before = everything();
  load(annex);
  const auto at_once = everything();
  withdraw(annex);
  EXPECT_EQ(everything(), before);

  const Annex twin = understood(dak_lak_by_districts(named("H1", 2025)));
  const auto loaded = load_annex(house(), viewer(), twin, {.slice = 3});
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(*loaded, 14U);
  EXPECT_EQ(again(twin.id).state, AnnexState::loaded);
  EXPECT_EQ(everything(), at_once);
  const auto back = withdraw_annex(house(), viewer(), again(twin.id), {.slice = 4});
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(*back, 14U);
  EXPECT_EQ(again(twin.id).state, AnnexState::withdrawn);
  EXPECT_EQ(everything(), before);
  EXPECT_THAT(told(twin), ElementsAre("begin_load", "load", "begin_undo", "undo"));
}

TEST_P(AnnexInSlices, What_stopped_half_way_says_so_and_is_gone_on_with) {
  const Annex annex = one_to_write();
  const auto all_lacking = missing_comparisons(house(), now.dak_lak, today()).front().measures.size();
  const auto stopped = load_until(annex, 8);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, "annex.stopped");
  const Annex half = again(annex.id);
  EXPECT_EQ(half.state, AnnexState::loading);
  EXPECT_EQ(half.figures_written, 8);
  EXPECT_EQ(half.figures_wanted, 14);
  EXPECT_EQ(missing_comparisons(house(), now.dak_lak, today()).front().measures.size(), all_lacking) << "half a table fills no comparison";
  EXPECT_TRUE(is_under_way(half, now_ms + 59'000));
  EXPECT_FALSE(is_under_way(half, now_ms + 60'000));
  const auto kept = undo_old_bodies(house(), viewer(), founding);
  ASSERT_FALSE(kept);
  EXPECT_EQ(kept.error().code, "old_bodies.depends");

  const auto rest = load_annex(house(), viewer(), half, {.slice = 4});
  ASSERT_TRUE(rest) << rest.error().message;
  EXPECT_EQ(*rest, 14U);
  EXPECT_EQ(again(annex.id).state, AnnexState::loaded);
  EXPECT_EQ(figure(old_body(small.land.old_dak_lak), "B01", named("H1", 2025).period, named("H1", 2025).period.last), 2050);
  EXPECT_EQ(withdraw(annex), 14U);
}

TEST_P(AnnexInSlices, What_stopped_half_way_is_taken_back_by_somebody_else) {
  const Annex annex = one_to_write();
  const auto before = everything();
  ASSERT_FALSE(load_until(annex, 8));
  const auto stopped_again = withdraw_annex(house(), viewer(), again(annex.id), {.slice = 3, .goes_on = [](std::size_t left) { return left > 5; }});
  ASSERT_FALSE(stopped_again);
  EXPECT_EQ(again(annex.id).state, AnnexState::taking_back);
  const auto back = withdraw_annex(house(), viewer(), again(annex.id), {.slice = 2});
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(again(annex.id).state, AnnexState::withdrawn);
  EXPECT_EQ(everything(), before);
}

TEST_P(AnnexInSlices, A_figure_that_somebody_saves_meanwhile_is_not_lost_and_nothing_of_the_annex_stays) {
  const Annex annex = one_to_write();
  const BodyId cu_kuin = old_body(small.land.cu_kuin_district);
  const auto h1 = named("H1", 2025).period;
  const auto before = figure(now.dak_lak, "B01", h1, today());
  bool saved = false;
  const auto refused = load_annex(house(), viewer(), annex, {.slice = 2, .goes_on = [&](std::size_t) {
                                                               if (!std::exchange(saved, true)) state(cu_kuin, "B01", h1, 7);
                                                               return true;
                                                             }});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "statement.stale");
  EXPECT_THAT(refused.error().message, HasSubstr("Cư Kuin"));
  EXPECT_EQ(again(annex.id).state, AnnexState::draft);
  EXPECT_EQ(again(annex.id).figures_written, 0);
  EXPECT_EQ(figure(now.dak_lak, "B01", h1, today()), before + 7);
  EXPECT_THAT(told(annex), ElementsAre("begin_load", "give_up_load"));
}

TEST_P(AnnexInSlices, Taking_back_that_is_refused_on_the_way_leaves_all_of_it) {
  const Annex annex = one_to_write();
  load(annex);
  const auto h1 = named("H1", 2025).period;
  const auto loaded = everything();
  const BodyId ea_kar = old_body(small.land.ea_kar_district);
  const Series members = house().catalogue.series(house().catalogue.index("B01"));
  bool saved = false;
  const auto refused = withdraw_annex(house(), viewer(), again(annex.id), {.slice = 4, .goes_on = [&](std::size_t) {
                                                                            if (!std::exchange(saved, true))
                                                                              store().write([&](db::Writer& writer) {
                                                                                EXPECT_TRUE(house().statements.state(writer, ea_kar, members, h1, 1200, 1, Arrival::within, UserId{1}, now_ms));
                                                                              });
                                                                            return true;
                                                                          }});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "annex.depends");
  EXPECT_EQ(again(annex.id).state, AnnexState::loaded);
  EXPECT_EQ(again(annex.id).figures_written, 14);
  EXPECT_EQ(everything(), loaded);
}

TEST_P(AnnexInSlices, Whoever_takes_over_is_the_only_one_who_goes_on) {
  const Annex annex = one_to_write();
  bool taken_over = false;
  const auto first = load_annex(house(), viewer(), annex, {.slice = 4, .goes_on = [&](std::size_t) {
                                                             if (!std::exchange(taken_over, true)) {
                                                               EXPECT_TRUE(load_annex(house(), viewer(), again(annex.id), {.slice = 4}));
                                                             }
                                                             return true;
                                                           }});
  ASSERT_FALSE(first);
  EXPECT_EQ(first.error().code, "annex.stale");
  EXPECT_EQ(again(annex.id).state, AnnexState::loaded);
  EXPECT_EQ(again(annex.id).figures_written, 14);
  EXPECT_EQ(figure(old_body(small.land.old_dak_lak), "B01", named("H1", 2025).period, named("H1", 2025).period.last), 2050);
}

}  // namespace
}  // namespace khuyenhoc
