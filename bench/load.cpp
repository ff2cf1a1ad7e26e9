#include "bench/load.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <functional>
#include <queue>
#include <thread>

namespace khuyenhoc::bench {
namespace {

using Time = std::chrono::steady_clock;

// An answer with a Content-Length, as the server writes all of its own.
struct Answer {
  int status = 0;
  std::string_view head, body;
  std::size_t size = 0;
};

std::size_t length_in(std::string_view head) {
  constexpr std::string_view name = "content-length:";
  for (std::size_t line = head.find("\r\n"); line != std::string_view::npos; line = head.find("\r\n", line + 2)) {
    const std::string_view rest = head.substr(line + 2);
    if (rest.size() < name.size() || !std::equal(name.begin(), name.end(), rest.begin(), [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b + 32 : b); })) continue;
    std::size_t value = 0, at = name.size();
    while (at < rest.size() && rest[at] == ' ') ++at;
    std::from_chars(rest.data() + at, rest.data() + rest.size(), value);
    return value;
  }
  return 0;
}

bool complete(std::string_view bytes, Answer& answer) {
  const auto end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos || bytes.size() < 12) return false;
  answer.head = bytes.substr(0, end + 2);
  answer.size = end + 4 + length_in(answer.head);
  if (bytes.size() < answer.size) return false;
  std::from_chars(bytes.data() + 9, bytes.data() + 12, answer.status);
  answer.body = bytes.substr(end + 4, answer.size - end - 4);
  return true;
}

class Connection {
 public:
  Connection(std::uint16_t port, Visitor& visitor) : visitor_(visitor), socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(port);
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    open_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&where), sizeof(where)) == 0;
  }
  ~Connection() { ::close(socket_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  int socket() const { return socket_; }
  bool open() const { return open_; }

  // Requests are small: the socket's buffer takes them whole.
  void ask() {
    const std::string request = visitor_.next();
    asked_ = Time::now();
    open_ = open_ && ::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size());
  }
  int pause_ms() { return visitor_.pause_ms(); }
  // True when an answer is whole; the next question has not been asked yet.
  bool read(LoadResult& result) {
    char piece[1 << 16];
    const ssize_t got = ::recv(socket_, piece, sizeof(piece), 0);
    if (got <= 0) {
      open_ = false;
      return false;
    }
    buffer_.append(piece, static_cast<std::size_t>(got));
    Answer answer;
    if (!complete(buffer_, answer)) return false;
    result.microseconds.push_back(static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::microseconds>(Time::now() - asked_).count()));
    ++result.answered;
    result.bytes += static_cast<std::int64_t>(answer.size);
    if (answer.status >= 400) ++result.failed;
    visitor_.answered(answer.status, answer.head, answer.body);
    buffer_.erase(0, answer.size);
    return true;
  }

 private:
  Visitor& visitor_;
  int socket_;
  bool open_ = false;
  std::string buffer_;
  Time::time_point asked_;
};

LoadResult serve_share(std::uint16_t port, const std::vector<Visitor*>& visitors, Time::time_point until, const std::stop_token& stop) {
  LoadResult result;
  const int poll = ::epoll_create1(EPOLL_CLOEXEC);
  std::vector<std::unique_ptr<Connection>> connections;
  for (Visitor* visitor : visitors) {
    auto connection = std::make_unique<Connection>(port, *visitor);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = connection.get();
    if (!connection->open() || ::epoll_ctl(poll, EPOLL_CTL_ADD, connection->socket(), &event) != 0) {
      ++result.failed;
      continue;
    }
    connection->ask();
    connections.push_back(std::move(connection));
  }
  using Due = std::pair<Time::time_point, Connection*>;
  std::priority_queue<Due, std::vector<Due>, std::greater<>> resting;
  epoll_event ready[64];
  while (Time::now() < until && !stop.stop_requested()) {
    for (; !resting.empty() && resting.top().first <= Time::now(); resting.pop()) resting.top().second->ask();
    const int count = ::epoll_wait(poll, ready, 64, resting.empty() ? 50 : 1);
    for (int i = 0; i < count; ++i) {
      auto& connection = *static_cast<Connection*>(ready[i].data.ptr);
      if (connection.read(result)) {
        if (const int pause = connection.pause_ms(); pause > 0) resting.emplace(Time::now() + std::chrono::milliseconds(pause), &connection);
        else connection.ask();
      }
      if (connection.open()) continue;
      ++result.failed;
      ::epoll_ctl(poll, EPOLL_CTL_DEL, connection.socket(), nullptr);
    }
  }
  ::close(poll);
  return result;
}

}  // namespace

double LoadResult::percentile_ms(double percent) const {
  if (microseconds.empty()) return 0;
  const auto rank = static_cast<std::size_t>(std::ceil(percent / 100 * static_cast<double>(microseconds.size())));
  return static_cast<double>(microseconds[std::min(std::max<std::size_t>(rank, 1), microseconds.size()) - 1]) / 1'000;
}

double percentile_of(std::vector<double> values, double percent) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const auto rank = static_cast<std::size_t>(std::ceil(percent / 100 * static_cast<double>(values.size())));
  return values[std::min(std::max<std::size_t>(rank, 1), values.size()) - 1];
}

LoadResult run_load(std::uint16_t port, std::span<Visitor* const> visitors, double seconds, int threads, const std::stop_token& stop) {
  const auto began = Time::now();
  const auto until = began + std::chrono::duration_cast<Time::duration>(std::chrono::duration<double>(seconds));
  std::vector<std::vector<Visitor*>> shares(static_cast<std::size_t>(threads));
  for (std::size_t i = 0; i < visitors.size(); ++i) shares[i % shares.size()].push_back(visitors[i]);
  std::vector<LoadResult> parts(shares.size());
  {
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < shares.size(); ++i) workers.emplace_back([&, i] { parts[i] = serve_share(port, shares[i], until, stop); });
  }
  LoadResult whole;
  whole.seconds = std::chrono::duration<double>(Time::now() - began).count();
  for (LoadResult& part : parts) {
    whole.answered += part.answered;
    whole.failed += part.failed;
    whole.bytes += part.bytes;
    whole.microseconds.insert(whole.microseconds.end(), part.microseconds.begin(), part.microseconds.end());
  }
  std::ranges::sort(whole.microseconds);
  return whole;
}

}  // namespace khuyenhoc::bench
