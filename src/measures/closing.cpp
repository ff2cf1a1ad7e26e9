#include "measures/closing.h"

#include <map>

#include "measures/closing_queries.h"
#include "measures/facts_queries.h"

namespace khuyenhoc {

std::vector<BodyId> reporting_unit(const Organisation& organisation, BodyId body, Day day) {
  std::vector<BodyId> out{body};
  for (std::size_t i = 0; i < out.size(); ++i)
    for (const BodyId child : organisation.children(out[i], day))
      if (organisation.kind(child).level == BodyKind::Level::branch) out.push_back(child);
  return out;
}

namespace {

// Facts of this very transaction are not in the table yet.
void add_pending(std::map<Series, std::int64_t>& sums, std::span<const Fact> pending, std::span<const BodyId> bodies, Period period, const Catalogue& catalogue,
                 bool levels) {
  for (const Fact& fact : pending)
    if (fact.layer != FactLayer::window && fact.day <= period.last && (levels || period.first <= fact.day) &&
        is_level(catalogue.measure(catalogue.measure_of(fact.series)).kind) == levels && std::ranges::find(bodies, fact.body) != bodies.end())
      sums[fact.series] += fact.amount;
}

}  // namespace

Result<void> close_period(db::Writer& writer, Ledger& ledger, const std::string& family, Period period, std::span<const BodyId> bodies, UserId by,
                          std::int64_t now_ms) {
  const Catalogue& catalogue = ledger.catalogue();
  const OrganisationView organisation = ledger.organisation();
  std::vector<std::shared_ptr<const ClosedRound>> closed;
  for (const BodyId body : bodies) {
    if (!organisation->find(body) || organisation->kind(body).level == BodyKind::Level::branch)
      return refuse("closing.body", tr("Chi hội, ban không chốt báo cáo riêng. Số liệu của chi hội, ban được chốt cùng báo cáo của Hội cấp trên."));
    const std::vector<BodyId> unit = reporting_unit(*organisation, body, period.last);
    std::map<Series, std::int64_t> sums;
    for (const bool levels : {true, false}) {
      const Period days{levels ? Day::earliest() : period.first, period.last};
      facts_sql::each_sum_by_series(writer, unit, days, [&](std::int64_t stored, std::int64_t amount) {
        const auto series = ledger.series_of_stored(stored);
        if (series && is_level(catalogue.measure(catalogue.measure_of(*series)).kind) == levels) sums[*series] += amount;
      });
      add_pending(sums, ledger.pending(writer), unit, period, catalogue, levels);
    }
    closing_sql::StoredRound stored{{ledger.new_id(), family, period, body, 0, {}}, {}};
    stored.round.version = closing_sql::last_version(writer, stored.round) + 1;
    for (const auto& [series, amount] : sums) stored.figures.emplace_back(ledger.stored_series(series), amount);
    closing_sql::insert(writer, stored, by, now_ms);
    ClosedRound round = stored.round;
    round.figures.assign(sums.begin(), sums.end());
    closed.push_back(std::make_shared<const ClosedRound>(std::move(round)));
  }
  ledger.closing_changed(writer, std::move(closed));
  return {};
}

}  // namespace khuyenhoc
