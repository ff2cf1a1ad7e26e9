// Adjusting what was closed: exactly the cells that are named change, in the figures and in the frozen ones alike.
#include <algorithm>

#include "base/number.h"
#include "measures/acts.h"
#include "reporting/reporting.h"
#include "signed_reports/adjustment_queries.h"
#include "signed_reports/notice_queries.h"
#include "signed_reports/report_parts.h"

namespace khuyenhoc {

using namespace signed_reports;

namespace {

Refusal stale() { return {"adjust.stale", tr("Bản điều chỉnh này vừa được người khác sửa. Xin xem lại rồi làm tiếp."), {}}; }
Refusal may_not() { return {"adjust.may_not", tr("Ông/bà không được giao việc này với báo cáo của đơn vị."), {}}; }
std::string words(std::optional<std::int64_t> value) { return value ? number_text(*value) : tr("để trống"); }

struct Opened {
  Adjustment adjustment;
  RoundReport report;
};
Result<Opened> opened(db::Reader& reader, const Viewer& viewer, AdjustmentId id, Permission permission, std::int64_t expected_version, Adjustment::State state) {
  auto adjustment = find_adjustment(reader, id);
  const auto report = adjustment ? find_report(reader, adjustment->report) : std::nullopt;
  if (!report || !viewer.may(Permission::see_figures, report->body)) return refuse("adjust.unknown", tr("Không có bản điều chỉnh này."));
  if (!viewer.may(permission, report->body)) return std::unexpected(may_not());
  if (expected_version != 0 && adjustment->row_version != expected_version) return std::unexpected(stale());
  if (adjustment->state != state)
    return refuse("adjust.state", state == Adjustment::State::draft ? tr("Bản điều chỉnh này không còn là bản nháp. Xin tải lại trang.") : tr("Bản điều chỉnh này chưa trình, hoặc đã ký. Xin tải lại trang."));
  return Opened{std::move(*adjustment), *report};
}

Result<Adjustment> saved(db::Writer& writer, const House& house, const Viewer& viewer, const Opened& was, const Adjustment& now, std::string_view action, const std::string& summary) {
  if (!adjustment_sql::update(writer, now, was.adjustment.row_version)) return std::unexpected(stale());
  tell(writer, house, viewer, was.report, action, summary, now.reason);
  return find_adjustment(writer, now.id).value();
}

std::optional<Statement> stored_cell(db::Reader& reader, const House& house, const RoundReport& report, const AdjustedCell& cell, const SeriesName& name) {
  return house.statements.find(reader, cell.body, house.catalogue.series(name.measure), report.window, name.extent);
}

// The cells as statements. What was stored when the draft was made must be there still.
Result<void> apply_cells(db::Writer& writer, const House& house, const Viewer& viewer, const RoundReport& report, const Adjustment& adjustment) {
  say_way(writer, "adjustment", adjustment.id.value);
  for (const AdjustedCell& cell : adjustment.cells) {
    const SeriesName name = parse_series_name(house.catalogue, cell.measure).value();
    const auto stored = stored_cell(writer, house, report, cell, name);
    const std::optional<std::int64_t> now = stored ? stored->value : std::nullopt;
    const std::string where = tr("{} của {}", house.catalogue.measure(name.measure).label(current_language()), name_of(house, cell.body, report.window.last));
    if (now != cell.was) return refuse("adjust.changed", tr("{} nay là {}, không còn là {} như khi lập bản điều chỉnh. Xin sửa lại ô này.", where, words(now), words(cell.was)), fmt::format("{}:{}", cell.body.value, cell.measure));
    const auto done = house.statements.state(writer, cell.body, house.catalogue.series(name.measure), report.window, cell.now, stored ? stored->row_version : 0,
                                             stored ? stored->arrival : Arrival::within, viewer.user(), house.clock.now_ms(), name.extent);
    if (!done) return refuse(done.error().code, where + ": " + done.error().message, fmt::format("{}:{}", cell.body.value, cell.measure));
    const LanguageScope in_vietnamese(Language::vietnamese);
    const auto json = [](std::optional<std::int64_t> value) { return value ? std::to_string(*value) : std::string("null"); };
    house.trail.write(writer, viewer, cell.body, "statement", done->statement.id, "adjust", fmt::format(R"({{"value":{}}})", json(cell.was)),
                      fmt::format(R"({{"summary":{},"measure":{},"value":{}}})", json_text(tr("Điều chỉnh số liệu đã chốt: {}, {} thành {}", where, words(cell.was), words(cell.now))), json_text(cell.measure), json(cell.now)), cell.reason);
  }
  return {};
}

using Figures_ = std::map<std::pair<BodyId, Series>, std::int64_t>;
void add_figures(Figures_& into, const FrozenReport& report, std::int64_t sign) {
  for (const FrozenReport::Part& part : report.parts)
    for (const auto& [series, amount] : part.round->figures) into[{part.round->body, series}] += sign * amount;
}

// What is in force, and the change that the cells made: nothing else that happened since slips in.
FrozenReport changed_by(const FrozenReport& in_force, const FrozenReport& before, const FrozenReport& after) {
  Figures_ change;
  add_figures(change, after, 1);
  add_figures(change, before, -1);
  std::map<BodyId, std::map<Series, std::int64_t>> figures;
  std::map<BodyId, std::vector<BodyId>> covers;
  std::vector<BodyId> order;
  for (const FrozenReport::Part& part : in_force.parts) {
    order.push_back(part.round->body);
    covers[part.round->body] = part.covers;
    figures[part.round->body].insert(part.round->figures.begin(), part.round->figures.end());
  }
  for (const auto& [at, amount] : change) {
    if (amount == 0) continue;
    if (!figures.contains(at.first)) order.push_back(at.first);
    figures[at.first][at.second] += amount;
  }
  FrozenReport out;
  const ClosedRound& first = *in_force.parts.front().round;
  for (const BodyId body : order)
    out.parts.push_back({std::make_shared<const ClosedRound>(ClosedRound{0, first.family, first.period, body, 0, 0, {figures[body].begin(), figures[body].end()}}), covers[body]});
  return out;
}

struct Tried {
  FrozenReport figures;
  std::vector<AdjustmentEffect> effects;
};

Result<Tried> try_cells(db::Writer& writer, const House& house, const Viewer& viewer, const RoundReport& report, const Adjustment& adjustment) {
  const auto version = last_version(writer, report.id);
  if (!version) return refuse("adjust.state", tr("Báo cáo chưa có bản ký."));
  const auto before = figures_to_freeze(writer, house.ledger, report.form, report.window, report.body);
  if (!before) return std::unexpected(before.error());
  if (auto done = apply_cells(writer, house, viewer, report, adjustment); !done) return std::unexpected(done.error());
  const auto after = figures_to_freeze(writer, house.ledger, report.form, report.window, report.body);
  if (!after) return std::unexpected(after.error());
  Tried out{changed_by(frozen_report(writer, house.ledger, version->closings), *before, *after), {}};
  std::vector<RoundReport> concerned{report};
  for (RoundReport& above : reports_above(writer, report)) concerned.push_back(std::move(above));
  const auto closed = closed_rounds_now(writer, house.ledger, report.form);
  for (const RoundReport& one : concerned) {
    const auto shown = one.id == report.id ? version : last_version(writer, one.id);
    if (!shown || (one.id != report.id && !is_locked(one.state))) continue;
    // a parent that is not closed yet counts with what it signed
    std::vector<FrozenReport> more;
    if (one.id != report.id) more.push_back(frozen_report(writer, house.ledger, shown->closings));
    const RegionTotals old_totals = region_totals(view_with(house, closed, more), report.form, report.window, one.body);
    more.push_back(out.figures);
    const RegionTotals new_totals = region_totals(view_with(house, closed, more), report.form, report.window, one.body);
    const VersionContent content = content_of(writer, house.ledger, *shown);
    std::set<Series> all;
    for (const auto& [series, amount] : old_totals.totals) all.insert(series);
    for (const auto& [series, amount] : new_totals.totals) all.insert(series);
    const auto at = [](const RegionTotals& totals, Series series) {
      const auto found = totals.totals.find(series);
      return found == totals.totals.end() ? std::int64_t{0} : found->second;
    };
    for (const Series series : all)
      if (at(old_totals, series) != at(new_totals, series))
        out.effects.push_back({one.id, one.body, shown->id, series, content.total(series), at(old_totals, series), at(new_totals, series)});
  }
  return out;
}

}  // namespace

Result<Adjustment> begin_adjustment(db::Writer& writer, const House& house, const Viewer& viewer, ReportId id, const std::string& reason) {
  const auto report = find_report(writer, id);
  if (!report || !viewer.may(Permission::see_figures, report->body)) return std::unexpected(unknown_report());
  if (!viewer.may(Permission::enter_figures, report->body) && !viewer.may(Permission::sign, report->body)) return std::unexpected(may_not());
  if (report->state != ReportState::closed) return refuse("adjust.state", tr("Chỉ điều chỉnh báo cáo đã chốt. Báo cáo chưa chốt thì rút lại, hoặc đề nghị cấp trên trả lại để sửa."));
  if (open_adjustment(writer, id)) return refuse("adjust.open", tr("Báo cáo này đang có một bản điều chỉnh chưa ký. Xin làm tiếp bản đó."));
  if (reason.empty()) return refuse("adjust.reason", tr("Xin ghi lý do điều chỉnh."), "ly-do");
  Adjustment out{.id = house.store.new_id<AdjustmentId>(), .report = id, .reason = reason, .cells = {}, .by = viewer.user(), .at_ms = house.clock.now_ms(), .version = {}, .sent_back = {}};
  adjustment_sql::insert(writer, out);
  tell(writer, house, viewer, *report, "adjust_begin", tr(Language::vietnamese, "Lập bản điều chỉnh số liệu đã chốt: {}", report_name(house, *report)), reason);
  return out;
}

Result<Adjustment> put_cell(db::Writer& writer, const House& house, const Viewer& viewer, AdjustmentId id, std::int64_t expected_version, const AdjustedCell& given) {
  auto was = opened(writer, viewer, id, Permission::see_figures, expected_version, Adjustment::State::draft);
  if (!was) return std::unexpected(was.error());
  if (!viewer.may(Permission::enter_figures, was->report.body) && !viewer.may(Permission::sign, was->report.body)) return std::unexpected(may_not());
  const auto name = parse_series_name(house.catalogue, given.measure);
  const OrganisationView organisation = house.organisation.current();
  const auto rows = sheet_rows(organisation, was->report.body, was->report.window.last, current_language());
  const bool own = given.body == was->report.body;
  if (!name || (!own && !std::ranges::binary_search(rows->bodies, given.body))) return refuse("adjust.cell", tr("Không có ô này trong báo cáo. Xin chọn đơn vị và chỉ tiêu."), "chi-tieu");
  if (!own) {
    const auto round = find_round(writer, was->report.round);
    const auto asked = round ? asked_forms(writer, house, was->report.body, entry_period(writer, house, *round), given.body) : std::unexpected(unknown_report());
    const ShortForm* form = asked ? (*asked)->branch(organisation->kind(given.body).short_form) : nullptr;
    if (name->extent == Extent::own || form == nullptr || !form->asks(name->measure))
      return refuse("adjust.cell", tr("{} không nhập chỉ tiêu này.", organisation->body(given.body).on(was->report.window.last).name), "chi-tieu");
  }
  if (given.reason.empty()) return refuse("adjust.reason", tr("Xin ghi lý do sửa ô này."), "ly-do-o");
  AdjustedCell cell = given;
  const auto stored = stored_cell(writer, house, was->report, cell, *name);
  cell.was = stored ? stored->value : std::nullopt;
  if (cell.was == cell.now) adjustment_sql::remove_cell(writer, id, cell);
  else adjustment_sql::put_cell(writer, id, cell);
  const std::string summary = tr(Language::vietnamese, "Bản điều chỉnh: {} của {}, {} thành {}", house.catalogue.measure(name->measure).label(Language::vietnamese), name_of(house, cell.body, was->report.window.last), words(cell.was), words(cell.now));
  return saved(writer, house, viewer, *was, was->adjustment, "adjust_cell", summary);
}

Result<Adjustment> submit_adjustment(db::Writer& writer, const House& house, const Viewer& viewer, AdjustmentId id, std::int64_t expected_version, const std::string& reason) {
  auto was = opened(writer, viewer, id, Permission::see_figures, expected_version, Adjustment::State::draft);
  if (!was) return std::unexpected(was.error());
  if (!viewer.may(Permission::enter_figures, was->report.body) && !viewer.may(Permission::sign, was->report.body)) return std::unexpected(may_not());
  if (was->adjustment.cells.empty()) return refuse("adjust.cell", tr("Bản điều chỉnh chưa có ô nào. Xin ghi ít nhất một ô cần sửa."), "chi-tieu");
  Adjustment now = was->adjustment;
  if (!reason.empty()) now.reason = reason;
  now.state = Adjustment::State::waiting_for_head;
  now.sent_back.clear();
  return saved(writer, house, viewer, *was, now, "adjust_submit", tr(Language::vietnamese, "Trình Chủ tịch duyệt bản điều chỉnh: {}", report_name(house, was->report)));
}

Result<Adjustment> give_back_adjustment(db::Writer& writer, const House& house, const Viewer& viewer, AdjustmentId id, std::int64_t expected_version, const std::string& reason) {
  auto was = opened(writer, viewer, id, Permission::sign, expected_version, Adjustment::State::waiting_for_head);
  if (!was) return std::unexpected(was.error());
  if (reason.empty()) return refuse("signed.say_why", tr("Xin ghi lý do trả lại."), "ly-do");
  Adjustment now = was->adjustment;
  now.state = Adjustment::State::draft;
  now.sent_back = reason;
  return saved(writer, house, viewer, *was, now, "adjust_back", tr(Language::vietnamese, "Trả lại bản điều chỉnh để sửa: {}", reason));
}

Result<void> drop_adjustment(db::Writer& writer, const House& house, const Viewer& viewer, AdjustmentId id, std::int64_t expected_version) {
  auto was = opened(writer, viewer, id, Permission::see_figures, expected_version, Adjustment::State::draft);
  if (!was) return std::unexpected(was.error());
  if (!viewer.may(Permission::enter_figures, was->report.body) && !viewer.may(Permission::sign, was->report.body)) return std::unexpected(may_not());
  Adjustment now = was->adjustment;
  now.state = Adjustment::State::dropped;
  const auto done = saved(writer, house, viewer, *was, now, "adjust_drop", tr(Language::vietnamese, "Bỏ bản điều chỉnh chưa ký: {}", report_name(house, was->report)));
  if (!done) return std::unexpected(done.error());
  return {};
}

Result<std::vector<AdjustmentEffect>> preview_adjustment(const House& house, const Viewer& viewer, const Adjustment& adjustment) {
  std::optional<Result<std::vector<AdjustmentEffect>>> out;
  (void)house.store.write([&](db::Writer& writer) -> Result<void> {
    const auto report = find_report(writer, adjustment.report);
    auto tried = report ? try_cells(writer, house, viewer, *report, adjustment) : Result<Tried>(std::unexpected(unknown_report()));
    if (tried) out = std::move(tried->effects);
    else out = std::unexpected(tried.error());
    return refuse("adjust.tried", {});   // never kept
  });
  return std::move(*out);
}

Result<SignedVersion> sign_adjustment(db::Writer& writer, const House& house, const Viewer& viewer, AdjustmentId id, std::int64_t expected_version, std::int64_t holding) {
  auto was = opened(writer, viewer, id, Permission::sign, expected_version, Adjustment::State::waiting_for_head);
  if (!was) return std::unexpected(was.error());
  auto tried = try_cells(writer, house, viewer, was->report, was->adjustment);
  if (!tried) return std::unexpected(tried.error());
  auto frame = signed_frame(writer, house, viewer, was->report, holding);
  if (!frame) return frame;
  frame->kind = SignedVersion::Kind::adjustment;
  frame->reason = was->adjustment.reason;
  const FrozenReport frozen = freeze_figures(writer, house.ledger, tried->figures, viewer.user(), frame->at_ms);
  std::vector<FrozenText> texts = content_of(writer, house.ledger, last_version(writer, was->report.id).value()).texts;
  const SignedVersion version = keep_version(writer, house, std::move(*frame), frozen, std::move(texts));
  if (auto put = put_in_force(writer, house.ledger, version.closings, viewer.user(), version.at_ms); !put) return std::unexpected(put.error());
  for (const AdjustmentEffect& effect : tried->effects) adjustment_sql::insert_effect(writer, id, effect, house.ledger.stored_series(effect.series));
  Adjustment now = was->adjustment;
  now.state = Adjustment::State::in_force;
  now.version = version.id;
  const std::string said = tr(Language::vietnamese, "Điều chỉnh số liệu đã chốt số {}: {}. Lý do: {}", version.number_text, report_name(house, was->report), now.reason);
  if (auto done = saved(writer, house, viewer, *was, now, "adjust_sign", said); !done) return std::unexpected(done.error());
  tell_report_event(writer, house, viewer, was->report, ReportStep::adjusted, said);
  tell_above(writer, house, viewer, was->report, version, said);
  return version;
}

std::vector<AdjustmentEffect> effects_of(db::Reader& reader, const Ledger& ledger, AdjustmentId id) {
  std::vector<AdjustmentEffect> out;
  for (auto& [effect, stored] : adjustment_sql::effects(reader, id))
    if (const auto series = ledger.series_of_stored(stored)) {
      effect.series = *series;
      out.push_back(effect);
    }
  return out;
}

Result<void> notice_seen(db::Writer& writer, const House& house, const Viewer& viewer, std::int64_t id) {
  const auto notice = notice_sql::find(writer, id);
  const auto report = notice ? find_report(writer, notice->report) : std::nullopt;
  if (!report || !(viewer.may(Permission::sign, report->body) || viewer.may(Permission::enter_figures, report->body))) return refuse("adjust.unknown", tr("Không có thông báo này, hoặc đã có người xem."));
  notice_sql::mark_seen(writer, id, viewer.user(), house.clock.now_ms());
  tell(writer, house, viewer, *report, "notice_seen", tr(Language::vietnamese, "Đã xem thay đổi bên dưới: {}", notice->reason));
  return {};
}

}  // namespace khuyenhoc
