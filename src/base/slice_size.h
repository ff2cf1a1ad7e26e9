// How much of long work to do at a time between other people's: as much as a person beside it would not notice.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace khuyenhoc {

// Begins with `first` and follows what the last slice took.
class SliceSize {
 public:
  explicit SliceSize(std::size_t first) : now_(first) {}

  std::size_t now() const { return now_; }
  void took(std::chrono::nanoseconds time) {
    constexpr double wanted_ms = 12;
    constexpr std::size_t least = 100, most = 3'000;
    const double ms = std::max(std::chrono::duration<double, std::milli>(time).count(), 0.1);
    now_ = std::clamp(static_cast<std::size_t>(static_cast<double>(now_) * std::clamp(wanted_ms / ms, 0.5, 2.0)), least, most);
  }

 private:
  std::size_t now_;
};

}  // namespace khuyenhoc
