#include <gmock/gmock.h>

#include "directory/directory.h"
#include "shell/house_fixture.h"

namespace khuyenhoc {
namespace {

using testing::HasSubstr;
using testing::Not;

class Directory : public OnSmallHouse {
 protected:
  void add_pages(Pages& pages) override { add_directory_pages(pages); }
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    liên = person("Bà", "Trần Kim Liên", small.ea_kar, "thu_ky");
    province_office = person("Ông", "Y Bhiông Niê", small.dak_lak, "chanh_van_phong");
    head_of_8 = person("Ông", "Phạm Văn Lượng", small.thon_8, "chi_hoi_truong");
  }

  // A request, its answer, and what must and must not stand in it.
  struct Row {
    const Person& who;
    std::string target;
    http::Status status = http::Status::ok;
    std::vector<std::string> has = {}, lacks = {};
    std::string cookies = {};
  };
  void check(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
      const auto answer = get(row.who, row.target, row.cookies);
      EXPECT_EQ(answer.status(), row.status) << row.target;
      const std::string body(answer.body());
      for (const std::string& text : row.has) EXPECT_THAT(body, HasSubstr(text)) << row.target;
      for (const std::string& text : row.lacks) EXPECT_THAT(body, Not(HasSubstr(text))) << row.target;
    }
  }
  std::string page_of(BodyId body) { return fmt::format("/to-chuc/{}", body.value); }
  std::string page_of(UnitId unit) { return fmt::format("/dia-gioi/{}", unit.value); }
  std::size_t entries_about(BodyId body) {
    return store().read([&](db::Reader& reader) { return house().trail.of_body(reader, body, 0, 100).size(); });
  }
  std::string name_now(BodyId body) { return house().organisation.current()->body(body).on(today()).name; }

  Person liên, province_office, head_of_8;
};
ON_BOTH_STORES(Directory);

TEST_P(Directory, The_explorer_begins_at_the_unit_acted_for_with_its_superiors_as_names) {
  state(small.thon_8, "B01", half_year(2026), 120);
  check({
      {liên, "/to-chuc", http::Status::ok,
       {"Hội Khuyến học xã Ea Kar", "Chi hội Thôn 8", "Ban khuyến học dòng họ Nguyễn Đình", "Hội Khuyến học tỉnh Đắk Lắk", "120 hội viên, 3 chi hội, 1 ban"},
       {"Chi hội Thôn 11", "Hội Khuyến học xã Ea Ô", "href=\"" + page_of(small.dak_lak) + "\""}},
      {province_office, "/to-chuc", http::Status::ok, {"Hội Khuyến học xã Ea Ô", "Hội Khuyến học xã Sông Hinh", "Trường Đại học Tây Nguyên"}, {"Chi hội Thôn 8<"}},
      {head_of_8, "/to-chuc", http::Status::ok, {"Chi hội Thôn 8", "Chưa có tổ chức trực thuộc"}, {"Chi hội Thôn 2", "Nguyễn Du"}},
  });
}

TEST_P(Directory, The_way_back_to_the_start_comes_first_in_the_trail_while_it_is_under_way) {
  const std::string way = "<ol class=\"trail\"><li><a href=\"/bat-dau/tien-trinh\">";
  EXPECT_THAT(std::string(get(liên, page_of(small.ea_kar), "; dang_bat_dau=1").body()), HasSubstr(way));
  EXPECT_THAT(std::string(get(liên, page_of(small.ea_kar)).body()), Not(HasSubstr(way)));
}

