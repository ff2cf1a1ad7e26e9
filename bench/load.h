// Many visitors at once on kept connections: each asks, waits for the answer, asks again; how long the answers took.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace khuyenhoc::bench {

// One connection's behaviour. Called on one thread at a time.
class Visitor {
 public:
  virtual ~Visitor() = default;
  virtual std::string next() = 0;                                         // a whole request
  virtual void answered(int status, std::string_view head, std::string_view body) = 0;
  virtual int pause_ms() { return 0; }                                    // what a person takes to read before the next request
};

struct LoadResult {
  double seconds = 0;
  std::int64_t answered = 0;
  std::int64_t failed = 0;                   // status 400 or more, or a connection that broke
  std::int64_t bytes = 0;
  std::vector<std::uint32_t> microseconds;   // of each answer, sorted
  double per_second() const { return seconds > 0 ? static_cast<double>(answered) / seconds : 0; }
  double percentile_ms(double percent) const;
};

double percentile_of(std::vector<double> values, double percent);           // by nearest rank; 0 without values

// All visitors on 127.0.0.1:port, a connection each, for so long or until stopped, on `threads` threads of their own.
LoadResult run_load(std::uint16_t port, std::span<Visitor* const> visitors, double seconds, int threads, const std::stop_token& stop = {});

}  // namespace khuyenhoc::bench
