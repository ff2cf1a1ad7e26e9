// What the program says to its operator: one line an event, in English, on standard error.
#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>

namespace khuyenhoc::log {

enum class Level { debug, info, warning, error };

void set_level(Level least);                       // info at the start
void write(Level level, std::string_view line);    // line breaks and other control characters are written as \xNN
bool wants(Level level);
void flush();

template <class... Values>
void debug(fmt::format_string<Values...> text, Values&&... values) {
  if (wants(Level::debug)) write(Level::debug, fmt::format(text, std::forward<Values>(values)...));
}
template <class... Values>
void info(fmt::format_string<Values...> text, Values&&... values) {
  if (wants(Level::info)) write(Level::info, fmt::format(text, std::forward<Values>(values)...));
}
template <class... Values>
void warning(fmt::format_string<Values...> text, Values&&... values) {
  if (wants(Level::warning)) write(Level::warning, fmt::format(text, std::forward<Values>(values)...));
}
template <class... Values>
void error(fmt::format_string<Values...> text, Values&&... values) {
  write(Level::error, fmt::format(text, std::forward<Values>(values)...));
}

}  // namespace khuyenhoc::log