TEST_P(Directory, What_lies_outside_is_as_if_it_did_not_exist) {
  check({
      {liên, page_of(small.ea_o), http::Status::not_found, {}, {"Ea Ô"}},
      {liên, page_of(small.dak_lak), http::Status::not_found, {}, {"Đắk Lắk"}},
      {liên, page_of(BodyId{987654}), http::Status::not_found},
      {liên, page_of(small.land.ea_o), http::Status::not_found, {}, {"Ea Ô"}},
      {liên, page_of(small.land.dak_lak), http::Status::not_found},
      {liên, fmt::format("/to-chuc?tu={}", small.ea_o.value), http::Status::not_found},
      {liên, fmt::format("/to-chuc?xem=dia-ban&tu={}", small.land.ea_o.value), http::Status::not_found},
      {liên, page_of(small.ea_o) + "/nhanh", http::Status::not_found},
      {liên, page_of(small.land.ea_o) + "/nhanh", http::Status::not_found},
      {liên, page_of(small.ea_o) + "/truc-thuoc.xlsx", http::Status::not_found},
      {liên, page_of(small.ea_o) + "/doi-ten", http::Status::not_found},
      {liên, "/to-chuc/tim?q=ea+o", http::Status::ok, {}, {"xã Ea Ô", page_of(small.ea_o), page_of(small.land.ea_o)}},
      {head_of_8, page_of(small.ea_kar), http::Status::not_found},
      {head_of_8, page_of(small.land.ea_kar), http::Status::not_found},
      {head_of_8, page_of(small.thon_8) + "/doi-ten", http::Status::not_found},
  });
}

TEST_P(Directory, Search_ignores_accents_and_keeps_to_the_scope) {
  check({
      {liên, "/to-chuc/tim?q=thon+8", http::Status::ok, {"Chi hội Thôn 8", page_of(small.thon_8)}, {"Thôn 11"}},
      {liên, "/to-chuc/tim?q=ea+kar", http::Status::ok, {"Hội Khuyến học xã Ea Kar", "Xã Ea Kar", page_of(small.land.ea_kar), "đã kết thúc từ 01/8/2025"}, {"Huyện Ea Kar"}},
      {province_office, "/to-chuc/tim?q=thon+11", http::Status::ok, {page_of(small.thon_11)}},
      {province_office, "/to-chuc/tim?q=", http::Status::ok, {"Xin ghi điều cần tìm"}},
  });
  const auto rows = get_by_htmx(liên, "/to-chuc/tim?q=nguyen+du");
  EXPECT_THAT(std::string(rows.body()), HasSubstr("Trường THCS Nguyễn Du"));
  EXPECT_THAT(std::string(rows.body()), Not(HasSubstr("<html")));
}

TEST_P(Directory, The_very_name_is_found_first_and_what_has_ended_last) {
  const std::string page(get(province_office, "/to-chuc/tim?q=ea+kar").body());
  const auto place = [&](const std::string& address) { return page.find("href=\"" + address + "\""); };
  ASSERT_NE(place(page_of(small.old_ea_kar)), std::string::npos);
  EXPECT_LT(place(page_of(small.land.ea_kar)), place(page_of(small.ea_kar)));
  EXPECT_LT(place(page_of(small.ea_kar)), place(page_of(small.land.old_ea_kar)));
  EXPECT_LT(place(page_of(small.ea_kar)), place(page_of(small.old_ea_kar)));
}

TEST_P(Directory, Branches_are_fetched_when_they_are_opened_and_without_script_by_a_link) {
  const auto rows = get_by_htmx(province_office, page_of(small.ea_kar) + "/nhanh");
  EXPECT_EQ(rows.status(), http::Status::ok);
  EXPECT_THAT(std::string(rows.body()), HasSubstr("Chi hội Thôn 8"));
  const auto plain = get(province_office, page_of(small.ea_kar) + "/nhanh");
  EXPECT_EQ(plain.status(), http::Status::see_other);
  EXPECT_EQ(plain.header("Location"), fmt::format("/to-chuc?tu={}", small.ea_kar.value));
}

TEST_P(Directory, The_area_tree_says_which_communes_have_no_association) {
  check({
      {province_office, "/to-chuc?xem=dia-ban", http::Status::ok, {"Tỉnh Đắk Lắk", "Xã Ea Trang", "chưa có tổ chức Hội", "Hội Khuyến học xã Ea Ô"}},
      {liên, "/to-chuc?xem=dia-ban", http::Status::ok, {"Xã Ea Kar", "Tỉnh Đắk Lắk"}, {"Xã Ea Trang", "href=\"" + page_of(small.land.dak_lak) + "\""}},
      {head_of_8, "/to-chuc?xem=dia-ban", http::Status::ok, {"Chưa có gì để xem ở đây"}},
  });
}

