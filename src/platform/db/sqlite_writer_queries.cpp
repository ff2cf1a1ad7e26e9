#include "platform/db/sqlite_writer.h"

#include <algorithm>
#include <chrono>

#include "base/i18n.h"

namespace khuyenhoc::db {
namespace {

// A group is as large as what waits, yet nobody waits for more than these before the disk is asked.
constexpr std::size_t largest_group = 512;
constexpr std::chrono::milliseconds longest_group{20};

}  // namespace

struct SqliteWriterThread::Request {
  enum class State { waiting, done };

  explicit Request(const std::function<bool(Writer&)>* to_run) : body(to_run) {}

  const std::function<bool(Writer&)>* body;
  const Language language = current_language();        // of whoever waits: refusals made inside are read there
  std::exception_ptr error;
  bool kept = false;
  bool hint = false;
  std::vector<std::function<void()>> after;
  std::atomic<State> state{State::waiting};
};

// The Writer that one closure sees.
class SqliteWriterThread::Session : public EngineWriter {
 public:
  Session(SqliteWriterThread& thread, Request& request) : thread_(thread), connection_(thread.connection_), request_(request) {}

  Dialect dialect() const override { return Dialect::sqlite; }
  void each(std::string_view sql, const Values& values, const OnRow& on_row) override {
    guarded([&] { connection_.each(sql, values, on_row); });
  }
  void stream(std::string_view sql, const Values& values, const OnRow& on_row) override {
    guarded([&] {
      streaming_ = true;
      connection_.each(sql, values, on_row);
      streaming_ = false;
    });
  }
  std::int64_t run(std::string_view sql, const Values& values) override {
    std::int64_t rows = 0;
    guarded([&] { rows = connection_.run(sql, values); });
    return rows;
  }
  using Writer::copy_in;
  std::int64_t copy_in(std::string_view table, std::span<const std::string_view> columns, const std::function<bool(Values&)>& next) override {
    std::int64_t rows = 0;
    guarded([&] { rows = connection_.copy_in(table, columns, next); });
    return rows;
  }
  void script(std::string_view sql) override {
    guarded([&] { connection_.script(sql); });
  }
  void before_commit(std::function<void(Writer&)> hook) override { before_.push_back(std::move(hook)); }
  void after_commit(std::function<void()> hook) override { request_.after.push_back(std::move(hook)); }
  void hint_after_commit() override { request_.hint = true; }
  std::int64_t next_positions(std::int64_t count) override;
  void restore_counters(std::int64_t last_id, std::int64_t last_position) override;

  void run_hooks() {
    in_hooks_ = true;
    for (std::size_t i = 0; i < before_.size(); ++i) {
      const auto hook = std::move(before_[i]);   // a hook may add another
      hook(*this);
    }
  }
  // Whatever the closure did with an error, what it wrote before it is not to be kept.
  void rethrow_failure() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  template <class Work>
  void guarded(Work work) {
    rethrow_failure();
    if (streaming_) our_bug("another statement was run while a stream() is under way");
    try {
      work();
    } catch (...) {
      streaming_ = false;
      failure_ = std::current_exception();
      throw;
    }
  }

  SqliteWriterThread& thread_;
  SqliteConnection& connection_;
  Request& request_;
  std::vector<std::function<void(Writer&)>> before_;
  std::exception_ptr failure_;
  bool streaming_ = false;
  bool in_hooks_ = false;
};

namespace {

constexpr std::string_view take_positions = "UPDATE store_counter SET value = value + $1 WHERE name = 'position' RETURNING value";
constexpr std::string_view set_last_position = "UPDATE store_counter SET value = $1 WHERE name = 'position'";

}  // namespace

std::int64_t SqliteWriterThread::Session::next_positions(std::int64_t count) {
  if (!in_hooks_) our_bug("log positions are given in a before_commit hook only");
  if (count < 1) our_bug("at least one log position is asked for");
  return first_number(take_positions, {count}).value() - count + 1;
}

void SqliteWriterThread::Session::restore_counters(std::int64_t last_id, std::int64_t last_position) {
  run(set_last_position, {last_position});
  // keep_ids() writes it down before this can be committed
  for (std::int64_t seen = thread_.last_id_; seen < last_id && !thread_.last_id_.compare_exchange_weak(seen, last_id);) {
  }
}

SqliteWriterThread::SqliteWriterThread(const Store* store, const Options& options, Hints& hints)
    : store_(store), hints_(hints), connection_(options, Options::Access::read_write) {
  connection_.script("BEGIN IMMEDIATE");
  connection_.script(translated(own_tables_sql, Dialect::sqlite));
  connection_.script("COMMIT");
  connection_.each("SELECT value FROM store_counter WHERE name = 'id'", {}, [&](const Row& row) { reserved_id_ = row.number(0); });
  last_id_ = reserved_id_;
  thread_ = std::thread([this] { serve(); });
}

SqliteWriterThread::~SqliteWriterThread() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

std::int64_t SqliteWriterThread::new_id() { return ++last_id_; }

void SqliteWriterThread::write(const std::function<bool(Writer&)>& body) {
  const auto request = std::make_shared<Request>(&body);
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) throw Failure("the store is being closed");
    waiting_.push_back(request);
  }
  wake_.notify_one();
  request->state.wait(Request::State::waiting, std::memory_order_acquire);
  if (const auto error = std::move(request->error)) std::rethrow_exception(error);
}

