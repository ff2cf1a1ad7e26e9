// One store, two engines: SQLite in a file beside the program, PostgreSQL where an office outgrows it. Nobody above this folder knows which.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/day.h"
#include "base/id.h"
#include "base/result.h"

namespace khuyenhoc::db {

enum class Dialect { sqlite, postgres };

using Blob = std::vector<std::byte>;

// What can be bound to $1, $2, … : nothing, a whole number, a text (UTF-8), bytes. Days are bound as their number, ids as their value, uuids as 16 bytes.
// Both engines refuse (Failure) the texts and numbers that one of them could not keep: a NUL, broken UTF-8, NaN.
class Value {
 public:
  Value() = default;                                      // NULL
  Value(std::nullopt_t) {}
  Value(std::int64_t number) : held_(number) {}
  Value(int number) : held_(static_cast<std::int64_t>(number)) {}
  Value(std::uint32_t number) : held_(static_cast<std::int64_t>(number)) {}
  Value(double number) : held_(number) {}
  Value(std::string text) : held_(std::move(text)) {}
  Value(std::string_view text) : held_(std::string(text)) {}
  Value(const char* text) : held_(std::string(text)) {}
  Value(Blob bytes) : held_(std::move(bytes)) {}
  Value(Day day) : held_(static_cast<std::int64_t>(day.number())) {}
  Value(const Uuid& uuid);
  template <class Tag>
  Value(Id<Tag> id) : held_(id.value) {}
  template <class E>
    requires std::is_enum_v<E>
  Value(E e) : held_(static_cast<std::int64_t>(e)) {}
  template <class T>
  Value(const std::optional<T>& maybe) { if (maybe) *this = Value(*maybe); }

  static Value bytes(std::string_view raw);                // a blob that is at hand as a string

  using Held = std::variant<std::monostate, std::int64_t, double, std::string, Blob>;
  const Held& held() const { return held_; }

 private:
  Held held_;
};

using Values = std::vector<Value>;

// One row of an answer, valid only inside the callback that receives it. Columns count from 0. Reading a column as a kind it is not is our own bug
// (std::logic_error, which rolls back); a NULL must be asked for with is_null or maybe_… first. Sums, counts and comparisons are numbers on both engines.
class Row {
 public:
  virtual ~Row() = default;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t number(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string_view text(int column) const = 0;
  virtual std::span<const std::byte> bytes(int column) const = 0;
  virtual int columns() const = 0;
  virtual Value value(int column) const = 0;               // whatever it is

  Day day(int column) const { return Day::from_number(static_cast<std::int32_t>(number(column))); }
  bool flag(int column) const { return number(column) != 0; }
  template <class IdType>
  IdType id(int column) const { return is_null(column) ? IdType{} : IdType{number(column)}; }
  template <class E>
  E as(int column) const { return static_cast<E>(number(column)); }
  std::optional<std::int64_t> maybe_number(int column) const { return is_null(column) ? std::nullopt : std::optional(number(column)); }
  std::optional<Day> maybe_day(int column) const { return is_null(column) ? std::nullopt : std::optional(day(column)); }
  Uuid uuid(int column) const;
};

using OnRow = std::function<void(const Row&)>;

// Reads inside one consistent snapshot. Statements are named constants with $1, $2 …; they are prepared once and kept.
// A Reader belongs to the thread and the closure that received it.
class Reader {
 public:
  virtual ~Reader() = default;
  virtual Dialect dialect() const = 0;
  // Other statements may run on this reader while rows arrive.
  virtual void each(std::string_view sql, const Values& values, const OnRow& on_row) = 0;
  // As each(), for an answer too large to hold in memory: no other statement may run on this reader until it returns (std::logic_error).
  virtual void stream(std::string_view sql, const Values& values, const OnRow& on_row) = 0;