TEST_P(Directory, A_commune_whose_association_waits_for_its_decision_names_those_at_work) {
  // between the reform of the territory and the decision of the associations
  check({{province_office, "/to-chuc?xem=dia-ban&tu=" + std::to_string(small.land.dak_lak.value), http::Status::ok,
          {"chưa lập Hội cấp xã mới; còn hoạt động:", "Hội Khuyến học xã Cư Huê", "Hội Khuyến học thị trấn Ea Kar", "chưa có tổ chức Hội"}, {}, "; dia_gioi=2025-07-15"}});
}

TEST_P(Directory, In_an_old_territory_the_old_trees_are_shown) {
  const std::string old = "; dia_gioi=2025-06-30";
  check({
      {province_office, "/to-chuc", http::Status::ok, {"Địa giới cũ (trước 01/7/2025).", "Hội Khuyến học huyện Ea Kar", "Hội Khuyến học tỉnh Phú Yên"}, {"Hội Khuyến học xã Ea Ktur"}, old},
      {liên, "/to-chuc", http::Status::ok, {"Hội Khuyến học thị trấn Ea Kar", "Hội Khuyến học xã Cư Huê", "Chi hội Thôn 8"}, {"Hội Khuyến học xã Ea Ô"}, old},
      {province_office, "/to-chuc?xem=dia-ban", http::Status::ok, {"Huyện Ea Kar", "Huyện Cư Kuin"}, {}, old},
      {liên, "/to-chuc?xem=dia-ban", http::Status::ok, {"Thị trấn Ea Kar", "Xã Cư Huê"}, {}, old},
  });
}

TEST_P(Directory, Bodies_of_other_systems_in_the_area_are_named) {
  check({
      {liên, "/to-chuc?he=UBND", http::Status::ok, {"Ủy ban nhân dân xã Ea Kar", "Trung tâm học tập cộng đồng xã Ea Kar"}, {page_of(small.committee)}},
      {liên, "/to-chuc?he=DOAN", http::Status::not_found},
  });
}

TEST_P(Directory, The_page_of_a_body_says_who_it_is_and_what_comes_next) {
  state(small.thon_8, "B01", half_year(2026), 120);
  state(small.thon_8, "B01", half_year(2025), 100);
  check({
      {liên, page_of(small.thon_8), http::Status::ok,
       {"Chi hội Thôn 8", "Đang hoạt động", "Trực thuộc", "Hội Khuyến học xã Ea Kar", "120", "Tăng 20 (20,0%)", "Ghi số liệu", "/phieu/"}, {"Không so sánh"}},
      {province_office, page_of(small.ea_kar), http::Status::ok, {"Nhập số liệu", "Không so sánh qua lần sắp xếp đơn vị", "Chi hội, ban trực thuộc"}},
      {province_office, page_of(small.cu_hue), http::Status::ok, {"Đã kết thúc từ 01/8/2025", "Đơn vị kế thừa:", page_of(small.ea_kar)}, {fmt::format("/nhap-so-lieu/{}", small.cu_hue.value), "/doi-ten"}},
      {province_office, page_of(small.dak_lak) + "?phan=ten-goi", http::Status::ok, {"Kế thừa từ:", "Hội Khuyến học tỉnh Phú Yên"}},
      {province_office, page_of(small.thon_8) + "?phan=ten-goi", http::Status::ok, {"Từ 01/8/2025 đến nay", "Hội Khuyến học thị trấn Ea Kar", "Hội Khuyến học xã Ea Kar"}},
  });
}

