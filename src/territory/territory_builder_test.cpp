#include "territory/territory_builder.h"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "territory/territory_fixture.h"

namespace khuyenhoc {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

const Day eve = Day::of(2025, 6, 30);
const Day today = Day::of(2026, 6, 30);

class Restructures : public testing::Test {
 protected:
  SmallTerritory small = small_territory();
  TerritoryBuilder builder{small.records};

  RestructureId begin(Day day, const char* title = "Sắp xếp thử") {
    const auto id = builder.begin({day, title, "Nghị quyết số 1/NQ-HĐND"});
    EXPECT_TRUE(id.has_value());
    return *id;
  }
  void finish() {
    const auto done = builder.finish();
    EXPECT_TRUE(done.has_value()) << done.error().message;
  }
};

TEST_F(Restructures, A_commune_that_was_merged_ends_the_day_its_successor_is_born) {
  const auto& territory = *small.territory;
  EXPECT_TRUE(territory.unit(small.cu_hue).alive(eve));
  EXPECT_FALSE(territory.unit(small.cu_hue).alive(reform_day()));
  EXPECT_FALSE(territory.unit(small.ea_kar).alive(eve));
  EXPECT_TRUE(territory.unit(small.ea_kar).alive(reform_day()));
  EXPECT_THAT(territory.successors(small.cu_hue), ElementsAre(small.ea_kar));
  EXPECT_THAT(territory.predecessors(small.ea_kar), UnorderedElementsAre(small.old_ea_kar, small.cu_hue));
  EXPECT_EQ(territory.path(small.ea_kar, today), "Xã Ea Kar, tỉnh Đắk Lắk");
  EXPECT_EQ(territory.path(small.old_ea_kar, eve), "Thị trấn Ea Kar, huyện Ea Kar, tỉnh Đắk Lắk");
}

TEST_F(Restructures, A_commune_whose_whole_area_went_on_stays_the_same_unit_under_the_new_province) {
  const auto& territory = *small.territory;
  EXPECT_EQ(territory.parent(small.ea_trang, eve), small.m_drak_district);
  EXPECT_EQ(territory.parent(small.ea_trang, reform_day()), small.dak_lak);
  EXPECT_THAT(territory.predecessors(small.ea_trang), IsEmpty());
  EXPECT_EQ(territory.ancestor(small.ea_trang, UnitLevel::province, eve), small.old_dak_lak);
  EXPECT_EQ(territory.ancestor(small.ea_trang, UnitLevel::district, today), UnitId{});
}

TEST_F(Restructures, An_undivided_old_commune_is_placed_inside_its_successor_and_a_divided_one_on_a_line_under_the_province) {
  const auto& territory = *small.territory;
  const auto& tree = territory.tree();
  EXPECT_EQ(tree.place(territory.node(small.cu_hue), today), (Placement{Placement::Kind::inside, territory.node(small.ea_kar)}));
  EXPECT_EQ(tree.place(territory.node(small.ea_bhok), today), (Placement{Placement::Kind::line, territory.node(small.dak_lak)}));
  EXPECT_EQ(tree.place(territory.node(small.phu_yen), today), (Placement{Placement::Kind::inside, territory.node(small.dak_lak)}));
}

TEST_F(Restructures, A_rename_is_a_version_and_leaves_the_days_before_it_alone) {
  begin(Day::of(2026, 1, 1));
  ASSERT_TRUE(builder.rename(small.ea_o, {.name = "Ea Ô Mới", .type = "Phường"}));
  finish();
  const auto territory = builder.build();
  EXPECT_EQ(territory->unit(small.ea_o).full_name(Day::of(2025, 12, 31)), "Xã Ea Ô");
  EXPECT_EQ(territory->unit(small.ea_o).full_name(Day::of(2026, 1, 1)), "Phường Ea Ô Mới");
  EXPECT_EQ(territory->unit(small.ea_o).versions.size(), 2u);
}

TEST_F(Restructures, An_act_entered_late_keeps_what_a_later_day_had_changed) {
  begin(Day::of(2026, 3, 1), "Đổi tên");
  ASSERT_TRUE(builder.rename(small.ea_o, {.name = "Tên của tháng ba"}));
  finish();
  begin(Day::of(2026, 1, 1), "Đổi loại, nhập muộn");
  ASSERT_TRUE(builder.rename(small.ea_o, {.type = "phường"}));
  finish();
  const auto territory = builder.build();
  EXPECT_EQ(territory->unit(small.ea_o).full_name(Day::of(2026, 2, 1)), "Phường Ea Ô");
  EXPECT_EQ(territory->unit(small.ea_o).full_name(today), "Phường Tên của tháng ba");
}

TEST_F(Restructures, A_split_leaves_each_part_where_the_whole_stood) {
  begin(Day::of(2026, 1, 1));
  const auto parts = builder.split(small.ea_kar, std::array{UnitNaming{"24371", "Ea Kar 1", "xã"}, UnitNaming{"24372", "Ea Kar 2", "xã"}});
  ASSERT_TRUE(parts.has_value());
  finish();
  const auto territory = builder.build();
  EXPECT_EQ(territory->parent(parts->front(), today), small.dak_lak);
  EXPECT_THAT(territory->successors(small.ea_kar), ElementsAre(parts->at(0), parts->at(1)));
  EXPECT_EQ(territory->tree().place(territory->node(small.old_ea_kar), today).kind, Placement::Kind::line);
}

TEST_F(Restructures, A_unit_may_be_merged_into_one_that_goes_on) {
  begin(Day::of(2026, 1, 1));
  ASSERT_TRUE(builder.merge_into(std::array{small.ea_o}, small.ea_kar));
  finish();
  const auto territory = builder.build();
  EXPECT_TRUE(territory->unit(small.ea_kar).alive(today));
  EXPECT_EQ(territory->tree().place(territory->node(small.old_ea_o), today), (Placement{Placement::Kind::inside, territory->node(small.ea_kar)}));
}

TEST_F(Restructures, A_province_cannot_end_while_communes_still_stand_under_it) {
  begin(Day::of(2026, 1, 1));
  ASSERT_TRUE(builder.dissolve(small.dak_lak));
  const auto done = builder.finish();
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code, "territory.orphan");
  EXPECT_THAT(done.error().message, HasSubstr("6 đơn vị không còn cấp trên"));
}

