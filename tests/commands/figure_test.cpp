#include <gtest/gtest.h>

#include "tests/commands/program.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

std::vector<std::string> keys_of(const json::object& object) {
  std::vector<std::string> keys;
  for (const auto& field : object) keys.emplace_back(field.key());
  return keys;
}

std::int64_t sum_of(const json::object& answer) {
  std::int64_t sum = 0;
  for (const auto& row : answer.at("rows").as_array()) sum += row.as_object().at("value").as_int64();
  return sum;
}

TEST(Figure, Prints_exactly_the_fields_that_programs_read) {
  const auto answer = figure(commune_world(), "B01", "VN", "2026-H1").json();
  EXPECT_EQ(keys_of(answer), (std::vector<std::string>{"measure", "unit", "period", "territory", "lens", "value"}));
  EXPECT_EQ(text_at(answer, "measure"), "B01");
  EXPECT_EQ(text_at(answer, "unit"), "VN");
  EXPECT_EQ(text_at(answer, "period"), "2026-H1");
  EXPECT_EQ(text_at(answer, "territory"), test_today);
  EXPECT_EQ(text_at(answer, "lens"), "live");
  EXPECT_GT(answer.at("value").as_int64(), 1'000);
}

TEST(Figure, Of_a_commune_is_the_sum_of_its_branches_and_its_own) {
  for (const std::string measure : {"B01", "B02", "D02", "A04"}) {
    const auto answer = figure(commune_world(), measure, commune_code(), "2026-H1", {"--by", "child"}).json();
    EXPECT_EQ(sum_of(answer), answer.at("value").as_int64()) << measure;
    const auto& own = answer.at("rows").as_array().front().as_object();
    EXPECT_EQ(keys_of(own), (std::vector<std::string>{"unit", "label", "value"}));
    EXPECT_EQ(text_at(own, "unit"), commune_code()) << "own figures stand under the unit's own code";
  }
}

TEST(Figure, Of_a_branch_is_asked_by_the_number_that_the_breakdown_prints) {
  const auto commune = figure(commune_world(), "B01", commune_code(), "2026-H1", {"--by", "child"}).json();
  const auto& branch = commune.at("rows").as_array().back().as_object();
  const std::string name(branch.at("unit").as_string());
  ASSERT_TRUE(name.starts_with("hoi/")) << name;
  const auto alone = figure(commune_world(), "B01", name, "2026-H1").json();
  EXPECT_EQ(alone.at("value").as_int64(), branch.at("value").as_int64());
  EXPECT_EQ(text_at(alone, "unit"), name);
}

TEST(Figure, By_month_adds_up_for_what_flows) {
  const auto answer = figure(commune_world(), "B02", commune_code(), "2026-H1", {"--by", "month"}).json();
  ASSERT_EQ(answer.at("rows").as_array().size(), 6U);
  EXPECT_EQ(text_at(answer.at("rows").as_array().front().as_object(), "month"), "2025-12") << "the association's half-year begins in December";
  EXPECT_EQ(text_at(answer.at("rows").as_array().back().as_object(), "month"), "2026-05");
  EXPECT_EQ(sum_of(answer), answer.at("value").as_int64());
}

TEST(Figure, By_month_of_members_ends_with_the_value) {
  const auto answer = figure(commune_world(), "B01", commune_code(), "2026-H1", {"--by", "month"}).json();
  EXPECT_EQ(answer.at("rows").as_array().back().as_object().at("value").as_int64(), answer.at("value").as_int64());
}

TEST(Figure, Total_of_the_country_is_the_same_in_both_territories) {
  for (const std::string measure : {"B01", "B02", "C01", "D02"}) {
    const auto today = figure(commune_world(), measure, "VN", "2026-H1").json();
    const auto before = figure(commune_world(), measure, "VN", "2026-H1", {"--territory", "2025-06-30"}).json();
    EXPECT_EQ(today.at("value").as_int64(), before.at("value").as_int64()) << measure;
    EXPECT_EQ(text_at(before, "territory"), "2025-06-30");
  }
}

TEST(Figure, Of_a_unit_of_another_day_stands_in_that_days_tree) {
  const std::string province = commune_code().substr(0, commune_code().find('/'));
  const auto answer = figure(commune_world(), "B01", province + "@2025-06-30", "2025-H1").json();
  EXPECT_EQ(text_at(answer, "territory"), "2025-06-30");
}

TEST(Figure, Of_a_unit_that_was_not_there_is_refused_and_names_who_was) {
  const std::string province = commune_code().substr(0, commune_code().find('/'));
  const Said said = figure(commune_world(), "B01", province, "2025-H1", {"--territory", "2025-06-30"});
  EXPECT_TRUE(said.one_line_refusal()) << said.out << said.error;
  EXPECT_NE(said.error.find(province + "@2025-06-30"), std::string::npos) << said.error;
}

TEST(Figure, Children_of_another_day_are_asked_by_the_names_that_the_breakdown_prints) {
  const auto before = figure(commune_world(), "B01", "VN", "2025-H1", {"--territory", "2025-06-30", "--by", "child"}).json();
  for (const auto& row : before.at("rows").as_array()) {
    const std::string unit(row.as_object().at("unit").as_string());
    if (unit == "VN") continue;
    const auto alone = figure(commune_world(), "B01", unit, "2025-H1", {"--territory", "2025-06-30"}).json();
    EXPECT_EQ(alone.at("value").as_int64(), row.as_object().at("value").as_int64()) << unit;
  }
}

TEST(Figure, Of_a_part_of_a_measure_is_asked_with_a_dot) {
  const auto whole = figure(commune_world(), "B01", commune_code(), "2026-H1").json();
  const auto women = figure(commune_world(), "B01.nu", commune_code(), "2026-H1").json();
  EXPECT_EQ(text_at(women, "measure"), "B01.nu");
  EXPECT_LE(women.at("value").as_int64(), whole.at("value").as_int64());
}

TEST(Figure, Rate_is_a_number_and_an_undefined_one_is_null) {
  const auto rate = figure(commune_world(), "A03", "VN", "2026-H1").json();
  EXPECT_TRUE(rate.at("value").is_double() || rate.at("value").is_null()) << json::serialize(rate);
  const auto before_anything = figure(commune_world(), "A03", commune_code(), "1990-H1").json();
  EXPECT_TRUE(before_anything.at("value").is_null() || before_anything.at("value").is_double()) << json::serialize(before_anything);
}

TEST(Figure, Official_is_what_was_closed_and_has_no_months) {
  const auto answer = figure(commune_world(), "B01", "VN", "2025", {"--lens", "official"});
  if (answer.status == 0) EXPECT_EQ(text_at(answer.json(), "lens"), "official");
  else EXPECT_TRUE(answer.one_line_refusal()) << answer.error;
  EXPECT_TRUE(figure(commune_world(), "B01", "VN", "2025", {"--lens", "official", "--by", "month"}).one_line_refusal());
}

TEST(Figure, For_people_names_measure_unit_period_and_total) {
  const Said said = run_program({"figure", "B01", "--unit", commune_code(), "--period", "2026-H1", "--by", "child", "--data", commune_world(), "--today", std::string(test_today)});
  EXPECT_EQ(said.status, 0) << said.error;
  for (const std::string part : {"hội viên", "Hội Khuyến học", "6 tháng đầu năm 2026", "Số tạm tính", "Số chung của đơn vị", "Cả đơn vị:"})
    EXPECT_NE(said.out.find(part), std::string::npos) << part << " is missing in:\n" << said.out;
}

}  // namespace
}  // namespace khuyenhoc
