#include "rounds/rounds_queries.h"

#include <boost/json.hpp>

namespace khuyenhoc {
namespace {

namespace json = boost::json;

std::string texts_json(const std::vector<std::string>& texts) {
  json::array out;
  for (const std::string& text : texts) out.emplace_back(text);
  return json::serialize(out);
}
std::string bodies_json(const std::vector<BodyId>& bodies) {
  json::array out;
  for (const BodyId body : bodies) out.emplace_back(body.value);
  return json::serialize(out);
}
std::vector<std::string> texts_of(std::string_view text) {
  std::vector<std::string> out;
  const json::value parsed = json::parse(text);
  for (const json::value& one : parsed.as_array()) out.emplace_back(one.as_string());
  return out;
}
std::vector<BodyId> bodies_of(std::string_view text) {
  std::vector<BodyId> out;
  const json::value parsed = json::parse(text);
  for (const json::value& one : parsed.as_array()) out.push_back(BodyId{one.to_number<std::int64_t>()});
  return out;
}

ReportingRound round_of_row(const db::Row& row) {
  ReportingRound out;
  out.id = row.id<RoundId>(0);
  out.uid = row.uuid(1);
  out.office = row.id<BodyId>(2);
  out.form = row.text(3);
  out.period = {std::string(row.text(4)), std::string(row.text(5)), static_cast<int>(row.number(6)), {row.day(7), row.day(8)}};
  out.title = row.text(9);
  out.message = row.text(10);
  out.asked = {row.as<AskedBodies::How>(11), texts_of(row.text(12)), bodies_of(row.text(13))};
  out.depth = row.as<RoundDepth>(14);
  out.due = {row.maybe_day(15), row.maybe_day(16), row.maybe_day(17), row.maybe_day(18)};
  out.by = row.id<UserId>(19);
  out.opened_ms = row.number(20);
  out.entry_closed_ms = row.maybe_number(21);
  out.row_version = row.number(22);
  return out;
}

RoundReport report_of_row(const db::Row& row) {
  RoundReport out;
  out.id = row.id<ReportId>(0);
  out.round = row.id<RoundId>(1);
  out.body = row.id<BodyId>(2);
  out.sends_to = row.id<BodyId>(3);
  out.level = row.as<BodyKind::Level>(4);
  out.form = row.text(5);
  out.window = {row.day(6), row.day(7)};
  out.due = row.maybe_day(8);
  out.state = row.as<ReportState>(9);
  out.row_version = row.number(10);
  out.confirmed_by = row.text(11);
  out.submitted_ms = row.maybe_number(12);
  out.sent_ms = row.maybe_number(13);
  out.received_ms = row.maybe_number(14);
  out.returned_ms = row.maybe_number(15);
  out.closed_ms = row.maybe_number(16);
  out.added_late_ms = row.maybe_number(17);
  out.reason = row.text(18);
  out.behalf_user = row.id<UserId>(19);
  out.behalf_body = row.id<BodyId>(20);
  out.behalf_name = row.text(21);
  out.behalf_how = row.text(22);
  return out;
}

ReportEvent event_of_row(const db::Row& row) {
  return {row.number(0), row.id<ReportId>(1), row.id<RoundId>(2), row.id<BodyId>(3), row.number(4), row.id<UserId>(5), std::string(row.text(6)), row.as<ReportStep>(7),
          row.as<ReportState>(8), row.as<ReportState>(9), std::string(row.text(10))};
}

db::Value maybe(BodyId body) { return body ? db::Value(body) : db::Value(); }
db::Value maybe(UserId user) { return user ? db::Value(user) : db::Value(); }

constexpr std::string_view select_versions = "SELECT version FROM round_form WHERE round = $1 ORDER BY place";
ReportingRound with_versions(db::Reader& reader, ReportingRound round) {
  round.form_versions = reader.all(select_versions, {round.id}, [](const db::Row& row) { return row.id<FormVersionId>(0); });
  return round;
}
std::vector<ReportingRound> with_versions(db::Reader& reader, std::vector<ReportingRound> rounds) {
  for (ReportingRound& round : rounds) round = with_versions(reader, std::move(round));
  return rounds;
}

}  // namespace

constexpr std::string_view select_round =
    "SELECT id, uid, office, form, family, window_code, window_year, first_day, last_day, title, message, asked_how, asked_kinds, asked_bodies, depth, due_centre, due_province, "
    "due_commune, due_branch, by_user, opened_ms, entry_closed_ms, row_version FROM round WHERE id = $1";
std::optional<ReportingRound> find_round(db::Reader& reader, RoundId id) {
  auto out = reader.first(select_round, {id}, round_of_row);
  return out ? std::optional(with_versions(reader, std::move(*out))) : std::nullopt;
}

constexpr std::string_view select_rounds_of_office =
    "SELECT id, uid, office, form, family, window_code, window_year, first_day, last_day, title, message, asked_how, asked_kinds, asked_bodies, depth, due_centre, due_province, "
    "due_commune, due_branch, by_user, opened_ms, entry_closed_ms, row_version FROM round WHERE office = $1 ORDER BY opened_ms DESC, id DESC";
std::vector<ReportingRound> rounds_opened_by(db::Reader& reader, BodyId office) { return with_versions(reader, reader.all(select_rounds_of_office, {office}, round_of_row)); }

constexpr std::string_view select_rounds_of_body =
    "SELECT r.id, r.uid, r.office, r.form, r.family, r.window_code, r.window_year, r.first_day, r.last_day, r.title, r.message, r.asked_how, r.asked_kinds, r.asked_bodies, r.depth, "
    "r.due_centre, r.due_province, r.due_commune, r.due_branch, r.by_user, r.opened_ms, r.entry_closed_ms, r.row_version "
    "FROM report p JOIN round r ON r.id = p.round WHERE p.body = $1 AND r.office <> $1 ORDER BY r.opened_ms DESC, r.id DESC";
std::vector<ReportingRound> rounds_asking(db::Reader& reader, BodyId body) { return with_versions(reader, reader.all(select_rounds_of_body, {body}, round_of_row)); }

constexpr std::string_view select_rounds_on_form =
    "SELECT r.id, r.uid, r.office, r.form, r.family, r.window_code, r.window_year, r.first_day, r.last_day, r.title, r.message, r.asked_how, r.asked_kinds, r.asked_bodies, r.depth, "
    "r.due_centre, r.due_province, r.due_commune, r.due_branch, r.by_user, r.opened_ms, r.entry_closed_ms, r.row_version "
    "FROM round_form f JOIN round r ON r.id = f.round WHERE f.version = $1 ORDER BY r.opened_ms DESC, r.id DESC";
std::vector<ReportingRound> rounds_on_form(db::Reader& reader, FormVersionId version) { return with_versions(reader, reader.all(select_rounds_on_form, {version}, round_of_row)); }

constexpr std::string_view select_report =
    "SELECT id, round, body, sends_to, body_level, form, first_day, last_day, due, state, row_version, confirmed_by, submitted_ms, sent_ms, received_ms, returned_ms, closed_ms, "
    "added_late_ms, reason, behalf_user, behalf_body, behalf_name, behalf_how FROM report WHERE id = $1";
std::optional<RoundReport> find_report(db::Reader& reader, ReportId id) { return reader.first(select_report, {id}, report_of_row); }

constexpr std::string_view select_report_of =
    "SELECT id, round, body, sends_to, body_level, form, first_day, last_day, due, state, row_version, confirmed_by, submitted_ms, sent_ms, received_ms, returned_ms, closed_ms, "
    "added_late_ms, reason, behalf_user, behalf_body, behalf_name, behalf_how FROM report WHERE round = $1 AND body = $2";
std::optional<RoundReport> report_of(db::Reader& reader, RoundId round, BodyId body) { return reader.first(select_report_of, {round, body}, report_of_row); }

constexpr std::string_view select_in_window =
    "SELECT id, round, body, sends_to, body_level, form, first_day, last_day, due, state, row_version, confirmed_by, submitted_ms, sent_ms, received_ms, returned_ms, closed_ms, "
    "added_late_ms, reason, behalf_user, behalf_body, behalf_name, behalf_how FROM report WHERE body = $1 AND last_day = $3 AND first_day = $2 ORDER BY form";
std::vector<RoundReport> reports_in_window(db::Reader& reader, BodyId body, Period window) {
  return reader.all(select_in_window, {body, window.first, window.last}, report_of_row);
}

std::optional<RoundReport> report_in_window(db::Reader& reader, BodyId body, std::string_view form, Period window) {
  for (RoundReport& one : reports_in_window(reader, body, window))
    if (one.form == form) return std::move(one);
  return std::nullopt;
}

constexpr std::string_view select_of_round =
    "SELECT id, round, body, sends_to, body_level, form, first_day, last_day, due, state, row_version, confirmed_by, submitted_ms, sent_ms, received_ms, returned_ms, closed_ms, "
    "added_late_ms, reason, behalf_user, behalf_body, behalf_name, behalf_how FROM report WHERE round = $1 ORDER BY body";
std::vector<RoundReport> reports_of_round(db::Reader& reader, RoundId round) { return reader.all(select_of_round, {round}, report_of_row); }

constexpr std::string_view select_of_body =
    "SELECT id, round, body, sends_to, body_level, form, first_day, last_day, due, state, row_version, confirmed_by, submitted_ms, sent_ms, received_ms, returned_ms, closed_ms, "
    "added_late_ms, reason, behalf_user, behalf_body, behalf_name, behalf_how FROM report WHERE body = $1 ORDER BY last_day DESC, first_day DESC, form";
std::vector<RoundReport> reports_of_body(db::Reader& reader, BodyId body) { return reader.all(select_of_body, {body}, report_of_row); }

constexpr std::string_view select_sent_to =
    "SELECT id, round, body, sends_to, body_level, form, first_day, last_day, due, state, row_version, confirmed_by, submitted_ms, sent_ms, received_ms, returned_ms, closed_ms, "
    "added_late_ms, reason, behalf_user, behalf_body, behalf_name, behalf_how FROM report WHERE sends_to = $1 AND last_day = $4 AND first_day = $3 AND form = $2 ORDER BY body";
std::vector<RoundReport> reports_sent_to(db::Reader& reader, BodyId office, std::string_view form, Period window) {
  return reader.all(select_sent_to, {office, form, window.first, window.last}, report_of_row);
}

constexpr std::string_view select_events =
    "SELECT id, report, round, body, at_ms, by_user, by_name, step, from_state, to_state, reason FROM report_event WHERE report = $1 ORDER BY at_ms, id";
std::vector<ReportEvent> events_of_report(db::Reader& reader, ReportId report) { return reader.all(select_events, {report}, event_of_row); }

constexpr std::string_view select_passing = "SELECT due, message, by_user, at_ms, row_version FROM round_passing WHERE round = $1 AND association = $2";
std::optional<RoundPassing> passing_of(db::Reader& reader, RoundId round, BodyId association) {
  return reader.first(select_passing, {round, association}, [&](const db::Row& row) {
    return RoundPassing{round, association, row.maybe_day(0), std::string(row.text(1)), row.id<UserId>(2), row.number(3), row.number(4)};
  });
}

constexpr std::string_view count_kept = "SELECT body, COUNT(*) FROM report WHERE last_day >= $1 AND state <> 0 GROUP BY body";
std::map<BodyId, std::int64_t> reports_kept_from(db::Reader& reader, Day from) {
  std::map<BodyId, std::int64_t> out;
  reader.each(count_kept, {from}, [&](const db::Row& row) { out.emplace(row.id<BodyId>(0), row.number(1)); });
  return out;
}

namespace rounds_sql {

constexpr std::string_view insert_one_round =
    "INSERT INTO round (id, uid, office, form, family, window_code, window_year, first_day, last_day, title, message, asked_how, asked_kinds, asked_bodies, depth, due_centre, "
    "due_province, due_commune, due_branch, by_user, opened_ms, entry_closed_ms, row_version) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)";
constexpr std::string_view insert_version = "INSERT INTO round_form (round, place, version) VALUES ($1, $2, $3)";
void insert_round(db::Writer& writer, const ReportingRound& round) {
  writer.run(insert_one_round, {round.id, round.uid, round.office, round.form, round.period.family, round.period.window, round.period.year, round.period.period.first,
                                round.period.period.last, round.title, round.message, round.asked.how, texts_json(round.asked.kinds), bodies_json(round.asked.bodies), round.depth,
                                round.due.centre, round.due.province, round.due.commune, round.due.branch, round.by, round.opened_ms, round.entry_closed_ms, round.row_version});
  int place = 0;
  for (const FormVersionId version : round.form_versions) writer.run(insert_version, {round.id, ++place, version});
}

void add_version(db::Writer& writer, const ReportingRound& round, FormVersionId version) {
  writer.run(insert_version, {round.id, static_cast<std::int64_t>(round.form_versions.size()) + 1, version});
}

constexpr std::string_view update_one_round = "UPDATE round SET entry_closed_ms = $3, row_version = row_version + 1 WHERE id = $1 AND row_version = $2";
bool update_round(db::Writer& writer, const ReportingRound& round, std::int64_t expected_version) {
  return writer.run(update_one_round, {round.id, expected_version, round.entry_closed_ms}) == 1;
}

void insert_reports(db::Writer& writer, std::span<const RoundReport> reports) {
  std::size_t at = 0;
  writer.copy_in("report", {"id", "round", "body", "sends_to", "body_level", "form", "first_day", "last_day", "due", "state", "row_version", "confirmed_by", "added_late_ms", "reason",
                            "behalf_name", "behalf_how"},
                 [&](db::Values& row) {
                   if (at == reports.size()) return false;
                   const RoundReport& one = reports[at++];
                   row = {one.id, one.round, one.body, maybe(one.sends_to), one.level, one.form, one.window.first, one.window.last, one.due, one.state, one.row_version, one.confirmed_by,
                          one.added_late_ms, one.reason, one.behalf_name, one.behalf_how};
                   return true;
                 });
}

constexpr std::string_view update_one_report =
    "UPDATE report SET round = $3, sends_to = $4, due = $5, state = $6, row_version = row_version + 1, confirmed_by = $7, submitted_ms = $8, sent_ms = $9, received_ms = $10, "
    "returned_ms = $11, closed_ms = $12, reason = $13, behalf_user = $14, behalf_body = $15, behalf_name = $16, behalf_how = $17 WHERE id = $1 AND row_version = $2";
bool update_report(db::Writer& writer, const RoundReport& one, std::int64_t expected_version) {
  return writer.run(update_one_report, {one.id, expected_version, one.round, maybe(one.sends_to), one.due, one.state, one.confirmed_by, one.submitted_ms, one.sent_ms, one.received_ms,
                                        one.returned_ms, one.closed_ms, one.reason, maybe(one.behalf_user), maybe(one.behalf_body), one.behalf_name, one.behalf_how}) == 1;
}

constexpr std::string_view select_of_form = "SELECT id, round, body, sends_to, row_version FROM report WHERE last_day = $3 AND first_day = $2 AND form = $1";
std::vector<RoundReport> reports_of_form(db::Reader& reader, std::string_view form, Period window) {
  return reader.all(select_of_form, {form, window.first, window.last}, [](const db::Row& row) {
    RoundReport out;
    out.id = row.id<ReportId>(0);
    out.round = row.id<RoundId>(1);
    out.body = row.id<BodyId>(2);
    out.sends_to = row.id<BodyId>(3);
    out.row_version = row.number(4);
    return out;
  });
}

constexpr std::string_view count_states =
    "SELECT body_level, state, COUNT(*) FROM report WHERE sends_to = $1 AND last_day = $4 AND first_day = $3 AND form = $2 GROUP BY body_level, state";
std::vector<StateCount> count_sent_to(db::Reader& reader, BodyId office, std::string_view form, Period window) {
  return reader.all(count_states, {office, form, window.first, window.last},
                    [](const db::Row& row) { return StateCount{row.as<BodyKind::Level>(0), row.as<ReportState>(1), static_cast<std::size_t>(row.number(2))}; });
}

constexpr std::string_view update_due = "UPDATE report SET due = $3 WHERE round = $1 AND sends_to = $2";
std::int64_t set_due(db::Writer& writer, RoundId round, BodyId association, std::optional<Day> due) { return writer.run(update_due, {round, association, due}); }

constexpr std::string_view upsert_passing =
    "INSERT INTO round_passing (round, association, due, message, by_user, at_ms, row_version) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (round, association) DO UPDATE SET "
    "due = excluded.due, message = excluded.message, by_user = excluded.by_user, at_ms = excluded.at_ms, row_version = excluded.row_version";
void keep_passing(db::Writer& writer, const RoundPassing& passing) {
  writer.run(upsert_passing, {passing.round, passing.association, passing.due, passing.message, passing.by, passing.at_ms, passing.row_version});
}

constexpr std::string_view insert_one_event =
    "INSERT INTO report_event (id, report, round, body, at_ms, by_user, by_name, step, from_state, to_state, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
void insert_event(db::Writer& writer, const ReportEvent& event) {
  writer.run(insert_one_event, {event.id, event.report, event.round, event.body, event.at_ms, event.by, event.by_name, event.step, event.from, event.to, event.reason});
}

constexpr std::string_view select_entry_closed = "SELECT entry_closed_ms FROM round WHERE id = $1";
std::optional<std::int64_t> entry_closed_ms(db::Reader& reader, RoundId round) { return reader.first_number(select_entry_closed, {round}); }

}  // namespace rounds_sql
}  // namespace khuyenhoc
