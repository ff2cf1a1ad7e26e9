#include "reports/reports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shell/house_fixture.h"

namespace khuyenhoc {
namespace {

using testing::HasSubstr;
using testing::Not;

class WorkReport : public OnSmallHouse {
 protected:
  void add_pages(Pages& pages) override { add_report_pages(pages); }

  // Members in the first half of 2025, where they were then, and of 2026, where they are now: Chi hội Thôn 8 in Đắk Lắk, Khu phố 3 in old Phú Yên.
  void state_two_halves() {
    state(small.thon_8, "B01", half_year(2025), 118);
    state(small.khu_pho_3, "B01", half_year(2025), 60);
    state(small.thon_8, "B01", half_year(2026), 120);
    state(small.khu_pho_3, "B01", half_year(2026), 61);
    state(small.thon_8, "D02", half_year(2026), 6'400'000);
  }
  ReportOrder order(BodyId body) {
    const NamedPeriod period = *Periods::house().named("bao_cao", "H1", 2026);
    return {body, period, report_tree(period, today())};
  }
  std::string text_of(const document::Document& report) { return document::to_html(report); }
};
ON_BOTH_STORES(WorkReport);

TEST_P(WorkReport, of_the_province_says_its_members_and_compares_them_in_todays_territory) {
  state_two_halves();
  const auto report = work_report(house(), order(small.dak_lak));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->kind, "BÁO CÁO");
  EXPECT_EQ(report->summary, "Sơ kết công tác khuyến học, khuyến tài, xây dựng xã hội học tập 6 tháng đầu năm 2026; phương hướng, nhiệm vụ 6 tháng cuối năm 2026");
  EXPECT_EQ(report->letterhead->issuer, "HỘI KHUYẾN HỌC TỈNH ĐẮK LẮK");
  EXPECT_EQ(report->letterhead->number, "Số:      /BC-HKH");
  EXPECT_THAT(report->letterhead->place_and_date, HasSubstr("tháng 6 năm 2026"));
  const std::string text = text_of(*report);
  EXPECT_THAT(text, HasSubstr(">181</a> hội viên"));
  EXPECT_THAT(text, HasSubstr("tăng 3 hội viên (1,7%) so với cùng kỳ năm 2025")) << "old Đắk Lắk had 118 and Phú Yên 60";
  EXPECT_THAT(text, HasSubstr("Số liệu cùng kỳ năm 2025 được tổng hợp theo địa giới hành chính mới."));
  EXPECT_THAT(text, HasSubstr("6.400.000"));
  EXPECT_THAT(text, HasSubstr("Nơi nhận"));
}

TEST_P(WorkReport, names_the_old_provinces_whose_figures_make_up_the_comparison) {
  state_two_halves();
  const auto report = work_report(house(), order(small.dak_lak));
  ASSERT_TRUE(report);
  const auto& last = std::get<document::Table>(*std::ranges::find_if(report->blocks.rbegin(), report->blocks.rend(), [](const document::Block& block) {
    return std::holds_alternative<document::Table>(block);
  }));
  ASSERT_EQ(last.rows.size(), 3U) << "Đắk Lắk (cũ), Phú Yên (cũ), and both in today's territory";
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < 2; ++i) sum += std::get<std::int64_t>(last.rows[i].cells[1].value);
  EXPECT_EQ(sum, 178);
  EXPECT_EQ(std::get<std::int64_t>(last.rows[2].cells[1].value), 178);
}

TEST_P(WorkReport, says_who_has_not_reported_and_that_their_members_are_carried) {
  state_two_halves();
  const auto report = work_report(house(), order(small.dak_lak));
  ASSERT_TRUE(report);
  EXPECT_THAT(text_of(*report), HasSubstr("Chưa có báo cáo của 3/5 xã, phường và 1/1 đơn vị khác (Hội Khuyến học Trường Đại học Tây Nguyên); số hội viên của 4 đơn vị này lấy theo kỳ trước."));
}

// Thôn 11 is all of Ea Ô and has written its figures; Khu phố 3 is all of Sông Hinh and has not.
TEST_P(WorkReport, does_not_call_a_fall_what_has_only_not_come_in_yet) {
  state(small.thon_11, "D02", half_year(2025), 10'000'000);
  state(small.khu_pho_3, "D02", half_year(2025), 5'000'000);
  state(small.thon_11, "D02", half_year(2026), 12'000'000);
  const auto report = work_report(house(), order(small.dak_lak));
  ASSERT_TRUE(report);
  const std::string text = text_of(*report);
  EXPECT_THAT(text, HasSubstr("12.000.000</a> đồng"));
  EXPECT_THAT(text, Not(HasSubstr("giảm 3.000.000"))) << "5 million are still to come";
  EXPECT_THAT(text, Not(HasSubstr("Kết quả vận động Quỹ khuyến học giảm")));
  EXPECT_THAT(text, HasSubstr("vì vậy chưa đầy đủ"));
  EXPECT_THAT(text, HasSubstr("chưa đủ số liệu"));
  EXPECT_THAT(text, Not(HasSubstr("chưa báo cáo số liệu đúng hạn"))) << "it is due in two days";
}

