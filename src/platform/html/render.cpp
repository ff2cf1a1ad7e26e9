#include "platform/html/render.h"

#include <charconv>

#include "base/number.h"

namespace khuyenhoc::html {

void append_value(SafeHtml& out, std::int64_t plain) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), plain).ptr;
  out.append(std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data())));
}

void append_json(SafeHtml& out, const JsonText& json) {
  std::string safe;
  safe.reserve(json.text().size());
  for (const char c : json.text()) {
    if (c == '<') {
      safe += "\\u003c";
    } else if (c == '&') {
      safe += "\\u0026";
    } else if (c == '>') {
      safe += "\\u003e";
    } else {
      safe += c;
    }
  }
  out.append(vouched_html(std::move(safe)));
}

std::string_view next_hole(SafeHtml& out, std::string_view message, std::size_t& hole, std::size_t& next) {
  std::size_t i = 0;
  while (i < message.size() && message[i] != '{' && message[i] != '}') ++i;
  out.append(message.substr(0, i));
  if (i + 1 < message.size() && message[i + 1] == message[i]) {   // {{ and }} stand for one brace
    out.append(message.substr(i, 1));
    return message.substr(i + 2);
  }
  if (i >= message.size()) return {};
  const std::size_t close = message.find('}', i);
  const std::string_view name = message.substr(i + 1, close - i - 1);
  if (name.empty()) {
    hole = next++;
  } else {
    std::from_chars(name.data(), name.data() + name.size(), hole);
  }
  return close == std::string_view::npos ? std::string_view{} : message.substr(close + 1);
}

std::string number(std::int64_t value) {
  return number_text(value);
}

}  // namespace khuyenhoc::html
