#include "platform/http/message.h"

namespace khuyenhoc::http {
namespace {

constexpr std::array<std::pair<Method, std::string_view>, 7> methods = {{{Method::get, "GET"}, {Method::head, "HEAD"}, {Method::post, "POST"}, {Method::put, "PUT"}, {Method::patch, "PATCH"}, {Method::remove, "DELETE"}, {Method::options, "OPTIONS"}}};

}  // namespace

std::string_view method_text(Method method) { return methods[static_cast<std::size_t>(method)].second; }

std::optional<Method> parse_method(std::string_view text) {
  for (const auto& [method, name] : methods) {
    if (name == text) return method;
  }
  return std::nullopt;
}

std::string_view reason_text(Status status) {
  switch (status) {
    case Status::ok: return "OK";
    case Status::created: return "Created";
    case Status::accepted: return "Accepted";
    case Status::no_content: return "No Content";
    case Status::moved_permanently: return "Moved Permanently";
    case Status::found: return "Found";
    case Status::see_other: return "See Other";
    case Status::not_modified: return "Not Modified";
    case Status::bad_request: return "Bad Request";
    case Status::unauthorised: return "Unauthorized";
    case Status::forbidden: return "Forbidden";
    case Status::not_found: return "Not Found";
    case Status::method_not_allowed: return "Method Not Allowed";
    case Status::request_timeout: return "Request Timeout";
    case Status::conflict: return "Conflict";
    case Status::gone: return "Gone";
    case Status::content_too_large: return "Content Too Large";
    case Status::address_too_long: return "URI Too Long";
    case Status::unsupported_media_type: return "Unsupported Media Type";
    case Status::unprocessable: return "Unprocessable Content";
    case Status::too_many_requests: return "Too Many Requests";
    case Status::headers_too_large: return "Request Header Fields Too Large";
    case Status::internal_error: return "Internal Server Error";
    case Status::unavailable: return "Service Unavailable";
  }
  return "Unknown";
}

}  // namespace khuyenhoc::http
