// One reminder on its way: said to be on it before it goes, so that no machine that stops sends it twice.
#include <stdexcept>

#include "accounts/accounts.h"
#include "base/i18n.h"
#include "organisation/contacts.h"
#include "reminders/reminders_queries.h"

namespace khuyenhoc {
namespace {

using State = ReminderMail::State;

constexpr std::int64_t most_attempts = 8;          // as the worker has (platform/jobs)

bool is_over(State state) { return state == State::sent || state == State::failed || state == State::unknown || state == State::dropped; }

struct Ready {
  ReminderMail mail;
  mail::Server server;
  mail::Message message;
};

void end(db::Writer& writer, const House& house, ReminderMail mail, State state, std::string reason) {
  mail.state = state;
  mail.reason = std::move(reason);
  mail.ended_ms = house.clock.now_ms();
  reminders_sql::update_mail(writer, mail);
}

std::string name_of(db::Reader& reader, const House& house, const MailAddress& address, BodyId body) {
  if (address.owner == MailAddress::Owner::user) {
    const auto row = house.users.row(reader, UserId{address.of});
    return row ? row->salutation + (row->salutation.empty() ? "" : " ") + row->name : std::string();
  }
  const auto known = contact(reader, house.keys, body);
  return known ? known->head_name : std::string();
}

// Everything looked at again as it is now; none: it has come to its end without being sent.
std::optional<Ready> made_ready(db::Writer& writer, House& house, std::int64_t id) {
  auto mail = reminders_sql::mail(writer, id);
  if (!mail || is_over(mail->state)) return std::nullopt;
  if (mail->state == State::sending) {
    end(writer, house, *mail, State::unknown, tr("Máy dừng giữa lúc gửi nên không rõ thư đã đi chưa; không gửi lại để khỏi trùng."));
    return std::nullopt;
  }
  const auto report = find_report(writer, mail->report);
  const auto round = report ? find_round(writer, report->round) : std::nullopt;
  const auto address = reminders_sql::address_by_id(writer, house.keys, mail->address);
  const OrganisationView organisation = house.organisation.current();
  const Day today = house.clock.today();
  if (!round || report->state == ReportState::sent || report->state == ReportState::received || report->state == ReportState::closed) {
    end(writer, house, *mail, State::dropped, tr("Đơn vị đã gửi báo cáo, không cần nhắc nữa."));
    return std::nullopt;
  }
  if (!address || address->address.empty() || address->stopped_ms) {
    end(writer, house, *mail, State::dropped, tr("Người nhận không nhận thư nhắc nữa."));
    return std::nullopt;
  }
  const auto server = mail_server_for(writer, house.keys, *organisation, mail->office, today);
  if (!server) {
    end(writer, house, *mail, State::failed, tr("Chưa có máy chủ thư."));
    return std::nullopt;
  }
  const std::string site = site_address({}, {});
  const std::string name = name_of(writer, house, *address, report->body);
  const ReminderText said = reminder_text(house, mail->office, *round, *report, name, site, today);
  Ready out;
  mail->state = State::sending;
  ++mail->attempts;
  reminders_sql::update_mail(writer, *mail);
  out.mail = *mail;
  out.server = {.host = server->host, .port = static_cast<int>(server->port), .security = server->security, .user = server->user, .password = server->password};
  out.message.from = {server->from_name, server->from_address};
  out.message.to = {name, address->address};
  out.message.subject = said.subject;
  out.message.text = said.text;
  if (!site.empty()) {
    out.message.stop_link = fmt::format("{}/thoi-nhac/{}", site, stop_token(house.keys, address->id));
    out.message.text += "\n" + tr("Không muốn nhận thư nhắc nữa, xin mở: {}", out.message.stop_link);
  } else {
    out.message.text += "\n" + tr("Không muốn nhận thư nhắc nữa, xin vào mục “Nhắc việc của tôi” trên phần mềm, hoặc báo Hội cấp trên.");
  }
  out.message.id = fmt::format("nhac-{}@{}", mail->id, server->from_address.substr(server->from_address.rfind('@') + 1));
  out.message.at_ms = house.clock.now_ms();
  return out;
}

}  // namespace

std::string reminder_state_words(State state) {
  switch (state) {
    case State::waiting: return tr("Chờ gửi");
    case State::sending: return tr("Đang gửi");
    case State::sent: return tr("Đã gửi");
    case State::failed: return tr("Không gửi được");
    case State::unknown: return tr("Chưa rõ đã gửi chưa");
    case State::dropped: break;
  }
  return tr("Không cần gửi nữa");
}

std::optional<ReminderMail> find_reminder(db::Reader& reader, std::int64_t id) { return reminders_sql::mail(reader, id); }
std::vector<ReminderMail> reminders_of(db::Reader& reader, BodyId office, std::size_t limit) { return reminders_sql::mails_of(reader, office, static_cast<std::int64_t>(limit)); }
std::map<State, std::int64_t> reminder_counts(db::Reader& reader, BodyId office) { return reminders_sql::counts(reader, office); }

Result<std::string> send_reminder(House& house, std::int64_t id, const SendMail& send) {
  const LanguageScope in_vietnamese(Language::vietnamese);
  const auto ready = house.store.write([&](db::Writer& writer) { return made_ready(writer, house, id); });
  if (!ready) return tr("Không cần gửi nữa");
  const mail::Delivery done = send(ready->server, ready->message);
  const bool later = done.fate == mail::Delivery::Fate::later && ready->mail.attempts < most_attempts;
  house.store.write([&](db::Writer& writer) {
    ReminderMail mail = ready->mail;
    mail.code = done.code;
    if (later) {
      mail.state = State::waiting;
      mail.reason = done.reason;
      reminders_sql::update_mail(writer, mail);
    } else {
      end(writer, house, mail, done.fate == mail::Delivery::Fate::sent ? State::sent : State::failed, done.reason);
    }
  });
  if (later) throw std::runtime_error(done.reason);   // the worker tries again after a pause
  if (done.fate != mail::Delivery::Fate::sent) return refuse("reminder.failed", done.reason);
  return tr("Đã gửi");
}

Result<void> ask_again(db::Writer& writer, House& house, const Viewer& viewer, std::int64_t id) {
  auto mail = reminders_sql::mail(writer, id);
  if (!mail || !viewer.may(Permission::manage_users, mail->office)) return refuse("reminder.unknown", tr("Không có thư này."));
  if (mail->state != State::failed && mail->state != State::unknown) return refuse("reminder.state", tr("Chỉ gửi lại thư chưa gửi được."));
  mail->state = State::waiting;
  mail->reason.clear();
  mail->ended_ms.reset();
  const std::int64_t attempt = mail->attempts;
  mail->attempts = 0;
  reminders_sql::update_mail(writer, *mail);
  const std::int64_t now = house.clock.now_ms();
  jobs::ask(house.store, writer, {.queue = std::string(mail_queue), .kind = "reminder_mail", .request = std::to_string(id), .once_key = fmt::format("reminder_mail:{}:{}:{}", id, attempt, now)}, now);
  const LanguageScope in_vietnamese(Language::vietnamese);
  house.trail.write(writer, viewer, mail->office, "reminder_mail", id, "again", {}, fmt::format(R"({{"summary":{}}})", json_text(tr("Gửi lại một thư nhắc"))));
  return {};
}

}  // namespace khuyenhoc
