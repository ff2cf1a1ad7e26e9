#include "measures/touched.h"

#include "measures/regions.h"

namespace khuyenhoc {

std::uint64_t Touched::now() const {
  const std::lock_guard lock(mutex_);
  return count_;
}

std::vector<std::size_t> Touched::since(std::span<const Node> bodies, std::uint64_t then) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < bodies.size(); ++i)
    if (all_at_ > then || (bodies[i] < at_.size() && at_[bodies[i]] > then)) out.push_back(i);
  return out;
}

void Touched::touch(std::span<const Node> bodies) {
  const std::lock_guard lock(mutex_);
  ++count_;
  for (const Node body : bodies) {
    if (body >= at_.size()) at_.resize(body + 1);
    at_[body] = count_;
  }
}

void Touched::touch_all() {
  const std::lock_guard lock(mutex_);
  all_at_ = ++count_;
}

void touch_written(Touched& touched, const Organisation& organisation, std::span<const std::pair<BodyId, Day>> written) {
  constexpr std::size_t worth_looking_at = 500;        // beyond, most of what was kept is touched anyhow
  if (written.size() > worth_looking_at) return touched.touch_all();
  std::vector<Node> nodes;
  for (const auto& [body, from] : written) {
    if (organisation.find(body) == nullptr) continue;
    nodes.push_back(organisation.node(body));
    for (const BodyId above : everything_above(organisation, body, from)) nodes.push_back(organisation.node(above));
  }
  touched.touch(nodes);
}

}  // namespace khuyenhoc
