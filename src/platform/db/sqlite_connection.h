// One connection to an SQLite file, with its prepared statements. Not for two threads at once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/db/db.h"

struct sqlite3;
struct sqlite3_stmt;

namespace khuyenhoc::db {

class SqliteConnection {
 public:
  // Throws Failure when the file cannot be opened or is no store.
  SqliteConnection(const Options& options, Options::Access access);
  ~SqliteConnection();
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  void each(std::string_view sql, const Values& values, const OnRow& on_row);
  std::int64_t run(std::string_view sql, const Values& values);
  std::int64_t copy_in(std::string_view table, std::span<const std::string_view> columns, const std::function<bool(Values&)>& next);
  void script(std::string_view sql);
  bool in_transaction() const;
  bool owes_foreign_keys() const;   // a deferred foreign key is broken, so the commit would fail

 private:
  struct Prepared {
    sqlite3_stmt* statement = nullptr;
    std::vector<int> numbers;   // which $n the engine's parameter 1, 2, … is
    bool busy = false;
  };
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
  };
  class Use;

  Prepared prepare(std::string_view sql);
  void bind(const Prepared& prepared, const Values& values, std::string_view sql);
  [[noreturn]] void fail(std::string_view doing);

  sqlite3* handle_ = nullptr;
  std::unordered_map<std::string, Prepared, TextHash, std::equal_to<>> prepared_;
};

}  // namespace khuyenhoc::db
