// The methods and statuses of HTTP that this program speaks.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace khuyenhoc::http {

enum class Method : std::uint8_t { get, head, post, put, patch, remove, options };   // remove is DELETE
std::string_view method_text(Method method);
std::optional<Method> parse_method(std::string_view text);

enum class Status : std::uint16_t {
  ok = 200, created = 201, accepted = 202, no_content = 204,
  moved_permanently = 301, found = 302, see_other = 303, not_modified = 304,
  bad_request = 400, unauthorised = 401, forbidden = 403, not_found = 404, method_not_allowed = 405, request_timeout = 408, conflict = 409, gone = 410,
  content_too_large = 413, address_too_long = 414, unsupported_media_type = 415, unprocessable = 422, too_many_requests = 429, headers_too_large = 431,
  internal_error = 500, unavailable = 503,
};
std::string_view reason_text(Status status);   // "Not Found"
constexpr int number_of(Status status) { return static_cast<int>(status); }

}  // namespace khuyenhoc::http
