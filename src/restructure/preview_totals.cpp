#include "restructure/preview_totals.h"

namespace khuyenhoc {

PreviewTotals::PreviewTotals(const LedgerView& view, const Organisation& after, const std::vector<Fact>& facts, Day as_of)
    : view_(view), after_org_(after), as_of_(as_of), axis_(view.cube->axis(AxisKind::superiors, as_of)), after_(after.superiors(), as_of) {
  for (const Node node : after_.in_order()) labels_.push_back(after_.label(node));
  alone_.resize(axis_->layout().size());
  for (Node node = 0; node < alone_.size(); ++node) alone_[node] = {axis_->layout().label(node), axis_->layout().label(node) + 1};
  for (const auto& fact : facts)
    if (fact.day <= as_of && fact.layer != FactLayer::window && fact.amount != 0) posted_[fact.series].emplace_back(after.node(fact.body), fact.amount);
}

PreviewTotals::Place PreviewTotals::place_of(BodyId id) const {
  Place out;
  const Node node = after_org_.node(id);
  if (node < axis_->layout().size()) out.before = axis_->layout().subtree(node);
  const auto kind = after_.placement(node).kind;
  if (kind != Placement::Kind::itself && kind != Placement::Kind::line) return out;
  const auto range = after_.subtree(node);
  const auto place = [&](Label label) { return static_cast<std::size_t>(std::ranges::lower_bound(labels_, label) - labels_.begin()); };
  out.first = place(range.first);
  out.end = place(range.end);
  return out;
}

std::vector<std::int64_t> PreviewTotals::sums_after(Series series) const {
  std::vector<std::int64_t> own(std::max(alone_.size(), after_org_.size()));
  view_.cube->levels(*axis_, series, alone_, as_of_, std::span(own).first(alone_.size()));
  if (const auto at = posted_.find(series); at != posted_.end())
    for (const auto& [node, amount] : at->second) own[node] += amount;
  std::vector<std::int64_t> out{0};
  out.reserve(labels_.size() + 1);
  for (const Node node : after_.in_order()) out.push_back(out.back() + own[node]);
  return out;
}

void PreviewTotals::put_into(RestructurePreview& preview, std::span<const BodyId> concerned) const {
  const auto& catalogue = *view_.catalogue;
  std::vector<Place> places;
  std::vector<LabelRange> before;
  for (const auto id : concerned) {
    places.push_back(place_of(id));
    before.push_back(places.back().before);
  }
  std::vector<Series> asked;
  std::vector<std::vector<Pair>> found;                             // by series, then body
  std::vector<std::int64_t> totals(concerned.size());
  for (MeasureIndex measure = 0; measure < catalogue.measures().size(); ++measure) {
    const Series series = catalogue.series(measure);
    if (!is_handed_over(catalogue, series)) continue;
    const auto sums = sums_after(series);
    const auto everything = view_.cube->level(*axis_, series, axis_->layout().everything(), as_of_);
    if (everything != 0 || sums.back() != 0) preview.grand.push_back({series, everything, sums.back()});
    view_.cube->levels(*axis_, series, before, as_of_, totals);
    asked.push_back(series);
    auto& pairs = found.emplace_back();
    for (std::size_t i = 0; i < concerned.size(); ++i) pairs.push_back({totals[i], sums[places[i].end] - sums[places[i].first]});
  }
  for (std::size_t i = 0; i < concerned.size(); ++i) {
    const auto level = after_org_.kind(concerned[i]).level;
    const bool shown_whole = !preview.done_in_bulk || level == BodyKind::Level::centre || level == BodyKind::Level::province;
    const auto& name = after_org_.body(concerned[i]).on(as_of_).name;
    for (std::size_t at = 0; at < asked.size(); ++at) {
      const Pair& pair = found[at][i];
      if (pair.before == 0 && pair.after == 0) continue;
      const bool changed = pair.before != pair.after;
      ++(changed ? preview.counts.totals_changed : preview.counts.totals_kept);
      if (changed || shown_whole) preview.totals.push_back({concerned[i], name, asked[at], pair.before, pair.after});
    }
  }
}

}  // namespace khuyenhoc
