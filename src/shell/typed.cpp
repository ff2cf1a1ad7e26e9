#include "shell/typed.h"

#include "base/i18n.h"

namespace khuyenhoc {

std::optional<Day> typed_day(std::string_view typed, std::string_view field, FormErrors& errors) {
  if (typed.empty()) {
    errors.emplace_back(field, tr("Xin ghi ngày, ví dụ 01/7/2026."));
    return std::nullopt;
  }
  const auto day = Day::parse(typed);
  if (day) return *day;
  errors.emplace_back(field, day.error().message);
  return std::nullopt;
}

}  // namespace khuyenhoc
