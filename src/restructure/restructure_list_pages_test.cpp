#include <regex>

#include <gmock/gmock.h>

#include "importing/importing_fixture.h"
#include "restructure/draft_queries.h"
#include "restructure/pages/restructure_pages.h"
#include "restructure/restructure_list.h"
#include "shell/house_fixture.h"

namespace khuyenhoc {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// The list of a restructure through the pages of the wizard, from the draft that it is read into.
class RestructureListPages : public OnSmallHouse {
 protected:
  void add_pages(Pages& pages) override {
    auto kinds = std::make_shared<ImportKinds>();
    kinds->add(restructure_import(pages.house()));
    add_importing_pages(pages, kinds);
    add_restructure_pages(pages);
  }
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    officer = person("Bà", "H’Ngoan Niê", small.dak_lak, "pho_chu_tich_thuong_truc");
  }
  std::string body_of(const std::string& target) { return std::string(get(officer, target).body()); }
  std::string draft_called(const std::string& title) {
    const std::string address(post(officer, "/sap-xep", {}).header("Location"));
    EXPECT_EQ(post(officer, address, {{"version", "1"}, {"title", title}, {"lam", "ghi"}}).status(), http::Status::see_other);
    return address.substr(address.rfind('/') + 1);
  }
  // From the first page, as its form sends the file: to the address that stands there.
  std::string uploaded(const std::string& first_page, const Lines& lines) {
    std::smatch form;
    EXPECT_TRUE(std::regex_search(first_page, form, std::regex(R"re(enctype="multipart/form-data" action="([^"]+)")re")));
    const std::string boundary = "ranhgioi";
    const std::string body = fmt::format("--{0}\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{1}\r\n--{0}\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"thôn.xlsx\"\r\n"
                                         "Content-Type: application/octet-stream\r\n\r\n{2}\r\n--{0}--\r\n", boundary, officer.csrf, workbook_of(lines));
    http::Request request = *http::Request::make(http::Method::post, form[1].str());
    request.with_body(body, "multipart/form-data; boundary=" + boundary).with_header("Cookie", fmt::format("{}={}", session_cookie, officer.token));
    const auto answer = router().handle(std::move(request));
    EXPECT_EQ(answer.status(), http::Status::see_other) << answer.body();
    return std::string(answer.header("Location"));
  }
  Person officer;
};
ON_BOTH_STORES(RestructureListPages);

TEST_P(RestructureListPages, The_draft_that_a_link_names_stays_chosen_however_often_the_file_is_changed) {
  draft_called("Sắp xếp thôn của xã Ea Ô");
  const std::string draft = draft_called("Sắp xếp thôn, buôn của xã Ea Kar theo Nghị quyết năm 2026");
  const std::string first = fmt::format("/nhap-tep/{}/sap-xep?ban-nhap={}", small.dak_lak.value, draft);
  EXPECT_THAT(body_of("/sap-xep/ban-nhap/" + draft), HasSubstr(first));
  EXPECT_THAT(body_of(first), HasSubstr("Đưa vào bản nháp: Sắp xếp thôn, buôn của xã Ea Kar theo Nghị quyết năm 2026"));
  const Lines lines{{"Đơn vị cũ", "Xã", "Hình thức", "Đơn vị mới"}, {"Thôn 8", "xã Ea Kar cũ", "đổi tên", "Thôn Tám"}, {"Thôn 99", "Xã Ea Kar", "Hợp nhất", "Thôn A"}};
  const std::string columns = uploaded(body_of(first), lines);
  const std::string chosen = fmt::format(R"(<input type="radio" name="chon-ban_nhap" value="{}" checked>)", draft);
  EXPECT_THAT(body_of(columns), HasSubstr(chosen));

  // another file instead: by the step before, or after giving this one up
  const std::string again = fmt::format("/nhap-tep/{}/sap-xep?ban_nhap={}", small.dak_lak.value, draft);
  EXPECT_THAT(body_of(columns), HasSubstr(again));
  EXPECT_EQ(post(officer, columns.substr(0, columns.rfind('/')) + "/bo", {}).header("Location"), again);
  const std::string next = uploaded(body_of(again), lines);
  EXPECT_THAT(body_of(next), HasSubstr(chosen));

  const std::string import = next.substr(0, next.rfind('/'));
  ASSERT_EQ(post(officer, next, {{"viec", "xem"}, {"trang", "Danh sách"}, {"dong", "1"}, {"chon-ban_nhap", draft}, {"chon-ngay", "01/6/2026"}, {"cot-don_vi_cu", "1"}, {"cot-xa", "2"},
                                 {"cot-hinh_thuc", "3"}, {"cot-don_vi_moi", "4"}}).status(), http::Status::see_other);
  const std::string preview = body_of(import + "/xem-truoc");
  EXPECT_THAT(preview, AllOf(HasSubstr("Thôn 99, Xã Ea Kar, Hợp nhất"), Not(HasSubstr("hop-nhat")))) << "a row says its choice in words";
  EXPECT_THAT(preview, AllOf(HasSubstr("data-label=\"Dòng\">3<"), HasSubstr("“xã Ea Kar cũ” được hiểu là thị trấn Ea Kar cũ.")));
  std::smatch digest;
  ASSERT_TRUE(std::regex_search(preview, digest, std::regex(R"re(name="xem" value="([^"]+)")re")));
  const std::string seen = digest[1];
  ASSERT_EQ(post(officer, import + "/ghi", {{"xem", seen}, {"cach", "hop-le"}}).status(), http::Status::see_other);
  EXPECT_THAT(body_of(import), HasSubstr(fmt::format("href=\"/sap-xep/ban-nhap/{}\"", draft))) << "where the acts went";
  EXPECT_THAT(body_of("/sap-xep/ban-nhap/" + draft), HasSubstr("Chi hội Thôn Tám"));
}

}  // namespace
}  // namespace khuyenhoc
