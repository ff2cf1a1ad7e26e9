// The pages of a round's workbooks: from the board to the zip, an upload by hand, verdicts, writing, giving back; nobody sees another's.
#include "organisation/contacts.h"
#include "round_workbooks/round_workbooks_fixture.h"

namespace khuyenhoc {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class RoundWorkbookPages : public OnProvinceOf102 {
 protected:
  http::Response upload(const Person& who, const NamedFiles& files) {
    std::string body = "--ranhgioi\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n" + who.csrf + "\r\n";
    for (const auto& [name, content] : files)
      body += "--ranhgioi\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"" + name + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + content + "\r\n";
    http::Request request = *http::Request::make(http::Method::post, at("/nhan"));
    request.with_body(body + "--ranhgioi--\r\n", "multipart/form-data; boundary=ranhgioi").with_header("Cookie", fmt::format("{}={}", session_cookie, who.token));
    return router().handle(std::move(request));
  }
  std::string page(const Person& who, const std::string& address) {
    const auto answer = get(who, address);
    EXPECT_EQ(answer.status(), http::Status::ok) << address << " " << answer.body();
    return std::string(answer.body());
  }
};
ON_BOTH_STORES(RoundWorkbookPages);

TEST_P(RoundWorkbookPages, From_the_board_to_a_zip_that_is_made_while_one_may_go_away) {
  EXPECT_THAT(page(office, fmt::format("/dot-bao-cao/{}", round.id.value)), HasSubstr(at()));
  EXPECT_THAT(page(office, at()), AllOf(HasSubstr("Tải 102 sổ Excel trong một gói"), HasSubstr("1 đơn vị chưa có chi hội, ban")));
  const auto asked = post(office, at("/goi"), {{"trong", ""}, {"loc", ""}, {"nguoi", "-1"}});
  ASSERT_EQ(asked.status(), http::Status::see_other) << asked.body();
  const std::string address(asked.header("Location"));
  EXPECT_THAT(page(office, address), AllOf(HasSubstr("Đang lập các sổ"), HasSubstr("Có thể rời trang này")));
  EXPECT_EQ(get(office, address + "/tep").status(), http::Status::not_found) << "not made yet";
  work();
  EXPECT_THAT(page(office, address), AllOf(HasSubstr("Đã lập 102 sổ"), HasSubstr("Hội Khuyến học xã Ea Ô: chưa có chi hội, ban nào")));
  const auto zip = get(office, address + "/tep");
  EXPECT_EQ(zip.status(), http::Status::ok);
  EXPECT_THAT(std::string(zip.header("Content-Disposition")), HasSubstr(".zip"));
  EXPECT_EQ(spreadsheet::read_bundle(zip.body())->size(), 102U);
  EXPECT_EQ(get(commune_secretary, address).status(), http::Status::not_found);
  EXPECT_THAT(page(office, at("?loc=qua-han")), HasSubstr("Không có đơn vị nào như đã chọn"));
}

TEST_P(RoundWorkbookPages, Several_workbooks_chosen_at_once_are_seen_written_and_given_back_with_a_message) {
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return keep_contact(writer, house().keys, {}, {communes[1], "Ông Phạm Văn Lượng", "0912345678", 0}); }));
  const auto taken = upload(office, {{"So lieu (1).xlsx", honest(workbook_of(communes[0]))}, {"xã hai.xlsx", filled(workbook_of(communes[1]), {{"B7", "-5"}})}, {"ảnh <b>.xlsx", "không phải sổ"}});
  ASSERT_EQ(taken.status(), http::Status::see_other) << taken.body();
  const std::string address(taken.header("Location"));
  EXPECT_THAT(page(office, address), HasSubstr("Đang xem các sổ"));
  EXPECT_EQ(post(office, address + "/ghi", {}).status(), http::Status::unprocessable) << "nothing is judged yet";
  work();
  const std::string seen = page(office, address);
  EXPECT_THAT(seen, AllOf(HasSubstr("Đã xem 3 tệp: 1 cần sửa; 1 không nhận; 1 đúng, chờ ghi."), HasSubstr("Ghi 1 sổ đúng (3 số)"), HasSubstr("đánh dấu là nhập thay"), HasSubstr("Kính gửi ông Phạm Văn Lượng."), HasSubstr("không được âm")));
  EXPECT_THAT(seen, AllOf(HasSubstr("tel:"), Not(HasSubstr("<b>.xlsx"))));
  EXPECT_THAT(page(office, address + "/1"), HasSubstr("Chi hội Thôn 1"));
  EXPECT_THAT(page(office, address + "/2"), AllOf(HasSubstr("Chỗ cần sửa"), HasSubstr("Tải sổ đã đánh dấu")));
  EXPECT_EQ(get(office, address + "/2/so.xlsx").status(), http::Status::ok);
  EXPECT_EQ(get(office, address + "/1/so.xlsx").status(), http::Status::not_found);
  EXPECT_EQ(get(office, address + "/9").status(), http::Status::not_found);
  EXPECT_EQ(get(commune_secretary, address).status(), http::Status::not_found);
  EXPECT_EQ(post(commune_secretary, address + "/ghi", {}).status(), http::Status::not_found);
  ASSERT_EQ(post(office, address + "/ghi", {}).status(), http::Status::see_other);
  EXPECT_THAT(page(office, address), HasSubstr("Đang ghi các sổ đúng"));
  EXPECT_EQ(post(office, address + "/ghi", {}).status(), http::Status::conflict) << "pressed twice";
  work();
  EXPECT_THAT(page(office, address), AllOf(HasSubstr("Đã ghi 3 số."), Not(HasSubstr("Ghi 1 sổ đúng"))));
  EXPECT_EQ(stated(branches[communes[0]][0], "B01"), 120);
  EXPECT_THAT(page(office, at()), HasSubstr("Y Bhiông Niê"));
}

