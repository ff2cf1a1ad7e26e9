#include <atomic>
#include <fstream>
#include <set>
#include <thread>

#include <gmock/gmock.h>

#include "platform/db/engine.h"
#include "platform/db/swallowing_proxy.h"
#include "platform/db/test_stores.h"

namespace khuyenhoc::db {
namespace {

using testing::HasSubstr;

constexpr Migration tables{"20200101_0000_test_tables",
                           "-- for these tests\n"
                           "CREATE TABLE tally (id {id} PRIMARY KEY, amount {int} NOT NULL) {strict};"
                           "CREATE TABLE entry (position {id} PRIMARY KEY, writer {int} NOT NULL) {strict};"
                           "INSERT INTO tally (id, amount) VALUES (1, 0), (2, 0);"};

constexpr std::string_view select_tally = "SELECT amount FROM tally WHERE id = $1";
constexpr std::string_view set_tally = "UPDATE tally SET amount = $2 WHERE id = $1";

class Together : public OnBothStores {
 protected:
  Together() : OnBothStores(TestPlaces::Content::empty) {}
  void SetUp() override {
    OnBothStores::SetUp();
    if (IsSkipped()) return;
    ASSERT_TRUE(store().migrate({&tables, 1}));
  }
  std::int64_t tally(int id) {
    return store().read([&](Reader& reader) { return *reader.first_number(select_tally, {id}); });
  }
  static void add_one(Writer& writer, int id) { writer.run(set_tally, {id, *writer.first_number(select_tally, {id}) + 1}); }

