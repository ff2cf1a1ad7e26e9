// A server of the built program on a free port, and a browser signed in to it.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/client.h"

namespace khuyenhoc {

class RunningServer {
 public:
  explicit RunningServer(const std::string& data);        // as of the test's day; waits until it listens
  ~RunningServer();                                        // stops it gracefully
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;
  std::uint16_t port() const { return port_; }
  int stop();                                              // SIGTERM; the exit status
  void kill();                                             // SIGKILL, at this very moment

 private:
  int wait();
  pid_t process_ = -1;
  std::uint16_t port_ = 0;
};

struct Account {
  std::string telephone, password;
  std::int64_t body = 0;                                   // it acts for
};
// Handed out by the command line; the password is the code of the slip.
Account add_account(const std::string& data, const std::string& telephone, const std::string& unit, const std::string& post);
// The secretary of the commune of a generated world, who has chosen a password of her own.
Account commune_account(const std::string& data);

class Browser {
 public:
  Browser(std::uint16_t port, const Account& account);     // signs in; fails the test when it cannot
  http::ClientResponse get(const std::string& target);
  http::ClientResponse post_form(const std::string& target, const std::vector<std::pair<std::string, std::string>>& fields);
  http::ClientResponse post_json(const std::string& target, const std::string& json);
  // The answer of the cells' address: HTTP status and body.
  http::ClientResponse save(std::int64_t association, std::int64_t body, const std::string& measure, std::int64_t value, const std::string& version);

 private:
  http::ClientResponse send(const std::string& target, const std::string& type, const std::string& body);
  http::Client client_;
  std::string cookie_, csrf_;
};

// Cells of a commune's grid that take a figure: branch, measure and version, as the page carries them.
struct OpenCell {
  std::int64_t body = 0;
  std::string measure, version;
};
std::vector<OpenCell> open_cells(Browser& browser, std::int64_t association, const std::string& measure);

}  // namespace khuyenhoc
