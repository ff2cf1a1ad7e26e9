// Reasons for large changes, written and read beside their figures.
#include <boost/json.hpp>

#include "base/i18n.h"
#include "base/text.h"
#include "reporting/entry_desk.h"
#include "reporting/reasons.h"
#include "reporting/reporting_queries.h"

namespace khuyenhoc {

namespace json = boost::json;

std::vector<FigureReason> figure_reasons(db::Reader& reader, std::span<const BodyId> bodies, Period window) {
  std::vector<FigureReason> out;
  for (auto& one : reporting_sql::reasons(reader, bodies, window)) out.push_back({one.body, std::move(one.measure), std::move(one.reason), one.by, one.at_ms});
  return out;
}

const FigureReason* find_reason(std::span<const FigureReason> reasons, BodyId body, std::string_view measure) {
  for (const FigureReason& one : reasons)
    if (one.body == body && one.measure == measure) return &one;
  return nullptr;
}

std::vector<ReasonOutcome> EntryDesk::save_reasons(db::Writer& writer, std::span<const ReasonEntry> reasons) {
  std::vector<ReasonOutcome> out;
  judged_.clear();
  for (const ReasonEntry& given : reasons) {
    ReasonOutcome one{CellOutcome::State::refused, given.body, given.measure, {}, 0, {}, {}, false};
    const auto done = save_reason(writer, given, one);
    if (!done) {
      one.code = done.error().code;
      one.message = done.error().message;
    }
    out.push_back(std::move(one));
  }
  return out;
}

Result<void> EntryDesk::save_reason(db::Writer& writer, const ReasonEntry& given, ReasonOutcome& one) {
  const auto name = parse_series_name(house_.catalogue, given.measure);
  if (!name) return refuse("entry.measure", tr("Không có chỉ tiêu này trong mẫu báo cáo. Xin tải lại trang."));
  if (const auto& fine = judged(writer, given.body).may; !fine) return std::unexpected(fine.error());
  const BodyId bodies[] = {given.body};
  const auto known = figure_reasons(writer, bodies, period_.period);
  const FigureReason* before = find_reason(known, given.body, given.measure);
  one.text = before != nullptr ? before->text : std::string();
  one.version = before != nullptr ? before->at_ms : 0;
  const std::string text = normalised(given.text);
  if (count_characters(text) > longest_reason) return refuse("entry.reason_long", tr("Lý do dài quá {} chữ cái. Xin ghi gọn lại.", longest_reason));
  one.state = CellOutcome::State::saved;
  if (text == one.text) return {};
  if (before != nullptr && given.version != before->at_ms) {
    one.state = CellOutcome::State::stale;
    one.code = "reason.stale";
    one.message = tr("{} vừa ghi lý do này lúc {}: “{}”.", who_wrote(writer, before->by), short_time(before->at_ms, viewer_.today()), before->text);
    return {};
  }
  const std::int64_t at_ms = std::max(house_.clock.now_ms(), one.version + 1);
  if (text.empty()) reporting_sql::forget_reason(writer, given.body, period_.period, given.measure);
  else reporting_sql::keep_reason(writer, given.body, period_.period, given.measure, text, viewer_.user(), at_ms);
  const LanguageScope in_vietnamese(Language::vietnamese);
  const std::string& label = house_.catalogue.measure(name->measure).label(Language::vietnamese);
  const std::string summary = tr("Lý do thay đổi của “{}”, {}: {}", label, house_.periods.label(period_, Language::vietnamese), text.empty() ? tr("xóa") : text) + said_through();
  house_.trail.write(writer, viewer_, given.body, "statement", 0, "reason", {}, json::serialize(json::object{{"summary", summary}, {"measure", given.measure}}), text);
  one.text = text;
  one.version = text.empty() ? 0 : at_ms;
  one.changed = true;
  return {};
}

}  // namespace khuyenhoc
