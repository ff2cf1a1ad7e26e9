// The one thread that writes to an SQLite store: it takes whatever waits, runs it in one transaction with a savepoint each, and makes all of it durable at once.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "platform/db/engine.h"
#include "platform/db/hints.h"
#include "platform/db/sqlite_connection.h"

namespace khuyenhoc::db {

class SqliteWriterThread {
 public:
  SqliteWriterThread(const Store* store, const Options& options, Hints& hints);
  ~SqliteWriterThread();

  // Runs `body` on the writer thread and returns when it is durable, or rethrows why it is not.
  void write(const std::function<bool(Writer&)>& body);
  std::int64_t new_id();

 private:
  struct Request;
  class Session;
  using Group = std::vector<std::shared_ptr<Request>>;

  void serve();
  void serve_group();
  void run_waiting(Group& group);
  void run_one(Request& request);
  std::int64_t keep_ids();                            // up to where ids are reserved once this is committed
  std::shared_ptr<Request> next_request();
  static void fail_all(const Group& group, const std::exception_ptr& why);

  const Store* store_;
  Hints& hints_;
  SqliteConnection connection_;

  std::atomic<std::int64_t> last_id_{0};
  std::int64_t reserved_id_ = 0;                       // no id above it is in a committed row
  std::int64_t id_block_ = first_id_block;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::shared_ptr<Request>> waiting_;
  bool stopping_ = false;
  std::thread thread_;                                 // last: it starts when all else is ready
};

}  // namespace khuyenhoc::db
