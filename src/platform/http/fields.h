// Name and value pairs of a request (headers, query, form, cookies) in one block of memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace khuyenhoc::http {

class Fields {
 public:
  enum class Names : std::uint8_t { exact, any_case };
  struct Field {
    std::string_view name;
    std::string_view value;
  };

  explicit Fields(Names names = Names::exact) : names_(names) {}

  void add(std::string_view name, std::string_view value);
  void reserve(std::size_t fields, std::size_t bytes);
  bool has(std::string_view name) const { return find(name).has_value(); }
  std::optional<std::string_view> find(std::string_view name) const;     // the first of that name
  std::string_view value(std::string_view name) const;                   // as `find`, "" when absent
  std::vector<std::string_view> all(std::string_view name) const;
  std::size_t size() const { return entries_.size(); }
  bool empty() const { return entries_.empty(); }
  Field at(std::size_t index) const;                                     // in the order they came

 private:
  struct Entry {
    std::uint32_t name_at, name_size, value_at, value_size;
  };
  bool same(std::string_view left, std::string_view right) const;

  std::string text_;
  std::vector<Entry> entries_;
  Names names_;
};

bool same_in_any_case(std::string_view left, std::string_view right);    // ASCII letters only, as HTTP compares

}  // namespace khuyenhoc::http
