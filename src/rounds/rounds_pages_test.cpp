// Pages of rounds as people use them: opening one, its board, calling in what is late, passing it down, a branch that confirms.
#include <gmock/gmock.h>

#include "forms/forms.h"
#include "organisation/contacts.h"
#include "reporting/reporting.h"
#include "rounds/add_pages.h"
#include "shell/house_fixture.h"

namespace khuyenhoc {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class RoundPages : public OnSmallHouse {
 protected:
  void add_pages(Pages& pages) override {
    add_reporting_pages(pages);
    add_reporting_round_pages(pages);
  }
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    keep_house_forms(store(), Catalogue::house(), now_ms);
    office = person("Ông", "Y Bhiông Niê", small.dak_lak, "chanh_van_phong");
    liên = person("Bà", "Trần Kim Liên", small.ea_kar, "thu_ky");
    head_of_8 = person("Ông", "Phạm Văn Lượng", small.thon_8, "chi_hoi_truong");
    elsewhere = person("Bà", "H’Ngoan Niê", small.ea_o, "thu_ky");
  }
  using Fields = std::initializer_list<std::pair<std::string_view, std::string_view>>;
  http::Response open(std::string_view whom = "tat-ca", std::string_view step = "mo", std::string_view commune_due = "") {
    return post(office, "/dot-bao-cao/moi",
                {{"ma", "mot-lan"}, {"mau", form()}, {"ky", "bao_cao:2026-H1"}, {"doi-tuong", whom}, {"han-xa", commune_due}, {"loi-nhan", "Xin gửi đúng hạn."}, {"buoc", step}});
  }
  // The first form that is offered.
  std::string form() {
    const std::string page(get(office, "/dot-bao-cao/moi").body());
    const auto select = page.find("name=\"mau\"");
    const auto at = page.find("value=\"", select) + 7;
    return page.substr(at, page.find('"', at) - at);
  }
  RoundId opened(std::string_view whom = "tat-ca") {
    const auto answer = open(whom);
    EXPECT_EQ(answer.status(), http::Status::see_other) << answer.body();
    const auto rounds = store().read([&](db::Reader& reader) { return rounds_opened_by(reader, small.dak_lak); });
    EXPECT_EQ(rounds.size(), 1U);
    return rounds.empty() ? RoundId{} : rounds.front().id;
  }
  std::string page(const Person& who, const std::string& address) {
    const auto answer = get(who, address);
    EXPECT_EQ(answer.status(), http::Status::ok) << address;
    return std::string(answer.body());
  }
  std::string at(RoundId round, std::string_view rest = {}) { return fmt::format("/dot-bao-cao/{}{}", round.value, rest); }
  RoundReport report(RoundId round, BodyId body) {
    return store().read([&](db::Reader& reader) { return report_of(reader, round, body); }).value_or(RoundReport{});
  }
  std::string version(RoundId round, BodyId body) { return std::to_string(report(round, body).row_version); }
  void call(BodyId body, std::string_view name, std::string_view telephone, std::int64_t version = 0) {
    const auto kept = store().write([&](db::Writer& writer) { return keep_contact(writer, house().keys, {}, {body, std::string(name), std::string(telephone), version}); });
    ASSERT_TRUE(kept) << kept.error().message;
  }

  Person office, liên, head_of_8, elsewhere;
};
ON_BOTH_STORES(RoundPages);

TEST_P(RoundPages, A_round_is_previewed_then_opened_once) {
  const auto preview = open("tat-ca", "xem");
  EXPECT_EQ(preview.status(), http::Status::ok);
  EXPECT_THAT(std::string(preview.body()), AllOf(HasSubstr("Xem trước (chưa mở)"), HasSubstr("thứ Tư, 10/6/2026"), HasSubstr("Mở đợt báo cáo"), HasSubstr("Hạn gửi đã qua trước ngày mở đợt: Chi hội, ban (05/6/2026)")));
  EXPECT_TRUE(store().read([&](db::Reader& reader) { return rounds_opened_by(reader, small.dak_lak); }).empty());
  const RoundId round = opened();
  // the same form once more, because its answer was lost: the same round
  const auto again = open();
  EXPECT_EQ(again.status(), http::Status::see_other);
  EXPECT_EQ(store().read([&](db::Reader& reader) { return rounds_opened_by(reader, small.dak_lak); }).size(), 1U);
  EXPECT_THAT(page(office, "/dot-bao-cao"), HasSubstr("Báo cáo 6 tháng đầu năm 2026"));
  EXPECT_THAT(page(liên, "/dot-bao-cao"), AllOf(HasSubstr("Đơn vị phải báo cáo"), HasSubstr(at(round))));
}

