#include "platform/db/postgres_hints.h"

#include <cerrno>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <fmt/format.h>

namespace khuyenhoc::db {

PostgresHints::PostgresHints(const PostgresPlace& place, const Options& options)
    : place_(place), options_(options), bell_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (bell_ < 0) throw Failure("cannot make an event descriptor");
}

PostgresHints::~PostgresHints() {
  stopping_ = true;
  ::eventfd_write(bell_, 1);
  if (thread_.joinable()) thread_.join();
  ::close(bell_);
}

void PostgresHints::start() {
  std::call_once(started_, [this] { thread_ = std::thread([this] { serve(); }); });
}

void PostgresHints::give() {
  hints_.give();
  start();
  to_send_ = true;
  ::eventfd_write(bell_, 1);
}

std::uint64_t PostgresHints::wait(std::uint64_t seen, int timeout_ms) {
  start();
  return hints_.wait(seen, timeout_ms);
}

bool PostgresHints::sleep(int socket, int timeout_ms) {
  pollfd watched[] = {{bell_, POLLIN, 0}, {socket, POLLIN, 0}};
  ::poll(watched, socket < 0 ? 1 : 2, timeout_ms);
  if (watched[0].revents != 0) {
    eventfd_t rung = 0;
    ::eventfd_read(bell_, &rung);
  }
  return !stopping_;
}

void PostgresHints::serve() {
  constexpr int pause_ms = 1'000;
  while (!stopping_) {
    try {
      PostgresConnection connection(place_, options_);
      listen(connection);
    } catch (const Failure&) {   // the server is away: followers poll, and find out themselves
      sleep(-1, pause_ms);
    }
  }
}

void PostgresHints::listen(PostgresConnection& connection) {
  constexpr int look_again_ms = 30'000;
  connection.script("SET synchronous_commit TO off");   // a lost hint costs a poll, no more
  connection.script(fmt::format("LISTEN \"khuyenhoc_{}\"", place_.schema));
  const std::string notify = fmt::format("NOTIFY \"khuyenhoc_{}\"", place_.schema);
  hints_.give();                                        // something may have happened before we listened
  const int own = PQbackendPID(connection.handle());
  while (sleep(PQsocket(connection.handle()), look_again_ms)) {
    if (to_send_.exchange(false)) connection.script(notify);
    if (PQconsumeInput(connection.handle()) == 0) throw Failure("the listening connection was lost");
    bool from_elsewhere = false;
    while (PGnotify* heard = PQnotifies(connection.handle())) {
      from_elsewhere = from_elsewhere || heard->be_pid != own;
      PQfreemem(heard);
    }
    if (from_elsewhere) hints_.give();
  }
}

}  // namespace khuyenhoc::db
