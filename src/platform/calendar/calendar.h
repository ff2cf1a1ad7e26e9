// A calendar that telephones subscribe to: whole-day events as an iCalendar file (RFC 5545). libical behind this header.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/day.h"

namespace khuyenhoc::calendar {

struct Event {
  std::string uid;                       // the same as long as it is the same event: "bao-cao-17@khuyenhoc"
  Day day;
  std::string summary, description;
  std::string link;                      // a whole address; may be empty
  std::int64_t sequence = 0;             // grows whenever the day changes or the event is called off
  std::int64_t changed_ms = 0;
  enum class State { stands, called_off } state = State::stands;
  int remind_days_before = 0;            // the telephone rings so many days before, at 8 in the morning; 0: not at all
};

// `name` is shown as the calendar's own. Lines are folded, texts escaped.
std::string as_file(std::string_view name, std::span<const Event> events);

}  // namespace khuyenhoc::calendar
