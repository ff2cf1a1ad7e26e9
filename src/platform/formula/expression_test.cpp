#include "platform/formula/expression.h"

#include <limits>
#include <map>

#include <gtest/gtest.h>

namespace khuyenhoc::formula {
namespace {

Expression::Values of(const Expression& expression, std::map<std::string, std::int64_t> figures) {
  return [&expression, figures = std::move(figures)](std::size_t name) -> std::optional<std::int64_t> {
    const auto at = figures.find(expression.names()[name]);
    return at == figures.end() ? std::nullopt : std::optional(at->second);
  };
}

TEST(Formula, A_ratio_is_kept_exact) {
  const auto share = Expression::parse("D03.quan_ly/D03*100").value();
  ASSERT_TRUE(share.is_ratio());
  EXPECT_EQ(share.scale(), 100);
  const auto ratio = share.ratio(of(share, {{"D03.quan_ly", 9'007'199'254'740'993}, {"D03", 9'007'199'254'740'995}}));
  ASSERT_TRUE(ratio);
  EXPECT_EQ(ratio->numerator, 9'007'199'254'740'993) << "a double would have lost the last digit";
  EXPECT_EQ(ratio->denominator, 9'007'199'254'740'995);
  EXPECT_FALSE(share.ratio(of(share, {{"D03", 5}}))) << "blank";
  EXPECT_EQ(Expression::parse("D04/B04")->scale(), 1);
}

TEST(Formula, An_identity_is_judged_in_whole_numbers) {
  const auto movement = Expression::parse("B01 == B01@before + B02 - B03").value();
  EXPECT_EQ(movement.operation(), Operation::equal);
  EXPECT_EQ(movement.names().size(), 4u);
  EXPECT_EQ(movement.holds(of(movement, {{"B01", 99}, {"B01@before", 96}, {"B02", 4}, {"B03", 1}})), true);
  EXPECT_EQ(movement.holds(of(movement, {{"B01", 102}, {"B01@before", 96}, {"B02", 4}, {"B03", 1}})), false);
  EXPECT_EQ(movement.right().whole(of(movement, {{"B01@before", 96}, {"B02", 4}, {"B03", 1}})), 99);
  EXPECT_FALSE(movement.holds(of(movement, {{"B01", 99}})));
  const auto grouped = Expression::parse("A - (B - 2*C) <= -D").value();
  EXPECT_EQ(grouped.left().whole(of(grouped, {{"A", 10}, {"B", 7}, {"C", 3}})), 9);
  EXPECT_EQ(grouped.holds(of(grouped, {{"A", 1}, {"B", 7}, {"C", 0}, {"D", 6}})), true);
}

TEST(Formula, What_does_not_fit_is_blank_and_not_wrong) {
  const auto sum = Expression::parse("A + B").value();
  EXPECT_FALSE(sum.whole(of(sum, {{"A", std::numeric_limits<std::int64_t>::max()}, {"B", 1}})));
}

TEST(Formula, A_wrong_one_is_refused) {
  const auto code = [](std::string_view text) {
    const auto made = Expression::parse(text);
    return made ? std::string{} : made.error().code;
  };
  EXPECT_EQ(code("B01 +"), "formula.syntax");
  EXPECT_EQ(code(""), "formula.syntax");
  EXPECT_EQ(code("B01 + (B02"), "formula.syntax");
  EXPECT_EQ(code("sin(B01)"), "formula.syntax");
  EXPECT_EQ(code("B01 + 1.5"), "formula.literal");
  EXPECT_EQ(code("A/B + 1"), "formula.quotient");
  EXPECT_EQ(code("A/B/C"), "formula.quotient");
  EXPECT_EQ(code("(A == B) + 1"), "formula.comparison");
  EXPECT_EQ(code("A == B == C"), "formula.comparison");
}

}  // namespace
}  // namespace khuyenhoc::formula