  template <class Body>
  static void in_threads(int count, Body body) {
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) threads.emplace_back([&body, i] { body(i); });
    for (auto& thread : threads) thread.join();
  }
};
ON_BOTH_STORES(Together);

TEST_P(Together, Closures_that_read_and_then_write_never_lose_an_update) {
  in_threads(8, [&](int) {
    for (int i = 0; i < 25; ++i) store().write([](Writer& writer) { add_one(writer, 1); });
  });
  EXPECT_EQ(tally(1), 200);
}

TEST_P(Together, One_that_throws_or_is_refused_does_not_hurt_the_others_of_its_group) {
  std::atomic<int> kept{0};
  std::atomic<int> thrown{0};
  std::atomic<int> refused{0};
  in_threads(12, [&](int thread) {
    for (int i = 0; i < 10; ++i) {
      try {
        const auto answer = store().write([&](Writer& writer) -> Result<int> {
          add_one(writer, 2);
          writer.run("INSERT INTO entry (position, writer) VALUES ($1, $2)", {thread * 1'000 + i, thread});
          if (thread % 3 == 1) throw std::runtime_error("stop");
          if (thread % 3 == 2) return refuse("no", "Không.");
          return 1;
        });
        ++(answer ? kept : refused);
      } catch (const std::runtime_error&) {
        ++thrown;
      }
    }
  });
  EXPECT_EQ(kept, 40);
  EXPECT_EQ(thrown, 40);
  EXPECT_EQ(refused, 40);
  EXPECT_EQ(tally(2), 40);
  store().read([](Reader& reader) { EXPECT_EQ(reader.first_number("SELECT count(*) FROM entry WHERE writer % 3 = 0"), reader.first_number("SELECT count(*) FROM entry")); });
}

TEST_P(Together, Positions_follow_the_order_of_commits_and_hooks_follow_positions) {
  std::vector<std::int64_t> published;   // no mutex: hooks run one after another
  std::atomic<bool> done{false};
  std::thread follower([&] {
    std::set<std::int64_t> before;
    while (!done) {
      std::set<std::int64_t> now;
      store().read([&](Reader& reader) { reader.each("SELECT position FROM entry", {}, [&](const Row& row) { now.insert(row.number(0)); }); });
      for (const std::int64_t position : now) {
        const bool behind = !before.empty() && !before.contains(position) && position < *before.rbegin();
        EXPECT_FALSE(behind) << "position " << position << " came to light behind one already seen";
      }
      before = std::move(now);
    }
  });
  in_threads(6, [&](int thread) {
    for (int i = 0; i < 20; ++i) {
      store().write([&, position = std::make_shared<std::int64_t>(0)](Writer& writer) {
        if (thread % 2 == 0) add_one(writer, 1);
        writer.before_commit([&, position](Writer& inner) {
          *position = inner.next_positions(1 + thread % 2);
          inner.run("INSERT INTO entry (position, writer) VALUES ($1, $2)", {*position, thread});
        });
        writer.after_commit([&, position] { published.push_back(*position); });
      });
    }
  });
  done = true;
  follower.join();
  EXPECT_EQ(published.size(), 120);
  EXPECT_TRUE(std::ranges::is_sorted(published));
  EXPECT_EQ(std::ranges::adjacent_find(published), published.end());
  EXPECT_EQ(tally(1), 60);
}

class OnPostgres : public Together {};
INSTANTIATE_TEST_SUITE_P(Server, OnPostgres, testing::Values(Dialect::postgres), dialect_name);

TEST_P(OnPostgres, A_write_whose_picture_grew_old_is_run_again) {
  int runs = 0;
  store().write([&](Writer& writer) {
    const std::int64_t seen = *writer.first_number(select_tally, {1});
    if (++runs == 1) std::thread([&] { store().write([](Writer& other) { add_one(other, 1); }); }).join();
    writer.run(set_tally, {1, seen + 1});
  });
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(tally(1), 2);
}

TEST_P(OnPostgres, A_row_that_came_between_look_and_insert_is_seen_the_second_time) {
  int runs = 0;
  const auto answer = store().write([&](Writer& writer) -> Result<int> {
    if (writer.first_number("SELECT position FROM entry WHERE position = 5")) return refuse("entry.twice", "Đã có.");
    if (++runs == 1) std::thread([&] { store().write([](Writer& other) { other.run("INSERT INTO entry VALUES (5, 1)"); }); }).join();
    writer.run("INSERT INTO entry VALUES (5, 2)");
    return 1;
  });
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "entry.twice");
  EXPECT_EQ(runs, 1);
}

TEST_P(OnPostgres, A_connection_cut_before_the_commit_is_replaced_and_the_write_run_again) {
  int runs = 0;
  store().write([&](Writer& writer) {
    add_one(writer, 1);
    if (++runs == 1) writer.first_number("SELECT CASE WHEN pg_terminate_backend(pg_backend_pid()) THEN 1 END");
  });
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(tally(1), 1);
}

TEST_P(OnPostgres, Connections_that_were_cut_while_idle_are_replaced) {
  EXPECT_EQ(tally(1), 0);
  store().write([](Writer& writer) { add_one(writer, 1); });
  run_on_postgres_server(TestPlaces::postgres(),
                         fmt::format("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = '{}'",
                                     store().read([](Reader& reader) { return *reader.first("SELECT current_database()", {}, [](const Row& row) { return std::string(row.text(0)); }); })));
  EXPECT_EQ(tally(1), 1);
  store().write([](Writer& writer) { add_one(writer, 1); });
  EXPECT_GT(store().new_id(), 0);
  EXPECT_EQ(tally(1), 2);
}

TEST_P(OnPostgres, A_commit_whose_answer_was_lost_is_looked_up_and_not_done_twice) {
  SwallowingProxy proxy(options().place);
  Options through = options();
  through.place = proxy.place();
  const auto opened = Store::open(through);
  ASSERT_TRUE(opened) << opened.error().message;
  int runs = 0;
  int published = 0;
  (*opened)->write([&](Writer& writer) {
    ++runs;
    add_one(writer, 1);
    writer.after_commit([&] { ++published; });
    proxy.swallow_next_commit();
  });
  EXPECT_TRUE(proxy.has_swallowed());
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(published, 1);
  EXPECT_EQ(tally(1), 1);
}

class OnSqlite : public Together {};
INSTANTIATE_TEST_SUITE_P(File, OnSqlite, testing::Values(Dialect::sqlite), dialect_name);

TEST_P(OnSqlite, A_second_writer_is_turned_away_and_let_in_afterwards) {
  const auto refused = Store::open(options());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "store.locked");
  EXPECT_THAT(refused.error().message, HasSubstr("đang được một chương trình khác ghi"));
  close();
  EXPECT_TRUE(Store::open(options()));
}

TEST_P(OnSqlite, A_full_disk_refuses_what_does_not_fit_and_keeps_what_was_kept) {
  store().write([](Writer& writer) { add_one(writer, 1); });
  store().write([](Writer& writer) { dynamic_cast<EngineWriter&>(writer).script("PRAGMA max_page_count = 20"); });
  std::atomic<int> kept{0};
  std::atomic<int> failed{0};
  in_threads(8, [&](int thread) {
    for (int i = 0; i < 4; ++i) {
      try {
        store().write([&](Writer& writer) {
          add_one(writer, 2);
          int rows = 0;
          writer.copy_in("entry", {"position", "writer"}, [&](Values& row) {
            row = {(thread * 4 + i) * 1'000 + rows, thread};
            return ++rows <= 1'000;
          });
        });
        ++kept;
      } catch (const Failure&) {
        ++failed;
      }
    }
  });
  EXPECT_GT(failed, 0);
  EXPECT_EQ(kept + failed, 32);
  EXPECT_EQ(tally(2), kept);
  store().read([&](Reader& reader) { EXPECT_EQ(reader.first_number("SELECT count(*) FROM entry"), kept * 1'000); });
  store().write([](Writer& writer) { dynamic_cast<EngineWriter&>(writer).script("PRAGMA max_page_count = 100000"); });
  store().write([](Writer& writer) { add_one(writer, 1); });
  EXPECT_EQ(tally(1), 2);
}

TEST_P(OnSqlite, What_is_not_a_store_is_refused_in_words) {
  const auto refused = [](const std::string& place, Options::Access access = Options::Access::read_write) {
    Options options;
    options.place = place;
    options.access = access;
    const auto opened = Store::open(options);
    return opened ? std::string("opened") : opened.error().code;
  };
  const std::string text = TestPlaces::here().fresh_path("text");
  std::ofstream(text) << "đây là một bức thư, dài hơn một trăm chữ để không ai nhầm nó với một tệp còn trống, và hoàn toàn không phải kho dữ liệu của chương trình";
  EXPECT_EQ(refused(text), "store.open");
  EXPECT_EQ(refused(text + "/none/store.sqlite3"), "store.open");
  EXPECT_EQ(refused("/"), "store.open");
  EXPECT_EQ(refused(text + ".none", Options::Access::read_only), "store.open");
  EXPECT_EQ(refused("postgresql://nobody@127.0.0.1:1/none"), "store.open");
  std::ifstream again(text);
  EXPECT_THAT(std::string((std::istreambuf_iterator<char>(again)), {}), testing::StartsWith("đây là một bức thư"));
}

}  // namespace
}  // namespace khuyenhoc::db
