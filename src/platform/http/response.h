// One answer: status, headers and a body that is shared rather than copied.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/html/json_text.h"
#include "platform/html/safe_html.h"
#include "platform/html/url.h"
#include "platform/http/fields.h"
#include "platform/http/message.h"

namespace khuyenhoc::http {

struct Cookie {
  enum class Lifetime : std::uint8_t { session, lasting };
  enum class Transport : std::uint8_t { https_only, any };

  std::string name;
  std::string value;
  Lifetime lifetime = Lifetime::session;
  std::int64_t seconds = 0;                        // of a lasting one; 0 deletes it
  Transport transport = Transport::https_only;
  std::string path = "/";
};

class Response {
 public:
  static Response html(html::SafeHtml page, Status status = Status::ok);
  static Response json(const html::JsonText& json, Status status = Status::ok);
  static Response text(std::string text, Status status = Status::ok);
  // A file to keep: "báo cáo.docx" reaches the browser in both spellings of RFC 6266.
  static Response download(std::shared_ptr<const std::string> bytes, std::string_view content_type, std::string_view file_name);
  static Response bytes(std::shared_ptr<const std::string> bytes, std::string_view content_type);   // shown, not kept
  static Response redirect(const html::Url& to, Status status = Status::see_other);
  static Response redirect(html::UrlLiteral to, Status status = Status::see_other) { return redirect(html::Url(to), status); }
  static Response empty(Status status = Status::no_content);

  Response& header(std::string_view name, std::string_view value);        // replaces one of that name
  Response& add_header(std::string_view name, std::string_view value);
  Response& set_cookie(const Cookie& cookie);                             // HttpOnly, SameSite=Lax
  Response& cache_for_ever();                                             // only for addresses that change with their content
  Response& etag(std::string_view tag);                                   // answers 304 to who has it

  Response& htmx_redirect(const html::Url& to) { return header("HX-Redirect", to.text()); }
  Response& htmx_push_url(const html::Url& to) { return header("HX-Push-Url", to.text()); }
  Response& htmx_trigger(std::string_view event) { return header("HX-Trigger", event); }
  Response& htmx_retarget(std::string_view selector) { return header("HX-Retarget", selector); }
  Response& htmx_refresh() { return header("HX-Refresh", "true"); }

  Status status() const { return status_; }
  Response& status(Status status) { status_ = status; return *this; }
  std::string_view body() const { return body_ ? std::string_view(*body_) : std::string_view{}; }
  const std::shared_ptr<const std::string>& shared_body() const { return body_; }
  Response& body(std::shared_ptr<const std::string> body) { body_ = std::move(body); return *this; }
  std::string_view header(std::string_view name) const;                   // "" when absent
  const std::vector<std::pair<std::string, std::string>>& headers() const { return headers_; }

 private:
  Response(Status status, std::string_view content_type, std::shared_ptr<const std::string> body);

  Status status_ = Status::ok;
  std::vector<std::pair<std::string, std::string>> headers_;
  std::shared_ptr<const std::string> body_;
};

}  // namespace khuyenhoc::http
