// How the forms of the period and the reports of rounds join: each thing stands once.
#include "home/reports_due.h"

#include <gtest/gtest.h>

namespace khuyenhoc::home {
namespace {

NamedPeriod first_half() {
  NamedPeriod out;
  out.period = Period{Day::of(2025, 12, 1), Day::of(2026, 5, 31)};
  return out;
}

Duties with_a_grid() {
  Duties out;
  Due due;
  due.form.kind = DueForm::Kind::grid;
  due.mine = true;
  out.due.push_back(due);
  return out;
}

TEST(ReportsDue, A_report_that_is_received_or_closed_leaves_nothing_to_enter) {
  Duties duties = with_a_grid();
  ReportsDue reports;
  join(duties, reports, first_half(), Day::of(2026, 6, 8));
  EXPECT_EQ(duties.due.size(), 1U) << "nobody asked yet: the form stands by itself";
  reports.settled.push_back(Period{Day::of(2024, 12, 1), Day::of(2025, 5, 31)});
  join(duties, reports, first_half(), Day::of(2026, 6, 8));
  EXPECT_EQ(duties.due.size(), 1U) << "another window";
  reports.settled.push_back(first_half().period);
  join(duties, reports, first_half(), Day::of(2026, 6, 8));
  EXPECT_TRUE(duties.due.empty());
}

TEST(ReportsDue, What_comes_after_closing_counts_as_mine) {
  ReportsDue reports;
  EXPECT_EQ(reports.mine(), 0);
  reports.after_closing.push_back({});
  EXPECT_EQ(reports.mine(), 1);
}

}  // namespace
}  // namespace khuyenhoc::home
