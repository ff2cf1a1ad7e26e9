#include "past_years/annex_loading.h"

#include <algorithm>
#include <map>
#include <set>

#include <boost/json.hpp>

#include "access/viewer.h"
#include "base/i18n.h"
#include "base/number.h"
#include "measures/entered.h"
#include "past_years/carrying.h"
#include "past_years/old_bodies.h"
#include "past_years/past_years_queries.h"
#include "platform/files/files.h"
#include "restructure/restructure.h"

namespace khuyenhoc {
namespace {

std::string label_of(const House& house, Series series) { return house.catalogue.label(series, current_language()); }

std::vector<AnnexColumnChoice> remembered_columns(House& house, db::Reader& reader, const Annex& annex) {
  std::vector<AnnexColumnChoice> out;
  for (const Annex& other : past_years_sql::of_body(reader, house.catalogue, annex.body))
    if (other.id != annex.id && other.understood_ms && other.state != AnnexState::withdrawn) out.insert(out.end(), other.columns.begin(), other.columns.end());
  return out;
}

AnnexValue own_part(const AnnexTotal& total) { return {total.unit, Extent::own, total.series, total.difference(), total.row, 0}; }

// What the office added of its own goes together with what its own rows say.
void add_own(std::vector<AnnexValue>& values, const AnnexTotal& total) {
  const auto at = std::ranges::find_if(values, [&](const AnnexValue& one) { return one.unit == total.unit && one.extent == Extent::own && one.series == total.series; });
  if (at == values.end()) values.push_back(own_part(total));
  else at->value += total.difference();
}

// A district above its communes is stated, too: what an earlier annex told of the district alone would else go on beside what is told of its communes. Where its total
// was not signed, levels are the sum of its rows.
// A commune that follows its own district (all of it became that commune) is not below it for statements: what its row says is left out of the district's.
void add_districts(std::vector<AnnexValue>& values, const AnnexTable& table, std::span<const AnnexDifference> differences, const Catalogue& catalogue,
                   const Organisation& organisation, Day day) {
  const auto follows = [&](UnitId commune, UnitId district) {
    const BodyId body = association_of(organisation, commune, day), above = association_of(organisation, district, day);
    return body && above && std::ranges::count(organisation.successors(above), body) != 0;
  };
  std::map<std::pair<UnitId, Series>, std::int64_t> apart;
  for (const AnnexRow& row : table.rows)
    if (row.role == AnnexRole::unit && row.district && row.problem.empty() && follows(row.unit, row.district))
      for (std::size_t i = 0; i < table.columns.size(); ++i)
        if (table.columns[i].series && row.values[i]) apart[{row.district, *table.columns[i].series}] += *row.values[i];
  std::set<std::pair<UnitId, Series>> told;
  for (const AnnexTotal& total : table.totals) {
    if (total.level != UnitLevel::district) continue;
    const auto own = std::ranges::any_of(differences, [&](const AnnexDifference& one) {
      return one.total.unit == total.unit && one.total.series == total.series && one.reason == AnnexReason::own_of_office;
    });
    if (told.insert({total.unit, total.series}).second)
      values.push_back({total.unit, Extent::subtree, total.series, (own ? total.signed_total : total.rows_sum) - apart[{total.unit, total.series}], total.row, 0});
  }
  std::map<std::pair<UnitId, Series>, AnnexValue> sums;
  for (const AnnexRow& row : table.rows) {
    if (row.role != AnnexRole::unit || !row.district || row.district == row.unit || !row.problem.empty()) continue;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const auto& series = table.columns[i].series;
      if (!series || !row.values[i] || told.contains({row.district, *series}) || !is_level(catalogue.measure(catalogue.measure_of(*series)).kind)) continue;
      auto& sum = sums.try_emplace({row.district, *series}, AnnexValue{row.district, Extent::subtree, *series, 0, row.number, 0}).first->second;
      sum.value += *row.values[i];
    }
  }
  for (const auto& [at, value] : sums)
    if (association_of(organisation, at.first, day)) {
      values.push_back(value);
      values.back().value -= apart[at];
    }
}

std::string audit_json(std::string summary, const Annex& annex, std::size_t figures, std::span<const AnnexFigure> written) {
  // The digest over what was written stands for the rows (design 4.5).
  std::string rows;
  for (const AnnexFigure& one : written) rows += fmt::format("{}/{}/{}={};", one.body.value, one.series, static_cast<int>(one.extent), one.value);
  const std::string digest = crypto::hex(db::digest_of(rows));
  return boost::json::serialize(boost::json::object{{"summary", std::move(summary)}, {"report", annex.report_number}, {"period", annex.period.period.iso()}, {"figures", figures},
                                                    {"digest", digest}});
}

}  // namespace

