// Keeps what follows a commit in the order of the commits: a ticket is drawn while the position lock is held, so tickets are in commit order.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <set>

namespace khuyenhoc::db {

class CommitOrder {
 public:
  std::uint64_t draw() {
    const std::lock_guard lock(mutex_);
    return next_++;
  }
  void wait_for(std::uint64_t ticket) {
    std::unique_lock lock(mutex_);
    moved_.wait(lock, [&] { return serving_ == ticket; });
  }
  // The holder is through, or gave up before its turn.
  void done(std::uint64_t ticket) {
    {
      const std::lock_guard lock(mutex_);
      through_.insert(ticket);
      while (through_.erase(serving_) != 0) ++serving_;
    }
    moved_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable moved_;
  std::uint64_t next_ = 1;
  std::uint64_t serving_ = 1;
  std::set<std::uint64_t> through_;
};

}  // namespace khuyenhoc::db
