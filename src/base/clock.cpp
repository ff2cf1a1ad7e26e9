#include "base/clock.h"

#include <chrono>

#include "base/i18n.h"

namespace khuyenhoc {
namespace {

constexpr std::int64_t day_ms = 86'400'000;
constexpr std::int64_t vietnam_ms = 7 * 3'600'000;

std::int64_t real_now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

}  // namespace

Clock Clock::real() { return {real_now_ms}; }

Clock Clock::fixed_day(Day today) {
  const std::int64_t start = real_now_ms();
  const std::int64_t nine = static_cast<std::int64_t>(today.number()) * day_ms + 9 * 3'600'000 - vietnam_ms;
  return {[=] { return nine + real_now_ms() - start; }};
}

Day Clock::today() const { return day_of_ms(now_ms()); }

Day day_of_ms(std::int64_t utc_ms) { return Day::from_number(static_cast<std::int32_t>(floor_divide(utc_ms + vietnam_ms, day_ms))); }

std::string clock_text(std::int64_t utc_ms) {
  const std::int64_t minutes = (utc_ms + vietnam_ms - static_cast<std::int64_t>(day_of_ms(utc_ms).number()) * day_ms) / 60'000;
  return tr("{} giờ {:02} phút", minutes / 60, minutes % 60);
}

std::string time_text(std::int64_t utc_ms) { return tr("{} ngày {}", clock_text(utc_ms), day_of_ms(utc_ms).text()); }

}  // namespace khuyenhoc
