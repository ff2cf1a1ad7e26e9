#include "platform/db/postgres_store.h"

#include <fmt/format.h>

#include "platform/db/postgres_session.h"

namespace khuyenhoc::db {
namespace {

constexpr int oldest_server = 130'000;   // pg_xact_status and pg_current_xact_id came with PostgreSQL 13

constexpr std::string_view select_encoding = "SELECT current_setting('server_encoding')";
constexpr std::string_view select_is_store = "SELECT count(*) FROM pg_tables WHERE schemaname = $1 AND tablename = 'store_migration'";
// whoever opens or migrates the same schema waits here
constexpr std::string_view lock_schema = "SELECT pg_advisory_lock($1)";
constexpr std::string_view unlock_schema = "SELECT pg_advisory_unlock($1)";
// store_turn has no rows: locking it says whether a write runs beside others or alone. Positions come from a sequence, for a sequence is not part of the
// snapshot: a serializable transaction that has waited for the position lock would see its own old picture of a row.
constexpr std::string_view postgres_own_tables =
    "CREATE TABLE IF NOT EXISTS store_turn (nothing int);"
    "CREATE SEQUENCE IF NOT EXISTS store_position MINVALUE 0 START 1;";

Refusal cannot_open(const Options& options, std::string_view detail) {
  const std::size_t at = options.place.find('@');   // a password is nobody's business
  const std::string shown = at == std::string::npos ? options.place : options.place.substr(at + 1);
  return {"store.open",
          fmt::format("Không mở được kho dữ liệu trên máy chủ “{}”. Xin kiểm tra máy chủ PostgreSQL đang chạy, địa chỉ, tên người dùng và mật khẩu. "
                      "(Chi tiết cho người phụ trách kỹ thuật: {})",
                      shown, detail),
          shown};
}

}  // namespace

Result<std::unique_ptr<Store>> PostgresStore::open(const Options& options) {
  auto store = std::make_unique<PostgresStore>(options);
  check_identifier(store->place_.schema);
  try {
    store->prepare_place();
  } catch (const Failure& failure) {
    return std::unexpected(cannot_open(options, failure.what()));
  }
  return store;
}

PostgresStore::PostgresStore(const Options& options)
    : options_(options),
      place_(PostgresPlace::parse(options.place)),
      readers_(place_, options_, options.readers),
      writers_(place_, options_, options.writers),
      hints_(place_, options_) {}

void PostgresStore::prepare_place() {
  PostgresConnection connection(place_, options_);
  if (PQserverVersion(connection.handle()) < oldest_server) throw Failure("PostgreSQL 13 or later is needed");
  connection.each(select_encoding, {}, [](const Row& row) {
    if (row.text(0) != "UTF8") throw Failure(fmt::format("the database must be encoded in UTF8, not {}", row.text(0)));
  });
  bool is_store = false;
  connection.each(select_is_store, {place_.schema}, [&](const Row& row) { is_store = row.flag(0); });
  if (is_store) return;
  if (options_.access == Options::Access::read_only) throw Failure("there is no store in this database yet");
  connection.run(lock_schema, {lock_number(place_.schema, LockFor::schema)});   // freed with the connection
  connection.script(fmt::format("CREATE SCHEMA IF NOT EXISTS \"{}\"", place_.schema));
  connection.script(fmt::format("BEGIN; {} {} COMMIT", translated(own_tables_sql, Dialect::postgres), postgres_own_tables));
}

Result<void> PostgresStore::migrate(std::span<const Migration> migrations) {
  // the lock belongs to the session: it outlives the transaction of each migration
  PostgresConnection connection(place_, options_);
  const Value schema_lock = lock_number(place_.schema, LockFor::schema);
  connection.run(lock_schema, {schema_lock});
  auto applied = apply_migrations(*this, migrations);
  connection.run(unlock_schema, {schema_lock});
  return applied;
}

namespace {

constexpr std::string_view reserve_ids = "UPDATE store_counter SET value = value + $1 WHERE name = 'id' RETURNING value";

}  // namespace

std::int64_t PostgresStore::new_id() {
  if (options_.access == Options::Access::read_only) our_bug("Store::new_id on a store opened for reading only");
  const std::lock_guard lock(ids_mutex_);
  for (int attempt = 0; next_id_ == end_of_ids_; ++attempt) {
    try {
      if (ids_connection_ == nullptr) ids_connection_ = std::make_unique<PostgresConnection>(place_, options_);
      ids_connection_->each(reserve_ids, {id_block_}, [&](const Row& row) {
        end_of_ids_ = row.number(0) + 1;
        next_id_ = end_of_ids_ - id_block_;
      });
      if (next_id_ == end_of_ids_) throw Failure("the counter of ids is missing");
      id_block_ = std::min(id_block_ * 2, largest_id_block);
    } catch (const PostgresFailure& failure) {
      ids_connection_.reset();
      if (failure.kind() != PostgresFailure::Kind::lost || attempt > 0) throw;   // a block that was reserved twice is only a gap
    }
  }
  return next_id_++;
}

namespace {

class PostgresReader : public Reader {
 public:
  explicit PostgresReader(PostgresConnection& connection) : connection_(connection) {}
  Dialect dialect() const override { return Dialect::postgres; }
  void each(std::string_view sql, const Values& values, const OnRow& on_row) override { connection_.each(sql, values, on_row); }
  void stream(std::string_view sql, const Values& values, const OnRow& on_row) override { connection_.stream(sql, values, on_row); }

 private:
  PostgresConnection& connection_;
};

// One snapshot from the first statement to the last. It may be a serialisable order's in-between, as any report that reads while others write.
constexpr std::string_view begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

}  // namespace

void PostgresStore::read_erased(const std::function<void(Reader&)>& body) {
  ClosureMark::refuse_inside_write(this, "read");
  if (const ClosureMark* outer = ClosureMark::of(this)) return body(*outer->reader());
  for (int attempt = 0;; ++attempt) {
    auto connection = readers_.borrow();
    try {
      connection->script(begin_read);
    } catch (const PostgresFailure& failure) {
      connection.drop();
      if (failure.kind() != PostgresFailure::Kind::lost || attempt > 0) throw;
      readers_.forget_idle();   // the server was restarted while they lay idle
      continue;
    }
    try {
      PostgresReader reader(*connection);
      const ClosureMark mark(this, ClosureMark::Kind::reading, &reader);
      body(reader);
      connection->script("COMMIT");
    } catch (const PostgresFailure&) {
      connection.drop();
      throw;
    } catch (...) {
      try {
        connection->script("ROLLBACK");
      } catch (const Failure&) {
        connection.drop();
      }
      throw;
    }
    return;
  }
}

}  // namespace khuyenhoc::db