  template <class Make>
  auto all(std::string_view sql, const Values& values, Make make) {
    std::vector<std::decay_t<std::invoke_result_t<Make, const Row&>>> out;
    each(sql, values, [&](const Row& row) { out.push_back(make(row)); });
    return out;
  }
  template <class Make>
  auto first(std::string_view sql, const Values& values, Make make) {
    std::optional<std::decay_t<std::invoke_result_t<Make, const Row&>>> out;
    each(sql, values, [&](const Row& row) { if (!out) out = make(row); });
    return out;
  }
  std::optional<std::int64_t> first_number(std::string_view sql, const Values& values = {});   // none when no row or NULL
};

// Writes inside one transaction, as if no other ran beside it (SQLite: they do not; PostgreSQL: SERIALIZABLE). The closure that uses it may be run again
// (PostgreSQL), so it must have no effect but through this object. After a statement has failed the transaction can only be rolled back.
class Writer : public Reader {
 public:
  virtual std::int64_t run(std::string_view sql, const Values& values = {}) = 0;               // rows changed
  // Many rows by the fastest path of the engine (COPY, or one prepared insert). `next` fills the row and returns false at the end.
  virtual std::int64_t copy_in(std::string_view table, std::span<const std::string_view> columns, const std::function<bool(Values&)>& next) = 0;
  std::int64_t copy_in(std::string_view table, std::initializer_list<std::string_view> columns, const std::function<bool(Values&)>& next) {
    return copy_in(table, std::span(columns.begin(), columns.size()), next);
  }
  // Run in order just before the commit, still inside the transaction, with the position lock held on PostgreSQL: log positions are given here, so they
  // follow the order of commits.
  virtual void before_commit(std::function<void(Writer&)> hook) = 0;
  // The first of `count` log positions that nobody has had: only inside a before_commit hook. They grow in the order of commits, and whoever sees a
  // position sees all that were given before it; a transaction that is rolled back may leave a gap. Never compute one with max(position) + 1.
  virtual std::int64_t next_positions(std::int64_t count = 1) = 0;
  // Run in commit order after the commit is durable and before write() returns; never when it was rolled back.
  // A hook must not use the store; what it throws reaches the caller of write(), whose rows are kept nevertheless.
  virtual void after_commit(std::function<void()> hook) = 0;
  // Wakes those who wait in Store::wait_for_hint, in every process, soon after the commit.
  virtual void hint_after_commit() = 0;
};

// A migration: dated name ("20261122_0900_measures_fact"), and its SQL, in which words in braces stand for those of the engine:
//   {id} and {int}  a whole number of 64 bits ("id {id} PRIMARY KEY")     {real} {text} {blob}  text compares byte by byte on both
//   {strict}        closes a CREATE TABLE: ") {strict};"                   {clustered}  the same, for a table kept in the order of its primary key
//   {only_sqlite} … {end}, {only_postgres} … {end}                         where the two must differ
struct Migration {
  std::string_view name;
  std::string_view sql;
};

struct Options {
  std::string place;                 // a file path, or "postgresql://…"; "?schema=name" puts the store into a schema of its own
  enum class Access { read_write, read_only } access = Access::read_write;
  int readers = 4;                   // connections kept for reading
  int writers = 8;                   // connections kept for writing (PostgreSQL; SQLite has one)
  int busy_timeout_ms = 5'000;
  enum class Sync { full, off } sync = Sync::full;   // off only for the crash test that must fail, and for throw-away test stores
};

class Store {
 public:
  static Result<std::unique_ptr<Store>> open(const Options& options);   // "store.open", "store.locked" refusals
  virtual ~Store() = default;

  virtual Dialect dialect() const = 0;
  virtual Options::Access access() const = 0;

  // Runs `body` in a snapshot; returns what it returns. Inside another read() of the same thread it sees that one's snapshot. Inside a write() it is our own
  // bug (std::logic_error): what the transaction sees is read through its Writer.
  template <class Body>
  auto read(Body&& body) -> std::invoke_result_t<Body, Reader&> {
    using Out = std::invoke_result_t<Body, Reader&>;
    if constexpr (std::is_void_v<Out>) {
      read_erased([&](Reader& reader) { body(reader); });
    } else {
      std::optional<Out> out;
      read_erased([&](Reader& reader) { out.emplace(body(reader)); });
      return std::move(*out);
    }
  }

  // Runs `body` in a transaction. A body that returns a refused Result, or throws, leaves nothing behind. On SQLite all writes go through one writer
  // thread that commits groups (a savepoint each), so `body` runs on that thread; on PostgreSQL serialisation failures are tried again, and a commit whose
  // answer was lost is looked up, never repeated blindly.
  template <class Body>
  auto write(Body&& body) -> std::invoke_result_t<Body, Writer&> {
    using Out = std::invoke_result_t<Body, Writer&>;
    if constexpr (std::is_void_v<Out>) {
      write_erased([&](Writer& writer) { body(writer); return true; });
    } else {
      std::optional<Out> out;
      write_erased([&](Writer& writer) {
        out.reset();
        out.emplace(body(writer));
        if constexpr (requires { out->has_value(); out->error(); }) return out->has_value();
        else return true;
      });
      return std::move(*out);
    }
  }

  // A number no record of this store has had. Given from blocks reserved in the store, without a round trip; gaps are normal.
  virtual std::int64_t new_id() = 0;
  template <class IdType>
  IdType new_id() { return IdType{new_id()}; }

  // Returns as soon as a hint was given since `seen` (the value returned before, 0 at first), or after the time. Only a hint: whoever follows a log polls too.
  virtual std::uint64_t wait_for_hint(std::uint64_t seen, int timeout_ms) = 0;

  // Applies what is missing, each in a transaction of its own, in the order of the names. Refuses "store.newer" (the store has migrations this program does
  // not know), "store.edited" (a landed migration was changed), "store.older" (something is missing in a store opened for reading only).
  virtual Result<void> migrate(std::span<const Migration> migrations) = 0;
  virtual std::vector<std::string> applied_migrations() = 0;

 protected:
  virtual void read_erased(const std::function<void(Reader&)>& body) = 0;
  virtual void write_erased(const std::function<bool(Writer&)>& body) = 0;
};

// All migrations of the house, from src/*/migrations/*.sql, in one global dated order (generated at build time).
std::span<const Migration> all_migrations();

// What ends a request: the engine failed (disk full, connection gone). The message is for the log, not for people.
class Failure : public std::exception {
 public:
  explicit Failure(std::string message) : message_(std::move(message)) {}
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  std::string message_;
};

// A constraint of the schema (unique key, foreign key, check) was broken: our own bug, or a race that the closure did not check for.
class Violation : public Failure {
 public:
  using Failure::Failure;
};

}  // namespace khuyenhoc::db