TEST_P(RoundPages, Wrong_input_is_answered_at_its_place_with_everything_kept) {
  const auto answer = open("tat-ca", "mo", "31/02/2026");
  EXPECT_EQ(answer.status(), http::Status::unprocessable);
  EXPECT_THAT(std::string(answer.body()), AllOf(HasSubstr("id=\"han-xa-loi\""), HasSubstr("value=\"31/02/2026\""), HasSubstr("Xin gửi đúng hạn.")));
  const auto too_early = open("tat-ca", "mo", "20/5/2026");
  EXPECT_THAT(std::string(too_early.body()), HasSubstr("Hạn nộp phải từ ngày khóa số (31/5/2026) trở đi"));
  const auto nobody = open("danh-sach", "xem");
  EXPECT_EQ(nobody.status(), http::Status::unprocessable);
  EXPECT_THAT(std::string(nobody.body()), HasSubstr("Xin chọn ít nhất một đơn vị trong danh sách."));
  EXPECT_EQ(get(head_of_8, "/dot-bao-cao/moi").status(), http::Status::not_found);
}

TEST_P(RoundPages, An_ad_hoc_request_is_due_on_the_day_it_was_written_for) {
  const Person chairman = person("Ông", "Trần Trọng Hải", small.dak_lak, "chu_tich");
  const Viewer viewer = *house().sessions.viewer(chairman.token);
  const auto draft = begin_request(house(), viewer, small.dak_lak);
  ASSERT_TRUE(draft);
  FormVersion request = *store().read([&](db::Reader& reader) { return form_version(reader, house(), *draft); });
  request.name_vi = request.name_en = "Rà soát nhà sinh hoạt";
  request.request_period = Period{Day::of(2026, 5, 1), Day::of(2026, 5, 31)};
  request.request_due = Day::of(2026, 6, 18);
  request.content.questions = {{"Số nhà sinh hoạt", OwnQuestion::Kind::number, OwnQuestion::Moment::during, "nhà", "", {"xa"}}};
  const auto kept = keep_draft(house(), viewer, request);
  ASSERT_TRUE(kept) << kept.error().message;
  ASSERT_TRUE(publish_draft(house(), viewer, *draft, *kept, today()));
  const std::string id = std::to_string(draft->value);
  EXPECT_THAT(page(office, "/dot-bao-cao/moi?mau=" + id), HasSubstr("Để trống: 18/6/2026."));
  const auto preview = post(office, "/dot-bao-cao/moi", {{"ma", "yeu-cau"}, {"mau", id}, {"ky", ""}, {"doi-tuong", "truc-tiep"}, {"buoc", "xem"}});
  EXPECT_EQ(preview.status(), http::Status::ok);
  EXPECT_THAT(std::string(preview.body()), HasSubstr("thứ Năm, 18/6/2026"));
  EXPECT_EQ(post(office, "/dot-bao-cao/moi", {{"ma", "yeu-cau-2"}, {"mau", id}, {"ky", ""}, {"doi-tuong", "truc-tiep"}, {"buoc", "mo"}}).status(), http::Status::see_other);
  EXPECT_THAT(page(office, "/dot-bao-cao"), HasSubstr("Rà soát nhà sinh hoạt"));
}

TEST_P(RoundPages, The_board_answers_first_and_filters_by_state_and_level) {
  const RoundId round = opened();
  const std::string whole = page(office, at(round));
  EXPECT_THAT(whole, AllOf(HasSubstr("đơn vị đã gửi báo cáo"), HasSubstr("chi hội, ban đã xác nhận số liệu"), HasSubstr("Xã Ea Kar"), HasSubstr("còn 2 ngày"), HasSubstr("Khóa nhập")));
  EXPECT_THAT(page(office, at(round, "?cap=chi-hoi")), AllOf(HasSubstr("Chi hội Thôn 8"), HasSubstr("quá hạn 3 ngày")));
  EXPECT_THAT(page(office, at(round, "?cap=chi-hoi&loc=da-gui")), HasSubstr("Không có đơn vị nào ở đây"));
  EXPECT_THAT(page(office, at(round, fmt::format("?trong={}", small.ea_kar.value))), AllOf(HasSubstr("Chi hội Thôn 8"), Not(HasSubstr("Chi hội Thôn 11"))));
  // a commune sees its own part, without what the office that opened the round does
  const std::string below = page(liên, at(round));
  EXPECT_THAT(below, AllOf(HasSubstr("Chi hội Thôn 8"), Not(HasSubstr("Xã Ea Ô")), Not(HasSubstr("Khóa nhập"))));
  EXPECT_EQ(get(liên, at(round, fmt::format("?trong={}", small.ea_o.value))).status(), http::Status::not_found);
  EXPECT_EQ(get(liên, "/dot-bao-cao/424242").status(), http::Status::not_found);
  // nobody reports to a branch: its page of the round is its own report
  const auto of_branch = get(head_of_8, at(round));
  EXPECT_EQ(of_branch.status(), http::Status::see_other);
  EXPECT_THAT(page(head_of_8, at(round, fmt::format("/don-vi/{}", small.thon_8.value))), Not(HasSubstr("Công văn")));
}

