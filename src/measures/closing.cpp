#include "measures/closing.h"

#include <algorithm>
#include <map>
#include <mutex>

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

// The figures of one region, added up inside the transaction.
class Freezing {
 public:
  Freezing(db::Reader& reader, Ledger& ledger, const std::string& family, Period period)
      : reader_(reader), ledger_(ledger), view_(ledger.view()), region_(view_, period.last), family_(family), period_(period) {}

  FrozenReport report_of(BodyId body) {
    FrozenReport out;
    const Reported reported = region_.reported_by(body);
    out.parts.push_back(part(body, reported.at(body)));
    for (const auto& [shown, members] : reported) {
      if (shown == body) continue;
      FrozenReport::Part one = part(shown, members);
      auto figures = one.round->figures;
      std::erase_if(figures, [](const auto& figure) { return figure.second == 0; });
      if (figures.empty() && !closing_sql::in_force(reader_, family_, period_, shown)) continue;
      one.round = round_of(shown, std::move(figures));
      out.parts.push_back(std::move(one));
    }
    return out;
  }

 private:
  using Sums = std::map<Series, std::int64_t>;

  FrozenReport::Part part(BodyId shown, std::span<const BodyId> members) {
    const Sums sums = sums_of(members);
    FrozenReport::Part out{round_of(shown, {sums.begin(), sums.end()}), {}};
    for (const BodyId member : members)
      if (member != shown && view_.organisation->kind(member).level != BodyKind::Level::branch) out.covers.push_back(member);
    return out;
  }
  std::shared_ptr<const ClosedRound> round_of(BodyId shown, std::vector<std::pair<Series, std::int64_t>> figures) const {
    return std::make_shared<const ClosedRound>(ClosedRound{0, family_, period_, shown, 0, 0, std::move(figures)});
  }
  Sums sums_of(std::span<const BodyId> bodies) {
    const Catalogue& catalogue = *view_.catalogue;
    Sums sums;
    for (const bool levels : {true, false}) {
      const Period days{levels ? Day::earliest() : period_.first, period_.last};
      facts_sql::each_sum_by_series(reader_, bodies, days, [&](std::int64_t stored, std::int64_t amount) {
        const auto series = ledger_.series_of_stored(stored);
        if (series && is_level(catalogue.measure(catalogue.measure_of(*series)).kind) == levels) sums[*series] += amount;
      });
      add_pending(sums, ledger_.pending(reader_), bodies, period_, catalogue, levels);
    }
    return sums;
  }

  db::Reader& reader_;
  Ledger& ledger_;
  const LedgerView view_;
  const Region region_;
  const std::string& family_;
  Period period_;
};

std::shared_ptr<const ClosedRound> stored_as(const closing_sql::StoredRound& stored, const Ledger& ledger) {
  ClosedRound round = stored.round;
  for (const auto& [number, amount] : stored.figures)
    if (const auto series = ledger.series_of_stored(number)) round.figures.emplace_back(*series, amount);
  std::ranges::sort(round.figures);
  return std::make_shared<const ClosedRound>(std::move(round));
}

}  // namespace

std::vector<std::int64_t> FrozenReport::closings() const {
  std::vector<std::int64_t> out;
  for (const Part& part : parts) out.push_back(part.round->id);
  return out;
}

Result<FrozenReport> figures_to_freeze(db::Reader& reader, Ledger& ledger, const std::string& family, Period period, BodyId body) {
  const OrganisationView organisation = ledger.organisation();
  if (!organisation->find(body) || organisation->kind(body).level == BodyKind::Level::branch)
    return refuse("closing.body", tr("Chi hội, ban không chốt báo cáo riêng. Số liệu của chi hội, ban được chốt cùng báo cáo của Hội cấp trên."));
  return Freezing(reader, ledger, family, period).report_of(body);
}

FrozenReport freeze_figures(db::Writer& writer, Ledger& ledger, const FrozenReport& figures, UserId by, std::int64_t now_ms) {
  FrozenReport out;
  for (const FrozenReport::Part& part : figures.parts) {
    ClosedRound round = *part.round;
    round.id = ledger.new_id();
    round.version = closing_sql::last_version(writer, round) + 1;
    round.closed_ms = now_ms;
    closing_sql::StoredRound stored{round, {}};
    stored.round.figures.clear();
    for (const auto& [series, amount] : round.figures) stored.figures.emplace_back(ledger.stored_series(series), amount);
    closing_sql::insert(writer, stored, part.covers, by);
    out.parts.push_back({std::make_shared<const ClosedRound>(std::move(round)), part.covers});
  }
  return out;
}

