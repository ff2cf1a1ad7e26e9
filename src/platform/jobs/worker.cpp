#include <algorithm>
#include <condition_variable>
#include <mutex>

#include <fmt/format.h>

#include "platform/jobs/jobs_queries.h"

namespace khuyenhoc::jobs {
namespace {

constexpr std::int64_t report_every_ms = 500;
constexpr std::int64_t longest_pause_ms = 3'600'000;

}  // namespace

// Keeps the lease alive while the handler works, whether or not it reports anything.
class Worker::Lease : public Progress {
 public:
  Lease(Worker& worker, const Job& job, const Uuid& holder) : worker_(worker), job_(job), holder_(holder), thread_([this] { keep(); }) {}
  ~Lease() override { close(); }

  void report(int percent, std::string text) override {
    const std::lock_guard lock(mutex_);
    percent_ = std::clamp(percent, 0, 100);
    text_ = std::move(text);
    news_ = true;
  }
  bool should_stop() const override { return lost_ || worker_.stopping_; }
  bool lost() const { return lost_; }
  void close() {
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
  }

 private:
  void keep() {
    const std::int64_t renew_every_ms = std::max(worker_.options_.lease_ms / 3, 1);
    const std::int64_t tick_ms = std::min(report_every_ms, renew_every_ms);
    std::int64_t silent_ms = 0;
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, std::chrono::milliseconds(tick_ms), [&] { return closing_; })) {
      silent_ms += tick_ms;
      if (!news_ && silent_ms < renew_every_ms) continue;
      news_ = false;
      silent_ms = 0;
      const int percent = percent_;
      const std::string text = text_;
      lock.unlock();
      try {
        if (!renew(worker_.store_, job_.id, holder_, worker_.clock_.now_ms() + worker_.options_.lease_ms, percent, text)) lost_ = true;
      } catch (const db::Failure&) {   // the store is away for a moment; the lease may outlast that
      }
      lock.lock();
    }
  }

  Worker& worker_;
  const Job& job_;
  const Uuid& holder_;
  std::mutex mutex_;
  std::condition_variable wake_;
  int percent_ = 0;
  std::string text_;
  bool news_ = false;
  bool closing_ = false;
  std::atomic<bool> lost_{false};
  std::thread thread_;
};

Worker::Worker(db::Store& store, Clock clock, Options options) : store_(store), clock_(std::move(clock)), options_(std::move(options)) {}

Worker::~Worker() { stop(); }

void Worker::handle(std::string kind, Handler handler) { handlers_[std::move(kind)] = std::move(handler); }

void Worker::start() {
  stopping_ = false;
  thread_ = std::thread([this] { serve(); });
}

void Worker::stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

void Worker::serve() {
  std::uint64_t seen = 0;
  while (!stopping_) {
    try {
      while (!stopping_ && run_one()) {
      }
    } catch (const db::Failure&) {   // the store is away: ask again at the next poll
    }
    // in short waits, so that stop() is not kept waiting
    for (int waited_ms = 0; !stopping_ && waited_ms < options_.poll_ms;) {
      constexpr int step_ms = 50;
      const std::uint64_t now = store_.wait_for_hint(seen, std::min(step_ms, options_.poll_ms));
      if (now != seen) {
        seen = now;
        break;
      }
      waited_ms += step_ms;
    }
  }
}

bool Worker::run_one() {
  const Uuid holder = Uuid::make(clock_.now_ms());
  const auto job = take_due(store_, options_.queue, holder, clock_.now_ms(), options_.lease_ms);
  if (!job) return false;
  work(*job, holder);
  return true;
}

void Worker::work(const Job& job, const Uuid& holder) {
  const auto handler = handlers_.find(job.kind);
  if (handler == handlers_.end()) {
    end(store_, job.id, holder, State::failed, fmt::format("Chương trình này chưa biết cách làm việc “{}”. Xin cài bản mới rồi cho làm lại.", job.kind), clock_.now_ms());
    return;
  }
  if (job.attempts > options_.largest_attempts) {   // whoever worked on it went silent each time: it may be what brings the program down
    end(store_, job.id, holder, State::failed, "Việc này đã nhiều lần bị dừng giữa chừng. Xin báo người phụ trách kỹ thuật, rồi cho làm lại.", clock_.now_ms());
    return;
  }
  Lease lease(*this, job, holder);
  std::string why;
  try {
    const Result<std::string> outcome = handler->second(job, lease);
    lease.close();
    if (lease.lost()) return;   // whoever has it now tells how it ended
    if (outcome) end(store_, job.id, holder, State::done, *outcome, clock_.now_ms());
    else if (stopping_) try_later(store_, job.id, holder, outcome.error().message, clock_.now_ms(), Counted::no);
    else end(store_, job.id, holder, State::failed, outcome.error().message, clock_.now_ms());
    return;
  } catch (const std::exception& thrown) {
    why = thrown.what();
  }
  lease.close();
  if (lease.lost()) return;
  if (job.attempts >= options_.largest_attempts) {
    end(store_, job.id, holder, State::failed,
        fmt::format("Đã thử {} lần nhưng chưa thành công. Xin báo người phụ trách kỹ thuật, rồi cho làm lại. (Chi tiết: {})", job.attempts, why), clock_.now_ms());
    return;
  }
  const std::int64_t pause_ms = std::min<std::int64_t>(static_cast<std::int64_t>(options_.first_pause_ms) << std::min(job.attempts - 1, 20), longest_pause_ms);
  try_later(store_, job.id, holder, why, clock_.now_ms() + (stopping_ ? 0 : pause_ms), stopping_ ? Counted::no : Counted::yes);
}

}  // namespace khuyenhoc::jobs
