#include "platform/http/answer.h"

#include <ctime>

#include "platform/http/compression.h"

namespace khuyenhoc::http {
namespace {

bool names_this_tag(std::string_view if_none_match, std::string_view tag) {
  while (!if_none_match.empty()) {
    const std::size_t comma = std::min(if_none_match.find(','), if_none_match.size());
    std::string_view one = if_none_match.substr(0, comma);
    if_none_match.remove_prefix(std::min(comma + 1, if_none_match.size()));
    while (!one.empty() && one.front() == ' ') one.remove_prefix(1);
    while (!one.empty() && one.back() == ' ') one.remove_suffix(1);
    if (one.starts_with("W/")) one.remove_prefix(2);
    if (one == "*" || one == tag) return true;
  }
  return false;
}

// The date line changes once a second; one per thread is enough.
std::string_view date_line() {
  thread_local std::int64_t second = 0;
  thread_local std::string line;
  const auto now = static_cast<std::int64_t>(std::time(nullptr));
  if (now != second) {
    second = now;
    line = "Date: " + http_date(now) + "\r\n";
  }
  return line;
}

}  // namespace

std::string http_date(std::int64_t utc_seconds) {
  const auto time = static_cast<std::time_t>(utc_seconds);
  std::tm parts{};
  gmtime_r(&time, &parts);
  static constexpr std::array<std::string_view, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday, months[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

std::string content_security_policy(std::string_view report_path) {
  std::string policy = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  if (!report_path.empty()) policy += "; report-uri " + std::string(report_path);
  return policy;
}

std::string security_headers(std::string_view report_path, StrictTransport transport) {
  std::string result = "Content-Security-Policy: " + content_security_policy(report_path) + "\r\n";
  result += "X-Content-Type-Options: nosniff\r\nReferrer-Policy: same-origin\r\nCross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Resource-Policy: same-origin\r\n";
  result += "Permissions-Policy: camera=(), microphone=(), geolocation=(), payment=()\r\n";
  if (transport == StrictTransport::on) result += "Strict-Transport-Security: max-age=31536000\r\n";
  return result;
}

Answer make_answer(const Request& request, Response response, const AnswerRules& rules, Connection connection) {
  const std::string_view tag = response.header("ETag");
  const bool is_read = request.method == Method::get || request.method == Method::head;
  if (is_read && response.status() == Status::ok && !tag.empty() && names_this_tag(request.header("If-None-Match"), tag)) {
    response.status(Status::not_modified).body(nullptr);
  }
  if (rules.compression == Compression::automatic && response.header("Content-Encoding").empty() && is_worth_compressing(response.header("Content-Type"), response.body().size())) {
    const Encoding encoding = accepted_encoding(request.header("Accept-Encoding"));
    if (encoding != Encoding::plain) {
      response.body(std::make_shared<const std::string>(compressed(response.body(), encoding, Effort::quick)));
      response.header("Content-Encoding", encoding_text(encoding));
    }
    response.header("Vary", "Accept-Encoding");
  }

  const bool has_no_body = response.status() == Status::no_content || response.status() == Status::not_modified;
  Answer answer;
  answer.status = response.status();
  std::string& head = answer.head;
  head.reserve(1'024);
  head += "HTTP/1.1 ";
  head += std::to_string(number_of(response.status()));
  head += ' ';
  head += reason_text(response.status());
  head += "\r\n";
  head += date_line();
  head += rules.fixed_headers;
  bool has_cache_rule = false;
  for (const auto& [name, value] : response.headers()) {
    head += name;
    head += ": ";
    head += value;
    head += "\r\n";
    has_cache_rule = has_cache_rule || same_in_any_case(name, "Cache-Control");
  }
  // a page holds what only its reader may see
  if (!has_cache_rule) head += tag.empty() ? "Cache-Control: no-store\r\n" : "Cache-Control: private, no-cache\r\n";
  if (!has_no_body) head += "Content-Length: " + std::to_string(response.body().size()) + "\r\n";
  head += connection == Connection::close ? "Connection: close\r\n\r\n" : "Connection: keep-alive\r\n\r\n";
  if (!has_no_body && request.method != Method::head) answer.body = response.shared_body();
  return answer;
}

}  // namespace khuyenhoc::http
