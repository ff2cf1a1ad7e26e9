#include "platform/http/response.h"

#include <cassert>

#include "base/text.h"

namespace khuyenhoc::http {
namespace {

// A line break in a value would begin a header of the sender's choice.
bool is_header_value(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F; });
}

std::string plain_file_name(std::string_view file_name) {
  std::string result = folded(file_name);
  const std::size_t dot = file_name.rfind('.');
  if (dot != std::string_view::npos) result = folded(file_name.substr(0, dot)) + "." + folded(file_name.substr(dot + 1));
  std::replace(result.begin(), result.end(), ' ', '-');
  std::erase_if(result, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  return result;
}

}  // namespace

Response::Response(Status status, std::string_view content_type, std::shared_ptr<const std::string> body) : status_(status), body_(std::move(body)) {
  headers_.reserve(6);
  if (!content_type.empty()) headers_.emplace_back("Content-Type", content_type);
}

Response Response::html(html::SafeHtml page, Status status) { return {status, "text/html; charset=utf-8", std::make_shared<const std::string>(std::move(page).text())}; }
Response Response::json(const html::JsonText& json, Status status) { return {status, "application/json", std::make_shared<const std::string>(json.text())}; }
Response Response::text(std::string text, Status status) { return {status, "text/plain; charset=utf-8", std::make_shared<const std::string>(std::move(text))}; }
Response Response::bytes(std::shared_ptr<const std::string> bytes, std::string_view content_type) { return {Status::ok, content_type, std::move(bytes)}; }
Response Response::empty(Status status) { return {status, {}, nullptr}; }

Response Response::download(std::shared_ptr<const std::string> bytes, std::string_view content_type, std::string_view file_name) {
  Response response(Status::ok, content_type, std::move(bytes));
  response.header("Content-Disposition", "attachment; filename=\"" + plain_file_name(file_name) + "\"; filename*=UTF-8''" + html::percent_encoded(file_name));
  return response;
}

Response Response::redirect(const html::Url& to, Status status) {
  Response response = empty(status);
  response.header("Location", to.text());
  return response;
}

Response& Response::header(std::string_view name, std::string_view value) {
  std::erase_if(headers_, [&](const auto& header) { return same_in_any_case(header.first, name); });
  return add_header(name, value);
}

Response& Response::add_header(std::string_view name, std::string_view value) {
  assert(is_header_value(name) && is_header_value(value) && "a header holds one line");
  headers_.emplace_back(name, value);
  return *this;
}

Response& Response::set_cookie(const Cookie& cookie) {
  assert(cookie.value.find_first_of("; ,\"\\") == std::string::npos && "a cookie's value is a token");
  std::string text = cookie.name + "=" + cookie.value + "; Path=" + cookie.path + "; HttpOnly; SameSite=Lax";
  if (cookie.lifetime == Cookie::Lifetime::lasting) text += "; Max-Age=" + std::to_string(cookie.seconds);
  if (cookie.transport == Cookie::Transport::https_only) text += "; Secure";
  return add_header("Set-Cookie", text);
}

Response& Response::cache_for_ever() { return header("Cache-Control", "public, max-age=31536000, immutable"); }
Response& Response::etag(std::string_view tag) { return header("ETag", "\"" + std::string(tag) + "\""); }

std::string_view Response::header(std::string_view name) const {
  for (const auto& [header_name, value] : headers_) {
    if (same_in_any_case(header_name, name)) return value;
  }
  return {};
}

}  // namespace khuyenhoc::http