TEST_F(Restructures, Two_communes_of_one_province_cannot_carry_one_code) {
  begin(Day::of(2026, 1, 1));
  ASSERT_TRUE(builder.open(UnitLevel::commune, small.dak_lak, {"24403", "Trùng mã", "xã"}));
  const auto done = builder.finish();
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code, "territory.code_taken");
  EXPECT_THAT(done.error().message, HasSubstr("24403 thuộc cả xã Ea Ô và xã Trùng mã"));
}

TEST_F(Restructures, A_late_act_that_breaks_a_later_day_is_refused) {
  begin(Day::of(2025, 1, 1));
  ASSERT_TRUE(builder.open(UnitLevel::commune, small.ea_kar_district, {"24399", "Xã của huyện cũ", "xã"}));
  const auto done = builder.finish();     // its district ends on 1/7/2025 and nobody moved it
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code, "territory.orphan");
  EXPECT_THAT(done.error().message, HasSubstr("01/7/2025"));
}

TEST_F(Restructures, What_makes_no_sense_is_refused_in_a_sentence) {
  begin(Day::of(2026, 1, 1));
  const auto refused = [](const auto& result) { return result ? std::string("đã nhận") : result.error().code; };
  EXPECT_EQ(refused(builder.dissolve(small.cu_hue)), "territory.not_alive");
  EXPECT_EQ(refused(builder.dissolve(UnitId{999})), "territory.unknown");
  EXPECT_EQ(refused(builder.transfer(small.ea_o, small.country)), "territory.parent_level");
  EXPECT_EQ(refused(builder.transfer(small.ea_o, small.phu_yen)), "territory.not_alive");
  EXPECT_EQ(refused(builder.open(UnitLevel::commune, small.dak_lak, {"24999", "  ", "xã"})), "territory.name_empty");
  EXPECT_EQ(refused(builder.open(UnitLevel::commune, small.dak_lak, {"24 999", "Mới", "xã"})), "territory.code_form");
  EXPECT_EQ(refused(builder.open(UnitLevel::commune, small.dak_lak, {"24999", "Mới", "huyện"})), "territory.type");
  EXPECT_EQ(refused(builder.open(UnitLevel::commune, small.dak_lak, {"24999", std::string(200, 'a'), "xã"})), "territory.name_long");
  EXPECT_EQ(refused(builder.merge_into(std::array{small.ea_o}, small.ea_o)), "territory.itself");
  EXPECT_EQ(refused(builder.split(small.ea_o, {})), "territory.parts");
  EXPECT_EQ(builder.dissolve(small.cu_hue).error().message, "Xã Cư Huê đã kết thúc từ ngày 01/7/2025, nên ngày 01/01/2026 không thể thay đổi.");
}

