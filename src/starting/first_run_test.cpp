#include <gmock/gmock.h>

#include "organisation/contacts.h"
#include "organisation/posts.h"
#include "starting/first_run.h"
#include "starting/starting_fixture.h"

namespace khuyenhoc {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class FirstRun : public OnEmptyHouse {
 protected:
  std::vector<std::string> all_names() {
    std::vector<std::string> out;
    for (Node node = 0; node < bodies()->size(); ++node) out.push_back(bodies()->body(bodies()->id(node)).on(today()).name);
    return out;
  }
  BodyId association(UnitId unit) { return association_in_charge(*bodies(), unit, today()); }
  void nothing_was_written() {
    EXPECT_EQ(bodies()->size(), 0U);
    EXPECT_EQ(accounts(), 0U);
  }
};
ON_BOTH_STORES(FirstRun);

TEST_P(FirstRun, Opens_only_with_the_code_that_was_printed) {
  const auto without = open("/bat-dau");
  EXPECT_EQ(without.status(), http::Status::ok);
  EXPECT_THAT(std::string(without.body()), HasSubstr("Mã bắt đầu"));
  EXPECT_THAT(std::string(without.body()), Not(HasSubstr("la=tinh")));
  const auto wrong = open("/bat-dau?ma=abcdefghijkl&la=tinh");
  EXPECT_EQ(wrong.status(), http::Status::unprocessable);
  EXPECT_THAT(std::string(wrong.body()), HasSubstr("Mã này không đúng"));
  EXPECT_THAT(std::string(wrong.body()), Not(HasSubstr("Đắk Lắk")));
  const auto right = open(with_code());
  EXPECT_EQ(right.status(), http::Status::ok);
  EXPECT_THAT(std::string(right.body()), HasSubstr("la=tinh"));
  Fields sent = province_fields();
  sent["ma"] = "abcdefghijkl";
  EXPECT_EQ(send(sent).status(), http::Status::unprocessable);
  nothing_was_written();
}

TEST_P(FirstRun, Every_start_of_the_program_prints_a_code_of_its_own_and_all_open) {
  const auto second = open_first_run(house());
  ASSERT_TRUE(second && *second);
  EXPECT_NE(**second, code);
  EXPECT_EQ(open("/bat-dau?ma=" + **second).status(), http::Status::ok);
  EXPECT_EQ(open(with_code()).status(), http::Status::ok);
  EXPECT_THAT(first_run_address("0.0.0.0", 8080, "ab"), "http://127.0.0.1:8080/bat-dau?ma=ab");
  EXPECT_THAT(first_run_address("::1", 81, "ab"), "http://[::1]:81/bat-dau?ma=ab");
}

TEST_P(FirstRun, Units_are_found_without_accents_and_by_the_name_of_the_province_before) {
  EXPECT_THAT(std::string(open(with_code("&la=tinh&q=dak+lak")).body()), HasSubstr("Tỉnh Đắk Lắk"));
  EXPECT_THAT(std::string(open(with_code("&la=tinh&q=phu+yen")).body()), HasSubstr("Tỉnh Đắk Lắk"));
  EXPECT_THAT(std::string(open(with_code("&la=tinh&q=ha+noi")).body()), HasSubstr("Không tìm thấy"));
  const std::string communes(open(with_code("&la=xa&q=ea+kar")).body());
  EXPECT_THAT(communes, HasSubstr("Xã Ea Kar"));
  EXPECT_THAT(communes, HasSubstr("tinh=66&amp;xa=24373"));
  EXPECT_THAT(communes, Not(HasSubstr("Thị trấn Ea Kar")));
  EXPECT_THAT(std::string(open(with_code("&la=xa&tinh=66&q=trang")).body()), HasSubstr("Xã Ea Trang"));
}

TEST_P(FirstRun, A_province_is_founded_with_the_centre_and_the_communes_that_were_ticked) {
  Fields fields = province_fields();
  fields["communes_how"] = "lap";
  const auto done = send(fields, {"24373", "24403", "24445", "99999", "24373"});
  ASSERT_EQ(done.status(), http::Status::see_other) << done.body();
  EXPECT_EQ(done.header("Location"), "/bat-dau/tien-trinh");
  EXPECT_THAT(all_names(), ElementsAre("Trung ương Hội Khuyến học Việt Nam", "Hội Khuyến học tỉnh Đắk Lắk", "Hội Khuyến học xã Ea Kar", "Hội Khuyến học xã Ea Ô", "Hội Khuyến học xã Ea Trang"));
  const BodyId province = association(small.land.dak_lak);
  EXPECT_EQ(bodies()->body(province).born, reform_day());
  EXPECT_EQ(bodies()->body(association(small.land.ea_trang)).on(today()).superior, province);
  EXPECT_EQ(association(small.land.ea_ktur), BodyId{});

  const auto viewer = house().sessions.viewer(session_of(done));
  ASSERT_TRUE(viewer) << "the first officer is signed in at once";
  EXPECT_EQ(viewer->acting_for(), province);
  EXPECT_EQ(viewer->name(), "Bà Trần Kim Liên");
  EXPECT_EQ(viewer->post_title(), "Thư ký");
  EXPECT_FALSE(viewer->must_change_password());
  for (auto permission = first_permission; permission <= last_permission; ++permission)
    EXPECT_TRUE(viewer->may(static_cast<Permission>(permission), association(small.land.ea_kar))) << "else nobody could hand it out: " << permission_code(static_cast<Permission>(permission));
  EXPECT_FALSE(viewer->may(Permission::see_figures, bodies()->head(hkh, today()))) << "the centre is not the province's";

  store().read([&](db::Reader& reader) {
    const auto held = post_holders(reader, province, today());
    ASSERT_EQ(held.size(), 1U);
    EXPECT_EQ(held.front().person_name, "Trần Kim Liên");
    EXPECT_EQ(held.front().user, viewer->user());
    EXPECT_EQ(contact(reader, house().keys, province)->telephone, "0912345678");
    const auto trail = house().trail.of_body(reader, association(small.land.ea_kar), 0, 10);
    ASSERT_EQ(trail.size(), 1U);
    EXPECT_EQ(trail.front().user, viewer->user());
    EXPECT_THAT(trail.front().after_json, HasSubstr("ghi Hội Khuyến học xã Ea Kar vào sổ"));
  });
}

TEST_P(FirstRun, Once_somebody_can_sign_in_it_never_opens_again) {
  ASSERT_EQ(send(province_fields()).status(), http::Status::see_other);
  const std::size_t founded = bodies()->size();
  EXPECT_EQ(open(with_code()).header("Location"), "/bat-dau/tien-trinh");
  Fields again = province_fields();
  again["telephone"] = "0987654321";
  EXPECT_EQ(send(again).header("Location"), "/bat-dau/tien-trinh");
  EXPECT_EQ(bodies()->size(), founded);
  EXPECT_EQ(store().read([&](db::Reader& reader) { return house().users.find_by_telephone(reader, "0987654321"); }), std::nullopt);
  const auto code_of_next_start = open_first_run(house());
  ASSERT_TRUE(code_of_next_start);
  EXPECT_FALSE(*code_of_next_start);
  // whoever still holds the code and asks the rule itself is refused inside the transaction
  starting::FirstOfficeForm form = starting::first_form(*house().territory.current(), starting::OfficeLevel::centre, small.land.country, today());
  form.salutation = "Ông", form.person_name = "Lê Văn Nam", form.post = "chu_tich", form.telephone = "0987654321", form.password = form.again = "con cò bay lả bay la";
  const auto refused = starting::begin_first_office(house(), code, form);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "first_run.accounts");
}

