#include "reporting/entry_desk.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/i18n.h"
#include "base/number.h"
#include "measures/acts.h"
#include "reporting/entry_sheet.h"
#include "reporting/reporting_queries.h"
#include "reporting/visitors.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

std::string words(std::optional<std::int64_t> value) { return value ? number_text(*value) : tr("để trống"); }

json::value as_json(std::optional<std::int64_t> value) { return value ? json::value(*value) : json::value(nullptr); }

}  // namespace

std::optional<SeriesName> parse_series_name(const Catalogue& catalogue, std::string_view name) {
  SeriesName out;
  if (name.ends_with(own_suffix)) {
    out.extent = Extent::own;
    name.remove_suffix(own_suffix.size());
  }
  const auto measure = catalogue.find(name);
  if (!measure) return std::nullopt;
  out.measure = *measure;
  return out;
}

std::string series_name(const Catalogue& catalogue, MeasureIndex measure, Extent extent) {
  return catalogue.measure(measure).code + std::string(extent == Extent::own ? own_suffix : std::string_view{});
}

std::string name_of_user(const House& house, db::Reader& reader, UserId user) {
  if (const auto visitor = visitor_of(reader, user)) return visitor_words(*visitor);
  const auto row = user ? house.users.row(reader, user) : std::nullopt;
  return row ? row->salutation + " " + row->name : tr("Người khác");
}

std::string short_time(std::int64_t at_ms, Day today) { return day_of_ms(at_ms) == today ? clock_text(at_ms) : time_text(at_ms); }

EntryDesk::EntryDesk(const House& house, const Viewer& viewer, BodyId association, const NamedPeriod& period)
    : house_(house),
      viewer_(viewer),
      association_(association),
      period_(period),
      organisation_(house.organisation.current()),
      scope_(viewer.scope(Permission::enter_figures)),
      for_association_(scope_.contains(association)),
      rows_(sheet_rows(organisation_, association, entry_day(period, viewer.today()), current_language())) {}

Day EntryDesk::due(db::Reader& reader, BodyId body) const {
  if (const auto asked = round_that_asks(reader, house_, body, period_); asked && asked->due) return *asked->due;
  const bool branch = organisation_->kind(body).level == BodyKind::Level::branch;
  return house_.periods.due(period_, branch ? "branch" : "commune").value_or(period_.period.last);
}

Result<std::shared_ptr<const AskedForms>> EntryDesk::asked_of(db::Reader& reader, BodyId body) const {
  if (asked_of_all_) return asked_of_all_;
  auto asked = asked_forms(reader, house_, association_, period_, body == association_ ? BodyId{} : body);
  if (asked && (is_request(period_) || round_that_asks(reader, house_, association_, period_))) asked_of_all_ = *asked;
  return asked;
}

Result<void> EntryDesk::may_write(db::Reader& reader, BodyId body) const {
  const bool known = body == association_ || std::ranges::binary_search(rows_->bodies, body);
  if (!known || !scope_.contains(body)) return refuse("entry.unknown", tr("Đơn vị này không có trong bảng đang mở. Xin tải lại trang."));
  if (auto asked = check_asked(reader, house_, body, association_, period_); !asked) return asked;
  const auto confirmed = reporting_sql::confirmation(reader, body, period_);
  const std::string who = confirmed && through_.empty() ? confirmed->by_name : tr("Chi hội, ban");      // whoever came through a link is told no names
  if (!for_association_ && confirmed && viewer_.today() > due(reader, body))
    return refuse("entry.sent", tr("{} đã gửi số liệu lúc {} và đã quá hạn sửa ({}). Muốn sửa, xin báo {}.", who, time_text(confirmed->at_ms), due(reader, body).text(),
                                   organisation_->body(association_).on(viewer_.today()).name));
  if (!house_.entry_lock) return {};
  const auto asked = asked_of(reader, body);
  auto open = house_.entry_lock(reader, body, association_, period_.period, asked ? (*asked)->code : std::string());
  if (open || !through_.empty()) return open;
  if (confirmed) open.error().message += " " + tr("Người xác nhận: {}.", confirmed->by_name);
  if (!open.error().place.empty()) open.error().message += " " + open.error().place;        // who brought its report there
  return open;
}

const EntryDesk::Judged& EntryDesk::judged(db::Reader& reader, BodyId body) {
  if (const auto known = judged_.find(body); known != judged_.end()) return known->second;
  Judged out{may_write(reader, body), {}};
  if (out.may) {
    auto asked = asked_of(reader, body);
    if (asked) out.asked = std::move(*asked);
    else out.may = std::unexpected(asked.error());
  }
  return judged_.emplace(body, std::move(out)).first->second;
}

// Only what the form asks of this body is taken.
Result<void> EntryDesk::may_be_typed(const CellEntry& cell, const SeriesName& name, const AskedForms& asked) const {
  const auto not_asked = [&] { return refuse("entry.not_asked", tr("{} không phải nhập số này.", organisation_->body(cell.body).on(period_.period.last).name)); };
  const Measure& measure = house_.catalogue.measure(name.measure);
  if (cell.body != association_) {
    const ShortForm* form = asked.branch(organisation_->kind(cell.body).short_form);
    return name.extent == Extent::own || form == nullptr || !form->asks(name.measure) ? not_asked() : Result<void>{};
  }
  if (!asked.may_be_stated(name.measure)) return not_asked();
  const bool one_answer = name.extent == Extent::own || measure.level != RecordedAt::branch;          // else how many of its branches say yes
  if (measure.is_yes_no && one_answer && cell.value.value_or(0) > 1) return refuse("statement.yes_no", tr("Câu hỏi này trả lời có (1) hoặc không (0)."));
  return {};
}