TEST_F(Restructures, A_unit_that_changed_later_cannot_end_before_that_change) {
  begin(Day::of(2026, 3, 1));
  ASSERT_TRUE(builder.rename(small.ea_o, {.name = "Tên mới"}));
  finish();
  begin(Day::of(2026, 1, 1));
  const auto done = builder.merge_into(std::array{small.ea_o}, small.ea_kar);
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code, "territory.later_change");
}

TEST_F(Restructures, An_act_needs_a_title_and_a_legal_basis) {
  EXPECT_EQ(builder.begin({today, " ", "NQ"}).error().code, "restructure.title");
  EXPECT_EQ(builder.begin({today, "Sắp xếp", ""}).error().code, "restructure.legal_basis");
}

TEST_F(Restructures, Undoing_an_act_restores_the_very_same_territory) {
  const auto act = begin(Day::of(2026, 1, 1));
  const auto made = builder.merge(std::array{small.ea_kar, small.ea_o}, small.dak_lak, {"24373", "Ea Kar Lớn", "phường"});
  ASSERT_TRUE(made.has_value());
  ASSERT_TRUE(builder.rename(small.song_hinh, {.name = "Sông Hinh Mới"}));
  finish();
  ASSERT_TRUE(builder.undo(act));
  const auto territory = builder.build();
  EXPECT_EQ(territory->find(*made), nullptr);
  EXPECT_TRUE(territory->unit(small.ea_kar).alive(today));
  EXPECT_THAT(territory->successors(small.ea_kar), IsEmpty());
  EXPECT_EQ(territory->unit(small.song_hinh).full_name(today), "Xã Sông Hinh");
  EXPECT_EQ(builder.undo(act).error().code, "restructure.unknown");
  begin(Day::of(2026, 1, 1));
  const auto again = builder.open(UnitLevel::commune, small.dak_lak, {"24998", "Mới", "xã"});
  EXPECT_NE(*again, *made) << "a number once given is never given again";
}

TEST_F(Restructures, An_act_is_not_undone_while_a_later_one_stands_on_it) {
  const auto first = begin(Day::of(2026, 1, 1), "Sáp nhập");
  const auto made = builder.merge(std::array{small.ea_kar, small.ea_o}, small.dak_lak, {"24373", "Ea Kar Lớn", "xã"});
  finish();
  const auto second = begin(Day::of(2026, 2, 1), "Lập thôn");
  ASSERT_TRUE(builder.open(UnitLevel::village, *made, {"T1", "8", "thôn"}));
  finish();
  const auto refused = TerritoryBuilder(builder.records()).undo(first);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "restructure.depends");
  EXPECT_THAT(refused.error().message, HasSubstr("“Lập thôn”"));
  ASSERT_TRUE(builder.undo(second));
  EXPECT_TRUE(builder.undo(first));
}

}  // namespace
}  // namespace khuyenhoc
