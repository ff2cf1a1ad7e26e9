#include "platform/html/url.h"

#include <cassert>

namespace khuyenhoc::html {
namespace {

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// No white space, control character, quote or backslash: browsers repair those in ways that change where a link leads.
bool has_only_link_characters(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7F && c != '\\' && c != '"' && c != '\'' && c != '<' && c != '>' && c != '`'; });
}

}  // namespace

std::string percent_encoded(std::string_view text) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    if (is_plain(c)) {
      result += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      result += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return result;
}

std::optional<Url> Url::local(std::string_view path) {
  if (!path.starts_with('/') || path.starts_with("//") || !has_only_link_characters(path)) return std::nullopt;
  return Url(Composed{std::string(path)});
}

std::optional<Url> Url::website(std::string_view address) {
  static constexpr std::string_view scheme = "https://";
  if (!address.starts_with(scheme) || !has_only_link_characters(address)) return std::nullopt;
  const std::string_view host = address.substr(scheme.size(), address.find_first_of("/?#", scheme.size()) - scheme.size());
  if (host.empty() || host.find('@') != std::string_view::npos) return std::nullopt;
  return Url(Composed{std::string(address)});
}

std::optional<Url> Url::telephone(std::string_view number) {
  std::string result = "tel:";
  for (const char c : number) {
    if (is_digit(c) || (c == '+' && result.size() == 4)) {
      result += c;
    } else if (c != ' ' && c != '.' && c != '-') {
      return std::nullopt;
    }
  }
  if (result.size() < 7) return std::nullopt;
  return Url(Composed{std::move(result)});
}

std::optional<Url> Url::mail(std::string_view address) {
  const std::size_t at = address.find('@');
  if (at == 0 || at == std::string_view::npos || at + 1 == address.size() || address.find('@', at + 1) != std::string_view::npos) return std::nullopt;
  if (!has_only_link_characters(address) || address.find_first_of("?&%#/:,;") != std::string_view::npos) return std::nullopt;
  return Url(Composed{"mailto:" + std::string(address)});
}

Url Url::with(std::string_view name, std::string_view value) const {
  std::string base = text();
  std::string fragment;
  if (const std::size_t hash = base.find('#'); hash != std::string::npos) {
    fragment = base.substr(hash);
    base.resize(hash);
  }
  base += base.find('?') == std::string::npos ? '?' : '&';
  return Url(Composed{base + percent_encoded(name) + "=" + percent_encoded(value) + fragment});
}

Url Url::at(std::string_view fragment) const {
  const std::string base = text();
  return Url(Composed{base.substr(0, base.find('#')) + "#" + percent_encoded(fragment)});
}

PathBuilder& PathBuilder::add(std::string_view segment) {
  const std::size_t hole = rest_.find("{}");
  assert(hole != std::string::npos && "more parts than {} in the pattern");
  text_.append(rest_, 0, hole);
  // "." and ".." would be taken as directions by the browser
  text_ += segment == "." ? "%2E" : segment == ".." ? "%2E%2E" : percent_encoded(segment);
  rest_.erase(0, hole + 2);
  return *this;
}

Url PathBuilder::done() {
  assert(rest_.find("{}") == std::string::npos && "fewer parts than {} in the pattern");
  return Url(Url::Composed{text_ + rest_});
}

}  // namespace khuyenhoc::html
