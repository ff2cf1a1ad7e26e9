#include <gmock/gmock.h>

#include "measures/figures.h"
#include "measures/targets.h"
#include "organisation/numbering.h"
#include "restructure/draft_queries.h"
#include "restructure/pages/restructure_pages.h"
#include "restructure/papers.h"
#include "shell/house_fixture.h"

namespace khuyenhoc {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
namespace sql = restructure_sql;

// The province of the small association: two communes are to become one from 1 May 2026.
class RestructurePages : public OnSmallHouse {
 protected:
  void add_pages(Pages& pages) override { add_restructure_pages(pages); }
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    vice_chairman = person("Bà", "H’Ngoan Niê", small.dak_lak, "pho_chu_tich_thuong_truc");
    secretary = person("Bà", "Trần Kim Liên", small.ea_kar, "thu_ky");
    chairman = person("Ông", "Lê Văn Sơn", small.ea_kar, "chu_tich");
    state(small.thon_8, "B01", half_year(2026), 120);
    state(small.thon_11, "B01", half_year(2026), 60);
    record(small.ea_o, "D04", Day::of(2026, 1, 1), 5'000'000);
  }

  void record(BodyId body, std::string_view code, Day day, std::int64_t amount) {
    store().write([&](db::Writer& writer) {
      Fact fact;
      fact.body = body;
      fact.day = day;
      fact.series = series(code);
      fact.amount = amount;
      fact.source = {"test", 1};
      house().ledger.post(writer, fact);
    });
  }
  static Series series(std::string_view code) { return Catalogue::house().series(Catalogue::house().index(code)); }
  std::int64_t level(BodyId body, std::string_view code) {
    const auto got = Figures(house().ledger.view()).member(series(code), {body, {today(), today()}, today(), Lens::live});
    return got ? got->value : -1;
  }
  const Body& now(BodyId body) { return house().organisation.current()->body(body); }

  using FieldsOf = std::vector<std::pair<std::string, std::string>>;
  http::Response send(const Person& who, const std::string& target, const FieldsOf& fields) {
    std::string body;
    for (const auto& [name, value] : fields) body += (body.empty() ? "" : "&") + html::percent_encoded(name) + "=" + html::percent_encoded(value);
    http::Request request = http::Request::post(target, {});
    request.with_body(std::move(body), "application/x-www-form-urlencoded");
    request.with_header("Cookie", fmt::format("{}={}", session_cookie, who.token)).with_header("X-CSRF-Token", who.csrf);
    return router().handle(std::move(request));
  }
  std::string text_of(const http::Response& answer) { return std::string(answer.body()); }
  std::string page(const Person& who, const std::string& target, http::Status status = http::Status::ok) {
    const auto answer = get(who, target);
    EXPECT_EQ(answer.status(), status) << target;
    return std::string(answer.body());
  }

  DraftId begin(const Person& who) {
    const auto answer = send(who, "/sap-xep", {});
    EXPECT_EQ(answer.status(), http::Status::see_other);
    const std::string location(answer.header("Location"));
    EXPECT_THAT(location, HasSubstr("/sap-xep/ban-nhap/"));
    return DraftId{std::stoll(location.substr(location.rfind('/') + 1))};
  }
  RestructureDraft draft(DraftId id) {
    return *store().read([&](db::Reader& reader) { return sql::draft(reader, id); });
  }
  std::string address(DraftId id) { return fmt::format("/sap-xep/ban-nhap/{}", id.value); }
  std::string version(DraftId id) { return std::to_string(draft(id).row_version); }
  std::int64_t add_act(const Person& who, DraftId id, const std::string& kind) {
    EXPECT_EQ(send(who, address(id) + "/viec", {{"loai", kind}}).status(), http::Status::see_other);
    return draft(id).acts.back().number;
  }
  http::Response act(const Person& who, DraftId id, std::int64_t number, FieldsOf fields) {
    fields.insert(fields.begin(), {"version", version(id)});
    return send(who, fmt::format("{}/viec/{}", address(id), number), fields);
  }
  http::Response heading(const Person& who, DraftId id, FieldsOf fields) {
    fields.insert(fields.begin(), {"version", version(id)});
    return send(who, address(id), fields);
  }
  static FieldsOf good_heading() {
    return {{"title", "Hợp nhất Hội Khuyến học xã Ea Kar và xã Ea Ô"}, {"day", "01/5/2026"}, {"number", "15/QĐ-HKH"}, {"date", "20/4/2026"},
            {"issuer", "Hội Khuyến học tỉnh Đắk Lắk"}, {"lam", "ghi"}};
  }
  // Ea Kar and Ea Ô become one new association.
  DraftId merger() {
    const auto id = begin(vice_chairman);
    EXPECT_EQ(heading(vice_chairman, id, good_heading()).status(), http::Status::see_other);
    const auto number = add_act(vice_chairman, id, "hop-nhat");
    act(vice_chairman, id, number, {{"lam", fmt::format("them-{}", small.ea_kar.value)}});
    act(vice_chairman, id, number, {{"body", std::to_string(small.ea_kar.value)}, {"lam", fmt::format("them-{}", small.ea_o.value)}});
    return id;
  }
  BodyRestructureId carried_out(DraftId id) {
    const auto answer = send(vice_chairman, address(id) + "/thuc-hien", {{"version", version(id)}});
    EXPECT_EQ(answer.status(), http::Status::see_other) << answer.body();
    return draft(id).restructure;
  }
  std::string done(BodyRestructureId id) { return fmt::format("/sap-xep/{}", id.value); }
  BodyId opened(BodyRestructureId id) {
    Restructures rules(house().organisation, house().ledger, house().statements);
    for (const auto& line : store().read([&](db::Reader& reader) { return rules.fates(reader, id); }))
      if (line.fate == BodyFate::opened) return line.body;
    return {};
  }
  std::int64_t appoint_chairman(BodyId body, UserId user) {
    return store().write([&](db::Writer& writer) {
      PostHolding holding;
      holding.body = body;
      holding.post = "chu_tich";
      holding.person_name = "Lê Văn Sơn";
      holding.user = user;
      holding.from = Day::of(2025, 9, 1);
      return appoint(store(), writer, {}, holding)->id;
    });
  }

