#include "measures/closed_rounds.h"

#include <algorithm>

namespace khuyenhoc {

std::optional<std::int64_t> ClosedRound::figure(Series series) const {
  const auto at = std::ranges::lower_bound(figures, series, {}, [](const auto& entry) { return entry.first; });
  return at != figures.end() && at->first == series ? std::optional(at->second) : std::nullopt;
}

namespace {

std::pair<Day, Day> order_of(Period period) { return {period.last, period.first}; }

}  // namespace

void ClosedRounds::add(std::shared_ptr<const ClosedRound> round) {
  auto& of_body = families_[round->family][round->body];
  const auto at = std::ranges::lower_bound(of_body, order_of(round->period), {}, [](const auto& other) { return order_of(other->period); });
  if (at != of_body.end() && (*at)->period == round->period) *at = std::move(round);
  else of_body.insert(at, std::move(round));
}

std::vector<std::string> ClosedRounds::families(Period period) const {
  std::vector<std::string> out;
  for (const auto& [family, bodies] : families_)
    if (std::ranges::any_of(bodies, [&](const auto& entry) { return std::ranges::any_of(entry.second, [&](const auto& round) { return round->period == period; }); }))
      out.push_back(family);
  return out;
}

const ClosedRounds::OfBody* ClosedRounds::find(const std::string& family, BodyId body) const {
  const auto bodies = families_.find(family);
  if (bodies == families_.end()) return nullptr;
  const auto rounds = bodies->second.find(body);
  return rounds == bodies->second.end() ? nullptr : &rounds->second;
}

std::shared_ptr<const ClosedRound> ClosedRounds::shared(const std::string& family, Period period, BodyId body) const {
  const auto* rounds = find(family, body);
  if (!rounds) return nullptr;
  const auto at = std::ranges::find(*rounds, period, [](const auto& round) { return round->period; });
  return at == rounds->end() ? nullptr : *at;
}

const ClosedRound* ClosedRounds::of(const std::string& family, Period period, BodyId body) const { return shared(family, period, body).get(); }

const ClosedRound* ClosedRounds::last_before(const std::string& family, Period period, BodyId body) const {
  const auto* rounds = find(family, body);
  if (!rounds) return nullptr;
  const auto at = std::ranges::lower_bound(*rounds, period.last, {}, [](const auto& round) { return round->period.last; });
  return at == rounds->begin() ? nullptr : std::prev(at)->get();
}

std::vector<BodyId> ClosedRounds::bodies(const std::string& family) const {
  std::vector<BodyId> out;
  if (const auto bodies = families_.find(family); bodies != families_.end())
    for (const auto& [body, rounds] : bodies->second) out.push_back(body);
  return out;
}

}  // namespace khuyenhoc
