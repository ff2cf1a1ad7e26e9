// The rows of rounds: what was asked, each body's report, who passed it down, what happened.
#pragma once

#include "rounds/reporting_round.h"

namespace khuyenhoc::rounds_sql {

void insert_round(db::Writer& writer, const ReportingRound& round);
void add_version(db::Writer& writer, const ReportingRound& round, FormVersionId version);      // behind those it has pinned
// Its time of closing to entry; none where somebody else changed the row first.
bool update_round(db::Writer& writer, const ReportingRound& round, std::int64_t expected_version);

void insert_reports(db::Writer& writer, std::span<const RoundReport> reports);
// State, times, names, marks, receiver, round and due day of a row; false where somebody else changed it first.
bool update_report(db::Writer& writer, const RoundReport& report, std::int64_t expected_version);
// Every report of a form and window, whatever round: body, round, receiver and row version are what decides who may still be asked.
std::vector<RoundReport> reports_of_form(db::Reader& reader, std::string_view form, Period window);
// How many of those that send to a body stand in which state.
struct StateCount {
  BodyKind::Level level = BodyKind::Level::commune;
  ReportState state = ReportState::not_started;
  std::size_t count = 0;
};
std::vector<StateCount> count_sent_to(db::Reader& reader, BodyId office, std::string_view form, Period window);
// Branches of one association get another due day, as long as they have not sent.
std::int64_t set_due(db::Writer& writer, RoundId round, BodyId association, std::optional<Day> due);

void keep_passing(db::Writer& writer, const RoundPassing& passing);
void insert_event(db::Writer& writer, const ReportEvent& event);
// Whether the round of a report was closed to entry, and when.
std::optional<std::int64_t> entry_closed_ms(db::Reader& reader, RoundId round);

}  // namespace khuyenhoc::rounds_sql