  Person vice_chairman, secretary, chairman;
};
ON_BOTH_STORES(RestructurePages);

TEST_P(RestructurePages, Only_who_may_restructure_sees_them) {
  EXPECT_THAT(page(vice_chairman, "/sap-xep"), HasSubstr("Chưa có đợt sắp xếp nào"));
  page(secretary, "/sap-xep", http::Status::not_found);
  const auto id = begin(vice_chairman);
  EXPECT_THAT(page(vice_chairman, "/sap-xep"), AllOf(HasSubstr("Bản nháp chưa đặt tên"), HasSubstr(address(id))));
  page(chairman, address(id), http::Status::not_found);
  EXPECT_EQ(send(chairman, address(id), {{"version", "1"}, {"lam", "bo-nhap"}}).status(), http::Status::not_found);
  EXPECT_EQ(draft(id).state, RestructureDraft::State::open);
  EXPECT_THAT(page(chairman, "/sap-xep"), Not(HasSubstr(address(id))));
  const auto of_commune = begin(chairman);
  const auto number = add_act(chairman, of_commune, "hop-nhat");
  act(chairman, of_commune, number, {{"lam", fmt::format("them-{}", small.ea_o.value)}});
  EXPECT_TRUE(draft(of_commune).acts.front().bodies.empty()) << "Ea Ô lies outside";
  EXPECT_THAT(page(chairman, fmt::format("{}/viec/{}?q=ea+o", address(of_commune), number)), Not(HasSubstr("Hội Khuyến học xã Ea Ô")));
}

TEST_P(RestructurePages, Wrong_headings_are_told_at_their_fields_and_nothing_typed_is_lost) {
  const auto id = begin(vice_chairman);
  const auto answer = heading(vice_chairman, id, {{"title", ""}, {"day", "31/02/2026"}, {"number", "7"}, {"date", "01/12/2026"}, {"issuer", "Hội"}, {"lam", "xem"}});
  EXPECT_EQ(answer.status(), http::Status::unprocessable);
  EXPECT_THAT(text_of(answer), AllOf(HasSubstr("id=\"title-loi\""), HasSubstr("id=\"day-loi\""), HasSubstr("id=\"date-loi\""), HasSubstr("31/02/2026"), HasSubstr("Ngày ký quyết định chưa đến")));
  EXPECT_EQ(draft(id).day, "31/02/2026") << "a draft keeps what was typed";
  const auto stale = send(vice_chairman, address(id), {{"version", "1"}, {"title", "Ghi muộn"}, {"lam", "ghi"}});
  EXPECT_EQ(stale.status(), http::Status::conflict);
  EXPECT_THAT(text_of(stale), AllOf(HasSubstr("Ghi muộn"), HasSubstr("vừa được sửa ở nơi khác")));
  EXPECT_NE(draft(id).title, "Ghi muộn");
}

TEST_P(RestructurePages, A_merger_is_proposed_from_the_rules_and_shown_in_both_trees) {
  const auto id = merger();
  const auto kept = draft(id);
  ASSERT_EQ(kept.acts.size(), 1u);
  ASSERT_EQ(kept.acts.front().opened.size(), 1u);
  EXPECT_EQ(kept.acts.front().opened.front().name, "Hội Khuyến học xã Ea Kar");
  EXPECT_EQ(kept.acts.front().opened.front().kind, "hoi_co_so");
  EXPECT_EQ(kept.acts.front().opened.front().superior.body, small.dak_lak);
  const auto shown = page(vice_chairman, address(id));
  EXPECT_THAT(shown, AllOf(HasSubstr("Hiện nay"), HasSubstr("Sau khi sắp xếp"), HasSubstr("<del>Hội Khuyến học xã Ea Ô</del>"), HasSubstr("chuyển đến"), HasSubstr("Chi hội Thôn 11")));
  const auto searched = page(vice_chairman, fmt::format("{}/viec/1?q=ea+ktur", address(id)));
  EXPECT_THAT(searched, AllOf(HasSubstr("Hội Khuyến học xã Ea Ktur"), HasSubstr(fmt::format("them-{}", small.ea_ktur.value))));
}

