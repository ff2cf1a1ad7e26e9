// The HTTP server: connections, limits and time-outs on a few network threads, handlers on workers of their own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "platform/http/answer.h"
#include "platform/http/router.h"

namespace khuyenhoc::http {

// One line of the access log.
struct Access {
  std::string_view remote_address;
  Method method;
  std::string_view target;
  Status status;
  std::size_t bytes;             // of the body as sent
  std::int64_t microseconds;     // from the last byte of the request to the answer being ready
};

enum class TrustProxy : std::uint8_t { nobody, on_this_machine };   // whose X-Forwarded-For names the browser's address

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;                   // 0: any free one
  unsigned network_threads = 0;                // 0: one per core, at most four
  unsigned workers = 0;                        // 0: four per core; they wait for the store, not for each other
  std::size_t head_limit = 16 * 1'024;         // beyond: 431
  std::size_t body_limit = 1'024 * 1'024;      // beyond: 413; a route may say otherwise
  std::size_t connection_limit = 4'000;        // beyond: closed at once
  std::size_t waiting_limit = 2'000;           // requests waiting for a worker; beyond: 503
  std::int64_t head_timeout_ms = 30'000;       // for a request's head to come, idle time included; 408 when it began to come
  std::int64_t body_timeout_ms = 30'000;       // without any byte of the body
  std::int64_t write_timeout_ms = 30'000;      // without any byte taken
  std::int64_t stop_timeout_ms = 10'000;       // for running requests when stopping
  Compression compression = Compression::automatic;
  StrictTransport strict_transport = StrictTransport::off;
  TrustProxy trust_proxy = TrustProxy::nobody;
  std::string policy_report_path = {};         // where browsers report breaches of the content security policy; "" for nowhere
  std::function<void(std::string_view json)> on_policy_report = {};
  std::function<void(const Access&)> on_access = {};   // called on several threads
};

void log_access(const Access& access);         // for on_access: a line in the log

// From its making on SIGINT and SIGTERM no longer end the program: whoever waits is told, also of one that came before the waiting. Made before the server says
// that it is there, or a quick stop would leave its traces behind.
class StopSignal {
 public:
  StopSignal();
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;
  void wait();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

class Server {
 public:
  // The router must outlive the server and not change any more.
  Server(ServerOptions options, const Router& router);
  ~Server();                                   // stops
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  Result<std::uint16_t> start();               // the port it listens on; refused when the address is taken
  void stop();                                 // no new requests; running ones finish, bounded by stop_timeout_ms
  void run_until(StopSignal& signal);          // waits for it, then stops

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace khuyenhoc::http
