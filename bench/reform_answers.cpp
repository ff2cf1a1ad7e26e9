#include "bench/reform_answers.h"

#include <map>

#include "measures/cube.h"
#include "platform/db/digest.h"

namespace khuyenhoc::bench {
namespace {

// Of bodies alive in the old tree, under the 34 of today: each old province counts for the one it went into.
std::map<UnitId, std::vector<BodyId>> provinces_in(const ReformWorld& world, Day tree) {
  std::map<UnitId, std::vector<BodyId>> out;
  const auto now = world.bodies->current();
  const auto& land = now->territory();
  for (const BodyId body : now->directly_below(now->head(hkh, tree), tree)) {
    const UnitId unit = now->body(body).on(tree).area;
    const bool goes_on = land.unit(unit).alive(reform_day());
    out[goes_on ? unit : land.successors(unit).front()].push_back(body);
  }
  return out;
}

std::vector<Day> days() { return {Day::of(2021, 12, 31), Day::of(2023, 6, 30), Day::of(2024, 12, 31), eve_of_reform(), reform_day(), Day::of(2026, 1, 31)}; }
std::vector<Day> past_days() {
  auto out = days();
  std::erase_if(out, [](Day day) { return day > eve_of_reform(); });
  return out;
}
std::vector<Period> past_periods() { return {Period::year(2021), {Day::of(2025, 1, 1), eve_of_reform()}, {Day::of(2023, 2, 16), Day::of(2025, 2, 15)}}; }
std::vector<Period> periods() {
  return {Period::year(2021), Period::year(2024), {Day::of(2025, 1, 1), eve_of_reform()}, Period::year(2025), {Day::of(2023, 2, 16), Day::of(2026, 2, 15)}};
}

void ask(const CubeSnapshot& cube, const Axis& axis, std::span<const Series> series, std::span<const LabelRange> ranges, std::span<const Day> levels_on, std::span<const Period> flows_in, Answers& out) {
  std::vector<std::int64_t> one(ranges.size());
  for (const Series each : series) {
    for (const Day day : levels_on) {
      cube.levels(axis, each, ranges, day, one);
      out.insert(out.end(), one.begin(), one.end());
    }
    for (const Period& period : flows_in) {
      cube.flows(axis, each, ranges, period, one);
      out.insert(out.end(), one.begin(), one.end());
    }
  }
}

}  // namespace

NationalAnswers national_answers(const ReformWorld& world, Day tree) {
  NationalAnswers out;
  const auto view = world.ledger->view();
  const auto series = typed_series(*view.catalogue);
  for (const auto kind : {AxisKind::superiors, AxisKind::areas}) {
    const auto axis = view.cube->axis(kind, tree);
    const LabelRange everything[] = {axis->layout().everything()};
    ask(*view.cube, *axis, series, everything, days(), periods(), out.everything);
  }
  const auto axis = view.cube->axis(AxisKind::superiors, tree);
  const auto add_up = [&](const std::vector<BodyId>& bodies, std::span<const Day> levels_on, std::span<const Period> flows_in, Answers& sums) {
    Answers sum;
    for (const BodyId body : bodies) {
      const LabelRange range[] = {axis->layout().subtree(view.organisation->node(body))};
      Answers one;
      ask(*view.cube, *axis, series, range, levels_on, flows_in, one);
      sum.resize(one.size());
      for (std::size_t i = 0; i < one.size(); ++i) sum[i] += one[i];
    }
    sums.insert(sums.end(), sum.begin(), sum.end());
  };
  for (const auto& [unit, bodies] : provinces_in(world, tree)) {
    add_up(bodies, days(), periods(), out.provinces);
    add_up(bodies, past_days(), past_periods(), out.provinces_past);
  }
  // old communes keep their own past in the tree of the eve
  const auto eve = view.cube->axis(AxisKind::superiors, eve_of_reform());
  std::vector<LabelRange> ranges;
  for (Node node = 0; node < view.organisation->size(); ++node) {
    const BodyId id = view.organisation->id(node);
    if (view.organisation->kind(id).level == BodyKind::Level::commune && view.organisation->body(id).alive(eve_of_reform())) ranges.push_back(eve->layout().subtree(node));
  }
  ask(*view.cube, *eve, series, ranges, past_days(), past_periods(), out.communes);
  return out;
}

std::string digest_of_answers(const ReformWorld& world, std::size_t bodies, std::int64_t& answers) {
  const auto view = world.ledger->view();
  const auto series = typed_series(*view.catalogue);
  db::RunningDigest digest;
  for (const auto kind : {AxisKind::superiors, AxisKind::areas})
    for (const Day tree : {eve_of_reform(), reform_day() + 30}) {
      const auto axis = view.cube->axis(kind, tree);
      std::vector<LabelRange> ranges;
      for (Node node = 0; node < bodies; ++node) {
        const Node at = kind == AxisKind::superiors ? node : view.organisation->area_nodes()[node];
        ranges.push_back(at == no_node ? LabelRange{} : axis->layout().subtree(at));
      }
      for (Node unit = 0; kind == AxisKind::areas && unit < view.organisation->territory().size(); ++unit) ranges.push_back(axis->layout().subtree(unit));
      const Day levels_on[] = {tree};
      const Period flows_in[] = {{Day::of(2024, 7, 1), tree}};
      for (const Series each : series) {
        Answers found;
        ask(*view.cube, *axis, std::span(&each, 1), ranges, levels_on, flows_in, found);
        answers += std::ssize(found);
        digest.add(std::string_view(reinterpret_cast<const char*>(found.data()), found.size() * sizeof(found.front())));
      }
    }
  return crypto::hex(digest.finish());
}

}  // namespace khuyenhoc::bench
