// The settings of an installation, read from one TOML file that an administrator writes: where the data lie, where to listen, how to send mail.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace khuyenhoc::config {

struct Listen {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;

  // "127.0.0.1:8080", "[::1]:8080", ":8080" (every address), "8080". Refuses "config.listen".
  static Result<Listen> parse(std::string_view text);
  std::string text() const;
};

struct Smtp {
  enum class Security { none, starttls, tls };
  std::string host;
  std::uint16_t port = 587;
  Security security = Security::starttls;
  std::string user;
  std::filesystem::path password_file;   // the password stays out of the settings, which are shown to those who help
  std::string from;
};

struct Settings {
  std::filesystem::path data_directory = "data";
  std::string database;                  // "postgresql://…"; empty for the embedded store in the data directory
  Listen listen;
  std::string public_address;            // "https://hoi.example.vn": how links in messages begin; empty for the listening address
  std::optional<Smtp> smtp;
};

// Refuses "config.file" (not readable), "config.form" (not TOML, with its line), "config.unknown" (a setting nobody knows: a typing slip would otherwise
// pass unseen), "config.kind" (a text where a number belongs), "config.listen", "config.range", "config.incomplete". `place` is the setting's name.
Result<Settings> parse(std::string_view toml, std::string_view file_name = "khuyenhoc.toml");
Result<Settings> read(const std::filesystem::path& file);

}  // namespace khuyenhoc::config
