#include "reporting/entry_state.h"

#include <algorithm>

#include "base/i18n.h"
#include "base/text.h"
#include "measures/entered.h"
#include "organisation/systems.h"
#include "reporting/known_sheets.h"
#include "reporting/own_form.h"
#include "reporting/reporting_queries.h"

namespace khuyenhoc {
namespace {

EntryState state_of(std::size_t filled, std::size_t asked) {
  if (filled == 0) return EntryState::not_started;
  return filled < asked ? EntryState::entering : EntryState::done;
}

void put_due(DueForm& form, const House& house, const NamedPeriod& period, std::string_view level, Day today) {
  form.due = house.periods.due(period, level);
  if (form.due) form.days_left = *form.due - today;
}

std::string address_of(std::string_view kind, BodyId body, const NamedPeriod& period) { return fmt::format("/{}/{}?ky={}", kind, body.value, period.name()); }

std::optional<DueForm> branch_due(const House& house, BodyId body, const NamedPeriod& period, Day today) {
  const auto form = branch_form(house, body, period, today);
  if (!form) return std::nullopt;
  DueForm out;
  out.kind = DueForm::Kind::branch_form;
  out.title = form->title;
  out.filled = form->filled;
  out.asked = form->asked;
  out.sent_to = house.organisation.current()->body(form->association).on(today).name;
  out.address = address_of("phieu", body, period);
  const auto sent = house.store.read([&](db::Reader& reader) { return reporting_sql::confirmation(reader, body, period); });
  out.state = sent ? EntryState::done : state_of(form->filled, form->asked + 1);
  out.sentence = sent ? tr("Đã gửi lúc {}.", time_text(sent->at_ms)) : tr("Đã ghi {}/{} số, chưa gửi.", form->filled, form->asked);
  put_due(out, house, period, "branch", today);
  return out;
}

std::optional<DueForm> grid_due(const House& house, BodyId body, const NamedPeriod& period, Day today) {
  const auto known = known_sheet(house, body, period, today);
  if (!known) return std::nullopt;
  const auto& sheet = *known;
  DueForm out;
  out.title = tr("Số liệu {}", house.periods.label(period, current_language()));
  out.address = address_of("nhap-so-lieu", body, period);
  if (sheet->mode == EntryMode::stated_whole || sheet->rows == 0) {
    out.asked = sheet->stated.size();
    out.filled = static_cast<std::size_t>(std::ranges::count_if(sheet->stated, [](const auto& value) { return value.has_value(); }));
    out.sentence = tr("Đã ghi {}/{} số chung toàn đơn vị.", out.filled, out.asked);
  } else {
    out.asked = sheet->rows;
    out.filled = sheet->reported;
    out.sentence = tr("{}/{} chi hội, ban đã có số liệu", out.filled, out.asked);
    if (sheet->mismatched > 0) out.sentence += tr("; {} đơn vị có số chưa khớp", sheet->mismatched);
    out.sentence += ".";
  }
  out.state = state_of(out.filled, out.asked);
  put_due(out, house, period, "commune", today);
  return out;
}

}  // namespace

std::string entry_state_words(EntryState state) {
  switch (state) {
    case EntryState::not_started: return tr("Chưa nhập");
    case EntryState::entering: return tr("Đang nhập");
    case EntryState::done: break;
  }
  return tr("Đã nhập đủ");
}

std::string RoundState::sentence() const {
  if (offices.asked == 0) return tr("{}/{} xã, phường đã có số liệu", communes.with_figures, communes.asked);
  if (communes.asked == 0) return tr("{}/{} cơ quan, trường đại học đã có số liệu", offices.with_figures, offices.asked);
  return tr("{}/{} xã, phường và {}/{} cơ quan, trường đại học đã có số liệu", communes.with_figures, communes.asked, offices.with_figures, offices.asked);
}

RoundState round_state(const House& house, BodyId above, const NamedPeriod& period, Day today) {
  const LedgerView view = house.ledger.view();
  const auto roster = round_roster(view.organisation, above, entry_day(period, today));
  const Entered::Round entered = view.entered->round(period.period);
  RoundState out;
  out.due = house.periods.due(period, "commune");
  out.associations.reserve(roster->size());
  for (const ReportingAssociation& known : *roster) {
    AssociationState& one = out.associations.emplace_back();
    one.body = known.body;
    one.of = known.of;
    one.name = known.name;
    one.rows = known.branches.size();
    one.reported = static_cast<std::size_t>(std::ranges::count_if(known.branches, [&](const auto& branch) { return entered.has_stated(branch.node); }));
    const bool stated = entered.has_stated(known.node);
    one.stated_whole = one.rows == 0 || entered.mode(known.node) == EntryMode::stated_whole;
    if (one.stated_whole) one.state = stated ? EntryState::done : EntryState::not_started;
    else one.state = one.reported == 0 && stated ? EntryState::entering : state_of(one.reported, one.rows);
    one.late = out.due && *out.due < today && one.state != EntryState::done;
    ++(one.state == EntryState::done ? out.done : one.state == EntryState::entering ? out.entering : out.not_started);
    out.late += one.late ? 1 : 0;
    RoundState::Share& share = one.of == ReportingAssociation::Of::commune ? out.communes : out.offices;
    ++share.asked;
    share.with_figures += one.state == EntryState::not_started ? 0 : 1;
  }
  return out;
}

std::vector<DueForm> due_forms(const House& house, BodyId body, const NamedPeriod& period, Day today) {
  const OrganisationView organisation = house.organisation.current();
  std::vector<DueForm> out;
  const Body* known = organisation->find(body);
  if (known == nullptr || organisation->kind(body).system != hkh || !known->alive(entry_day(period, today))) return out;
  const BodyKind::Level level = organisation->kind(body).level;
  if (level == BodyKind::Level::branch) {
    if (auto form = branch_due(house, body, period, today)) out.push_back(std::move(*form));
    return out;
  }
  const BodyId above = known->on(today).superior;
  const std::string sent_to = above ? organisation->body(above).on(today).name : std::string();
  if (level == BodyKind::Level::commune) {
    if (auto form = grid_due(house, body, period, today)) out.push_back(std::move(*form));
  } else {
    const RoundState round = round_state(house, body, period, today);
    DueForm form;
    form.kind = DueForm::Kind::round;
    form.title = tr("Số liệu {} của các xã, phường", house.periods.label(period, current_language()));
    form.sentence = round.sentence() + (round.late > 0 ? tr("; {} nơi quá hạn.", round.late) : ".");
    form.address = address_of("nhap-so-lieu", body, period);
    form.filled = round.with_figures();
    form.asked = round.associations.size();
    form.state = round.done == round.associations.size() ? EntryState::done : round.with_figures() == 0 ? EntryState::not_started : EntryState::entering;
    put_due(form, house, period, "commune", today);
    out.push_back(std::move(form));
  }
  const EntryProgress own = house.store.read([&](db::Reader& reader) { return own_form_progress(house, reader, body, period); });
  if (own.asked > 0) {
    DueForm form;
    form.kind = DueForm::Kind::own_form;
    form.title = tr("Số liệu riêng của Hội, {}", house.periods.label(period, current_language()));
    form.filled = own.filled;
    form.asked = own.asked;
    form.sentence = tr("Đã ghi {}/{} số.", own.filled, own.asked);
    form.address = address_of("nhap-so-lieu", body, period) + "&phan=rieng";
    form.state = state_of(own.filled, own.asked);
    put_due(form, house, period, level == BodyKind::Level::commune ? "commune" : "province", today);
    out.push_back(std::move(form));
  }
  for (DueForm& form : out)
    if (form.kind != DueForm::Kind::round) form.sent_to = sent_to;      // a round is due to this body, from those below
  std::ranges::stable_sort(out, {}, [](const DueForm& form) { return form.days_left.value_or(std::numeric_limits<int>::max()); });
  return out;
}

std::vector<BodyId> silent_branches(const House& house, BodyId association, const NamedPeriod& period, Day today) {
  const LedgerView view = house.ledger.view();
  std::vector<BodyId> out;
  if (view.organisation->find(association) == nullptr) return out;
  const Entered::Round entered = view.entered->round(period.period);
  for (const ReportingAssociation& known : *round_roster(view.organisation, association, entry_day(period, today))) {
    if (known.body != association || entered.mode(known.node) == EntryMode::stated_whole) continue;
    for (const auto& branch : known.branches)
      if (!entered.has_stated(branch.node)) out.push_back(branch.body);
  }
  return out;
}

}  // namespace khuyenhoc