Day annex_day(const Annex& annex) {
  const Day eve = reform_day() - 1;
  return annex.land == AnnexLand::old_units ? std::min(annex.period.period.last, eve) : std::max(annex.period.period.last, reform_day());
}

AnnexLand usual_land(Day last_day) { return last_day < reform_day() ? AnnexLand::old_units : AnnexLand::todays_units; }

AnnexUnits units_of(const Organisation& organisation, const Annex& annex) { return {organisation.territory(), annex.area, annex.land, annex_day(annex)}; }

std::vector<UnitId> areas_of(const Organisation& organisation, BodyId office, AnnexLand land, Day today) {
  const UnitId area = organisation.body(office).on(today).area;
  const auto& territory = organisation.territory();
  const auto& unit = territory.unit(area);
  if (land == AnnexLand::todays_units || unit.level != UnitLevel::province || unit.alive(reform_day() - 1)) return {area};
  auto out = territory.predecessors(area);
  std::erase_if(out, [&](UnitId before) { return territory.unit(before).level != UnitLevel::province; });
  std::ranges::sort(out, {}, [&](UnitId before) { return territory.unit(before).on(reform_day() - 1).code; });
  return out;
}

bool may_be_own(const AnnexTotal& total) { return total.difference() > 0 && (total.level == UnitLevel::province || total.level == UnitLevel::district); }

bool is_stated_in(const Figures& figures, BodyId body, Period period) {
  const Organisation& organisation = *figures.view().organisation;
  const auto round = figures.view().entered->round(period);
  return std::ranges::any_of(organisation.below(body, period.last), [&](BodyId one) { return round.has_stated(organisation.node(one)); });
}

