// "Something was committed": a counter to wait on, so that followers need not wait for their next poll.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace khuyenhoc::db {

class Hints {
 public:
  void give() {
    {
      const std::lock_guard lock(mutex_);
      ++given_;
    }
    changed_.notify_all();
  }
  std::uint64_t wait(std::uint64_t seen, int timeout_ms) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::milliseconds(timeout_ms), [&] { return given_ != seen; });
    return given_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t given_ = 0;
};

}  // namespace khuyenhoc::db
