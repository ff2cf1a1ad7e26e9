// For tests: a mail server on a port of its own that takes what it is sent, or answers as it is told.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace khuyenhoc::mail {

class SmtpSink {
 public:
  struct Letter {
    std::string from, to, data;          // data with its lines' \r\n, dots as sent
  };
  using Answers = std::map<std::string, std::string>;
  // What it answers to a command instead of yes: {"RCPT", "451 4.7.1 Greylisted"}; to each command as often as it is asked.
  explicit SmtpSink(Answers answers = {}, bool offers_starttls = false) : answers_(std::move(answers)), offers_starttls_(offers_starttls) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    ::listen(listener_, 8);
    socklen_t length = sizeof address;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  SmtpSink(const SmtpSink&) = delete;
  SmtpSink& operator=(const SmtpSink&) = delete;
  ~SmtpSink() {
    stopping_ = true;
    thread_.join();
    ::close(listener_);
  }
  int port() const { return port_; }
  void answer(const std::string& command, const std::string& with) {
    const std::lock_guard lock(mutex_);
    if (with.empty()) answers_.erase(command);
    else answers_[command] = with;
  }
  std::vector<Letter> letters() const {
    const std::lock_guard lock(mutex_);
    return letters_;
  }
  std::vector<std::string> heard() const {           // every command line
    const std::lock_guard lock(mutex_);
    return heard_;
  }

 private:
  void serve() {
    while (!stopping_) {
      pollfd waiting{listener_, POLLIN, 0};
      if (::poll(&waiting, 1, 50) <= 0) continue;
      const int peer = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (peer < 0) continue;
      talk(peer);
      ::close(peer);
    }
  }
  static void say(int peer, const std::string& line) {
    const std::string all = line + "\r\n";
    (void)!::send(peer, all.data(), all.size(), MSG_NOSIGNAL);
  }
  bool line(int peer, std::string& out) {
    for (;;) {
      if (const auto end = buffer_.find("\r\n"); end != std::string::npos) {
        out = buffer_.substr(0, end);
        buffer_.erase(0, end + 2);
        return true;
      }
      pollfd waiting{peer, POLLIN, 0};
      if (stopping_ || ::poll(&waiting, 1, 50) < 0) return false;
      if (waiting.revents == 0) continue;
      char chunk[4096];
      const auto got = ::recv(peer, chunk, sizeof chunk, 0);
      if (got <= 0) return false;
      buffer_.append(chunk, static_cast<std::size_t>(got));
    }
  }
  std::string told(const std::string& command, const std::string& otherwise) {
    const std::lock_guard lock(mutex_);
    const auto found = answers_.find(command);
    return found == answers_.end() ? otherwise : found->second;
  }
  void talk(int peer) {
    buffer_.clear();
    const std::string greeting = told("CONNECT", "220 sink.example.vn ESMTP");
    if (greeting == "hang up") return;
    say(peer, greeting);
    Letter letter;
    for (std::string said; line(peer, said);) {
      const std::string command = said.substr(0, said.find_first_of(" :"));
      {
        const std::lock_guard lock(mutex_);
        heard_.push_back(said);
      }
      const std::string answer = told(command, "250 OK");
      if (answer == "hang up") return;
      if (command == "EHLO") {
        say(peer, offers_starttls_ ? "250-sink.example.vn\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN" : "250-sink.example.vn\r\n250 AUTH PLAIN LOGIN");
      } else if (command == "STARTTLS") {
        say(peer, "220 go ahead");       // and then speaks no TLS
      } else if (command == "AUTH") {
        say(peer, said.find(' ', 5) == std::string::npos ? "334 " : told("AUTH", "235 welcome"));
      } else if (command == "DATA" && answer.starts_with("250")) {
        say(peer, "354 go on");
        for (std::string text; line(peer, text) && text != ".";) letter.data += text + "\r\n";
        const std::string end = told("END", "250 taken");
        if (end.starts_with("250")) {
          const std::lock_guard lock(mutex_);
          letters_.push_back(letter);
        }
        letter = {};
        if (end == "hang up") return;
        say(peer, end);
      } else if (command == "QUIT") {
        say(peer, "221 goodbye");
        return;
      } else if (command != "MAIL" && command != "RCPT" && command != "DATA" && command != "RSET" && command != "HELO" && command != "NOOP") {
        // the answer to an AUTH challenge
        say(peer, told("AUTH", "235 welcome"));
      } else {
        if (command == "MAIL") letter.from = said;
        if (command == "RCPT") letter.to = said;
        say(peer, answer);
      }
    }
  }

  int listener_ = -1, port_ = 0;
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  Answers answers_;
  bool offers_starttls_;
  std::vector<Letter> letters_;
  std::vector<std::string> heard_;
  std::string buffer_;
  std::thread thread_;
};

}  // namespace khuyenhoc::mail
