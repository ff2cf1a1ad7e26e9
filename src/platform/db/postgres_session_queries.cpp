#include "platform/db/digest.h"
#include "platform/db/postgres_session.h"

namespace khuyenhoc::db {

std::int64_t lock_number(std::string_view schema, LockFor purpose) {
  const Digest digest = digest_of(std::string(purpose == LockFor::schema ? "schema " : "positions ") + std::string(schema));
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i) number = number << 8 | std::to_integer<std::uint64_t>(digest[i]);
  return static_cast<std::int64_t>(number);
}

template <class Work>
void PostgresSession::guarded(Work work) {
  rethrow_failure();
  if (busy_) our_bug("another statement was run while rows of one flow in or out");
  try {
    work();
  } catch (...) {
    busy_ = false;
    failure_ = std::current_exception();
    throw;
  }
}

void PostgresSession::rethrow_failure() const {
  if (failure_) std::rethrow_exception(failure_);
}

void PostgresSession::each(std::string_view sql, const Values& values, const OnRow& on_row) {
  guarded([&] { connection_.each(sql, values, on_row); });
}

void PostgresSession::stream(std::string_view sql, const Values& values, const OnRow& on_row) {
  guarded([&] {
    busy_ = true;
    connection_.stream(sql, values, on_row);
    busy_ = false;
  });
}

std::int64_t PostgresSession::run(std::string_view sql, const Values& values) {
  std::int64_t rows = 0;
  guarded([&] { rows = connection_.run(sql, values); });
  return rows;
}

std::int64_t PostgresSession::copy_in(std::string_view table, std::span<const std::string_view> columns, const std::function<bool(Values&)>& next) {
  std::int64_t rows = 0;
  guarded([&] {
    busy_ = true;
    rows = connection_.copy_in(table, columns, next);
    busy_ = false;
  });
  return rows;
}

void PostgresSession::script(std::string_view sql) {
  guarded([&] { connection_.script(sql); });
}

namespace {

constexpr std::string_view take_positions = "SELECT setval('store_position', nextval('store_position') + $1 - 1)";
constexpr std::string_view set_last_position = "SELECT setval('store_position', $1)";
constexpr std::string_view set_last_id = "UPDATE store_counter SET value = $1 WHERE name = 'id'";

}  // namespace

std::int64_t PostgresSession::next_positions(std::int64_t count) {
  if (!in_hooks_) our_bug("log positions are given in a before_commit hook only");
  if (count < 1) our_bug("at least one log position is asked for");
  return first_number(take_positions, {count}).value() - count + 1;
}

void PostgresSession::restore_counters(std::int64_t last_id, std::int64_t last_position) {
  run(set_last_id, {last_id});
  run(set_last_position, {last_position});
  restored_ = true;
}

void PostgresSession::run_before() {
  in_hooks_ = true;
  for (std::size_t i = 0; i < before_.size(); ++i) {
    const auto hook = std::move(before_[i]);   // a hook may add another
    hook(*this);
  }
}

std::exception_ptr PostgresSession::run_after() {
  std::exception_ptr first;
  for (const auto& hook : after_) {
    try {
      hook();
    } catch (...) {
      if (!first) first = std::current_exception();
    }
  }
  return first;
}

}  // namespace khuyenhoc::db