Result<AnnexPlan> plan_annex(House& house, db::Reader& reader, const Annex& annex) {
  const auto organisation = house.organisation.current();
  const auto file = files::find(reader, annex.content);
  if (!file) return refuse("annex.unknown", tr("Không còn tệp phụ lục này. Xin gửi lại tệp."));
  const auto book = spreadsheet::read_workbook(spreadsheet::bytes_of(file->content));
  if (!book) return std::unexpected(book.error());
  const AnnexUnits units = units_of(*organisation, annex);
  const auto remembered = annex.columns.empty() ? remembered_columns(house, reader, annex) : std::vector<AnnexColumnChoice>{};
  auto table = read_annex(*book, annex, house.catalogue, units, remembered);
  if (!table) return std::unexpected(table.error());
  AnnexPlan out{annex, std::move(*table), {}, {}, 0, {}, 0, 0, 0, {}};
  const auto explained = past_years_sql::explanations(reader, house.catalogue, annex.id);
  auto values = out.table.values;
  std::size_t unexplained = 0;
  for (const AnnexTotal& total : out.table.totals) {
    if (total.difference() == 0) {
      ++out.agreeing;
      continue;
    }
    AnnexDifference one{total, AnnexReason::none, {}};
    const auto known = std::ranges::find_if(explained, [&](const AnnexExplanation& given) { return given.unit == total.unit && given.series == total.series; });
    // An explanation is of the very difference it was given for.
    if (known != explained.end() && known->rows_sum == total.rows_sum && known->signed_total == total.signed_total) {
      one.reason = known->reason;
      one.note = known->note;
    }
    if (one.reason == AnnexReason::own_of_office && !may_be_own(total)) one.reason = AnnexReason::none;
    if (one.reason == AnnexReason::own_of_office) add_own(values, total);
    if (one.reason == AnnexReason::none) ++unexplained;
    out.differences.push_back(std::move(one));
  }
  add_districts(values, out.table, out.differences, house.catalogue, *organisation, annex.period.period.last);
  std::set<UnitId> without;
  for (const AnnexValue& value : values) {
    AnnexCell cell{value, association_of(*organisation, value.unit, annex.period.period.last), {}, 0};
    if (!cell.body) {
      without.insert(value.unit);
    } else if (const auto stated = house.statements.find(reader, cell.body, value.series, annex.period.period, value.extent)) {
      cell.stored = stated->value;
      cell.version = stated->row_version;
    }
    (cell.same() ? out.same : cell.differs() ? out.differing : out.fresh)++;
    out.cells.push_back(std::move(cell));
  }
  out.without_association.assign(without.begin(), without.end());
  if (!annex.understood_ms) out.hindrances.push_back(tr("Chưa xác nhận các cột và các dòng."));
  if (!out.table.problems.empty()) out.hindrances.push_back(tr("Còn {} ô chưa đọc được.", out.table.problems.size()));
  if (!out.table.has_total && !annex.without_total) out.hindrances.push_back(tr("Chưa thấy dòng tổng cộng đã ký để đối chiếu."));
  if (unexplained > 0 && out.table.problems.empty()) out.hindrances.push_back(tr("Còn {} chỗ lệch với số tổng đã ký chưa được giải thích.", unexplained));
  if (!out.without_association.empty()) out.hindrances.push_back(tr("{} đơn vị chưa có tổ chức Hội của thời kỳ đó.", out.without_association.size()));
  if (out.differing > 0 && !annex.replaces) out.hindrances.push_back(tr("{} số đã có từ trước khác với phụ lục.", out.differing));
  if (out.cells.empty()) out.hindrances.push_back(tr("Chưa có số nào đọc được từ phụ lục."));
  return out;
}

Result<std::size_t> load_annex(House& house, const Viewer& viewer, const Annex& seen) {
  Restructures restructures(house.organisation, house.ledger, house.statements);
  const std::int64_t now = house.clock.now_ms();
  std::size_t written = 0;
  // Reading the workbook and finding what is there is done before, so that others do not wait for it, too. What was saved since is noticed by the
  // annex's version, the tree, and the version of each figure.
  const auto tree = house.organisation.current();
  const auto plan = house.store.read([&](db::Reader& reader) { return plan_annex(house, reader, seen); });
  if (!plan) return std::unexpected(plan.error());
  auto done = house.store.write([&](db::Writer& writer) -> Result<void> {
    written = 0;
    const auto annex = past_years_sql::find(writer, house.catalogue, seen.id);
    if (!annex || annex->row_version != seen.row_version || annex->state != AnnexState::draft)
      return refuse("annex.stale", tr("Phụ lục này vừa được người khác sửa hoặc ghi. Xin xem lại."));
    if (house.organisation.current() != tree) return refuse("annex.stale", tr("Tổ chức Hội vừa được thay đổi. Xin xem lại phụ lục."));
    if (!plan->hindrances.empty()) return refuse("annex.hindered", plan->hindrances.front());
    if (!plan->changes_something()) return refuse("annex.nothing", tr("Các số trong phụ lục đã được ghi từ trước; không có số nào thay đổi."));
    std::vector<AnnexFigure> figures;
    for (const AnnexCell& cell : plan->cells) {
      if (cell.same()) continue;
      const auto stated = house.statements.state(writer, cell.body, cell.from.series, annex->period.period, cell.from.value, cell.version, Arrival::within, viewer.user(), now,
                                                 cell.from.extent);
      if (!stated)
        return refuse(stated.error().code, tr("{}, “{}”: {}", house.organisation.current()->body(cell.body).on(annex->period.period.last).name, label_of(house, cell.from.series),
                                              stated.error().message));
      figures.push_back({cell.body, cell.from.series, cell.from.extent, cell.from.value, cell.stored, stated->statement.row_version});
    }
    written = figures.size();
    std::vector<AnnexExplanation> totals;
    for (const AnnexTotal& total : plan->table.totals) {
      AnnexExplanation one{total.unit, total.series, total.rows_sum, total.signed_total, AnnexReason::none, {}};
      for (const AnnexDifference& difference : plan->differences)
        if (difference.total.unit == total.unit && difference.total.series == total.series) {
          one.reason = difference.reason;
          one.note = difference.note;
        }
      totals.push_back(std::move(one));
    }
    past_years_sql::keep_explanations(writer, house.catalogue, annex->id, totals);
    past_years_sql::keep_figures(writer, house.catalogue, annex->id, figures);
    past_years_sql::set_state(writer, annex->id, AnnexState::loaded, viewer.user(), now);
    carry_over(house, restructures, writer, viewer.user(), now);
    const std::string summary = tr(Language::vietnamese, "Nạp {} số của {} từ phụ lục báo cáo số {}", written, house.periods.label(annex->period, Language::vietnamese), annex->report_number);
    house.trail.write(writer, viewer, annex->body, "past_annex", annex->id.value, "load", {}, audit_json(summary, *annex, written, figures));
    return {};
  });
  if (!done) return std::unexpected(done.error());
  if (auto settled = restructures.settle({viewer.user(), now, {}}); !settled) return std::unexpected(settled.error());
  return written;
}

