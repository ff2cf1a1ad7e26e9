// A plain blocking HTTP client for tests and measurements: it sends exactly the bytes it is given.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace khuyenhoc::http {

struct ClientResponse {
  int status = 0;
  std::string head;
  std::string body;
  std::string header(std::string_view name) const;   // "" when absent
};

class Client {
 public:
  explicit Client(std::uint16_t port, std::int64_t timeout_ms = 5'000);   // connects to 127.0.0.1; throws std::runtime_error
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void send(std::string_view bytes);
  enum class Body : std::uint8_t { expected, none };    // none: the answer to HEAD
  std::optional<ClientResponse> receive(Body body = Body::expected);   // none when the server closed without an answer
  bool is_closed();                                     // waits until the server closes, at most the time-out

  ClientResponse get(std::string_view target, std::string_view more_headers = {});      // headers with their line ends
  ClientResponse post(std::string_view target, std::string_view body, std::string_view content_type = "application/x-www-form-urlencoded");

 private:
  bool fill();
  int socket_;
  std::string buffer_;
};

}  // namespace khuyenhoc::http
