// Whether a text is already as it is stored: telling so costs far less than tidying it, and most texts of a long list are.
#pragma once

#include <cstddef>
#include <string_view>

namespace khuyenhoc {

// True only where normalised(text) is the text itself: no blanks to drop, nothing invisible, letters that compose with none before them (Latin up to U+02FF and
// the Vietnamese ones from U+1E80 to U+1EFF). False says nothing.
inline bool is_tidy(std::string_view text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ') return false;
  const auto continues = [&](std::size_t at) { return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || c == 0x7F) return false;
    if (c == ' ' && text[i + 1] == ' ') return false;
    if (c < 0x80) continue;
    if (c >= 0xC3 && c <= 0xCB && continues(i + 1)) {
      i += 1;
      continue;
    }
    if (c == 0xE1 && (text.substr(i + 1).starts_with('\xBA') || text.substr(i + 1).starts_with('\xBB')) && continues(i + 2)) {
      i += 2;
      continue;
    }
    return false;
  }
  return true;
}

}  // namespace khuyenhoc
