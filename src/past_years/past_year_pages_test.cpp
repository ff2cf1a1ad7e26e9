#include <gmock/gmock.h>

#include "past_years/annex_fixture.h"

namespace khuyenhoc {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class PastYearPages : public OnTodaysOffice {
 protected:
  void add_pages(Pages& pages) override { add_past_year_pages(pages); }
  void SetUp() override {
    OnTodaysOffice::SetUp();
    if (IsSkipped()) return;
    commune = person("Bà", "Trần Kim Liên", now.ea_kar, "thu_ky");
    head_of_8 = person("Ông", "Phạm Văn Lượng", now.thon_8, "chi_hoi_truong");
  }

  std::string base() const { return fmt::format("/so-lieu-nam-truoc/{}", now.dak_lak.value); }
  static void field(std::string& body, std::string_view name, std::string_view value) {
    body += fmt::format("--vach\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{}\r\n", name, value);
  }
  static void file(std::string& body, std::string_view name, std::string_view file_name, std::string_view content) {
    body += fmt::format("--vach\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\nContent-Type: application/octet-stream\r\n\r\n", name, file_name);
    body += content;
    body += "\r\n";
  }
  http::Response send(const Person& who, const std::string& target, std::string body) {
    http::Request request = *http::Request::make(http::Method::post, target);
    request.with_body(body + "--vach--\r\n", "multipart/form-data; boundary=vach");
    request.with_header("Cookie", fmt::format("{}={}", session_cookie, who.token)).with_header("X-CSRF-Token", who.csrf);
    return router().handle(std::move(request));
  }
  std::string form(std::string_view period = "2025-H1", std::string_view number = "12/BC-HKH") {
    std::string body;
    field(body, "ky", period);
    field(body, "vung", fmt::format("1/{}", small.land.phu_yen.value));
    field(body, "so", number);
    field(body, "ngay", "20/6/2025");
    field(body, "nguoi_ky", "Nguyễn Văn An, Chủ tịch");
    return body;
  }
  std::string phu_yen(std::string_view total = "800") {
    return annex_workbook({{{"Tổng số hội viên"}}, {{"Điểm thi đua"}}}, {{"Huyện Sông Hinh", {"800", "9"}}, {"Tổng cộng", {std::string(total), ""}}});
  }
  // The address of the new draft, from where the browser is sent.
  std::string uploaded(const std::string& workbook) {
    std::string body = form();
    file(body, "tep", "phu-luc.xlsx", workbook);
    const auto answer = send(clerk, base() + "/nap", body);
    EXPECT_EQ(answer.status(), http::Status::see_other) << answer.body();
    std::string to(answer.header("Location"));
    return to.substr(0, to.rfind("/cot"));
  }
  std::string version_in(const http::Response& answer) {
    const std::string page(answer.body());
    const auto at = page.find("name=\"version\" value=\"") + std::string_view("name=\"version\" value=\"").size();
    return page.substr(at, page.find('"', at) - at);
  }
  std::int64_t figures_stated() {
    return store().read([&](db::Reader& reader) { return static_cast<std::int64_t>(house().trail.page(reader, viewer().scope(Permission::see_figures), 0, 100).size()); });
  }

