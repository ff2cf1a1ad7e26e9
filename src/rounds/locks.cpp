// What rounds tell the rooms below: which cells are locked and how they are opened again, that a branch has confirmed, where the round of a period stands.
#include "base/i18n.h"
#include "forms/forms.h"
#include "rounds/round_parts.h"
#include "rounds/rounds_queries.h"
#include "shell/visit.h"

namespace khuyenhoc {

using namespace rounds;

namespace {

std::string locked_words(const Organisation& organisation, const RoundReport& report) {
  const std::string name = name_on(organisation, report.body, report.window.last);
  const auto when = [](std::optional<std::int64_t> ms) { return ms ? time_text(*ms) : std::string("–"); };
  switch (report.state) {
    case ReportState::waiting_for_head:
      return tr("Báo cáo của {} đã trình Chủ tịch duyệt lúc {}, nên số liệu tạm khóa. Muốn sửa, xin bấm “Lấy lại để sửa” trên trang báo cáo, hoặc đề nghị Chủ tịch trả lại.", name, when(report.submitted_ms));
    case ReportState::sent:
      if (report.level == BodyKind::Level::branch)
        return tr("{} đã xác nhận số liệu lúc {}, nên số liệu đã khóa. Muốn sửa, chi hội, ban bấm “Rút lại”, hoặc Hội cấp trên bấm “Đề nghị sửa”.", name, when(report.sent_ms));
      return tr("Báo cáo của {} đã gửi lúc {}, nên số liệu đã khóa. Muốn sửa, xin rút lại khi cấp trên chưa tiếp nhận, hoặc đề nghị cấp trên trả lại để sửa.", name, when(report.sent_ms));
    case ReportState::received:
      return tr("Báo cáo của {} đã được tiếp nhận lúc {}, nên số liệu đã khóa. Muốn sửa, xin đề nghị cấp trên bấm “Đề nghị sửa”.", name, when(report.received_ms));
    case ReportState::closed:
      return tr("Báo cáo của {} đã chốt lúc {}. Muốn sửa, xin lập điều chỉnh số liệu đã chốt, có lý do và Chủ tịch ký.", name, when(report.closed_ms));
    case ReportState::not_started:
    case ReportState::entering:
    case ReportState::returned: break;
  }
  return {};
}

// Who brought it there: not for whoever came through a link, so it is no part of the sentence.
std::string who_locked(db::Reader& reader, const RoundReport& report) {
  if (report.level == BodyKind::Level::branch) return {};                // its confirmation says so already
  const ReportStep step = report.state == ReportState::waiting_for_head ? ReportStep::submit : ReportStep::send;
  std::string name;
  for (const ReportEvent& event : events_of_report(reader, report.id))
    if (event.step == step) name = event.by_name;
  if (name.empty()) return {};
  return step == ReportStep::submit ? tr("Người trình: {}.", name) : tr("Người ký gửi: {}.", name);
}

bool is_request(db::Reader& reader, const House& house, const ReportingRound& round) {
  // a form that is asked every period is named as its family is: told without looking, for this is asked at every save
  if (round.form_versions.empty() || house.periods.family(round.form) != nullptr) return false;
  const auto version = form_version(reader, house, round.form_versions.front());
  return version && version->kind == FormVersion::Kind::request;
}

// The round that the body opened itself for the period, else the one in which it is asked.
std::optional<RoundId> round_of(db::Reader& reader, const House& house, BodyId body, const NamedPeriod& period) {
  const auto fits = [&](const ReportingRound& round) { return round.period.period == period.period && (period.window.empty() ? round.form == period.family : !is_request(reader, house, round)); };
  for (const ReportingRound& round : rounds_opened_by(reader, body))
    if (fits(round)) return round.id;
  for (const RoundReport& report : reports_in_window(reader, body, period.period))
    if (const auto round = find_round(reader, report.round); round && fits(*round)) return round->id;
  return std::nullopt;
}

std::vector<AskedByRound> asked_by_rounds(db::Reader& reader, const House& house, BodyId body, Period window) {
  std::vector<AskedByRound> out;
  for (const RoundReport& report : reports_in_window(reader, body, window)) {
    auto round = find_round(reader, report.round);
    if (!round) continue;
    const std::string family = is_request(reader, house, *round) ? std::string() : round->period.family;
    out.push_back({report.id, report.form, family, std::move(round->form_versions), std::move(round->title), report.due, fmt::format("/dot-bao-cao/{}/don-vi/{}", report.round.value, body.value)});
  }
  return out;
}

}  // namespace

NamedPeriod entry_period(db::Reader& reader, const House& house, const ReportingRound& round) {
  if (!is_request(reader, house, round)) return round.period;
  return {round.form, {}, round.period.period.last.year(), round.period.period};
}

Result<void> entry_lock(db::Reader& reader, const Organisation& organisation, BodyId body, BodyId association, Period window, std::string_view form) {
  const auto locked = [&](BodyId of) -> Result<void> {
    for (const RoundReport& report : reports_in_window(reader, of, window)) {
      if (!form.empty() && report.form != form) continue;
      if (is_locked(report.state)) return refuse("entry.locked", locked_words(organisation, report), who_locked(reader, report));
      if (report.state == ReportState::returned || !report.sends_to) continue;
      if (const auto closed = rounds_sql::entry_closed_ms(reader, report.round))
        return refuse("entry.locked", tr("Đợt báo cáo đã khóa nhập lúc {}. Muốn sửa số liệu, xin đề nghị đơn vị mở đợt mở khóa.", time_text(*closed)));
    }
    return {};
  };
  if (auto own = locked(body); !own || body == association) return own;
  return locked(association);
}

void join_rounds(House& house) {
  house.entry_lock = [&house](db::Reader& reader, BodyId body, BodyId association, Period window, std::string_view form) {
    return entry_lock(reader, *house.organisation.current(), body, association, window, form);
  };
  house.asked_by_rounds = [&house](db::Reader& reader, BodyId body, Period window) { return asked_by_rounds(reader, house, body, window); };
  house.figures_confirmed = [&house](db::Writer& writer, const Viewer& viewer, BodyId branch, Period window, std::string_view form) -> Result<void> {
    for (const RoundReport& report : reports_in_window(writer, branch, window)) {
      if (report.level != BodyKind::Level::branch || report.form != form || is_locked(report.state)) continue;
      if (auto done = take_step(writer, house, viewer, report.id, ReportStep::send, report.row_version); !done) return std::unexpected(done.error());
    }
    return {};
  };
  house.round_address = [&house](const Visit& visit, BodyId body, const NamedPeriod& period) -> std::optional<std::string> {
    if (!visit.viewer().may(Permission::see_figures, body)) return std::nullopt;
    const auto found = house.store.read([&](db::Reader& reader) { return round_of(reader, house, body, period); });
    return found ? std::optional(fmt::format("/dot-bao-cao/{}", found->value)) : std::nullopt;
  };
}

}  // namespace khuyenhoc
