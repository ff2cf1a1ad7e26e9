// What the column "cùng kỳ" of the reports to come will lack.
#include <algorithm>
#include <map>
#include <set>

#include "base/i18n.h"
#include "base/phrases.h"
#include "measures/figures.h"
#include "past_years/annex_loading.h"
#include "past_years/old_bodies.h"
#include "past_years/past_years.h"
#include "past_years/past_years_queries.h"

namespace khuyenhoc {
namespace {

// What the forms of the house ask people for.
std::vector<MeasureIndex> asked_measures(const Catalogue& catalogue) {
  std::vector<MeasureIndex> out;
  for (std::size_t i = 0; i < catalogue.measures().size(); ++i) {
    const auto index = static_cast<MeasureIndex>(i);
    if (!is_typed(catalogue.measure(index).kind)) continue;
    if (std::ranges::any_of(catalogue.forms(), [&](const ShortForm& form) { return form.asks(index); })) out.push_back(index);
  }
  return out;
}

class Looking {
 public:
  Looking(House& house, BodyId office, Day today) : house_(house), office_(office), today_(today), figures_(house.ledger.view()), organisation_(figures_.view().organisation) {
    measures_ = asked_measures(house.catalogue);
    annexes_ = house.store.read([&](db::Reader& reader) {
      auto all = past_years_sql::of_body(reader, house.catalogue, office);
      std::erase_if(all, [](const Annex& one) { return one.state != AnnexState::loaded && !is_half_way(one.state); });
      return all;
    });
  }

  std::optional<MissingComparison> of(const NamedPeriod& report) const {
    MissingComparison out;
    out.report = report;
    out.before = house_.periods.same_last_year(report);
    const Period period = out.before.period;
    const auto parts = areas_of(*organisation_, office_, usual_land(period.last), today_);
    std::set<MeasureIndex> lacking;
    std::map<UnitId, std::size_t> by_part;
    for (const UnitId part : parts) {
      const auto stated = stated_in(part, period);
      const BodyId body = parts.size() > 1 ? association_of(*organisation_, part, period.last) : office_;
      const bool any = body && is_stated_in(figures_, body, period);
      const auto half = half_way_in(part, period);
      for (const MeasureIndex measure : measures_)
        if (half.contains(measure) || (!stated.contains(measure) && !(any && is_known(part, parts.size(), measure, period)))) {
          lacking.insert(measure);
          ++by_part[part];
        }
    }
    if (lacking.empty()) return std::nullopt;
    out.measures.assign(lacking.begin(), lacking.end());
    const auto& land = organisation_->territory();
    if (parts.size() > 1 && by_part.size() < parts.size())
      for (const auto& [part, count] : by_part) out.parts.push_back(tr("{} (cũ)", land.unit(part).full_name(period.last)));
    const std::string named = house_.periods.label(report, current_language());
    out.sentence = out.parts.empty() ? tr("Báo cáo {1} sẽ để trống cột cùng kỳ của {0} chỉ tiêu.", out.measures.size(), named)
                                     : tr("Cột cùng kỳ của báo cáo {1} sẽ thiếu phần của {2} ở {0} chỉ tiêu.", out.measures.size(), named, enumerated(out.parts));
    return out;
  }

 private:
  // Zero is a figure, too: what an annex states of the period is known.
  std::set<MeasureIndex> stated_in(UnitId part, Period period) const {
    return told_in(part, period, [](const Annex& annex) { return annex.state == AnnexState::loaded; });
  }
  // Half a table is none.
  std::set<MeasureIndex> half_way_in(UnitId part, Period period) const {
    return told_in(part, period, [](const Annex& annex) { return is_half_way(annex.state); });
  }
  template <class Which>
  std::set<MeasureIndex> told_in(UnitId part, Period period, Which which) const {
    std::set<MeasureIndex> out;
    for (const Annex& annex : annexes_) {
      if (!which(annex) || annex.area != part || annex.period.period.last != period.last) continue;
      for (const AnnexColumnChoice& column : annex.columns) {
        if (!column.series) continue;
        const MeasureIndex measure = house_.catalogue.measure_of(*column.series);
        if (annex.period.period == period || is_level(house_.catalogue.measure(measure).kind)) out.insert(measure);
      }
    }
    return out;
  }

  bool is_known(UnitId part, std::size_t parts, MeasureIndex measure, Period period) const {
    const BodyId body = parts > 1 ? association_of(*organisation_, part, period.last) : office_;
    if (!body) return false;
    const auto figure = figures_.figure(measure, {body, period, parts > 1 ? period.last : today_});
    return figure && figure->defined() && figure->value != 0;
  }

  House& house_;
  BodyId office_;
  Day today_;
  Figures figures_;
  OrganisationView organisation_;
  std::vector<MeasureIndex> measures_;
  std::vector<Annex> annexes_;
};

}  // namespace

std::vector<MissingComparison> missing_comparisons(House& house, BodyId office, Day today) {
  std::vector<MissingComparison> out;
  const auto organisation = house.organisation.current();
  const auto level = organisation->kind(office).level;
  if (organisation->kind(office).system != hkh || (level != BodyKind::Level::province && level != BodyKind::Level::commune)) return out;
  const Looking looking(house, office, today);
  const int year = today.year();
  for (const char* window : {"H1", "9M", "Y"})
    if (const auto report = house.periods.named("bao_cao", window, year))
      if (auto lacking = looking.of(*report)) out.push_back(std::move(*lacking));
  return out;
}

}  // namespace khuyenhoc