  Person commune, head_of_8;
};
ON_BOTH_STORES(PastYearPages);

TEST_P(PastYearPages, Outside_the_scope_and_for_a_branch_there_is_no_such_page) {
  for (const std::string& target : {base(), base() + "/nap", base() + "/to-chuc-cu"}) {
    EXPECT_EQ(get(commune, target).status(), http::Status::not_found) << target;
    EXPECT_EQ(get(clerk, target).status(), http::Status::ok) << target;
  }
  EXPECT_EQ(get(head_of_8, fmt::format("/so-lieu-nam-truoc/{}", now.thon_8.value)).status(), http::Status::not_found);
  EXPECT_EQ(get(commune, fmt::format("/so-lieu-nam-truoc/{}", now.ea_kar.value)).status(), http::Status::ok);
  EXPECT_EQ(get(clerk, base() + "/987654").status(), http::Status::not_found);
  const std::string draft = uploaded(phu_yen());
  EXPECT_EQ(get(commune, draft).status(), http::Status::not_found);
  const std::string id = draft.substr(draft.rfind('/'));
  EXPECT_EQ(get(commune, fmt::format("/so-lieu-nam-truoc/{}{}", now.ea_kar.value, id)).status(), http::Status::not_found) << "an annex of another office";
}

TEST_P(PastYearPages, The_overview_says_what_is_lacking_and_where_to_begin) {
  const std::string page(get(clerk, base()).body());
  EXPECT_THAT(page, AllOf(HasSubstr("Báo cáo 6 tháng đầu năm 2026 sẽ để trống cột cùng kỳ của"), HasSubstr("Tỉnh Phú Yên (cũ)"), HasSubstr("Nạp phụ lục"), HasSubstr("năm 2023")));
}

TEST_P(PastYearPages, A_form_filled_in_wrongly_comes_back_with_everything_typed) {
  struct Row {
    std::string field, value, says;
  };
  for (const Row& row : std::vector<Row>{{"ky", "2031-H1", "Xin chọn kỳ báo cáo trong danh sách"},
                                         {"vung", "1/999", "Xin chọn đơn vị và địa giới"},
                                         {"vung", fmt::format("2/{}", small.land.dak_lak.value), "trước khi có các đơn vị hiện nay"},
                                         {"so", "", "Xin ghi số của báo cáo"},
                                         {"ngay", "31/6/2025", "Ngày"},
                                         {"ngay", "20/6/2031", "Ngày ký chưa đến"},
                                         {"nguoi_ky", "  ", "Xin ghi người ký"}}) {
    std::string body;
    for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
             {"ky", "2025-H1"}, {"vung", fmt::format("1/{}", small.land.phu_yen.value)}, {"so", "12/BC-HKH"}, {"ngay", "20/6/2025"}, {"nguoi_ky", "Nguyễn Văn An"}})
      field(body, name, name == row.field ? row.value : value);
    file(body, "tep", "phu-luc.xlsx", phu_yen());
    const auto answer = send(clerk, base() + "/nap", body);
    EXPECT_EQ(answer.status(), http::Status::unprocessable) << row.field;
    EXPECT_THAT(std::string(answer.body()), HasSubstr(row.says)) << row.field << " " << row.value;
    if (row.field != "so") {
      EXPECT_THAT(std::string(answer.body()), HasSubstr("value=\"12/BC-HKH\""));
    }
  }
  for (const auto& [name, content, says] : std::vector<std::tuple<std::string, std::string, std::string>>{
           {"phu-luc.xlsx", "không phải bảng tính", "tep-loi"}, {"phu-luc.xlsx", "", "Xin chọn tệp Excel"}, {"phu-luc.xls", std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8), "tep-loi"}}) {
    std::string body = form();
    file(body, "tep", name, content);
    const auto answer = send(clerk, base() + "/nap", body);
    EXPECT_EQ(answer.status(), http::Status::unprocessable);
    EXPECT_THAT(std::string(answer.body()), HasSubstr(says));
  }
  std::string elsewhere = form();
  file(elsewhere, "tep", "phu-luc.xlsx", annex_workbook({{{"Tổng số hội viên"}}}, {{"Huyện Ea Kar", {"800"}}, {"Huyện Cư Kuin", {"9"}}, {"Tổng cộng", {"809"}}}));
  const auto other_province = send(clerk, base() + "/nap", elsewhere);
  EXPECT_EQ(other_province.status(), http::Status::unprocessable);
  EXPECT_THAT(std::string(other_province.body()), HasSubstr("Các dòng trong tệp là đơn vị của tỉnh Đắk Lắk"));
  std::string body = form();
  file(body, "tep", "phu-luc.xlsx", phu_yen());
  file(body, "ban_ky", "ban-ky.pdf", "đây không phải PDF");
  EXPECT_EQ(send(clerk, base() + "/nap", body).status(), http::Status::unprocessable);
  EXPECT_THAT(std::string(get(clerk, base()).body()), Not(HasSubstr("Các báo cáo đã nạp")));
}

