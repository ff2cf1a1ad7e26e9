#include "reminders/reminders.h"

#include <stdexcept>

#include "platform/mail/smtp_sink.h"
#include "signed_reports/signed_fixture.h"

namespace khuyenhoc {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using State = ReminderMail::State;

class Reminders : public OnSmallRound {
 protected:
  void SetUp() override {
    OnSmallRound::SetUp();
    if (IsSkipped()) return;
    round = open(commune().province, first_half());       // communes are due on 10 June, two days from now
    boss = manager(commune().province);
    liên = small->sign_in("0912000001", "Bà", "Trần Kim Liên", commune().ea_kar, "Thư ký").user;
    hold(commune().ea_kar, "thu_ky", "Trần Kim Liên", liên);
  }
  Viewer manager(BodyId body) { return holder(body, {Permission::see_figures, Permission::manage_users, Permission::keep_bodies, Permission::see_names}, UserId{30}, "Ông Lê Văn Hòa"); }
  void hold(BodyId body, const std::string& post, const std::string& name, UserId user) {
    const auto done = write([&](db::Writer& writer) { return appoint(store(), writer, {}, {.body = body, .post = post, .person_name = name, .user = user, .from = Day::of(2025, 7, 1), .until = {}, .term = {}}); });
    ASSERT_TRUE(done) << done.error().message;
  }
  MailServer server_at(const std::string& host, int port) {
    MailServer given;
    given.body = commune().province;
    given.host = host;
    given.port = port;
    given.security = mail::Security::none;
    given.from_address = "khuyenhoc@daklak.example.vn";
    given.from_name = "Hội Khuyến học tỉnh Đắk Lắk";
    return given;
  }
  Result<MailServer> keep(MailServer given) {
    return write([&](db::Writer& writer) { return keep_mail_server(writer, house(), *boss, given); });
  }
  Result<ReminderRule> keep(ReminderRule given) {
    return write([&](db::Writer& writer) { return keep_reminder_rule(writer, house(), *boss, given); });
  }
  ReminderRule rule(std::int64_t before, bool on_day, std::int64_t after) {
    ReminderRule given = read([&](db::Reader& reader) { return reminder_rule(reader, commune().province); });
    given.before_days = before;
    given.on_day = on_day;
    given.after_days = after;
    return given;
  }
  MailAddress keep_address(MailAddress::Owner owner, std::int64_t of, const std::string& typed) {
    const Viewer who = owner == MailAddress::Owner::user ? holder(commune().ea_kar, {}, UserId{of}, "Bà Trần Kim Liên") : manager(BodyId{of});
    const auto known = read([&](db::Reader& reader) { return mail_address(reader, house().keys, owner, of); });
    const auto done = write([&](db::Writer& writer) { return keep_mail_address(writer, house(), who, {0, owner, of, typed, {}, known ? known->row_version : 0}); });
    EXPECT_TRUE(done) << done.error().message;
    return done.value_or(MailAddress{});
  }
  void ready(const std::string& host = "127.0.0.1", int port = 25) {
    ASSERT_TRUE(keep(server_at(host, port)));
    ASSERT_TRUE(keep(rule(3, true, 2)));
    address = keep_address(MailAddress::Owner::user, liên.value, "lien@eakar.example.vn");
  }
  std::vector<ReminderMail> mails() {
    return read([&](db::Reader& reader) { return reminders_of(reader, commune().province, 100); });
  }
  SendMail taking(std::vector<mail::Message>& into, mail::Delivery answer = {mail::Delivery::Fate::sent, 250, {}}) {
    return [&into, answer](const mail::Server&, const mail::Message& message) {
      into.push_back(message);
      return answer;
    };
  }