Result<std::size_t> withdraw_annex(House& house, const Viewer& viewer, const Annex& seen) {
  Restructures restructures(house.organisation, house.ledger, house.statements);
  const std::int64_t now = house.clock.now_ms();
  std::size_t taken_back = 0;
  auto done = house.store.write([&](db::Writer& writer) -> Result<void> {
    taken_back = 0;
    const auto annex = past_years_sql::find(writer, house.catalogue, seen.id);
    if (!annex || annex->row_version != seen.row_version || annex->state != AnnexState::loaded)
      return refuse("annex.stale", tr("Phụ lục này vừa được người khác sửa hoặc khôi phục. Xin xem lại."));
    auto figures = past_years_sql::figures(writer, house.catalogue, annex->id);
    std::ranges::reverse(figures);
    for (const AnnexFigure& one : figures) {
      const auto now_stated = house.statements.find(writer, one.body, one.series, annex->period.period, one.extent);
      const std::string& name = house.organisation.current()->body(one.body).on(annex->period.period.last).name;
      if (!now_stated || now_stated->value != one.value || now_stated->row_version != one.written_version)
        return refuse("annex.depends", tr("Không khôi phục được vì “{}” của {} đã được sửa thành {} sau khi nạp.", label_of(house, one.series), name,
                                          now_stated && now_stated->value ? number_text(*now_stated->value) : tr("chưa báo cáo")));
      const auto back = house.statements.state(writer, one.body, one.series, annex->period.period, one.before, now_stated->row_version, Arrival::within, viewer.user(), now, one.extent);
      if (!back) return std::unexpected(back.error());
    }
    taken_back = figures.size();
    past_years_sql::set_state(writer, annex->id, AnnexState::withdrawn, viewer.user(), now);
    carry_over(house, restructures, writer, viewer.user(), now);
    const std::string summary = tr(Language::vietnamese, "Khôi phục như cũ: {} số của {} từ phụ lục báo cáo số {}", taken_back, house.periods.label(annex->period, Language::vietnamese),
                                   annex->report_number);
    house.trail.write(writer, viewer, annex->body, "past_annex", annex->id.value, "undo", {}, audit_json(summary, *annex, taken_back, figures));
    return {};
  });
  if (!done) return std::unexpected(done.error());
  if (auto settled = restructures.settle({viewer.user(), now, {}}); !settled) return std::unexpected(settled.error());
  return taken_back;
}

}  // namespace khuyenhoc
