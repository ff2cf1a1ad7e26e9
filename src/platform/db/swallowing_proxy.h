// For tests only: stands between a store and its PostgreSQL server, and on demand lets a COMMIT through but not its answer.
#pragma once

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace khuyenhoc::db {

class SwallowingProxy {
 public:
  // `place` must name an IPv4 address: postgresql://user@127.0.0.1:5432/database
  explicit SwallowingProxy(const std::string& place) {
    const std::size_t at = place.find('@') + 1;
    const std::size_t slash = place.find('/', at);
    const std::size_t colon = place.find(':', at);
    if (at == 0 || colon == std::string::npos || colon > slash) throw std::runtime_error("the proxy needs user@address:port in " + place);
    server_.sin_family = AF_INET;
    server_.sin_port = htons(static_cast<std::uint16_t>(std::stoi(place.substr(colon + 1, slash - colon - 1))));
    if (::inet_pton(AF_INET, place.substr(at, colon - at).c_str(), &server_.sin_addr) != 1) throw std::runtime_error("the proxy needs an IPv4 address");
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof here;
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&here), sizeof here) != 0 || ::listen(listener_, 16) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&here), &size) != 0)
      throw std::runtime_error("the proxy cannot listen");
    place_ = place.substr(0, at) + "127.0.0.1:" + std::to_string(ntohs(here.sin_port)) + place.substr(slash);
    accepting_ = std::thread([this] { accept_all(); });
  }
  ~SwallowingProxy() {
    stopping_ = true;
    accepting_.join();
    for (auto& thread : relays_) thread.join();
    ::close(listener_);
  }
  SwallowingProxy(const SwallowingProxy&) = delete;
  SwallowingProxy& operator=(const SwallowingProxy&) = delete;

  const std::string& place() const { return place_; }
  void swallow_next_commit() { armed_ = true; }
  bool has_swallowed() const { return swallowed_; }

 private:
  void accept_all() {
    while (!stopping_) {
      pollfd waiting{listener_, POLLIN, 0};
      if (::poll(&waiting, 1, 20) <= 0) continue;
      const int client = ::accept(listener_, nullptr, nullptr);
      const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      if (::connect(server, reinterpret_cast<const sockaddr*>(&server_), sizeof server_) != 0) throw std::runtime_error("the proxy cannot reach the server");
      relays_.emplace_back([this, client, server] { relay(client, server); });
    }
  }
  void relay(int client, int server) {
    char buffer[65'536];
    bool commit_seen = false;
    while (!stopping_) {
      pollfd both[] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
      if (::poll(both, 2, 20) <= 0) continue;
      if (both[0].revents != 0) {
        const ssize_t got = ::read(client, buffer, sizeof buffer);
        if (got <= 0) break;
        if (std::string_view(buffer, static_cast<std::size_t>(got)).find("COMMIT") != std::string_view::npos && armed_.exchange(false)) commit_seen = true;
        if (::send(server, buffer, static_cast<std::size_t>(got), MSG_NOSIGNAL) != got) break;
      }
      if (both[1].revents != 0) {
        const ssize_t got = ::read(server, buffer, sizeof buffer);
        if (got <= 0) break;
        if (commit_seen) {
          swallowed_ = true;
          break;
        }
        if (::send(client, buffer, static_cast<std::size_t>(got), MSG_NOSIGNAL) != got) break;
      }
    }
    ::close(client);
    ::close(server);
  }

  sockaddr_in server_{};
  int listener_ = -1;
  std::string place_;
  std::atomic<bool> stopping_{false};
  std::atomic<bool> armed_{false};
  std::atomic<bool> swallowed_{false};
  std::thread accepting_;
  std::vector<std::thread> relays_;   // only the accepting thread adds to it
};

}  // namespace khuyenhoc::db
