#include "platform/log/log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

namespace khuyenhoc::log {
namespace {

spdlog::level::level_enum level_of(Level level) {
  switch (level) {
    case Level::debug: return spdlog::level::debug;
    case Level::info: return spdlog::level::info;
    case Level::warning: return spdlog::level::warn;
    case Level::error: return spdlog::level::err;
  }
  return spdlog::level::info;
}

spdlog::logger& logger() {
  static const std::shared_ptr<spdlog::logger> instance = [] {
    auto made = std::make_shared<spdlog::logger>("khuyenhoc", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
    made->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %^%l%$ %v");
    made->flush_on(spdlog::level::warn);
    return made;
  }();
  return *instance;
}

// What a stranger sent (an address, a header) must not begin a line of its own or colour the terminal.
std::string on_one_line(std::string_view line) {
  std::string result;
  result.reserve(line.size());
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) {
      result += fmt::format("\\x{:02X}", byte);
    } else {
      result += c;
    }
  }
  return result;
}

}  // namespace

void set_level(Level least) { logger().set_level(level_of(least)); }
bool wants(Level level) { return logger().should_log(level_of(level)); }
void write(Level level, std::string_view line) {
  const std::string safe = on_one_line(line);
  logger().log(level_of(level), spdlog::string_view_t(safe.data(), safe.size()));
}
void flush() { logger().flush(); }

}  // namespace khuyenhoc::log