TEST_P(PastYearPages, From_the_file_to_the_record_and_back) {
  const std::string draft = uploaded(phu_yen("830"));
  auto page = get(clerk, draft + "/cot");
  EXPECT_THAT(std::string(page.body()), AllOf(HasSubstr("C. Tổng số hội viên"), HasSubstr("value=\"B01\" selected"), HasSubstr("Chưa rõ cột này là chỉ tiêu nào")));
  EXPECT_EQ(post(clerk, draft + "/cot", {{"viec", "xac-nhan"}, {"version", "99"}}).status(), http::Status::conflict);
  auto answer = post(clerk, draft + "/cot", {{"viec", "xac-nhan"}, {"version", version_in(page)}, {"cot_3", "B01"}, {"nhan_3", "1"}, {"cot_4", ""}, {"nhan_4", "1"}});
  EXPECT_EQ(answer.status(), http::Status::see_other) << answer.body();

  page = get(clerk, draft);
  EXPECT_THAT(std::string(page.body()), AllOf(HasSubstr("Dựng tổ chức của thời kỳ trước"), HasSubstr("Lệch với số tổng đã ký"), HasSubstr("830"), HasSubstr("tăng 30"), Not(HasSubstr("Ghi 1 số"))));
  // Too early: nothing is written, and it says why.
  answer = post(clerk, draft, {{"viec", "ghi"}, {"version", version_in(page)}});
  EXPECT_EQ(answer.status(), http::Status::conflict);
  EXPECT_THAT(std::string(answer.body()), HasSubstr("chưa được giải thích"));

  const auto old = get(clerk, base() + "/to-chuc-cu");
  EXPECT_THAT(std::string(old.body()), AllOf(HasSubstr("Hội Khuyến học huyện Sông Hinh"), HasSubstr("Hội Khuyến học tỉnh Phú Yên"), HasSubstr("Hội Khuyến học xã Sông Hinh"), HasSubstr("30/11/2020")));
  EXPECT_EQ(post(clerk, base() + "/to-chuc-cu", {{"tu", "01/7/2025"}, {"so", "202/2025/QH15"}, {"ngay", "12/6/2025"}, {"cua", "Quốc hội"}}).status(), http::Status::unprocessable);
  EXPECT_EQ(post(clerk, base() + "/to-chuc-cu", {{"tu", "30/11/2020"}, {"so", "202/2025/QH15"}, {"ngay", "12/6/2025"}, {"cua", "Quốc hội"}}).status(), http::Status::see_other);

  const std::string key = fmt::format("{}_B01", small.land.phu_yen.value);
  page = get(clerk, draft);
  const std::string reason = "lech_" + key, note = "ghi_" + key;
  answer = post(clerk, draft, {{"viec", "luu"}, {"version", version_in(page)}, {reason, "3"}});
  EXPECT_EQ(answer.status(), http::Status::unprocessable) << "what is left open needs a note";
  page = get(clerk, draft);
  answer = post(clerk, draft, {{"viec", "luu"}, {"version", version_in(page)}, {reason, "1"}, {note, "Văn phòng Tỉnh hội"}});
  EXPECT_EQ(answer.status(), http::Status::see_other);
  page = get(clerk, draft);
  EXPECT_THAT(std::string(page.body()), HasSubstr("Ghi 2 số"));
  answer = post(clerk, draft, {{"viec", "ghi"}, {"version", version_in(page)}, {reason, "1"}, {note, "Văn phòng Tỉnh hội"}});
  EXPECT_EQ(answer.status(), http::Status::see_other) << answer.body();
  EXPECT_EQ(figure(now.dak_lak, "B01", named("H1", 2025).period, today()), 830);

  page = get(clerk, draft);
  EXPECT_THAT(std::string(page.body()), AllOf(HasSubstr("Phụ lục đã nạp"), HasSubstr("Văn phòng Tỉnh hội"), HasSubstr("Khôi phục như cũ"), Not(HasSubstr("Ghi 2 số"))));
  EXPECT_THAT(std::string(get(clerk, base()).body()), AllOf(HasSubstr("Đã nạp"), HasSubstr("khớp cả 1 số tổng")));
  EXPECT_EQ(get(clerk, draft + "/tep").status(), http::Status::ok);
  EXPECT_EQ(get(clerk, draft + "/ban-ky").status(), http::Status::not_found);
  std::string body;
  field(body, "version", version_in(page));
  file(body, "ban_ky", "ban-ky.pdf", "%PDF-1.4\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n");
  EXPECT_EQ(send(clerk, draft + "/ban-ky", body).status(), http::Status::see_other);
  EXPECT_EQ(get(clerk, draft + "/ban-ky").status(), http::Status::ok);

  page = get(clerk, draft);
  EXPECT_EQ(post(clerk, draft + "/khoi-phuc", {{"version", "1"}}).status(), http::Status::conflict);
  EXPECT_EQ(post(clerk, draft + "/khoi-phuc", {{"version", version_in(page)}}).status(), http::Status::see_other);
  EXPECT_EQ(figure(now.dak_lak, "B01", named("H1", 2025).period, today()), 0);
  EXPECT_EQ(post(clerk, draft + "/khoi-phuc", {{"version", version_in(page)}}).status(), http::Status::not_found);
}

