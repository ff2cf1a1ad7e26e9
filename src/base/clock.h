// What time it is, injected so that demos and tests can choose their day.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/day.h"

namespace khuyenhoc {

// Milliseconds since 1970 in UTC; shown and cut into days at the fixed UTC+7.
struct Clock {
  std::function<std::int64_t()> now_ms;

  static Clock real();
  static Clock fixed_day(Day today);   // 9 o'clock in the morning of that day, then running on with the real clock
  Day today() const;
};

Day day_of_ms(std::int64_t utc_ms);                // at UTC+7
std::string time_text(std::int64_t utc_ms);        // "9 giờ 41 phút ngày 10/6/2026"
std::string clock_text(std::int64_t utc_ms);       // "9 giờ 41 phút"

}  // namespace khuyenhoc
