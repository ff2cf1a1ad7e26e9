#include "measures/figures_of_bodies.h"

#include "measures/answering.h"

namespace khuyenhoc {

Result<FiguresOfBodies> figures_of_bodies(const LedgerView& view, std::span<const MeasureIndex> measures, const Question& question, std::span<const BodyId> bodies) {
  const auto standing = standing_of(view, question);
  if (!standing) return std::unexpected(standing.error());
  const Layout& layout = standing->axis->layout();
  std::vector<LabelRange> ranges;
  ranges.reserve(bodies.size() + 1);
  for (const BodyId body : bodies) {
    const Node node = view.organisation->find(body) == nullptr ? no_node : view.organisation->node(body);
    const bool stands = node < layout.size() && (layout.placement(node).kind == Placement::Kind::itself || layout.placement(node).kind == Placement::Kind::line);
    ranges.push_back(stands ? layout.subtree(node) : LabelRange{});
  }
  ranges.push_back(standing->range);
  auto answering = Answering::make(view, question, standing->axis, std::move(ranges));
  if (!answering) return std::unexpected(answering.error());
  FiguresOfBodies out;
  out.of.assign(bodies.size(), std::vector<std::int64_t>(measures.size()));
  out.whole.resize(measures.size());
  for (std::size_t m = 0; m < measures.size(); ++m) {
    const auto figures = answering->figures(view.catalogue->series(measures[m]));
    for (std::size_t i = 0; i < bodies.size(); ++i) out.of[i][m] = figures[i].value;
    out.whole[m] = figures.back().value;
  }
  return out;
}

}  // namespace khuyenhoc
