#include "rounds/round_parts.h"

#include <algorithm>

#include <boost/json.hpp>

#include "rounds/rounds_queries.h"

namespace khuyenhoc {
namespace rounds {

Day asking_day(Period window, Day today) { return std::max(window.first, std::min(window.last, today)); }

std::string window_name(const NamedPeriod& period) { return period.window.empty() ? period.period.iso() : period.name(); }

std::string name_on(const Organisation& organisation, BodyId body, Day day) {
  const Body* known = organisation.find(body);
  return known == nullptr ? std::string() : known->on(day).name;
}

BodyId reports_to(const Organisation& organisation, BodyId body, Day day) {
  BodyId at = organisation.body(body).on(day).superior;
  while (at && organisation.kind(at).level == BodyKind::Level::branch) at = organisation.body(at).on(day).superior;
  return at;
}

void tell_trail(db::Writer& writer, const House& house, const Viewer& viewer, BodyId body, std::string_view noun, std::int64_t record, std::string_view action,
                const std::string& summary, const std::string& reason) {
  house.trail.write(writer, viewer, body, noun, record, action, {}, boost::json::serialize(boost::json::object{{"summary", summary}}), reason);
}

void tell_event(db::Writer& writer, const House& house, const Viewer& viewer, const RoundReport& report, ReportStep step, ReportState from, ReportState to, const std::string& reason) {
  rounds_sql::insert_event(writer, {house.store.new_id(), report.id, report.round, report.body, house.clock.now_ms(), viewer.user(), viewer.name(), step, from, to, reason});
}

}  // namespace rounds

void tell_report_event(db::Writer& writer, const House& house, const Viewer& viewer, const RoundReport& report, ReportStep step, const std::string& reason) {
  rounds::tell_event(writer, house, viewer, report, step, report.state, report.state, reason);
}

}  // namespace khuyenhoc