TEST_P(RoundWorkbookPages, Who_enters_the_offices_own_figures_alone_sees_nothing_of_the_units_below) {
  const Person accountant = person("Bà", "Lê Thị Hoa", small.dak_lak, "ke_toan");
  const std::string bundle(post(office, at("/goi"), {{"trong", ""}, {"loc", ""}, {"nguoi", "-1"}}).header("Location"));
  const std::string intake(upload(office, {{"một.xlsx", honest(workbook_of(communes[0]))}, {"hai.xlsx", filled(workbook_of(communes[1]), {{"B7", "-5"}})}}).header("Location"));
  work();
  const std::string marked(post(office, intake + "/tra", {}).header("Location"));
  work();
  for (const std::string& mine : {bundle, bundle + "/tep", intake, intake + "/1", intake + "/2/so.xlsx", marked, marked + "/tep"}) {
    EXPECT_EQ(get(office, mine).status(), http::Status::ok) << mine;
    EXPECT_EQ(get(accountant, mine).status(), http::Status::not_found) << mine;
  }
  EXPECT_EQ(post(accountant, intake + "/ghi", {}).status(), http::Status::not_found);
  EXPECT_THAT(page(accountant, at()), Not(HasSubstr(intake)));
  // another who enters for the whole province writes what the first brought in, and asks for a zip of her own
  const Person colleague = person("Bà", "H’Ngoan Niê", small.dak_lak, "thu_ky");
  EXPECT_EQ(get(colleague, intake + "/1").status(), http::Status::ok);
  EXPECT_EQ(get(colleague, marked).status(), http::Status::not_found) << "it holds what its asker may see";
}

TEST_P(RoundWorkbookPages, What_is_none_of_it_is_told_at_the_field_and_nothing_is_kept) {
  const auto nothing = upload(office, {});
  EXPECT_EQ(nothing.status(), http::Status::unprocessable);
  EXPECT_THAT(std::string(nothing.body()), HasSubstr("Xin chọn các sổ Excel đã điền"));
  const auto broken = upload(office, {{"hỏng.zip", zip_of({{"__MACOSX/x", "x"}})}});
  EXPECT_EQ(broken.status(), http::Status::unprocessable);
  EXPECT_THAT(std::string(broken.body()), HasSubstr("không có tệp nào"));
  EXPECT_THAT(store().read([&](db::Reader& reader) { return intakes_of_round(reader, round.id, small.dak_lak); }).size(), 0U);
}

}  // namespace
}  // namespace khuyenhoc
