#include <gmock/gmock.h>

#include "directory/contact_people.h"
#include "directory/directory.h"
#include "directory/founding.h"
#include "measures/figures.h"
#include "shell/house_fixture.h"

namespace khuyenhoc {
namespace {

using testing::HasSubstr;
using testing::Not;

class FoundingBodies : public OnSmallHouse {
 protected:
  void add_pages(Pages& pages) override { add_directory_pages(pages); }
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    liên = person("Bà", "Trần Kim Liên", small.ea_kar, "thu_ky");
    form = fmt::format("/to-chuc/{}/thanh-lap", small.ea_kar.value);
    area = std::to_string(small.land.ea_kar.value);
  }
  http::Response founds(std::string_view name, std::string_view members, std::string_view decision_day = "05/6/2026", std::string_view telephone = "0912 345 678") {
    return post(liên, form, {{"kind", "chi_hoi_thon_tdp"}, {"name", name}, {"area", area}, {"born", "06/6/2026"}, {"decision_number", "15/QĐ-HKH"}, {"decision_day", decision_day},
                             {"decision_issuer", "Hội Khuyến học xã Ea Kar"}, {"members", members}, {"arrival", "ngoai"}, {"head_name", "Phạm Văn Lượng"}, {"telephone", telephone},
                             {"contact_name", "Lê Thị Hoa"}, {"contact_task", "Số liệu"}, {"contact_telephone", "0987654321"}});
  }
  BodyId founded(std::string_view name) {
    for (const BodyId body : house().organisation.current()->children(small.ea_kar, today()))
      if (house().organisation.current()->body(body).on(today()).name == name) return body;
    return {};
  }
  std::int64_t members_of(BodyId body) {
    const Figures figures(house().ledger.view());
    const auto figure = figures.figure(figures.catalogue().index("B01"), Question{body, Period{Day::of(2026, 6, 1), today()}, today(), Lens::live});
    return figure && figure->defined() ? figure->value : -1;
  }
  std::string shown(const std::string& target) { return std::string(get(liên, target).body()); }

