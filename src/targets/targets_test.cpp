#include "targets/targets.h"

#include <gmock/gmock.h>

#include "importing/importing_fixture.h"
#include "measures/targets.h"
#include "shell/house_fixture.h"

namespace khuyenhoc {
namespace {

using testing::HasSubstr;
using testing::Not;

class Targets : public OnSmallHouse {
 protected:
  void add_pages(Pages& pages) override { add_target_pages(pages); }
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    officer = person("Bà", "H’Ngoan Niê", small.dak_lak, "pho_chu_tich_thuong_truc");
    secretary = person("Bà", "Trần Kim Liên", small.ea_kar, "thu_ky");
  }
  static int status(const http::Response& answer) { return static_cast<int>(answer.status()); }
  static std::string text(const http::Response& answer) { return std::string(answer.body()); }
  std::optional<std::int64_t> stored(BodyId body, std::string_view code, int year = 2026) {
    return store().read([&](db::Reader& reader) { return target(reader, Catalogue::house(), body, Catalogue::house().index(code), year); });
  }
  std::string page(BodyId body) const { return fmt::format("/chi-tieu-nam/{}", body.value); }
  static std::string cell(BodyId body) { return fmt::format("o-{}", body.value); }
  static std::string version(BodyId body) { return fmt::format("v-{}", body.value); }
  http::Response set_own(const Person& who, BodyId body, std::string_view members, std::string_view shown_version = "0") {
    return post(who, page(body), {{"nam", "2026"}, {"version", shown_version}, {"o-B01", members}, {"buoc", "ghi"}});
  }

  Person officer, secretary;
};
ON_BOTH_STORES(Targets);

TEST_P(Targets, Every_indicator_of_the_list_is_one_that_can_have_a_target) {
  ASSERT_GE(TargetKinds::house().all().size(), 10U);
  for (const TargetKind& kind : TargetKinds::house().all()) {
    const Measure& measure = Catalogue::house().measure(kind.measure);
    EXPECT_NE(measure.kind, MeasureKind::ratio) << measure.code;
    EXPECT_EQ(Catalogue::house().measure(kind.by).kind, MeasureKind::reference) << measure.code;
  }
  EXPECT_FALSE(TargetKinds::parse("[[target]]\ncode = \"B01\"\nby = \"khong\"\n", Catalogue::house()));
}

TEST_P(Targets, Last_years_figure_suggests_and_filling_in_saves_nothing) {
  state(small.ea_o, "B01", Period::year(2025), 1000);
  const auto suggested = post(officer, page(small.ea_o), {{"nam", "2026"}, {"version", "0"}, {"o-B01", ""}, {"buoc", "goi-y"}});
  EXPECT_EQ(status(suggested), 200);
  EXPECT_THAT(text(suggested), HasSubstr("name=\"o-B01\" value=\"1.020\""));
  EXPECT_THAT(text(suggested), HasSubstr("chưa ghi"));
  EXPECT_FALSE(stored(small.ea_o, "B01"));
}

TEST_P(Targets, Without_last_year_the_share_of_the_population_suggests) {
  state(small.ea_kar, "B04", Period::year(2026), 3000);
  state(small.ea_o, "B04", Period::year(2026), 1000);
  ASSERT_EQ(status(set_own(officer, small.dak_lak, "4.000")), 303);
  store().read([&](db::Reader& reader) {
    const Figures figures(house().ledger.view());
    const auto all = assignment(reader, house(), figures, small.dak_lak, *TargetKinds::house().find("B01"), 2026, today());
    for (const TargetCell& one : all.parts) {
      if (one.body == small.ea_kar) {
        EXPECT_EQ(one.suggested, 3000);
      }
      if (one.body == small.ea_o) {
        EXPECT_EQ(one.suggested, 1000);
      }
    }
  });
}

TEST_P(Targets, What_is_assigned_is_watched_against_the_own_target_and_kept_with_its_history) {
  ASSERT_EQ(status(set_own(officer, small.dak_lak, "5.000")), 303);
  const auto saved = post(officer, page(small.dak_lak) + "/phan-giao", {{"nam", "2026"}, {"chi-tieu", "B01"}, {"buoc", "ghi"}, {cell(small.ea_kar), "3.000"}, {version(small.ea_kar), "0"}, {cell(small.ea_o), "1500"}, {version(small.ea_o), "0"}, {"tu-ngay", "01/6/2026"}});
  ASSERT_EQ(status(saved), 303) << text(saved);
  EXPECT_EQ(stored(small.ea_kar, "B01"), 3000);
  EXPECT_EQ(stored(small.ea_o, "B01"), 1500);
  EXPECT_THAT(text(get(officer, page(small.dak_lak) + "/phan-giao?chi-tieu=B01&nam=2026")), HasSubstr("còn thiếu 500"));
  EXPECT_THAT(text(get(officer, page(small.dak_lak) + "?nam=2026")), HasSubstr("còn thiếu 500"));
  now_ms += 60'000;
  ASSERT_EQ(status(set_own(officer, small.ea_kar, "3.500", "1")), 303);
  store().read([&](db::Reader& reader) {
    const auto changes = target_changes(reader, small.ea_kar, 2026, 10);
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes.front().before, 3000);
    EXPECT_EQ(changes.front().value, 3500);
    EXPECT_EQ(changes.front().user, officer.user);
    const MeasureIndex members = Catalogue::house().index("B01");
    EXPECT_EQ(target_on(reader, small.ea_kar, members, 2026, Day::of(2026, 5, 31)), std::nullopt);
    EXPECT_EQ(target_on(reader, small.ea_kar, members, 2026, Day::of(2026, 6, 7)), 3000);
    EXPECT_EQ(target_on(reader, small.ea_kar, members, 2026, Day::of(2026, 6, 8)), 3500);
  });
  EXPECT_THAT(text(get(officer, page(small.ea_kar))), HasSubstr("Hội viên: 3.000 thành 3.500"));
}

