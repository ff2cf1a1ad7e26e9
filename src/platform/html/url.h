// Url: where a link may lead. A path of this site, a telephone number, a mail address or another site over https; never a script.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"

namespace khuyenhoc::html {

// Everything but letters, digits and -._~ as %XX: safe as one segment of a path or one value of a query.
std::string percent_encoded(std::string_view text);

// An address inside this site as it stands in the source code: "/viec", "?trang=2", "#dau-trang".
class UrlLiteral {
 public:
  consteval UrlLiteral(const char* literal) : text_(literal) {
    const bool is_path = literal[0] == '/' && literal[1] != '/' && literal[1] != '\\';
    if (!is_path && literal[0] != '#' && literal[0] != '?') throw "a literal link begins with /, # or ?";
  }
  constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

class Url {
 public:
  Url(UrlLiteral literal) : text_(literal.text()) {}

  // A path that was composed or came from outside ("return to"): none unless it is an absolute path on this site.
  static std::optional<Url> local(std::string_view path);
  static std::optional<Url> website(std::string_view address);    // https only
  static std::optional<Url> telephone(std::string_view number);   // digits, blanks, dots, + in front
  static std::optional<Url> mail(std::string_view address);

  // The same address with a query value added: Url("/so-lieu").with("ky", "2026-H1").with("trang", 2)
  Url with(std::string_view name, std::string_view value) const;
  Url with(std::string_view name, std::int64_t value) const { return with(name, std::string_view(std::to_string(value))); }
  Url at(std::string_view fragment) const;                        // "#fragment"

  const std::string& text() const { return text_; }
  bool operator==(const Url& other) const = default;

 private:
  struct Composed {
    std::string text;
  };
  explicit Url(Composed composed) : text_(std::move(composed.text)) {}
  friend class PathBuilder;

  std::string text_;
};

// Fills the {} of a literal pattern with encoded segments: path("/don-vi/{}/so-lieu/{}", body.id, code)
class PathBuilder {
 public:
  explicit PathBuilder(UrlLiteral pattern) : rest_(pattern.text()) {}
  PathBuilder& add(std::string_view segment);
  PathBuilder& add(const char* segment) { return add(std::string_view(segment)); }
  PathBuilder& add(const std::string& segment) { return add(std::string_view(segment)); }
  template <std::integral T>
  PathBuilder& add(T value) { return add(std::string_view(std::to_string(value))); }
  template <class Tag>
  PathBuilder& add(Id<Tag> id) { return add(id.value); }
  PathBuilder& add(const Uuid& uuid) { return add(std::string_view(uuid.text())); }
  Url done();

 private:
  std::string text_;
  std::string rest_;
};

template <class... Parts>
Url path(UrlLiteral pattern, const Parts&... parts) {
  PathBuilder builder(pattern);
  (builder.add(parts), ...);
  return builder.done();
}

}  // namespace khuyenhoc::html

namespace khuyenhoc {
using html::Url;
}
