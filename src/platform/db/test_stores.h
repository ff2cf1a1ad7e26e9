// For tests only: runs a test on a fresh store of each engine. In the test program:
//   class Facts : public db::OnBothStores {};
//   ON_BOTH_STORES(Facts);
//   TEST_P(Facts, A_fact_is_kept) { store().write(…); }
// PostgreSQL is found at $KHUYENHOC_TEST_POSTGRES (a superuser of a scratch server); without it those tests fail, unless $KHUYENHOC_TEST_POSTGRES_SKIP is 1.
#pragma once

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "platform/db/db.h"
#include "platform/db/postgres_server.h"

namespace khuyenhoc::db {

// What a test program keeps from its first test to its last: a folder of its own with a migrated SQLite file to copy, and a PostgreSQL database of its own with
// a schema for each store. Migrated schemas are emptied and used again, for making one takes longer than most tests.
class TestPlaces {
 public:
  static TestPlaces& here() {
    static TestPlaces places;
    return places;
  }

  // A path in the folder that nobody has used yet.
  std::string fresh_path(std::string_view name) { return (folder_ / fmt::format("{}_{}", name, ++used_)).string(); }
  static const char* postgres() { return std::getenv("KHUYENHOC_TEST_POSTGRES"); }
  static bool postgres_is_skipped() {
    const char* skip = std::getenv("KHUYENHOC_TEST_POSTGRES_SKIP");
    return postgres() == nullptr && skip != nullptr && std::string_view(skip) == "1";
  }

  enum class Content { migrated, empty };
  // Options of a store that nobody else uses; give it to `remove` in the end.
  Options fresh(Dialect dialect, Content content) {
    Options options;
    options.sync = Options::Sync::off;
    if (dialect == Dialect::sqlite) {
      options.place = fresh_path("store.sqlite3");
      if (content == Content::migrated) std::filesystem::copy_file(migrated_file(), options.place);
      return options;
    }
    if (postgres() == nullptr) throw Failure("KHUYENHOC_TEST_POSTGRES is not set: the PostgreSQL half of this test cannot run (KHUYENHOC_TEST_POSTGRES_SKIP=1 leaves it out knowingly)");
    if (content == Content::migrated && !spare_schemas_.empty()) {
      const std::string schema = spare_schemas_.back();
      spare_schemas_.pop_back();
      run_on_postgres_server(place_of(database()), fmt::format("SELECT {}_as_migrated()", schema));
      options.place = place_of(database(), schema);
      return options;
    }
    const std::string schema = fmt::format("test_{}", ++used_);
    options.place = place_of(database(), schema);
    if (content == Content::migrated) {
      migrate(options);
      remember_as_migrated(schema);
    }
    return options;
  }
  void remove(const Options& options) {
    if (!options.place.starts_with("postgres")) {
      for (const char* tail : {"", "-wal", "-shm", ".lock"}) std::filesystem::remove(options.place + tail);
      return;
    }
    const std::string schema = options.place.substr(options.place.rfind("schema=") + 7);
    if (migrated_schemas_.contains(schema)) spare_schemas_.push_back(schema);
    else run_on_postgres_server(place_of(database()), fmt::format("DROP SCHEMA IF EXISTS {} CASCADE", schema));
  }

