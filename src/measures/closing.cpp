#include "measures/closing.h"

#include <algorithm>
#include <map>

#include "measures/closing_queries.h"
#include "measures/facts_queries.h"

namespace khuyenhoc {

namespace {

// Facts of this very transaction are not in the table yet.
void add_pending(std::map<Series, std::int64_t>& sums, std::span<const Fact> pending, std::span<const BodyId> bodies, Period period, const Catalogue& catalogue,
                 bool levels) {
  for (const Fact& fact : pending)
    if (fact.layer != FactLayer::window && fact.day <= period.last && (levels || period.first <= fact.day) &&
        is_level(catalogue.measure(catalogue.measure_of(fact.series)).kind) == levels && std::ranges::find(bodies, fact.body) != bodies.end())
      sums[fact.series] += fact.amount;
}

// What one association reports: by the body that the figures are shown at, itself first; the others are lines.
using Reported = std::map<BodyId, std::vector<BodyId>>;

class Region {
 public:
  Region(const LedgerView& view, Day day) : view_(view), axis_(view.cube->axis(AxisKind::superiors, day)) {}

  Reported reported_by(BodyId body) const {
    const Organisation& organisation = *view_.organisation;
    const Layout& layout = axis_->layout();
    const Node node = organisation.node(body);
    Reported out;
    out[body].push_back(body);
    if (node >= layout.size() || layout.placement(node).kind != Placement::Kind::itself) return out;   // not there on the day: its own figures alone
    const LabelRange range = layout.subtree(node);
    const auto order = layout.in_order();
    const auto label = [&](Node one) { return layout.label(one); };
    const auto from = [&](Label first) { return std::ranges::lower_bound(order, first, {}, label); };
    for (auto at = from(range.first); at != order.end() && layout.label(*at) < range.end;) {
      const Node one = *at;
      if (one >= organisation.size()) {
        ++at;
        continue;
      }
      if (one != node && layout.placement(one).kind == Placement::Kind::itself && organisation.kind(organisation.id(one)).level != BodyKind::Level::branch) {
        at = from(layout.subtree(one).end);             // it closes by itself
        continue;
      }
      ++at;
      if (one == node) continue;
      const Node shown = layout.holder(layout.label(one));
      const bool on_a_line = shown != no_node && layout.placement(shown).kind == Placement::Kind::line;
      out[on_a_line ? organisation.id(shown) : body].push_back(organisation.id(one));
    }
    for (auto& [shown, members] : out) std::ranges::sort(members);
    return out;
  }

 private:
  const LedgerView& view_;
  std::shared_ptr<const Axis> axis_;
};

class Closing {
 public:
  Closing(db::Writer& writer, Ledger& ledger, const std::string& family, Period period, UserId by, std::int64_t now_ms)
      : writer_(writer), ledger_(ledger), view_(ledger.view()), region_(view_, period.last), family_(family), period_(period), by_(by), now_ms_(now_ms) {}

  void close(BodyId body) {
    for (const auto& [shown, members] : region_.reported_by(body)) {
      auto sums = sums_of(members);
      std::erase_if(sums, [&](const auto& sum) { return shown != body && sum.second == 0; });
      if (shown == body || !sums.empty() || is_closed(shown)) freeze(shown, sums);
      // closed by themselves for this period before it was known that they had ended: they are part of this now
      for (const BodyId member : members)
        if (member != shown && is_closed(member) && !view_.closed->of(family_, period_, member)->figures.empty()) freeze(member, {});
    }
  }
  std::vector<std::shared_ptr<const ClosedRound>> closed() { return std::move(closed_); }

 private:
  using Sums = std::map<Series, std::int64_t>;

  bool is_closed(BodyId body) const { return view_.closed->of(family_, period_, body) != nullptr; }
  Sums sums_of(std::span<const BodyId> bodies) {
    const Catalogue& catalogue = *view_.catalogue;
    Sums sums;
    for (const bool levels : {true, false}) {
      const Period days{levels ? Day::earliest() : period_.first, period_.last};
      facts_sql::each_sum_by_series(writer_, bodies, days, [&](std::int64_t stored, std::int64_t amount) {
        const auto series = ledger_.series_of_stored(stored);
        if (series && is_level(catalogue.measure(catalogue.measure_of(*series)).kind) == levels) sums[*series] += amount;
      });
      add_pending(sums, ledger_.pending(writer_), bodies, period_, catalogue, levels);
    }
    return sums;
  }
  void freeze(BodyId body, const Sums& sums) {
    closing_sql::StoredRound stored{{ledger_.new_id(), family_, period_, body, 0, now_ms_, {}}, {}};
    stored.round.version = closing_sql::last_version(writer_, stored.round) + 1;
    for (const auto& [series, amount] : sums) stored.figures.emplace_back(ledger_.stored_series(series), amount);
    closing_sql::insert(writer_, stored, by_);
    ClosedRound round = stored.round;
    round.figures.assign(sums.begin(), sums.end());
    closed_.push_back(std::make_shared<const ClosedRound>(std::move(round)));
  }

  db::Writer& writer_;
  Ledger& ledger_;
  const LedgerView view_;
  const Region region_;
  const std::string& family_;
  Period period_;
  UserId by_;
  std::int64_t now_ms_;
  std::vector<std::shared_ptr<const ClosedRound>> closed_;
};

}  // namespace

Result<void> close_period(db::Writer& writer, Ledger& ledger, const std::string& family, Period period, std::span<const BodyId> bodies, UserId by,
                          std::int64_t now_ms) {
  const OrganisationView organisation = ledger.organisation();
  for (const BodyId body : bodies)
    if (!organisation->find(body) || organisation->kind(body).level == BodyKind::Level::branch)
      return refuse("closing.body", tr("Chi hội, ban không chốt báo cáo riêng. Số liệu của chi hội, ban được chốt cùng báo cáo của Hội cấp trên."));
  Closing closing(writer, ledger, family, period, by, now_ms);
  for (const BodyId body : bodies) closing.close(body);
  ledger.closing_changed(writer, closing.closed());
  return {};
}

}  // namespace khuyenhoc
