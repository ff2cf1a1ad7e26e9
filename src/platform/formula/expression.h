// Formulas over whole numbers, read by muParser and evaluated exactly: "B01/B04*100", "D04 == D04@before + D02 - D03".
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace khuyenhoc::formula {

enum class Operation { literal, name, add, subtract, multiply, divide, negate, equal, at_most, at_least, less, greater };
bool compares(Operation operation);

// One parsed formula. Names are letters, digits and . _ @ ; literals are whole numbers; a quotient stands at the top only (perhaps times a literal), so
// that everything under it is exact.
class Expression {
 public:
  static Result<Expression> parse(std::string_view text);      // "formula.syntax", "formula.literal", "formula.quotient"

  std::span<const std::string> names() const;                   // each once, in order of appearance
  Operation operation() const;                                  // of the top
  Expression left() const;                                      // of a comparison, a sum …; names keep their numbers
  Expression right() const;

  // The values of names(), by number; nullopt is blank. The answer is blank when a needed value is, or when it does not fit 64 bits.
  using Values = std::function<std::optional<std::int64_t>(std::size_t name)>;
  std::optional<std::int64_t> whole(const Values& values) const;     // asserts that the top is no quotient and no comparison
  std::optional<bool> holds(const Values& values) const;             // asserts that the top compares

  // numerator/denominator*scale; the denominator is 0 where the ratio is undefined.
  struct Ratio {
    std::int64_t numerator = 0;
    std::int64_t denominator = 1;
  };
  bool is_ratio() const;
  std::int64_t scale() const;                                   // 100 of "B01/B04*100"; 1 of "D04/B04"
  std::optional<Ratio> ratio(const Values& values) const;       // asserts is_ratio()

 private:
  struct Piece {
    Operation operation = Operation::literal;
    std::int64_t literal = 0;           // or the number of the name
    std::uint32_t left = 0, right = 0;
  };
  struct Whole;
  struct Reading;
  std::optional<std::int64_t> value(std::uint32_t piece, const Values& values) const;
  std::uint32_t quotient() const;

  std::shared_ptr<const Whole> whole_;
  std::uint32_t top_ = 0;
};

}  // namespace khuyenhoc::formula