TEST_P(RestructurePages, An_act_that_lacks_something_says_so_at_its_place) {
  const auto id = begin(vice_chairman);
  const auto merge = add_act(vice_chairman, id, "hop-nhat");
  auto answer = act(vice_chairman, id, merge, {{"body", std::to_string(small.ea_kar.value)}, {"lam", "ghi"}});
  EXPECT_EQ(answer.status(), http::Status::unprocessable);
  EXPECT_THAT(text_of(answer), HasSubstr("Xin chọn ít nhất hai tổ chức để hợp nhất."));
  const auto split = add_act(vice_chairman, id, "chia-tach");
  answer = act(vice_chairman, id, split, {{"lam", fmt::format("them-{}", small.ea_kar.value)}});
  EXPECT_EQ(answer.status(), http::Status::see_other);
  answer = act(vice_chairman, id, split, {{"body", std::to_string(small.ea_kar.value)}, {"parts", "1"}, {"name-0", "Hội A"}, {"kind-0", "hoi_co_so"}, {"superior-0", std::to_string(small.dak_lak.value)},
                                          {"area-0", ""}, {"lam", "ghi"}});
  EXPECT_EQ(answer.status(), http::Status::unprocessable);
  EXPECT_THAT(text_of(answer), AllOf(HasSubstr("Chia tách cần ít nhất hai đơn vị kế thừa."), HasSubstr("id=\"area-0-loi\""), HasSubstr("chưa chọn đơn vị nhận"), HasSubstr("Hội A")));
  const auto rename = add_act(vice_chairman, id, "doi-ten");
  answer = act(vice_chairman, id, rename, {{"lam", "ghi"}});
  EXPECT_THAT(text_of(answer), AllOf(HasSubstr("Xin tìm và chọn tổ chức."), HasSubstr("Xin ghi tên mới.")));
  EXPECT_EQ(now(small.ea_kar).on(today()).name, "Hội Khuyến học xã Ea Kar");
}

TEST_P(RestructurePages, The_preview_says_every_effect_and_writes_nothing) {
  const auto user = store().write([&](db::Writer& writer) {
    return *house().users.add(writer, {"0977000111", "Ông", "Lê Văn Sơn", {}, {}, Day::of(2020, 1, 1)}, std::nullopt);
  });
  appoint_chairman(small.ea_o, user);
  const auto id = merger();
  const auto shown = page(vice_chairman, address(id) + "/xem-truoc");
  EXPECT_THAT(shown, AllOf(HasSubstr("Xem trước (chưa ghi)"), HasSubstr("Kết thúc, nhập vào"), HasSubstr("Không đổi"), HasSubstr("Hội Khuyến học tỉnh Đắk Lắk"), HasSubstr("Chức vụ kết thúc"),
                           HasSubstr("Lê Văn Sơn"), HasSubstr("dừng đánh số văn bản"), HasSubstr("Thực hiện đợt sắp xếp")));
  EXPECT_TRUE(now(small.ea_o).alive(today()));
  const auto paper = get(vice_chairman, address(id) + "/quyet-dinh.docx");
  EXPECT_EQ(paper.status(), http::Status::ok);
  EXPECT_TRUE(paper.body().starts_with("PK"));
}

TEST_P(RestructurePages, The_preview_counts_what_other_rooms_keep_and_names_the_last_number_of_each_paper) {
  store().write([&](db::Writer& writer) {
    set_target(writer, Catalogue::house(), {small.ea_o, Catalogue::house().index("B01"), 2026, 200});
    EXPECT_TRUE(set_next_numbers(writer, {}, small.ea_o, 2026, {{"bao_cao", 6}, {"quyet_dinh", 13}}));
  });
  const auto id = merger();
  EXPECT_THAT(page(vice_chairman, address(id) + "/xem-truoc"),
              AllOf(HasSubstr("1 chỉ tiêu được giao từ năm sắp xếp: của Hội Khuyến học xã Ea Ô"), HasSubstr("số cuối đã biết năm 2026 là"), HasSubstr("05/BC-HKH"), HasSubstr("12/QĐ-HKH")));
}

