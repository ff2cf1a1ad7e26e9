#include <gtest/gtest.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/id.h"
#include "base/money.h"
#include "base/number.h"
#include "base/text.h"
#include "base/tidy_text.h"

namespace khuyenhoc {
namespace {

TEST(Day, is_written_as_offices_write_it) {
  EXPECT_EQ(Day::of(2026, 2, 5).text(), "05/02/2026");
  EXPECT_EQ(Day::of(2026, 6, 5).text(), "05/6/2026");
  EXPECT_EQ(Day::of(2026, 11, 22).text(), "22/11/2026");
  EXPECT_EQ(Day::of(2026, 6, 5).long_text(), "ngày 05 tháng 6 năm 2026");
  EXPECT_EQ(Day::of(2026, 11, 22).weekday_text(), "Chủ nhật");
}

TEST(Day, reads_what_people_type_and_says_what_is_wrong) {
  EXPECT_EQ(*Day::parse("22/11/2026"), Day::of(2026, 11, 22));
  EXPECT_EQ(*Day::parse(" 2-9-2026 "), Day::of(2026, 9, 2));
  EXPECT_EQ(*Day::parse("2026-09-02"), Day::of(2026, 9, 2));
  EXPECT_EQ(Day::parse("31/02/2026").error().code, "day.impossible");
  EXPECT_EQ(Day::parse("hôm qua").error().code, "day.form");
  EXPECT_EQ(Day::parse("22/11/26").error().code, "day.impossible");
}

TEST(Period, names_the_usual_windows) {
  EXPECT_EQ(Period::parse("2026-H1")->iso(), "2026-01-01..2026-06-30");
  EXPECT_EQ(Period::parse("SY2025")->iso(), "2025-09-01..2026-08-31");
  EXPECT_EQ(Period::parse("2025-12-01..2026-05-31")->text(), "từ 01/12/2025 đến hết 31/5/2026");
  EXPECT_FALSE(Period::parse("2026-13"));
  EXPECT_FALSE(Period::parse("2026-05-31..2025-12-01"));
}

TEST(Period, the_window_before_and_the_same_window_last_year_have_whole_months) {
  const auto half = *Period::parse("2025-12-01..2026-05-31");
  EXPECT_EQ(half.before().iso(), "2025-06-01..2025-11-30");
  EXPECT_EQ(half.same_last_year().iso(), "2024-12-01..2025-05-31");
  EXPECT_EQ(Period::parse("2024-02")->same_last_year().iso(), "2023-02-01..2023-02-28");
  EXPECT_EQ(Period::parse("2025-02")->same_last_year().iso(), "2024-02-01..2024-02-29");
  EXPECT_EQ(Period::parse("2025-12-15..2026-06-14")->before().last.iso(), "2025-12-14");
  EXPECT_TRUE(Period::parse("SY2025")->crosses(Period::year(2026)));
  EXPECT_FALSE(Period::month(2026, 3).crosses(Period::year(2026)));
}

TEST(Number, is_said_as_a_treasurer_says_it) {
  EXPECT_EQ(number_in_words(6'400'000), "sáu triệu bốn trăm nghìn");
  EXPECT_EQ(number_in_words(105), "một trăm linh năm");
  EXPECT_EQ(number_in_words(1'015), "một nghìn không trăm mười lăm");
  EXPECT_EQ(number_in_words(21), "hai mươi mốt");
  EXPECT_EQ(number_in_words(24), "hai mươi tư");
  EXPECT_EQ(number_in_words(2'000'000'000), "hai tỷ");
  EXPECT_EQ(number_in_words(1'500'000'000'000), "một nghìn năm trăm tỷ");
  EXPECT_EQ(number_in_words(-3), "âm ba");
  EXPECT_EQ(Money{4'250'000}.in_words(), "bốn triệu hai trăm năm mươi nghìn đồng");
}

TEST(Number, is_written_with_dots_and_a_comma) {
  EXPECT_EQ(number_text(1'234'567), "1.234.567");
  EXPECT_EQ(number_text(-1'234), "-1.234");
  EXPECT_EQ(number_text(123), "123");
  EXPECT_EQ(percent_text(2, 15), "13,3%");
  EXPECT_EQ(percent_text(1, 0), "–");
  EXPECT_EQ(percent_text(-1, 2000), "-0,1%");
  EXPECT_EQ(change_text(0), "không thay đổi");
  EXPECT_EQ(change_text(-1200), "giảm 1.200");
  EXPECT_EQ(rounded_ratio(-3, 2), -2);
}

TEST(Number, typed_wrong_is_refused_with_a_reason) {
  EXPECT_EQ(*parse_whole_number("1.250"), 1250);
  EXPECT_EQ(*parse_whole_number(" 1250 "), 1250);
  EXPECT_EQ(*parse_whole_number("-7"), -7);
  EXPECT_EQ(parse_whole_number("1,5").error().code, "number.decimal");
  EXPECT_EQ(parse_whole_number("1.00").error().code, "number.separator");
  EXPECT_EQ(parse_whole_number("12.34.567").error().code, "number.separator");
  EXPECT_EQ(parse_whole_number("mười").error().code, "number.form");
  EXPECT_EQ(parse_whole_number("").error().code, "number.empty");
  EXPECT_EQ(parse_whole_number("1234567890123456").error().code, "number.size");
  EXPECT_EQ(Money::parse("6.400.000 đồng")->dong, 6'400'000);
  EXPECT_FALSE(Money::parse("6,4 triệu"));
}

TEST(Text, is_found_without_marks_and_with_either_apostrophe) {
  EXPECT_EQ(folded("H’Ngoan Niê"), folded("h'ngoan nie"));
  EXPECT_EQ(folded("M’Đrắk"), "mdrak");
  EXPECT_EQ(folded("Đồng  Tháp – Cao Lãnh"), "dong thap cao lanh");
  EXPECT_EQ(folded("Ayŭn Hđơk"), "ayun hdok");
}

TEST(Text, is_called_tidy_only_where_nothing_is_to_be_tidied) {
  for (const std::string_view text : {"Chi hội Thôn 8", "Ấp Phú Lợi", "Y Bhiông Niê Ayŭn", "ĐĂK LĂK", "a"}) EXPECT_TRUE(is_tidy(text)) << text;
  for (const std::string_view text : {"", " a", "a ", "a  b", "a\tb", "Hoa\xCC\x80", "a\xC2\xA0z", "Ea\xE2\x80\x8BKar", "a\xC3", "a\xC3z", "a\xE1\xBA", "a\xE1\xBAz", "\xE1\xBF\xBD", "\xFF"}) EXPECT_FALSE(is_tidy(text)) << text;
  // every letter that is let pass, before and behind others; with line breaks kept the text is taken apart by the rules of Unicode
  const auto stays = [](char32_t c) {
    std::string one;
    if (c < 0x80) one = {static_cast<char>(c)};
    else if (c < 0x800) one = {static_cast<char>(0xC0 | (c >> 6)), static_cast<char>(0x80 | (c & 0x3F))};
    else one = {static_cast<char>(0xE0 | (c >> 12)), static_cast<char>(0x80 | ((c >> 6) & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))};
    const std::string text = "e" + one + "u";
    if (!is_tidy(text)) return;
    EXPECT_EQ(normalised_lines(text), text) << static_cast<unsigned>(c);
  };
  for (char32_t c = 1; c < 0x2000; ++c) stays(c);
}

TEST(Text, is_stored_in_one_form) {
  EXPECT_EQ(normalised("Hoa\xCC\x80"), "Hoà");
  EXPECT_EQ(normalised("  Ea \t Kar\xE2\x80\x8B "), "Ea Kar");
  EXPECT_EQ(normalised_lines("a\r\nb\rc"), "a\nb\nc");
  EXPECT_FALSE(is_valid_utf8("\xFF"));
}

TEST(Text, sorts_by_the_vietnamese_alphabet_and_numbers_by_value) {
  const auto before = [](std::string_view a, std::string_view b) { return sort_key(a) < sort_key(b); };
  EXPECT_TRUE(before("Thôn 8", "Thôn 11"));
  EXPECT_TRUE(before("an", "ăn"));
  EXPECT_TRUE(before("ăn", "ân"));
  EXPECT_TRUE(before("dung", "đan"));
  EXPECT_TRUE(before("ma", "mà"));
  EXPECT_TRUE(before("mà", "mả"));
  EXPECT_TRUE(before("má", "mạ"));
  EXPECT_TRUE(before("Ea", "Ea Kar"));
}

// Behind a letter of another script the whole text is taken apart by the rules of Unicode instead of the table of Latin letters.
TEST(Text, has_the_same_keys_by_the_table_of_latin_letters_as_by_the_rules_of_unicode) {
  const auto utf8 = [](std::uint32_t c) {
    return c < 0x80    ? std::string{static_cast<char>(c)}
           : c < 0x800 ? std::string{static_cast<char>(0xC0 | (c >> 6)), static_cast<char>(0x80 | (c & 0x3F))}
                       : std::string{static_cast<char>(0xE0 | (c >> 12)), static_cast<char>(0x80 | ((c >> 6) & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))};
  };
  const std::string other = "жж";
  for (std::uint32_t c = 1; c < 0x1F00; ++c) {
    const std::string letter = utf8(c);
    ASSERT_EQ(folded(letter + "a" + other), folded(letter + "a") + other) << std::hex << c;
    const std::string key = sort_key(letter + "a"), longer = sort_key(letter + "a" + other);
    ASSERT_EQ(key.substr(0, key.find('\x01')), longer.substr(0, key.find('\x01'))) << std::hex << c;
    ASSERT_EQ(key.substr(key.find('\x01')) + "00", longer.substr(longer.find('\x01'))) << std::hex << c;
  }
}

TEST(Text, sorts_people_by_given_name) {
  const auto before = [](std::string_view a, std::string_view b) { return person_sort_key(a) < person_sort_key(b); };
  EXPECT_TRUE(before("Trần Văn An", "Nguyễn Thị Bình"));
  EXPECT_TRUE(before("Lê Văn An", "Trần Văn An"));
  EXPECT_TRUE(before("Y Bhiông Niê", "Nguyễn Văn Cường"));
  EXPECT_TRUE(before("H’Bích Êban", "Trần Thị Hoa"));
}

TEST(Text, knows_a_place_however_its_tone_is_placed) {
  EXPECT_EQ(tone_neutral("Thanh Hoá"), tone_neutral("Thanh Hóa"));
  EXPECT_NE(tone_neutral("Thanh Hóa"), tone_neutral("Thanh Hòa"));
  EXPECT_EQ(upper_case("đắk lắk"), "ĐẮK LẮK");
}

TEST(Uuid, sorts_by_when_it_was_made_and_reads_back) {
  const auto a = Uuid::make(1'000);
  const auto b = Uuid::make(2'000);
  EXPECT_LT(a.text(), b.text());
  EXPECT_EQ(*Uuid::parse(a.text()), a);
  EXPECT_EQ(a.text()[14], '7');
  EXPECT_FALSE(Uuid::parse("not-a-uuid"));
}

TEST(Clock, cuts_days_at_seven_hours_east) {
  EXPECT_EQ(day_of_ms(0), Day::of(1970, 1, 1));
  EXPECT_EQ(day_of_ms(17 * 3'600'000LL), Day::of(1970, 1, 2));
  EXPECT_EQ(Clock::fixed_day(Day::of(2026, 6, 8)).today(), Day::of(2026, 6, 8));
  EXPECT_EQ(time_text(0), "7 giờ 00 phút ngày 01/01/1970");
}

}  // namespace
}  // namespace khuyenhoc
