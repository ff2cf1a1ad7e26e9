// Expected outcomes as values: a Result is what was asked for, or a Refusal that a person can read and mend.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace khuyenhoc {

// Why something expected did not happen. `code` is stable, for programs and tests ("statement.negative"); `message` is a
// whole, polite Vietnamese sentence that says what is wrong and how to mend it; `place` names the field, cell or row, or is empty.
struct Refusal {
  std::string code;
  std::string message;
  std::string place = {};

  bool operator==(const Refusal&) const = default;
};

template <class T>
using Result = std::expected<T, Refusal>;

inline std::unexpected<Refusal> refuse(std::string_view code, std::string message, std::string place = {}) {
  return std::unexpected(Refusal{std::string(code), std::move(message), std::move(place)});
}

}  // namespace khuyenhoc
