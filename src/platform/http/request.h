// One request as a handler sees it: decoded, within limits, with what earlier steps attached to it.
#pragma once

#include <any>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "platform/http/fields.h"
#include "platform/http/forms.h"
#include "platform/http/message.h"

namespace khuyenhoc::http {

struct Route;

struct Request {
  Method method = Method::get;
  std::string target;                              // as it came: "/don-vi/7?ky=2026-H1"
  std::string path;                                // up to the ?, still percent-encoded
  Fields query;
  Fields headers{Fields::Names::any_case};
  Fields cookies;
  std::shared_ptr<const std::string> body = std::make_shared<const std::string>();
  std::string remote_address;

  // Filled in by the router.
  Fields parameters;                               // {id} of the route's pattern
  Form form;                                       // of urlencoded and multipart bodies
  const Route* route = nullptr;                    // none when the address leads nowhere

  // Refused when the target is no path or its query is broken.
  static Result<Request> make(Method method, std::string_view target);
  // For tests: a form as a browser would send it.
  static Request get(std::string_view target);
  static Request post(std::string_view target, std::initializer_list<std::pair<std::string_view, std::string_view>> fields);
  Request& with_header(std::string_view name, std::string_view value);   // "Cookie" fills `cookies` too
  Request& with_body(std::string content, std::string_view content_type);

  std::string_view header(std::string_view name) const { return headers.value(name); }
  std::string_view cookie(std::string_view name) const { return cookies.value(name); }
  std::string_view parameter(std::string_view name) const { return parameters.value(name); }
  std::int64_t number(std::string_view name) const;            // a {name:number} of the pattern; asserts that there is one
  template <class Tag>
  Id<Tag> id(std::string_view name) const { return {number(name)}; }
  std::optional<std::int64_t> query_number(std::string_view name) const;   // none when absent or no whole number
  // A form field as it is stored: NFC, outer blanks gone; `lines` keeps line breaks.
  std::string text(std::string_view name) const;
  std::string lines(std::string_view name) const;
  const Upload* file(std::string_view name) const;
  bool is_htmx() const { return header("HX-Request") == "true"; }

  // What an earlier step knows about this request (the viewer, the session), found by its type.
  template <class T>
  void attach(std::shared_ptr<T> thing) { attached_.emplace_back(std::move(thing)); }
  template <class T>
  T* attached() const {
    for (const std::any& thing : attached_) {
      if (const auto* found = std::any_cast<std::shared_ptr<T>>(&thing)) return found->get();
    }
    return nullptr;
  }

 private:
  std::vector<std::any> attached_;
};

}  // namespace khuyenhoc::http
