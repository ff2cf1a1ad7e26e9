// Hints between processes by NOTIFY: one thread with a connection of its own listens, and sends what this process has to say, many commits at once.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <thread>

#include "platform/db/hints.h"
#include "platform/db/postgres_connection.h"

namespace khuyenhoc::db {

class PostgresHints {
 public:
  PostgresHints(const PostgresPlace& place, const Options& options);
  ~PostgresHints();
  PostgresHints(const PostgresHints&) = delete;
  PostgresHints& operator=(const PostgresHints&) = delete;

  void give();                                                  // wakes those here at once, those elsewhere soon
  std::uint64_t wait(std::uint64_t seen, int timeout_ms);

 private:
  void start();
  void serve();
  void listen(PostgresConnection& connection);
  bool sleep(int socket, int timeout_ms);                       // until there is something to do; false when stopping

  const PostgresPlace& place_;
  const Options& options_;
  Hints hints_;
  std::once_flag started_;
  std::thread thread_;
  std::atomic<bool> stopping_{false};
  std::atomic<bool> to_send_{false};
  int bell_ = -1;                                               // an eventfd that wakes the thread
};

}  // namespace khuyenhoc::db
