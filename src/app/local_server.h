// The running server's ear for the command line beside it: a UNIX socket in the data directory that only its owner may open, one line of JSON each way.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <thread>

#include "base/result.h"

namespace khuyenhoc {

class LocalServer {
 public:
  using Answer = std::function<std::string(std::string_view line)>;
  // Listens at the path (mode 0600), taking over what a server that was killed left there. "local.listen"
  static Result<std::unique_ptr<LocalServer>> start(const std::string& path, Answer answer);
  ~LocalServer();                        // finishes the request at hand, then stops
  LocalServer(const LocalServer&) = delete;
  LocalServer& operator=(const LocalServer&) = delete;

 private:
  LocalServer() = default;
  void listen(const std::stop_token& stop);

  std::string path_;
  Answer answer_;
  int socket_ = -1;
  std::jthread thread_;
};

// Sends the line to whoever listens at the path and waits for its answer; none when nobody does. "local.broken" when it went away without answering.
Result<std::optional<std::string>> ask_local_server(const std::string& path, std::string_view line);

}  // namespace khuyenhoc
