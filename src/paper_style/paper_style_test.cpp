#include <gmock/gmock.h>

#include "organisation/letterheads.h"
#include "organisation/numbering.h"
#include "organisation/paper_pictures.h"
#include "organisation/signing.h"
#include "paper_style/paper_style.h"
#include "platform/document/test_pictures.h"
#include "shell/house_fixture.h"

namespace khuyenhoc {
namespace {

using testing::HasSubstr;
using testing::Not;

class PaperStyle : public OnSmallHouse {
 protected:
  void add_pages(Pages& pages) override { add_paper_style_pages(pages); }
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    liên = person("Bà", "Trần Kim Liên", small.ea_kar, "thu_ky");
    chairman = person("Ông", "Nguyễn Đình Sơn", small.ea_kar, "chu_tich");
    PostHolding holding;
    holding.body = small.ea_kar;
    holding.post = "chu_tich";
    holding.person_name = "Nguyễn Đình Sơn";
    holding.from = Day::of(2025, 9, 1);
    holding_of_chairman = store().write([&](db::Writer& writer) { return appoint(store(), writer, {}, holding); })->id;
    page = fmt::format("/to-chuc/{}/the-thuc", small.ea_kar.value);
  }
  std::string shown(const Person& who, const std::string& target) { return std::string(get(who, target).body()); }
  http::Response uploads(const Person& who, std::string_view what, std::string_view from, const std::string& png) {
    std::string body;
    const auto field = [&](std::string_view name, std::string_view value) { body += fmt::format("--ranh\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{}\r\n", name, value); };
    field("csrf", who.csrf);
    field("what", what);
    field("from", from);
    body += "--ranh\r\nContent-Disposition: form-data; name=\"file\"; filename=\"dau.png\"\r\nContent-Type: image/png\r\n\r\n" + png + "\r\n--ranh--\r\n";
    http::Request request = *http::Request::make(http::Method::post, page + "/anh");
    request.with_body(std::move(body), "multipart/form-data; boundary=ranh");
    request.with_header("Cookie", fmt::format("{}={}", session_cookie, who.token)).with_header("X-CSRF-Token", who.csrf);
    return router().handle(std::move(request));
  }