TEST_P(Directory, Names_are_hidden_from_whoever_may_not_see_them) {
  const auto form = [&](const Person& who) {
    return post(who, page_of(small.thon_8) + "/nguoi-dung-dau", {{"head_name", "Phạm Văn Lượng"}, {"telephone", "0912 345 678"}, {"version", "0"}});
  };
  const Person no_names = person("Bà", "H’Ngoan Niê", small.ea_kar, "uy_vien_bch", {{Permission::see_figures, Grant::Reach::subtree, {small.ea_kar}}, {Permission::keep_bodies, Grant::Reach::subtree, {small.ea_kar}}});
  EXPECT_EQ(form(no_names).status(), http::Status::not_found);
  EXPECT_EQ(form(liên).status(), http::Status::see_other);
  check({
      {liên, page_of(small.thon_8), http::Status::ok, {"Phạm Văn Lượng", "tel:0912345678"}},
      {no_names, page_of(small.thon_8), http::Status::ok, {"chỉ mở cho đơn vị quản lý trực tiếp"}, {"Phạm Văn Lượng", "0912345678"}},
      {no_names, page_of(small.thon_8) + "/nguoi-dung-dau", http::Status::not_found},
  });
  // the trail's sentence names no person
  const auto entries = store().read([&](db::Reader& reader) { return house().trail.of_record(reader, "contact", small.thon_8.value); });
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_THAT(entries.front().after_json, Not(HasSubstr("Lượng")));
  EXPECT_THAT(entries.front().personal_json, HasSubstr("Phạm Văn Lượng"));
}

TEST_P(Directory, An_empty_head_is_refused_at_its_field_and_taken_away_only_when_asked) {
  const std::string form = page_of(small.thon_8) + "/nguoi-dung-dau";
  const auto empty = post(liên, form, {{"head_name", "  "}, {"telephone", "0912 345 678"}, {"version", "0"}});
  EXPECT_EQ(empty.status(), http::Status::unprocessable);
  EXPECT_THAT(std::string(empty.body()), HasSubstr("Xin ghi họ và tên."));
  EXPECT_THAT(std::string(empty.body()), HasSubstr("value=\"0912 345 678\""));
  EXPECT_EQ(entries_about(small.thon_8), 0U);
  check({{liên, form, http::Status::ok, {"Người đứng đầu của Chi hội Thôn 8"}, {"Bỏ tên và số đang lưu"}}});
  ASSERT_EQ(post(liên, form, {{"head_name", "Phạm Văn Lượng"}, {"telephone", "0912 345 678"}, {"version", "0"}}).status(), http::Status::see_other);
  EXPECT_EQ(post(liên, form, {{"head_name", ""}, {"telephone", ""}, {"version", "1"}}).status(), http::Status::unprocessable);
  check({{liên, page_of(small.thon_8), http::Status::ok, {"Phạm Văn Lượng"}}, {liên, form, http::Status::ok, {"Bỏ tên và số đang lưu"}}});
  EXPECT_EQ(post(liên, form, {{"head_name", "Phạm Văn Lượng"}, {"telephone", "0912 345 678"}, {"version", "1"}, {"bo", "1"}}).status(), http::Status::see_other);
  check({{liên, page_of(small.thon_8), http::Status::ok, {"Chưa ghi"}, {"Phạm Văn Lượng", "0912345678"}}});
}

TEST_P(Directory, The_head_stands_once_with_its_post_and_term_and_whom_to_call_beside) {
  PostHolding holding;
  holding.body = small.ea_kar;
  holding.post = "chu_tich";
  holding.person_name = "Nguyễn Đình Sơn";
  holding.from = Day::of(2025, 9, 1);
  holding.term = "nhiệm kỳ 2025 - 2030";
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return appoint(store(), writer, {}, holding); }));
  const std::string before(get(liên, page_of(small.ea_kar)).body());
  EXPECT_THAT(before, HasSubstr("Chủ tịch, nhiệm kỳ 2025 - 2030, từ 01/9/2025"));
  EXPECT_THAT(before, Not(HasSubstr("Chưa ghi")));
  EXPECT_EQ(before.find("Nguyễn Đình Sơn"), before.rfind("Nguyễn Đình Sơn")) << "once";
  const std::string form = page_of(small.ea_kar) + "/nguoi-dung-dau";
  check({{liên, form, http::Status::ok, {"Người liên hệ của Hội Khuyến học xã Ea Kar", "Người đứng đầu theo chức vụ:", "Nguyễn Đình Sơn, Chủ tịch"}}});
  ASSERT_EQ(post(liên, form, {{"head_name", "Trần Kim Liên"}, {"telephone", "0905 111 222"}, {"version", "0"}}).status(), http::Status::see_other);
  check({{liên, page_of(small.ea_kar), http::Status::ok, {"Nguyễn Đình Sơn", "Người liên hệ", "tel:0905111222", "Sửa người liên hệ"}, {"Sửa người đứng đầu"}}});
}

