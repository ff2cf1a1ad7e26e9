// Connections kept open and lent one at a time.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "platform/db/postgres_connection.h"

namespace khuyenhoc::db {

class PostgresPool {
 public:
  PostgresPool(const PostgresPlace& place, const Options& options, int largest) : place_(place), options_(options), largest_(std::max(largest, 1)) {}

  // A connection on loan; it goes back when the loan ends, unless it is broken or in the middle of something.
  class Loan {
   public:
    Loan(PostgresPool& pool, std::unique_ptr<PostgresConnection> connection) : pool_(&pool), connection_(std::move(connection)) {}
    Loan(Loan&& other) noexcept : pool_(other.pool_), connection_(std::move(other.connection_)), broken_(other.broken_) { other.pool_ = nullptr; }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    Loan& operator=(Loan&&) = delete;
    ~Loan() {
      if (pool_ != nullptr) pool_->take_back(broken_ ? nullptr : std::move(connection_));
    }
    PostgresConnection* operator->() { return connection_.get(); }
    PostgresConnection& operator*() { return *connection_; }
    void drop() { broken_ = true; }   // the connection is closed at the end of the loan

   private:
    PostgresPool* pool_;
    std::unique_ptr<PostgresConnection> connection_;
    bool broken_ = false;
  };

  Loan borrow();       // waits for one to come back when all are lent; throws PostgresFailure of kind lost
  void forget_idle();  // after the server went away, what lies here is broken too

 private:
  void take_back(std::unique_ptr<PostgresConnection> connection);

  const PostgresPlace& place_;
  const Options& options_;
  const int largest_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<PostgresConnection>> idle_;
  int lent_ = 0;
};

}  // namespace khuyenhoc::db
