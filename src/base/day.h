// A day in Vietnam's calendar: no time, no time zone. Periods are windows of whole days, both ends included.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace khuyenhoc {

class Day {
 public:
  constexpr Day() = default;
  static constexpr Day from_number(std::int32_t days_since_1970) { Day d; d.number_ = days_since_1970; return d; }
  static Day of(int year, int month, int day);                        // asserts that the date exists
  static std::optional<Day> checked(int year, int month, int day);    // none when the date does not exist
  static std::optional<Day> parse_iso(std::string_view text);         // "2026-11-22"
  static Result<Day> parse(std::string_view text);                    // as people write: "22/11/2026", "2-9-2026", "22.11.2026", or ISO
  static constexpr Day earliest() { return from_number(-200000); }    // before any record
  static constexpr Day latest() { return from_number(200000); }       // after any record

  constexpr std::int32_t number() const { return number_; }
  int year() const;
  int month() const;     // 1 to 12
  int day() const;       // 1 to 31
  int weekday() const;   // 1 Monday to 7 Sunday
  Day first_of_month() const;
  Day last_of_month() const;
  Day plus_years(int years) const;   // 29 February becomes 28 where it must

  std::string iso() const;           // "2026-11-22"
  std::string text() const;          // "22/11/2026"; day and month below ten as "05/6/2026" (0 before days, and before months 1 and 2)
  std::string long_text() const;     // "ngày 05 tháng 6 năm 2026", as Decree 30/2020 writes it
  std::string weekday_text() const;  // "thứ Hai"

  constexpr auto operator<=>(const Day&) const = default;
  constexpr Day operator+(int days) const { return from_number(number_ + days); }
  constexpr Day operator-(int days) const { return from_number(number_ - days); }
  constexpr int operator-(Day other) const { return number_ - other.number_; }

 private:
  std::int32_t number_ = 0;
};

// A window of days, first and last included.
struct Period {
  Day first;
  Day last;

  static Period month(int year, int month);
  static Period year(int year);                                     // 1 January to 31 December
  static std::optional<Period> parse(std::string_view text);        // "2026", "2026-H1", "2026-H2", "2026-Q3", "2026-05", "2026-9M", "SY2025", "2025-12-01..2026-05-31"

  bool contains(Day day) const { return first <= day && day <= last; }
  bool contains(Period other) const { return first <= other.first && other.last <= last; }
  bool crosses(Period other) const;                                 // overlaps, yet neither contains the other
  Period before() const;                                            // the window of equal kind that ends the day before this one begins
  Period same_last_year() const;                                    // both ends a year earlier
  std::string iso() const;                                          // "2025-12-01..2026-05-31"
  std::string text() const;                                         // "từ 01/12/2025 đến hết 31/5/2026"
  auto operator<=>(const Period&) const = default;
};

}  // namespace khuyenhoc
