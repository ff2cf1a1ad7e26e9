// What happens to a round after it was opened: passed down by a commune, closed to entry and opened again, bodies added late, heirs after a restructure.
#include <algorithm>
#include <set>

#include "base/i18n.h"
#include "forms/forms.h"
#include "rounds/round_parts.h"
#include "rounds/rounds_queries.h"

namespace khuyenhoc {

using namespace rounds;

namespace {

RoundReport row_for(const House& house, const ReportingRound& round, BodyId body, BodyId sends_to, BodyKind::Level level, std::optional<Day> due) {
  RoundReport row;
  row.id = house.store.new_id<ReportId>();
  row.round = round.id;
  row.body = body;
  row.sends_to = sends_to;
  row.level = level;
  row.form = round.form;
  row.window = round.period.period;
  row.due = due;
  return row;
}

Refusal closed_to_entry(const ReportingRound& round) {
  return {"round.entry_closed", tr("Đợt “{}” đã khóa nhập lúc {}. Muốn làm tiếp, xin đề nghị đơn vị mở đợt mở khóa.", round.title, time_text(*round.entry_closed_ms)), {}};
}

// The nearest body above that is asked in this round, or the office that opened it; none: the body does not stand below it.
BodyId receiver_in(db::Reader& reader, const Organisation& organisation, const ReportingRound& round, BodyId body, Day day) {
  for (BodyId at = reports_to(organisation, body, day); at; at = reports_to(organisation, at, day))
    if (at == round.office || report_of(reader, round.id, at)) return at;
  return {};
}

// What the association has added to the form since the round was opened; what others have changed meanwhile stays out.
void pin_additions(db::Writer& writer, const House& house, ReportingRound& round, BodyId association) {
  for (const FormVersionId version : pins_in_force(writer, house, round.form, association, round.cut_off(), PinBelow::no).versions) {
    if (std::ranges::find(round.form_versions, version) != round.form_versions.end()) continue;
    const auto known = form_version(writer, house, version);
    if (!known || known->owner != association || known->kind != FormVersion::Kind::addition) continue;
    rounds_sql::add_version(writer, round, version);
    round.form_versions.push_back(version);
  }
}

Result<ReportingRound> own_round(db::Reader& reader, const Viewer& viewer, RoundId id) {
  auto round = find_round(reader, id);
  if (!round) return std::unexpected(unknown_round());
  if (!viewer.may(Permission::receive, round->office)) return refuse("round.may_not", tr("Chỉ đơn vị mở đợt báo cáo làm được việc này."));
  return *round;
}

Result<ReportingRound> set_entry(db::Writer& writer, const House& house, const Viewer& viewer, RoundId id, std::int64_t expected_version, bool close) {
  const LanguageScope in_vietnamese(Language::vietnamese);
  auto round = own_round(writer, viewer, id);
  if (!round) return round;
  if (expected_version != 0 && round->row_version != expected_version) return std::unexpected(stale_round());
  if (close == round->entry_closed_ms.has_value())
    return close ? refuse("round.entry_closed", tr("Đợt này đã khóa nhập từ {}.", time_text(*round->entry_closed_ms))) : refuse("round.entry_open", tr("Đợt này đang mở."));
  round->entry_closed_ms = close ? std::optional(house.clock.now_ms()) : std::nullopt;
  if (!rounds_sql::update_round(writer, *round, round->row_version)) return std::unexpected(stale_round());
  ++round->row_version;
  tell_trail(writer, house, viewer, round->office, "round", round->id.value, close ? "close_entry" : "reopen_entry",
             close ? tr("Khóa nhập đợt “{}”", round->title) : tr("Mở lại để nhập đợt “{}”", round->title));
  return round;
}

}  // namespace

Result<RoundPassing> pass_down(db::Writer& writer, const House& house, const Viewer& viewer, const RoundPassing& given) {
  const LanguageScope in_vietnamese(Language::vietnamese);
  const Organisation& organisation = *house.organisation.current();
  auto round = find_round(writer, given.round);
  const auto own = report_of(writer, given.round, given.association);
  if (!round || !own || !viewer.may(Permission::see_figures, given.association)) return std::unexpected(unknown_round());
  if (!may_pass_down(viewer, given.association) || own->level == BodyKind::Level::branch)
    return refuse("round.may_not", tr("Ông/bà không được giao việc chuyển tiếp đợt báo cáo của đơn vị này."));
  if (round->entry_closed_ms) return std::unexpected(closed_to_entry(*round));
  const auto before = passing_of(writer, given.round, given.association);
  if (given.row_version != (before ? before->row_version : 0)) return std::unexpected(stale_round());
  if (given.due && *given.due < round->cut_off())
    return refuse("round.due", tr("Hạn nộp phải từ ngày khóa số ({}) trở đi, vì số liệu tính đến hết ngày đó.", round->cut_off().text()), "han");
  if (given.due && own->due && *given.due > *own->due)
    return refuse("round.due", tr("Hạn của chi hội, ban không được sau hạn của đơn vị mình ({}).", own->due->text()), "han");
  if (!given.due) return refuse("round.due", tr("Xin ghi hạn nộp của chi hội, ban."), "han");
  const Day day = asking_day(round->period.period, viewer.today());
  const std::string& system = organisation.kind(given.association).system;
  std::vector<BodyId> below;
  for (const BodyId body : organisation.below(given.association, day))
    if (body != given.association && organisation.kind(body).system == system && reports_to(organisation, body, day) == given.association) below.push_back(body);
  if (below.empty()) return refuse("round.no_branches", tr("{} chưa có chi hội, ban hay đơn vị trực thuộc nào để chuyển tiếp.", name_on(organisation, given.association, day)));
  std::vector<RoundReport> rows;
  for (const BodyId body : below)
    if (!report_in_window(writer, body, round->form, round->period.period))
      rows.push_back(row_for(house, *round, body, given.association, organisation.kind(body).level, given.due));
  rounds_sql::insert_reports(writer, rows);
  rounds_sql::set_due(writer, round->id, given.association, given.due);
  RoundPassing kept = given;
  kept.by = viewer.user();
  kept.at_ms = house.clock.now_ms();
  kept.row_version = given.row_version + 1;
  rounds_sql::keep_passing(writer, kept);
  pin_additions(writer, house, *round, given.association);
  tell_trail(writer, house, viewer, given.association, "round", round->id.value, "pass_down",
             tr("{} chuyển tiếp đợt “{}” đến {} chi hội, ban, đơn vị; hạn {}", name_on(organisation, given.association, day), round->title, below.size(), given.due->text()));
  return kept;
}

Result<ReportingRound> close_entry(db::Writer& writer, const House& house, const Viewer& viewer, RoundId round, std::int64_t expected_version) {
  return set_entry(writer, house, viewer, round, expected_version, true);
}

Result<ReportingRound> reopen_entry(db::Writer& writer, const House& house, const Viewer& viewer, RoundId round, std::int64_t expected_version) {
  return set_entry(writer, house, viewer, round, expected_version, false);
}

Result<RoundReport> add_body_late(db::Writer& writer, const House& house, const Viewer& viewer, RoundId id, BodyId body, std::optional<Day> due) {
  const LanguageScope in_vietnamese(Language::vietnamese);
  const Organisation& organisation = *house.organisation.current();
  const auto round = find_round(writer, id);
  if (!round) return std::unexpected(unknown_round());
  const Day day = asking_day(round->period.period, viewer.today());
  const Body* known = organisation.find(body);
  if (known == nullptr) return refuse("round.body", tr("Xin chọn đơn vị trong danh sách."), "don-vi");
  if (!known->alive(day))
    return refuse("round.body", tr("Ngày {}, {} chưa thành lập hoặc đã kết thúc, nên không báo cáo kỳ này.", day.text(), known->on(day).name), "don-vi");
  const BodyId receiver = receiver_in(writer, organisation, *round, body, day);
  if (!receiver || organisation.kind(body).system != organisation.kind(round->office).system)
    return refuse("round.body", tr("{} không trực thuộc đơn vị mở đợt báo cáo.", known->on(day).name), "don-vi");
  // whoever it will report to may add it, as may the office that opened the round
  if (!viewer.may(Permission::receive, round->office) && !viewer.may(Permission::receive, receiver)) return refuse("round.may_not", tr("Chỉ đơn vị mở đợt báo cáo làm được việc này."));
  if (const auto there = report_in_window(writer, body, round->form, round->period.period)) {
    const auto other = find_round(writer, there->round);
    return refuse("round.asked_already", tr("{} đã được yêu cầu báo cáo kỳ này trong đợt “{}”.", known->on(day).name, other ? other->title : round->title), "don-vi");
  }
  if (due && *due < round->cut_off())
    return refuse("round.due", tr("Hạn nộp phải từ ngày khóa số ({}) trở đi, vì số liệu tính đến hết ngày đó.", round->cut_off().text()), "han");
  const BodyKind::Level level = organisation.kind(body).level;
  const auto above = report_of(writer, round->id, receiver);
  if (due && above && above->due && *due > *above->due)
    return refuse("round.due", tr("Hạn này sau hạn của {} ({}).", name_on(organisation, receiver, day), above->due->text()), "han");
  RoundReport row = row_for(house, *round, body, receiver, level, due ? due : round->due.of(level));
  row.added_late_ms = house.clock.now_ms();
  rounds_sql::insert_reports(writer, std::span(&row, 1));
  tell_event(writer, house, viewer, row, ReportStep::add_late, ReportState::not_started, ReportState::not_started, {});
  tell_trail(writer, house, viewer, body, "report", row.id.value, "add_late", tr("Bổ sung {} vào đợt “{}”", known->on(day).name, round->title));
  return row;
}

Result<std::size_t> add_heirs(db::Writer& writer, const House& house, const Viewer& viewer, RoundId id) {
  auto round = own_round(writer, viewer, id);
  if (!round) return std::unexpected(round.error());
  const Organisation& organisation = *house.organisation.current();
  const Day day = asking_day(round->period.period, viewer.today());
  std::set<BodyId> wanted;
  for (const RoundReport& report : reports_of_round(writer, id)) {
    const ReportsFor standing = reports_for(organisation, report, viewer.today());
    if (standing.manner != ReportsFor::Manner::part_of_heirs) continue;
    for (const BodyId heir : standing.heirs)
      if (organisation.body(heir).alive(day) && !report_in_window(writer, heir, round->form, round->period.period)) wanted.insert(heir);
  }
  std::size_t added = 0;
  for (const BodyId heir : wanted)
    if (add_body_late(writer, house, viewer, id, heir, std::nullopt)) ++added;
  return added;
}

}  // namespace khuyenhoc