 private:
  TestPlaces() : folder_(std::filesystem::temp_directory_path() / fmt::format("khuyenhoc_test_{}", ::getpid())) { std::filesystem::create_directories(folder_); }
  ~TestPlaces() {
    try {
      if (!database_.empty()) run_on_server(fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", database_));
    } catch (const Failure&) {   // the server is gone, and its databases with it
    }
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  static void migrate(const Options& options) {
    auto store = Store::open(options);
    if (!store) throw Failure(store.error().message);
    const auto done = (*store)->migrate(all_migrations());
    if (!done) throw Failure(done.error().message);
  }
  const std::string& migrated_file() {
    if (migrated_file_.empty()) {
      Options options;
      options.place = (folder_ / "migrated.sqlite3").string();
      options.sync = Options::Sync::off;
      migrate(options);
      migrated_file_ = options.place;
    }
    return migrated_file_;
  }
  const std::string& database() {
    if (database_.empty()) {
      const std::string name = fmt::format("kh_test_{}", ::getpid());
      run_on_server(fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", name));
      run_on_server(fmt::format("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", name));
      database_ = name;
    }
    return database_;
  }
  // Keeps what the migrations put in, and a function that brings the schema back to that: other tables go, rows go, those rows come again.
  void remember_as_migrated(const std::string& schema) {
    constexpr std::string_view script = R"(
      CREATE SCHEMA {0}_kept;
      DO $$ DECLARE t text; BEGIN
        FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = '{0}' LOOP
          EXECUTE format('CREATE TABLE {0}_kept.%I AS TABLE {0}.%I', t, t);
        END LOOP;
      END $$;
      CREATE FUNCTION public.{0}_as_migrated() RETURNS void LANGUAGE plpgsql AS $$ DECLARE t text; BEGIN
        SET LOCAL session_replication_role = replica;
        FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = '{0}' LOOP
          IF to_regclass('{0}_kept.' || quote_ident(t)) IS NULL THEN
            EXECUTE format('DROP TABLE {0}.%I CASCADE', t);
          ELSE
            EXECUTE format('DELETE FROM {0}.%I', t);
            EXECUTE format('INSERT INTO {0}.%I SELECT * FROM {0}_kept.%I', t, t);
          END IF;
        END LOOP;
        PERFORM setval('{0}.store_position', 1, false);
      END $$;)";
    run_on_postgres_server(place_of(database()), fmt::format(script, schema));
    migrated_schemas_.insert(schema);
  }
  static std::string place_of(const std::string& database, std::string_view schema = "public") {
    const std::string server = postgres();
    const std::size_t from = server.find('/', server.find("://") + 3) + 1;
    const std::size_t to = std::min(server.find('?', from), server.size());
    const std::string place = server.substr(0, from) + database + server.substr(to);
    return fmt::format("{}{}schema={}", place, to == server.size() ? '?' : '&', schema);
  }
  static void run_on_server(const std::string& sql) { run_on_postgres_server(postgres(), sql); }

  std::filesystem::path folder_;
  std::atomic<int> used_{0};
  std::string migrated_file_;
  std::string database_;
  std::set<std::string> migrated_schemas_;
  std::vector<std::string> spare_schemas_;
};

class OnBothStores : public testing::TestWithParam<Dialect> {
 protected:
  explicit OnBothStores(TestPlaces::Content content = TestPlaces::Content::migrated) : content_(content) {}

  void SetUp() override {
    if (GetParam() == Dialect::postgres && TestPlaces::postgres_is_skipped()) GTEST_SKIP() << "KHUYENHOC_TEST_POSTGRES_SKIP=1";
    options_ = TestPlaces::here().fresh(GetParam(), content_);
    reopen();
  }
  void TearDown() override {
    store_.reset();
    if (!options_.place.empty()) TestPlaces::here().remove(options_);
  }

  Store& store() { return *store_; }
  const Options& options() const { return options_; }
  bool on_postgres() const { return GetParam() == Dialect::postgres; }
  void close() { store_.reset(); }
  // As after a restart of the program.
  void reopen() {
    store_.reset();
    auto opened = Store::open(options_);
    if (!opened) throw Failure(opened.error().message);
    store_ = std::move(*opened);
  }

 private:
  TestPlaces::Content content_;
  Options options_;
  std::unique_ptr<Store> store_;
};

inline std::string dialect_name(const testing::TestParamInfo<Dialect>& info) { return info.param == Dialect::sqlite ? "sqlite" : "postgres"; }

#define ON_BOTH_STORES(Suite) INSTANTIATE_TEST_SUITE_P(Both, Suite, testing::Values(khuyenhoc::db::Dialect::sqlite, khuyenhoc::db::Dialect::postgres), khuyenhoc::db::dialect_name)

}  // namespace khuyenhoc::db
