// The Writer that one closure sees on PostgreSQL, and the locks of a store.
#pragma once

#include <exception>
#include <vector>

#include "platform/db/engine.h"
#include "platform/db/postgres_connection.h"

namespace khuyenhoc::db {

// Advisory locks are numbers shared by the whole database: two stores in two schemas must not meet.
enum class LockFor { schema, positions };
std::int64_t lock_number(std::string_view schema, LockFor purpose);

class PostgresSession : public EngineWriter {
 public:
  explicit PostgresSession(PostgresConnection& connection) : connection_(connection) {}

  Dialect dialect() const override { return Dialect::postgres; }
  void each(std::string_view sql, const Values& values, const OnRow& on_row) override;
  void stream(std::string_view sql, const Values& values, const OnRow& on_row) override;
  std::int64_t run(std::string_view sql, const Values& values) override;
  using Writer::copy_in;
  std::int64_t copy_in(std::string_view table, std::span<const std::string_view> columns, const std::function<bool(Values&)>& next) override;
  void script(std::string_view sql) override;
  void restore_counters(std::int64_t last_id, std::int64_t last_position) override;
  void before_commit(std::function<void(Writer&)> hook) override { before_.push_back(std::move(hook)); }
  void after_commit(std::function<void()> hook) override { after_.push_back(std::move(hook)); }
  void hint_after_commit() override { hint_ = true; }
  std::int64_t next_positions(std::int64_t count) override;

  bool has_hooks() const { return !before_.empty() || !after_.empty(); }
  bool wants_hint() const { return hint_; }
  bool restored() const { return restored_; }
  void run_before();
  std::exception_ptr run_after();    // every hook; what the first of those that threw has thrown
  void rethrow_failure() const;      // whatever the closure did with an error, the transaction is lost

 private:
  template <class Work>
  void guarded(Work work);

  PostgresConnection& connection_;
  std::vector<std::function<void(Writer&)>> before_;
  std::vector<std::function<void()>> after_;
  std::exception_ptr failure_;
  bool in_hooks_ = false;
  bool busy_ = false;                // rows flow in or out: no other statement may run
  bool hint_ = false;
  bool restored_ = false;
};

}  // namespace khuyenhoc::db
