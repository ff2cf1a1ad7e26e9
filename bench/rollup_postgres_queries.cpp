#include <cstdlib>
#include <memory>

#include <fmt/format.h>
#include <libpq-fe.h>

#include "bench/rollup_peers.h"
#include "bench/rollup_world.h"
#include "bench/scratch_postgres.h"
#include "bench/stopwatch.h"

namespace khuyenhoc::bench {

namespace {

// Fair for a machine of 2 cores and 24 GiB whose data fit in memory: nothing is read from the disk while it is asked.
constexpr std::string_view settings =
    "shared_buffers = 4GB\n"
    "effective_cache_size = 12GB\n"
    "work_mem = 256MB\n"
    "maintenance_work_mem = 1GB\n"
    "max_parallel_workers_per_gather = 2\n"
    "max_parallel_workers = 2\n"
    "max_parallel_maintenance_workers = 2\n"
    "random_page_cost = 1.1\n"
    "jit = on\n"
    "wal_level = minimal\n"
    "max_wal_senders = 0\n"
    "max_wal_size = 8GB\n"
    "fsync = off\n"
    "autovacuum = off\n";

constexpr const char* create_sql =
    "CREATE TABLE province (id smallint PRIMARY KEY, first_unit int NOT NULL, last_unit int NOT NULL);"
    "CREATE TABLE fact (measure smallint NOT NULL, month smallint NOT NULL, province smallint NOT NULL, unit int NOT NULL, amount int NOT NULL);";
constexpr const char* insert_province_sql = "INSERT INTO province VALUES ($1::smallint, $2::int, $3::int)";
constexpr const char* load_sql =
    "INSERT INTO fact SELECT m, t, p.id, u, (31 * u + 17 * m + 7 * t) % 1000 "
    "FROM generate_series(0, 39) m, generate_series(0, 23) t, province p, LATERAL (SELECT p.first_unit + (8 + (5 * m + 3 * t) % 8 - p.first_unit % 8) % 8 AS start) s, "
    "LATERAL generate_series(s.start, p.last_unit, 8) u ORDER BY m, t, u";
constexpr const char* index_sql = "CREATE INDEX fact_by_measure ON fact (measure, month, unit) INCLUDE (amount)";
constexpr const char* vacuum_sql = "VACUUM (ANALYZE, FREEZE) fact";
constexpr const char* national_sql = "SELECT province, measure, sum(amount) FROM fact WHERE month < 12 GROUP BY province, measure";
constexpr const char* province_sql =
    "SELECT m, sum(part.amount) FROM generate_series(0, 39) m, generate_series(0, 11) t, province p, "
    "LATERAL (SELECT sum(f.amount) AS amount FROM fact f WHERE f.measure = m AND f.month = t AND f.unit BETWEEN p.first_unit AND p.last_unit) part "
    "WHERE p.id = 0 GROUP BY m";
constexpr const char* series_sql =
    "SELECT t, part.amount FROM generate_series(0, 23) t, LATERAL (SELECT sum(f.amount) AS amount FROM fact f WHERE f.measure = 7 AND f.month = t) part";
constexpr const char* create_view_sql =
    "CREATE MATERIALIZED VIEW rollup AS SELECT province, measure, month, sum(amount)::bigint AS amount FROM fact GROUP BY province, measure, month;"
    "CREATE UNIQUE INDEX rollup_key ON rollup (province, measure, month)";
constexpr const char* refresh_sql = "REFRESH MATERIALIZED VIEW rollup";
constexpr const char* analyse_view_sql = "VACUUM ANALYZE rollup";
constexpr const char* view_sql = "SELECT province, measure, sum(amount) FROM rollup WHERE month < 12 GROUP BY province, measure";

struct Connection {
  explicit Connection(const std::string& url) : handle(PQconnectdb(url.c_str())) {}
  ~Connection() { PQfinish(handle); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  bool run(const char* sql) {
    PGresult* result = PQexec(handle, sql);
    const bool good = PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK;
    PQclear(result);
    return good;
  }
  PGconn* handle;
};

std::int64_t sum_of_last_column(PGresult* result) {
  std::int64_t sum = -1;
  if (PQresultStatus(result) == PGRES_TUPLES_OK) {
    sum = 0;
    for (int row = 0; row < PQntuples(result); ++row) sum += std::atoll(PQgetvalue(result, row, PQnfields(result) - 1));
  }
  PQclear(result);
  return sum;
}

}  // namespace

Result<PeerFigures> measure_postgres(const std::string& scratch_folder, const Note& note) {
  auto postgres = ScratchPostgres::start(scratch_folder, settings);
  if (!postgres) return std::unexpected(postgres.error());
  Connection connection((*postgres)->url());
  const auto problem = [&] { return refuse("bench.peer", fmt::format("PostgreSQL không làm được: {}", PQerrorMessage(connection.handle))); };
  if (PQstatus(connection.handle) != CONNECTION_OK) return problem();
  PeerFigures figures;
  note(fmt::format("PostgreSQL {}: loading 24 million facts, index, vacuum", (*postgres)->version()));
  bool good = connection.run(create_sql);
  const auto provinces = province_units();
  for (std::size_t id = 0; id < provinces.size() && good; ++id) {
    const std::string numbers[] = {std::to_string(id), std::to_string(provinces[id].first), std::to_string(provinces[id].last)};
    const char* values[] = {numbers[0].c_str(), numbers[1].c_str(), numbers[2].c_str()};
    PGresult* result = PQexecParams(connection.handle, insert_province_sql, 3, nullptr, values, nullptr, nullptr, 0);
    good = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
  }
  figures.load_s = once_ms([&] { good = good && connection.run(load_sql) && connection.run(index_sql) && connection.run(vacuum_sql); }) / 1000;
  if (!good) return problem();

  bool right = true;
  const auto timed = [&](const char* name, const char* sql, std::int64_t expected, int rounds) {
    PQclear(PQprepare(connection.handle, name, sql, 0, nullptr));
    return median_ms(rounds, [&] { right = sum_of_last_column(PQexecPrepared(connection.handle, name, 0, nullptr, nullptr, nullptr, 0)) == expected && right; });
  };
  note("PostgreSQL: asking");
  figures.national_ms = timed("national", national_sql, national_sum, 5);
  connection.run("SET jit = off");                     // the better of both for each question
  figures.national_ms = std::min(figures.national_ms, timed("national_plain", national_sql, national_sum, 5));
  figures.province_ms = timed("province", province_sql, province_sum, 7);
  figures.series_ms = timed("series", series_sql, series_sum, 7);
  note("PostgreSQL: materialised view");
  if (!connection.run(create_view_sql) || !connection.run(analyse_view_sql)) return problem();
  figures.rollup_build_ms = median_ms(3, [&] { right = connection.run(refresh_sql) && right; });
  connection.run(analyse_view_sql);
  figures.rollup_national_ms = timed("view", view_sql, national_sum, 31);
  if (!right) return refuse("bench.peer", "PostgreSQL trả lời khác tổng kiểm tra.");
  return figures;
}

}  // namespace khuyenhoc::bench