TEST_P(FirstRun, A_commune_gets_the_province_and_the_centre_above_it) {
  Fields fields = province_fields();
  fields["la"] = "xa", fields["xa"] = "24373", fields["born"] = "15/8/2025", fields["post"] = "chu_tich";
  ASSERT_EQ(send(fields).status(), http::Status::see_other);
  EXPECT_THAT(all_names(), ElementsAre("Trung ương Hội Khuyến học Việt Nam", "Hội Khuyến học tỉnh Đắk Lắk", "Hội Khuyến học xã Ea Kar"));
  EXPECT_EQ(bodies()->body(association(small.land.ea_kar)).born, Day::of(2025, 8, 15));
  EXPECT_EQ(bodies()->body(association(small.land.dak_lak)).born, reform_day());
}

TEST_P(FirstRun, An_association_of_a_university_hangs_on_the_province_and_covers_no_unit) {
  Fields fields = province_fields();
  fields["la"] = "don-vi", fields["name"] = "Hội Khuyến học  Trường Đại học Tây Nguyên", fields["born"] = "20/11/2025";
  ASSERT_EQ(send(fields).status(), http::Status::see_other);
  const BodyId province = association(small.land.dak_lak);
  const auto below = bodies()->children(province, today());
  ASSERT_EQ(below.size(), 1U);
  EXPECT_EQ(bodies()->body(below.front()).on(today()).name, "Hội Khuyến học Trường Đại học Tây Nguyên");
  EXPECT_EQ(bodies()->kind(below.front()).code, "hoi_co_so_don_vi");
}

