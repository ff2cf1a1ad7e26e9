#include "platform/http/request.h"

#include <cassert>
#include <charconv>

#include "base/i18n.h"
#include "base/text.h"
#include "platform/html/url.h"

namespace khuyenhoc::http {
namespace {

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

Result<Request> Request::make(Method method, std::string_view target) {
  Request request;
  request.method = method;
  for (const std::string_view scheme : {"http://", "https://"}) {      // the form that proxies send
    if (!target.starts_with(scheme)) continue;
    const std::size_t slash = target.find('/', scheme.size());
    target = slash == std::string_view::npos ? "/" : target.substr(slash);
  }
  if (method == Method::options && target == "*") target = "/";
  if (!target.starts_with('/')) return refuse("http.bad_address", tr("Địa chỉ trang không đúng."));
  request.target = target;
  const std::size_t mark = std::min(target.find('?'), target.size());
  request.path = target.substr(0, mark);
  if (mark < target.size()) {
    auto query = parse_urlencoded(target.substr(mark + 1, target.find('#', mark) - mark - 1));
    if (!query) return std::unexpected(query.error());
    request.query = std::move(*query);
  }
  return request;
}

Request Request::get(std::string_view target) {
  auto request = make(Method::get, target);
  assert(request && "a test asks for a well-formed address");
  return std::move(*request);
}

Request Request::post(std::string_view target, std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  auto request = make(Method::post, target);
  assert(request && "a test asks for a well-formed address");
  std::string body;
  for (const auto& [name, value] : fields) body += (body.empty() ? "" : "&") + html::percent_encoded(name) + "=" + html::percent_encoded(value);
  request->with_body(std::move(body), "application/x-www-form-urlencoded");
  return std::move(*request);
}

Request& Request::with_header(std::string_view name, std::string_view value) {
  headers.add(name, value);
  if (same_in_any_case(name, "Cookie")) cookies = parse_cookies(value);
  return *this;
}

Request& Request::with_body(std::string content, std::string_view content_type) {
  body = std::make_shared<const std::string>(std::move(content));
  headers.add("Content-Type", content_type);
  return *this;
}

std::int64_t Request::number(std::string_view name) const {
  const auto value = whole_number(parameter(name));
  assert(value && "the pattern of the route declares {name:number}");
  return *value;
}

std::optional<std::int64_t> Request::query_number(std::string_view name) const {
  const auto text_value = query.find(name);
  return text_value ? whole_number(*text_value) : std::nullopt;
}

std::string Request::text(std::string_view name) const { return normalised(form.fields.value(name)); }
std::string Request::lines(std::string_view name) const { return normalised_lines(form.fields.value(name)); }

const Upload* Request::file(std::string_view name) const {
  for (const Upload& upload : form.files) {
    if (upload.name == name) return &upload;
  }
  return nullptr;
}

}  // namespace khuyenhoc::http