TEST_P(Targets, Wrong_cells_are_named_kept_as_typed_and_nothing_of_the_form_is_saved) {
  for (const std::string_view wrong : {"một nghìn", "-5", "12,5", "99999999999999999999"}) {
    const auto answer = post(officer, page(small.dak_lak), {{"nam", "2026"}, {"version", "0"}, {"o-B01", wrong}, {"o-C03", "10"}, {"buoc", "ghi"}});
    EXPECT_EQ(status(answer), 422) << wrong;
    EXPECT_THAT(text(answer), HasSubstr("id=\"o-B01-loi\"")) << wrong;
    EXPECT_THAT(text(answer), HasSubstr(fmt::format("value=\"{}\"", wrong)));
  }
  EXPECT_EQ(status(post(officer, page(small.dak_lak), {{"nam", "2026"}, {"version", "0"}, {"o-B01", "10"}, {"tu-ngay", "mai"}, {"buoc", "ghi"}})), 422);
  EXPECT_FALSE(stored(small.dak_lak, "B01"));
  EXPECT_FALSE(stored(small.dak_lak, "C03"));
}

TEST_P(Targets, Whoever_saves_second_sees_both_and_overwrites_nothing_unseen) {
  ASSERT_EQ(status(set_own(officer, small.ea_kar, "3.000")), 303);
  const auto late = set_own(officer, small.ea_kar, "2.000", "0");
  EXPECT_EQ(status(late), 409);
  EXPECT_THAT(text(late), HasSubstr("Đang lưu: 3.000"));
  EXPECT_THAT(text(late), HasSubstr("value=\"2.000\""));
  EXPECT_EQ(stored(small.ea_kar, "B01"), 3000);
  EXPECT_EQ(status(set_own(officer, small.ea_kar, "3.000", "0")), 303) << "the same value again is no conflict";
}

