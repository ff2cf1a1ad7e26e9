#include "platform/formula/expression.h"

#include <cassert>
#include <cmath>

#include <muParser.h>

#include <fmt/format.h>

namespace khuyenhoc::formula {

struct Expression::Whole {
  std::vector<std::string> names;
  std::vector<Piece> pieces;
};

// What muParser builds while it "calculates": its values are handles, -1, -2, … for pieces and whole numbers from 0 for literals, so that no double ever
// carries a figure. The library's callbacks know no context, hence the one under way on this thread.
struct Expression::Reading {
  static thread_local Reading* current;

  std::vector<std::string> names;
  std::vector<Piece> pieces;
  std::vector<std::unique_ptr<double>> variables;
  bool wrong_literal = false;

  double handle(std::uint32_t piece) const { return -static_cast<double>(piece) - 1; }
  std::uint32_t piece_of(double value) {
    if (value < 0) return static_cast<std::uint32_t>(-value - 1);
    if (value != std::floor(value) || value > 1e15) wrong_literal = true;
    pieces.push_back({Operation::literal, static_cast<std::int64_t>(value), 0, 0});
    return static_cast<std::uint32_t>(pieces.size() - 1);
  }
  double add(Operation operation, double left, double right) {
    const std::uint32_t l = piece_of(left);
    const std::uint32_t r = piece_of(right);
    pieces.push_back({operation, 0, l, r});
    return handle(static_cast<std::uint32_t>(pieces.size() - 1));
  }
};
thread_local Expression::Reading* Expression::Reading::current = nullptr;

bool compares(Operation operation) {
  using enum Operation;
  return operation == equal || operation == at_most || operation == at_least || operation == less || operation == greater;
}

Result<Expression> Expression::parse(std::string_view text) {
  Reading reading;
  Reading::current = &reading;
  struct Leave {
    ~Leave() { Reading::current = nullptr; }
  } leave;
  double top = 0;
  try {
    mu::Parser parser;
    parser.ClearFun();
    parser.ClearConst();
    parser.EnableBuiltInOprt(false);
    parser.DefineNameChars("0123456789_@.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    parser.DefineOprtChars("+-*/=<>");
    parser.DefineInfixOprtChars("-");
    parser.SetVarFactory(
        [](const char* name, void*) -> double* {
          Reading& now = *Reading::current;
          now.names.emplace_back(name);
          now.pieces.push_back({Operation::name, static_cast<std::int64_t>(now.names.size() - 1), 0, 0});
          now.variables.push_back(std::make_unique<double>(now.handle(static_cast<std::uint32_t>(now.pieces.size() - 1))));
          return now.variables.back().get();
        },
        nullptr);
    const auto define = [&](const char* sign, mu::fun_type2 make, unsigned precedence) { parser.DefineOprt(sign, make, precedence, mu::oaLEFT, false); };
    define("==", [](double l, double r) { return Reading::current->add(Operation::equal, l, r); }, 1);
    define("<=", [](double l, double r) { return Reading::current->add(Operation::at_most, l, r); }, 1);
    define(">=", [](double l, double r) { return Reading::current->add(Operation::at_least, l, r); }, 1);
    define("<", [](double l, double r) { return Reading::current->add(Operation::less, l, r); }, 1);
    define(">", [](double l, double r) { return Reading::current->add(Operation::greater, l, r); }, 1);
    define("+", [](double l, double r) { return Reading::current->add(Operation::add, l, r); }, 5);
    define("-", [](double l, double r) { return Reading::current->add(Operation::subtract, l, r); }, 5);
    define("*", [](double l, double r) { return Reading::current->add(Operation::multiply, l, r); }, 6);
    define("/", [](double l, double r) { return Reading::current->add(Operation::divide, l, r); }, 6);
    parser.DefineInfixOprt("-", [](double value) { return Reading::current->add(Operation::negate, value, value); }, 7, false);
    parser.SetExpr(std::string(text));
    top = parser.Eval();
  } catch (const mu::ParserError& error) {
    return refuse("formula.syntax", fmt::format("Công thức “{}” chưa đọc được, từ chữ thứ {}.", text, error.GetPos() + 1));
  }
  Expression out;
  out.top_ = reading.piece_of(top);
  if (reading.wrong_literal) return refuse("formula.literal", fmt::format("Công thức “{}” chỉ được dùng số nguyên.", text));
  out.whole_ = std::make_shared<Whole>(Whole{std::move(reading.names), std::move(reading.pieces)});
  const std::uint32_t allowed = out.quotient();
  for (std::uint32_t i = 0; i < out.whole_->pieces.size(); ++i)
    if (const auto& piece = out.whole_->pieces[i]; piece.operation == Operation::divide && i != allowed)
      return refuse("formula.quotient", fmt::format("Công thức “{}” chỉ được có một phép chia, ở ngoài cùng.", text));
  for (std::uint32_t i = 0; i < out.whole_->pieces.size(); ++i)
    if (compares(out.whole_->pieces[i].operation) && i != out.top_)
      return refuse("formula.comparison", fmt::format("Công thức “{}” chỉ được có một phép so sánh, ở ngoài cùng.", text));
  return out;
}

std::span<const std::string> Expression::names() const { return whole_->names; }
Operation Expression::operation() const { return whole_->pieces[top_].operation; }

Expression Expression::left() const {
  Expression part = *this;
  part.top_ = whole_->pieces[top_].left;
  return part;
}

Expression Expression::right() const {
  Expression part = *this;
  part.top_ = whole_->pieces[top_].right;
  return part;
}

// The piece that divides: the top itself, or the factor beside a literal at the top.
std::uint32_t Expression::quotient() const {
  constexpr std::uint32_t none = 0xFFFFFFFFu;
  const auto& pieces = whole_->pieces;
  const Piece& top = pieces[top_];
  if (top.operation == Operation::divide) return top_;
  if (top.operation != Operation::multiply) return none;
  if (pieces[top.right].operation == Operation::literal && pieces[top.left].operation == Operation::divide) return top.left;
  if (pieces[top.left].operation == Operation::literal && pieces[top.right].operation == Operation::divide) return top.right;
  return none;
}

bool Expression::is_ratio() const { return quotient() != 0xFFFFFFFFu; }

std::int64_t Expression::scale() const {
  const auto& pieces = whole_->pieces;
  const Piece& top = pieces[top_];
  if (top.operation != Operation::multiply) return 1;
  const Piece& right = pieces[top.right];
  return right.operation == Operation::literal ? right.literal : pieces[top.left].literal;
}

std::optional<std::int64_t> Expression::value(std::uint32_t piece, const Values& values) const {
  const Piece& at = whole_->pieces[piece];
  if (at.operation == Operation::literal) return at.literal;
  if (at.operation == Operation::name) return values(static_cast<std::size_t>(at.literal));
  const auto left = value(at.left, values);
  if (!left) return std::nullopt;
  std::int64_t out = 0;
  if (at.operation == Operation::negate) return __builtin_sub_overflow(std::int64_t{0}, *left, &out) ? std::nullopt : std::optional(out);
  const auto right = value(at.right, values);
  if (!right) return std::nullopt;
  bool overflow = false;
  switch (at.operation) {
    case Operation::add: overflow = __builtin_add_overflow(*left, *right, &out); break;
    case Operation::subtract: overflow = __builtin_sub_overflow(*left, *right, &out); break;
    case Operation::multiply: overflow = __builtin_mul_overflow(*left, *right, &out); break;
    default: assert(false && "a quotient or a comparison has no whole value"); std::abort();
  }
  return overflow ? std::nullopt : std::optional(out);
}

std::optional<std::int64_t> Expression::whole(const Values& values) const { return value(top_, values); }

std::optional<bool> Expression::holds(const Values& values) const {
  const Piece& top = whole_->pieces[top_];
  const auto left = value(top.left, values);
  const auto right = value(top.right, values);
  if (!left || !right) return std::nullopt;
  switch (top.operation) {
    case Operation::equal: return *left == *right;
    case Operation::at_most: return *left <= *right;
    case Operation::at_least: return *left >= *right;
    case Operation::less: return *left < *right;
    case Operation::greater: return *left > *right;
    default: assert(false && "only a comparison holds or does not"); std::abort();
  }
}

std::optional<Expression::Ratio> Expression::ratio(const Values& values) const {
  const Piece& division = whole_->pieces[quotient()];
  const auto numerator = value(division.left, values);
  const auto denominator = value(division.right, values);
  if (!numerator || !denominator) return std::nullopt;
  return Ratio{*numerator, *denominator};
}

}  // namespace khuyenhoc::formula
