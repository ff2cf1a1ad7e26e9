// What a restructure would do, tried in a transaction that is thrown away.
#include "base/clock.h"
#include "measures/figures.h"
#include "restructure/restructure_run.h"

namespace khuyenhoc {
namespace {

// What the tried transaction leaves to be looked at after it is gone.
struct Tried {
  OrganisationView after;
  std::vector<Fact> facts;
  std::set<BodyId> ended;
  std::vector<RestructurePreview::Sight> sights;
};

// The bodies a restructure speaks of, and all that stand above them before and after.
std::vector<BodyId> concerned(const std::vector<FateLine>& fates, const Organisation& before, const Organisation& after, Day day) {
  std::vector<BodyId> out;
  const auto add = [&](BodyId id) {
    if (id && std::ranges::find(out, id) == out.end()) out.push_back(id);
  };
  const auto add_above = [&](const Organisation& bodies, BodyId id) {
    for (const auto* body = bodies.find(id); body; body = bodies.find(body->on(day).superior)) {
      if (body->id != id) add(body->id);
      if (!body->on(day).superior) break;
    }
  };
  for (const auto& line : fates) {
    if (line.fate != BodyFate::moved) add(line.body);
    add(line.other);
  }
  for (const auto& line : fates) {
    add_above(before, line.body);
    add_above(after, line.body);
  }
  return out;
}

class Totals {
 public:
  Totals(const LedgerView& view, const Organisation& after, const std::vector<Fact>& facts, Day as_of)
      : view_(view), after_org_(after), facts_(facts), as_of_(as_of), axis_(view.cube->axis(AxisKind::superiors, as_of)), after_(after.superiors(), as_of) {}

  // Whole level indicators of one body, before and after; none where both are zero.
  void of(BodyId id, std::vector<RestructurePreview::Total>& out) {
    const auto& before = axis_->layout();
    const Node node = after_org_.node(id);
    const bool known = node < view_.organisation->size();
    const LabelRange range = known ? before.subtree(node) : LabelRange{};
    const LabelRange range_after = counted_alone(node) ? after_.subtree(node) : LabelRange{};
    // Only nodes that come or go are added up one by one; whole branches move seldom.
    std::vector<Node> come, go;
    for (Node other = 0; other < after_org_.size(); ++other) {
      const bool was = known && other < view_.organisation->size() && within(before.label(other), range);
      const bool is = within(after_.label(other), range_after);
      if (was && !is) go.push_back(other);
      if (is && !was && other < view_.organisation->size()) come.push_back(other);
    }
    const auto& catalogue = *view_.catalogue;
    for (MeasureIndex measure = 0; measure < catalogue.measures().size(); ++measure) {
      const Series series = catalogue.series(measure);
      if (!is_handed_over(catalogue, series)) continue;
      const auto total = known ? view_.cube->level(*axis_, series, range, as_of_) : 0;
      auto then = total;
      for (const Node other : come) then += own(other, series);
      for (const Node other : go) then -= own(other, series);
      for (const auto& fact : facts_)
        if (fact.series == series && fact.day <= as_of_ && fact.layer != FactLayer::window && within(after_.label(after_org_.node(fact.body)), range_after))
          then += fact.amount;
      if (total != 0 || then != 0) out.push_back({id, after_org_.body(id).on(as_of_).name, series, total, then});
    }
  }

 private:
  static bool within(Label label, LabelRange range) { return range.first <= label && label < range.end; }
  bool counted_alone(Node node) const {
    const auto kind = after_.placement(node).kind;
    return kind == Placement::Kind::itself || kind == Placement::Kind::line;
  }
  std::int64_t own(Node node, Series series) const {
    const Label label = axis_->layout().label(node);
    return view_.cube->level(*axis_, series, {label, label + 1}, as_of_);
  }

  const LedgerView& view_;
  const Organisation& after_org_;
  const std::vector<Fact>& facts_;
  Day as_of_;
  std::shared_ptr<const Axis> axis_;
  Layout after_;
};

// Bodies that the officers of `id` will see newly, and those they will see no more.
std::pair<std::int64_t, std::int64_t> sight(const Organisation& before, const Organisation& after, BodyId id, Day day) {
  const auto seen = [&](const Organisation& bodies) {
    if (!bodies.find(id)) return std::vector<BodyId>{};
    auto below = bodies.below(id, day);
    std::ranges::sort(below);
    return below;
  };
  const auto was = seen(before), is = seen(after);
  std::vector<BodyId> gained, lost;
  std::ranges::set_difference(is, was, std::back_inserter(gained));
  std::ranges::set_difference(was, is, std::back_inserter(lost));
  return {static_cast<std::int64_t>(gained.size()), static_cast<std::int64_t>(lost.size())};
}

}  // namespace

Result<RestructurePreview> Restructures::preview(const BodyRestructure& restructure, const RestructureBy& by) {
  const auto view = ledger_.view();
  RestructurePreview out;
  Tried tried;
  std::optional<Refusal> refused;
  const auto thrown_away = organisation_.store().write([&](db::Writer& writer) -> Result<void> {
    out = {};
    tried = {};
    refused.reset();
    out.as_of = std::max(restructure.day, day_of_ms(by.now_ms));
    const RestructureBy silently{by.user, by.now_ms, {}};
    RestructureRun run(*this, writer, restructure, silently, organisation_.store().new_id<BodyRestructureId>());
    if (auto done = run.run(); !done) {
      refused = done.error();
      return done;
    }
    tried.after = run.would_be();
    const auto pending = ledger_.pending(writer);
    tried.facts.assign(pending.begin(), pending.end());
    tried.ended = run.ended();
    out.fates = run.fates();
    out.late = run.late();
    for (const auto ended : tried.ended) {
      std::map<Series, std::int64_t> left;
      for (const auto& level : own_levels(writer, ledger_, ended, restructure.day - 1)) left[level.series] += level.amount;
      for (const auto& fact : tried.facts)
        if (fact.body == ended && fact.kind == FactKind::handover) left[fact.series] += fact.amount;
      for (const auto& [series, amount] : left)
        if (amount != 0) out.remainders.push_back({ended, series, amount});
      const auto& name = tried.after->body(ended).on(restructure.day).name;
      for (const auto& keeper : keepers_)
        if (const auto count = keeper.count_from(writer, ended, restructure.day); count > 0) out.dependents.push_back({ended, name, keeper.noun, count});
    }
    for (const auto& holding : run.ended_posts()) out.posts.push_back({holding, tried.after->body(holding.body).on(restructure.day).name});
    for (const auto id : concerned(out.fates, *view.organisation, *tried.after, restructure.day)) {
      if (tried.after->kind(id).level == BodyKind::Level::centre) continue;
      const auto [gained, lost] = sight(*view.organisation, *tried.after, id, out.as_of);
      if (gained == 0 && lost == 0) continue;
      const auto people = post_holders(writer, id, restructure.day - 1).size();
      out.sights.push_back({id, tried.after->body(id).on(out.as_of).name, gained, lost, static_cast<std::int64_t>(people)});
    }
    return refuse("restructure.preview", tr("Đây là bản xem trước, chưa ghi."));
  });
  if (refused) return std::unexpected(*refused);
  if (thrown_away) return refuse("restructure.preview", tr("Không xem trước được."));
  Totals totals(view, *tried.after, tried.facts, out.as_of);
  for (const auto id : concerned(out.fates, *view.organisation, *tried.after, restructure.day)) totals.of(id, out.totals);
  return out;
}

}  // namespace khuyenhoc