TEST_P(FirstRun, The_centre_begins_with_the_day_it_was_founded) {
  Fields fields = province_fields();
  fields["la"] = "trung-uong", fields["born"] = "02/10/1996";
  ASSERT_EQ(send(fields).status(), http::Status::see_other);
  EXPECT_THAT(all_names(), ElementsAre("Trung ương Hội Khuyến học Việt Nam"));
  EXPECT_EQ(bodies()->body(bodies()->head(hkh, today())).born, Day::of(1996, 10, 2));
}

TEST_P(FirstRun, What_is_wrong_is_said_at_its_field_and_what_was_typed_stays) {
  struct Wrong {
    std::string field, value, says, level = "tinh";
  };
  const std::vector<Wrong> wrong{
      {"born", "", "Xin ghi ngày"},
      {"born", "31/6/2025", "31/6/2025"},
      {"born", "30/6/2025", "theo địa giới hiện nay có từ ngày 01/7/2025"},
      {"born", "09/6/2026", "chưa đến"},
      {"born", "01/01/1990", "02/10/1996", "trung-uong"},
      {"salutation", "Ngài", "Xin chọn cách xưng hô"},
      {"person_name", "  ", "Xin ghi họ và tên"},
      {"person_name", std::string(90, 'a'), "dài quá 80"},
      {"post", "chi_hoi_truong", "Xin chọn chức vụ"},
      {"telephone", "12345", "Số điện thoại chưa đúng"},
      {"password", "ngan1", "Mật khẩu cần ít nhất 8 ký tự"},
      {"password", "mật khẩu 0912345678", "không được chứa số điện thoại"},
      {"again", "khác hẳn câu trên", "chưa giống nhau"},
      {"name", " ", "Xin ghi tên Hội", "don-vi"},
  };
  for (const Wrong& one : wrong) {
    Fields fields = province_fields();
    fields["la"] = one.level, fields["name"] = "Hội Khuyến học Sở Y tế";
    fields[one.field] = one.value;
    if (one.field == "password") fields["again"] = one.value;
    const auto answer = send(fields);
    EXPECT_EQ(answer.status(), http::Status::unprocessable) << one.field << " " << one.value;
    const std::string page(answer.body());
    EXPECT_THAT(page, HasSubstr(one.says)) << one.field;
    EXPECT_THAT(page, HasSubstr("href=\"#" + one.field + "\"")) << "named on top with a link";
    EXPECT_THAT(page, HasSubstr("Còn 1 chỗ cần sửa")) << one.field << " " << one.value;
    const bool about_name = one.field == "person_name";
    EXPECT_THAT(page, HasSubstr(about_name ? "value=\"0912 345 678\"" : "value=\"Trần Kim Liên\""));
    EXPECT_THAT(page, Not(HasSubstr("con chim non"))) << "a password is never sent back";
  }
  nothing_was_written();
}

TEST_P(FirstRun, Ticks_stay_when_another_field_was_wrong) {
  Fields fields = province_fields();
  fields["communes_how"] = "lap", fields["telephone"] = "";
  const std::string page(send(fields, {"24403"}).body());
  EXPECT_THAT(page, HasSubstr("value=\"24403\" checked"));
  EXPECT_THAT(page, Not(HasSubstr("value=\"24373\" checked")));
  nothing_was_written();
}

// A store with bodies and no accounts, as a generated world leaves it.
class FirstRunBesideBodies : public OnEmptyHouse {
 protected:
  void found_bodies() override { OnSmallHouse::found_bodies(); }
};
ON_BOTH_STORES(FirstRunBesideBodies);

TEST_P(FirstRunBesideBodies, What_is_founded_already_is_taken_as_it_is) {
  const std::size_t before = bodies()->size();
  Fields fields = province_fields();
  fields["communes_how"] = "lap";
  const auto done = send(fields, {"24373", "24445"});
  ASSERT_EQ(done.status(), http::Status::see_other) << done.body();
  EXPECT_EQ(bodies()->size(), before + 1) << "only Ea Trang had no association";
  EXPECT_EQ(house().sessions.viewer(session_of(done))->acting_for(), small.dak_lak);
}

}  // namespace
}  // namespace khuyenhoc
