// The embedded store: one SQLite file beside the program, one writer, several readers.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "platform/db/hints.h"
#include "platform/db/sqlite_connection.h"
#include "platform/db/sqlite_writer.h"

namespace khuyenhoc::db {

// Held while a process may write: a second one is turned away instead of waiting behind the first.
class FileLock {
 public:
  FileLock() = default;
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  bool take(const std::string& path);   // false when another holds it; throws Failure when the file cannot be made

 private:
  int descriptor_ = -1;
};

class SqliteStore : public Store {
 public:
  static Result<std::unique_ptr<Store>> open(const Options& options);
  explicit SqliteStore(const Options& options) : options_(options) {}

  Dialect dialect() const override { return Dialect::sqlite; }
  Options::Access access() const override { return options_.access; }
  std::int64_t new_id() override { return writer("new_id").new_id(); }
  std::uint64_t wait_for_hint(std::uint64_t seen, int timeout_ms) override { return hints_.wait(seen, timeout_ms); }
  Result<void> migrate(std::span<const Migration> migrations) override { return apply_migrations(*this, migrations); }
  std::vector<std::string> applied_migrations() override { return names_of_applied(*this); }

 protected:
  void read_erased(const std::function<void(Reader&)>& body) override;
  void write_erased(const std::function<bool(Writer&)>& body) override;

 private:
  SqliteWriterThread& writer(std::string_view doing);
  std::unique_ptr<SqliteConnection> borrow();
  void give_back(std::unique_ptr<SqliteConnection> connection);

  Options options_;
  FileLock lock_;
  Hints hints_;
  std::unique_ptr<SqliteWriterThread> writer_;

  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<SqliteConnection>> idle_;
  int lent_ = 0;
};

}  // namespace khuyenhoc::db
