// One connection to PostgreSQL, with its prepared statements. Not for two threads at once.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/db/db.h"
#include "platform/db/postgres_value.h"

namespace khuyenhoc::db {

// Where a store is: the server's address as libpq reads it, and the schema inside its database.
struct PostgresPlace {
  std::string address;
  std::string schema = "public";

  static PostgresPlace parse(std::string_view place);   // takes "schema=…" out of the address
};

class PostgresFailure : public Failure {
 public:
  enum class Kind { collision, lost, other };
  PostgresFailure(Kind kind, std::string message) : Failure(std::move(message)), kind_(kind) {}
  Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

class UniqueViolation : public Violation {
 public:
  using Violation::Violation;
};

struct FreeResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, FreeResult>;

class PostgresConnection {
 public:
  PostgresConnection(const PostgresPlace& place, const Options& options);   // throws PostgresFailure of kind lost
  ~PostgresConnection();
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  PostgresResult query(std::string_view sql, const Values& values);
  void each(std::string_view sql, const Values& values, const OnRow& on_row);
  void stream(std::string_view sql, const Values& values, const OnRow& on_row);
  std::int64_t run(std::string_view sql, const Values& values);
  std::int64_t copy_in(std::string_view table, std::span<const std::string_view> columns, const std::function<bool(Values&)>& next);
  PostgresResult script(std::string_view sql);   // the answer of its last statement, as text

  bool alive() const { return PQstatus(handle_) == CONNECTION_OK; }
  bool idle() const { return alive() && PQtransactionStatus(handle_) == PQTRANS_IDLE; }
  PGconn* handle() { return handle_; }

 private:
  // One SQL text may be prepared more than once: for each combination of types that its parameters came with.
  struct Prepared {
    std::string name;
    std::vector<Oid> types;
  };
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
  };

  const std::string& prepared(std::string_view sql, const std::vector<Oid>& types);
  void prepare(const std::string& name, std::string_view sql, const std::vector<Oid>& types);
  PostgresResult checked(PGresult* result, std::string_view sql);
  [[noreturn]] void fail(const PGresult* result, std::string_view sql);
  std::vector<Oid> column_types(std::string_view table, std::span<const std::string_view> columns);
  void abandon_rows();

  PGconn* handle_ = nullptr;
  std::unordered_map<std::string, std::vector<Prepared>, TextHash, std::equal_to<>> prepared_;
  std::unordered_map<std::string, std::vector<Oid>, TextHash, std::equal_to<>> column_types_;
  int statements_ = 0;
  bool streaming_ = false;
};

}  // namespace khuyenhoc::db
