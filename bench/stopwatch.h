// Time taken by a piece of work: once, or the median of several warm rounds.
#pragma once

#include <algorithm>
#include <chrono>
#include <vector>

namespace khuyenhoc::bench {

template <class Work>
double once_ms(Work work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

// The first round warms up and is not counted.
template <class Work>
double median_ms(int rounds, Work work) {
  work();
  std::vector<double> taken;
  for (int round = 0; round < rounds; ++round) taken.push_back(once_ms(work));
  std::nth_element(taken.begin(), taken.begin() + static_cast<std::ptrdiff_t>(taken.size() / 2), taken.end());
  return taken[taken.size() / 2];
}

}  // namespace khuyenhoc::bench