TEST_P(Targets, After_the_decision_the_unit_below_does_not_change_its_own) {
  EXPECT_EQ(status(set_own(secretary, small.ea_kar, "2.000")), 303);
  EXPECT_EQ(status(post(officer, page(small.dak_lak) + "/quyet-dinh", {{"nam", "2026"}, {"version", "0"}, {"number", ""}, {"day", "08/6/2026"}})), 422);
  EXPECT_EQ(status(post(officer, page(small.dak_lak) + "/quyet-dinh", {{"nam", "2026"}, {"version", "0"}, {"number", "15/QĐ-HKH"}, {"day", "08/6/2027"}})), 422);
  ASSERT_EQ(status(post(officer, page(small.dak_lak) + "/quyet-dinh", {{"nam", "2026"}, {"version", "0"}, {"number", "15/QĐ-HKH"}, {"day", "08/6/2026"}})), 303);
  EXPECT_EQ(status(set_own(secretary, small.ea_kar, "1.000", "1")), 422);
  EXPECT_EQ(stored(small.ea_kar, "B01"), 2000);
  EXPECT_THAT(text(get(secretary, page(small.ea_kar) + "?nam=2026")), HasSubstr("Quyết định số 15/QĐ-HKH ngày 08/6/2026"));
  EXPECT_EQ(status(set_own(officer, small.ea_kar, "1.000", "1")), 303);
  EXPECT_THAT(text(get(officer, page(small.dak_lak) + "/quyet-dinh.docx?nam=2026")), testing::StartsWith("PK"));
  EXPECT_THAT(text(get(officer, page(small.dak_lak) + "/bang.xlsx?nam=2026")), testing::StartsWith("PK"));
}

TEST_P(Targets, A_unit_outside_the_scope_and_a_branch_have_none_here) {
  EXPECT_EQ(status(get(secretary, page(small.ea_o))), 404);
  EXPECT_EQ(status(set_own(secretary, small.ea_o, "5")), 404);
  EXPECT_EQ(status(get(secretary, page(small.thon_8))), 422);
  EXPECT_EQ(status(post(secretary, page(small.dak_lak) + "/phan-giao", {{"chi-tieu", "B01"}})), 404);
}

TEST_P(Targets, A_workbook_is_matched_by_name_explained_row_by_row_and_taken_back) {
  const auto kind = target_import();
  const auto viewer = house().sessions.viewer(officer.token);
  const Lines lines{{"Đơn vị", "Hội viên", "Gia đình học tập"}, {"xa ea kar", "3.000", "500"}, {"Hội Khuyến học xã Ea Ô", "1000", ""}, {"Xã Không Có", "1", ""}, {"Ea Kar", "9", ""}, {"Xã Ea Ktur", "mười", ""}};
  ASSERT_EQ(status(set_own(officer, small.ea_o, "1.000")), 303);
  const DirectImport given{.file_name = "chi-tieu.xlsx", .content = workbook_of(lines), .options = {{"nam", "2026"}}};
  const auto done = import_directly(*kind, house(), *viewer, small.dak_lak, given);
  ASSERT_TRUE(done) << done.error().message;
  ASSERT_EQ(done->rows.size(), 5U);
  EXPECT_EQ(done->rows[0].verdict, ImportVerdict::added);
  EXPECT_EQ(done->rows[1].verdict, ImportVerdict::unchanged);
  for (const std::size_t row : {2U, 3U, 4U}) {
    EXPECT_EQ(done->rows[row].verdict, ImportVerdict::refused) << row;
    EXPECT_FALSE(done->rows[row].findings.empty()) << row;
  }
  EXPECT_EQ(stored(small.ea_kar, "B01"), 3000);
  EXPECT_EQ(stored(small.ea_kar, "C03"), 500);
  EXPECT_FALSE(stored(small.ea_ktur, "B01"));
  const auto again = import_directly(*kind, house(), *viewer, small.dak_lak, given);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->rows[0].verdict, ImportVerdict::unchanged) << "the same file twice changes nothing";
  ASSERT_TRUE(undo_import(*kind, house(), *viewer, done->record.id));
  EXPECT_FALSE(stored(small.ea_kar, "B01"));
}

}  // namespace
}  // namespace khuyenhoc
