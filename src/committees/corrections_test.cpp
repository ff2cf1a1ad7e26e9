#include <gmock/gmock.h>

#include "access/appointments.h"
#include "committees/committees.h"
#include "organisation/post_corrections.h"
#include "shell/house_fixture.h"

namespace khuyenhoc {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

using Fields = std::initializer_list<std::pair<std::string_view, std::string_view>>;

class Corrections : public OnSmallHouse {
 protected:
  void add_pages(Pages& pages) override { add_committee_pages(pages); }
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    liên = person("Bà", "Trần Kim Liên", small.ea_kar, "thu_ky");
    executive = opens("1");
    joins(executive, {{"person_name", "Nguyễn Đình Sơn"}, {"gender", "1"}, {"birth_year", "1965"}, {"post", "chu_tich"}, {"joined", "1"}, {"from", "01/9/2025"}});
    joins(executive, {{"person_name", "Trần Thị Bích"}, {"gender", "2"}, {"joined", "1"}, {"from", "01/9/2025"}});
  }

  std::string at(std::string_view rest) const { return fmt::format("/to-chuc/{}/nhan-su{}{}", small.ea_kar.value, rest.empty() ? "" : "/", rest); }
  std::int64_t opens(std::string_view kind) {
    const auto answer = post(liên, at("nhiem-ky"), {{"kind", kind}, {"name", "nhiệm kỳ 2025 - 2030"}, {"from", "01/9/2025"}, {"planned_until", "31/8/2030"}, {"began", "1"}});
    EXPECT_EQ(answer.status(), http::Status::see_other) << answer.body();
    std::int64_t out = 0;
    for (const CommitteeTerm& term : terms())
      if (std::to_string(static_cast<std::int64_t>(term.kind)) == kind && !term.voided()) out = term.id;
    return out;
  }
  void joins(std::int64_t term, Fields fields) {
    const auto answer = post(liên, at(fmt::format("{}/them", term)), fields);
    EXPECT_EQ(answer.status(), http::Status::see_other) << answer.body();
  }
  std::vector<CommitteeTerm> terms() {
    return store().read([&](db::Reader& reader) { return terms_of(reader, small.ea_kar); });
  }
  CommitteeMember seat(std::int64_t term, std::string_view name) {
    for (CommitteeMember& member : store().read([&](db::Reader& reader) { return members_of(reader, term); }))
      if (member.person_name == name) return std::move(member);
    return {};
  }
  std::vector<std::string> posts_on(Day day) {
    std::vector<std::string> out;
    for (const PostHolding& held : store().read([&](db::Reader& reader) { return post_holders(reader, small.ea_kar, day); })) out.push_back(held.post + " " + held.person_name);
    return out;
  }
  std::string sentence(std::string_view noun, std::int64_t record) {
    const auto entries = store().read([&](db::Reader& reader) { return house().trail.of_record(reader, noun, record); });
    return entries.empty() ? std::string() : entries.front().after_json;
  }
  std::string page(std::string_view target) { return std::string(get(liên, target).body()); }

  Person liên;
  std::int64_t executive = 0;
};
ON_BOTH_STORES(Corrections);

TEST_P(Corrections, The_days_of_a_term_are_mended_with_its_seats_and_posts) {
  const std::string form = at(fmt::format("{}/sua", executive));
  EXPECT_THAT(page(form), HasSubstr("value=\"01/9/2025\""));
  EXPECT_EQ(post(liên, form, {{"version", "1"}, {"name", "nhiệm kỳ 2025 - 2029"}, {"from", "15/8/2025"}, {"planned_until", "31/8/2029"}, {"began", "2"}, {"decision_number", "12/QĐ-HKH"}, {"decision_day", "10/8/2025"},
                                {"decision_issuer", "Hội Khuyến học tỉnh Đắk Lắk"}}).status(), http::Status::see_other);
  const CommitteeTerm term = terms().front();
  EXPECT_EQ(term.name, "nhiệm kỳ 2025 - 2029");
  EXPECT_EQ(term.began, TermBegan::by_appointment);
  EXPECT_EQ(term.row_version, 2);
  EXPECT_EQ(seat(executive, "Trần Thị Bích").from, Day::of(2025, 8, 15));
  EXPECT_THAT(posts_on(Day::of(2025, 8, 15)), ElementsAre("chu_tich Nguyễn Đình Sơn"));
  const std::string said = sentence("committee", executive);
  EXPECT_THAT(said, HasSubstr("từ ngày: 01/9/2025 thành 15/8/2025"));
  EXPECT_THAT(said, HasSubstr("tên nhiệm kỳ: nhiệm kỳ 2025 - 2030 thành nhiệm kỳ 2025 - 2029"));
  EXPECT_THAT(said, HasSubstr("hình thành: Đại hội bầu thành Cấp trên chỉ định"));
}

