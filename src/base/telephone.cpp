#include "base/telephone.h"

namespace khuyenhoc {

std::optional<std::string> telephone_digits(std::string_view typed) {
  constexpr std::string_view between = " .-()";
  constexpr std::string_view country = "84";
  std::string digits;
  bool plus = false;
  for (const char c : typed) {
    if (c >= '0' && c <= '9') digits += c;
    else if (c == '+' && digits.empty() && !plus) plus = true;
    else if (between.find(c) == std::string_view::npos) return std::nullopt;
  }
  if (digits.starts_with(country) && (plus || digits.size() >= 11)) digits.replace(0, country.size(), "0");
  if (!digits.starts_with('0') || digits.size() < 10 || digits.size() > 11) return std::nullopt;
  return digits;
}

}  // namespace khuyenhoc
