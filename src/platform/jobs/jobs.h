// Long work and messages to the outside: asked for in the transaction of what causes them, done afterwards at least once, with progress that can be watched.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "base/clock.h"
#include "base/id.h"
#include "platform/db/db.h"

namespace khuyenhoc::jobs {

using JobId = Id<struct JobTag>;

enum class State { waiting = 0, running = 1, done = 2, failed = 3 };

// What to do: `kind` names the handler, `request` is what it is told (the house writes JSON).
struct NewJob {
  std::string queue = "chung";           // workers serve one queue: mail does not wait behind an import
  std::string kind = {};
  std::string request = {};
  std::optional<std::string> once_key = {};  // asked for again under the same key, it is the job that is there already
  std::int64_t not_before_ms = 0;
};

struct Job {
  JobId id;
  std::string queue;
  std::string kind;
  std::string request;
  State state = State::waiting;
  int attempts = 0;
  int percent = 0;
  std::string progress;                  // "Đã đọc 12.000 trong 40.000 dòng"
  std::string outcome;                   // of a job that is done: what its handler returned; of one that failed, or waits to be tried again: why
  std::int64_t asked_at_ms = 0;
  std::optional<std::int64_t> ended_at_ms;
};

// Inside the transaction that needs it done (the outbox): when that is rolled back, nothing was asked.
JobId ask(db::Store& store, db::Writer& writer, const NewJob& job, std::int64_t now_ms);
std::optional<Job> find(db::Reader& reader, JobId id);
// Tries a failed job anew from its first attempt; refuses "job.not_failed".
Result<void> ask_again(db::Writer& writer, JobId id, std::int64_t now_ms);

// What a handler is given while it works.
class Progress {
 public:
  virtual ~Progress() = default;
  virtual void report(int percent, std::string text) = 0;   // cheap: written down at most twice a second
  virtual bool should_stop() const = 0;                      // the program ends, or the lease was lost to another worker: return soon
};

// Runs in its own thread, outside any transaction. The outcome of a refused Result is final, for a person must mend something; an exception means "later":
// the job is tried again with growing pauses, and fails for good after the last attempt. It may run again after it succeeded (the machine went down before
// the outcome was written), so its effects must bear that: an answer_once key, or a message id that the receiver knows.
using Handler = std::function<Result<std::string>(const Job& job, Progress& progress)>;

class Worker {
 public:
  struct Options {
    std::string queue = "chung";
    int lease_ms = 60'000;            // a worker that has said nothing for so long is taken for dead
    int poll_ms = 1'000;
    int largest_attempts = 8;
    int first_pause_ms = 2'000;       // before the second attempt; twice as long before each next one, an hour at most
  };
  Worker(db::Store& store, Clock clock, Options options);
  ~Worker();                          // stops

  void handle(std::string kind, Handler handler);   // before start()
  void start();
  void stop();                        // asks the running handler to stop and waits for it; an unfinished job is taken up again later
  bool run_one();                     // takes one job that is due and works on it; false when there is none

 private:
  class Lease;
  void work(const Job& job, const Uuid& holder);
  void serve();

  db::Store& store_;
  Clock clock_;
  Options options_;
  std::map<std::string, Handler, std::less<>> handlers_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace khuyenhoc::jobs
