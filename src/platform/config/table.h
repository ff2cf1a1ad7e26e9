// Data files of the house (TOML), read with clear refusals: tables of texts, whole numbers, flags and days.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"

namespace khuyenhoc::config {

// A table of a parsed file; keeps the file alive. A missing key reads as empty, nullopt or no tables.
class Table {
 public:
  static Result<Table> parse(std::string_view text, std::string_view file_name);   // "config.syntax", with the line as place

  bool has(std::string_view key) const;
  std::string text(std::string_view key) const;
  std::optional<std::int64_t> number(std::string_view key) const;
  bool flag(std::string_view key, bool otherwise) const;
  std::optional<Day> day(std::string_view key) const;
  std::vector<std::string> texts(std::string_view key) const;
  std::vector<std::int64_t> numbers(std::string_view key) const;
  std::optional<Table> table(std::string_view key) const;
  std::vector<Table> tables(std::string_view key) const;       // an array of tables, inline or [[key]]
  std::vector<std::string> keys() const;                       // sorted
  std::string place() const;                                   // "dòng 12"

 private:
  struct File;
  std::shared_ptr<const File> file_;
  const void* node_ = nullptr;
};

}  // namespace khuyenhoc::config