Result<FrozenReport> freeze(db::Writer& writer, Ledger& ledger, const std::string& family, Period period, BodyId body, UserId by, std::int64_t now_ms) {
  const auto figures = figures_to_freeze(writer, ledger, family, period, body);
  if (!figures) return figures;
  return freeze_figures(writer, ledger, *figures, by, now_ms);
}

FrozenReport frozen_report(db::Reader& reader, const Ledger& ledger, std::span<const std::int64_t> closings) {
  FrozenReport out;
  for (const std::int64_t closing : closings)
    if (const auto stored = closing_sql::find(reader, closing)) out.parts.push_back({stored_as(*stored, ledger), closing_sql::covers(reader, closing)});
  return out;
}

Result<void> put_in_force(db::Writer& writer, Ledger& ledger, std::span<const std::int64_t> closings, UserId by, std::int64_t now_ms) {
  std::vector<std::shared_ptr<const ClosedRound>> put;
  const auto put_one = [&](std::shared_ptr<const ClosedRound> round) {
    closing_sql::put(writer, *round);
    put.push_back(std::move(round));
  };
  for (const FrozenReport::Part& part : frozen_report(writer, ledger, closings).parts) {
    const ClosedRound& round = *part.round;
    if (closing_sql::is_in_force(writer, round.id)) continue;
    if (const auto other = closing_sql::covered_by(writer, round.family, round.period, round.body))
      return refuse("closing.covered", tr("{} đã là một phần của {}, đơn vị đã chốt số liệu của kỳ này, nên không chốt riêng được nữa.",
                                          ledger.organisation()->body(round.body).on(round.period.last).name, ledger.organisation()->body(closing_sql::find(writer, *other)->round.body).on(round.period.last).name));
    put_one(part.round);
    // closed by themselves for this period before it was known that they had ended: they are part of this now
    for (const BodyId covered : part.covers) {
      const auto own = closing_sql::in_force(writer, round.family, round.period, covered);
      if (!own || closing_sql::is_empty(writer, *own)) continue;
      const FrozenReport none{{{std::make_shared<const ClosedRound>(ClosedRound{0, round.family, round.period, covered, 0, 0, {}}), {}}}};
      put_one(freeze_figures(writer, ledger, none, by, now_ms).parts.front().round);
    }
  }
  if (!put.empty()) ledger.closing_changed(writer, std::move(put));
  return {};
}

std::shared_ptr<const ClosedRounds> closed_rounds_now(db::Reader& reader, const Ledger& ledger, const std::string& family) {
  // a round is read again and again between two reports that come into force
  struct Kept {
    std::uint64_t ledger = 0;
    std::string family;
    closing_sql::InForceMark mark;
    std::shared_ptr<const ClosedRounds> closed;
  };
  static std::mutex mutex;
  static Kept kept;
  const closing_sql::InForceMark mark = closing_sql::in_force_mark(reader, family);
  {
    const std::lock_guard lock(mutex);
    if (kept.closed && kept.ledger == ledger.number() && kept.family == family && kept.mark == mark) return kept.closed;
  }
  const auto known = ledger.view().closed;
  auto out = std::make_shared<ClosedRounds>();
  for (const closing_sql::Head& head : closing_sql::heads_in_force(reader, family)) {
    auto round = known->shared(family, head.period, head.body);
    if (!round || round->id != head.closing) round = stored_as(closing_sql::find(reader, head.closing).value(), ledger);
    out->add(std::move(round));
  }
  const std::lock_guard lock(mutex);
  kept = {ledger.number(), family, mark, out};
  return out;
}

Result<void> close_period(db::Writer& writer, Ledger& ledger, const std::string& family, Period period, std::span<const BodyId> bodies, UserId by,
                          std::int64_t now_ms) {
  std::vector<std::int64_t> closings;
  for (const BodyId body : bodies) {
    const auto frozen = freeze(writer, ledger, family, period, body, by, now_ms);
    if (!frozen) return std::unexpected(frozen.error());
    for (const std::int64_t closing : frozen->closings()) closings.push_back(closing);
  }
  return put_in_force(writer, ledger, closings, by, now_ms);
}

}  // namespace khuyenhoc