  Person liên;
  std::string form, area;
};
ON_BOTH_STORES(FoundingBodies);

TEST_P(FoundingBodies, A_branch_begins_with_its_decision_its_members_its_head_and_whom_to_call) {
  EXPECT_EQ(founds("Chi hội Thôn 9", "45").status(), http::Status::see_other);
  const BodyId body = founded("Chi hội Thôn 9");
  ASSERT_TRUE(body);
  EXPECT_EQ(members_of(body), 45);
  EXPECT_EQ(members_of(small.ea_kar), 45) << "they count above at once";
  const std::string page = shown(fmt::format("/to-chuc/{}", body.value));
  for (const char* text : {"Quyết định số 15/QĐ-HKH ngày 05/6/2026 của Hội Khuyến học xã Ea Kar", "Phạm Văn Lượng", "tel:0912345678", "Lê Thị Hoa", "tel:0987654321", "quyet-dinh-thanh-lap.docx"})
    EXPECT_THAT(page, HasSubstr(text));
  const auto entries = store().read([&](db::Reader& reader) { return house().trail.of_body(reader, body, 0, 100); });
  for (const AuditEntry& entry : entries) EXPECT_THAT(entry.after_json, Not(HasSubstr("Lượng"))) << entry.noun;

  const auto viewer = house().sessions.viewer(liên.token);
  ASSERT_TRUE(viewer);
  const auto paper = directory::founding_paper(house(), *viewer, body);
  ASSERT_TRUE(paper);
  const std::string html = document::to_html(*paper);
  for (const char* text : {"Số: 15/QĐ-HKH", "Ea Kar, ngày 05 tháng 6 năm 2026", "Về việc thành lập Chi hội Thôn 9", "Căn cứ Điều lệ Hội Khuyến học Việt Nam;", "Số hội viên khi thành lập: 45 người.",
                           "Giao ông (bà) Phạm Văn Lượng giữ nhiệm vụ chi hội trưởng", "TM. BAN THƯỜNG VỤ"})
    EXPECT_THAT(html, HasSubstr(text));
  for (const char* ending : {"docx", "pdf"}) EXPECT_EQ(get(liên, fmt::format("/to-chuc/{}/quyet-dinh-thanh-lap.{}", body.value, ending)).status(), http::Status::ok);
}

TEST_P(FoundingBodies, What_is_wrong_founds_nothing_and_keeps_what_was_typed) {
  const auto wrong = [&](const http::Response& answer, std::string_view says) {
    EXPECT_EQ(answer.status(), http::Status::unprocessable) << says;
    EXPECT_THAT(std::string(answer.body()), HasSubstr(std::string(says)));
    EXPECT_THAT(std::string(answer.body()), HasSubstr("value=\"Lê Thị Hoa\""));
  };
  wrong(founds("Chi hội Thôn 9", "bốn mươi"), "không phải là số hội viên");
  wrong(founds("Chi hội Thôn 9", "-3"), "không phải là số hội viên");
  wrong(founds("Chi hội Thôn 9", "45", "31/6/2026"), "15/QĐ-HKH");
  wrong(founds("Chi hội Thôn 9", "45", ""), "Xin ghi ngày của quyết định");
  wrong(founds("Chi hội Thôn 9", "45", "05/6/2026", "12"), "không phải là số điện thoại");
  EXPECT_FALSE(founded("Chi hội Thôn 9"));
}

TEST_P(FoundingBodies, Contact_people_come_and_go_and_stay_readable) {
  const std::string page = fmt::format("/to-chuc/{}/lien-he", small.thon_8.value);
  EXPECT_EQ(post(liên, page, {{"contact_name", ""}, {"from", "08/6/2026"}}).status(), http::Status::unprocessable);
  EXPECT_EQ(post(liên, page, {{"contact_name", "Lê Thị Hoa"}, {"contact_telephone", "abc"}, {"from", "08/6/2026"}}).status(), http::Status::unprocessable);
  ASSERT_EQ(post(liên, page, {{"contact_name", "Lê Thị Hoa"}, {"contact_task", "Quỹ"}, {"contact_telephone", "0987654321"}, {"from", "01/6/2026"}}).status(), http::Status::see_other);
  const auto people = store().read([&](db::Reader& reader) { return directory::contact_people(reader, house().keys, small.thon_8); });
  ASSERT_EQ(people.size(), 1U);
  EXPECT_EQ(people.front().telephone, "0987654321");
  const std::string end = fmt::format("{}/{}/thoi", page, people.front().id);
  EXPECT_EQ(post(liên, end, {{"version", "4"}}).status(), http::Status::conflict);
  EXPECT_EQ(post(liên, end, {{"version", "1"}}).status(), http::Status::see_other);
  EXPECT_THAT(shown(page), HasSubstr("từ 01/6/2026 đến hết 07/6/2026"));
  EXPECT_THAT(shown(fmt::format("/to-chuc/{}", small.thon_8.value)), Not(HasSubstr("Lê Thị Hoa")));
  EXPECT_EQ(get(liên, fmt::format("/to-chuc/{}/lien-he", small.ea_o.value)).status(), http::Status::not_found);
}

TEST_P(FoundingBodies, An_area_changes_from_a_day_and_a_stale_form_is_told) {
  const std::string page = fmt::format("/to-chuc/{}/doi-dia-ban", small.ea_kar.value);
  const Person office = person("Ông", "Y Bhiông Niê", small.dak_lak, "chanh_van_phong");
  const std::string other = std::to_string(small.land.ea_o.value), version = std::to_string(house().organisation.current()->body(small.ea_kar).row_version);
  EXPECT_EQ(post(office, page, {{"area", "1"}, {"from", "08/6/2026"}, {"version", version}}).status(), http::Status::unprocessable);
  EXPECT_EQ(post(office, page, {{"area", area}, {"from", "08/6/2026"}, {"version", version}}).status(), http::Status::unprocessable) << "the same area";
  EXPECT_EQ(post(office, page, {{"area", other}, {"from", "08/6/2026"}, {"version", "99"}}).status(), http::Status::conflict);
  EXPECT_EQ(post(office, page, {{"area", other}, {"from", "08/6/2026"}, {"version", version}}).status(), http::Status::see_other);
  EXPECT_EQ(house().organisation.current()->body(small.ea_kar).on(today()).area, small.land.ea_o);
  EXPECT_EQ(house().organisation.current()->body(small.ea_kar).on(today() - 1).area, small.land.ea_kar);
}

}  // namespace
}  // namespace khuyenhoc
