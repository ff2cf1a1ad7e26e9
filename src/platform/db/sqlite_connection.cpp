#include "platform/db/sqlite_connection.h"

#include <charconv>

#include <sqlite3.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "platform/db/engine.h"

namespace khuyenhoc::db {
namespace {

constexpr int application_id = 0x6b686f63;   // "khoc": what the file says it is
// Bytes of pages as they were before a savepoint; beyond that they go to a file, written as often as the store itself. No more than this: the engine moves them
// there in one piece, and its file layer takes pieces of less than 128 KB only (a longer one is reported as a full disk).
constexpr int undone_in_memory = (128 << 10) - 1;

class SqliteRow : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}

  bool is_null(int column) const override { return kind(column) == SQLITE_NULL; }
  std::int64_t number(int column) const override {
    expect(column, kind(column) == SQLITE_INTEGER, "a whole number");
    return sqlite3_column_int64(statement_, column);
  }
  double real(int column) const override {
    expect(column, kind(column) == SQLITE_FLOAT || kind(column) == SQLITE_INTEGER, "a number");
    return sqlite3_column_double(statement_, column);
  }
  std::string_view text(int column) const override {
    expect(column, kind(column) == SQLITE_TEXT, "a text");
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    if (text == nullptr) throw Failure("out of memory while reading a text");
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  std::span<const std::byte> bytes(int column) const override {
    expect(column, kind(column) == SQLITE_BLOB, "bytes");
    const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(statement_, column));   // null for no bytes at all
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  int columns() const override { return sqlite3_column_count(statement_); }
  Value value(int column) const override {
    switch (kind(column)) {
      case SQLITE_INTEGER: return number(column);
      case SQLITE_FLOAT: return real(column);
      case SQLITE_TEXT: return text(column);
      case SQLITE_BLOB: return Blob(bytes(column).begin(), bytes(column).end());
      default: return {};
    }
  }

 private:
  int kind(int column) const {
    if (column < 0 || column >= columns()) our_bug(fmt::format("there is no column {} in “{}”", column, sqlite3_sql(statement_)));
    return sqlite3_column_type(statement_, column);
  }
  void expect(int column, bool right, std::string_view kind_name) const {
    if (!right) our_bug(fmt::format("column {} of “{}” is not {}", column, sqlite3_sql(statement_), kind_name));
  }

  sqlite3_stmt* statement_;
};

}  // namespace

// A statement while it runs; afterwards it is ready to run again.
class SqliteConnection::Use {
 public:
  Use(SqliteConnection& connection, std::string_view sql) {
    auto found = connection.prepared_.find(sql);
    if (found == connection.prepared_.end()) found = connection.prepared_.emplace(std::string(sql), connection.prepare(sql)).first;
    if (found->second.busy) {   // the same statement inside its own rows
      own_ = connection.prepare(sql);
      prepared_ = &own_;
    } else {
      prepared_ = &found->second;
    }
    prepared_->busy = true;
  }
  ~Use() {
    if (prepared_ == &own_) {
      sqlite3_finalize(own_.statement);
      return;
    }
    sqlite3_reset(prepared_->statement);
    sqlite3_clear_bindings(prepared_->statement);
    prepared_->busy = false;
  }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  const Prepared& prepared() const { return *prepared_; }
  sqlite3_stmt* statement() const { return prepared_->statement; }

 private:
  Prepared own_;
  Prepared* prepared_;
};

SqliteConnection::SqliteConnection(const Options& options, Options::Access access) {
  static const int once_before_the_first = sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, undone_in_memory);
  static_cast<void>(once_before_the_first);
  const bool writes = access == Options::Access::read_write;
  const int flags = (writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (sqlite3_open_v2(options.place.c_str(), &handle_, flags, nullptr) != SQLITE_OK) {
    const std::string message = handle_ == nullptr ? "out of memory" : sqlite3_errmsg(handle_);
    sqlite3_close(handle_);
    throw Failure(fmt::format("cannot open {}: {}", options.place, message));
  }
  try {
    sqlite3_busy_timeout(handle_, options.busy_timeout_ms);
    // a text in double quotes is a mistake, as it is for PostgreSQL
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    std::int64_t says = 0;
    std::int64_t tables = 0;
    each("PRAGMA application_id", {}, [&](const Row& row) { says = row.number(0); });
    each("SELECT count(*) FROM sqlite_schema", {}, [&](const Row& row) { tables = row.number(0); });
    if (says != application_id && tables > 0) throw Failure(fmt::format("{} is a database of another program", options.place));
    if (writes) {
      script("PRAGMA journal_mode=WAL");
      if (says != application_id) script(fmt::format("PRAGMA application_id={}", application_id));
      script(options.sync == Options::Sync::full ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF");
      script("PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-65536");
    } else {
      script("PRAGMA cache_size=-16384");
    }
    // LIKE then compares as PostgreSQL does, and can use an index
    script("PRAGMA foreign_keys=ON; PRAGMA case_sensitive_like=ON");
  } catch (...) {
    for (auto& [sql, prepared] : prepared_) sqlite3_finalize(prepared.statement);
    sqlite3_close(handle_);
    throw;
  }
}

SqliteConnection::~SqliteConnection() {
  for (auto& [sql, prepared] : prepared_) sqlite3_finalize(prepared.statement);
  sqlite3_close(handle_);
}

void SqliteConnection::fail(std::string_view doing) {
  const int code = sqlite3_extended_errcode(handle_);
  const std::string message = fmt::format("SQLite: {} ({}) in “{}”", sqlite3_errmsg(handle_), code, doing);
  if ((code & 0xff) == SQLITE_CONSTRAINT) throw Violation(message);
  throw Failure(message);
}

SqliteConnection::Prepared SqliteConnection::prepare(std::string_view sql) {
  Prepared prepared;
  const char* rest = nullptr;
  if (sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &prepared.statement, &rest) != SQLITE_OK) fail(sql);
  const std::string_view after(rest, static_cast<std::size_t>(sql.data() + sql.size() - rest));
  if (prepared.statement == nullptr || after.find_first_not_of(" \t\r\n;") != std::string_view::npos) {
    sqlite3_finalize(prepared.statement);
    our_bug(fmt::format("“{}” is not exactly one statement", sql));
  }
  // SQLite counts named parameters as they first appear, so $2 may be its number 1
  for (int i = 1; i <= sqlite3_bind_parameter_count(prepared.statement); ++i) {
    const char* name = sqlite3_bind_parameter_name(prepared.statement, i);
    const std::string_view digits = name == nullptr || *name != '$' ? std::string_view{} : std::string_view(name + 1);
    int number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (digits.empty() || read.ec != std::errc{} || read.ptr != digits.data() + digits.size() || number < 1) {
      sqlite3_finalize(prepared.statement);
      our_bug(fmt::format("parameters are $1, $2, …; “{}” has another", sql));
    }
    prepared.numbers.push_back(number);
  }
  return prepared;
}

