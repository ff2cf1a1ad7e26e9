#include <gmock/gmock.h>

#include "ratings/ratings.h"
#include "shell/house_fixture.h"

namespace khuyenhoc {
namespace {

using testing::HasSubstr;
using testing::Not;

class Ratings : public OnSmallHouse {
 protected:
  void add_pages(Pages& pages) override { add_rating_pages(pages); }
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    liên = person("Bà", "Trần Kim Liên", small.ea_kar, "thu_ky");
    head_of_8 = person("Ông", "Phạm Văn Lượng", small.thon_8, "chi_hoi_truong");
    page = fmt::format("/to-chuc/{}/xep-loai", small.ea_kar.value);
    of_8 = fmt::format("loai-{}", small.thon_8.value);
    known_8 = fmt::format("biet-{}", small.thon_8.value);
    of_2 = fmt::format("loai-{}", small.thon_2.value);
  }
  std::vector<Rating> ratings(BodyId body) {
    return store().read([&](db::Reader& reader) { return ratings_of(reader, body); });
  }
  std::string shown(const Person& who, const std::string& target) { return std::string(get(who, target).body()); }

  Person liên, head_of_8;
  std::string page, of_8, known_8, of_2;
};
ON_BOTH_STORES(Ratings);

TEST_P(Ratings, A_communes_branches_are_rated_in_one_go_by_one_decision) {
  EXPECT_EQ(post(liên, page, {{"nam", "2025"}, {of_8, "1"}, {of_2, "3"}, {"decision_number", "20/QĐ-HKH"}, {"decision_day", "20/12/2025"}, {"decision_issuer", "Hội Khuyến học xã Ea Kar"}}).status(), http::Status::see_other);
  ASSERT_EQ(ratings(small.thon_8).size(), 1U);
  EXPECT_EQ(ratings(small.thon_8).front().grade, Grade::excellent);
  EXPECT_EQ(ratings(small.thon_8).front().rated_by, small.ea_kar);
  EXPECT_EQ(ratings(small.thon_2).front().decision.number, "20/QĐ-HKH");
  EXPECT_TRUE(ratings(small.nguyen_du).empty());
  const std::string html = shown(liên, page + "?nam=2025");
  EXPECT_THAT(html, HasSubstr("Đã xếp loại 2 trên 4"));
  EXPECT_THAT(html, HasSubstr("Quyết định số 20/QĐ-HKH ngày 20/12/2025 của Hội Khuyến học xã Ea Kar"));
  EXPECT_THAT(shown(liên, page + "?nam=2026"), HasSubstr("2025: Hoàn thành xuất sắc nhiệm vụ"));
  EXPECT_THAT(html, Not(HasSubstr("Hội Khuyến học xã Ea Ô")));
}

TEST_P(Ratings, A_correction_keeps_the_other_ratings_and_says_what_was_before) {
  ASSERT_EQ(post(liên, page, {{"nam", "2025"}, {of_8, "1"}, {of_2, "3"}, {"decision_number", "20/QĐ-HKH"}, {"decision_day", "20/12/2025"}, {"decision_issuer", "Hội Khuyến học xã Ea Kar"}}).status(), http::Status::see_other);
  const auto stale = post(liên, page, {{"nam", "2025"}, {of_8, "2"}, {known_8, "7"}});
  EXPECT_EQ(stale.status(), http::Status::conflict);
  EXPECT_THAT(std::string(stale.body()), HasSubstr("đang lưu: Hoàn thành xuất sắc nhiệm vụ"));
  EXPECT_THAT(std::string(stale.body()), HasSubstr("<option value=\"2\" selected>"));
  EXPECT_EQ(post(liên, page, {{"nam", "2025"}, {of_8, "2"}, {known_8, "1"}, {of_2, "3"}}).status(), http::Status::see_other);
  EXPECT_EQ(ratings(small.thon_8).front().grade, Grade::good);
  EXPECT_EQ(ratings(small.thon_2).front().decision.number, "20/QĐ-HKH");
  const auto entries = store().read([&](db::Reader& reader) { return house().trail.of_record(reader, "rating", small.thon_8.value); });
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_THAT(entries.front().before_json, HasSubstr("\"grade\":1"));
  EXPECT_THAT(entries.front().after_json, HasSubstr("Xếp loại năm 2025 của Chi hội Thôn 8: Hoàn thành tốt nhiệm vụ"));
  EXPECT_EQ(post(liên, page, {{"nam", "2025"}, {of_8, ""}, {known_8, "2"}}).status(), http::Status::see_other);
  ASSERT_EQ(ratings(small.thon_8).size(), 1U) << "what was entered by mistake is not deleted";
  EXPECT_EQ(ratings(small.thon_8).front().grade, Grade::taken_back);
  EXPECT_THAT(shown(liên, page + "?nam=2025"), HasSubstr("đã bỏ xếp loại vì ghi nhầm"));
  EXPECT_THAT(shown(liên, page + "?nam=2025"), HasSubstr("Đã xếp loại 1 trên 4"));
  EXPECT_THAT(shown(liên, page + "?nam=2026"), HasSubstr("2025: đã bỏ xếp loại vì ghi nhầm"));
  EXPECT_EQ(post(liên, page, {{"nam", "2025"}, {of_8, ""}, {known_8, "3"}}).status(), http::Status::see_other);
  EXPECT_EQ(ratings(small.thon_8).front().row_version, 3) << "taken back once";
  EXPECT_EQ(post(liên, page, {{"nam", "2025"}, {of_8, "1"}, {known_8, "3"}}).status(), http::Status::see_other);
  EXPECT_EQ(ratings(small.thon_8).front().grade, Grade::excellent);
}

TEST_P(Ratings, Wrong_input_is_refused_and_writes_nothing) {
  EXPECT_EQ(post(liên, page, {{"nam", "2025"}, {of_8, "9"}}).status(), http::Status::unprocessable);
  EXPECT_EQ(post(liên, page, {{"nam", "1950"}, {of_8, "1"}}).status(), http::Status::unprocessable);
  EXPECT_EQ(post(liên, page, {{"nam", "2027"}, {of_8, "1"}}).status(), http::Status::unprocessable);
  EXPECT_EQ(post(liên, page, {{"nam", "2025"}, {of_8, "1"}, {"decision_number", "20/QĐ-HKH"}}).status(), http::Status::unprocessable);
  EXPECT_TRUE(ratings(small.thon_8).empty());
  EXPECT_EQ(post(head_of_8, page, {{"nam", "2025"}, {of_8, "1"}}).status(), http::Status::not_found);
  EXPECT_EQ(get(liên, fmt::format("/to-chuc/{}/xep-loai", small.ea_o.value)).status(), http::Status::not_found);
  EXPECT_THAT(shown(head_of_8, fmt::format("/to-chuc/{}/xep-loai", small.thon_8.value)), HasSubstr("Chưa có chi hội, ban trực thuộc"));
}

}  // namespace
}  // namespace khuyenhoc