TEST_P(RestructurePages, It_is_not_taken_back_once_another_room_keeps_something_about_a_new_body) {
  const auto restructure = carried_out(merger());
  const BodyId fresh = opened(restructure);
  store().write([&](db::Writer& writer) { set_target(writer, Catalogue::house(), {fresh, Catalogue::house().index("B01"), 2026, 200}); });
  const auto answer = send(vice_chairman, done(restructure) + "/khoi-phuc", {});
  EXPECT_EQ(answer.status(), http::Status::unprocessable);
  EXPECT_THAT(text_of(answer), HasSubstr("đã có 1 chỉ tiêu được giao"));
}

TEST_P(RestructurePages, Of_hundreds_of_ending_posts_one_part_is_chosen_at_a_time_and_the_others_stay) {
  const auto user = store().write([&](db::Writer& writer) {
    return *house().users.add(writer, {"0977000111", "Ông", "Lê Văn Sơn", {}, {}, Day::of(2020, 1, 1)}, std::nullopt);
  });
  const auto first = appoint_chairman(small.ea_o, user);
  for (int i = 0; i < 110; ++i)
    store().write([&](db::Writer& writer) {
      PostHolding holding;
      holding.body = small.ea_o;
      holding.post = "uy_vien_bch";
      holding.person_name = fmt::format("Người thứ {}", i);
      holding.from = Day::of(2025, 9, 1);
      EXPECT_TRUE(appoint(store(), writer, {}, holding));
    });
  const auto id = merger();
  const auto part_1 = page(vice_chairman, address(id) + "/xem-truoc"), part_2 = page(vice_chairman, address(id) + "/xem-truoc?phan=2");
  EXPECT_THAT(part_1, AllOf(HasSubstr("Phần 1 trên 2"), HasSubstr("phan=2#chuc-vu")));
  const auto& with_first = part_1.find(fmt::format("\"post-{}\"", first)) != std::string::npos ? part_1 : part_2;
  const std::string other_part = &with_first == &part_1 ? "2" : "1";
  EXPECT_EQ(send(vice_chairman, address(id) + "/chuc-vu", {{"version", version(id)}, {fmt::format("post-{}", first), "moi-1-0"}, {fmt::format("as-{}", first), "chu_tich"}}).status(), http::Status::see_other);
  ASSERT_EQ(draft(id).posts.size(), 1u);
  EXPECT_EQ(send(vice_chairman, address(id) + "/chuc-vu", {{"version", version(id)}, {"phan", other_part}}).status(), http::Status::see_other);
  EXPECT_EQ(draft(id).posts.size(), 1u) << "chosen in the other part";
  EXPECT_EQ(send(vice_chairman, address(id) + "/chuc-vu", {{"version", version(id)}, {fmt::format("post-{}", first), ""}}).status(), http::Status::see_other);
  EXPECT_TRUE(draft(id).posts.empty());
}

TEST_P(RestructurePages, What_the_rules_refuse_is_said_in_the_preview_with_the_way_to_mend_it) {
  const auto id = begin(vice_chairman);
  heading(vice_chairman, id, good_heading());
  const auto number = add_act(vice_chairman, id, "giai-the");
  act(vice_chairman, id, number, {{"lam", fmt::format("them-{}", small.ea_o.value)}});
  const auto shown = page(vice_chairman, address(id) + "/xem-truoc", http::Status::unprocessable);
  EXPECT_THAT(shown, AllOf(HasSubstr("Chưa chọn đơn vị nhận “Chi hội Thôn 11”"), HasSubstr("Sửa các việc trong bản nháp"), Not(HasSubstr("Thực hiện đợt sắp xếp"))));
  EXPECT_EQ(send(vice_chairman, address(id) + "/thuc-hien", {{"version", version(id)}}).status(), http::Status::unprocessable);
  EXPECT_TRUE(now(small.ea_o).alive(today()));
}

TEST_P(RestructurePages, Without_the_decisions_number_it_is_previewed_but_not_carried_out) {
  const auto id = merger();
  auto fields = good_heading();
  fields[2].second = "";
  heading(vice_chairman, id, fields);
  EXPECT_THAT(page(vice_chairman, address(id) + "/xem-truoc"), AllOf(HasSubstr("Xin ghi số quyết định"), Not(HasSubstr("Thực hiện đợt sắp xếp"))));
  EXPECT_EQ(send(vice_chairman, address(id) + "/thuc-hien", {{"version", version(id)}}).status(), http::Status::unprocessable);
  EXPECT_TRUE(now(small.ea_o).alive(today()));
}

