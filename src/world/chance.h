// Chance that repeats itself: every number depends on the seed and on what it is for, never on the order of asking.
#pragma once

#include <cstdint>
#include <string_view>

namespace khuyenhoc {

class Chance {
 public:
  explicit constexpr Chance(std::uint64_t seed) : seed_(seed) {}

  static constexpr std::uint64_t key(std::string_view text) {
    std::uint64_t out = 1469598103934665603ull;
    for (const char c : text) out = (out ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    return out;
  }
  constexpr std::uint64_t of(std::uint64_t key, std::uint64_t what) const { return mixed(mixed(seed_ ^ key) ^ mixed(what)); }
  // Evenly between both ends, included.
  constexpr std::int64_t between(std::int64_t low, std::int64_t high, std::uint64_t key, std::uint64_t what) const {
    return low + static_cast<std::int64_t>(of(key, what) % static_cast<std::uint64_t>(high - low + 1));
  }
  constexpr bool happens(std::int64_t permille, std::uint64_t key, std::uint64_t what) const { return between(0, 999, key, what) < permille; }

 private:
  static constexpr std::uint64_t mixed(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15ull;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
    return x ^ (x >> 31);
  }
  std::uint64_t seed_;
};

}  // namespace khuyenhoc
