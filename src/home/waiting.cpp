#include <algorithm>
#include <map>

#include "home/duties.h"
#include "organisation/contacts.h"
#include "organisation/namesakes.h"
#include "rounds/rounds.h"

namespace khuyenhoc::home {
namespace {

constexpr std::size_t named_in_a_reminder = 30;

void add_contact(const House& house, db::Reader& reader, const Viewer& viewer, Awaited& unit) {
  if (!viewer.may(Permission::see_names, unit.body)) return;
  if (const auto known = contact(reader, house.keys, unit.body)) {
    unit.head_name = known->head_name;
    unit.telephone = known->telephone;
  }
}

// The report a body owes this office for the window, where a round asks for it.
using OwedReports = std::map<BodyId, RoundReport>;
OwedReports owed_reports(db::Reader& reader, BodyId office, const NamedPeriod& period) {
  OwedReports out;
  for (RoundReport& report : reports_sent_to(reader, office, period.family, period.period)) {
    const BodyId body = report.body;
    out.emplace(body, std::move(report));
  }
  return out;
}

std::string reminder_text(const House& house, const Viewer& viewer, const NamedPeriod& period, const Waiting& waiting, const std::vector<std::string>& names) {
  const LanguageScope in_vietnamese(Language::vietnamese);          // the message goes to bodies all over the country
  std::string listed;
  for (std::size_t i = 0; i < std::min(names.size(), named_in_a_reminder); ++i) listed += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > named_in_a_reminder) listed += tr(" và {} đơn vị khác", names.size() - named_in_a_reminder);
  const std::string sender = viewer.organisation()->body(viewer.acting_for()).on(viewer.today()).name;
  const std::string label = house.periods.label(period, Language::vietnamese);
  const std::string until = !waiting.due ? std::string() : *waiting.due < viewer.today() ? tr(" (đã quá hạn ngày {})", waiting.due->text()) : tr(", chậm nhất ngày {}", waiting.due->text());
  return tr("{} xin nhắc các đơn vị ghi số liệu {}{}. Các đơn vị chưa nhập đủ số liệu: {}. Nếu vướng mắc, xin gọi lại để được giúp. Trân trọng cảm ơn.", sender, label, until, listed);
}

}  // namespace

Waiting waiting_for(const House& house, db::Reader& reader, const Viewer& viewer, const NamedPeriod& period, std::size_t at_most) {
  Waiting out;
  const Organisation& organisation = *viewer.organisation();
  const BodyId own = viewer.acting_for();
  if (organisation.find(own) == nullptr || organisation.kind(own).level == BodyKind::Level::branch || !viewer.may(Permission::see_figures, own)) return out;
  const OwedReports owed = owed_reports(reader, own, period);
  const auto report_of = [&](BodyId body) { const auto found = owed.find(body); return found == owed.end() ? nullptr : &found->second; };
  // what it has sent, or what waits for its chairman, is no longer a thing to be typed
  const auto out_of_hand = [&](BodyId body) { const RoundReport* report = report_of(body); return report != nullptr && is_locked(report->state); };
  const auto due_of = [&](BodyId body) { const RoundReport* report = report_of(body); return report != nullptr && report->due ? report->due : out.due; };
  std::vector<std::string> names;
  const auto add = [&](Awaited unit) {
    names.push_back(unit.name);
    ++out.all;
    if (out.units.size() >= at_most) return;
    add_contact(house, reader, viewer, unit);
    out.units.push_back(std::move(unit));
  };
  if (organisation.kind(own).level == BodyKind::Level::commune) {
    out.of_branches = true;
    out.due = house.periods.due(period, "branch");
    if (!owed.empty() && owed.begin()->second.due) out.due = owed.begin()->second.due;
    for (const BodyId body : silent_branches(house, own, period, viewer.today())) {
      if (out_of_hand(body)) continue;
      const auto due = due_of(body);
      add({body, name_among_siblings(organisation, body, viewer.today()), entry_state_words(EntryState::not_started), {}, {}, due && *due < viewer.today()});
    }
  } else {
    const RoundState round = round_state(house, own, period, viewer.today());
    out.due = round.due;
    if (!owed.empty() && owed.begin()->second.due) out.due = owed.begin()->second.due;
    out.asked = round.associations.size();
    // those that have nothing yet are called first
    for (const EntryState wanted : {EntryState::not_started, EntryState::entering})
      for (const AssociationState& one : round.associations)
        if (one.state == wanted && !out_of_hand(one.body)) {
          std::string words = entry_state_words(one.state);
          if (one.state == EntryState::entering && one.rows > 0) words += fmt::format(" {}/{}", one.reported, one.rows);
          if (const RoundReport* report = report_of(one.body); report != nullptr && report->state == ReportState::returned) words = report_state_words(report->state, report->level);
          const auto due = due_of(one.body);
          add({one.body, one.name, std::move(words), {}, {}, report_of(one.body) == nullptr ? one.late : due && *due < viewer.today()});
        }
  }
  if (out.all > 0) out.reminder = reminder_text(house, viewer, period, out, names);
  return out;
}

}  // namespace khuyenhoc::home