TEST_P(RestructurePages, It_is_carried_out_in_one_step_with_the_posts_that_go_over_and_taken_back_again) {
  const auto user = store().write([&](db::Writer& writer) {
    return *house().users.add(writer, {"0977000111", "Ông", "Lê Văn Sơn", {}, {}, Day::of(2020, 1, 1)}, std::nullopt);
  });
  const auto holding = appoint_chairman(small.ea_o, user);
  const auto members = level(small.dak_lak, "B01"), fund = level(small.dak_lak, "D04");
  const auto id = merger();
  EXPECT_EQ(send(vice_chairman, address(id) + "/chuc-vu", {{"version", version(id)}, {fmt::format("post-{}", holding), "moi-1-0"}, {fmt::format("as-{}", holding), "pho_chu_tich"}}).status(),
            http::Status::see_other);
  ASSERT_EQ(draft(id).posts.size(), 1u);
  const auto restructure = carried_out(id);
  const auto ea_kar = opened(restructure);
  EXPECT_FALSE(now(small.ea_o).alive(today()));
  EXPECT_EQ(now(small.thon_11).on(today()).superior, ea_kar);
  EXPECT_EQ(level(small.dak_lak, "B01"), members);
  EXPECT_EQ(level(small.dak_lak, "D04"), fund);
  EXPECT_EQ(level(ea_kar, "D04"), 5'000'000);
  const auto holders = store().read([&](db::Reader& reader) { return post_holders(reader, ea_kar, today()); });
  ASSERT_EQ(holders.size(), 1u);
  EXPECT_EQ(holders.front().post, "pho_chu_tich");
  EXPECT_EQ(holders.front().user, user);
  const auto shown = page(vice_chairman, done(restructure));
  EXPECT_THAT(shown, AllOf(HasSubstr("Quyết định số 15/QĐ-HKH"), HasSubstr("Đã bàn giao số liệu"), HasSubstr("Khép lại đợt sắp xếp"), HasSubstr("Khôi phục như cũ")));
  EXPECT_THAT(page(vice_chairman, "/sap-xep"), HasSubstr("Đã thực hiện"));
  const Person elsewhere = person("Ông", "Bùi Xuân Hòa", small.ea_ktur, "chu_tich");
  page(elsewhere, "/sap-xep/truoc-sau/" + std::to_string(small.dak_lak.value), http::Status::not_found);
  page(elsewhere, done(restructure), http::Status::not_found);
  const auto life = page(vice_chairman, "/sap-xep/truoc-sau/" + std::to_string(small.dak_lak.value));
  EXPECT_THAT(life, AllOf(HasSubstr("nay là Hội Khuyến học xã Ea Kar"), HasSubstr("hình thành từ"), HasSubstr("Quyết định số 15/QĐ-HKH"), HasSubstr(done(restructure))));

  EXPECT_THAT(page(vice_chairman, done(restructure) + "/khoi-phuc"), HasSubstr("2 tổ chức đã kết thúc hoạt động trở lại"));
  EXPECT_EQ(send(vice_chairman, done(restructure) + "/khoi-phuc", {}).status(), http::Status::see_other);
  EXPECT_TRUE(now(small.ea_o).alive(today()));
  EXPECT_EQ(now(small.thon_11).on(today()).superior, small.ea_o);
  EXPECT_EQ(level(small.ea_o, "D04"), 5'000'000);
  const auto back = store().read([&](db::Reader& reader) { return post_holders(reader, small.ea_o, today()); });
  ASSERT_EQ(back.size(), 1u);
  EXPECT_EQ(back.front().post, "chu_tich");
  EXPECT_EQ(draft(id).state, RestructureDraft::State::open) << "to be mended and carried out again";
  EXPECT_THAT(page(vice_chairman, done(restructure)), HasSubstr("Đã khôi phục như cũ"));
  EXPECT_NE(carried_out(id), restructure);
}

TEST_P(RestructurePages, It_is_not_taken_back_while_something_depends_and_says_what) {
  const auto id = merger();
  const auto restructure = carried_out(id);
  record(opened(restructure), "B01", today(), 3);
  const auto answer = send(vice_chairman, done(restructure) + "/khoi-phuc", {});
  EXPECT_EQ(answer.status(), http::Status::unprocessable);
  EXPECT_THAT(text_of(answer), AllOf(HasSubstr("Chưa khôi phục được"), HasSubstr("đã có 1 số liệu")));
  EXPECT_FALSE(now(small.ea_o).alive(today()));
}

