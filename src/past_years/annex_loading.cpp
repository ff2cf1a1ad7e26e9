#include "past_years/annex_loading.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/i18n.h"
#include "measures/entered.h"
#include "past_years/old_bodies.h"
#include "past_years/past_years_queries.h"
#include "platform/files/files.h"

namespace khuyenhoc {
namespace {

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
  AnnexPlan out;
  out.annex = annex;
  out.table = std::move(*table);
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
  // What it has written itself, when it stopped half way, is done, whatever somebody made of it since.
  std::set<std::tuple<BodyId, Series, Extent>> written;
  if (is_half_way(annex.state))
    for (const AnnexFigure& one : past_years_sql::figures(reader, house.catalogue, annex.id)) written.emplace(one.body, one.series, one.extent);
  std::set<UnitId> without;
  for (const AnnexValue& value : values) {
    AnnexCell cell{value, association_of(*organisation, value.unit, annex.period.period.last), {}, 0};
    if (!cell.body) {
      without.insert(value.unit);
    } else if (const auto stated = house.statements.find(reader, cell.body, value.series, annex.period.period, value.extent)) {
      cell.stored = stated->value;
      cell.version = stated->row_version;
    }
    cell.written = written.contains({cell.body, value.series, value.extent});
    (cell.written ? out.written : cell.same() ? out.same : cell.differs() ? out.differing : out.fresh)++;
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

}  // namespace khuyenhoc
