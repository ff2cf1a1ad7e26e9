// How a write runs on PostgreSQL: serializable, tried again when it collides, and never twice when the answer to its commit is lost.
#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

#include <fmt/format.h>

#include "platform/db/postgres_session.h"
#include "platform/db/postgres_store.h"

namespace khuyenhoc::db {
namespace {

using std::chrono::milliseconds;

constexpr int largest_attempts = 20;
constexpr int attempts_with_others = 5;      // after so many collisions a write asks all others to wait
constexpr milliseconds longest_outage{5'000};
constexpr milliseconds longest_doubt{20'000};

// Serializable, because a closure is written as if it ran alone: what it has read is still true when it commits, or it runs again. LOCK takes no snapshot, so
// a write that waits for its turn alone sees everything that was committed meanwhile.
constexpr std::string_view begin_with_others =
    "BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE store_turn IN ROW SHARE MODE; SELECT CAST(pg_current_xact_id() AS text)";
constexpr std::string_view begin_alone =
    "BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE store_turn IN EXCLUSIVE MODE; SELECT CAST(pg_current_xact_id() AS text)";
// Held until the commit is visible: whoever follows the log never sees a position before those under it.
constexpr std::string_view lock_positions = "SELECT pg_advisory_xact_lock($1)";

void pause_before(int attempt) {
  thread_local std::minstd_rand random{std::random_device{}()};
  const int longest_ms = std::min(1 << std::min(attempt, 7), 100);
  std::this_thread::sleep_for(std::chrono::microseconds(std::uniform_int_distribution<int>(0, longest_ms * 1'000)(random)));
}

// A ticket that is given back however the write ends.
class Turn {
 public:
  explicit Turn(CommitOrder& order) : order_(order) {}
  ~Turn() {
    if (ticket_ != 0) order_.done(ticket_);
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  void draw() { ticket_ = order_.draw(); }
  void wait() {
    if (ticket_ != 0) order_.wait_for(ticket_);
  }

 private:
  CommitOrder& order_;
  std::uint64_t ticket_ = 0;
};

void roll_back(PostgresPool::Loan& connection) {
  try {
    connection->script("ROLLBACK");
  } catch (const Failure&) {
    connection.drop();
  }
}

}  // namespace

PostgresStore::Outcome PostgresStore::attempt(const std::function<bool(Writer&)>& body, Company company) {
  auto connection = writers_.borrow();
  PostgresSession session(*connection);
  Turn turn(order_);
  std::string transaction;
  try {
    const auto begun = connection->script(company == Company::alone ? begin_alone : begin_with_others);
    transaction = PQgetvalue(begun.get(), 0, 0);
    bool keep = false;
    {
      const ClosureMark mark(this, ClosureMark::Kind::writing, &session);
      keep = body(session);
      session.rethrow_failure();
      if (keep && session.has_hooks()) {
        connection->run(lock_positions, {lock_number(place_.schema, LockFor::positions)});
        turn.draw();
        session.run_before();
        session.rethrow_failure();
      }
    }
    if (!keep) {
      roll_back(connection);
      return Outcome::done;
    }
  } catch (...) {
    // the first thing that went wrong decides, whatever the closure made of it
    try {
      session.rethrow_failure();
      throw;
    } catch (const PostgresFailure& failure) {
      if (failure.kind() == PostgresFailure::Kind::lost) connection.drop();
      else roll_back(connection);
      throw;
    } catch (...) {
      roll_back(connection);
      throw;
    }
  }
  try {
    const auto committed = connection->script("COMMIT");
    if (std::string_view(PQcmdStatus(committed.get())) != "COMMIT") throw Failure("PostgreSQL rolled a write back at its commit");
  } catch (const PostgresFailure& failure) {
    if (failure.kind() != PostgresFailure::Kind::lost) {
      roll_back(connection);
      throw;
    }
    connection.drop();
    if (!was_committed(transaction)) return Outcome::try_again;
  }
  if (session.restored()) forget_ids();
  turn.wait();
  const ClosureMark mark(this, ClosureMark::Kind::writing);
  const auto first_error = session.run_after();
  if (session.wants_hint()) hints_.give();
  if (first_error) std::rethrow_exception(first_error);
  return Outcome::done;
}

namespace {

constexpr std::string_view select_outcome = "SELECT pg_xact_status(CAST($1 AS xid8))";

}  // namespace

// The connection went away between COMMIT and its answer: the server knows what became of the transaction.
bool PostgresStore::was_committed(const std::string& transaction) {
  writers_.forget_idle();
  readers_.forget_idle();
  const auto latest = std::chrono::steady_clock::now() + longest_doubt;
  do {
    try {
      std::string outcome;
      // not from the pool: this write still holds its own place there, and so may all others that were cut off with it
      PostgresConnection(place_, options_).each(select_outcome, {transaction}, [&](const Row& row) {
        if (!row.is_null(0)) outcome = row.text(0);
      });
      if (outcome == "committed") return true;
      if (outcome == "aborted") return false;
    } catch (const PostgresFailure&) {   // the server is still away
    }
    std::this_thread::sleep_for(milliseconds(100));
  } while (std::chrono::steady_clock::now() < latest);
  throw Failure(fmt::format("the connection was lost at the commit of transaction {}, and the server could not say what became of it", transaction));
}

void PostgresStore::forget_ids() {
  const std::lock_guard lock(ids_mutex_);
  next_id_ = 0;
  end_of_ids_ = 0;
}

void PostgresStore::write_erased(const std::function<bool(Writer&)>& body) {
  ClosureMark::refuse_inside_write(this, "write");
  if (options_.access == Options::Access::read_only) our_bug("Store::write on a store opened for reading only");
  const auto latest = std::chrono::steady_clock::now() + longest_outage;
  bool unique_once = false;
  for (int attempts = 1;; ++attempts) {
    try {
      if (attempt(body, attempts <= attempts_with_others ? Company::with_others : Company::alone) == Outcome::done) return;
    } catch (const UniqueViolation&) {
      // the row may have come from a write that committed after this one took its picture; if it is our own doing, the next time says so again
      if (unique_once) throw;
      unique_once = true;
    } catch (const PostgresFailure& failure) {
      if (failure.kind() == PostgresFailure::Kind::other || attempts == largest_attempts) throw;
      if (failure.kind() == PostgresFailure::Kind::lost) {
        if (std::chrono::steady_clock::now() >= latest) throw;
        writers_.forget_idle();
      }
    }
    pause_before(attempts);
  }
}

}  // namespace khuyenhoc::db
