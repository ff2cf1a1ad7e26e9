#include "platform/document/cards.h"

#include <gtest/gtest.h>

namespace khuyenhoc::document {
namespace {

std::size_t count(const std::string& text, std::string_view what) {
  std::size_t found = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++found;
  return found;
}
std::size_t pages_of(const CardSheets& sheets) {
  const std::string pdf = to_pdf(sheets);
  EXPECT_TRUE(pdf.starts_with("%PDF-"));
  return count(pdf, "/Type /Page") - count(pdf, "/Type /Pages");
}

Card slip(std::string name = "Trần Kim Liên") {
  Card card{.head = "HỘI KHUYẾN HỌC TỈNH ĐẮK LẮK\nPHIẾU ĐĂNG NHẬP"};
  card.lines.push_back({Text(std::move(name)), 12.5});
  card.picture = BitPicture{2, {true, false, false, true}};
  card.foot.push_back({Text("Xin giữ kín mã này."), 8.5});
  return card;
}

CardSheets sheet_of(std::size_t cards) { return {.title = "Phiếu đăng nhập", .cards = std::vector<Card>(cards, slip())}; }

TEST(Cards, Stand_eight_to_a_page) {
  EXPECT_EQ(pages_of(sheet_of(1)), 1U);
  EXPECT_EQ(pages_of(sheet_of(8)), 1U);
  EXPECT_EQ(pages_of(sheet_of(9)), 2U);
  EXPECT_EQ(pages_of(sheet_of(102)), 13U);
}

TEST(Cards, Keep_to_their_place_however_much_is_written_on_them) {
  CardSheets sheets = sheet_of(7);
  std::string long_name = "Hội Khuyến học";
  for (int i = 0; i < 80; ++i) long_name += " xã Ea Kar";
  sheets.cards.push_back(slip(long_name));
  sheets.cards.push_back(Card{});
  EXPECT_EQ(pages_of(sheets), 2U) << "a long card takes no room from the next, an empty one keeps its own";
}

TEST(Cards, Of_the_same_day_are_the_same_bytes) {
  EXPECT_EQ(to_pdf(sheet_of(3)), to_pdf(sheet_of(3)));
  CardSheets other_day = sheet_of(3);
  other_day.day = Day::of(2026, 6, 9);
  EXPECT_NE(to_pdf(sheet_of(3)), to_pdf(other_day));
}

TEST(Cards, Show_the_picture_and_the_words) {
  CardSheets without = sheet_of(1);
  without.cards.front().picture.reset();
  EXPECT_NE(to_pdf(sheet_of(1)), to_pdf(without));
  CardSheets somebody_else = sheet_of(1);
  somebody_else.cards.front() = slip("Hồ Thị Mai");
  EXPECT_NE(to_pdf(sheet_of(1)), to_pdf(somebody_else));
}

}  // namespace
}  // namespace khuyenhoc::document
