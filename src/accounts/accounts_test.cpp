#include "accounts/accounts.h"

#include <regex>

#include <gmock/gmock.h>

#include "organisation/contacts.h"
#include "shell/house_fixture.h"

namespace khuyenhoc {
namespace {

using testing::HasSubstr;
using testing::Not;

class Accounts : public OnSmallHouse {
 protected:
  void add_pages(Pages& pages) override { add_account_pages(pages); }
  static int status(const http::Response& answer) { return static_cast<int>(answer.status()); }
  static std::string text(const http::Response& answer) { return std::string(answer.body()); }

  http::Response give(const Person& who, BodyId body, std::string_view post_code, std::string_view telephone, std::string_view name) {
    return post(who, "/tai-khoan/moi", {{"don-vi", std::to_string(body.value)}, {"post", post_code}, {"telephone", telephone}, {"salutation", "Bà"}, {"name", name}, {"from", "01/6/2026"}, {"term", "nhiệm kỳ 2025 - 2030"}});
  }
  UserId user_of(std::string_view telephone) {
    return store().read([&](db::Reader& reader) { return house().users.find_by_telephone(reader, telephone); }).value_or(UserId{});
  }
  std::vector<PostHolding> holders(BodyId body) {
    return store().read([&](db::Reader& reader) { return post_holders(reader, body, today()); });
  }
  std::string code_on(const http::Response& slip) {
    std::smatch found;
    const std::string page = text(slip);
    return std::regex_search(page, found, std::regex(R"re(class="answer">([^<]+)<)re")) ? found[1].str() : std::string();
  }
  Result<SignedIn> signs_in(std::string_view telephone, std::string_view code) { return house().sessions.sign_in(telephone, code, "127.0.0.1"); }
  std::size_t accounts_stored() {
    return store().read([&](db::Reader& reader) { return all_standings(reader).size(); });
  }
  void keep_head(BodyId body, std::string name, std::string telephone) {
    const auto kept = store().write([&](db::Writer& writer) { return keep_contact(writer, house().keys, {}, {body, name, telephone, 0}); });
    ASSERT_TRUE(kept) << kept.error().message;
  }
  // The sentence that the next page shows.
  static std::string said(const http::Response& answer) {
    EXPECT_EQ(status(answer), 303) << text(answer);
    for (const auto& [name, value] : answer.headers())
      if (name == "Set-Cookie" && value.starts_with("da_noi="))
        if (const auto words = crypto::from_base64url(value.substr(7, value.find(';') - 7))) return {reinterpret_cast<const char*>(words->data()), words->size()};
    return {};
  }
  void on_roster(BodyId body, std::string_view post_code, std::string_view name) {
    const PostHolding holding{.body = body, .post = std::string(post_code), .person_name = std::string(name), .user = {}, .from = Day::of(2025, 9, 1), .until = {}, .term = {}};
    const auto made = store().write([&](db::Writer& writer) { return appoint(store(), writer, {}, holding); });
    ASSERT_TRUE(made) << made.error().message;
  }
  void work() {
    jobs::Worker worker(store(), house().clock, {});
    add_slip_jobs(worker, house());
    while (worker.run_one()) {}
  }
};
ON_BOTH_STORES(Accounts);

TEST_P(Accounts, A_new_account_comes_with_its_slip_and_opens_what_the_post_opens) {
  const Person chairman = person("Bà", "H’Ngoan Niê", small.dak_lak, "pho_chu_tich_thuong_truc");
  const auto slip = give(chairman, small.ea_kar, "thu_ky", "0912 345 678", "Trần Kim Liên");
  ASSERT_EQ(status(slip), 200) << text(slip);
  EXPECT_THAT(text(slip), HasSubstr("Trần Kim Liên"));
  EXPECT_THAT(text(slip), HasSubstr("<svg class=\"qr\""));
  const auto in = signs_in("0912345678", code_on(slip));
  ASSERT_TRUE(in) << in.error().message;
  EXPECT_TRUE(in->must_change_password);
  EXPECT_TRUE(house().sessions.viewer(in->token)->may(Permission::enter_figures, small.thon_8));
  EXPECT_THAT(text(get(chairman, "/tai-khoan")), HasSubstr("Trần Kim Liên"));
  const auto page = get(chairman, fmt::format("/tai-khoan/{}", user_of("0912345678").value));
  EXPECT_THAT(text(page), HasSubstr("Thư ký, Hội Khuyến học xã Ea Kar, từ 01/6/2026, nhiệm kỳ 2025 - 2030"));
  EXPECT_THAT(text(page), HasSubstr("Chờ đăng nhập lần đầu"));
  EXPECT_THAT(text(page), HasSubstr("Cấp tài khoản: Thư ký"));
}

TEST_P(Accounts, Wrong_input_is_told_at_its_field_keeps_what_was_typed_and_changes_nothing) {
  const Person officer = person("Bà", "H’Ngoan Niê", small.dak_lak, "pho_chu_tich_thuong_truc");
  const auto before = accounts_stored();
  const std::string body = std::to_string(small.ea_kar.value);
  struct Wrong {
    std::string_view field, telephone, name, post, from, until, sentence;
  };
  for (const Wrong& wrong : {Wrong{"telephone", "12", "Lê Thị Hoa", "thu_ky", "01/6/2026", "", "Số điện thoại chưa đúng"}, {"name", "0912345678", " ", "thu_ky", "01/6/2026", "", "Xin ghi họ và tên"},
                             {"post", "0912345678", "Lê Thị Hoa", "", "01/6/2026", "", "Xin chọn chức vụ"}, {"from", "0912345678", "Lê Thị Hoa", "thu_ky", "32/6/2026", "", ""},
                             {"until", "0912345678", "Lê Thị Hoa", "thu_ky", "01/6/2026", "01/5/2026", "Ngày cuối giữ chức vụ"}, {"from", "0912345678", "Lê Thị Hoa", "thu_ky", "01/6/1999", "", "chưa thành lập"}}) {
    SCOPED_TRACE(wrong.field);
    const auto answer = post(officer, "/tai-khoan/moi", {{"don-vi", body}, {"post", wrong.post}, {"telephone", wrong.telephone}, {"name", wrong.name}, {"from", wrong.from}, {"until", wrong.until}});
    EXPECT_EQ(status(answer), 422);
    EXPECT_THAT(text(answer), HasSubstr(fmt::format("id=\"{}-loi\"", wrong.field)));
    EXPECT_THAT(text(answer), HasSubstr(std::string(wrong.sentence)));
    EXPECT_THAT(text(answer), HasSubstr(fmt::format("value=\"{}\"", wrong.telephone)));
  }
  EXPECT_EQ(accounts_stored(), before);
  EXPECT_TRUE(holders(small.ea_kar).empty());
}

TEST_P(Accounts, A_number_that_has_an_account_asks_whether_it_is_the_same_person) {
  const Person officer = person("Bà", "H’Ngoan Niê", small.dak_lak, "pho_chu_tich_thuong_truc");
  ASSERT_EQ(status(give(officer, small.ea_kar, "thu_ky", "0912345678", "Trần Kim Liên")), 200);
  const auto asks = give(officer, small.ea_o, "thu_ky", "0912345678", "Ai đó khác");
  EXPECT_EQ(status(asks), 422);
  EXPECT_THAT(text(asks), HasSubstr("Đúng là Bà Trần Kim Liên"));
  EXPECT_TRUE(holders(small.ea_o).empty());
  const auto same = post(officer, "/tai-khoan/moi", {{"don-vi", std::to_string(small.ea_o.value)}, {"post", "thu_ky"}, {"telephone", "0912345678"}, {"from", "01/6/2026"}, {"cung_nguoi", "1"}});
  EXPECT_EQ(status(same), 303) << text(same);
  ASSERT_EQ(holders(small.ea_o).size(), 1U);
  EXPECT_EQ(holders(small.ea_o).front().person_name, "Trần Kim Liên");
}

TEST_P(Accounts, Nobody_gives_what_they_do_not_have_nor_acts_upon_who_can_do_more) {
  const Person secretary = person("Bà", "Trần Kim Liên", small.ea_kar, "thu_ky");
  const Person chairman = person("Ông", "Lê Văn Sơn", small.ea_kar, "chu_tich");
  const Person elsewhere = person("Anh", "Đỗ Minh Khôi", small.ea_o, "thu_ky");
  EXPECT_THAT(text(get(secretary, "/tai-khoan/moi")), Not(HasSubstr("value=\"chu_tich\"")));
  const auto more = give(secretary, small.ea_kar, "chu_tich", "0912345678", "Người Nhà");
  EXPECT_EQ(status(more), 422);
  EXPECT_THAT(text(more), HasSubstr("Duyệt và ký"));
  EXPECT_EQ(status(give(secretary, small.ea_o, "thu_ky", "0912345678", "Người Nhà")), 404);
  const auto slip = post(secretary, fmt::format("/tai-khoan/{}/phieu", chairman.user.value), {});
  EXPECT_EQ(status(slip), 422);
  EXPECT_THAT(text(slip), Not(HasSubstr("class=\"answer\"")));
  EXPECT_EQ(status(post(secretary, fmt::format("/tai-khoan/{}/nghi", chairman.user.value), {{"why", "nghi"}, {"day", "08/6/2026"}})), 422);
  EXPECT_EQ(status(post(secretary, fmt::format("/tai-khoan/{}/phieu", elsewhere.user.value), {})), 404);
  EXPECT_EQ(status(get(secretary, fmt::format("/tai-khoan/{}", elsewhere.user.value))), 404);
  EXPECT_EQ(status(get(chairman, "/")), 404) << "the chairman is still signed in";
}

class HandingOver : public Accounts {
 protected:
  void SetUp() override {
    Accounts::SetUp();
    if (IsSkipped()) return;
    officer = person("Bà", "H’Ngoan Niê", small.dak_lak, "pho_chu_tich_thuong_truc");
    const auto slip = give(officer, small.ea_kar, "thu_ky", "0912345678", "Trần Kim Liên");
    liên = user_of("0912345678");
    code = code_on(slip);
    post_of_liên = holders(small.ea_kar).front();
  }
  http::Response hand_over(std::string_view step, std::string_view telephone, std::string_view name, std::string_view day, std::string_view version = "1") {
    return post(officer, fmt::format("/ban-giao-chuc-vu/{}", post_of_liên.id), {{"buoc", step}, {"version", version}, {"telephone", telephone}, {"salutation", "Ông"}, {"name", name}, {"day", day}, {"term", "nhiệm kỳ 2025 - 2030"}});
  }
  Person officer;
  UserId liên;
  std::string code;
  PostHolding post_of_liên;
};
ON_BOTH_STORES(HandingOver);

TEST_P(HandingOver, Everything_is_said_first_and_one_confirmation_does_it) {
  EXPECT_THAT(text(get(officer, fmt::format("/ban-giao-chuc-vu/{}", post_of_liên.id))), HasSubstr("Người kế nhiệm"));
  const auto said = hand_over("xem", "0987 654 321", "Nguyễn Văn Nam", "08/6/2026");
  ASSERT_EQ(status(said), 200) << text(said);
  EXPECT_THAT(text(said), HasSubstr("Thôi giữ chức vụ Thư ký của Hội Khuyến học xã Ea Kar từ 08/6/2026"));
  EXPECT_THAT(text(said), HasSubstr("không đăng nhập được nữa"));
  EXPECT_THAT(text(said), HasSubstr("Ông Nguyễn Văn Nam"));
  EXPECT_THAT(text(said), HasSubstr("0987 654 321"));
  EXPECT_FALSE(user_of("0987654321")) << "nothing was done yet";
  const auto slip = hand_over("ghi", "0987 654 321", "Nguyễn Văn Nam", "08/6/2026");
  ASSERT_EQ(status(slip), 200) << text(slip);
  EXPECT_THAT(text(slip), HasSubstr("Đã bàn giao chức vụ Thư ký"));
  EXPECT_TRUE(signs_in("0987654321", code_on(slip)));
  EXPECT_EQ(signs_in("0912345678", code).error().code, "sign_in.no_unit");
  ASSERT_EQ(holders(small.ea_kar).size(), 1U);
  EXPECT_EQ(holders(small.ea_kar).front().person_name, "Nguyễn Văn Nam");
  EXPECT_EQ(status(hand_over("ghi", "0987 654 322", "Lê Thị Hoa", "08/6/2026")), 422) << "the form is stale now";
}

TEST_P(HandingOver, On_a_day_to_come_both_stay_what_they_are_until_then) {
  ASSERT_EQ(status(hand_over("ghi", "0987654321", "Nguyễn Văn Nam", "10/6/2026")), 200);
  EXPECT_TRUE(signs_in("0912345678", code));
  now_ms += std::int64_t{2} * 86'400'000;
  house().sessions.forget_cached();
  EXPECT_EQ(signs_in("0912345678", code).error().code, "sign_in.no_unit");
}

TEST_P(HandingOver, Wrong_input_is_told_at_its_field_and_nothing_changes) {
  struct Wrong {
    std::string_view field, telephone, name, day, sentence;
  };
  for (const Wrong& wrong : {Wrong{"telephone", "0912345678", "Nguyễn Văn Nam", "08/6/2026", "đã có tài khoản"}, {"telephone", "khong", "Nguyễn Văn Nam", "08/6/2026", "Số điện thoại chưa đúng"},
                             {"name", "0987654321", "", "08/6/2026", "Xin ghi họ và tên"}, {"day", "0987654321", "Nguyễn Văn Nam", "hôm nay", ""}, {"day", "0987654321", "Nguyễn Văn Nam", "01/6/2026", "Ngày bàn giao phải sau"}}) {
    SCOPED_TRACE(wrong.field);
    for (const std::string_view step : {"xem", "ghi"}) {
      const auto answer = hand_over(step, wrong.telephone, wrong.name, wrong.day);
      EXPECT_EQ(status(answer), 422);
      EXPECT_THAT(text(answer), HasSubstr(fmt::format("id=\"{}-loi\"", wrong.field)));
      EXPECT_THAT(text(answer), HasSubstr(std::string(wrong.sentence)));
    }
  }
  EXPECT_EQ(status(hand_over("ghi", "0987654321", "Nguyễn Văn Nam", "08/6/2026", "7")), 422);
  EXPECT_EQ(holders(small.ea_kar).front().person_name, "Trần Kim Liên");
  EXPECT_FALSE(user_of("0987654321"));
  const Person elsewhere = person("Anh", "Đỗ Minh Khôi", small.ea_o, "thu_ky");
  EXPECT_EQ(status(get(elsewhere, fmt::format("/ban-giao-chuc-vu/{}", post_of_liên.id))), 404);
}

TEST_P(HandingOver, Leaving_ends_every_post_lists_what_waits_and_can_be_taken_back) {
  const std::string page = fmt::format("/tai-khoan/{}", liên.value);
  EXPECT_EQ(status(post(officer, page + "/nghi", {{"why", ""}, {"day", ""}})), 422);
  ASSERT_EQ(status(post(officer, page + "/nghi", {{"why", "chuyen"}, {"day", "08/6/2026"}, {"note", "Quyết định số 12"}})), 303);
  EXPECT_EQ(signs_in("0912345678", code).error().code, "sign_in.closed");
  EXPECT_TRUE(holders(small.ea_kar).empty());
  EXPECT_THAT(text(get(officer, page)), HasSubstr("Còn phải có người tiếp nhận"));
  EXPECT_THAT(text(get(officer, page)), HasSubstr("Đóng từ 08/6/2026"));
  EXPECT_THAT(text(get(officer, page)), HasSubstr("từ 08/6/2026: Chuyển công tác. Quyết định số 12<")) << "the reason is told once";
  EXPECT_THAT(text(get(officer, page)), Not(HasSubstr("Phiếu mới làm mật khẩu"))) << "there is no slip to be had";
  EXPECT_THAT(text(get(officer, "/tai-khoan")), Not(HasSubstr("Trần Kim Liên")));
  EXPECT_THAT(text(get(officer, "/tai-khoan?loc=dong")), HasSubstr("Trần Kim Liên"));
  EXPECT_EQ(status(post(officer, page + "/phieu", {})), 422) << "a closed account gets no slip";
  ASSERT_EQ(status(post(officer, page + "/mo-lai", {})), 303);
  EXPECT_TRUE(signs_in("0912345678", code));
  ASSERT_EQ(holders(small.ea_kar).size(), 1U);
  EXPECT_EQ(status(post(officer, page + "/mo-lai", {})), 422) << "it is open";
}

TEST_P(HandingOver, A_post_that_somebody_else_holds_by_now_is_not_given_back) {
  ASSERT_EQ(status(give(officer, small.ea_o, "chu_tich", "0912345600", "Lê Văn Sơn")), 200);
  const UserId son = user_of("0912345600");
  ASSERT_EQ(status(post(officer, fmt::format("/tai-khoan/{}/nghi", son.value), {{"why", "nham"}, {"day", "08/6/2026"}})), 303);
  ASSERT_EQ(status(post(officer, "/tai-khoan/moi", {{"don-vi", std::to_string(small.ea_o.value)}, {"post", "chu_tich"}, {"telephone", "0912345601"}, {"name", "Bùi Thị Mai"}, {"from", "08/6/2026"}})), 200);
  ASSERT_EQ(status(post(officer, fmt::format("/tai-khoan/{}/mo-lai", son.value), {})), 303);
  ASSERT_EQ(holders(small.ea_o).size(), 1U);
  EXPECT_EQ(holders(small.ea_o).front().person_name, "Bùi Thị Mai");
}

TEST_P(HandingOver, Deputising_is_asked_for_by_number_ends_by_itself_and_can_end_earlier) {
  ASSERT_EQ(status(give(officer, small.ea_o, "thu_ky", "0912345611", "Đỗ Minh Khôi")), 200);
  const std::string page = fmt::format("/tai-khoan/{}/uy-quyen", liên.value), body = std::to_string(small.ea_kar.value);
  struct Wrong {
    std::string_view field, deputy, from, until;
  };
  for (const Wrong& wrong : {Wrong{"deputy", "0900000000", "08/6/2026", "20/6/2026"}, {"deputy", "0912345678", "08/6/2026", "20/6/2026"}, {"from", "0912345611", "01/6/2026", "20/6/2026"}, {"until", "0912345611", "08/6/2026", "01/6/2026"},
                             {"until", "0912345611", "08/6/2026", "08/6/2028"}}) {
    const auto answer = post(officer, page, {{"body", body}, {"deputy", wrong.deputy}, {"from", wrong.from}, {"until", wrong.until}});
    EXPECT_EQ(status(answer), 422) << wrong.field;
    EXPECT_THAT(text(answer), HasSubstr(fmt::format("id=\"{}-loi\"", wrong.field)));
  }
  ASSERT_EQ(status(post(officer, page, {{"body", body}, {"deputy", "0912345611"}, {"from", "08/6/2026"}, {"until", "20/6/2026"}})), 303);
  const auto shown = text(get(officer, page));
  EXPECT_THAT(shown, HasSubstr("Bà Đỗ Minh Khôi làm thay Bà Trần Kim Liên"));
  std::smatch key;
  ASSERT_TRUE(std::regex_search(shown, key, std::regex(R"re(name="ket_thuc" value="([^"]+)")re")));
  const Person elsewhere = person("Anh", "Lê Văn Tám", small.ea_o, "thu_ky");
  EXPECT_EQ(status(post(elsewhere, "/uy-quyen", {{"ket_thuc", key[1].str()}})), 404);
  ASSERT_EQ(status(post(officer, page, {{"ket_thuc", key[1].str()}})), 303);
  EXPECT_THAT(text(get(officer, page)), Not(HasSubstr("làm thay Bà Trần Kim Liên")));
}

TEST_P(HandingOver, The_same_deputising_sent_twice_is_said_to_be_there_and_written_once) {
  ASSERT_EQ(status(give(officer, small.ea_o, "thu_ky", "0912345611", "Đỗ Minh Khôi")), 200);
  const std::string page = fmt::format("/tai-khoan/{}/uy-quyen", liên.value), body = std::to_string(small.ea_kar.value);
  const auto entries = [&] { return store().read([&](db::Reader& reader) { return house().trail.of_body(reader, small.ea_kar, 0, 100).size(); }); };
  const auto send = [&](std::string_view until) { return said(post(officer, page, {{"body", body}, {"deputy", "0912345611"}, {"from", "08/6/2026"}, {"until", until}})); };
  const auto before = entries();
  EXPECT_THAT(send("20/6/2026"), Not(HasSubstr("đã có")));
  EXPECT_EQ(entries(), before + 1);
  EXPECT_THAT(send("20/6/2026"), HasSubstr("Việc ủy quyền này đã có: Bà Đỗ Minh Khôi làm thay Bà Trần Kim Liên"));
  EXPECT_EQ(entries(), before + 1);
  EXPECT_THAT(send("21/6/2026"), Not(HasSubstr("đã có"))) << "another last day is another thing";
  EXPECT_EQ(entries(), before + 2);
}

class SlipSheets : public Accounts {
 protected:
  void SetUp() override {
    Accounts::SetUp();
    if (IsSkipped()) return;
    officer = person("Bà", "H’Ngoan Niê", small.dak_lak, "pho_chu_tich_thuong_truc");
    keep_head(small.ea_kar, "Lê Văn Sơn", "0912345678");
    keep_head(small.ea_o, "Đỗ Minh Khôi", "0912345679");
    keep_head(small.ea_ktur, "Trần Văn Hai", "0912345670");
    keep_head(small.dray_bhang, "Trần Văn Ba", "0912345670");
  }
  std::string make() {
    const auto made = post(officer, "/tai-khoan/phieu", {{"cap", "xa"}, {"nguoi", "cho"}});
    EXPECT_EQ(status(made), 303) << text(made);
    return std::string(made.header("Location"));
  }
  Person officer;
};
ON_BOTH_STORES(SlipSheets);

TEST_P(SlipSheets, Heads_without_an_account_get_one_and_a_shared_number_is_explained) {
  const auto asked = text(get(officer, "/tai-khoan/phieu"));
  EXPECT_THAT(asked, HasSubstr("Sẽ làm 2 phiếu, trong đó 2 tài khoản mới"));
  EXPECT_THAT(asked, HasSubstr("Trùng số điện thoại với Trần Văn Hai, Hội Khuyến học xã Ea Ktur"));
  EXPECT_THAT(asked, HasSubstr("Trùng số điện thoại với Trần Văn Ba, Hội Khuyến học xã Dray Bhăng"));
  const std::string sheet = make();
  EXPECT_EQ(get(officer, sheet).header("Refresh"), "3");
  EXPECT_FALSE(user_of("0912345678"));
  work();
  const auto ready = get(officer, sheet);
  EXPECT_TRUE(ready.header("Refresh").empty());
  EXPECT_THAT(text(ready), HasSubstr("Còn 2 phiếu chưa ai dùng"));
  EXPECT_TRUE(user_of("0912345678"));
  EXPECT_FALSE(user_of("0912345670"));
  ASSERT_EQ(holders(small.ea_kar).size(), 1U);
  EXPECT_EQ(holders(small.ea_kar).front().post, "chu_tich");
  const auto pdf = get(officer, sheet + "/phieu.pdf");
  EXPECT_THAT(text(pdf), testing::StartsWith("%PDF"));
  EXPECT_THAT(text(get(officer, sheet + "/danh-sach.pdf")), testing::StartsWith("%PDF"));
}

TEST_P(SlipSheets, A_secretary_of_the_roster_whose_number_is_known_gets_the_slip_of_that_post) {
  keep_head(small.song_hinh, "Nguyễn Thị Hiền", "0912345671");
  on_roster(small.song_hinh, "thu_ky", "Nguyễn Thị Hiền");
  EXPECT_THAT(text(get(officer, "/tai-khoan/phieu")), HasSubstr("Sẽ làm 3 phiếu, trong đó 3 tài khoản mới"));
  make();
  work();
  ASSERT_EQ(holders(small.song_hinh).size(), 1U) << "no second post for the same person";
  EXPECT_EQ(holders(small.song_hinh).front().post, "thu_ky");
  EXPECT_EQ(holders(small.song_hinh).front().user, user_of("0912345671"));
}

TEST_P(SlipSheets, Who_has_no_number_stands_there_with_whom_to_ask_and_in_the_sheet) {
  on_roster(small.ea_kar, "chu_tich", "Lê Văn Sơn");
  on_roster(small.ea_kar, "thu_ky", "Trần Kim Liên");
  on_roster(small.ea_kar, "ke_toan", "Phan Hữu Thọ");
  const auto asked = text(get(officer, "/tai-khoan/phieu"));
  EXPECT_THAT(asked, HasSubstr("Sẽ làm 2 phiếu"));
  EXPECT_THAT(asked, HasSubstr("Chưa có số điện thoại. Xin hỏi Lê Văn Sơn (0912 345 678), rồi cấp tài khoản riêng cho người này."));
  EXPECT_THAT(asked, Not(HasSubstr("Phan Hữu Thọ"))) << "of the others only whoever can be called is offered";
  const std::string sheet = make();
  work();
  const auto ready = text(get(officer, sheet));
  EXPECT_THAT(ready, HasSubstr("Còn 2 phiếu chưa ai dùng"));
  EXPECT_THAT(ready, HasSubstr("Trần Kim Liên"));
  EXPECT_THAT(ready, HasSubstr("Xin hỏi Lê Văn Sơn (0912 345 678)"));
  EXPECT_EQ(holders(small.ea_kar).size(), 3U);
  const SlipSheetId id{std::stoll(sheet.substr(sheet.rfind('/') + 1))};
  const auto paper = receipt_list(house(), *find_slip_sheet(house(), *house().sessions.viewer(officer.token), id), today());
  EXPECT_THAT(document::to_html(paper), HasSubstr("Xin hỏi Lê Văn Sơn"));
}

TEST_P(SlipSheets, The_way_back_to_the_start_stands_on_the_form_while_it_is_under_way) {
  EXPECT_THAT(text(get(officer, "/tai-khoan/phieu")), Not(HasSubstr("<ol class=\"trail\"><li><a href=\"/bat-dau/tien-trinh\">")));
  EXPECT_THAT(text(get(officer, "/tai-khoan/phieu", "; dang_bat_dau=1")), HasSubstr("<ol class=\"trail\"><li><a href=\"/bat-dau/tien-trinh\">"));
}

TEST_P(SlipSheets, Codes_open_the_account_are_the_makers_alone_and_gone_after_a_day) {
  const std::string sheet = make();
  work();
  const SlipSheetId id{std::stoll(sheet.substr(sheet.rfind('/') + 1))};
  const auto viewer = house().sessions.viewer(officer.token);
  const auto kept = find_slip_sheet(house(), *viewer, id);
  ASSERT_TRUE(kept);
  ASSERT_EQ(kept->slips.size(), 4U) << "two get one, two share a number and stand there with the reason";
  EXPECT_TRUE(signs_in(kept->slips.front().telephone, kept->slips.front().code));
  const Person other = person("Ông", "Y Thắng", small.dak_lak, "chu_tich");
  for (const std::string& address : {sheet, sheet + "/phieu.pdf", sheet + "/danh-sach.pdf"}) EXPECT_EQ(status(get(other, address)), 404) << address;
  EXPECT_EQ(status(post(other, sheet + "/xoa-ma", {})), 404);
  now_ms += std::int64_t{25} * 3'600'000;
  const auto session_again = find_slip_sheet(house(), *viewer, id);
  for (const SlipOfSheet& slip : session_again->slips) EXPECT_TRUE(slip.code.empty());
  work();
  store().read([&](db::Reader& reader) { EXPECT_EQ(reader.first_number("SELECT count(*) FROM slip WHERE code_sealed IS NOT NULL"), 0); });
}

TEST_P(SlipSheets, What_was_printed_is_forgotten_when_asked_and_used_slips_are_not_printed_again) {
  const std::string sheet = make();
  work();
  const SlipSheetId id{std::stoll(sheet.substr(sheet.rfind('/') + 1))};
  const auto viewer = house().sessions.viewer(officer.token);
  const auto first = find_slip_sheet(house(), *viewer, id)->slips.front();
  const auto hash = house().users.hash("bốn mùa hoa nở");
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return house().users.change_password(writer, *first.user, *hash); }));
  EXPECT_TRUE(find_slip_sheet(house(), *viewer, id)->slips.front().used);
  EXPECT_EQ(printed_slips(*viewer->organisation(), *find_slip_sheet(house(), *viewer, id), today()).cards.size(), 1U);
  ASSERT_EQ(status(post(officer, sheet + "/xoa-ma", {})), 303);
  EXPECT_EQ(status(get(officer, sheet + "/phieu.pdf")), 422);
}

TEST_P(SlipSheets, A_link_on_paper_fills_in_the_number_and_never_holds_the_code) {
  EXPECT_EQ(sign_in_link("https://hoi.example.vn", "0912345678"), "https://hoi.example.vn/dang-nhap?so=0912345678");
  const auto page = text(router().handle(http::Request::get("/dang-nhap?so=0912345678")));
  EXPECT_THAT(page, HasSubstr("value=\"0912345678\""));
  EXPECT_THAT(text(router().handle(http::Request::get("/dang-nhap?so=%22%3E%3Cscript"))), Not(HasSubstr("<script>\"")));
}

TEST_P(SlipSheets, Nobody_to_print_for_is_said) {
  const Person head = person("Ông", "Phạm Văn Lượng", small.ea_o, "thu_ky");
  const auto none = post(head, "/tai-khoan/phieu", {{"cap", "xa"}, {"nguoi", "cho"}});
  EXPECT_EQ(status(none), 422);
  EXPECT_THAT(text(none), HasSubstr("Chưa có ai để in phiếu"));
  EXPECT_EQ(status(post(head, "/tai-khoan/phieu", {})), 422);
}

}  // namespace
}  // namespace khuyenhoc
