// The calendar of due days that a telephone subscribes to: kept in mind as it was told last, so that what changed or is gone says so.
#include <algorithm>

#include "access/held.h"
#include "base/i18n.h"
#include "platform/calendar/calendar.h"
#include "reminders/reminders_queries.h"

namespace khuyenhoc {
namespace {

using reminders_sql::KeptDay;

constexpr int kept_days = 90;                      // what was called off is told so long
constexpr int days_looked_back = 120, ring_before = 3;
constexpr std::size_t longest_token = 100;

bool is_out_of_hand(const RoundReport& report) { return report.state == ReportState::sent || report.state == ReportState::received || report.state == ReportState::closed; }

std::optional<Viewer> viewer_of(db::Reader& reader, House& house, UserId user) {
  const Day today = house.clock.today();
  const OrganisationView organisation = house.organisation.current();
  const auto row = house.users.row(reader, user);
  if (!row || !row->active) return std::nullopt;
  ViewerData data;
  data.user = user;
  data.name = row->salutation + " " + row->name;
  data.units = units_alive(*organisation, units_held(reader, user, today), today);
  data.grants = grants_held(reader, user, today);
  data.today = today;
  if (data.units.empty()) return std::nullopt;     // whoever holds nothing any more is told nothing
  data.acting_for = data.units.front().body;
  return Viewer(std::move(data), organisation);
}

// What changes in the eyes of who reads it.
std::string said_of(const DueDay& one) { return one.summary + "\n" + one.description + "\n" + one.path; }

}  // namespace

std::vector<DueDay> round_due_days(db::Reader& reader, const House&, const Viewer& viewer) {
  const LanguageScope in_vietnamese(Language::vietnamese);
  std::vector<DueDay> out;
  const Day since = viewer.today() - days_looked_back;
  for (const ActingUnit& unit : viewer.units()) {
    const std::string& name = viewer.organisation()->body(unit.body).on(viewer.today()).name;
    for (const RoundReport& report : reports_of_body(reader, unit.body)) {
      const auto round = find_round(reader, report.round);
      if (!round || (report.due ? *report.due : report.window.last) < since) continue;
      const bool branch = report.level == BodyKind::Level::branch;
      const std::string page = branch ? fmt::format("/phieu/{}?ky={}", report.body.value, round->period.name()) : fmt::format("/dot-bao-cao/{}/don-vi/{}", round->id.value, report.body.value);
      if (report.due && !is_out_of_hand(report) && (viewer.may(Permission::enter_figures, unit.body) || viewer.may(Permission::sign, unit.body))) {
        const std::string above = report.sends_to && viewer.organisation()->find(report.sends_to) ? viewer.organisation()->body(report.sends_to).on(viewer.today()).name : std::string();
        out.push_back({fmt::format("gui-{}", report.id.value), *report.due, tr("Hạn gửi “{}”", round->title), above.empty() ? name : tr("{} gửi {}.", name, above), page, ring_before});
      }
      if (report.due && report.state == ReportState::waiting_for_head && viewer.may(Permission::sign, unit.body))
        out.push_back({fmt::format("ky-{}", report.id.value), *report.due, tr("Ký “{}”", round->title), tr("Báo cáo của {} đã trình, chờ ông/bà ký.", name), fmt::format("/bao-cao-ky/{}", report.id.value), 1});
      if (branch || !viewer.may(Permission::receive, unit.body)) continue;
      std::optional<Day> last;
      for (const RoundReport& below : reports_sent_to(reader, unit.body, report.form, report.window))
        if (below.due && !is_out_of_hand(below) && (!last || *below.due > *last)) last = below.due;
      if (last)
        out.push_back({fmt::format("nhan-{}", report.id.value), *last, tr("Hạn các đơn vị gửi “{}”", round->title), tr("Các đơn vị gửi về {}.", name), fmt::format("/dot-bao-cao/{}", round->id.value), 1});
    }
  }
  return out;
}

std::optional<std::string> calendar_token(db::Reader& reader, const crypto::KeyRing& keys, UserId user) {
  const auto sealed = reminders_sql::sealed_token(reader, user);
  const auto open = sealed ? keys.unseal({"calendar_feed", user.value, "token"}, *sealed) : std::nullopt;
  if (!open) return std::nullopt;
  return std::string(reinterpret_cast<const char*>(open->data()), open->size());
}

std::string make_calendar(db::Writer& writer, const House& house, const Viewer& viewer) {
  const std::string token = crypto::random_token();
  const std::int64_t now = house.clock.now_ms();
  reminders_sql::put_feed(writer, viewer.user(), house.keys.token_key_digest(token), house.keys.seal({"calendar_feed", viewer.user().value, "token"}, crypto::bytes_of(token)), now);
  house.trail.write(writer, viewer, viewer.acting_for(), "calendar_feed", viewer.user().value, "make", {}, fmt::format(R"({{"summary":{}}})", json_text(tr(Language::vietnamese, "Lập đường dẫn lịch nhắc việc"))));
  return token;
}

void revoke_calendar(db::Writer& writer, const House& house, const Viewer& viewer) {
  reminders_sql::remove_feed(writer, viewer.user());
  house.trail.write(writer, viewer, viewer.acting_for(), "calendar_feed", viewer.user().value, "revoke", {}, fmt::format(R"({{"summary":{}}})", json_text(tr(Language::vietnamese, "Thu hồi đường dẫn lịch nhắc việc"))));
}

std::optional<std::string> calendar_file(House& house, std::string_view token, const std::string& site, const std::vector<DueDaySource>& sources) {
  if (token.empty() || token.size() > longest_token) return std::nullopt;
  struct Asked {
    UserId user;
    std::vector<DueDay> now;
    std::vector<KeptDay> kept;
  };
  const auto asked = house.store.read([&](db::Reader& reader) -> std::optional<Asked> {
    const auto user = reminders_sql::user_of_token(reader, house.keys.token_key_digest(token));
    if (!user) return std::nullopt;
    Asked out{*user, {}, reminders_sql::days(reader, *user)};
    if (const auto viewer = viewer_of(reader, house, *user))
      for (const DueDaySource& source : sources) {
        auto more = source(reader, house, *viewer);
        out.now.insert(out.now.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
      }
    return out;
  });
  if (!asked) return std::nullopt;

  const std::int64_t now_ms = house.clock.now_ms();
  const Day today = house.clock.today();
  std::vector<KeptDay> changed;
  std::vector<calendar::Event> events;
  // the same whichever way the file was reached, and no other house's
  const std::string origin = crypto::hex(house.keys.blind_index("calendar", "uid")).substr(0, 12) + ".khuyenhoc";
  const auto put = [&](const KeptDay& kept, const DueDay& day) {
    events.push_back({kept.uid + "@" + origin, kept.day, day.summary, day.description, site.empty() ? std::string() : site + day.path, kept.sequence, kept.changed_ms,
                      kept.called_off ? calendar::Event::State::called_off : calendar::Event::State::stands, day.remind_days_before});
  };
  for (const DueDay& one : asked->now) {
    const auto known = std::ranges::find(asked->kept, one.uid, &KeptDay::uid);
    KeptDay kept{one.uid, one.day, said_of(one), 0, now_ms, false};
    if (known != asked->kept.end()) {
      const bool same = known->day == kept.day && known->said == kept.said && !known->called_off;
      kept.sequence = same ? known->sequence : known->sequence + 1;
      if (same) kept.changed_ms = known->changed_ms;
    }
    if (known == asked->kept.end() || !(*known == kept)) changed.push_back(kept);
    put(kept, one);
  }
  for (const KeptDay& known : asked->kept) {
    if (std::ranges::any_of(asked->now, [&](const DueDay& one) { return one.uid == known.uid; })) continue;
    KeptDay kept = known;
    if (!kept.called_off) {
      kept.called_off = true;
      ++kept.sequence;
      kept.changed_ms = now_ms;
      changed.push_back(kept);
    } else if (day_of_ms(kept.changed_ms) + kept_days < today) {
      continue;
    }
    DueDay gone;
    gone.summary = kept.said.substr(0, kept.said.find('\n'));
    put(kept, gone);
  }
  if (!changed.empty() && house.store.access() == db::Options::Access::read_write)
    house.store.write([&](db::Writer& writer) {
      for (const KeptDay& one : changed) reminders_sql::put_day(writer, asked->user, one);
    });
  return calendar::as_file(tr(Language::vietnamese, "Lịch khuyến học"), events);
}

}  // namespace khuyenhoc