TEST_P(PastYearPages, Wrong_rows_are_chosen_by_hand_and_the_marked_workbook_says_why) {
  const std::string draft = uploaded(annex_workbook({{{"Tổng số hội viên"}}}, {{"Sông Hin", {"800"}}, {"Huyện Tuy An", {"12"}}, {"Tổng cộng", {"800"}}}));
  // No name is like any: the sheet cannot be recognised, and the page says so instead of failing.
  auto page = get(clerk, draft + "/cot");
  EXPECT_EQ(page.status(), http::Status::unprocessable);
  EXPECT_THAT(std::string(page.body()), HasSubstr("Không tìm thấy cột nào ghi tên các đơn vị của tỉnh Phú Yên"));
  EXPECT_EQ(post(clerk, draft + "/bo", {}).status(), http::Status::see_other);

  const std::string other = uploaded(annex_workbook({{{"Tổng số hội viên"}}}, {{"Sông Hin", {"hai"}}, {"Huyện Sông Hinh", {"700"}}, {"Huyện Ea Kar", {"12"}}, {"Tổng cộng", {"700"}}}));
  page = get(clerk, other + "/cot");
  EXPECT_THAT(std::string(page.body()), AllOf(HasSubstr("gần giống nhất là Huyện Sông Hinh"), HasSubstr("là của nơi khác: huyện Ea Kar, tỉnh Đắk Lắk")));
  EXPECT_EQ(post(clerk, other + "/cot", {{"viec", "xac-nhan"}, {"version", version_in(page)}, {"cot_3", "B01"}, {"nhan_3", "1"}}).status(), http::Status::see_other);
  EXPECT_THAT(std::string(get(clerk, other).body()), AllOf(HasSubstr("Còn 2 ô chưa đọc được"), HasSubstr(">B6<"), HasSubstr(">B8<")));
  const auto marked = get(clerk, other + "/loi");
  ASSERT_EQ(marked.status(), http::Status::ok);
  const auto book = spreadsheet::read_workbook(spreadsheet::bytes_of(marked.body()));
  ASSERT_TRUE(book) << book.error().message;
  EXPECT_EQ(spreadsheet::text_value(book->sheets.front().at(7, 3)), "700");
  page = get(clerk, other + "/cot");
  EXPECT_EQ(post(clerk, other + "/cot", {{"viec", "xac-nhan"}, {"version", version_in(page)}, {"cot_3", "B01"}, {"nhan_3", "1"}, {"dong_6", "bo"}, {"dong_8", "bo"}}).status(),
            http::Status::see_other);
  EXPECT_THAT(std::string(get(clerk, other).body()), AllOf(Not(HasSubstr("chưa đọc được.")), HasSubstr("1/1")));
}

}  // namespace
}  // namespace khuyenhoc
