// Reminders that go out by themselves: mail about reports that are due, by each office's own choice, and the calendar of due days that a telephone subscribes to.
//
// Nothing is sent unless an office says so. A reminder about one report goes to one recipient once for each occasion, and never twice: where the machine stopped
// while sending, it is said not to be known. What is planned stands in the outbox (platform/jobs) in the transaction that plans it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/jobs/jobs.h"
#include "platform/mail/mail.h"
#include "rounds/rounds.h"
#include "shell/visit.h"

namespace khuyenhoc {

// ---- an office's mail server; bodies below without one of their own use it

struct MailServer {
  BodyId body;
  std::string host;
  std::int64_t port = 587;
  mail::Security security = mail::Security::starttls;
  std::string user;
  std::string password;                  // never shown again; in keep_mail_server() empty keeps the one that is stored
  bool has_password = false;
  std::string from_address, from_name;
  std::int64_t row_version = 0;          // 0: none stored yet
};
std::optional<MailServer> own_mail_server(db::Reader& reader, const crypto::KeyRing& keys, BodyId body);
// Of the body, or of the nearest above it that has one.
std::optional<MailServer> mail_server_for(db::Reader& reader, const crypto::KeyRing& keys, const Organisation& organisation, BodyId body, Day day);
// "mail.host", "mail.port", "mail.address" (place "thu-gui"), "mail.password" (another server or user, and no password given), "mail.stale", "mail.may_not"
Result<MailServer> keep_mail_server(db::Writer& writer, const House& house, const Viewer& viewer, MailServer given);
Result<void> remove_mail_server(db::Writer& writer, const House& house, const Viewer& viewer, BodyId body, std::int64_t expected_version);
// What is sent to try it; waits for the server's answer.
mail::Delivery try_mail_server(const House& house, const MailServer& server, const std::string& to);

// ---- when and to whom

struct ReminderRule {
  BodyId body;                           // the office that receives the reports
  std::int64_t before_days = 0;          // so many days before the due day; 0: not
  bool on_day = false;
  std::int64_t after_days = 0;           // so many days after it; 0: not
  std::vector<std::string> posts;        // whose holders at the body get it (catalogue/posts.toml)
  bool to_body = false;                  // the body's own address, too
  std::int64_t row_version = 0;
  bool sends() const { return (before_days > 0 || on_day || after_days > 0) && (to_body || !posts.empty()); }
};
ReminderRule reminder_rule(db::Reader& reader, BodyId body);
// "reminder.days" (place), "reminder.nobody", "mail.stale", "mail.may_not", "reminder.no_server"
Result<ReminderRule> keep_reminder_rule(db::Writer& writer, const House& house, const Viewer& viewer, ReminderRule given);

// ---- addresses: a person's own, or a body's

struct MailAddress {
  enum class Owner : std::int64_t { user = 1, body = 2 };
  std::int64_t id = 0;
  Owner owner = Owner::user;
  std::int64_t of = 0;                   // number of the user or the body
  std::string address;                   // may be empty
  std::optional<std::int64_t> stopped_ms;   // "không nhận thư nhắc nữa"
  std::int64_t row_version = 0;
};
std::optional<MailAddress> mail_address(db::Reader& reader, const crypto::KeyRing& keys, MailAddress::Owner owner, std::int64_t of);
// Empty: no address any more. "mail.address" (place "thu"), "mail.stale". A new address is written to again.
Result<MailAddress> keep_mail_address(db::Writer& writer, const House& house, const Viewer& viewer, MailAddress given);
// The link of every mail, without signing in: from it on nothing is sent to this address, or again.
std::string stop_token(const crypto::KeyRing& keys, std::int64_t address);
std::optional<MailAddress> address_of_stop_token(db::Reader& reader, const crypto::KeyRing& keys, std::string_view token);
void set_stopped(db::Writer& writer, const House& house, std::int64_t address, bool stopped);

// ---- what was sent

enum class Occasion : std::int64_t { before = 1, on_day = 2, after = 3 };
std::string occasion_words(Occasion occasion);

struct ReminderMail {
  std::int64_t id = 0;
  BodyId office;
  ReportId report;
  std::int64_t address = 0;
  Occasion occasion = Occasion::before;
  enum class State : std::int64_t {
    waiting = 0,         // to be sent, or to be tried again
    sending = 1,
    sent = 2,
    failed = 3,
    unknown = 4,         // the machine stopped while it was being sent
    dropped = 5,         // not needed any more: the report came, or the address wants none
  } state = State::waiting;
  std::int64_t attempts = 0, code = 0;
  std::string reason;                    // of what failed, or waits
  std::int64_t asked_ms = 0;
  std::optional<std::int64_t> ended_ms;
};
std::string reminder_state_words(ReminderMail::State state);
std::optional<ReminderMail> find_reminder(db::Reader& reader, std::int64_t id);
std::vector<ReminderMail> reminders_of(db::Reader& reader, BodyId office, std::size_t limit);      // newest first
std::map<ReminderMail::State, std::int64_t> reminder_counts(db::Reader& reader, BodyId office);

// What a mail would say today about a report, and to whom; for the preview, too.
struct ReminderText {
  std::string subject, text;
};
ReminderText reminder_text(const House& house, BodyId office, const ReportingRound& round, const RoundReport& report, const std::string& to_name, const std::string& site, Day today);

// What the rules ask for on the day, into the outbox; how many. Asked again on the same day it adds nothing.
std::size_t plan_reminders(House& house, Day today);
// One of them, as its job does; an exception means "later". `send` is mail::send but in tests.
using SendMail = std::function<mail::Delivery(const mail::Server&, const mail::Message&)>;
Result<std::string> send_reminder(House& house, std::int64_t id, const SendMail& send);
// A failed one once more, by a person's wish: "reminder.state"
Result<void> ask_again(db::Writer& writer, House& house, const Viewer& viewer, std::int64_t id);

inline constexpr std::string_view mail_queue = "thu";
jobs::Worker::Options mail_worker_options();
void handle_reminders(jobs::Worker& worker, House& house);      // before start(); also plans each day at seven in the morning
void begin_reminders(House& house);                             // asks for the first day's planning, once

// ---- the calendar of a person

struct DueDay {
  std::string uid;                       // the same as long as it is about the same
  Day day;
  std::string summary, description;
  std::string path;                      // "/dot-bao-cao/1/don-vi/17"
  int remind_days_before = 0;
};
// Rooms that have days to tell: rounds now, meetings and plans later.
using DueDaySource = std::function<std::vector<DueDay>(db::Reader&, const House&, const Viewer&)>;
// Reports to send, to sign and to receive, of the bodies the viewer acts for.
std::vector<DueDay> round_due_days(db::Reader& reader, const House& house, const Viewer& viewer);

std::optional<std::string> calendar_token(db::Reader& reader, const crypto::KeyRing& keys, UserId user);   // none: not made, or revoked
std::string make_calendar(db::Writer& writer, const House& house, const Viewer& viewer);                   // the one before ends
void revoke_calendar(db::Writer& writer, const House& house, const Viewer& viewer);
// The file for whoever knows the token; none: no such. `site`: "https://hoi.example.vn", in front of paths; may be empty.
std::optional<std::string> calendar_file(House& house, std::string_view token, const std::string& site, const std::vector<DueDaySource>& sources);

// /thu-dien-tu/{body}…, /nhac-viec, /thoi-nhac/{token}, /lich/{token}.ics
void add_reminder_pages(Pages& pages, std::vector<DueDaySource> sources = {round_due_days});

}  // namespace khuyenhoc
