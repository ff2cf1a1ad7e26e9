#include <gmock/gmock.h>

#include "committees/committees.h"
#include "committees/roster.h"
#include "shell/house_fixture.h"

namespace khuyenhoc {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class Committees : public OnSmallHouse {
 protected:
  void add_pages(Pages& pages) override { add_committee_pages(pages); }
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    liên = person("Bà", "Trần Kim Liên", small.ea_kar, "thu_ky");
    office = person("Ông", "Y Bhiông Niê", small.dak_lak, "chanh_van_phong");
  }

  std::string base(BodyId body) const { return fmt::format("/to-chuc/{}/nhan-su", body.value); }
  std::int64_t opens(std::string_view kind, std::string_view name = "nhiệm kỳ 2025 - 2030") {
    const auto answer = post(liên, base(small.ea_kar) + "/nhiem-ky", {{"kind", kind}, {"name", name}, {"from", "01/9/2025"}, {"planned_until", "31/8/2030"}, {"began", "1"}});
    EXPECT_EQ(answer.status(), http::Status::see_other) << answer.body();
    return store().read([&](db::Reader& reader) {
      for (const CommitteeTerm& term : terms_of(reader, small.ea_kar))
        if (std::to_string(static_cast<std::int64_t>(term.kind)) == kind) return term.id;
      return std::int64_t{0};
    });
  }
  http::Response joins(std::int64_t term, std::string_view name, std::string_view held = "", std::string_view joined = "1") {
    return post(liên, fmt::format("{}/{}/them", base(small.ea_kar), term), {{"person_name", name}, {"gender", "1"}, {"birth_year", "1965"}, {"work", "Cán bộ nghỉ hưu"}, {"post", held}, {"joined", joined}, {"from", "01/9/2025"}});
  }
  http::Response is_chosen(std::int64_t term, std::int64_t among, std::string_view held = "") {
    return post(liên, fmt::format("{}/{}/them", base(small.ea_kar), term), {{"among", std::to_string(among)}, {"post", held}, {"joined", "1"}, {"from", "01/9/2025"}});
  }
  std::vector<CommitteeMember> members(std::int64_t term) {
    return store().read([&](db::Reader& reader) {
      auto all = members_of(reader, term);
      order_as_offices(reader, *find_term(reader, term), all, today());
      return all;
    });
  }
  std::int64_t seat(std::int64_t term, std::string_view name) {
    for (const CommitteeMember& member : members(term))
      if (member.person_name == name) return member.id;
    return 0;
  }
  std::vector<std::string> posts_on(BodyId body, Day day) {
    return store().read([&](db::Reader& reader) {
      std::vector<std::string> out;
      for (const PostHolding& holding : post_holders(reader, body, day)) out.push_back(holding.post + " " + holding.person_name);
      return out;
    });
  }
  std::string page(const Person& who, const std::string& target) { return std::string(get(who, target).body()); }

  Person liên, office;
};
ON_BOTH_STORES(Committees);

TEST_P(Committees, A_term_holds_its_members_in_the_order_offices_print_them) {
  const auto term = opens("1");
  EXPECT_EQ(joins(term, "Phạm Văn Lượng").status(), http::Status::see_other);
  EXPECT_EQ(joins(term, "Trần Thị Bích", "pho_chu_tich").status(), http::Status::see_other);
  EXPECT_EQ(joins(term, "Lê Văn Ánh").status(), http::Status::see_other);
  EXPECT_EQ(joins(term, "Nguyễn Đình Sơn", "chu_tich").status(), http::Status::see_other);
  const auto standing = opens("2");
  EXPECT_EQ(is_chosen(standing, seat(term, "Phạm Văn Lượng")).status(), http::Status::see_other);
  std::vector<std::string> names;
  for (const CommitteeMember& member : members(term)) names.push_back(member.person_name);
  EXPECT_THAT(names, ElementsAre("Nguyễn Đình Sơn", "Trần Thị Bích", "Phạm Văn Lượng", "Lê Văn Ánh"));
  EXPECT_THAT(posts_on(small.ea_kar, today()), ElementsAre("chu_tich Nguyễn Đình Sơn", "pho_chu_tich Trần Thị Bích"));

  const auto paper = committee_roster(house(), term, today());
  ASSERT_TRUE(paper);
  const std::string html = document::to_html(*paper);
  EXPECT_THAT(html, HasSubstr("Ban Chấp hành Hội Khuyến học xã Ea Kar nhiệm kỳ 2025 - 2030"));
  EXPECT_THAT(html, HasSubstr("Ủy viên Ban Thường vụ"));
  EXPECT_THAT(html, HasSubstr("Danh sách có 4 người."));
  EXPECT_THAT(html, HasSubstr("TM. BAN THƯỜNG VỤ"));
  EXPECT_LT(html.find("Nguyễn Đình Sơn"), html.find("Trần Thị Bích"));
  const std::string list = fmt::format("{}/{}/danh-sach", base(small.ea_kar), term);
  for (const char* ending : {".docx", ".pdf", ".xlsx"}) EXPECT_EQ(get(liên, list + ending).status(), http::Status::ok) << ending;
}

