#include "restructure/preview_totals.h"

namespace khuyenhoc {

PreviewTotals::PreviewTotals(const LedgerView& view, const Organisation& after, const std::vector<Fact>& facts, Day as_of)
    : view_(view), after_org_(after), as_of_(as_of), axis_(view.cube->axis(AxisKind::superiors, as_of)), after_(after.superiors(), as_of) {
  for (const Node node : after_.in_order()) labels_after_.push_back(after_.label(node));
  for (const Node node : axis_->layout().in_order()) labels_before_.push_back(axis_->layout().label(node));
  for (const Label label : labels_before_) alone_.push_back({label, label + 1});
  for (const auto& fact : facts)
    if (fact.day <= as_of && fact.layer != FactLayer::window && fact.amount != 0) posted_[fact.series].emplace_back(after.node(fact.body), fact.amount);
}

PreviewTotals::Part PreviewTotals::part_of(const std::vector<Label>& labels, LabelRange range) {
  const auto place = [&](Label label) { return static_cast<std::size_t>(std::ranges::lower_bound(labels, label) - labels.begin()); };
  return {place(range.first), place(range.end)};
}

PreviewTotals::Place PreviewTotals::place_of(BodyId id) const {
  Place out;
  const Node node = after_org_.node(id);
  if (node < axis_->layout().size()) out.before = part_of(labels_before_, axis_->layout().subtree(node));
  const auto kind = after_.placement(node).kind;
  if (kind == Placement::Kind::itself || kind == Placement::Kind::line) out.after = part_of(labels_after_, after_.subtree(node));
  return out;
}

PreviewTotals::Sums PreviewTotals::sums(Series series) const {
  std::vector<std::int64_t> in_order(alone_.size());
  view_.cube->levels(*axis_, series, alone_, as_of_, in_order);
  Sums out;
  out.before.reserve(in_order.size() + 1);
  for (const auto amount : in_order) out.before.push_back(out.before.back() + amount);
  std::vector<std::int64_t> own(std::max(alone_.size(), after_org_.size()));
  for (std::size_t i = 0; i < in_order.size(); ++i) own[axis_->layout().in_order()[i]] = in_order[i];
  if (const auto at = posted_.find(series); at != posted_.end())
    for (const auto& [node, amount] : at->second) own[node] += amount;
  out.after.reserve(labels_after_.size() + 1);
  for (const Node node : after_.in_order()) out.after.push_back(out.after.back() + own[node]);
  return out;
}

void PreviewTotals::put_into(RestructurePreview& preview, std::span<const BodyId> concerned) const {
  const auto& catalogue = *view_.catalogue;
  std::vector<Place> places;
  for (const auto id : concerned) places.push_back(place_of(id));
  std::vector<Series> asked;
  std::vector<std::vector<Pair>> found;                             // by series, then body
  for (MeasureIndex measure = 0; measure < catalogue.measures().size(); ++measure) {
    const Series series = catalogue.series(measure);
    if (!is_handed_over(catalogue, series)) continue;
    const auto sums = this->sums(series);
    const auto everything = view_.cube->level(*axis_, series, axis_->layout().everything(), as_of_);
    if (everything != 0 || sums.after.back() != 0) preview.grand.push_back({series, everything, sums.after.back()});
    asked.push_back(series);
    auto& pairs = found.emplace_back();
    const auto total = [](const std::vector<std::int64_t>& before_place, Part part) { return before_place[part.end] - before_place[part.first]; };
    for (const auto& place : places) pairs.push_back({total(sums.before, place.before), total(sums.after, place.after)});
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
