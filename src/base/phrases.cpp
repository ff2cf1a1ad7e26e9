#include "base/phrases.h"

#include "base/i18n.h"
#include "base/text.h"

namespace khuyenhoc {

std::string enumerated(std::span<const std::string> names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 == names.size() ? tr(" và ") : std::string(", ");
    out += names[i];
  }
  return out;
}

std::string capitalised(std::string_view text) {
  if (text.empty()) return {};
  const auto continues = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; };
  std::size_t first = 1;
  while (first < text.size() && continues(text[first])) ++first;
  return upper_case(text.substr(0, first)) + std::string(text.substr(first));
}

}  // namespace khuyenhoc
