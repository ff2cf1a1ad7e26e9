// What the rules of signed reports share: totals of a region out of closed rounds, names, the trail's sentences, the way up.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/i18n.h"
#include "signed_reports/signed_reports.h"

namespace khuyenhoc::signed_reports {

// What the official lens adds up for the body's whole subtree in the tree of the period's last day, and the closings it takes it from. Lines that stand under
// the body are in it, its own closing is none of the children.
struct RegionTotals {
  std::map<Series, std::int64_t> totals;
  std::vector<UsedChild> children;       // by closing
};
RegionTotals region_totals(const LedgerView& view, const std::string& family, Period period, BodyId body);

// The lens with these frozen reports in force besides what is.
LedgerView view_with(const House& house, std::shared_ptr<const ClosedRounds> closed, std::span<const FrozenReport> more);
// Reports received by the body that are not closed yet, and no branches.
std::vector<RoundReport> received_below(db::Reader& reader, const RoundReport& report);
// The reports that contain this one, nearest first.
std::vector<RoundReport> reports_above(db::Reader& reader, const RoundReport& report);
std::string name_of(const House& house, BodyId body, Day day);
std::string report_name(const House& house, const RoundReport& report);     // "báo cáo 6 tháng đầu năm 2026 của Hội Khuyến học xã Ea Kar"
void tell(db::Writer& writer, const House& house, const Viewer& viewer, const RoundReport& report, std::string_view action, const std::string& summary, const std::string& reason = {});

// First day of the term of the executive committee that the day falls in.
std::optional<Day> term_began(db::Reader& reader, BodyId body, Day day);
// The number, who signs and how it reads: the part of a version that does not come from figures.
Result<SignedVersion> signed_frame(db::Writer& writer, const House& house, const Viewer& viewer, const RoundReport& report, std::int64_t holding);
// Works out the totals with its own figures in force, seals all of it under its digest and stores it.
SignedVersion keep_version(db::Writer& writer, const House& house, SignedVersion frame, const FrozenReport& frozen, std::vector<FrozenText> texts);
// Every signed report above that did not use this version is told, and its office gets a notice.
void tell_above(db::Writer& writer, const House& house, const Viewer& viewer, const RoundReport& report, const SignedVersion& version, const std::string& reason);
// Puts the last signed version in force and closes the report.
Result<void> close_one(db::Writer& writer, const House& house, const Viewer& viewer, const RoundReport& report);

inline Refusal unknown_report() { return {"report.unknown", tr("Không có báo cáo này, hoặc báo cáo không thuộc phạm vi của ông/bà."), {}}; }

}  // namespace khuyenhoc::signed_reports
