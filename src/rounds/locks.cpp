// What rounds tell the rooms below: which cells are locked and how they are opened again, that a branch has confirmed, where the round of a period stands.
#include "base/i18n.h"
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

// The round that the body opened itself for the window, else the one in which it is asked.
std::optional<RoundId> round_of(db::Reader& reader, BodyId body, Period window) {
  for (const ReportingRound& round : rounds_opened_by(reader, body))
    if (round.period.period == window) return round.id;
  for (const RoundReport& report : reports_in_window(reader, body, window)) return report.round;
  return std::nullopt;
}

}  // namespace

Result<void> entry_lock(db::Reader& reader, const Organisation& organisation, BodyId body, BodyId association, Period window) {
  const auto locked = [&](BodyId of) -> Result<void> {
    for (const RoundReport& report : reports_in_window(reader, of, window)) {
      if (is_locked(report.state)) return refuse("entry.locked", locked_words(organisation, report));
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
  house.entry_lock = [&house](db::Reader& reader, BodyId body, BodyId association, Period window) {
    return entry_lock(reader, *house.organisation.current(), body, association, window);
  };
  house.figures_confirmed = [&house](db::Writer& writer, const Viewer& viewer, BodyId branch, Period window) -> Result<void> {
    for (const RoundReport& report : reports_in_window(writer, branch, window)) {
      if (report.level != BodyKind::Level::branch || is_locked(report.state)) continue;
      if (auto done = take_step(writer, house, viewer, report.id, ReportStep::send, report.row_version); !done) return std::unexpected(done.error());
    }
    return {};
  };
  house.round_address = [&house](const Visit& visit, BodyId body, const NamedPeriod& period) -> std::optional<std::string> {
    if (!visit.viewer().may(Permission::see_figures, body)) return std::nullopt;
    const auto found = house.store.read([&](db::Reader& reader) { return round_of(reader, body, period.period); });
    return found ? std::optional(fmt::format("/dot-bao-cao/{}", found->value)) : std::nullopt;
  };
}

}  // namespace khuyenhoc
