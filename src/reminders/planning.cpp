// Whom the rules ask to remind on a day, what is said, and the outbox it goes into.
#include <set>

#include "accounts/accounts.h"
#include "base/i18n.h"
#include "organisation/posts.h"
#include "reminders/reminders_queries.h"

namespace khuyenhoc {
namespace {

constexpr int days_still_said = 7;                 // a machine that was off on the day itself says it a little later
constexpr std::int64_t day_ms = 86'400'000, utc_plus_7_ms = 7 * 3'600'000, morning_ms = 7 * 3'600'000;

bool is_out_of_hand(const RoundReport& report) { return report.state == ReportState::sent || report.state == ReportState::received || report.state == ReportState::closed; }

std::optional<Occasion> occasion_of(const ReminderRule& rule, Day due, Day today) {
  const int left = due - today;
  if (left == 0) return rule.on_day ? std::optional(Occasion::on_day) : std::nullopt;
  if (left > 0) return rule.before_days > 0 && left <= rule.before_days ? std::optional(Occasion::before) : std::nullopt;
  return rule.after_days > 0 && -left >= rule.after_days && -left < rule.after_days + days_still_said ? std::optional(Occasion::after) : std::nullopt;
}

std::vector<std::int64_t> addresses_of(db::Reader& reader, const House& house, const ReminderRule& rule, BodyId body, Day today) {
  std::vector<std::int64_t> out;
  const auto add = [&](MailAddress::Owner owner, std::int64_t of) {
    const auto found = reminders_sql::address(reader, house.keys, owner, of);
    if (found && !found->address.empty() && !found->stopped_ms) out.push_back(found->id);
  };
  if (rule.to_body) add(MailAddress::Owner::body, body.value);
  std::set<UserId> asked;
  for (const PostHolding& holding : post_holders(reader, body, today))
    if (holding.user && std::ranges::find(rule.posts, holding.post) != rule.posts.end() && asked.insert(holding.user).second) add(MailAddress::Owner::user, holding.user.value);
  return out;
}

// The forms and windows in which reports come to the office now.
std::set<std::pair<std::string, Period>> windows_of(db::Reader& reader, BodyId office) {
  std::set<std::pair<std::string, Period>> out;
  for (const auto& rounds : {rounds_opened_by(reader, office), rounds_asking(reader, office)})
    for (const ReportingRound& round : rounds)
      if (!round.entry_closed_ms) out.emplace(round.form, round.period.period);
  return out;
}

std::size_t plan_office(db::Writer& writer, House& house, BodyId office, Day today) {
  const auto rule = reminders_sql::rule(writer, office);
  const OrganisationView organisation = house.organisation.current();
  if (!rule || !rule->sends() || organisation->find(office) == nullptr || !mail_server_for(writer, house.keys, *organisation, office, today)) return 0;
  std::size_t planned = 0;
  for (const auto& [form, window] : windows_of(writer, office))
    for (const RoundReport& report : reports_sent_to(writer, office, form, window)) {
      if (!report.due || is_out_of_hand(report) || organisation->find(report.body) == nullptr || !organisation->body(report.body).alive(today)) continue;
      const auto occasion = occasion_of(*rule, *report.due, today);
      if (!occasion) continue;
      for (const std::int64_t address : addresses_of(writer, house, *rule, report.body, today)) {
        ReminderMail mail;
        mail.id = house.store.new_id();
        mail.office = office;
        mail.report = report.id;
        mail.address = address;
        mail.occasion = *occasion;
        mail.asked_ms = house.clock.now_ms();
        if (!reminders_sql::insert_mail(writer, mail)) continue;
        jobs::ask(house.store, writer, {.queue = std::string(mail_queue), .kind = "reminder_mail", .request = std::to_string(mail.id), .once_key = fmt::format("reminder_mail:{}", mail.id)}, mail.asked_ms);
        ++planned;
      }
    }
  return planned;
}

void ask_for_day(House& house, db::Writer& writer, Day day) {
  const std::int64_t morning = day.number() * day_ms - utc_plus_7_ms + morning_ms;
  jobs::ask(house.store, writer, {.queue = std::string(mail_queue), .kind = "reminder_day", .request = day.iso(), .once_key = "reminder_day:" + day.iso(), .not_before_ms = morning}, house.clock.now_ms());
}

}  // namespace

std::string occasion_words(Occasion occasion) {
  switch (occasion) {
    case Occasion::before: return tr("Trước hạn");
    case Occasion::on_day: return tr("Đúng ngày hạn");
    case Occasion::after: break;
  }
  return tr("Sau hạn");
}

ReminderText reminder_text(const House& house, BodyId office, const ReportingRound& round, const RoundReport& report, const std::string& to_name, const std::string& site, Day today) {
  const LanguageScope in_vietnamese(Language::vietnamese);
  const OrganisationView organisation = house.organisation.current();
  const std::string& office_name = organisation->body(office).on(today).name;
  ViewerData data;                                 // the office itself speaks
  data.name = office_name;
  data.acting_for = office;
  data.today = today;
  const Viewer viewer(std::move(data), organisation);
  const int left = report.due ? *report.due - today : 0;
  const std::string when = !report.due ? std::string() : left > 0 ? tr("còn {} ngày", left) : left == 0 ? tr("hạn hôm nay") : tr("quá hạn {} ngày", -left);
  const std::string page = report.level == BodyKind::Level::branch ? fmt::format("/phieu/{}?ky={}", report.body.value, round.period.name()) : fmt::format("/dot-bao-cao/{}/don-vi/{}", round.id.value, report.body.value);
  ReminderText out;
  out.subject = when.empty() ? tr("Nhắc gửi “{}”", round.title) : tr("Nhắc gửi “{}”: {}", round.title, when);
  out.text = reminder_to(*organisation, viewer, round, report, to_name, site.empty() ? std::string() : site + page);
  out.text += "\n\n" + tr("Thư này được gửi tự động theo cài đặt của {}.", office_name);
  return out;
}

std::size_t plan_reminders(House& house, Day today) {
  std::size_t planned = 0;
  for (const BodyId office : house.store.read([](db::Reader& reader) { return reminders_sql::bodies_with_rules(reader); }))
    planned += house.store.write([&](db::Writer& writer) { return plan_office(writer, house, office, today); });
  return planned;
}

void begin_reminders(House& house) {
  house.store.write([&](db::Writer& writer) { ask_for_day(house, writer, house.clock.today()); });
}

jobs::Worker::Options mail_worker_options() {
  constexpr int a_minute_ms = 60'000;
  jobs::Worker::Options out;
  out.queue = mail_queue;
  out.first_pause_ms = a_minute_ms;                // a server that greylists wants to be left alone for a while
  return out;
}

void handle_reminders(jobs::Worker& worker, House& house) {
  worker.handle("reminder_day", [&house](const jobs::Job&, jobs::Progress&) -> Result<std::string> {
    const Day today = house.clock.today();         // a day that was missed is over: what is still due is seen today
    const std::size_t planned = plan_reminders(house, today);
    house.store.write([&](db::Writer& writer) { ask_for_day(house, writer, today + 1); });
    return tr(Language::vietnamese, "{} thư nhắc", planned);
  });
  worker.handle("reminder_mail", [&house](const jobs::Job& job, jobs::Progress&) { return send_reminder(house, std::stoll(job.request), mail::send); });
}

}  // namespace khuyenhoc
