// From a handler's response to the bytes on the wire: conditional answers, compression, the headers that every answer carries.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "platform/http/request.h"
#include "platform/http/response.h"

namespace khuyenhoc::http {

enum class Compression : std::uint8_t { automatic, off };
enum class Connection : std::uint8_t { keep, close };

// Head and body of one answer, ready to be sent.
struct Answer {
  std::string head;
  std::shared_ptr<const std::string> body;   // none for HEAD, 204 and 304
  Status status = Status::ok;
};

struct AnswerRules {
  Compression compression = Compression::automatic;
  std::string fixed_headers;                 // security headers, ready with their line ends
};

// The policy: nothing inline, nothing from elsewhere; `report_path` is where browsers report what they refused ("" for nowhere).
std::string content_security_policy(std::string_view report_path);
enum class StrictTransport : std::uint8_t { off, on };
std::string security_headers(std::string_view report_path, StrictTransport transport);

Answer make_answer(const Request& request, Response response, const AnswerRules& rules, Connection connection);
std::string http_date(std::int64_t utc_seconds);   // "Sun, 22 Nov 2026 02:41:00 GMT"

}  // namespace khuyenhoc::http