  Person liên, chairman;
  std::int64_t holding_of_chairman = 0;
  std::string page;
};
ON_BOTH_STORES(PaperStyle);

TEST_P(PaperStyle, The_preview_shows_head_number_and_signature_as_the_paper_will) {
  const std::string html = shown(liên, page + "?loai=quyet_dinh");
  for (const char* text : {"HỘI KHUYẾN HỌC TỈNH ĐẮK LẮK", "HỘI KHUYẾN HỌC XÃ EA KAR", "Số: 01/QĐ-HKH", "Ea Kar, ngày 08 tháng 6 năm 2026", "QUYẾT ĐỊNH", "TM. BAN THƯỜNG VỤ", "Nguyễn Đình Sơn"}) EXPECT_THAT(html, HasSubstr(text));
  const Person no_names = person("Bà", "H’Ngoan Niê", small.ea_kar, "uy_vien_bch");
  EXPECT_THAT(shown(no_names, page), Not(HasSubstr("Nguyễn Đình Sơn")));
  EXPECT_EQ(get(liên, fmt::format("/to-chuc/{}/the-thuc", small.ea_o.value)).status(), http::Status::not_found);
}

TEST_P(PaperStyle, A_head_is_shown_before_it_is_kept_and_kept_from_its_day) {
  const std::string form = page + "/dau-van-ban";
  const auto send = [&](std::string_view issuer, std::string_view from, std::string_view look, std::string_view version = "0") {
    return post(liên, form, {{"superior_line", "UBND xã Ea Kar"}, {"issuer_line", issuer}, {"place_name", "Ea Kar"}, {"numbering_suffix", "HKHEK"}, {"from", from}, {"version", version}, {"xem", look}});
  };
  const auto look = send("Hội Khuyến học Ea Kar", "01/7/2026", "1");
  EXPECT_EQ(look.status(), http::Status::ok);
  EXPECT_THAT(std::string(look.body()), HasSubstr("HỘI KHUYẾN HỌC EA KAR"));
  EXPECT_THAT(std::string(look.body()), HasSubstr("/BC-HKHEK"));
  EXPECT_TRUE(store().read([&](db::Reader& reader) { return letterheads(reader, small.ea_kar); }).empty()) << "looking writes nothing";
  EXPECT_EQ(send("", "01/7/2026", "").status(), http::Status::unprocessable);
  EXPECT_EQ(send("Hội Khuyến học Ea Kar", "31/6/2026", "").status(), http::Status::unprocessable);
  EXPECT_EQ(send("Hội Khuyến học Ea Kar", "01/6/2026", "").status(), http::Status::see_other);
  const auto stale = send("Hội khác", "01/6/2026", "");
  EXPECT_EQ(stale.status(), http::Status::conflict);
  EXPECT_THAT(std::string(stale.body()), HasSubstr("Đang lưu: UBND xã Ea Kar / Hội Khuyến học Ea Kar"));
  EXPECT_EQ(send("Hội khác", "01/6/2026", "", "1").status(), http::Status::see_other);
  EXPECT_EQ(post(chairman, fmt::format("/to-chuc/{}/the-thuc/dau-van-ban", small.ea_o.value), {}).status(), http::Status::not_found);
}

TEST_P(PaperStyle, Numbers_go_on_where_the_paper_register_stands) {
  const std::string form = page + "/danh-so";
  EXPECT_EQ(post(liên, form, {{"series", "1"}, {"restarts", "1"}, {"from", "08/6/2026"}, {"version", "0"}, {"so-bao_cao", "bốn"}}).status(), http::Status::unprocessable);
  EXPECT_EQ(post(liên, form, {{"series", "1"}, {"restarts", "1"}, {"from", "08/6/2026"}, {"version", "0"}, {"so-bao_cao", "42"}}).status(), http::Status::see_other);
  EXPECT_THAT(shown(liên, page), HasSubstr("Số: 42/BC-HKH"));
  EXPECT_THAT(shown(liên, page), HasSubstr("Báo cáo 42/BC-HKH"));
  EXPECT_EQ(post(liên, form, {{"series", "2"}, {"restarts", "1"}, {"from", "08/6/2026"}, {"version", "0"}, {"so-chung", "112"}}).status(), http::Status::conflict);
  EXPECT_EQ(post(liên, form, {{"series", "2"}, {"restarts", "1"}, {"from", "08/6/2026"}, {"version", "1"}, {"so-chung", "112"}}).status(), http::Status::see_other);
  EXPECT_THAT(shown(liên, page), HasSubstr("Số: 112/BC-HKH"));
}

TEST_P(PaperStyle, Signing_rules_are_set_seen_and_ended) {
  const std::string form = page + "/quy-dinh-ky", who = fmt::format("nguoi:{}", holding_of_chairman);
  const auto wrong = post(liên, form, {{"who", who}, {"manner", "4"}, {"from", "08/6/2026"}});
  EXPECT_EQ(wrong.status(), http::Status::unprocessable);
  EXPECT_THAT(std::string(wrong.body()), HasSubstr("Xin ghi số và ngày của văn bản giao quyền"));
  EXPECT_EQ(post(liên, form, {{"who", "nguoi:abc"}, {"manner", "1"}, {"from", "08/6/2026"}}).status(), http::Status::unprocessable);
  EXPECT_EQ(post(liên, form, {{"who", "chuc-vu:chu_tich"}, {"paper", "bao_cao"}, {"manner", "1"}, {"on_behalf", "2"}, {"from", "08/6/2026"}}).status(), http::Status::see_other);
  EXPECT_THAT(shown(liên, page), HasSubstr("TM. BAN CHẤP HÀNH"));
  const auto rules = store().read([&](db::Reader& reader) { return signing_rules(reader, small.ea_kar); });
  ASSERT_EQ(rules.size(), 1U);
  const std::string end = fmt::format("{}/{}", form, rules.front().id);
  EXPECT_EQ(post(liên, end, {{"version", "5"}, {"until", "09/6/2026"}}).status(), http::Status::conflict);
  EXPECT_EQ(post(liên, end, {{"version", "1"}, {"until", "08/6/2026"}}).status(), http::Status::see_other);
  EXPECT_EQ(get(liên, end).status(), http::Status::not_found) << "it has ended";
  EXPECT_EQ(get(liên, fmt::format("/to-chuc/{}/the-thuc/quy-dinh-ky/{}", small.thon_8.value, rules.front().id)).status(), http::Status::not_found);
}

TEST_P(PaperStyle, Seal_and_signature_are_seen_by_those_who_may_sign_and_printed_on_digital_papers_only) {
  EXPECT_EQ(uploads(liên, "dau", "08/6/2026", document::test_png(600, 600, document::Ground::transparent)).status(), http::Status::not_found) << "a secretary does not sign";
  EXPECT_EQ(get(liên, page + "/anh").status(), http::Status::not_found);
  const auto opaque = uploads(chairman, "dau", "08/6/2026", document::test_png(600, 600, document::Ground::white));
  EXPECT_EQ(opaque.status(), http::Status::unprocessable);
  EXPECT_THAT(std::string(opaque.body()), HasSubstr("Nền của ảnh không trong suốt"));
  EXPECT_EQ(uploads(chairman, "dau", "08/6/2026", "không phải ảnh").status(), http::Status::unprocessable);
  EXPECT_EQ(uploads(chairman, "99", "08/6/2026", document::test_png(600, 600, document::Ground::transparent)).status(), http::Status::unprocessable);
  ASSERT_EQ(uploads(chairman, "dau", "08/6/2026", document::test_png(600, 600, document::Ground::transparent)).status(), http::Status::see_other);
  const auto pictures = store().read([&](db::Reader& reader) { return paper_pictures(reader, small.ea_kar); });
  ASSERT_EQ(pictures.size(), 1U);
  const std::string image = fmt::format("{}/anh/{}/hinh.png", page, pictures.front().id);
  EXPECT_EQ(get(chairman, image).status(), http::Status::ok);
  EXPECT_EQ(get(liên, image).status(), http::Status::not_found);
  EXPECT_THAT(shown(liên, page), Not(HasSubstr("Con dấu của")));
  EXPECT_THAT(shown(chairman, page), HasSubstr(image));
  EXPECT_THAT(shown(chairman, page), Not(HasSubstr("doc-seal"))) << "the office has not said so";
  ASSERT_EQ(post(liên, page + "/danh-so", {{"series", "1"}, {"restarts", "1"}, {"digital", "1"}, {"from", "08/6/2026"}, {"version", "0"}}).status(), http::Status::see_other);
  EXPECT_THAT(shown(chairman, page), HasSubstr("doc-seal"));
  EXPECT_THAT(shown(liên, page), Not(HasSubstr("doc-seal")));
  EXPECT_EQ(post(chairman, fmt::format("{}/anh/{}", page, pictures.front().id), {{"version", "1"}, {"until", "08/6/2026"}}).status(), http::Status::see_other);
  EXPECT_THAT(shown(chairman, page), Not(HasSubstr("doc-seal")));
}

}  // namespace
}  // namespace khuyenhoc
