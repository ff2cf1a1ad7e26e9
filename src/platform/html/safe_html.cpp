#include "platform/html/safe_html.h"

namespace khuyenhoc::html {
namespace {

constexpr std::string_view escape_of(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return {};
  }
}

constexpr auto needs_escape = [] {
  std::array<bool, 256> table{};
  for (const char c : {'&', '<', '>', '"', '\''}) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

}  // namespace

SafeHtml& SafeHtml::append(std::string_view text) {
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!needs_escape[static_cast<unsigned char>(text[i])]) continue;
    text_.append(text, start, i - start);
    text_ += escape_of(text[i]);
    start = i + 1;
  }
  text_.append(text, start, text.size() - start);
  return *this;
}

SafeHtml vouched_html(std::string html) {
  SafeHtml result;
  result.text_ = std::move(html);
  return result;
}

}  // namespace khuyenhoc::html
