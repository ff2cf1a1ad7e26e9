#include "base/phrases.h"

#include <gtest/gtest.h>

#include "base/telephone.h"

namespace khuyenhoc {
namespace {

TEST(Phrases, Names_stand_in_a_row_with_an_and_before_the_last) {
  const std::vector<std::string> names{"xã Ea Kar", "xã Ea Ô", "xã Cư Yang"};
  EXPECT_EQ(enumerated({}), "");
  EXPECT_EQ(enumerated(std::span(names).first(1)), "xã Ea Kar");
  EXPECT_EQ(enumerated(std::span(names).first(2)), "xã Ea Kar và xã Ea Ô");
  EXPECT_EQ(enumerated(names), "xã Ea Kar, xã Ea Ô và xã Cư Yang");
}

TEST(Phrases, The_first_letter_becomes_large_whatever_it_is) {
  EXPECT_EQ(capitalised("tăng 120"), "Tăng 120");
  EXPECT_EQ(capitalised("đắk lắk"), "Đắk lắk");
  EXPECT_EQ(capitalised("ệ"), "Ệ");
  EXPECT_EQ(capitalised(""), "");
}

TEST(Telephone, Is_stored_in_one_form_however_it_is_written) {
  for (const char* typed : {"0912345678", "0912 345 678", "0912.345.678", "(0912) 345-678", "+84 912 345 678", "84912345678"}) EXPECT_EQ(telephone_digits(typed), "0912345678") << typed;
  EXPECT_EQ(telephone_digits("0262 3852 0000"), std::nullopt);
  EXPECT_EQ(telephone_digits("02623 852 000"), "02623852000");
}

TEST(Telephone, That_is_none_is_not_guessed_at) {
  for (const char* typed : {"", "12", "912345678", "09x2345678", "0912345678+", "09123456789012", "0912 345 678 (máy bàn)"}) EXPECT_EQ(telephone_digits(typed), std::nullopt) << typed;
}

}  // namespace
}  // namespace khuyenhoc