TEST_P(RoundPages, Those_who_are_late_are_called_by_name_only_where_names_may_be_seen) {
  const RoundId round = opened();
  call(small.thon_8, "Ông Phạm Văn Lượng", "0912345678");
  const std::string list = page(liên, at(round, "/nhac?cap=chi-hoi"));
  EXPECT_THAT(list, AllOf(HasSubstr("Ông Phạm Văn Lượng"), HasSubstr("0912 345 678"), HasSubstr("xin nhắc các đơn vị nhập và gửi “Báo cáo 6 tháng đầu năm 2026” (đã quá hạn ngày 05/6/2026)"), HasSubstr(at(round))));
  call(small.thon_8, "Phạm Văn Lượng", "0912345678", 1);
  EXPECT_THAT(page(liên, at(round, fmt::format("/don-vi/{}", small.thon_8.value))), HasSubstr("Kính gửi ông/bà Phạm Văn Lượng."));
  const Person board_member = person("Ông", "Lê Văn Tám", small.dak_lak, "chu_tich", {});
  EXPECT_THAT(page(board_member, at(round, "/nhac?cap=chi-hoi")), HasSubstr("Chi hội Thôn 8"));
  const auto circular = get(office, at(round, "/cong-van.docx"));
  EXPECT_EQ(circular.status(), http::Status::ok);
  EXPECT_THAT(std::string(circular.body()), StartsWith("PK"));
}

TEST_P(RoundPages, A_commune_passes_the_round_down) {
  const RoundId round = opened("truc-tiep");
  EXPECT_FALSE(report(round, small.thon_8).id);
  EXPECT_THAT(page(liên, at(round, "/chuyen-tiep")), AllOf(HasSubstr("Xin gửi đúng hạn."), HasSubstr("Hạn của đơn vị: thứ Tư, 10/6/2026")));
  const auto wrong = post(liên, at(round, "/chuyen-tiep"), {{"version", "0"}, {"han", "15/6/2026"}, {"loi-nhan", "Ghi sớm nhé."}});
  EXPECT_EQ(wrong.status(), http::Status::unprocessable);
  EXPECT_THAT(std::string(wrong.body()), AllOf(HasSubstr("không được sau hạn của đơn vị mình"), HasSubstr("Ghi sớm nhé.")));
  EXPECT_EQ(post(liên, at(round, "/chuyen-tiep"), {{"version", "0"}, {"han", "9/6/2026"}, {"loi-nhan", "Ghi sớm nhé."}}).status(), http::Status::see_other);
  EXPECT_EQ(report(round, small.thon_8).due, Day::of(2026, 6, 9));
  EXPECT_THAT(page(liên, at(round)), HasSubstr("Ghi sớm nhé."));
  EXPECT_EQ(post(liên, at(round, "/chuyen-tiep"), {{"version", "0"}, {"han", "9/6/2026"}}).status(), http::Status::conflict);
  EXPECT_EQ(get(head_of_8, at(round, "/chuyen-tiep")).status(), http::Status::not_found);
}

