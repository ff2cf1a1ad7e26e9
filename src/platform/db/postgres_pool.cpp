#include "platform/db/postgres_pool.h"

namespace khuyenhoc::db {

PostgresPool::Loan PostgresPool::borrow() {
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [&] { return lent_ < largest_; });
  ++lent_;
  if (!idle_.empty()) {
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return Loan(*this, std::move(connection));
  }
  lock.unlock();
  try {
    return Loan(*this, std::make_unique<PostgresConnection>(place_, options_));
  } catch (...) {
    take_back(nullptr);
    throw;
  }
}

void PostgresPool::take_back(std::unique_ptr<PostgresConnection> connection) {
  if (connection != nullptr && !connection->idle()) connection.reset();
  {
    const std::lock_guard lock(mutex_);
    --lent_;
    if (connection != nullptr) idle_.push_back(std::move(connection));
  }
  returned_.notify_one();
}

void PostgresPool::forget_idle() {
  std::vector<std::unique_ptr<PostgresConnection>> broken;
  const std::lock_guard lock(mutex_);
  broken.swap(idle_);
}

}  // namespace khuyenhoc::db
