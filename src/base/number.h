// Whole numbers as Vietnamese write and say them: 1.234.567, "một triệu hai trăm ba mươi tư nghìn …".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace khuyenhoc {

std::string number_text(std::int64_t value);                      // "1.234.567", "-12"
std::string number_in_words(std::int64_t value);                  // "một trăm hai mươi"; "âm …" below zero
// numerator/denominator as "13,3%" (one decimal, rounded half up in integers); "–" when the denominator is zero.
std::string percent_text(std::int64_t numerator, std::int64_t denominator);
// numerator/denominator to the nearest whole, halves away from zero; the denominator must not be zero.
std::int64_t rounded_ratio(std::int64_t numerator, std::int64_t denominator);
// A change by its sign: "tăng 120", "giảm 120", "không thay đổi".
std::string change_text(std::int64_t change);
// "1.234", "1234", "1 234". Refused in a sentence: letters, decimals, "1.00", more than 15 digits; a minus sign parses (callers judge it).
Result<std::int64_t> parse_whole_number(std::string_view text);

}  // namespace khuyenhoc
