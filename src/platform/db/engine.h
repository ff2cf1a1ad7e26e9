// What the two engines share below the contract: which closure a thread is in, what may be bound, how a migration's words are translated.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/db/db.h"

namespace khuyenhoc::db {

// Ends the closure: a mistake in our own program, found before it could do harm.
[[noreturn]] void our_bug(const std::string& message);

// Throws Failure for what one of the engines could not keep: a NUL or broken UTF-8 in a text, NaN.
void check_bindable(const Value& value);

// Table and column names come from our own constants; anything else in them is our own bug.
void check_identifier(std::string_view name);

class EngineWriter : public Writer {
 public:
  virtual void script(std::string_view sql) = 0;   // several statements without parameters: migrations, restoring
  virtual void restore_counters(std::int64_t last_id, std::int64_t last_position) = 0;
};

// Marks that a closure of `store` runs on this thread, so that a read inside a read shares its snapshot, and a store used inside its own write is found out.
class ClosureMark {
 public:
  enum class Kind { reading, writing };
  ClosureMark(const Store* store, Kind kind, Reader* reader = nullptr);
  ~ClosureMark();
  ClosureMark(const ClosureMark&) = delete;
  ClosureMark& operator=(const ClosureMark&) = delete;

  // The innermost closure of `store` on this thread, or none.
  static const ClosureMark* of(const Store* store);
  // our_bug() when a write of `store` is under way on this thread.
  static void refuse_inside_write(const Store* store, std::string_view what);
  Kind kind() const { return kind_; }
  Reader* reader() const { return reader_; }

 private:
  const Store* store_;
  Kind kind_;
  Reader* reader_;
  const ClosureMark* outer_;
};

// A migration's SQL in the words of the engine.
std::string translated(std::string_view sql, Dialect dialect);
std::string checksum(const Migration& migration);
// Store::migrate for both engines, through read() and write() of the store.
Result<void> apply_migrations(Store& store, std::span<const Migration> migrations);
std::vector<std::string> names_of_applied(Store& store);

// The tables every store has before its first migration.
inline constexpr std::string_view own_tables_sql =
    "CREATE TABLE IF NOT EXISTS store_migration (name {text} PRIMARY KEY, checksum {text} NOT NULL, applied_at {int} NOT NULL) {strict};"
    "CREATE TABLE IF NOT EXISTS store_counter (name {text} PRIMARY KEY, value {int} NOT NULL) {strict};"
    "INSERT INTO store_counter (name, value) VALUES ('id', 0), ('position', 0) ON CONFLICT (name) DO NOTHING;";

// Ids are reserved in blocks: small at first, so that a small store wastes none, then growing with the work.
inline constexpr std::int64_t first_id_block = 1'000;
inline constexpr std::int64_t largest_id_block = 65'536;

}  // namespace khuyenhoc::db
