// Through the pages an officer opens: an association of a university enters its figures, stands on the boards of its province, and writes its report.
#include <gmock/gmock.h>

#include <regex>

#include "boards/boards.h"
#include "reporting/reporting.h"
#include "reports/reports.h"
#include "shell/house_fixture.h"

namespace khuyenhoc {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class UniversityPages : public OnSmallHouse {
 protected:
  void add_pages(Pages& pages) override {
    add_board_pages(pages);
    add_report_pages(pages);
    add_reporting_pages(pages);
  }
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    state(small.education_branch, "B01", half_year(2026), 25);
    state(small.thon_8, "B01", half_year(2026), 120);
    province_officer = person("Ông", "Lê Quang Hòa", small.dak_lak, "pho_chu_tich_thuong_truc");
    secretary = person("Ông", "Lê Văn Nam", small.university, "thu_ky");
  }
  // What people read: texts without their markup, blanks in one.
  std::string words(const Person& who, const std::string& target) {
    const auto answer = get(who, target);
    EXPECT_EQ(answer.status(), http::Status::ok) << target;
    const std::string bare = std::regex_replace(std::string(answer.body()), std::regex("<[^>]*>"), " ");
    return std::regex_replace(bare, std::regex("\\s+"), " ");
  }

  Person province_officer, secretary;
};
ON_BOTH_STORES(UniversityPages);

TEST_P(UniversityPages, Its_grid_has_its_branches_and_speaks_of_a_unit_not_of_a_commune) {
  EXPECT_THAT(words(secretary, fmt::format("/nhap-so-lieu/{}?ky=2026-H1", small.university.value)), AllOf(HasSubstr("Khoa Sư phạm"), HasSubstr("Toàn đơn vị"), Not(HasSubstr("Toàn xã"))));
  EXPECT_THAT(words(province_officer, fmt::format("/nhap-so-lieu/{}?ky=2026-H1", small.dak_lak.value)), HasSubstr("Trường Đại học Tây Nguyên"));
}

TEST_P(UniversityPages, It_stands_on_the_boards_of_its_province_and_of_no_commune) {
  EXPECT_THAT(words(province_officer, fmt::format("/so-lieu/{}?ct=B01&ky=2026-H1", small.dak_lak.value)), AllOf(HasSubstr("Trường Đại học Tây Nguyên"), HasSubstr("145 hội viên")));
  EXPECT_THAT(words(province_officer, fmt::format("/so-lieu/dia-gioi/{}?ct=B01&ky=2026-H1", small.land.dak_lak.value)), HasSubstr("145 hội viên"));
  EXPECT_THAT(words(province_officer, fmt::format("/so-lieu/dia-gioi/{}?ct=B01&ky=2026-H1", small.land.ea_kar.value)), AllOf(HasSubstr("120 hội viên"), Not(HasSubstr("Đại học"))));
  EXPECT_THAT(words(secretary, fmt::format("/so-lieu/{}?ct=B01&ky=2026-H1", small.university.value)), HasSubstr("25 hội viên"));
}

TEST_P(UniversityPages, It_writes_its_own_report_to_the_province) {
  EXPECT_THAT(words(secretary, fmt::format("/bao-cao/{}/cong-tac?ky=2026-H1", small.university.value)), AllOf(HasSubstr("BÁO CÁO"), HasSubstr("25")));
  EXPECT_EQ(get(secretary, fmt::format("/bao-cao/{}/cong-tac?ky=2026-H1", small.dak_lak.value)).status(), http::Status::not_found);
}

}  // namespace
}  // namespace khuyenhoc