  RoundId round;
  std::optional<Viewer> boss;
  UserId liên;
  MailAddress address;
};
ON_BOTH_STORES(Reminders);

TEST_P(Reminders, Nothing_is_sent_unless_the_office_says_so) {
  keep_address(MailAddress::Owner::user, liên.value, "lien@eakar.example.vn");
  EXPECT_EQ(plan_reminders(house(), small->clock.today()), 0u);
  EXPECT_EQ(keep(rule(3, true, 2)).error().code, "reminder.no_server");
  ASSERT_TRUE(keep(server_at("127.0.0.1", 25)));
  EXPECT_EQ(plan_reminders(house(), small->clock.today()), 0u) << "a server alone sends nothing";
  ReminderRule nobody = rule(3, true, 2);
  nobody.posts.clear();
  EXPECT_EQ(keep(nobody).error().code, "reminder.nobody");
  EXPECT_EQ(keep(rule(40, false, 0)).error().place, "truoc");
  ASSERT_TRUE(keep(rule(3, true, 2)));
  EXPECT_EQ(plan_reminders(house(), small->clock.today()), 1u);
}

TEST_P(Reminders, Each_recipient_gets_one_mail_for_each_occasion) {
  ready();
  const Day due = first_half().period.last + 10;
  EXPECT_EQ(plan_reminders(house(), due - 4), 0u);
  EXPECT_EQ(plan_reminders(house(), due - 3), 1u);
  EXPECT_EQ(plan_reminders(house(), due - 3), 0u) << "asked again";
  EXPECT_EQ(plan_reminders(house(), due - 2), 0u) << "the same occasion on another day";
  EXPECT_EQ(plan_reminders(house(), due), 1u);
  EXPECT_EQ(plan_reminders(house(), due + 1), 0u);
  EXPECT_EQ(plan_reminders(house(), due + 2), 1u);
  EXPECT_EQ(plan_reminders(house(), due + 30), 0u);
  EXPECT_EQ(mails().size(), 3u);
  keep_address(MailAddress::Owner::body, commune().ea_o.value, "eao@example.vn");
  ReminderRule wider = rule(3, true, 2);
  wider.to_body = true;
  ASSERT_TRUE(keep(wider));
  EXPECT_EQ(plan_reminders(house(), due - 1), 1u) << "the common address of Ea Ô";
}

TEST_P(Reminders, A_mail_says_what_is_due_and_goes_once) {
  ready();
  plan_reminders(house(), small->clock.today());
  const std::int64_t id = mails().front().id;
  std::vector<mail::Message> sent;
  EXPECT_TRUE(send_reminder(house(), id, taking(sent)));
  ASSERT_EQ(sent.size(), 1u);
  EXPECT_EQ(sent[0].to.address, "lien@eakar.example.vn");
  EXPECT_EQ(sent[0].to.name, "Bà Trần Kim Liên");
  EXPECT_EQ(sent[0].from.name, "Hội Khuyến học tỉnh Đắk Lắk");
  EXPECT_THAT(sent[0].subject, AllOf(HasSubstr("Báo cáo 6 tháng đầu năm 2026"), HasSubstr("còn 2 ngày")));
  EXPECT_THAT(sent[0].text, AllOf(HasSubstr("Kính gửi bà Trần Kim Liên"), HasSubstr("Hội Khuyến học xã Ea Kar"), HasSubstr("Hội Khuyến học tỉnh Đắk Lắk"), HasSubstr("Không muốn nhận")));
  EXPECT_EQ(mails().front().state, State::sent);
  EXPECT_TRUE(send_reminder(house(), id, taking(sent))) << "the job runs again";
  EXPECT_EQ(sent.size(), 1u) << "and sends nothing";
}

TEST_P(Reminders, A_machine_that_stops_while_sending_does_not_send_twice) {
  ready();
  plan_reminders(house(), small->clock.today());
  const std::int64_t id = mails().front().id;
  EXPECT_THROW((void)send_reminder(house(), id, [](const mail::Server&, const mail::Message&) -> mail::Delivery { throw std::runtime_error("the lights went out"); }), std::runtime_error);
  std::vector<mail::Message> sent;
  EXPECT_TRUE(send_reminder(house(), id, taking(sent)));
  EXPECT_THAT(sent, IsEmpty());
  EXPECT_EQ(mails().front().state, State::unknown);
  EXPECT_THAT(mails().front().reason, HasSubstr("không gửi lại"));
}

TEST_P(Reminders, A_server_that_says_later_is_asked_again_and_one_that_refuses_is_told) {
  ready();
  plan_reminders(house(), small->clock.today());
  const std::int64_t id = mails().front().id;
  std::vector<mail::Message> sent;
  const auto later = taking(sent, {mail::Delivery::Fate::later, 451, "Máy chủ thư hẹn gửi lại sau (mã 451)."});
  for (int i = 0; i < 7; ++i) EXPECT_THROW((void)send_reminder(house(), id, later), std::runtime_error);
  EXPECT_EQ(mails().front().state, State::waiting);
  EXPECT_FALSE(send_reminder(house(), id, later)) << "the eighth is the last";
  EXPECT_EQ(mails().front().state, State::failed);
  EXPECT_EQ(mails().front().code, 451);
  ASSERT_TRUE(write([&](db::Writer& writer) { return ask_again(writer, house(), *boss, id); }));
  EXPECT_FALSE(send_reminder(house(), id, taking(sent, {mail::Delivery::Fate::refused, 550, "Máy chủ thư báo địa chỉ người nhận không có."})));
  EXPECT_EQ(mails().front().state, State::failed);
  EXPECT_THAT(mails().front().reason, HasSubstr("người nhận"));
  EXPECT_FALSE(write([&](db::Writer& writer) { return ask_again(writer, house(), manager(commune().ea_kar), id); })) << "another office's";
}

TEST_P(Reminders, What_is_not_needed_any_more_is_not_sent) {
  ready();
  plan_reminders(house(), small->clock.today());
  write([&](db::Writer& writer) { set_stopped(writer, house(), address.id, true); });
  std::vector<mail::Message> sent;
  EXPECT_TRUE(send_reminder(house(), mails().front().id, taking(sent)));
  EXPECT_EQ(mails().front().state, State::dropped);
  EXPECT_EQ(plan_reminders(house(), first_half().period.last + 10), 0u) << "who wants none is not asked for";
  write([&](db::Writer& writer) { set_stopped(writer, house(), address.id, false); });
  EXPECT_EQ(plan_reminders(house(), first_half().period.last + 10), 1u);
  small->state(commune().thon_8, "B01", first_half(), 120);
  ASSERT_TRUE(submit(round, commune().ea_kar));
  ASSERT_TRUE(sign(round, commune().ea_kar));
  EXPECT_TRUE(send_reminder(house(), mails().front().id, taking(sent)));
  EXPECT_EQ(mails().front().state, State::dropped);
  EXPECT_THAT(mails().front().reason, HasSubstr("đã gửi báo cáo"));
  EXPECT_THAT(sent, IsEmpty());
}

TEST_P(Reminders, The_worker_takes_them_to_a_server) {
  const mail::SmtpSink sink;
  ready("127.0.0.1", sink.port());
  jobs::Worker worker(store(), small->clock, mail_worker_options());
  handle_reminders(worker, house());
  begin_reminders(house());
  begin_reminders(house());
  int runs = 0;
  while (worker.run_one()) ++runs;
  EXPECT_EQ(runs, 2) << "the day's planning once, and its one mail";
  ASSERT_EQ(sink.letters().size(), 1u);
  EXPECT_THAT(sink.letters()[0].to, HasSubstr("lien@eakar.example.vn"));
  EXPECT_EQ(mails().front().state, State::sent);
}

TEST_P(Reminders, A_password_is_sealed_and_told_to_no_other_server) {
  MailServer given = server_at("smtp.example.vn", 587);
  given.user = "khuyenhoc";
  EXPECT_EQ(keep(given).error().place, "mat-khau");
  given.password = "bí mật 123";
  auto kept = keep(given);
  ASSERT_TRUE(kept);
  EXPECT_EQ(keep(given).error().code, "mail.stale");
  const auto raw = read([&](db::Reader& reader) {
    return reader.first("SELECT password_sealed FROM mail_server", {}, [](const db::Row& row) { return std::string(reinterpret_cast<const char*>(row.bytes(0).data()), row.bytes(0).size()); });
  });
  EXPECT_EQ(raw->find("123"), std::string::npos);
  given.row_version = kept->row_version;
  given.password.clear();
  kept = keep(given);
  ASSERT_TRUE(kept) << "the same server keeps it";
  EXPECT_EQ(read([&](db::Reader& reader) { return own_mail_server(reader, house().keys, commune().province); })->password, "bí mật 123");
  given.row_version = kept->row_version;
  given.host = "smtp.khac.example.vn";
  EXPECT_EQ(keep(given).error().code, "mail.password") << "another server is not told it";
  given.host = "smtp.example.vn";
  given.security = mail::Security::none;
  given.password = "x";
  kept = keep(given);
  ASSERT_TRUE(kept);
  EXPECT_EQ(read([&](db::Reader& reader) { return mail_server_for(reader, house().keys, *house().organisation.current(), commune().thon_8, small->clock.today()); })->body, commune().province) << "those below use it";
  for (const std::string_view host : {"", "smtp example", "http://smtp.example.vn", "smtp.example.vn/x"}) {
    given.row_version = kept->row_version;
    given.host = host;
    EXPECT_EQ(keep(given).error().code, "mail.host") << host;
  }
  EXPECT_EQ(write([&](db::Writer& writer) { return keep_mail_server(writer, house(), manager(commune().ea_kar), server_at("a.vn", 25)); }).error().code, "mail.may_not");
}

TEST_P(Reminders, The_last_line_of_a_mail_stops_them_without_signing_in) {
  ready();
  const std::string token = stop_token(house().keys, address.id);
  const auto find = [&](const std::string& given) { return read([&](db::Reader& reader) { return address_of_stop_token(reader, house().keys, given); }); };
  ASSERT_TRUE(find(token));
  EXPECT_EQ(find(token)->address, "lien@eakar.example.vn");
  for (const std::string& wrong : {std::string(), std::string("1"), token + "x", token.substr(1), fmt::format("{}.{}", address.id + 1, token.substr(token.find('.') + 1)), std::string(5'000, '9')}) EXPECT_FALSE(find(wrong)) << wrong;
}

// ---- the calendar

std::string unfolded(std::string text) {
  for (std::size_t at; (at = text.find("\r\n ")) != std::string::npos;) text.erase(at, 3);
  return text;
}
std::size_t count_of(const std::string& text, std::string_view what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

class Calendars : public Reminders {
 protected:
  std::string file(const std::vector<DueDaySource>& sources = {round_due_days}) {
    const auto made = calendar_file(house(), token, "https://hoi.example.vn", sources);
    return made ? unfolded(*made) : std::string();
  }
  void SetUp() override {
    Reminders::SetUp();
    if (IsSkipped()) return;
    token = write([&](db::Writer& writer) { return make_calendar(writer, house(), holder(commune().ea_kar, {}, liên, "Bà Trần Kim Liên")); });
  }
  std::string token;
};
ON_BOTH_STORES(Calendars);

TEST_P(Calendars, The_days_of_ones_bodies_are_told_and_again_the_same) {
  const std::string first = file();
  EXPECT_THAT(first, AllOf(HasSubstr("DTSTART;VALUE=DATE:20260610"), HasSubstr("SUMMARY:Hạn gửi “Báo cáo 6 tháng đầu năm 2026”"), HasSubstr("SEQUENCE:0"), HasSubstr("URL:https://hoi.example.vn/dot-bao-cao/")));
  EXPECT_EQ(count_of(first, "BEGIN:VEVENT"), 1u);
  EXPECT_EQ(file(), first) << "nothing has changed";
}

TEST_P(Calendars, What_moves_or_is_gone_says_so_under_the_same_name) {
  std::vector<DueDay> told{{"hop-1", Day::of(2026, 6, 20), "Họp Ban Thường vụ", "Tại Hội trường xã.", "/hop/1", 1}, {"hop-2", Day::of(2026, 6, 25), "Họp giao ban", "", "/hop/2", 0}};
  const std::vector<DueDaySource> sources{round_due_days, [&](db::Reader&, const House&, const Viewer&) { return told; }};
  const std::string first = file(sources);
  EXPECT_EQ(count_of(first, "BEGIN:VEVENT"), 3u);
  told[0].day = Day::of(2026, 6, 22);
  told.pop_back();
  const std::string second = file(sources);
  EXPECT_EQ(count_of(second, "UID:hop-1@"), 1u);
  EXPECT_THAT(second, AllOf(HasSubstr("DTSTART;VALUE=DATE:20260622"), Not(HasSubstr("20260620")), HasSubstr("SEQUENCE:1"), HasSubstr("STATUS:CANCELLED"), HasSubstr("SUMMARY:Họp giao ban")));
  EXPECT_EQ(file(sources), second);
  told.push_back({"hop-2", Day::of(2026, 6, 25), "Họp giao ban", "", "/hop/2", 0});
  EXPECT_THAT(file(sources), AllOf(HasSubstr("SEQUENCE:2"), Not(HasSubstr("CANCELLED")))) << "back again";
}

TEST_P(Calendars, A_report_that_was_sent_is_due_no_more) {
  (void)file();
  small->state(commune().thon_8, "B01", first_half(), 120);
  ASSERT_TRUE(submit(round, commune().ea_kar));
  ASSERT_TRUE(sign(round, commune().ea_kar));
  EXPECT_THAT(file(), AllOf(HasSubstr("STATUS:CANCELLED"), HasSubstr("SEQUENCE:1")));
}

TEST_P(Calendars, An_address_that_was_revoked_opens_nothing) {
  EXPECT_FALSE(file().empty());
  const std::string before = token;
  const Viewer me = holder(commune().ea_kar, {}, liên, "Bà Trần Kim Liên");
  token = write([&](db::Writer& writer) { return make_calendar(writer, house(), me); });
  EXPECT_FALSE(file().empty());
  EXPECT_FALSE(calendar_file(house(), before, "", {round_due_days})) << "a new one ends the one before";
  EXPECT_EQ(read([&](db::Reader& reader) { return calendar_token(reader, house().keys, liên); }), token);
  write([&](db::Writer& writer) { revoke_calendar(writer, house(), me); });
  EXPECT_EQ(file(), "");
  EXPECT_FALSE(calendar_file(house(), "", "", {}));
  EXPECT_FALSE(calendar_file(house(), std::string(10'000, 'a'), "", {}));
}

}  // namespace
}  // namespace khuyenhoc