// What a branch's figure means to a total that its association stated before: asked once, in plain words, and remembered for the period.
Result<Arrival> EntryDesk::arrival(db::Reader& reader, BodyId body, Series series) const {
  if (body == association_) return Arrival::within;
  const auto total = house_.statements.find(reader, association_, series, period_.period);
  if (!total || !total->value) return Arrival::within;
  if (const auto answer = reporting_sql::arrival_answer(reader, association_, period_.period)) return *answer;
  return refuse("entry.within_or_beyond",
                tr("Toàn đơn vị đã ghi số chung là {}. Số của chi hội, ban nằm trong hay ngoài số ấy? Xin trả lời câu hỏi ở đầu trang rồi ghi lại.", number_text(*total->value)));
}

std::string EntryDesk::who_wrote(db::Reader& reader, UserId user) const { return through_.empty() || user == viewer_.user() ? name_of_user(house_, reader, user) : tr("Người khác"); }

CellOutcome EntryDesk::stale(db::Reader& reader, CellOutcome outcome, const Statement& stored) const {
  outcome.state = CellOutcome::State::stale;
  outcome.code = "statement.stale";
  outcome.value = stored.value;
  outcome.version = stored.row_version;
  const std::string who = who_wrote(reader, stored.by);
  const std::string when = short_time(stored.at_ms, viewer_.today());
  outcome.message = stored.value ? tr("{} vừa ghi {} lúc {}.", who, number_text(*stored.value), when) : tr("{} vừa để trống số này lúc {}.", who, when);
  return outcome;
}

void EntryDesk::tell(db::Writer& writer, const Statement& before, const Statement& after) const {
  const LanguageScope in_vietnamese(Language::vietnamese);          // the trail speaks one language, whoever writes
  const Measure& measure = house_.catalogue.measure(house_.catalogue.measure_of(after.series));
  const std::string& name = organisation_->body(after.body).on(period_.period.last).name;
  const std::string what = after.extent == Extent::own ? tr("{} (số riêng)", measure.label(Language::vietnamese)) : measure.label(Language::vietnamese);
  const std::string summary = tr("{} của {}, {}: {} thành {}", what, name, house_.periods.label(period_, Language::vietnamese), words(before.value), words(after.value)) + said_through();
  house_.trail.write(writer, viewer_, after.body, "statement", after.id, after.value ? "state" : "withdraw",
                     before.row_version == 0 ? std::string{} : json::serialize(json::object{{"value", as_json(before.value)}}),
                     json::serialize(json::object{{"summary", summary}, {"measure", measure.code}, {"period", period_.name()}, {"value", as_json(after.value)}}));
}

CellOutcome EntryDesk::save_one(db::Writer& writer, const CellEntry& cell, Telling telling) {
  CellOutcome out{CellOutcome::State::refused, cell.body, cell.measure, std::nullopt, cell.version, {}, {}, false};
  const auto refused = [&](const Refusal& why) {
    out.code = why.code;
    out.message = why.message;
    return out;
  };
  const auto name = parse_series_name(house_.catalogue, cell.measure);
  if (!name) return refused({"entry.measure", tr("Không có chỉ tiêu này trong mẫu báo cáo. Xin tải lại trang."), {}});
  const Judged& known = judged(writer, cell.body);
  if (!known.may) return refused(known.may.error());
  const Series series = house_.catalogue.series(name->measure);
  const auto stored = house_.statements.find(writer, cell.body, series, period_.period, name->extent);
  if (stored) {
    out.value = stored->value;
    out.version = stored->row_version;
  } else {
    out.version = 0;
  }
  if (const auto fine = may_be_typed(cell, *name, *known.asked); !fine) return refused(fine.error());
  if (out.value == cell.value) {          // already so: by an earlier try, or by somebody who typed the same
    out.state = CellOutcome::State::saved;
    return out;
  }
  if (stored && stored->row_version != cell.version) return stale(writer, out, *stored);
  const auto meaning = arrival(writer, cell.body, series);
  if (!meaning) return refused(meaning.error());
  const std::int64_t now = house_.clock.now_ms();
  const auto done = house_.statements.state(writer, cell.body, series, period_.period, cell.value, out.version, *meaning, viewer_.user(), now, name->extent);
  if (!done) {
    Refusal why = done.error();
    if (why.code == "statement.mode") why.message += " " + tr("Cách đổi: bấm “Đổi sang …” ở đầu trang, xem trước rồi đổi.");
    return refused(why);
  }
  out.state = CellOutcome::State::saved;
  out.value = done->statement.value;
  out.version = done->statement.row_version;
  out.changed = true;
  if (telling == Telling::each) tell(writer, stored.value_or(Statement{}), done->statement);
  return out;
}

std::vector<CellOutcome> EntryDesk::save(db::Writer& writer, std::span<const CellEntry> cells, Telling telling) {
  std::vector<CellOutcome> out;
  judged_.clear();                         // the transaction may run again
  say_way(writer, !through_.empty() ? "link" : telling == Telling::together && way_ == "grid" ? "workbook" : way_);
  out.reserve(cells.size());
  for (const CellEntry& cell : cells) out.push_back(save_one(writer, cell, telling));
  return out;
}

}  // namespace khuyenhoc
