#include "platform/calendar/calendar.h"

#include <gmock/gmock.h>

namespace khuyenhoc::calendar {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Event due() {
  Event out;
  out.uid = "bao-cao-17@khuyenhoc";
  out.day = Day::of(2026, 6, 10);
  out.summary = "Hạn gửi Báo cáo 6 tháng đầu năm 2026; Hội Khuyến học xã Ea Kar, gửi Hội Khuyến học tỉnh Đắk Lắk";
  out.description = "Còn 3 số chưa khớp.\nXin xem lại, rồi trình Chủ tịch.";
  out.link = "https://hoi.example.vn/dot-bao-cao/1/don-vi/2";
  out.changed_ms = 1'780'884'000'000;
  out.sequence = 2;
  return out;
}

// Lines put together again as a reader does.
std::string unfolded(std::string text) {
  for (std::size_t at; (at = text.find("\r\n ")) != std::string::npos;) text.erase(at, 3);
  return text;
}

TEST(Calendar, A_due_day_is_a_whole_day_with_its_number_and_time_of_change) {
  const Event events[] = {due()};
  const std::string text = unfolded(as_file("Lịch khuyến học", events));
  EXPECT_THAT(text, HasSubstr("BEGIN:VCALENDAR\r\n"));
  EXPECT_THAT(text, HasSubstr("UID:bao-cao-17@khuyenhoc\r\n"));
  EXPECT_THAT(text, HasSubstr("DTSTART;VALUE=DATE:20260610\r\n"));
  EXPECT_THAT(text, HasSubstr("DTEND;VALUE=DATE:20260611\r\n"));
  EXPECT_THAT(text, HasSubstr("SEQUENCE:2\r\n"));
  EXPECT_THAT(text, HasSubstr("LAST-MODIFIED:20260608T020000Z\r\n"));
  EXPECT_THAT(text, HasSubstr("STATUS:CONFIRMED\r\n"));
  EXPECT_THAT(text, HasSubstr("X-WR-CALNAME:Lịch khuyến học\r\n"));
  EXPECT_THAT(text, Not(HasSubstr("VALARM")));
}

TEST(Calendar, Texts_are_escaped_and_lines_folded_between_letters) {
  const Event events[] = {due()};
  const std::string text = as_file("Lịch khuyến học", events);
  std::size_t begin = 0;
  for (std::size_t end; (end = text.find("\r\n", begin)) != std::string::npos; begin = end + 2) {
    EXPECT_LE(end - begin, 75u) << text.substr(begin, end - begin);
    if (begin < end) {
      EXPECT_NE(static_cast<unsigned char>(text[text[begin] == ' ' ? begin + 1 : begin]) & 0xC0U, 0x80U) << "a letter is cut: " << text.substr(begin, end - begin);
    }
  }
  EXPECT_EQ(begin, text.size());
  EXPECT_THAT(unfolded(text), HasSubstr("SUMMARY:Hạn gửi Báo cáo 6 tháng đầu năm 2026\\; Hội Khuyến học xã Ea Kar\\, gửi"));
  EXPECT_THAT(unfolded(text), HasSubstr("DESCRIPTION:Còn 3 số chưa khớp.\\nXin xem lại\\, rồi"));
}

TEST(Calendar, What_is_called_off_is_said_to_be_and_an_alarm_rings_days_before) {
  Event gone = due(), soon = due();
  gone.state = Event::State::called_off;
  gone.remind_days_before = 3;
  soon.uid = "bao-cao-18@khuyenhoc";
  soon.remind_days_before = 3;
  const Event events[] = {gone, soon};
  const std::string text = unfolded(as_file("Lịch", events));
  EXPECT_THAT(text, HasSubstr("STATUS:CANCELLED\r\n"));
  EXPECT_THAT(text, HasSubstr("TRIGGER:-P2DT16H\r\n"));
  EXPECT_EQ(text.find("BEGIN:VALARM"), text.rfind("BEGIN:VALARM")) << "what is called off does not ring";
}

}  // namespace
}  // namespace khuyenhoc::calendar