TEST_P(RestructurePages, What_a_divided_body_left_is_handed_over_by_minutes_that_add_up) {
  const auto id = begin(vice_chairman);
  auto fields = good_heading();
  fields[0].second = "Chia tách Hội Khuyến học xã Ea Ô";
  heading(vice_chairman, id, fields);
  const auto number = add_act(vice_chairman, id, "chia-tach");
  act(vice_chairman, id, number, {{"lam", fmt::format("them-{}", small.ea_o.value)}});
  const std::string above = std::to_string(small.dak_lak.value), area = std::to_string(small.land.ea_o.value);
  const auto kept = act(vice_chairman, id, number,
                        {{"body", std::to_string(small.ea_o.value)}, {"parts", "1"}, {"name-0", "Hội Khuyến học xã Ea Ô Đông"}, {"kind-0", "hoi_co_so"}, {"superior-0", above}, {"area-0", area},
                         {"name-1", "Hội Khuyến học xã Ea Ô Tây"}, {"kind-1", "hoi_co_so"}, {"superior-1", above}, {"area-1", area},
                         {fmt::format("nhanh-{}", small.thon_11.value), fmt::format("moi-{}-0", number)}, {"lam", "ghi"}});
  EXPECT_EQ(kept.status(), http::Status::see_other) << kept.body();
  EXPECT_THAT(page(vice_chairman, address(id) + "/xem-truoc"), AllOf(HasSubstr("Số liệu chung chưa tách được"), HasSubstr("5.000.000")));
  const auto restructure = carried_out(id);
  EXPECT_THAT(page(vice_chairman, done(restructure)), AllOf(HasSubstr("Còn bàn giao dở dang"), HasSubstr("Còn 1 số liệu chưa bàn giao"), Not(HasSubstr("Khép lại đợt"))));
  EXPECT_THAT(page(vice_chairman, done(restructure)), AllOf(HasSubstr("Việc tiếp theo"), HasSubstr(fmt::format("href=\"{}/ban-giao/{}\"", done(restructure), small.ea_o.value)),
                                                            HasSubstr(fmt::format("href=\"/so-lieu/{}?ct=D04\"", small.dak_lak.value)))) << "each next step with its link";
  const std::string handover = fmt::format("{}/ban-giao/{}", done(restructure), small.ea_o.value);
  const auto successors = house().organisation.current()->successors(small.ea_o);
  ASSERT_EQ(successors.size(), 2u);
  const auto field = [&](std::size_t i) { return fmt::format("so-{}-{}", series("D04"), successors[i].value); };
  const auto from_board = get(vice_chairman, fmt::format("/sap-xep/ban-giao/{}", small.ea_o.value));
  EXPECT_EQ(from_board.header("Location"), handover);
  EXPECT_EQ(get(vice_chairman, fmt::format("/sap-xep/ban-giao/{}", small.ea_kar.value)).status(), http::Status::not_found) << "it goes on";
  EXPECT_THAT(page(vice_chairman, handover), AllOf(HasSubstr("data-left=\"5000000\""), HasSubstr(fmt::format("/so-lieu/{}?ct=D04", small.dak_lak.value))));
  EXPECT_THAT(page(vice_chairman, handover), AllOf(HasSubstr("Hội Khuyến học xã Ea Ô Đông"), HasSubstr(field(0)), HasSubstr("Đã nằm trong tổng số")));
  auto answer = send(vice_chairman, handover, {{"number", ""}, {"date", "x"}, {"arrival", "them"}, {field(0), "3000000"}, {field(1), "1.000.000"}});
  EXPECT_EQ(answer.status(), http::Status::unprocessable);
  EXPECT_THAT(text_of(answer), AllOf(HasSubstr("còn thiếu 1.000.000"), HasSubstr("Xin ghi số biên bản"), HasSubstr("id=\"date-loi\""), HasSubstr("value=\"3000000\"")));
  answer = send(vice_chairman, handover, {{"number", "01/BB-HKH"}, {"date", "05/5/2026"}, {"arrival", "them"}, {field(0), "ba triệu"}, {field(1), ""}});
  EXPECT_EQ(answer.status(), http::Status::unprocessable);
  EXPECT_EQ(send(vice_chairman, done(restructure) + "/khep-lai", {}).status(), http::Status::unprocessable);
  answer = send(vice_chairman, handover, {{"number", "01/BB-HKH"}, {"date", "05/5/2026"}, {"arrival", "them"}, {field(0), "3.000.000"}, {field(1), "2.000.000"}});
  EXPECT_EQ(answer.status(), http::Status::see_other) << answer.body();
  EXPECT_EQ(level(successors[0], "D04"), 3'000'000);
  EXPECT_EQ(level(small.dak_lak, "D04"), 5'000'000);
  EXPECT_EQ(send(vice_chairman, done(restructure) + "/khep-lai", {}).status(), http::Status::see_other);
  EXPECT_THAT(page(vice_chairman, done(restructure)), HasSubstr("Đã khép lại"));
}

