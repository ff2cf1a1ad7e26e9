// Money is a whole count of đồng. There is no fraction, no float and no other currency.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace khuyenhoc {

struct Money {
  std::int64_t dong = 0;

  // As people type it: "6.400.000", "6400000", "6 400 000", "6.400.000 đồng". A decimal part ("1.000,5") or an ambiguous separator ("1.00") is refused.
  static Result<Money> parse(std::string_view text);
  std::string text() const;        // "6.400.000 đồng"
  std::string in_words() const;    // "sáu triệu bốn trăm nghìn đồng"
  constexpr auto operator<=>(const Money&) const = default;
  constexpr Money operator+(Money other) const { return {dong + other.dong}; }
  constexpr Money operator-(Money other) const { return {dong - other.dong}; }
};

}  // namespace khuyenhoc
