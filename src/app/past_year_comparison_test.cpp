// Through the pages an officer opens: after the annexes of two old provinces are loaded, the board and the half-year report compare with them.
#include <gmock/gmock.h>

#include <regex>

#include "boards/boards.h"
#include "past_years/annex_fixture.h"
#include "reports/reports.h"

namespace khuyenhoc {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class PastYearComparison : public OnTodaysOffice {
 protected:
  void add_pages(Pages& pages) override {
    add_past_year_pages(pages);
    add_board_pages(pages);
    add_report_pages(pages);
  }
  void SetUp() override {
    OnTodaysOffice::SetUp();
    if (IsSkipped()) return;
    const Annex dak_lak = understood(draft(small.land.old_dak_lak, AnnexLand::old_units, h1, annex_workbook(heads,
                                           {{"Huyện Ea Kar", {"1200", "10"}}, {"Thị trấn Ea Kar", {"700", "6"}}, {"Xã Cư Huê", {"100", "1"}}, {"Xã Ea Ô", {"300", "2"}}, {"Xã Cư ELang", {"100", "1"}},
                                            {"Huyện M'Đrắk", {"300", "2"}}, {"Huyện Cư Kuin", {"500", "3"}}, {"TỔNG CỘNG", {"2000", "15"}}}, "Đơn vị tính: người")));
    const Annex phu_yen = understood(draft(small.land.phu_yen, AnnexLand::old_units, h1, annex_workbook(heads, {{"Huyện Sông Hinh", {"800", "5"}}, {"Tổng cộng", {"800", "5"}}}), "9/BC-HKH"));
    const std::array ids{dak_lak.id, phu_yen.id};
    build_for(ids);
    load(dak_lak);
    load(phu_yen);
  }

  void state(BodyId body, std::string_view code, std::int64_t value) {
    const Period period = named("H1", 2026).period;
    const Series series = house().catalogue.series(house().catalogue.index(code));
    const auto known = store().read([&](db::Reader& reader) { return house().statements.find(reader, body, series, period); });
    const auto done = store().write([&](db::Writer& writer) {
      return house().statements.state(writer, body, series, period, value, known ? known->row_version : 0, Arrival::within, clerk.user, now_ms);
    });
    ASSERT_TRUE(done) << done.error().message;
  }
  // What people read: texts without their markup, blanks in one.
  std::string words(const std::string& target) {
    const auto answer = get(clerk, target);
    EXPECT_EQ(answer.status(), http::Status::ok) << target << "\n" << answer.body().substr(0, 1500);
    const std::string bare = std::regex_replace(std::string(answer.body()), std::regex("<[^>]*>"), " ");
    return std::regex_replace(bare, std::regex("\\s+"), " ");
  }
  std::string board(std::string_view code = "B01") { return words(fmt::format("/so-lieu/{}?ct={}&ky=2026-H1", now.dak_lak.value, code)); }
  std::string report() { return words(fmt::format("/bao-cao/{}/cong-tac?ky=2026-H1", now.dak_lak.value)); }
  void everybody_reports() {
    for (const auto& [body, members] : {std::pair(now.ea_o, 450), std::pair(now.ea_ktur, 300), std::pair(now.dray_bhang, 250), std::pair(now.song_hinh, 850), std::pair(now.ea_trang, 310),
                                        std::pair(now.thon_8, 840)}) {
      state(body, "B01", members);
      state(body, "B02", 5);
    }
  }

  const NamedPeriod h1 = named("H1", 2025);
  const std::vector<AnnexHead> heads{{{"Tổng số hội viên"}}, {{"Hội viên phát triển mới"}}};
};
ON_BOTH_STORES(PastYearComparison);

TEST_P(PastYearComparison, The_board_and_the_report_compare_with_both_old_provinces_in_todays_territory) {
  everybody_reports();
  EXPECT_THAT(board(), HasSubstr("Toàn tỉnh có 3.000 hội viên, tăng 200 hội viên (7,1%) so với cùng kỳ năm 2025 (quy về địa giới hiện nay)."));
  EXPECT_THAT(board("B02"), HasSubstr("là 30 người, tăng 10 hội viên mới (50,0%) so với cùng kỳ năm 2025 (quy về địa giới hiện nay)"));
  EXPECT_THAT(report(), AllOf(HasSubstr("3.000 hội viên"), HasSubstr("tăng 200 hội viên (7,1%) so với cùng kỳ năm 2025"), HasSubstr("Số liệu cùng kỳ năm 2025 được tổng hợp theo địa giới hành chính mới"),
                              HasSubstr("– 3.000 2.800 tăng 200 –")));
}

TEST_P(PastYearComparison, Before_anybody_reported_nothing_has_fallen) {
  EXPECT_THAT(board("B02"), AllOf(HasSubstr("Toàn tỉnh chưa có số liệu về chỉ tiêu"), HasSubstr("trong kỳ này; cùng kỳ năm 2025 (quy về địa giới hiện nay) là 20 người."), Not(HasSubstr("giảm 20")), Not(HasSubstr("(100,0%)"))));
  EXPECT_THAT(board(), AllOf(HasSubstr("chưa so sánh với cùng kỳ năm 2025 (quy về địa giới hiện nay) vì"), Not(HasSubstr("(100%)")), Not(HasSubstr("(100,0%)"))));
  EXPECT_THAT(report(), AllOf(HasSubstr("0 20 chưa đủ số liệu"), Not(HasSubstr("giảm 20"))));
}

TEST_P(PastYearComparison, A_fall_is_told_once_everybody_has_reported) {
  everybody_reports();
  state(now.song_hinh, "B01", 500);
  EXPECT_THAT(board(), HasSubstr("Toàn tỉnh có 2.650 hội viên, giảm 150 hội viên (5,4%) so với cùng kỳ năm 2025 (quy về địa giới hiện nay)."));
}

}  // namespace
}  // namespace khuyenhoc
