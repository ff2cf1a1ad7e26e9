// The store on a PostgreSQL server, for an office that has outgrown one file; several processes may serve from it.
#pragma once

#include <memory>
#include <mutex>

#include "platform/db/commit_order.h"
#include "platform/db/engine.h"
#include "platform/db/postgres_hints.h"
#include "platform/db/postgres_pool.h"

namespace khuyenhoc::db {

class PostgresStore : public Store {
 public:
  static Result<std::unique_ptr<Store>> open(const Options& options);
  explicit PostgresStore(const Options& options);

  Dialect dialect() const override { return Dialect::postgres; }
  Options::Access access() const override { return options_.access; }
  std::int64_t new_id() override;
  std::uint64_t wait_for_hint(std::uint64_t seen, int timeout_ms) override { return hints_.wait(seen, timeout_ms); }
  Result<void> migrate(std::span<const Migration> migrations) override;
  std::vector<std::string> applied_migrations() override { return names_of_applied(*this); }

 protected:
  void read_erased(const std::function<void(Reader&)>& body) override;
  void write_erased(const std::function<bool(Writer&)>& body) override;

 private:
  enum class Company { with_others, alone };   // whether a write lets others run beside it
  enum class Outcome { done, try_again };

  void prepare_place();
  Outcome attempt(const std::function<bool(Writer&)>& body, Company company);
  bool was_committed(const std::string& transaction);
  void forget_ids();

  Options options_;
  PostgresPlace place_;
  PostgresPool readers_;
  PostgresPool writers_;
  PostgresHints hints_;
  CommitOrder order_;

  std::mutex ids_mutex_;
  std::unique_ptr<PostgresConnection> ids_connection_;   // its own, so that a closure may ask for ids while it holds a connection
  std::int64_t next_id_ = 0;
  std::int64_t end_of_ids_ = 0;
  std::int64_t id_block_ = first_id_block;
};

}  // namespace khuyenhoc::db