TEST_P(Directory, Branches_of_one_name_are_told_apart_wherever_they_stand_together) {
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return OrganisationChanges(house().organisation, writer, {}, now_ms).found(namesake_of_thon_8(small)); }));
  const std::string one = "Chi hội Thôn 8 (xã Cư Huê cũ)", other = "Chi hội Thôn 8 (thị trấn Ea Kar cũ)";
  check({
      {liên, "/to-chuc", http::Status::ok, {one, other}},
      {liên, "/to-chuc/tim?q=thon+8", http::Status::ok, {one, other}},
      {liên, page_of(small.ea_kar) + "?phan=truc-thuoc", http::Status::ok, {one, other}},
  });
}

TEST_P(Directory, A_telephone_number_that_is_none_keeps_what_was_typed) {
  const auto answer = post(liên, page_of(small.thon_8) + "/nguoi-dung-dau", {{"head_name", "Phạm Văn Lượng"}, {"telephone", "09x"}, {"version", "0"}});
  EXPECT_EQ(answer.status(), http::Status::unprocessable);
  EXPECT_THAT(std::string(answer.body()), HasSubstr("value=\"Phạm Văn Lượng\""));
  EXPECT_THAT(std::string(answer.body()), HasSubstr("không phải là số điện thoại"));
  EXPECT_EQ(entries_about(small.thon_8), 0U);
}

TEST_P(Directory, A_new_name_holds_from_its_day_and_stands_in_the_trail) {
  const auto version = std::to_string(house().organisation.current()->body(small.thon_8).row_version);
  const auto answer = post(liên, page_of(small.thon_8) + "/doi-ten",
                           {{"name", "Chi hội Thôn 8A"}, {"short_name", "Thôn 8A"}, {"from", "01/6/2026"}, {"reason", "Quyết định số 12/QĐ-HKH"}, {"version", version}});
  EXPECT_EQ(answer.status(), http::Status::see_other);
  EXPECT_EQ(name_now(small.thon_8), "Chi hội Thôn 8A");
  EXPECT_EQ(house().organisation.current()->body(small.thon_8).on(Day::of(2026, 5, 31)).name, "Chi hội Thôn 8");
  check({
      {liên, page_of(small.thon_8) + "?phan=thay-doi", http::Status::not_found},
      {person("Ông", "Nguyễn Đình Sơn", small.ea_kar, "chu_tich"), page_of(small.thon_8) + "?phan=thay-doi", http::Status::ok,
       {"Đổi tên Chi hội Thôn 8 thành Chi hội Thôn 8A, từ 01/6/2026", "Bà Trần Kim Liên", "Quyết định số 12/QĐ-HKH"}},
  });
}

