#include "measures/periods.h"

#include <gtest/gtest.h>

namespace khuyenhoc {
namespace {

const Periods& house() { return Periods::house(); }

TEST(NamedPeriods, The_first_half_of_the_associations_reports_begins_in_December) {
  const auto half = house().parse_name("bao_cao", "2026-H1");
  ASSERT_TRUE(half);
  EXPECT_EQ(half->period.iso(), "2025-12-01..2026-05-31");
  EXPECT_EQ(house().label(*half, Language::vietnamese), "6 tháng đầu năm 2026");
  EXPECT_EQ(half->name(), "2026-H1");
  EXPECT_EQ(house().due(*half, "branch"), Day::of(2026, 6, 5));
  EXPECT_EQ(house().due(*half, "commune"), Day::of(2026, 6, 10));
  EXPECT_EQ(house().due(*half, "province"), Day::of(2026, 6, 20));
  EXPECT_EQ(house().parse_period("bao_cao", "2026")->iso(), "2025-12-01..2026-11-30");
  EXPECT_EQ(house().parse_period("quy", "2026")->iso(), "2026-01-01..2026-12-31");
  EXPECT_EQ(house().parse_period("bao_cao", "2026-9M")->iso(), "2025-12-01..2026-08-31");
  EXPECT_EQ(house().parse_period("bao_cao", "2026-05"), Period::month(2026, 5));
  EXPECT_EQ(house().parse_period("bao_cao", "SY2025")->iso(), "2025-09-01..2026-08-31");
  EXPECT_EQ(house().parse_period("bao_cao", "2020-2025")->iso(), "2020-12-01..2025-11-30");
  EXPECT_EQ(house().parse_period("bao_cao", "2026-01-05..2026-02-03")->iso(), "2026-01-05..2026-02-03");
  EXPECT_FALSE(house().parse_period("bao_cao", "2026-H3"));
  EXPECT_FALSE(house().parse_name("nhiem_ky", "2021-2026"));
  EXPECT_FALSE(house().parse_name("khong_co", "2026"));
}

TEST(NamedPeriods, Chain_without_gap_or_overlap) {
  for (const auto& family : house().families())
    for (const auto& window : family.windows)
      for (int year = 2010; year < 2030; ++year) {
        const auto now = house().named(family.code, window.code, year);
        if (!now) continue;
        if (window.code == "9M") continue;   // stands beside the chain
        EXPECT_EQ(house().before(*now).period.last + 1, now->period.first) << family.code << " " << now->name();
      }
  const auto half = *house().parse_name("bao_cao", "2026-H1");
  EXPECT_EQ(house().before(half).name(), "2025-H2");
  EXPECT_EQ(house().before(*house().parse_name("bao_cao", "2026-Q1")).name(), "2025-Q4");
  EXPECT_EQ(house().before(*house().parse_name("bao_cao", "2026-9M")).name(), "2025-9M");
  EXPECT_EQ(house().same_last_year(half).name(), "2025-H1");
  EXPECT_EQ(house().before(Period::month(2026, 5)), Period::month(2026, 4));
}

TEST(NamedPeriods, A_day_lies_in_its_windows) {
  const auto found = house().at("bao_cao", Day::of(2025, 12, 5));
  ASSERT_EQ(found.size(), 4u);
  EXPECT_EQ(found[0].name(), "2026-Q1");
  EXPECT_EQ(found[1].name(), "2026-H1");
  EXPECT_EQ(found[3].name(), "2026");
  EXPECT_EQ(house().at("nam_hoc", Day::of(2026, 8, 31)).front().name(), "SY2025");
  EXPECT_EQ(house().at("nhiem_ky", Day::of(2026, 8, 31)).front().name(), "2025-2030");
  EXPECT_EQ(house().find(Period{Day::of(2025, 12, 1), Day::of(2026, 2, 28)})->name(), "2026-Q1");
  EXPECT_EQ(house().find(Period{Day::of(2023, 12, 1), Day::of(2024, 2, 29)})->name(), "2024-Q1");
  EXPECT_LT(house().rank(*house().parse_period("bao_cao", "2026-H2")), house().rank(*house().parse_period("nam_hoc", "SY2025")));
  EXPECT_LT(house().rank(*house().parse_period("nam_hoc", "SY2025")), house().rank(Period::month(2026, 1)));
}

TEST(NamedPeriods, A_chain_with_a_gap_is_refused) {
  const auto made = Periods::parse(R"([[family]]
code = "x"
vi = "x"
en = "x"
names = "year"
[[family.window]]
code = "H1"
first = { year = 0, month = 1, day = 1 }
last = { year = 0, month = 5, day = 31 }
after = "H2"
vi = "a"
en = "a"
[[family.window]]
code = "H2"
first = { year = 0, month = 7, day = 1 }
last = { year = 0, month = 12, day = 31 }
vi = "b"
en = "b"
)");
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, "periods.chain");
}

}  // namespace
}  // namespace khuyenhoc
