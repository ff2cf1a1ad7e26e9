#include "base/day.h"

#include <cassert>
#include <charconv>
#include <chrono>
#include <cstdlib>

#include <fmt/format.h>

#include "base/i18n.h"

namespace khuyenhoc {
namespace {

std::chrono::year_month_day civil(Day day) { return std::chrono::sys_days{std::chrono::days{day.number()}}; }

std::optional<int> whole_number(std::string_view text) {
  int value = 0;
  if (text.empty()) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<Day> Day::checked(int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (year < 1000 || year > 2500 || month < 1 || day < 1 || !date.ok()) return std::nullopt;
  return from_number(static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count()));
}

Day Day::of(int year, int month, int day) {
  const auto found = checked(year, month, day);
  if (!found) std::abort();
  return *found;
}

std::optional<Day> Day::parse_iso(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto y = whole_number(text.substr(0, 4));
  const auto m = whole_number(text.substr(5, 2));
  const auto d = whole_number(text.substr(8, 2));
  if (!y || !m || !d) return std::nullopt;
  return checked(*y, *m, *d);
}

Result<Day> Day::parse(std::string_view text) {
  text = trimmed(text);
  if (const auto iso = parse_iso(text)) return *iso;
  std::array<int, 3> parts{};
  std::size_t begin = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const std::size_t end = i == 2 ? text.size() : text.find_first_of("/-.", begin);
    const auto number = end == std::string_view::npos ? std::nullopt : whole_number(trimmed(text.substr(begin, end - begin)));
    if (!number) return refuse("day.form", tr("“{}” chưa phải là ngày. Xin ghi theo mẫu ngày/tháng/năm, ví dụ 22/11/2026.", text));
    parts[i] = *number;
    begin = end + 1;
  }
  const auto day = checked(parts[2], parts[1], parts[0]);
  if (!day) return refuse("day.impossible", tr("Không có ngày {}. Xin xem lại ngày, tháng và năm (đủ bốn chữ số).", text));
  return *day;
}

int Day::year() const { return int{civil(*this).year()}; }
int Day::month() const { return static_cast<int>(unsigned{civil(*this).month()}); }
int Day::day() const { return static_cast<int>(unsigned{civil(*this).day()}); }
int Day::weekday() const {
  return static_cast<int>(std::chrono::weekday{std::chrono::sys_days{std::chrono::days{number_}}}.iso_encoding());
}
Day Day::first_of_month() const { return of(year(), month(), 1); }
Day Day::last_of_month() const { return (month() == 12 ? of(year() + 1, 1, 1) : of(year(), month() + 1, 1)) - 1; }

Day Day::plus_years(int years) const {
  if (const auto same = checked(year() + years, month(), day())) return *same;
  return of(year() + years, 2, 28);
}

std::string Day::iso() const { return fmt::format("{:04}-{:02}-{:02}", year(), month(), day()); }
std::string Day::text() const { return fmt::format("{:02}/{}{}/{}", day(), month() < 3 ? "0" : "", month(), year()); }
std::string Day::long_text() const {
  return fmt::format("ngày {:02} tháng {}{} năm {}", day(), month() < 3 ? "0" : "", month(), year());
}
std::string Day::weekday_text() const {
  static constexpr std::array names{mark("thứ Hai"), mark("thứ Ba"), mark("thứ Tư"), mark("thứ Năm"), mark("thứ Sáu"), mark("thứ Bảy"), mark("Chủ nhật")};
  return tr(names[static_cast<std::size_t>(weekday() - 1)]);
}

Period Period::month(int year, int month) {
  const Day first = Day::of(year, month, 1);
  return {first, first.last_of_month()};
}
Period Period::year(int year) { return {Day::of(year, 1, 1), Day::of(year, 12, 31)}; }

std::optional<Period> Period::parse(std::string_view text) {
  text = trimmed(text);
  if (const auto dots = text.find(".."); dots != std::string_view::npos) {
    const auto first = Day::parse_iso(text.substr(0, dots));
    const auto last = Day::parse_iso(text.substr(dots + 2));
    if (!first || !last || *last < *first) return std::nullopt;
    return Period{*first, *last};
  }
  if (text.starts_with("SY")) {   // the school year that begins in September of the year named
    const auto y = whole_number(text.substr(2));
    if (!y || *y < 1900 || *y > 2400) return std::nullopt;
    return Period{Day::of(*y, 9, 1), Day::of(*y + 1, 8, 31)};
  }
  const auto y = whole_number(text.substr(0, 4));
  if (!y || *y < 1900 || *y > 2400) return std::nullopt;
  if (text.size() == 4) return year(*y);
  if (text[4] != '-') return std::nullopt;
  const auto rest = text.substr(5);
  if (rest == "H1") return Period{Day::of(*y, 1, 1), Day::of(*y, 6, 30)};
  if (rest == "H2") return Period{Day::of(*y, 7, 1), Day::of(*y, 12, 31)};
  if (rest == "9M") return Period{Day::of(*y, 1, 1), Day::of(*y, 9, 30)};
  if (rest.size() == 2 && rest[0] == 'Q' && rest[1] >= '1' && rest[1] <= '4') {
    const int first = (rest[1] - '1') * 3 + 1;
    return Period{Day::of(*y, first, 1), Day::of(*y, first + 2, 1).last_of_month()};
  }
  const auto m = whole_number(rest);
  if (rest.size() != 2 || !m || *m < 1 || *m > 12) return std::nullopt;
  return month(*y, *m);
}

bool Period::crosses(Period other) const {
  return first <= other.last && other.first <= last && !contains(other) && !other.contains(*this);
}

Period Period::before() const {
  const bool whole_months = first.day() == 1 && last == last.last_of_month();
  if (!whole_months) return {first - (last - first + 1), first - 1};
  const int months = (last.year() - first.year()) * 12 + last.month() - first.month() + 1;
  const int begin = first.year() * 12 + first.month() - 1 - months;
  return {Day::of(begin / 12, begin % 12 + 1, 1), first - 1};
}

Period Period::same_last_year() const {
  const bool to_month_end = last == last.last_of_month();
  const Day end = last.plus_years(-1);
  return {first.plus_years(-1), to_month_end ? end.last_of_month() : end};
}

std::string Period::iso() const { return first.iso() + ".." + last.iso(); }
std::string Period::text() const { return tr("từ {} đến hết {}", first.text(), last.text()); }

}  // namespace khuyenhoc
