// Somebody else who saves all the while that a piece of work runs: how long each save had to wait for its turn.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "bench/stopwatch.h"
#include "platform/db/db.h"

namespace khuyenhoc::bench {

// Each save is taken back at once, so that the world stays what it is.
class OthersSaving {
 public:
  explicit OthersSaving(db::Store& store) : thread_([this, &store] {
    do {
      waits_.push_back(once_ms([&] { static_cast<void>(store.write([](db::Writer&) -> Result<void> { return refuse("bench", ""); })); }));
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    } while (!done_);
  }) {}
  OthersSaving(const OthersSaving&) = delete;
  OthersSaving& operator=(const OthersSaving&) = delete;
  ~OthersSaving() { stop(); }

  double longest_ms() {
    stop();
    return *std::ranges::max_element(waits_);
  }

 private:
  void stop() {
    done_ = true;
    if (thread_.joinable()) thread_.join();
  }

  std::atomic<bool> done_{false};
  std::vector<double> waits_;
  std::thread thread_;                  // last: it starts when all else is ready
};

}  // namespace khuyenhoc::bench