void SqliteWriterThread::serve() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;   // stopping, and everything that waited is done
    }
    serve_group();
  }
}

std::shared_ptr<SqliteWriterThread::Request> SqliteWriterThread::next_request() {
  const std::lock_guard lock(mutex_);
  if (waiting_.empty()) return nullptr;
  auto request = std::move(waiting_.front());
  waiting_.pop_front();
  return request;
}

void SqliteWriterThread::serve_group() {
  Group group;
  try {
    connection_.run("BEGIN IMMEDIATE", {});
    run_waiting(group);
    const std::int64_t reserved = keep_ids();
    connection_.run("COMMIT", {});
    reserved_id_ = reserved;
  } catch (const std::exception&) {
    // The disk is full, or gone: nothing of this group is in the store, so nothing of it may be answered as if it were.
    if (group.empty()) group.push_back(next_request());
    fail_all(group, std::current_exception());
    try {
      if (connection_.in_transaction()) connection_.run("ROLLBACK", {});
    } catch (const std::exception&) {   // the next BEGIN says so to whoever asks next
    }
  }
  bool hint = false;
  for (const auto& request : group) {
    if (!request->kept) continue;
    hint = hint || request->hint;
    const ClosureMark mark(store_, ClosureMark::Kind::writing);
    for (const auto& hook : request->after) {
      try {
        hook();
      } catch (...) {
        if (!request->error) request->error = std::current_exception();
      }
    }
  }
  if (hint) hints_.give();
  for (const auto& request : group) {
    request->after.clear();   // what the hooks hold belongs to the caller, who is about to go on
    request->state.store(Request::State::done, std::memory_order_release);
    request->state.notify_one();
  }
}

void SqliteWriterThread::run_waiting(Group& group) {
  const auto latest = std::chrono::steady_clock::now() + longest_group;
  while (group.size() < largest_group) {
    group.push_back(next_request());
    if (group.back() == nullptr) return group.pop_back();
    run_one(*group.back());
    if (!connection_.in_transaction()) throw Failure("the transaction was given up by the engine while a group of writes was under way");
    if (std::chrono::steady_clock::now() >= latest) return;
  }
}

void SqliteWriterThread::run_one(Request& request) {
  connection_.run("SAVEPOINT one", {});
  try {
    Session session(*this, request);
    const ClosureMark mark(store_, ClosureMark::Kind::writing, &session);
    const LanguageScope speaking(request.language);
    request.kept = (*request.body)(session);
    session.rethrow_failure();
    if (request.kept) {
      session.run_hooks();
      session.rethrow_failure();
      if (connection_.owes_foreign_keys()) throw Violation("SQLite: a deferred foreign key is broken at the end of a write");
    }
  } catch (...) {
    request.kept = false;
    request.error = std::current_exception();
  }
  if (!connection_.in_transaction()) return;   // the engine has rolled all of it back
  if (!request.kept) connection_.run("ROLLBACK TO one", {});
  connection_.run("RELEASE one", {});
}

namespace {

constexpr std::string_view keep_reserved_id = "UPDATE store_counter SET value = $1 WHERE name = 'id'";

}  // namespace

// Ids come from a counter in memory: this process alone writes. Before a commit could make one durable, the store learns how far the counter may have come.
std::int64_t SqliteWriterThread::keep_ids() {
  const std::int64_t used = last_id_.load();
  if (used <= reserved_id_) return reserved_id_;
  const std::int64_t reserved = used + id_block_;
  connection_.run(keep_reserved_id, {reserved});
  id_block_ = std::min(id_block_ * 2, largest_id_block);
  return reserved;
}

void SqliteWriterThread::fail_all(const Group& group, const std::exception_ptr& why) {
  for (const auto& request : group) {
    if (request->error && !request->kept) continue;   // it failed by itself and knows why
    request->kept = false;
    request->error = why;
  }
}

}  // namespace khuyenhoc::db