TEST_P(WorkReport, tells_a_fall_among_those_whose_figures_are_all_in) {
  state(small.thon_11, "D02", half_year(2025), 10'000'000);
  state(small.khu_pho_3, "D02", half_year(2025), 5'000'000);
  state(small.thon_11, "D02", half_year(2026), 8'000'000);
  const auto report = work_report(house(), order(small.dak_lak));
  ASSERT_TRUE(report);
  EXPECT_THAT(text_of(*report), HasSubstr("riêng 1 đơn vị đã ghi đủ giảm 2.000.000 đồng (20,0%) so với cùng kỳ năm 2025"));
  EXPECT_THAT(text_of(*report), HasSubstr("Kết quả vận động Quỹ khuyến học giảm"));
}

TEST_P(WorkReport, of_the_centre_says_of_how_many_provinces_it_knows_anything) {
  state_two_halves();
  const auto report = work_report(house(), order(small.centre));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_THAT(text_of(*report), HasSubstr("toàn quốc có"));
  EXPECT_THAT(text_of(*report), Not(HasSubstr("Mới có số liệu của"))) << "Đắk Lắk is all there is in the small territory";
  ReportOrder early = order(small.centre);
  early.period = *Periods::house().named("bao_cao", "H1", 2025);
  early.tree = early.period.period.last;
  state(small.thon_5, "B01", half_year(2024), 30);
  const auto before = work_report(house(), early);
  ASSERT_TRUE(before) << before.error().message;
  EXPECT_THAT(text_of(*before), Not(HasSubstr("Mới có số liệu của"))) << "Đắk Lắk and Phú Yên both have figures";
  early.period = *Periods::house().named("bao_cao", "H1", 2024);
  early.tree = early.period.period.last;
  const auto first = work_report(house(), early);
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_THAT(text_of(*first), AllOf(HasSubstr("Mới có số liệu của 1/2 tỉnh, thành phố."), HasSubstr("tính trên cả những tỉnh, thành phố chưa có số liệu")));
}

TEST_P(WorkReport, of_a_period_that_is_running_speaks_of_today_and_compares_no_half_done_sum) {
  state(small.thon_11, "D02", half_year(2025), 10'000'000);
  state(small.thon_11, "D02", half_year(2026), 8'000'000);
  ReportOrder running = order(small.dak_lak);
  running.period = *Periods::house().named("bao_cao", "Y", 2026);
  running.tree = report_tree(running.period, today());
  state(small.thon_8, "B01", half_year(2026), 120);
  const auto report = work_report(house(), running);
  ASSERT_TRUE(report) << report.error().message;
  const std::string text = text_of(*report);
  EXPECT_THAT(text, HasSubstr("Đến ngày 08/6/2026"));
  EXPECT_THAT(text, Not(HasSubstr("Đến ngày 30/11/2026")));
  EXPECT_THAT(text, Not(HasSubstr("Kết quả vận động Quỹ khuyến học giảm")));
}

TEST_P(WorkReport, without_any_figure_claims_nothing) {
  const auto report = work_report(house(), order(small.dak_lak));
  ASSERT_TRUE(report);
  const std::string text = text_of(*report);
  EXPECT_THAT(text, HasSubstr("Chưa có đơn vị nào báo cáo số liệu của kỳ này"));
  EXPECT_THAT(text, Not(HasSubstr("so với cùng kỳ năm 2025, đạt")));
}

TEST_P(WorkReport, is_not_written_by_branches_nor_for_days_before_the_association_was_founded) {
  EXPECT_EQ(work_report(house(), order(small.thon_8)).error().code, "report.body");
  ReportOrder early = order(small.dak_lak);
  early.period = *Periods::house().named("bao_cao", "H1", 2024);
  early.tree = early.period.period.last;
  EXPECT_EQ(work_report(house(), early).error().code, "report.period");
}

TEST_P(WorkReport, opens_as_a_page_and_downloads_in_three_forms_within_the_scope_only) {
  state_two_halves();
  const Person hoa = person("Ông", "Lê Quang Hòa", small.dak_lak, "pho_chu_tich_thuong_truc");
  const Person lien = person("Bà", "Trần Kim Liên", small.ea_kar, "thu_ky");
  const std::string base = fmt::format("/bao-cao/{}/cong-tac", small.dak_lak.value);
  const auto page = get(hoa, base + "?ky=2026-H1");
  EXPECT_EQ(page.status(), http::Status::ok);
  EXPECT_THAT(std::string(page.body()), HasSubstr("BÁO CÁO"));
  EXPECT_TRUE(get(hoa, base + ".docx?ky=2026-H1").body().starts_with("PK"));
  EXPECT_TRUE(get(hoa, base + ".pdf?ky=2026-H1").body().starts_with("%PDF"));
  EXPECT_TRUE(get(hoa, base + ".xlsx?ky=2026-H1").body().starts_with("PK"));
  EXPECT_EQ(get(lien, base + "?ky=2026-H1").status(), http::Status::not_found);
  EXPECT_EQ(get(lien, base + ".docx?ky=2026-H1").status(), http::Status::not_found);
  EXPECT_THAT(std::string(get(hoa, "/bao-cao").body()), HasSubstr("6 tháng đầu năm 2026"));
}

}  // namespace
}  // namespace khuyenhoc