TEST_P(Committees, One_chairman_at_a_time_and_never_accountant_and_treasurer_in_one) {
  const auto term = opens("1");
  ASSERT_EQ(joins(term, "Nguyễn Đình Sơn", "chu_tich").status(), http::Status::see_other);
  const auto second = joins(term, "Trần Thị Bích", "chu_tich");
  EXPECT_EQ(second.status(), http::Status::unprocessable);
  EXPECT_THAT(std::string(second.body()), HasSubstr("Chủ tịch hiện là Nguyễn Đình Sơn giữ"));
  EXPECT_THAT(std::string(second.body()), HasSubstr("value=\"Trần Thị Bích\"")) << "what was typed is kept";
  EXPECT_EQ(seat(term, "Trần Thị Bích"), 0) << "nothing half done";
  const auto gives = [&](std::string_view held) { return post(liên, base(small.ea_kar) + "/chuc-vu", {{"post", held}, {"person_name", "Lê Thị Hoa"}, {"from", "01/9/2025"}}); };
  EXPECT_EQ(gives("ke_toan").status(), http::Status::see_other);
  EXPECT_EQ(gives("thu_quy").status(), http::Status::unprocessable);
  EXPECT_EQ(gives("nhac_truong").status(), http::Status::unprocessable);
}

TEST_P(Committees, The_standing_committee_is_chosen_among_the_executive_committee) {
  const auto before = post(liên, base(small.ea_kar) + "/nhiem-ky", {{"kind", "2"}, {"name", "nhiệm kỳ 2025 - 2030"}, {"from", "01/9/2025"}, {"planned_until", "31/8/2030"}, {"began", "1"}});
  EXPECT_EQ(before.status(), http::Status::unprocessable);
  EXPECT_THAT(std::string(before.body()), HasSubstr("Xin ghi Ban Chấp hành trước."));
  const auto term = opens("1");
  ASSERT_EQ(joins(term, "Phạm Văn Lượng").status(), http::Status::see_other);
  const auto standing = opens("2");
  EXPECT_EQ(is_chosen(standing, 987'654).status(), http::Status::unprocessable);
  const auto chosen = seat(term, "Phạm Văn Lượng");
  ASSERT_EQ(is_chosen(standing, chosen, "uy_vien_btv").status(), http::Status::see_other);
  EXPECT_EQ(is_chosen(standing, chosen).status(), http::Status::unprocessable) << "twice";
  // who leaves the one leaves the other, and the post goes with it
  const auto leaves = [&](std::string_view version) { return post(liên, fmt::format("{}/{}/thoi/{}", base(small.ea_kar), term, chosen), {{"version", version}, {"until", "01/3/2026"}, {"reason", "nghỉ hưu"}}); };
  EXPECT_EQ(leaves("9").status(), http::Status::conflict);
  EXPECT_EQ(leaves("1").status(), http::Status::see_other);
  EXPECT_FALSE(members(standing).front().on(today()));
  EXPECT_THAT(posts_on(small.ea_kar, today()), ElementsAre());
  EXPECT_EQ(posts_on(small.ea_kar, Day::of(2026, 2, 28)).size(), 1U);
}

TEST_P(Committees, The_end_of_a_term_ends_its_posts_and_what_was_chosen_from_it) {
  const auto term = opens("1");
  ASSERT_EQ(joins(term, "Nguyễn Đình Sơn", "chu_tich").status(), http::Status::see_other);
  const auto standing = opens("2");
  ASSERT_EQ(is_chosen(standing, seat(term, "Nguyễn Đình Sơn"), "chu_tich").status(), http::Status::see_other);
  EXPECT_EQ(posts_on(small.ea_kar, today()).size(), 1U) << "one post, two seats";
  const auto again = post(liên, base(small.ea_kar) + "/nhiem-ky", {{"kind", "1"}, {"name", "nhiệm kỳ 2026 - 2031"}, {"from", "01/6/2026"}, {"planned_until", "31/5/2031"}, {"began", "1"}});
  EXPECT_EQ(again.status(), http::Status::unprocessable) << "the one before still sits";
  const std::string end = fmt::format("{}/{}/ket-thuc", base(small.ea_kar), term);
  EXPECT_THAT(page(liên, end), HasSubstr("1 ủy viên thôi tham gia và 2 chức vụ đi kèm"));
  EXPECT_EQ(post(liên, end, {{"version", "1"}, {"until", "31/6/2026"}}).status(), http::Status::unprocessable);
  EXPECT_EQ(post(liên, end, {{"version", "1"}, {"until", "01/6/2026"}}).status(), http::Status::see_other);
  EXPECT_THAT(posts_on(small.ea_kar, today()), ElementsAre());
  EXPECT_FALSE(store().read([&](db::Reader& reader) { return term_on(reader, small.ea_kar, CommitteeKind::standing, today()).has_value(); }));
  const std::string shown = page(liên, base(small.ea_kar));
  EXPECT_THAT(shown, HasSubstr("Chưa ghi Ban Chấp hành đương nhiệm."));
  EXPECT_THAT(shown, HasSubstr("từ 01/9/2025 đến hết 31/5/2026"));
}

TEST_P(Committees, Terms_that_are_too_long_or_over_are_warned_of) {
  EXPECT_EQ(post(liên, base(small.ea_kar) + "/nhiem-ky", {{"kind", "1"}, {"name", "nhiệm kỳ 2025 - 2031"}, {"from", "01/9/2025"}, {"planned_until", "01/9/2030"}, {"began", "1"}}).status(), http::Status::see_other);
  EXPECT_THAT(page(liên, base(small.ea_kar)), HasSubstr("dài quá 5 năm"));
  EXPECT_THAT(page(liên, base(small.ea_kar)), HasSubstr("Chưa có người giữ chức vụ Chủ tịch."));
  const auto warned = store().read([&](db::Reader& reader) { return committee_warnings(reader, *house().organisation.current(), small.ea_kar, Day::of(2030, 10, 1)); });
  EXPECT_THAT(warned, testing::Contains(HasSubstr("đã hết hạn ngày 01/9/2030 mà chưa có nhiệm kỳ mới")));
}

TEST_P(Committees, Wrong_input_is_answered_at_its_field_and_writes_nothing) {
  const auto term = opens("1");
  const std::string form = base(small.ea_kar) + "/nhiem-ky";
  const std::string people = fmt::format("{}/{}/them", base(small.ea_kar), term);
  const auto sent = [&](const std::string& target, std::initializer_list<std::pair<std::string_view, std::string_view>> fields, const std::string& says) {
    const auto answer = post(liên, target, fields);
    EXPECT_EQ(answer.status(), http::Status::unprocessable) << says;
    EXPECT_THAT(std::string(answer.body()), HasSubstr(says));
  };
  sent(form, {}, "Xin ghi ngày, ví dụ 01/7/2026.");
  sent(form, {{"kind", "9"}, {"name", "x"}, {"from", "01/9/2026"}, {"planned_until", "01/9/2027"}}, "Xin chọn ban trong danh sách.");
  sent(form, {{"kind", "4"}, {"name", "x"}, {"from", "01/9/2026"}, {"planned_until", "01/9/2025"}}, "Ngày hết nhiệm kỳ phải sau ngày bắt đầu.");
  sent(form, {{"kind", "4"}, {"name", "x"}, {"from", "01/9/2025"}, {"planned_until", "01/9/2026"}, {"decision_number", "12/QĐ"}}, "Xin ghi ngày của quyết định");
  sent(form, {{"kind", "4"}, {"name", ""}, {"from", "01/9/2025"}, {"planned_until", "01/9/2026"}}, "Xin ghi tên nhiệm kỳ");
  sent(people, {{"person_name", ""}, {"from", "01/9/2025"}}, "Xin ghi họ và tên.");
  sent(people, {{"person_name", "A"}, {"birth_year", "sáu lăm"}, {"from", "01/9/2025"}}, "Năm sinh gồm 4 chữ số");
  sent(people, {{"person_name", "A"}, {"birth_year", "2024"}, {"from", "01/9/2025"}}, "không phù hợp");
  sent(people, {{"person_name", "A"}, {"from", "01/9/2024"}}, "nằm ngoài nhiệm kỳ 2025 - 2030");
  EXPECT_TRUE(members(term).empty());
}

TEST_P(Committees, Names_stay_with_those_who_may_see_them) {
  const auto term = opens("1");
  ASSERT_EQ(joins(term, "Nguyễn Đình Sơn", "chu_tich").status(), http::Status::see_other);
  const Person no_names = person("Bà", "H’Ngoan Niê", small.ea_kar, "uy_vien_bch", {{Permission::see_figures, Grant::Reach::subtree, {small.ea_kar}}, {Permission::keep_bodies, Grant::Reach::subtree, {small.ea_kar}}});
  EXPECT_EQ(get(no_names, base(small.ea_kar)).status(), http::Status::not_found);
  EXPECT_EQ(get(no_names, base(small.ea_kar) + "/nhiem-ky").status(), http::Status::not_found);
  EXPECT_EQ(get(liên, base(small.ea_o)).status(), http::Status::not_found);
  EXPECT_EQ(get(liên, fmt::format("{}/{}", base(small.thon_8), term)).status(), http::Status::not_found) << "of another body";
  const auto entries = store().read([&](db::Reader& reader) { return house().trail.of_body(reader, small.ea_kar, 0, 100); });
  ASSERT_FALSE(entries.empty());
  for (const AuditEntry& entry : entries) EXPECT_THAT(entry.after_json, Not(HasSubstr("Sơn"))) << entry.noun;
}

TEST_P(Committees, Communes_are_looked_after_from_a_day_and_nobodys_are_shown) {
  PostHolding holding;
  holding.body = small.dak_lak;
  holding.post = "pho_chu_tich";
  holding.person_name = "Ksor Thắng";
  holding.from = Day::of(2025, 9, 1);
  const auto carer = store().write([&](db::Writer& writer) { return appoint(store(), writer, {}, holding); });
  ASSERT_TRUE(carer);
  const std::string target = fmt::format("/to-chuc/{}/phan-cong", small.dak_lak.value);
  const std::string of_ea_kar = fmt::format("nguoi-{}", small.ea_kar.value), known = fmt::format("biet-{}", small.ea_kar.value), who = std::to_string(carer->id);
  EXPECT_THAT(page(office, target), HasSubstr("đơn vị chưa có người theo dõi"));
  EXPECT_EQ(post(office, target, {{"from", "08/6/2026"}, {of_ea_kar, who}, {known, "0"}}).status(), http::Status::see_other);
  const auto found = [&](BodyId body, Day day) { return store().read([&](db::Reader& reader) { return who_looks_after(reader, *house().organisation.current(), body, day); }); };
  ASSERT_TRUE(found(small.thon_8, today())) << "what stands below is in the same care";
  EXPECT_EQ(found(small.thon_8, today())->name(), "Ksor Thắng");
  EXPECT_FALSE(found(small.ea_kar, today() - 1));
  EXPECT_FALSE(found(small.ea_o, today()));
  // somebody else saved first
  EXPECT_EQ(post(office, target, {{"from", "08/6/2026"}, {of_ea_kar, "0"}, {known, "0"}}).status(), http::Status::conflict);
  EXPECT_EQ(post(office, target, {{"from", "hôm nay"}, {of_ea_kar, "0"}, {known, "0"}}).status(), http::Status::unprocessable);
  EXPECT_EQ(post(liên, target, {{"from", "08/6/2026"}}).status(), http::Status::not_found);
  // whoever leaves the post looks after nothing any more
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return leave_post(writer, {}, carer->id, today() + 5, 1); }));
  EXPECT_FALSE(found(small.ea_kar, today() + 5));
  const auto groups = store().read([&](db::Reader& reader) { return bodies_by_carer(reader, *house().organisation.current(), small.dak_lak, today() + 5); });
  EXPECT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups.begin()->first, 0);
}

}  // namespace
}  // namespace khuyenhoc
