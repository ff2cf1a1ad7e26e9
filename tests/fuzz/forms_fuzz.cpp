// Any bytes given as a form, a query, cookies, an address or an Accept-Encoding: fields of clean text or a refusal, never a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "platform/http/compression.h"
#include "platform/http/forms.h"
#include "platform/http/request.h"
#include "platform/http/router.h"

namespace {

using namespace khuyenhoc;
using namespace khuyenhoc::http;

void expect(bool truth) {
  if (!truth) std::abort();
}

void look_at(const Fields& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const Fields::Field field = fields.at(i);
    expect(is_valid_utf8(field.name) && is_valid_utf8(field.value));
    expect(field.value.find('\0') == std::string_view::npos);
    expect(fields.has(field.name));
  }
}

void look_at(std::string_view body, const Form& form) {
  look_at(form.fields);
  for (const Upload& upload : form.files) {
    expect(upload.file_name.find_first_of("/\\") == std::string::npos);
    expect(upload.content.empty() || (upload.content.data() >= body.data() && upload.content.data() + upload.content.size() <= body.data() + body.size()));
  }
}

const Router& router() {
  static const Router* made = [] {
    auto* table = new Router;
    const Handler answer = [](Request& request) { return Response::text(request.text("a") + std::string(request.parameter("id"))); };
    table->add(Method::get, "/a/{id:number}", answer);
    table->add(Method::get, "/a/{id}", answer);
    table->add(Method::post, "/a/{id:rest}", answer);
    return table;
  }();
  return *made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto fields = parse_urlencoded(bytes)) look_at(*fields);
  const std::string body = "--X\r\n" + std::string(bytes);
  for (const std::string_view whole : {std::string_view(body), bytes}) {
    if (const auto form = parse_multipart(whole, "X")) look_at(whole, *form);
  }
  (void)multipart_boundary(bytes);
  (void)parse_cookies(bytes);
  (void)accepted_encoding(bytes);
  if (auto request = Request::make(Method::get, "/" + std::string(bytes))) (void)router().handle(std::move(*request));
  if (auto request = Request::make(Method::post, "/a/b")) {
    request->with_body(body, "multipart/form-data; boundary=X");
    expect(router().handle(std::move(*request)).status() != Status::internal_error);
  }
  return 0;
}