TEST_P(RestructurePages, Branches_that_go_the_same_way_are_told_together) {
  store().write([&](db::Writer& writer) {
    OrganisationChanges changes(house().organisation, writer, {}, now_ms);
    for (const char* name : {"Thôn 21", "Thôn 22", "Thôn 23", "Thôn 24"}) {
      NewBody given;
      given.kind = "chi_hoi_thon_tdp";
      given.name = fmt::format("Chi hội {}", name);
      given.short_name = name;
      given.superior = small.ea_o;
      given.area = small.land.ea_o;
      given.born = Day::of(2025, 9, 1);
      EXPECT_TRUE(changes.found(given));
    }
  });
  const auto id = begin(vice_chairman);
  heading(vice_chairman, id, good_heading());
  const auto number = add_act(vice_chairman, id, "chuyen");
  FieldsOf fields{{"superior", std::to_string(small.ea_kar.value)}, {"lam", "ghi"}};
  for (const auto branch : house().organisation.current()->children(small.ea_o, today())) fields.emplace_back("body", std::to_string(branch.value));
  EXPECT_EQ(act(vice_chairman, id, number, fields).status(), http::Status::see_other);
  const auto preview = page(vice_chairman, address(id) + "/xem-truoc");
  EXPECT_THAT(preview, AllOf(HasSubstr("5 tổ chức trực thuộc"), HasSubstr("<li>Chi hội Thôn 23</li>")));
  carried_out(id);
  const auto life = page(vice_chairman, fmt::format("/sap-xep/truoc-sau/{}?luc=30/4/2026", small.ea_o.value));
  EXPECT_THAT(life, AllOf(HasSubstr("5 tổ chức</b> nay thuộc Hội Khuyến học xã Ea Kar"), HasSubstr("Chi hội Thôn 23</a>")));
}

TEST_P(RestructurePages, What_hangs_under_a_dissolved_body_is_named_in_the_draft_and_moved_at_once) {
  const auto id = begin(vice_chairman);
  heading(vice_chairman, id, good_heading());
  auto number = add_act(vice_chairman, id, "giai-the");
  act(vice_chairman, id, number, {{"body", std::to_string(small.ea_kar.value)}, {"lam", "ghi"}});
  const auto branches = house().organisation.current()->children(small.ea_kar, today());
  EXPECT_THAT(page(vice_chairman, address(id)), HasSubstr(fmt::format("Còn {} tổ chức trực thuộc phải chuyển đi trước", branches.size())));
  number = add_act(vice_chairman, id, "chuyen");
  const auto found = page(vice_chairman, fmt::format("{}/viec/{}?q=ea+kar", address(id), number));
  EXPECT_THAT(found, AllOf(HasSubstr(fmt::format("value=\"truc-thuoc-{}\"", small.ea_kar.value)), Not(HasSubstr(fmt::format("value=\"nhan-{}\"", small.thon_8.value)))));
  act(vice_chairman, id, number, {{"lam", fmt::format("truc-thuoc-{}", small.ea_kar.value)}});
  EXPECT_EQ(draft(id).acts.back().bodies, branches);
  EXPECT_THAT(page(vice_chairman, address(id)), Not(HasSubstr("phải chuyển đi trước")));
}

TEST_P(RestructurePages, Two_associations_of_different_systems_become_one) {
  const BodyId teachers = store().write([&](db::Writer& writer) {
    OrganisationChanges changes(house().organisation, writer, {}, now_ms);
    const auto found = [&](const char* kind, const char* name, BodyId superior, UnitId area) {
      NewBody given;
      given.kind = kind;
      given.name = name;
      given.superior = superior;
      given.area = area;
      given.born = Day::of(2025, 8, 1);
      return *changes.found(given);
    };
    const auto centre = found("cuu_giao_chuc_trung_uong", "Hội Cựu giáo chức Việt Nam", {}, small.land.country);
    const auto province = found("cuu_giao_chuc_tinh", "Hội Cựu giáo chức tỉnh Đắk Lắk", centre, small.land.dak_lak);
    return found("cuu_giao_chuc_xa", "Hội Cựu giáo chức xã Ea Kar", province, small.land.ea_kar);
  });
  const BodyId their_province = now(teachers).on(today()).superior;
  record(teachers, "B01", Day::of(2026, 1, 1), 65);
  const auto id = begin(vice_chairman);
  heading(vice_chairman, id, good_heading());
  const auto number = add_act(vice_chairman, id, "hop-nhat");
  EXPECT_THAT(page(vice_chairman, fmt::format("{}/viec/{}?q=cuu+giao+chuc+ea+kar", address(id), number)), AllOf(HasSubstr("Hội Cựu giáo chức xã Ea Kar"), HasSubstr("hệ thống khác")));
  act(vice_chairman, id, number, {{"body", std::to_string(small.ea_kar.value)}, {"lam", fmt::format("them-{}", teachers.value)}});
  EXPECT_EQ(draft(id).acts.front().opened.front().name, "Hội Khuyến học - Cựu giáo chức xã Ea Kar");
  EXPECT_EQ(draft(id).acts.front().opened.front().kind, "hoi_co_so");
  page(vice_chairman, address(id) + "/xem-truoc");
  const auto restructure = carried_out(id);
  EXPECT_FALSE(now(teachers).alive(today()));
  const BodyId joint = opened(restructure);
  EXPECT_EQ(house().organisation.current()->successors(teachers).front(), joint);
  // Whose members they are is said by minutes, here for the joint association and for their own province.
  EXPECT_EQ(level(joint, "B01"), 120);
  EXPECT_EQ(level(small.dak_lak, "B01"), 180);
  EXPECT_EQ(level(their_province, "B01"), 65);
  const std::string minutes = fmt::format("{}/ban-giao/{}", done(restructure), teachers.value);
  EXPECT_THAT(page(vice_chairman, minutes), AllOf(HasSubstr("Hội Khuyến học - Cựu giáo chức xã Ea Kar"), HasSubstr("Hội Cựu giáo chức tỉnh Đắk Lắk")));
  const auto field = [&](BodyId taker) { return fmt::format("so-{}-{}", series("B01"), taker.value); };
  EXPECT_EQ(send(vice_chairman, minutes, {{"number", "01/BB"}, {"date", "01/6/2026"}, {"arrival", "them"}, {field(joint), "50"}, {field(their_province), "15"}}).status(), http::Status::see_other);
  EXPECT_EQ(level(joint, "B01"), 170);
  EXPECT_EQ(level(small.dak_lak, "B01"), 230);
  EXPECT_EQ(level(their_province, "B01"), 15);
  EXPECT_EQ(send(vice_chairman, done(restructure) + "/khoi-phuc", {}).status(), http::Status::see_other);
  EXPECT_TRUE(now(teachers).alive(today()));
  EXPECT_EQ(level(small.dak_lak, "B01"), 180);
  EXPECT_EQ(level(their_province, "B01"), 65);
}