TEST_P(RoundPages, A_branch_confirms_withdraws_and_is_asked_to_correct) {
  const RoundId round = opened();
  state(small.thon_8, "B02", half_year(2026), 4);
  const std::string address = at(round, fmt::format("/don-vi/{}", small.thon_8.value));
  EXPECT_THAT(page(head_of_8, address), AllOf(HasSubstr("Đang nhập"), HasSubstr("Xác nhận"), Not(HasSubstr("Xác nhận thay"))));
  EXPECT_EQ(post(head_of_8, address + "/buoc", {{"version", version(round, small.thon_8)}, {"buoc", "xac-nhan"}}).status(), http::Status::see_other);
  EXPECT_THAT(page(head_of_8, address), AllOf(HasSubstr("Đã xác nhận"), HasSubstr("Rút lại"), HasSubstr("Ông Phạm Văn Lượng")));
  // the form says it is locked, and how it is opened again
  const std::string cell = fmt::format("c.{}.B02", small.thon_8.value);
  const auto locked = post(head_of_8, fmt::format("/phieu/{}?ky=2026-H1", small.thon_8.value), {{cell, "9"}});
  EXPECT_EQ(locked.status(), http::Status::unprocessable);
  EXPECT_THAT(std::string(locked.body()), HasSubstr("đã xác nhận số liệu lúc"));
  EXPECT_EQ(post(head_of_8, address + "/buoc", {{"version", version(round, small.thon_8)}, {"buoc", "rut-lai"}}).status(), http::Status::see_other);
  EXPECT_EQ(post(head_of_8, address + "/buoc", {{"version", "1"}, {"buoc", "xac-nhan"}}).status(), http::Status::conflict);
  EXPECT_EQ(post(liên, address + "/buoc", {{"version", version(round, small.thon_8)}, {"buoc", "xac-nhan"}, {"cach", "qua điện thoại"}}).status(), http::Status::see_other);
  EXPECT_THAT(page(office, address), HasSubstr("Bà Trần Kim Liên (Hội Khuyến học xã Ea Kar) nhập thay, qua điện thoại"));
  EXPECT_THAT(page(office, at(round, "?cap=chi-hoi")), HasSubstr("nhập thay, qua điện thoại"));
  const auto no_reason = post(liên, address + "/buoc", {{"version", version(round, small.thon_8)}, {"buoc", "tra-lai"}});
  EXPECT_EQ(no_reason.status(), http::Status::unprocessable);
  EXPECT_THAT(std::string(no_reason.body()), HasSubstr("Xin ghi lý do"));
  EXPECT_EQ(post(liên, address + "/buoc", {{"version", version(round, small.thon_8)}, {"buoc", "tra-lai"}, {"ly-do", "Số hội viên chưa khớp."}}).status(), http::Status::see_other);
  EXPECT_THAT(page(head_of_8, address), AllOf(HasSubstr("Lý do đề nghị sửa:"), HasSubstr("Số hội viên chưa khớp.")));
  EXPECT_THAT(page(liên, address), AllOf(HasSubstr("có chỗ cần sửa. Kính nhờ sửa rồi gửi lại cho"), Not(HasSubstr("Gửi lúc")))) << "it is in hand again";
  EXPECT_EQ(get(elsewhere, address).status(), http::Status::not_found);
  EXPECT_EQ(post(elsewhere, address + "/buoc", {{"version", "1"}, {"buoc", "xac-nhan"}}).status(), http::Status::not_found);
}

TEST_P(RoundPages, Sending_the_short_form_confirms_the_report_of_the_branch) {
  const RoundId round = opened();
  const std::string cell = fmt::format("c.{}.B02", small.thon_8.value);
  const auto sent = post(head_of_8, fmt::format("/phieu/{}?ky=2026-H1", small.thon_8.value), {{cell, "9"}});
  if (sent.status() == http::Status::unprocessable) GTEST_SKIP() << "past the due day of the usual period, a branch sends through the round's page";
  EXPECT_EQ(report(round, small.thon_8).state, ReportState::sent);
}

TEST_P(RoundPages, The_office_closes_entry_and_adds_who_was_forgotten) {
  const RoundId round = opened("truc-tiep");
  EXPECT_THAT(page(office, at(round, "/them")), HasSubstr("Chi hội Thôn 8"));
  EXPECT_EQ(post(office, at(round, "/them"), {{"don-vi", ""}}).status(), http::Status::unprocessable);
  EXPECT_EQ(post(office, at(round, "/them"), {{"don-vi", std::to_string(small.thon_8.value)}}).status(), http::Status::see_other);
  EXPECT_TRUE(report(round, small.thon_8).added_late_ms);
  EXPECT_EQ(post(liên, at(round, "/khoa"), {{"version", "1"}}).status(), http::Status::not_found);
  EXPECT_EQ(post(office, at(round, "/khoa"), {{"version", "1"}}).status(), http::Status::see_other);
  EXPECT_THAT(page(office, at(round)), AllOf(HasSubstr("Đợt đã khóa nhập lúc"), HasSubstr("Mở khóa nhập")));
  EXPECT_EQ(post(office, at(round, "/mo-khoa"), {{"version", "1"}}).status(), http::Status::conflict);
  EXPECT_EQ(post(office, at(round, "/mo-khoa"), {{"version", "2"}}).status(), http::Status::see_other);
}

TEST_P(RoundPages, The_page_of_a_province_leads_to_its_round) {
  const std::string address = fmt::format("/nhap-so-lieu/{}?ky=2026-H1", small.dak_lak.value);
  EXPECT_THAT(page(office, address), Not(HasSubstr("Mở đợt báo cáo của kỳ này")));
  const RoundId round = opened();
  EXPECT_THAT(page(office, address), AllOf(HasSubstr("Mở đợt báo cáo của kỳ này"), HasSubstr(at(round))));
}

}  // namespace
}  // namespace khuyenhoc
