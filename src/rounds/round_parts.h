// What the rules of rounds share: names of bodies, the trail's sentences, who may do what.
#pragma once

#include <string>

#include "base/i18n.h"
#include "rounds/reporting_round.h"

namespace khuyenhoc::rounds {

// The day on whose tree a round asks: its cut-off, or today while that is still to come.
Day asking_day(Period window, Day today);
// As addresses name a window: "2026-H1", or its days where it has no name.
std::string window_name(const NamedPeriod& period);
std::string name_on(const Organisation& organisation, BodyId body, Day day);
// The nearest body above that is no branch: whom a body reports to.
BodyId reports_to(const Organisation& organisation, BodyId body, Day day);
// Whoever keeps the association's figures does its daily work: passing down is part of it, as it is of whoever receives.
inline bool may_pass_down(const Viewer& viewer, BodyId association) { return viewer.may(Permission::enter_figures, association) || viewer.may(Permission::receive, association); }
// One entry of the trail about a round or a report, with a ready Vietnamese sentence.
void tell_trail(db::Writer& writer, const House& house, const Viewer& viewer, BodyId body, std::string_view noun, std::int64_t record, std::string_view action,
                const std::string& summary, const std::string& reason = {});
void tell_event(db::Writer& writer, const House& house, const Viewer& viewer, const RoundReport& report, ReportStep step, ReportState from, ReportState to, const std::string& reason);

inline Refusal unknown_round() { return {"round.unknown", tr("Không có đợt báo cáo này, hoặc đợt này không thuộc phạm vi của ông/bà."), {}}; }
inline Refusal stale_round() { return {"round.stale", tr("Đợt báo cáo này vừa được người khác sửa. Xin xem lại rồi làm tiếp."), {}}; }

}  // namespace khuyenhoc::rounds