TEST_P(RestructurePages, The_papers_say_who_becomes_what_and_what_is_handed_over) {
  store().write([&](db::Writer& writer) { return *OrganisationChanges(house().organisation, writer, {}, now_ms).found(namesake_of_thon_8(small)); });
  const auto id = merger();
  const auto restructure = carried_out(id);
  Restructures rules(house().organisation, house().ledger, house().statements);
  const auto paper = store().read([&](db::Reader& reader) {
    const auto stored = rules.find(reader, restructure);
    const auto matter = matter_of(reader, rules, *house().organisation.current(), *stored);
    const auto of_ea_kar = document::to_html(minutes_paper(house(), reader, rules, matter, {restructure, small.ea_kar, MinutesOf::Names::shown}));
    EXPECT_THAT(of_ea_kar, HasSubstr("Chi hội Thôn 8 (xã Cư Huê cũ)")) << "villages called alike are told apart";
    return std::pair(document::to_html(decision_paper(house(), matter)), document::to_html(minutes_paper(house(), reader, rules, matter, {restructure, small.ea_o, MinutesOf::Names::shown})));
  });
  EXPECT_THAT(paper.first, AllOf(HasSubstr("QUYẾT ĐỊNH"), HasSubstr("Số: 15/QĐ-HKH"), HasSubstr("ngày 20 tháng 4 năm 2026"), HasSubstr("HỘI KHUYẾN HỌC TỈNH ĐẮK LẮK"),
                                 HasSubstr("Thành lập Hội Khuyến học xã Ea Kar trên cơ sở hợp nhất Hội Khuyến học xã Ea Kar và Hội Khuyến học xã Ea Ô kể từ ngày 01/5/2026"), HasSubstr("Căn cứ Điều lệ"),
                                 HasSubstr("Nơi nhận"), HasSubstr("Lưu: VT")));
  EXPECT_THAT(paper.second, AllOf(HasSubstr("BIÊN BẢN"), HasSubstr("Hội Khuyến học xã Ea Ô"), HasSubstr("5.000.000"), HasSubstr("Chi hội Thôn 11"), HasSubstr("ĐẠI DIỆN BÊN GIAO"), HasSubstr("Con dấu")));
  for (const char* target : {"/quyet-dinh.pdf", "/bien-ban.pdf"}) EXPECT_TRUE(get(vice_chairman, done(restructure) + target).body().starts_with("%PDF")) << target;
  const Person elsewhere = person("Ông", "Bùi Xuân Hòa", small.ea_ktur, "chu_tich");
  for (const char* target : {"/quyet-dinh.docx", "/bien-ban.docx"}) EXPECT_EQ(get(elsewhere, done(restructure) + target).status(), http::Status::not_found) << target;
}

TEST_P(RestructurePages, Every_step_stands_in_the_trail_in_ready_sentences) {
  const auto restructure = carried_out(merger());
  const auto entries = store().read([&](db::Reader& reader) { return house().trail.newest(reader, 0, 100, 0); });
  std::string all;
  for (const auto& entry : entries) {
    EXPECT_THAT(entry.after_json, HasSubstr("summary")) << entry.noun << " " << entry.action;
    all += entry.after_json;
  }
  EXPECT_THAT(all, AllOf(HasSubstr("Lập bản nháp một đợt sắp xếp đơn vị"), HasSubstr("Thực hiện sắp xếp đơn vị: Hợp nhất"), HasSubstr("Hội Khuyến học xã Ea Ô kết thúc hoạt động")));
  EXPECT_TRUE(restructure);
}

}  // namespace
}  // namespace khuyenhoc
