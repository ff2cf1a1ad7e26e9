#include "platform/http/fields.h"

namespace khuyenhoc::http {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace

bool same_in_any_case(std::string_view left, std::string_view right) {
  return left.size() == right.size() && std::equal(left.begin(), left.end(), right.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

void Fields::add(std::string_view name, std::string_view value) {
  const auto at = static_cast<std::uint32_t>(text_.size());
  text_.append(name);
  text_.append(value);
  entries_.push_back({at, static_cast<std::uint32_t>(name.size()), at + static_cast<std::uint32_t>(name.size()), static_cast<std::uint32_t>(value.size())});
}

void Fields::reserve(std::size_t fields, std::size_t bytes) {
  entries_.reserve(fields);
  text_.reserve(bytes);
}

bool Fields::same(std::string_view left, std::string_view right) const { return names_ == Names::exact ? left == right : same_in_any_case(left, right); }

Fields::Field Fields::at(std::size_t index) const {
  const Entry& entry = entries_.at(index);
  const std::string_view text = text_;
  return {text.substr(entry.name_at, entry.name_size), text.substr(entry.value_at, entry.value_size)};
}

std::optional<std::string_view> Fields::find(std::string_view name) const {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Field field = at(i);
    if (same(field.name, name)) return field.value;
  }
  return std::nullopt;
}

std::string_view Fields::value(std::string_view name) const { return find(name).value_or(std::string_view{}); }

std::vector<std::string_view> Fields::all(std::string_view name) const {
  std::vector<std::string_view> result;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Field field = at(i);
    if (same(field.name, name)) result.push_back(field.value);
  }
  return result;
}

}  // namespace khuyenhoc::http