TEST_P(Corrections, A_seat_is_mended_with_the_post_that_came_with_it_and_the_seats_chosen_from_it) {
  const auto standing = opens("2");
  joins(standing, {{"among", std::to_string(seat(executive, "Nguyễn Đình Sơn").id)}, {"post", "chu_tich"}, {"joined", "1"}, {"from", "01/9/2025"}});
  const auto id = seat(executive, "Nguyễn Đình Sơn").id;
  const std::string form = at(fmt::format("{}/sua/{}", executive, id));
  EXPECT_EQ(post(liên, form, {{"version", "1"}, {"person_name", "Nguyễn Đình Sang"}, {"gender", "1"}, {"birth_year", "1966"}, {"post", "pho_chu_tich"}, {"joined", "2"}, {"from", "01/9/2025"}}).status(), http::Status::see_other);
  EXPECT_EQ(seat(executive, "Nguyễn Đình Sang").joined, Joined::appointed);
  EXPECT_EQ(seat(standing, "Nguyễn Đình Sang").post, "pho_chu_tich") << "one person, one post, one name";
  EXPECT_EQ(seat(standing, "Nguyễn Đình Sang").birth_year, 1966);
  EXPECT_THAT(posts_on(today()), ElementsAre("pho_chu_tich Nguyễn Đình Sang"));
  const std::string said = sentence("committee_member", id);
  EXPECT_THAT(said, HasSubstr("chức vụ: Chủ tịch thành Phó Chủ tịch"));
  EXPECT_THAT(said, Not(HasSubstr("Sang"))) << "names stay in the encrypted part";
  // from a plain member to a post, and from a post to a plain member
  const auto bích = seat(executive, "Trần Thị Bích").id;
  EXPECT_EQ(post(liên, at(fmt::format("{}/sua/{}", executive, bích)), {{"version", "1"}, {"person_name", "Trần Thị Bích"}, {"post", "chu_tich"}, {"joined", "1"}, {"from", "01/9/2025"}}).status(), http::Status::see_other);
  EXPECT_THAT(posts_on(today()), ElementsAre("chu_tich Trần Thị Bích", "pho_chu_tich Nguyễn Đình Sang"));
  EXPECT_EQ(post(liên, at(fmt::format("{}/sua/{}", executive, bích)), {{"version", "2"}, {"person_name", "Trần Thị Bích"}, {"post", ""}, {"joined", "1"}, {"from", "01/9/2025"}}).status(), http::Status::see_other);
  EXPECT_THAT(posts_on(today()), ElementsAre("pho_chu_tich Nguyễn Đình Sang"));
}

