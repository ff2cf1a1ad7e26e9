#include "platform/config/table.h"

// As in config.cpp: one program must not hold the library in two of its modes.
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <fmt/format.h>

namespace khuyenhoc::config {

struct Table::File {
  toml::table root;
};

namespace {

const toml::table& as_table(const void* node) { return *static_cast<const toml::table*>(node); }

}  // namespace

Result<Table> Table::parse(std::string_view text, std::string_view file_name) {
  Table out;
  auto parsed = toml::parse(text);
  if (!parsed)
    return refuse("config.syntax", fmt::format("Tệp {} chưa đúng cú pháp: {}.", file_name, parsed.error().description()),
                  fmt::format("dòng {}", parsed.error().source().begin.line));
  auto file = std::make_shared<File>(File{std::move(parsed).table()});
  out.node_ = &file->root;
  out.file_ = std::move(file);
  return out;
}

bool Table::has(std::string_view key) const { return as_table(node_).contains(key); }
std::string Table::text(std::string_view key) const { return as_table(node_)[key].value_or(std::string{}); }

std::optional<std::int64_t> Table::number(std::string_view key) const {
  const auto* value = as_table(node_)[key].as_integer();
  return value ? std::optional(value->get()) : std::nullopt;
}

bool Table::flag(std::string_view key, bool otherwise) const { return as_table(node_)[key].value_or(otherwise); }

std::optional<Day> Table::day(std::string_view key) const {
  const auto* value = as_table(node_)[key].as_date();
  return value ? Day::checked(value->get().year, value->get().month, value->get().day) : std::nullopt;
}

std::vector<std::string> Table::texts(std::string_view key) const {
  std::vector<std::string> out;
  if (const auto* list = as_table(node_)[key].as_array())
    for (const auto& entry : *list)
      if (const auto* word = entry.as_string()) out.push_back(word->get());
  return out;
}

std::vector<std::int64_t> Table::numbers(std::string_view key) const {
  std::vector<std::int64_t> out;
  if (const auto* list = as_table(node_)[key].as_array())
    for (const auto& entry : *list)
      if (const auto* number = entry.as_integer()) out.push_back(number->get());
  return out;
}

std::optional<Table> Table::table(std::string_view key) const {
  const auto* found = as_table(node_)[key].as_table();
  if (!found) return std::nullopt;
  Table out = *this;
  out.node_ = found;
  return out;
}

std::vector<Table> Table::tables(std::string_view key) const {
  std::vector<Table> out;
  if (const auto* list = as_table(node_)[key].as_array())
    for (const auto& entry : *list)
      if (const auto* found = entry.as_table()) {
        out.push_back(*this);
        out.back().node_ = found;
      }
  return out;
}

std::vector<std::string> Table::keys() const {
  std::vector<std::string> out;
  for (const auto& [key, value] : as_table(node_)) out.emplace_back(key.str());
  return out;
}

std::string Table::place() const { return fmt::format("dòng {}", as_table(node_).source().begin.line); }

}  // namespace khuyenhoc::config
