// Vietnamese text: one stored form (NFC), one key to find it by, one key to sort it by.
#pragma once

#include <string>
#include <string_view>

namespace khuyenhoc {

// The stored form: NFC, control characters and outer blanks removed, runs of blanks made one. Broken UTF-8 becomes U+FFFD.
std::string normalised(std::string_view text);
// As `normalised`, but line breaks are kept (as \n).
std::string normalised_lines(std::string_view text);
bool is_valid_utf8(std::string_view text);
// To find by: lower case, without marks, đ as d, every apostrophe gone, other punctuation a blank. "H’Ngoan Niê" -> "hngoan nie".
std::string folded(std::string_view text);
// To sort by, compared byte by byte: Vietnamese alphabet, tones ngang huyền hỏi ngã sắc nặng, digits by value ("Thôn 8" before "Thôn 11").
std::string sort_key(std::string_view text);
// Sorting people as Vietnamese lists do: given name, then middle name, then family name. The given name is the last word, except in
// names such as "H’Ngoan Niê" and "Y Bhiông Niê", whose last word is the clan.
std::string person_sort_key(std::string_view full_name);
// The same place however Hoà/Hòa is written: folded, with the tone kept but its position forgotten.
std::string tone_neutral(std::string_view text);
std::size_t count_characters(std::string_view text);     // code points
std::string upper_case(std::string_view text);           // Vietnamese rules: "đắk" -> "ĐẮK"
std::string lower_case(std::string_view text);

}  // namespace khuyenhoc