TEST_P(Corrections, Whoever_saved_first_is_shown_beside_what_was_typed) {
  const std::string form = at(fmt::format("{}/sua", executive));
  ASSERT_EQ(post(liên, form, {{"version", "1"}, {"name", "nhiệm kỳ 2025 - 2029"}, {"from", "01/9/2025"}, {"planned_until", "31/8/2029"}, {"began", "1"}}).status(), http::Status::see_other);
  const auto late = post(liên, form, {{"version", "1"}, {"name", "nhiệm kỳ 2025 - 2028"}, {"from", "01/9/2025"}, {"planned_until", "31/8/2028"}, {"began", "1"}});
  EXPECT_EQ(late.status(), http::Status::conflict);
  EXPECT_THAT(std::string(late.body()), HasSubstr("đang lưu: Ban Chấp hành nhiệm kỳ 2025 - 2029"));
  EXPECT_THAT(std::string(late.body()), HasSubstr("value=\"nhiệm kỳ 2025 - 2028\""));
  EXPECT_THAT(std::string(late.body()), HasSubstr("name=\"version\" value=\"2\""));
  const auto id = seat(executive, "Trần Thị Bích").id;
  const auto member = post(liên, at(fmt::format("{}/sua/{}", executive, id)), {{"version", "7"}, {"person_name", "Trần Thị Bích Ngọc"}, {"joined", "1"}, {"from", "01/9/2025"}});
  EXPECT_EQ(member.status(), http::Status::conflict);
  EXPECT_THAT(std::string(member.body()), HasSubstr("đang lưu: Trần Thị Bích, Ủy viên"));
  EXPECT_THAT(std::string(member.body()), HasSubstr("value=\"Trần Thị Bích Ngọc\""));
  EXPECT_EQ(post(liên, at(fmt::format("{}/bo/{}", executive, id)), {{"version", "7"}, {"reason", "ghi trùng"}}).status(), http::Status::conflict);
  EXPECT_EQ(post(liên, at(fmt::format("{}/bo", executive)), {{"version", "1"}, {"reason", "ghi trùng"}}).status(), http::Status::conflict);
  EXPECT_FALSE(seat(executive, "Trần Thị Bích").voided());
}

TEST_P(Corrections, What_is_void_is_shown_in_the_history_and_counts_nowhere) {
  const auto standing = opens("2");
  joins(standing, {{"among", std::to_string(seat(executive, "Nguyễn Đình Sơn").id)}, {"post", "chu_tich"}, {"joined", "1"}, {"from", "01/9/2025"}});
  const auto id = seat(executive, "Nguyễn Đình Sơn").id;
  EXPECT_THAT(page(at(fmt::format("{}/bo/{}", executive, id))), HasSubstr("Chức vụ Chủ tịch ghi cùng cũng được bỏ"));
  EXPECT_EQ(post(liên, at(fmt::format("{}/bo/{}", executive, id)), {{"version", "1"}, {"reason", "nhầm người"}}).status(), http::Status::see_other);
  EXPECT_TRUE(seat(executive, "Nguyễn Đình Sơn").voided());
  EXPECT_TRUE(seat(standing, "Nguyễn Đình Sơn").voided());
  EXPECT_THAT(posts_on(today()), ElementsAre());
  EXPECT_THAT(posts_on(Day::of(2025, 9, 1)), ElementsAre());
  EXPECT_THAT(page(at(std::to_string(executive))), HasSubstr("đã bỏ khỏi danh sách: ghi nhầm, nhầm người"));
  EXPECT_THAT(page(at("")), Not(HasSubstr("<th scope=\"row\">Nguyễn Đình Sơn</th>")));
  EXPECT_EQ(get(liên, at(fmt::format("{}/sua/{}", executive, id))).status(), http::Status::not_found) << "what is void is not mended";
  EXPECT_THAT(sentence("committee_member", id), HasSubstr("vì ghi nhầm"));
  // the same person may be entered again
  joins(executive, {{"person_name", "Nguyễn Đình Sơn"}, {"gender", "1"}, {"post", "chu_tich"}, {"joined", "1"}, {"from", "01/9/2025"}});
  // a whole term: the committee chosen from it first
  EXPECT_THAT(std::string(post(liên, at(fmt::format("{}/bo", executive)), {{"version", "1"}, {"reason", "nhầm đơn vị"}}).body()), HasSubstr("Xin bỏ ban đó khỏi danh sách trước."));
  EXPECT_EQ(post(liên, at(fmt::format("{}/bo", standing)), {{"version", "1"}, {"reason", "nhầm đơn vị"}}).status(), http::Status::see_other);
  EXPECT_EQ(post(liên, at(fmt::format("{}/bo", executive)), {{"version", "1"}, {"reason", "nhầm đơn vị"}}).status(), http::Status::see_other);
  EXPECT_THAT(posts_on(today()), ElementsAre());
  EXPECT_THAT(page(at(std::to_string(executive))), HasSubstr("Ghi nhầm, đã bỏ khỏi danh sách"));
  EXPECT_EQ(get(liên, at(fmt::format("{}/danh-sach.docx", executive))).status(), http::Status::not_found);
  EXPECT_THAT(page(at("")), HasSubstr("Chưa ghi Ban Chấp hành đương nhiệm."));
  EXPECT_NE(opens("1"), 0) << "the right term takes its place";
}

