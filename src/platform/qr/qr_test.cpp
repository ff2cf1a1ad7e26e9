#include "platform/qr/qr.h"

#include <gtest/gtest.h>

namespace khuyenhoc::qr {
namespace {

// The three corners that a camera looks for: a ring of seven modules around a square of three.
void expect_finder(const Code& code, int top, int left) {
  for (int row = 0; row < 7; ++row)
    for (int column = 0; column < 7; ++column) {
      const int ring = std::min(std::min(row, 6 - row), std::min(column, 6 - column));
      EXPECT_EQ(code.at(top + row, left + column), ring != 1) << row << " " << column;
    }
}

TEST(Qr, A_code_is_a_square_with_its_three_corners) {
  const auto code = encode("https://khuyenhoc.daklak.gov.vn/dang-nhap?so=0912345678");
  ASSERT_TRUE(code) << code.error().message;
  EXPECT_EQ(code->size % 4, 1);
  EXPECT_EQ(code->dark.size(), static_cast<std::size_t>(code->size * code->size));
  expect_finder(*code, 0, 0);
  expect_finder(*code, 0, code->size - 7);
  expect_finder(*code, code->size - 7, 0);
}

TEST(Qr, The_same_text_gives_the_same_code_and_another_another) {
  EXPECT_EQ(encode("xã Ea Kar")->dark, encode("xã Ea Kar")->dark);
  EXPECT_NE(encode("xã Ea Kar")->dark, encode("xã Ea Ô")->dark);
}

TEST(Qr, What_does_not_fit_is_refused_in_words) {
  EXPECT_EQ(encode(std::string(5'000, 'x')).error().code, "qr.too_long");
  EXPECT_EQ(encode("").error().code, "qr.too_long");
}

}  // namespace
}  // namespace khuyenhoc::qr
