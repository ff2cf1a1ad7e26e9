#include <gmock/gmock.h>

#include "reporting/entry_state.h"
#include "reporting/own_form.h"
#include "reporting/reporting_fixture.h"
#include "reporting/reporting_queries.h"
#include "reporting/sheet_rows.h"

namespace khuyenhoc {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class EntrySheets : public OnSmallHouse {
 protected:
  std::vector<std::string> names(const EntryGroup& group) const {
    std::vector<std::string> out;
    for (const EntryRow& row : group.rows) out.push_back(row.name);
    return out;
  }
  static std::size_t place(std::string_view code) { return *EntryColumns::house().place(Catalogue::house().index(code)); }
  std::int64_t total(const std::vector<EntryTotal>& totals, std::string_view code) const { return totals[place(code)].now; }
};
ON_BOTH_STORES(EntrySheets);

TEST(EntryColumnsOfTheHouse, Every_figure_a_branch_form_asks_has_a_column) {
  const Catalogue& catalogue = Catalogue::house();
  for (const std::string_view code : {"thon", "truong", "co_quan", "dong_ho"})
    for (const FormPart& part : catalogue.form(code)->parts)
      for (const FormField& field : part.fields) EXPECT_TRUE(EntryColumns::house().place(field.measure)) << catalogue.measure(field.measure).code << " of " << code << ": add it to catalogue/entry_grid.toml";
}

TEST(EntryColumnsOfTheHouse, Thousands_are_shown_to_the_nearest_whole) {
  const EntryColumn& income = *EntryColumns::house().find("D02");
  EXPECT_EQ(income.shown(6'400'000), 6'400);
  EXPECT_EQ(income.shown(6'400'500), 6'401);
  EXPECT_EQ(EntryColumns::house().find("B01")->shown(120), 120);
}

TEST_P(EntrySheets, Rows_stand_by_old_commune_then_schools_then_offices) {
  const EntrySheet sheet = small->sheet(commune().ea_kar);
  ASSERT_EQ(sheet.groups.size(), 4u);
  EXPECT_EQ(sheet.groups[0].label, "Thị trấn Ea Kar (cũ)");
  EXPECT_EQ(sheet.groups[1].label, "Xã Cư Huê (cũ)");
  EXPECT_EQ(sheet.groups[1].counts, "3 chi hội, 1 ban");
  EXPECT_THAT(names(sheet.groups[1]), ElementsAre("Chi hội Thôn 8", "Chi hội Thôn 11", "Chi hội Buôn Tung Kraih", "Ban khuyến học dòng họ Nguyễn Đình"));
  EXPECT_EQ(sheet.groups[2].label, "Trường học");
  EXPECT_EQ(sheet.groups[3].label, "Cơ quan, doanh nghiệp");
  EXPECT_EQ(sheet.rows, 7u);
  EXPECT_EQ(sheet.reported, 0u);
}

TEST_P(EntrySheets, A_clan_is_asked_for_what_its_form_asks_and_nothing_else) {
  const EntrySheet sheet = small->sheet(commune().ea_kar);
  const EntryRow* row = sheet.row(commune().nguyen_dinh);
  ASSERT_NE(row, nullptr);
  EXPECT_TRUE(row->cells[place("B01")].asked);
  EXPECT_TRUE(row->cells[place("D02")].asked);
  EXPECT_FALSE(row->cells[place("C02")].asked);
  EXPECT_FALSE(row->cells[place("E08")].asked);
}

TEST_P(EntrySheets, Blank_is_not_zero) {
  small->state(commune().thon_8, "E08", first_half(), 0);
  const EntrySheet sheet = small->sheet(commune().ea_kar);
  const EntryRow* row = sheet.row(commune().thon_8);
  EXPECT_EQ(row->cells[place("E08")].value, 0);
  EXPECT_EQ(row->cells[place("E09")].value, std::nullopt);
  EXPECT_TRUE(row->reported);
  EXPECT_EQ(row->blanks, 14u);
  EXPECT_FALSE(sheet.row(commune().thon_11)->reported);
  EXPECT_EQ(sheet.reported, 1u);
  EXPECT_EQ(sheet.with_blanks, 1u);
}

TEST_P(EntrySheets, Last_period_stands_beside_and_a_blank_level_carries_it) {
  small->state(commune().thon_11, "B01", *Periods::house().named("bao_cao", "H2", 2026), 141);
  small->state(commune().thon_11, "B02", first_half(), 3);
  const EntrySheet sheet = small->sheet(commune().ea_kar, first_half(2027));
  const EntryRow* row = sheet.row(commune().thon_11);
  EXPECT_EQ(row->cells[place("B01")].was, 141);
  EXPECT_EQ(row->cells[place("B01")].value, std::nullopt);
  EXPECT_EQ(row->cells[place("B01")].counted, 141);
  EXPECT_EQ(row->cells[place("B02")].was, 3);
  EXPECT_EQ(row->cells[place("B02")].counted, 0) << "a flow of another period is not carried";
  EXPECT_EQ(row->cells[place("B03")].was, std::nullopt) << "nobody ever said";
  EXPECT_EQ(total(sheet.whole, "B01"), 141);
  ASSERT_EQ(row->remarks.size(), 1u);
  EXPECT_EQ(row->remarks[0].title, "Chưa báo cáo.");
  EXPECT_EQ(row->remarks[0].text, "Hội viên tạm lấy kỳ trước: 141.");
}

TEST_P(EntrySheets, A_movement_that_does_not_add_up_says_its_arithmetic) {
  small->state_members(commune().tung_kraih, 96, 4, 1, 102);
  small->state_members(commune().thon_8, 118, 5, 3, 120);
  const EntrySheet sheet = small->sheet(commune().ea_kar);
  const EntryRow* row = sheet.row(commune().tung_kraih);
  ASSERT_FALSE(row->remarks.empty());
  EXPECT_EQ(row->remarks[0].title, "Chưa khớp, thừa 3");
  EXPECT_EQ(row->remarks[0].text, "Kỳ trước 96, thêm 4, giảm 1 thì còn 99; đang ghi 102.");
  EXPECT_THAT(row->remarks[0].measures, ElementsAre("B01"));
  EXPECT_TRUE(row->mismatched);
  EXPECT_FALSE(sheet.row(commune().thon_8)->mismatched);
  EXPECT_EQ(sheet.mismatched, 1u);
}

TEST_P(EntrySheets, What_is_listed_is_told_apart_from_what_is_stated) {
  const Day day = Day::of(2026, 1, 10);
  small->house->store.write([&](db::Writer& writer) {
    Fact fact;
    fact.body = commune().thon_8;
    fact.day = day;
    fact.series = small->series("B01");
    fact.amount = 45;
    fact.source = {"member", 1};
    small->statements->record(writer, fact, Arrival::within, UserId{7}, small->clock.now_ms());
  });
  small->state(commune().thon_8, "B01", first_half(), 120);
  const EntrySheet sheet = small->sheet(commune().ea_kar);
  const auto& remarks = sheet.row(commune().thon_8)->remarks;
  EXPECT_TRUE(std::ranges::any_of(remarks, [](const EntryRemark& one) { return one.text == "Tổng số 120, trong đó có danh sách 45; chưa có danh sách 75."; }));
  EXPECT_EQ(sheet.unlisted, 1u);
}

TEST_P(EntrySheets, Totals_come_from_the_cube_with_what_no_branch_explains) {
  small->state(commune().ea_kar, "B01", first_half(), 500);
  small->state(commune().thon_8, "B01", first_half(), 120);
  small->state(commune().nguyen_du, "B01", first_half(), 60);
  const EntrySheet sheet = small->sheet(commune().ea_kar);
  EXPECT_EQ(total(sheet.whole, "B01"), 500);
  EXPECT_EQ(total(sheet.whole, "B01"), small->figure(commune().ea_kar, "B01"));
  EXPECT_EQ(total(sheet.groups[1].totals, "B01"), 120);
  EXPECT_EQ(total(sheet.groups[2].totals, "B01"), 60);
  EXPECT_EQ(total(sheet.own, "B01"), 320);
  EXPECT_EQ(sheet.stated[place("B01")], 500);
}

TEST_P(EntrySheets, A_commune_that_did_not_exist_then_is_refused_in_words) {
  const auto refused = small->house->store.read([&](db::Reader& reader) { return entry_sheet(*small->house, reader, commune().ea_kar, first_half(2024), small_commune_today()); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "entry.not_alive");
  EXPECT_THAT(refused.error().message, HasSubstr("xã Ea Kar"));
}

TEST_P(EntrySheets, A_round_says_who_has_figures_and_who_is_late) {
  small->state(commune().thon_5, "B01", first_half(), 50);
  small->state(commune().thon_8, "B01", first_half(), 120);
  const auto round = round_state(*small->house, commune().province, first_half(), small_commune_today());
  ASSERT_EQ(round.associations.size(), 3u);
  EXPECT_EQ(round.associations[0].name, "Xã Ea Kar");
  EXPECT_EQ(round.associations[0].state, EntryState::entering);
  EXPECT_EQ(round.associations[0].reported, 1u);
  EXPECT_EQ(round.associations[1].state, EntryState::done) << "its one branch has reported";
  EXPECT_EQ(round.associations[2].state, EntryState::not_started);
  EXPECT_EQ(round.sentence(), "2/3 xã, phường đã có số liệu");
  EXPECT_EQ(round.late, 0u);
  const auto later = round_state(*small->house, commune().province, first_half(), Day::of(2026, 6, 11));
  EXPECT_EQ(later.late, 2u) << "due on 10 June";
}

TEST_P(EntrySheets, What_is_due_is_told_with_days_left_and_one_sentence) {
  small->state(commune().thon_8, "B01", first_half(), 120);
  const auto due = [&](BodyId body) { return due_forms(*small->house, body, first_half(), small_commune_today()); };
  const auto of_commune = due(commune().ea_kar);
  ASSERT_EQ(of_commune.size(), 2u);
  EXPECT_EQ(of_commune[0].kind, DueForm::Kind::grid);
  EXPECT_EQ(of_commune[0].days_left, 2);
  EXPECT_EQ(of_commune[0].sentence, "1/7 chi hội, ban đã có số liệu.");
  EXPECT_EQ(of_commune[0].sent_to, "Hội Khuyến học tỉnh Đắk Lắk");
  EXPECT_EQ(of_commune[1].kind, DueForm::Kind::own_form);
  const auto of_branch = due(commune().thon_8);
  ASSERT_EQ(of_branch.size(), 1u);
  EXPECT_EQ(of_branch[0].days_left, -3);
  EXPECT_EQ(of_branch[0].sentence, "Đã ghi 1/15 số, chưa gửi.");
  EXPECT_EQ(of_branch[0].address, fmt::format("/phieu/{}?ky=2026-H1", commune().thon_8.value));
  const auto of_province = due(commune().province);
  EXPECT_EQ(of_province.front().kind, DueForm::Kind::round);
  EXPECT_EQ(of_province.front().sentence, "1/3 xã, phường đã có số liệu.");
}

TEST_P(EntrySheets, What_a_province_did_itself_is_read_counted_and_kept_as_its_own) {
  const BodyId province = commune().province;
  small->state(commune().ea_o, "G04", first_half(), 500);
  small->state(province, "G04", first_half(), 60, Extent::own);
  small->state(province, "D09", first_half(), 900'000'000, Extent::own);
  const auto form_of = [&](BodyId body) { return small->house->store.read([&](db::Reader& reader) { return own_form(*small->house, reader, body, first_half(), small_commune_today()); }); };
  const auto form = form_of(province);
  ASSERT_TRUE(form) << form.error().message;
  EXPECT_EQ(form->filled, 2u);
  for (const FigureSection& section : form->sections)
    for (const FigureField& field : section.fields) EXPECT_EQ(field.extent, Extent::own) << field.name;
  ASSERT_NE(form->field("G04-rieng"), nullptr);
  EXPECT_EQ(form->field("G04-rieng")->value, 60);
  const auto due = due_forms(*small->house, province, first_half(), small_commune_today());
  EXPECT_EQ(due.back().kind, DueForm::Kind::own_form);
  EXPECT_EQ(due.back().sentence, fmt::format("Đã ghi 2/{} số.", form->asked));

  const Viewer viewer = small->viewer_at(province);
  const auto saved = small->save(viewer, province, {{province, "G04-rieng", 70, form->field("G04-rieng")->version}});
  EXPECT_EQ(saved.front().state, CellOutcome::State::saved) << saved.front().message;
  EXPECT_EQ(small->figure(province, "G04"), 570) << "added to what the communes did, not in place of it";
  const auto of_commune = form_of(commune().ea_o);
  ASSERT_NE(of_commune->field("G04"), nullptr) << "a commune tells it for all";
  EXPECT_EQ(of_commune->field("G04")->value, 500);
}

TEST(SheetRows, After_a_merger_stand_under_the_communes_they_come_from) {
  const SmallOrganisation small = small_organisation();
  const auto rows = sheet_rows(small.organisation, small.ea_kar, small_commune_today(), Language::vietnamese);
  std::map<std::string, std::vector<BodyId>> of_group;
  for (const SheetGroup& group : rows->groups)
    for (const SheetRow& row : group.rows) of_group[group.label].push_back(row.body);
  EXPECT_THAT(of_group["Thị trấn Ea Kar (cũ)"], ElementsAre(small.thon_8)) << "nobody wrote down where it came from";
  EXPECT_THAT(of_group["Xã Cư Huê (cũ)"], ElementsAre(small.thon_2, small.nguyen_dinh));
  EXPECT_THAT(of_group["Trường học"], ElementsAre(small.nguyen_du));
}

}  // namespace
}  // namespace khuyenhoc
