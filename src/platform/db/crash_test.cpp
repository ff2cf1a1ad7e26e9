// A program that is killed at any moment: what it had acknowledged is there, and nothing is there by half.
#include <set>
#include <thread>

#include <gmock/gmock.h>
#include <sys/wait.h>

#include "platform/db/test_stores.h"

namespace khuyenhoc::db {
namespace {

constexpr Migration tables{"20200101_0000_test_crash",
                           "-- a record is always two rows\n"
                           "CREATE TABLE record (id {id} PRIMARY KEY, words {text} NOT NULL) {strict};"
                           "CREATE TABLE part (record {id} PRIMARY KEY, position {int} NOT NULL) {strict};"};

class Crash : public OnBothStores {
 protected:
  Crash() : OnBothStores(TestPlaces::Content::empty) {}
};
ON_BOTH_STORES(Crash);

// Writes records until it is killed, telling each one through the pipe only after the store has acknowledged it.
[[noreturn]] void write_until_killed(Options options, int pipe) {
  options.sync = Options::Sync::full;
  auto store = Store::open(options);
  if (!store) ::_exit(1);
  const auto work = [&] {
    for (;;) {
      const std::int64_t id = (*store)->new_id();
      (*store)->write([&](Writer& writer) {
        writer.run("INSERT INTO record (id, words) VALUES ($1, $2)", {id, std::string(static_cast<std::size_t>(id % 2'000), 'x')});
        writer.before_commit([id](Writer& inner) { inner.run("INSERT INTO part (record, position) VALUES ($1, $2)", {id, inner.next_positions()}); });
      });
      if (::write(pipe, &id, sizeof id) != sizeof id) ::_exit(1);
    }
  };
  std::thread others[] = {std::thread(work), std::thread(work), std::thread(work)};
  work();
  ::_exit(0);
}

TEST_P(Crash, Ten_kills_lose_nothing_acknowledged_and_leave_nothing_half_done) {
  ASSERT_TRUE(store().migrate({&tables, 1}));
  std::set<std::int64_t> acknowledged;
  for (int kill = 0; kill < 10; ++kill) {
    close();
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(pipe[0]);
      write_until_killed(options(), pipe[1]);
    }
    ::close(pipe[1]);
    const std::size_t enough = acknowledged.size() + static_cast<std::size_t>(15 + 13 * kill);
    std::int64_t id = 0;
    while (acknowledged.size() < enough && ::read(pipe[0], &id, sizeof id) == sizeof id) EXPECT_TRUE(acknowledged.insert(id).second) << "an id was given twice";
    ::kill(child, SIGKILL);
    while (::read(pipe[0], &id, sizeof id) == sizeof id) acknowledged.insert(id);   // told before it died
    ::close(pipe[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);
    ASSERT_GE(acknowledged.size(), enough);

    reopen();
    std::set<std::int64_t> stored;
    std::int64_t halves = 0;
    store().read([&](Reader& reader) {
      reader.each("SELECT id FROM record", {}, [&](const Row& row) { stored.insert(row.number(0)); });
      halves = *reader.first_number(
          "SELECT (SELECT count(*) FROM record WHERE id NOT IN (SELECT record FROM part)) + (SELECT count(*) FROM part WHERE record NOT IN (SELECT id FROM record))");
      EXPECT_EQ(reader.first_number("SELECT count(DISTINCT position) FROM part"), static_cast<std::int64_t>(stored.size()));
    });
    EXPECT_EQ(halves, 0);
    EXPECT_TRUE(std::ranges::includes(stored, acknowledged)) << "an acknowledged record is lost after kill " << kill;
    EXPECT_FALSE(stored.contains(store().new_id()));
  }
}

}  // namespace
}  // namespace khuyenhoc::db