TEST_P(Corrections, A_post_that_is_void_takes_its_access_away_at_once) {
  const Person newcomer = person("Ông", "Lê Văn Ánh", small.thon_8, "chi_hoi_truong");
  PostHolding wanted;
  wanted.body = small.ea_kar;
  wanted.post = "pho_chu_tich";
  wanted.person_name = "Lê Văn Ánh";
  wanted.user = newcomer.user;
  wanted.from = Day::of(2025, 9, 1);
  const auto held = store().write([&](db::Writer& writer) { return appoint_with_access(store(), writer, Giver::program(), {}, {.holding = wanted}); });
  ASSERT_TRUE(held);
  house().sessions.forget_cached();
  const auto may = [&] { return house().sessions.viewer(newcomer.token)->may(Permission::see_figures, small.ea_kar); };
  ASSERT_TRUE(may());
  const std::string of_post = at(fmt::format("chuc-vu/{}", held->id));
  EXPECT_EQ(post(liên, of_post + "/bo", {{"version", "1"}, {"reason", ""}}).status(), http::Status::unprocessable);
  ASSERT_TRUE(may());
  // whoever keeps the list of people cannot hand out more than they may
  const auto more = post(liên, of_post + "/sua", {{"version", "1"}, {"post", "chu_tich"}, {"person_name", "Lê Văn Ánh"}, {"from", "01/9/2025"}});
  EXPECT_EQ(more.status(), http::Status::unprocessable) << more.body();
  EXPECT_THAT(posts_on(today()), Contains("pho_chu_tich Lê Văn Ánh"));
  EXPECT_EQ(post(liên, of_post + "/sua", {{"version", "1"}, {"post", "pho_chu_tich"}, {"person_name", "Lê Văn Anh"}, {"from", "01/9/2025"}}).status(), http::Status::see_other) << "a name changes no access";
  EXPECT_THAT(page(of_post + "/bo"), HasSubstr("Quyền đăng nhập theo chức vụ này cũng hết ngay khi bỏ."));
  EXPECT_EQ(post(liên, of_post + "/bo", {{"version", "2"}, {"reason", "nhầm người"}}).status(), http::Status::see_other);
  EXPECT_FALSE(may());
  EXPECT_THAT(page(at("")), HasSubstr("đã bỏ khỏi danh sách"));
  EXPECT_THAT(sentence("post", held->id), HasSubstr("Bỏ khỏi danh sách chức vụ Phó Chủ tịch ở Hội Khuyến học xã Ea Kar vì ghi nhầm"));
}

