// For tests only: runs a test on a fresh store of each engine. In the test program:
//   class Facts : public db::OnBothStores {};
//   ON_BOTH_STORES(Facts);
//   TEST_P(Facts, A_fact_is_kept) { store().write(…); }
// PostgreSQL is found at $KHUYENHOC_TEST_POSTGRES (a user who may create databases); without it those tests fail, unless $KHUYENHOC_TEST_POSTGRES_SKIP is 1.
#pragma once

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "platform/db/db.h"
#include "platform/db/postgres_server.h"

namespace khuyenhoc::db {

// What a test program keeps from its first test to its last: a folder of its own, a migrated SQLite file to copy, a migrated PostgreSQL database to clone.
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
    const std::string name = fmt::format("kh_test_{}_{}", ::getpid(), ++used_);
    run_on_server(fmt::format("CREATE DATABASE {} TEMPLATE {}", name, content == Content::migrated ? migrated_database() : "template0 ENCODING 'UTF8'"));
    options.place = place_of(name);
    return options;
  }
  void remove(const Options& options) {
    if (options.place.starts_with("postgres")) {
      run_on_server(fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", name_of(options.place)));
      return;
    }
    for (const char* tail : {"", "-wal", "-shm", ".lock"}) std::filesystem::remove(options.place + tail);
  }

 private:
  TestPlaces() : folder_(std::filesystem::temp_directory_path() / fmt::format("khuyenhoc_test_{}", ::getpid())) { std::filesystem::create_directories(folder_); }
  ~TestPlaces() {
    try {
      if (!migrated_database_.empty()) run_on_server(fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", migrated_database_));
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
  const std::string& migrated_database() {
    if (migrated_database_.empty()) {
      const std::string name = fmt::format("kh_test_{}_migrated", ::getpid());
      run_on_server(fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", name));
      run_on_server(fmt::format("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", name));
      Options options;
      options.place = place_of(name);
      migrate(options);
      migrated_database_ = name;
    }
    return migrated_database_;
  }
  static std::size_t name_at(std::string_view place) { return place.find('/', place.find("://") + 3) + 1; }
  static std::string place_of(const std::string& database) {
    const std::string server = postgres();
    const std::size_t from = name_at(server);
    const std::size_t to = std::min(server.find('?', from), server.size());
    return server.substr(0, from) + database + server.substr(to);
  }
  static std::string name_of(const std::string& place) {
    const std::size_t from = name_at(place);
    return place.substr(from, place.find('?', from) - from);
  }
  static void run_on_server(const std::string& sql) { run_on_postgres_server(postgres(), sql); }

  std::filesystem::path folder_;
  std::atomic<int> used_{0};
  std::string migrated_file_;
  std::string migrated_database_;
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
