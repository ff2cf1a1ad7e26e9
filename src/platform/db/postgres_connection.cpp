#include "platform/db/postgres_connection.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "platform/db/engine.h"

namespace khuyenhoc::db {
namespace {

constexpr std::size_t copy_piece = 256 * 1024;
// what every binary COPY begins with: its signature, no flags, no extension
constexpr std::string_view copy_head{"PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19};

}  // namespace

PostgresPlace PostgresPlace::parse(std::string_view place) {
  PostgresPlace out;
  const std::size_t question = place.find('?');
  out.address = place.substr(0, question);
  if (question == std::string_view::npos) return out;
  char joint = '?';
  for (std::string_view rest = place.substr(question + 1); !rest.empty();) {
    const std::string_view part = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    if (part.starts_with("schema=")) {
      out.schema = part.substr(7);
    } else if (!part.empty()) {
      out.address += joint;
      out.address += part;
      joint = '&';
    }
  }
  return out;
}

PostgresConnection::PostgresConnection(const PostgresPlace& place, const Options& options) {
  // what stands later wins, so the address may set its own time limit
  const char* names[] = {"connect_timeout", "application_name", "dbname", nullptr};
  const char* values[] = {"5", "khuyenhoc", place.address.c_str(), nullptr};
  handle_ = PQconnectdbParams(names, values, 1);
  if (PQstatus(handle_) != CONNECTION_OK) {
    const std::string message = fmt::format("PostgreSQL: {}", PQerrorMessage(handle_));
    PQfinish(handle_);
    throw PostgresFailure(PostgresFailure::Kind::lost, message);
  }
  PQsetNoticeProcessor(handle_, [](void*, const char*) {}, nullptr);
  try {
    script(fmt::format("SET search_path TO \"{}\"; SET client_encoding TO 'UTF8'; SET TIME ZONE 'UTC'; SET standard_conforming_strings TO on;"
                       "SET default_transaction_isolation TO 'read committed'; SET bytea_output TO 'hex'; SET synchronous_commit TO {}",
                       place.schema, options.sync == Options::Sync::full ? "on" : "off"));
  } catch (...) {
    PQfinish(handle_);
    throw;
  }
}

PostgresConnection::~PostgresConnection() { PQfinish(handle_); }

void PostgresConnection::fail(const PGresult* result, std::string_view sql) {
  const char* state_field = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const std::string_view state = state_field == nullptr ? "" : state_field;
  const std::string said = result == nullptr ? PQerrorMessage(handle_) : PQresultErrorMessage(result);
  const std::string message = fmt::format("PostgreSQL: {} ({}) in “{}”", said, state, sql);
  using Kind = PostgresFailure::Kind;
  // 0A000: another process has migrated a table under a plan of ours; a new connection plans anew
  if (!alive() || state.starts_with("57P") || state == "0A000") throw PostgresFailure(Kind::lost, message);
  if (state == "40001" || state == "40P01") throw PostgresFailure(Kind::collision, message);
  if (state == "23505") throw UniqueViolation(message);
  if (state.starts_with("23")) throw Violation(message);
  throw PostgresFailure(Kind::other, message);
}

PostgresResult PostgresConnection::checked(PGresult* raw, std::string_view sql) {
  PostgresResult result(raw);
  switch (PQresultStatus(raw)) {   // of no result at all: a fatal error
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_COPY_IN: return result;
    default: fail(raw, sql);
  }
}

PostgresResult PostgresConnection::script(std::string_view sql) {
  const std::string text(sql);
  return checked(PQexec(handle_, text.c_str()), sql);
}

void PostgresConnection::prepare(const std::string& name, std::string_view sql, const std::vector<Oid>& types) {
  const std::string text(sql);
  checked(PQprepare(handle_, name.c_str(), text.c_str(), static_cast<int>(types.size()), types.data()), sql);
}

const std::string& PostgresConnection::prepared(std::string_view sql, const std::vector<Oid>& types) {
  auto found = prepared_.find(sql);
  if (found == prepared_.end()) found = prepared_.emplace(std::string(sql), std::vector<Prepared>{}).first;
  for (const Prepared& known : found->second) {
    bool fits = known.types.size() == types.size();
    for (std::size_t i = 0; fits && i < types.size(); ++i) fits = types[i] == postgres_type::undecided || types[i] == known.types[i];
    if (fits) return known.name;
  }
  Prepared fresh{fmt::format("s{}", ++statements_), types};
  if (std::ranges::find(types, postgres_type::undecided) == types.end()) {
    prepare(fresh.name, sql, types);
  } else {
    // A NULL has no type of its own. The server usually knows what belongs there; where it does not ("$1 IS NULL OR …"), the likely ones are tried.
    const bool inside = PQtransactionStatus(handle_) == PQTRANS_INTRANS;
    for (const Oid guess : {postgres_type::undecided, postgres_type::int8, postgres_type::text, postgres_type::bytea}) {
      std::vector<Oid> guessed = types;
      std::ranges::replace(guessed, postgres_type::undecided, guess);
      if (inside) script("SAVEPOINT preparing");
      try {
        prepare(fresh.name, sql, guessed);
        if (inside) script("RELEASE SAVEPOINT preparing");
        break;
      } catch (const PostgresFailure& failure) {
        if (failure.kind() != PostgresFailure::Kind::other || guess == postgres_type::bytea) throw;
        if (inside) script("ROLLBACK TO SAVEPOINT preparing; RELEASE SAVEPOINT preparing");
      }
    }
    const PostgresResult described = checked(PQdescribePrepared(handle_, fresh.name.c_str()), sql);
    for (std::size_t i = 0; i < types.size() && static_cast<int>(i) < PQnparams(described.get()); ++i)
      fresh.types[i] = PQparamtype(described.get(), static_cast<int>(i));
  }
  return found->second.emplace_back(std::move(fresh)).name;
}

PostgresResult PostgresConnection::query(std::string_view sql, const Values& values) {
  if (streaming_) our_bug("another statement was run while a stream() is under way");
  const PostgresParameters parameters(values);
  const std::string& name = prepared(sql, parameters.types());
  return checked(PQexecPrepared(handle_, name.c_str(), parameters.count(), parameters.pointers(), parameters.lengths(), parameters.formats(), 1), sql);
}

void PostgresConnection::each(std::string_view sql, const Values& values, const OnRow& on_row) {
  const PostgresResult result = query(sql, values);
  for (int row = 0; row < PQntuples(result.get()); ++row) on_row(PostgresRow(result.get(), row));
}

std::int64_t PostgresConnection::run(std::string_view sql, const Values& values) {
  const PostgresResult result = query(sql, values);
  if (std::string_view(PQcmdStatus(result.get())).starts_with("SELECT")) return 0;
  const std::string rows = PQcmdTuples(result.get());
  return rows.empty() ? 0 : std::stoll(rows);
}

void PostgresConnection::abandon_rows() {
  char ignored[256];
  if (PGcancel* cancel = PQgetCancel(handle_)) {
    PQcancel(cancel, ignored, sizeof ignored);
    PQfreeCancel(cancel);
  }
  while (PGresult* result = PQgetResult(handle_)) PQclear(result);
}

void PostgresConnection::stream(std::string_view sql, const Values& values, const OnRow& on_row) {
  if (streaming_) our_bug("another statement was run while a stream() is under way");
  const PostgresParameters parameters(values);
  const std::string& name = prepared(sql, parameters.types());
  if (PQsendQueryPrepared(handle_, name.c_str(), parameters.count(), parameters.pointers(), parameters.lengths(), parameters.formats(), 1) == 0) fail(nullptr, sql);
  PQsetSingleRowMode(handle_);
  streaming_ = true;
  try {
    while (const PostgresResult result{PQgetResult(handle_)}) {
      if (PQresultStatus(result.get()) == PGRES_SINGLE_TUPLE) {
        on_row(PostgresRow(result.get(), 0));
      } else if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) {
        fail(result.get(), sql);
      }
    }
  } catch (...) {
    abandon_rows();
    streaming_ = false;
    throw;
  }
  streaming_ = false;
}

namespace {

constexpr std::string_view select_column_types =
    "SELECT a.attname, CAST(a.atttypid AS bigint) FROM pg_attribute a "
    "WHERE a.attrelid = to_regclass(quote_ident($1)) AND a.attnum > 0 AND NOT a.attisdropped";

}  // namespace

std::vector<Oid> PostgresConnection::column_types(std::string_view table, std::span<const std::string_view> columns) {
  std::vector<Oid> types(columns.size(), postgres_type::undecided);
  each(select_column_types, {table}, [&](const Row& row) {
    const auto at = std::ranges::find(columns, row.text(0));
    if (at != columns.end()) types[static_cast<std::size_t>(at - columns.begin())] = static_cast<Oid>(row.number(1));
  });
  if (std::ranges::find(types, postgres_type::undecided) != types.end()) our_bug(fmt::format("copy_in names a column that {} does not have", table));
  return types;
}

std::int64_t PostgresConnection::copy_in(std::string_view table, std::span<const std::string_view> columns, const std::function<bool(Values&)>& next) {
  check_identifier(table);
  std::vector<std::string> names;
  for (const std::string_view column : columns) {
    check_identifier(column);
    names.push_back(fmt::format("\"{}\"", column));
  }
  const std::string sql = fmt::format("COPY \"{}\" ({}) FROM STDIN (FORMAT binary)", table, fmt::join(names, ", "));
  auto types = column_types_.find(sql);
  if (types == column_types_.end()) types = column_types_.emplace(sql, column_types(table, columns)).first;
  script(sql);
  std::int64_t rows = 0;
  try {
    std::string piece(copy_head);
    const auto send = [&] {
      if (PQputCopyData(handle_, piece.data(), static_cast<int>(piece.size())) != 1) fail(nullptr, sql);
      piece.clear();
    };
    for (Values values; values.clear(), next(values); ++rows) {
      if (values.size() != names.size()) our_bug(fmt::format("{} values for {} columns of {}", values.size(), names.size(), table));
      append_int16(piece, static_cast<std::int16_t>(values.size()));
      for (std::size_t i = 0; i < values.size(); ++i) append_field(piece, values[i], types->second[i]);
      if (piece.size() >= copy_piece) send();
    }
    append_int16(piece, -1);
    send();
  } catch (...) {
    PQputCopyEnd(handle_, "given up");
    while (PGresult* result = PQgetResult(handle_)) PQclear(result);
    throw;
  }
  if (PQputCopyEnd(handle_, nullptr) != 1) fail(nullptr, sql);
  const PostgresResult done = checked(PQgetResult(handle_), sql);
  while (PGresult* result = PQgetResult(handle_)) PQclear(result);
  return rows;
}

}  // namespace khuyenhoc::db