TEST_P(Corrections, A_post_that_came_with_a_seat_is_mended_at_the_seat) {
  const auto held = store().read([&](db::Reader& reader) { return post_holders(reader, small.ea_kar, today()).front(); });
  const auto id = seat(executive, "Nguyễn Đình Sơn").id;
  const auto answer = get(liên, at(fmt::format("chuc-vu/{}/sua", held.id)));
  EXPECT_EQ(answer.status(), http::Status::see_other);
  EXPECT_EQ(post(liên, at(fmt::format("chuc-vu/{}/bo", held.id)), {{"version", "1"}, {"reason", "ghi trùng"}}).status(), http::Status::unprocessable);
  EXPECT_THAT(posts_on(today()), ElementsAre("chu_tich Nguyễn Đình Sơn"));
  // one that was entered by itself stays when the seat was a mistake
  const auto itself = post(liên, at("chuc-vu"), {{"post", "thu_ky"}, {"person_name", "Lê Thị Hoa"}, {"from", "01/8/2025"}});
  ASSERT_EQ(itself.status(), http::Status::see_other);
  joins(executive, {{"person_name", "Lê Thị Hoa"}, {"gender", "2"}, {"post", "thu_ky"}, {"joined", "1"}, {"from", "01/9/2025"}});
  const auto hoa = seat(executive, "Lê Thị Hoa").id;
  EXPECT_EQ(post(liên, at(fmt::format("{}/bo/{}", executive, hoa)), {{"version", "1"}, {"reason", "ghi trùng"}}).status(), http::Status::see_other);
  EXPECT_THAT(posts_on(today()), Contains("thu_ky Lê Thị Hoa"));
  EXPECT_NE(id, hoa);
}

TEST_P(Corrections, Wrong_input_is_answered_at_its_field_and_writes_nothing) {
  const std::string term = at(fmt::format("{}/sua", executive)), member = at(fmt::format("{}/sua/{}", executive, seat(executive, "Trần Thị Bích").id));
  const auto sent = [&](const std::string& target, Fields fields, const std::string& says) {
    const auto answer = post(liên, target, fields);
    EXPECT_EQ(answer.status(), http::Status::unprocessable) << says;
    EXPECT_THAT(std::string(answer.body()), HasSubstr(says));
  };
  sent(term, {{"version", "1"}}, "Xin ghi ngày, ví dụ 01/7/2026.");
  sent(term, {{"version", "1"}, {"name", ""}, {"from", "01/9/2025"}, {"planned_until", "31/8/2030"}}, "Xin ghi tên nhiệm kỳ");
  sent(term, {{"version", "1"}, {"name", "x"}, {"from", "01/9/2025"}, {"planned_until", "31/8/2024"}}, "Ngày hết nhiệm kỳ phải sau ngày bắt đầu.");
  sent(term, {{"version", "1"}, {"name", "x"}, {"from", "01/9/2025"}, {"planned_until", "31/8/2030"}, {"decision_number", "12/QĐ"}}, "Xin ghi ngày của quyết định");
  sent(member, {{"version", "1"}, {"person_name", ""}, {"from", "01/9/2025"}}, "Xin ghi họ và tên.");
  sent(member, {{"version", "1"}, {"person_name", "A"}, {"birth_year", "xưa"}, {"from", "01/9/2025"}}, "Năm sinh gồm 4 chữ số");
  sent(member, {{"version", "1"}, {"person_name", "A"}, {"from", "01/9/2020"}}, "nằm ngoài nhiệm kỳ 2025 - 2030");
  sent(member, {{"version", "1"}, {"person_name", "Nguyễn Đình Sơn"}, {"from", "01/9/2025"}}, "đã có trong");
  sent(member, {{"version", "1"}, {"person_name", "Trần Thị Bích"}, {"post", "chu_tich"}, {"from", "01/9/2025"}}, "Chủ tịch hiện là Nguyễn Đình Sơn giữ");
  sent(member, {{"version", "1"}, {"person_name", "Trần Thị Bích"}, {"post", "nhac_truong"}, {"from", "01/9/2025"}}, "Xin chọn chức vụ trong danh sách.");
  sent(at(fmt::format("{}/bo", executive)), {{"version", "1"}, {"reason", "  "}}, "Xin ghi lý do");
  EXPECT_EQ(terms().front().row_version, 1);
  EXPECT_EQ(seat(executive, "Trần Thị Bích").row_version, 1);
  // somebody else's
  EXPECT_EQ(get(liên, fmt::format("/to-chuc/{}/nhan-su/{}/sua", small.ea_o.value, executive)).status(), http::Status::not_found);
  EXPECT_EQ(get(liên, fmt::format("/to-chuc/{}/nhan-su/{}/sua", small.thon_8.value, executive)).status(), http::Status::not_found);
}

}  // namespace
}  // namespace khuyenhoc