TEST_P(Directory, A_form_opened_before_somebody_else_saved_shows_both) {
  const auto version = std::to_string(house().organisation.current()->body(small.thon_8).row_version);
  ASSERT_EQ(post(province_office, page_of(small.thon_8) + "/doi-ten", {{"name", "Chi hội Thôn Tám"}, {"from", "01/6/2026"}, {"version", version}}).status(), http::Status::see_other);
  const auto stale = post(liên, page_of(small.thon_8) + "/doi-ten", {{"name", "Chi hội Thôn 8B"}, {"from", "01/6/2026"}, {"version", version}});
  EXPECT_EQ(stale.status(), http::Status::conflict);
  const std::string page(stale.body());
  EXPECT_THAT(page, HasSubstr("Chi hội Thôn Tám"));
  EXPECT_THAT(page, HasSubstr("Ông/bà đang ghi: Chi hội Thôn 8B"));
  EXPECT_THAT(page, HasSubstr("Ông Y Bhiông Niê"));
  EXPECT_THAT(page, HasSubstr("value=\"Chi hội Thôn 8B\""));
  EXPECT_EQ(name_now(small.thon_8), "Chi hội Thôn Tám");
  // the form that came back carries the version of now
  const auto now = std::to_string(house().organisation.current()->body(small.thon_8).row_version);
  EXPECT_THAT(page, HasSubstr("name=\"version\" value=\"" + now + "\""));
  EXPECT_EQ(post(liên, page_of(small.thon_8) + "/doi-ten", {{"name", "Chi hội Thôn 8B"}, {"from", "01/6/2026"}, {"version", now}}).status(), http::Status::see_other);
  EXPECT_EQ(name_now(small.thon_8), "Chi hội Thôn 8B");
}

TEST_P(Directory, Wrong_input_of_a_new_branch_keeps_what_was_typed_and_founds_nothing) {
  const auto before = house().organisation.current()->size();
  const auto answer = post(liên, page_of(small.ea_kar) + "/thanh-lap", {{"kind", "chi_hoi_thon_tdp"}, {"name", "Chi hội Thôn 9"}, {"area", std::to_string(small.land.ea_kar.value)}, {"born", "31/02/2026"}});
  EXPECT_EQ(answer.status(), http::Status::unprocessable);
  const std::string page(answer.body());
  EXPECT_THAT(page, HasSubstr("value=\"Chi hội Thôn 9\""));
  EXPECT_THAT(page, HasSubstr("value=\"31/02/2026\""));
  EXPECT_THAT(page, HasSubstr("value=\"chi_hoi_thon_tdp\" selected"));
  EXPECT_THAT(page, HasSubstr("Còn 1 chỗ cần sửa."));
  const auto empty = post(liên, page_of(small.ea_kar) + "/thanh-lap", {{"kind", "tinh_hoi"}, {"name", " "}, {"area", "1"}, {"born", ""}});
  EXPECT_EQ(empty.status(), http::Status::unprocessable);
  EXPECT_THAT(std::string(empty.body()), HasSubstr("Còn 4 chỗ cần sửa."));
  const auto namesake = post(liên, page_of(small.ea_kar) + "/thanh-lap", {{"kind", "chi_hoi_thon_tdp"}, {"name", "Chi hội Thôn 8"}, {"area", std::to_string(small.land.ea_kar.value)}, {"born", "01/6/2026"}});
  EXPECT_EQ(namesake.status(), http::Status::unprocessable);
  EXPECT_EQ(house().organisation.current()->size(), before);
  EXPECT_EQ(post(liên, page_of(small.ea_o) + "/thanh-lap", {{"kind", "chi_hoi_thon_tdp"}, {"name", "Chi hội Thôn 9"}}).status(), http::Status::not_found);
}

TEST_P(Directory, A_new_branch_is_founded_once_however_often_the_form_is_sent) {
  const std::string uid = Uuid::make(now_ms).text();
  const auto send = [&] {
    return post(liên, page_of(small.ea_kar) + "/thanh-lap", {{"kind", "chi_hoi_thon_tdp"}, {"name", "Chi hội Thôn 9"}, {"short_name", "Thôn 9"}, {"area", std::to_string(small.land.ea_kar.value)},
                                                             {"former_area", std::to_string(small.land.cu_hue.value)}, {"born", "01/6/2026"}, {"uid", uid}});
  };
  const auto before = house().organisation.current()->size();
  const auto first = send();
  ASSERT_EQ(first.status(), http::Status::see_other);
  const auto again = send();
  EXPECT_EQ(again.status(), http::Status::see_other);
  EXPECT_EQ(again.header("Location"), first.header("Location"));
  EXPECT_EQ(house().organisation.current()->size(), before + 1);
  check({{liên, std::string(first.header("Location")), http::Status::ok, {"Chi hội Thôn 9", "Xã Cư Huê (cũ)", "01/6/2026"}}});
}

