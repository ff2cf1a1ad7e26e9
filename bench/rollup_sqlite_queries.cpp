#include <memory>

#include <fmt/format.h>
#include <sqlite3.h>

#include "bench/rollup_peers.h"
#include "bench/rollup_world.h"
#include "bench/stopwatch.h"

namespace khuyenhoc::bench {

namespace {

constexpr const char* settings_sql =
    "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -2000000; "
    "PRAGMA mmap_size = 4000000000; PRAGMA temp_store = MEMORY; PRAGMA threads = 2;"
    "CREATE TABLE fact (measure INTEGER, month INTEGER, unit INTEGER, amount INTEGER, PRIMARY KEY (measure, month, unit)) WITHOUT ROWID;"
    "CREATE TABLE province (id INTEGER PRIMARY KEY, first INTEGER, last INTEGER);"
    "CREATE TABLE measure (id INTEGER PRIMARY KEY); CREATE TABLE month (id INTEGER PRIMARY KEY);";
constexpr const char* insert_fact_sql = "INSERT INTO fact VALUES (?1, ?2, ?3, ?4)";
constexpr const char* insert_province_sql = "INSERT INTO province VALUES (?1, ?2, ?3)";
constexpr const char* insert_measure_sql = "INSERT INTO measure VALUES (?1)";
constexpr const char* insert_month_sql = "INSERT INTO month VALUES (?1)";
constexpr const char* national_sql =
    "SELECT p.id, m.id, sum((SELECT sum(f.amount) FROM fact f WHERE f.measure = m.id AND f.month = t.id AND f.unit BETWEEN p.first AND p.last)) "
    "FROM province p CROSS JOIN measure m CROSS JOIN month t WHERE t.id < 12 GROUP BY p.id, m.id";
constexpr const char* province_sql =
    "SELECT m.id, sum((SELECT sum(f.amount) FROM fact f WHERE f.measure = m.id AND f.month = t.id AND f.unit BETWEEN p.first AND p.last)) "
    "FROM province p CROSS JOIN measure m CROSS JOIN month t WHERE t.id < 12 AND p.id = 0 GROUP BY m.id";
constexpr const char* series_sql = "SELECT month, sum(amount) FROM fact WHERE measure = 7 GROUP BY month";
constexpr const char* build_rollup_sql =
    "DROP TABLE IF EXISTS rollup;"
    "CREATE TABLE rollup (province INTEGER, measure INTEGER, month INTEGER, amount INTEGER, PRIMARY KEY (province, measure, month)) WITHOUT ROWID;"
    "INSERT INTO rollup SELECT p.id, m.id, t.id, (SELECT sum(f.amount) FROM fact f WHERE f.measure = m.id AND f.month = t.id AND f.unit BETWEEN p.first AND p.last) "
    "FROM province p CROSS JOIN measure m CROSS JOIN month t;";
constexpr const char* rollup_sql = "SELECT province, measure, sum(amount) FROM rollup WHERE month < 12 GROUP BY province, measure";

class Database {
 public:
  explicit Database(const std::string& path) { sqlite3_open(path.c_str(), &handle_); }
  ~Database() { sqlite3_close(handle_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  bool run(const char* sql) { return sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) == SQLITE_OK; }
  std::string problem() const { return sqlite3_errmsg(handle_); }

  class Statement {
   public:
    Statement(Database& database, const char* sql) { sqlite3_prepare_v3(database.handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle_, nullptr); }
    ~Statement() { sqlite3_finalize(handle_); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    template <class... Numbers>
    bool insert(Numbers... numbers) {
      int place = 0;
      (sqlite3_bind_int64(handle_, ++place, numbers), ...);
      const bool done = sqlite3_step(handle_) == SQLITE_DONE;
      sqlite3_reset(handle_);
      return done;
    }
    std::int64_t sum_of_last_column() {
      std::int64_t sum = 0;
      while (sqlite3_step(handle_) == SQLITE_ROW) sum += sqlite3_column_int64(handle_, sqlite3_column_count(handle_) - 1);
      sqlite3_reset(handle_);
      return sum;
    }

   private:
    sqlite3_stmt* handle_ = nullptr;
  };

 private:
  sqlite3* handle_ = nullptr;
};

bool load(Database& database) {
  if (!database.run(settings_sql) || !database.run("BEGIN")) return false;
  bool good = true;
  Database::Statement province(database, insert_province_sql), measure(database, insert_measure_sql), month(database, insert_month_sql), fact(database, insert_fact_sql);
  const auto provinces = province_units();
  for (std::size_t id = 0; id < provinces.size(); ++id) good = good && province.insert(static_cast<int>(id), provinces[id].first, provinces[id].last);
  for (int t = 0; t < world_months; ++t) good = good && month.insert(t);
  for (int m = 0; m < world_measures && good; ++m) {
    good = measure.insert(m);
    for (int t = 0; t < world_months && good; ++t) {
      for (int u = 1; u <= world_units && good; ++u) {
        if (u % 8 == (5 * m + 3 * t) % 8) good = fact.insert(m, t, u, (31 * u + 17 * m + 7 * t) % 1000);
      }
    }
  }
  return good && database.run("COMMIT") && database.run("ANALYZE");
}

}  // namespace

Result<PeerFigures> measure_sqlite(const std::string& scratch_folder, const Note& note) {
  Database database(scratch_folder + "/rollup.sqlite3");
  PeerFigures figures;
  note("SQLite: loading 24 million facts");
  bool loaded = false;
  figures.load_s = once_ms([&] { loaded = load(database); }) / 1000;
  if (!loaded) return refuse("bench.peer", fmt::format("SQLite không nạp được số liệu: {}.", database.problem()));
  bool right = true;
  const auto timed = [&](const char* sql, std::int64_t expected, int rounds) {
    Database::Statement statement(database, sql);
    return median_ms(rounds, [&] { right = statement.sum_of_last_column() == expected && right; });
  };
  note("SQLite: asking");
  figures.national_ms = timed(national_sql, national_sum, 3);
  figures.province_ms = timed(province_sql, province_sum, 5);
  figures.series_ms = timed(series_sql, series_sum, 5);
  note("SQLite: roll-up table");
  figures.rollup_build_ms = once_ms([&] { right = database.run(build_rollup_sql) && right; });
  figures.rollup_national_ms = timed(rollup_sql, national_sum, 15);
  if (!right) return refuse("bench.peer", "SQLite trả lời khác tổng kiểm tra.");
  return figures;
}

}  // namespace khuyenhoc::bench
