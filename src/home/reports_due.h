// What rounds of reports ask of whoever opens the home page, beside the forms of the period: which of these it stands for, and which it only joins.
#pragma once

#include "home/duties.h"
#include "rounds/rounds.h"
#include "signed_reports/signed_reports.h"

namespace khuyenhoc::home {

struct ReportsDue {
  std::vector<RoundDuty> returned, due, waiting;         // in the order of ui.md: sent back to me; due, to sign, to receive, to pass down; with another
  std::vector<SignedTask> after_closing;                 // adjustments to sign, figures that changed under a signed report
  std::vector<Period> settled;                           // windows whose report is received or closed: nothing is left to enter
  std::int64_t mine() const;
};
ReportsDue reports_due(const House& house, const Viewer& viewer);
// Forms and reports of one window are one thing: the forms take the due day of the report and are gone while it is out of hand; the form of a branch stands for its
// report, and the report of an office above communes for how far they have come.
void join(Duties& duties, ReportsDue& reports, const NamedPeriod& period, Day today);

}  // namespace khuyenhoc::home