TEST_P(Directory, The_list_of_branches_is_filtered_by_kind_and_found_without_accents) {
  const std::string list = page_of(small.ea_kar) + "?phan=truc-thuoc";
  check({
      {liên, list, http::Status::ok, {"Chi hội Thôn 8", "Ban khuyến học dòng họ Nguyễn Đình", "Tất cả: 4", "1–4 trong 4"}},
      {liên, list + "&q=dinh", http::Status::ok, {"Nguyễn Đình", "1–1 trong 1"}, {"Chi hội Thôn 8"}},
      {liên, list + "&loai=chi_hoi_truong", http::Status::ok, {"Nguyễn Du", "1–1 trong 1"}, {"Chi hội Thôn 8"}},
      {liên, list + "&q=khong+co", http::Status::ok, {"Không có tổ chức nào khớp"}},
  });
  const auto book = get(liên, page_of(small.ea_kar) + "/truc-thuoc.xlsx");
  EXPECT_EQ(book.status(), http::Status::ok);
  EXPECT_TRUE(book.body().starts_with("PK"));
}

TEST_P(Directory, The_page_of_a_unit_tells_what_it_is_made_of) {
  check({
      {liên, page_of(small.land.ea_kar), http::Status::ok, {"Xã Ea Kar gồm thị trấn Ea Kar (cũ) và xã Cư Huê (cũ).", "24373", "Hội Khuyến học xã Ea Kar", "Tỉnh Đắk Lắk", "Căn cứ pháp lý"}},
      {liên, page_of(small.land.cu_hue), http::Status::ok, {"Từ 01/7/2025, địa bàn này thuộc xã Ea Kar.", "Đơn vị cũ, đến hết 30/6/2025", "Huyện Ea Kar"}},
      {province_office, page_of(small.land.ea_ktur), http::Status::ok, {"một phần xã Ea BHốk (cũ)"}},
      {province_office, page_of(small.land.ea_bhok), http::Status::ok, {"được chia về"}},
      {province_office, page_of(small.land.ea_trang), http::Status::ok, {"chưa có tổ chức Hội"}},
  });
}

TEST_P(Directory, Both_trees_end_with_the_old_units_that_still_hold_something_and_no_others) {
  state(small.ea_bhok, "B01", half_year(2025), 70);
  state(small.thon_5, "B01", half_year(2025), 30);
  const std::vector<std::string> waiting{"Xã Ea BHốk (cũ)", "40 hội viên", "số liệu chung chưa tách được"};
  check({{province_office, "/to-chuc", http::Status::ok, waiting}, {province_office, "/to-chuc?xem=dia-ban", http::Status::ok, waiting}});
  const MeasureIndex members = Catalogue::house().index("B01");
  store().write([&](db::Writer& writer) {
    for (const auto& [body, amount] : {std::pair{small.ea_bhok, -40}, {small.ea_ktur, 40}}) {
      Fact fact;
      fact.body = body;
      fact.day = associations_followed();
      fact.series = Catalogue::house().series(members);
      fact.amount = amount;
      fact.kind = FactKind::handover;
      fact.source = {"handover", 1};
      house().ledger.post(writer, fact);
    }
  });
  const std::vector<std::string> gone{"Xã Ea BHốk (cũ)", "số liệu chung chưa tách được"};
  check({{province_office, "/to-chuc", http::Status::ok, {}, gone}, {province_office, "/to-chuc?xem=dia-ban", http::Status::ok, {}, gone}});
}

TEST_P(Directory, A_change_of_money_carries_its_unit) {
  state(small.thon_8, "D04", half_year(2025), 80'000'000);
  state(small.thon_8, "D04", half_year(2026), 90'000'000);
  check({{liên, page_of(small.ea_kar), http::Status::ok, {"Tăng 10.000.000 đồng (12,5%)"}}});
}

}  // namespace
}  // namespace khuyenhoc
