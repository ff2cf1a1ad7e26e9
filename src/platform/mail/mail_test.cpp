#include "platform/mail/mail.h"

#include <gmock/gmock.h>

#include "platform/mail/smtp_sink.h"

namespace khuyenhoc::mail {
namespace {

using Fate = Delivery::Fate;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

Message reminder() {
  Message out;
  out.from = {"Hội Khuyến học tỉnh Đắk Lắk", "khuyenhoc@daklak.example.vn"};
  out.to = {"Bà Trần Kim Liên", "lien@eakar.example.vn"};
  out.subject = "Nhắc gửi Báo cáo 6 tháng đầu năm 2026 của Hội Khuyến học xã Ea Kar: còn 3 ngày";
  out.text = "Kính gửi bà Trần Kim Liên.\nHội Khuyến học xã Ea Kar chưa gửi báo cáo.\n.\nTrân trọng.";
  out.id = "nhac-17@daklak.example.vn";
  out.at_ms = 1'780'884'000'000;
  return out;
}
Server server(const SmtpSink& sink, Security security = Security::none) { return {.host = "127.0.0.1", .port = sink.port(), .security = security, .user = {}, .password = {}, .timeout_ms = 3'000}; }

TEST(Mail, Vietnamese_travels_encoded_in_short_lines) {
  const std::string text = as_sent(reminder());
  std::size_t begin = 0;
  for (std::size_t end; (end = text.find("\r\n", begin)) != std::string::npos; begin = end + 2) {
    EXPECT_LE(end - begin, 78u) << text.substr(begin, end - begin);
    for (std::size_t i = begin; i < end; ++i) EXPECT_LT(static_cast<unsigned char>(text[i]), 0x80);
  }
  EXPECT_EQ(begin, text.size()) << "every line ends";
  EXPECT_THAT(text, HasSubstr("Date: Mon, 08 Jun 2026 09:00:00 +0700\r\n"));
  EXPECT_THAT(text, HasSubstr("Subject: =?UTF-8?B?Tmjhuq9j"));
  EXPECT_THAT(text, HasSubstr("Content-Type: text/plain; charset=UTF-8\r\n"));
}

TEST(Mail, A_name_cannot_begin_another_header) {
  Message message = reminder();
  message.to.name = "Liên\r\nBcc: khac@example.vn";
  message.subject = "Nhắc\r\nX-Evil: 1";
  const std::string text = as_sent(message);
  EXPECT_THAT(text, Not(HasSubstr("Bcc:")));
  EXPECT_THAT(text, Not(HasSubstr("X-Evil")));
}

TEST(Mail, Addresses_are_judged_in_words) {
  for (const std::string_view good : {"lien@eakar.vn", " a.b+c@mail.hoi-khuyenhoc.gov.vn "}) EXPECT_TRUE(checked_address(good)) << good;
  for (const std::string_view bad : {"", "lien", "lien@", "@eakar.vn", "lien@eakar", "li en@eakar.vn", "liên@eakar.vn", "a@b..vn", "a@-b.vn", "a,b@c.vn", "a@b.vn\r\nBcc: c@d.vn", ".a@b.vn"}) {
    const auto judged = checked_address(bad);
    ASSERT_FALSE(judged) << bad;
    EXPECT_EQ(judged.error().code, "mail.address");
  }
}

TEST(Mail, A_message_arrives_whole) {
  const SmtpSink sink;
  const Delivery done = send(server(sink), reminder());
  EXPECT_EQ(done.fate, Fate::sent) << done.reason;
  const auto letters = sink.letters();
  ASSERT_EQ(letters.size(), 1u);
  EXPECT_THAT(letters[0].from, HasSubstr("<khuyenhoc@daklak.example.vn>"));
  EXPECT_THAT(letters[0].to, HasSubstr("<lien@eakar.example.vn>"));
  EXPECT_EQ(letters[0].data, as_sent(reminder()));
}

TEST(Mail, Signing_in_says_the_password_only_to_a_server_that_asks) {
  const SmtpSink sink;
  Server there = server(sink);
  there.user = "khuyenhoc";
  there.password = "mat-khau";
  EXPECT_EQ(send(there, reminder()).fate, Fate::sent);
  EXPECT_THAT(sink.heard(), Contains(StartsWith("AUTH")));
}

TEST(Mail, A_wrong_password_is_for_a_person_to_mend) {
  const SmtpSink sink(SmtpSink::Answers{{"AUTH", "535 5.7.8 authentication failed"}});
  Server there = server(sink);
  there.user = "khuyenhoc";
  there.password = "sai";
  const Delivery done = send(there, reminder());
  EXPECT_EQ(done.fate, Fate::refused);
  EXPECT_THAT(done.reason, HasSubstr("mật khẩu"));
  EXPECT_THAT(sink.letters(), IsEmpty());
}

TEST(Mail, Without_STARTTLS_nothing_is_said_where_it_is_wanted) {
  const SmtpSink sink;
  Server there = server(sink, Security::starttls);
  there.user = "khuyenhoc";
  there.password = "mat-khau";
  const Delivery done = send(there, reminder());
  EXPECT_EQ(done.fate, Fate::refused);
  EXPECT_THAT(done.reason, HasSubstr("mã hóa"));
  EXPECT_THAT(sink.heard(), Not(Contains(StartsWith("AUTH")))) << "the password never travels in the clear";
  EXPECT_THAT(sink.heard(), Not(Contains(StartsWith("MAIL"))));
}

TEST(Mail, A_server_that_offers_STARTTLS_and_cannot_is_told_nothing) {
  const SmtpSink sink(SmtpSink::Answers{}, true);
  Server there = server(sink, Security::starttls);
  there.timeout_ms = 700;
  there.user = "khuyenhoc";
  there.password = "mat-khau";
  EXPECT_NE(send(there, reminder()).fate, Fate::sent);
  EXPECT_THAT(sink.heard(), Contains("STARTTLS"));
  EXPECT_THAT(sink.letters(), IsEmpty());
}

TEST(Mail, A_server_that_is_away_or_busy_is_asked_later) {
  int port = 0;
  {
    const SmtpSink gone;
    port = gone.port();
  }
  Server nowhere{.host = "127.0.0.1", .port = port, .security = Security::none, .user = {}, .password = {}, .timeout_ms = 2'000};
  const Delivery down = send(nowhere, reminder());
  EXPECT_EQ(down.fate, Fate::later);
  EXPECT_THAT(down.reason, HasSubstr("Không kết nối được"));
  const SmtpSink grey(SmtpSink::Answers{{"RCPT", "451 4.7.1 Greylisted, try again later"}});
  const Delivery greylisted = send(server(grey), reminder());
  EXPECT_EQ(greylisted.fate, Fate::later);
  EXPECT_EQ(greylisted.code, 451);
  const SmtpSink breaking(SmtpSink::Answers{{"END", "hang up"}});
  EXPECT_EQ(send(server(breaking), reminder()).fate, Fate::later);
}

TEST(Mail, An_address_that_nobody_has_is_not_tried_again) {
  const SmtpSink sink(SmtpSink::Answers{{"RCPT", "550 5.1.1 no such user"}});
  const Delivery done = send(server(sink), reminder());
  EXPECT_EQ(done.fate, Fate::refused);
  EXPECT_EQ(done.code, 550);
  EXPECT_THAT(done.reason, HasSubstr("người nhận"));
}

}  // namespace
}  // namespace khuyenhoc::mail