void SqliteConnection::bind(const Prepared& prepared, const Values& values, std::string_view sql) {
  int engine_number = 0;
  for (const int number : prepared.numbers) {
    ++engine_number;
    if (static_cast<std::size_t>(number) > values.size()) our_bug(fmt::format("${} has no value in “{}”", number, sql));
    const Value& value = values[static_cast<std::size_t>(number) - 1];
    check_bindable(value);
    int code = SQLITE_OK;
    if (const auto* whole = std::get_if<std::int64_t>(&value.held())) {
      code = sqlite3_bind_int64(prepared.statement, engine_number, *whole);
    } else if (const auto* real = std::get_if<double>(&value.held())) {
      code = sqlite3_bind_double(prepared.statement, engine_number, *real);
    } else if (const auto* text = std::get_if<std::string>(&value.held())) {
      code = sqlite3_bind_text64(prepared.statement, engine_number, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
    } else if (const auto* blob = std::get_if<Blob>(&value.held())) {
      code = blob->empty() ? sqlite3_bind_zeroblob(prepared.statement, engine_number, 0)
                           : sqlite3_bind_blob64(prepared.statement, engine_number, blob->data(), blob->size(), SQLITE_STATIC);
    } else {
      code = sqlite3_bind_null(prepared.statement, engine_number);
    }
    if (code != SQLITE_OK) fail(sql);
  }
}

void SqliteConnection::each(std::string_view sql, const Values& values, const OnRow& on_row) {
  Use use(*this, sql);
  bind(use.prepared(), values, sql);
  const SqliteRow row(use.statement());
  for (;;) {
    const int code = sqlite3_step(use.statement());
    if (code == SQLITE_DONE) return;
    if (code != SQLITE_ROW) fail(sql);
    on_row(row);
  }
}

std::int64_t SqliteConnection::run(std::string_view sql, const Values& values) {
  const std::int64_t before = sqlite3_total_changes64(handle_);
  each(sql, values, [](const Row&) {});
  return sqlite3_total_changes64(handle_) == before ? 0 : sqlite3_changes64(handle_);
}

std::int64_t SqliteConnection::copy_in(std::string_view table, std::span<const std::string_view> columns, const std::function<bool(Values&)>& next) {
  check_identifier(table);
  std::vector<std::string> names;
  std::vector<std::string> places;
  for (const std::string_view column : columns) {
    check_identifier(column);
    names.push_back(fmt::format("\"{}\"", column));
    places.push_back(fmt::format("${}", names.size()));
  }
  const std::string sql = fmt::format("INSERT INTO \"{}\" ({}) VALUES ({})", table, fmt::join(names, ", "), fmt::join(places, ", "));
  Use use(*this, sql);
  std::int64_t rows = 0;
  for (Values values; values.clear(), next(values); ++rows) {
    if (values.size() != names.size()) our_bug(fmt::format("{} values for {} columns of {}", values.size(), names.size(), table));
    bind(use.prepared(), values, sql);
    if (sqlite3_step(use.statement()) != SQLITE_DONE) fail(sql);
    sqlite3_reset(use.statement());
  }
  return rows;
}

void SqliteConnection::script(std::string_view sql) {
  if (sqlite3_exec(handle_, std::string(sql).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(sql);
}

bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

bool SqliteConnection::owes_foreign_keys() const {
  int owed = 0;
  int highest = 0;
  sqlite3_db_status(handle_, SQLITE_DBSTATUS_DEFERRED_FKS, &owed, &highest, 0);
  return owed != 0;
}

}  // namespace khuyenhoc::db
