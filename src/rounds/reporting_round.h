// The reporting round: an office asks its bodies for their figures of one window; each report has a state, which moves only along allowed steps, each step told.
//
// Rows (migrations/): round (what was asked), report (one a body: state, whom it goes to, due day), round_passing (a commune passed it down), report_event (who,
// when, from which state to which, why). A body has at most one report of a form and window, whatever office asks for it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/viewer.h"
#include "measures/entered.h"
#include "measures/periods.h"
#include "shell/house.h"

namespace khuyenhoc {

using RoundId = Id<struct RoundTag>;
using ReportId = Id<struct ReportTag>;
using FormVersionId = Id<struct FormVersionTag>;               // forms/forms.h

// ---- states and steps

// As stored. not_started and entering of a report without a step of its own are derived from what was entered (shown_state).
enum class ReportState : std::int64_t {
  not_started = 0,       // "Chưa nhập"
  entering = 1,          // "Đang nhập"
  waiting_for_head = 2,  // "Chờ Chủ tịch duyệt"
  sent = 3,              // "Đã gửi"; of a branch: "Đã xác nhận"
  received = 4,          // "Đã tiếp nhận"
  returned = 5,          // "Đề nghị sửa"
  closed = 6,            // "Đã chốt"
};
std::string report_state_words(ReportState state, BodyKind::Level level);
std::string_view report_state_look(ReportState state);         // class of `state` on pages: "good", "attention", "bad", "wait"
// Its figures are out of the hands of those who type: waiting for the head, sent, received, closed.
bool is_locked(ReportState state);

enum class ReportStep : std::int64_t {
  submit = 1,            // "Trình Chủ tịch duyệt": not started, entering, returned -> waiting
  take_back = 2,         // "Lấy lại để sửa", or the head gives it back with a reason: waiting -> entering
  send = 3,              // signed and sent; a branch confirms: not started, entering, returned, waiting -> sent
  withdraw = 4,          // "Rút lại": sent -> entering, as long as nobody received it
  receive = 5,           // "Tiếp nhận": sent -> received
  give_back = 6,         // "Đề nghị sửa", with a reason: sent, received -> returned
  close = 7,             // "Chốt": received -> closed
  add_late = 8,          // a body asked after the round was opened (an event, no step of the state)
  on_behalf = 9,         // somebody else enters for the body (an event)
  adjusted = 10,         // a closed report below it, or its own, was adjusted (an event; told by signed_reports)
  moved = 11,            // an office above opened a round of the same form and window, and the report goes there (an event)
};
// The state after a step, or none where it is not allowed there.
std::optional<ReportState> state_after(ReportState state, ReportStep step);
std::string report_step_words(ReportStep step, BodyKind::Level level);   // as an event is told: "Đã gửi", "Đề nghị sửa"

// ---- what is stored

struct DueDays {
  std::optional<Day> centre = {}, province = {}, commune = {}, branch = {};
  std::optional<Day> of(BodyKind::Level level) const;
};

// Whom a round asks: all below the office, those of some kinds, or those named.
struct AskedBodies {
  enum class How : std::int64_t { subtree = 1, kinds = 2, list = 3 } how = How::subtree;
  std::vector<std::string> kinds = {};   // codes of kinds (systems.toml)
  std::vector<BodyId> bodies = {};
};
// How deep it goes at once: to those that report to the office itself, or to all below it. The others are asked when the association they report to passes it down.
enum class RoundDepth : std::int64_t { associations = 1, branches = 2 };

struct ReportingRound {
  RoundId id;
  Uuid uid;
  BodyId office;                         // opened it
  std::string form;                      // code of the form (src/forms): "bao_cao"
  std::vector<FormVersionId> form_versions;   // what it pinned (FormPins), the form first
  NamedPeriod period;                    // the window; its last day is the cut-off
  std::string title;                     // "Báo cáo 6 tháng đầu năm 2026"
  std::string message;
  AskedBodies asked;
  RoundDepth depth = RoundDepth::associations;
  DueDays due;
  UserId by;
  std::int64_t opened_ms = 0;
  std::optional<std::int64_t> entry_closed_ms;   // "khóa nhập": nobody below enters or sends any more
  std::int64_t row_version = 1;
  Day cut_off() const { return period.period.last; }
};

// One body's report in a round.
struct RoundReport {
  ReportId id;
  RoundId round;
  BodyId body;
  BodyId sends_to;                       // none: the report of the office that opened the round, which nobody above asked for
  BodyKind::Level level = BodyKind::Level::commune;
  std::string form;
  Period window;
  std::optional<Day> due;
  ReportState state = ReportState::not_started;   // as stored
  std::int64_t row_version = 1;
  std::string confirmed_by;              // name of who sent it last
  std::optional<std::int64_t> submitted_ms, sent_ms, received_ms, returned_ms, closed_ms, added_late_ms;
  std::string reason;                    // of the last return
  // Entered for a body without a computer: by whom, of which body, how it was told ("qua điện thoại của chi hội trưởng"). Shown wherever the report is shown.
  UserId behalf_user;
  BodyId behalf_body;
  std::string behalf_name, behalf_how;
  bool on_behalf() const { return static_cast<bool>(behalf_user); }
};
// "Bà Trần Kim Liên (Hội Khuyến học xã Ea Kar) nhập thay, qua điện thoại"; empty where nobody did.
std::string on_behalf_words(const Organisation& organisation, const RoundReport& report, Day day);

// A commune passes the round down to its branches and boards, with a due day not after its own.
struct RoundPassing {
  RoundId round;
  BodyId association;
  std::optional<Day> due;
  std::string message;
  UserId by;
  std::int64_t at_ms = 0;
  std::int64_t row_version = 0;          // 0: not passed down yet
};

struct ReportEvent {
  std::int64_t id = 0;
  ReportId report;
  RoundId round;
  BodyId body;
  std::int64_t at_ms = 0;
  UserId by;
  std::string by_name;
  ReportStep step = ReportStep::send;
  ReportState from = ReportState::not_started, to = ReportState::not_started;
  std::string reason;
};

// ---- reading

std::optional<ReportingRound> find_round(db::Reader& reader, RoundId id);
std::vector<ReportingRound> rounds_opened_by(db::Reader& reader, BodyId office);                       // newest first
std::vector<ReportingRound> rounds_asking(db::Reader& reader, BodyId body);                            // newest first, those of its own office left out
std::optional<RoundReport> find_report(db::Reader& reader, ReportId id);
std::optional<RoundReport> report_of(db::Reader& reader, RoundId round, BodyId body);
std::optional<RoundReport> report_in_window(db::Reader& reader, BodyId body, std::string_view form, Period window);
std::vector<RoundReport> reports_in_window(db::Reader& reader, BodyId body, Period window);             // of every form
std::vector<RoundReport> reports_of_round(db::Reader& reader, RoundId round);                           // by body
std::vector<RoundReport> reports_of_body(db::Reader& reader, BodyId body);                              // newest window first
// The children of an upper report: those that send to the body, of the same form and window.
std::vector<RoundReport> reports_sent_to(db::Reader& reader, BodyId office, std::string_view form, Period window);
std::vector<ReportEvent> events_of_report(db::Reader& reader, ReportId report);                         // oldest first
std::optional<RoundPassing> passing_of(db::Reader& reader, RoundId round, BodyId association);
// Rounds that pinned a version of a form, for its page (FormUses).
std::vector<ReportingRound> rounds_on_form(db::Reader& reader, FormVersionId version);

// What a page shows: the stored state, or, where no step was taken yet, what the figures entered say.
ReportState shown_state(const OrganisationView& organisation, const Entered::Round& entered, const RoundReport& report, Day today);
// Past its due day and not sent yet.
bool is_late(const RoundReport& report, Day today);

// A body that is no more: its heirs report for it when it still lived on the cut-off day, else what it had is part of their own reports.
struct ReportsFor {
  enum class Manner { itself, by_heirs, part_of_heirs } manner = Manner::itself;
  std::vector<BodyId> heirs;
};
ReportsFor reports_for(const Organisation& organisation, const RoundReport& report, Day today);

// ---- opening, passing down, closing to entry. All inside a write(); each tells the trail. Whoever opens holds `receive` over the office.

struct NewRound {
  BodyId office;
  std::string form;
  std::vector<FormVersionId> form_versions;
  NamedPeriod period;
  std::string title;                     // empty: made of the form's usual words and the period
  std::string message;
  AskedBodies asked;
  RoundDepth depth = RoundDepth::associations;
  DueDays due;
};
struct AskedBody {
  BodyId body, sends_to;
  BodyKind::Level level = BodyKind::Level::commune;
  std::optional<Day> due;
};
// Who would be asked: the office itself first, then those below. `elsewhere`: already asked for this form and window by another round.
struct RoundPreview {
  std::vector<AskedBody> asked;
  std::vector<BodyId> elsewhere;
  std::size_t provinces = 0, associations = 0, branches = 0;   // the office itself is none of them
};
// "round.form", "round.period", "round.asked" (nobody), "round.kinds", "round.list", "round.due" (place: "han-xa" …), "round.asked_already", "round.asked_above",
// "round.branch" (a branch asks nobody)
Result<RoundPreview> preview_round(db::Reader& reader, const House& house, const Viewer& viewer, const NewRound& given);
Result<ReportingRound> open_round(db::Writer& writer, const House& house, const Viewer& viewer, const NewRound& given);

// By whoever enters figures or receives for the association. "round.unknown", "round.may_not", "round.stale", "round.due" (after its own, or before the cut-off), "round.no_branches", "round.entry_closed". Again changes day and message.
Result<RoundPassing> pass_down(db::Writer& writer, const House& house, const Viewer& viewer, const RoundPassing& given);
// "round.may_not", "round.stale", "round.entry_closed" / "round.entry_open"
Result<ReportingRound> close_entry(db::Writer& writer, const House& house, const Viewer& viewer, RoundId round, std::int64_t expected_version);
Result<ReportingRound> reopen_entry(db::Writer& writer, const House& house, const Viewer& viewer, RoundId round, std::int64_t expected_version);
// "round.body" (not below the office, not alive at the cut-off), "round.asked_already", "round.may_not", "round.due"
Result<RoundReport> add_body_late(db::Writer& writer, const House& house, const Viewer& viewer, RoundId round, BodyId body, std::optional<Day> due);
// After a restructure: heirs that lived on the cut-off day and are not asked yet are added. How many.
Result<std::size_t> add_heirs(db::Writer& writer, const House& house, const Viewer& viewer, RoundId round);

// ---- steps

// What a step says beside itself.
struct StepTold {
  std::string reason = {};               // needed by give_back; optional for take_back
  std::string how = {};                  // of who enters on behalf: "qua điện thoại"
};
// Moves a report by one step, keeps its time and name, and writes report_event and the trail. Who may: submit and take_back: enter_figures (or sign) over the
// body; send and withdraw: sign over the body, of a branch enter_figures; receive, give_back, close: `receive` over sends_to. When somebody of another body sends
// for a branch, the report is marked as entered on behalf.
// "report.unknown", "report.may_not", "report.stale" (expected_version 0: any), "report.step" (not from this state, in words), "report.reason", "round.entry_closed"
Result<RoundReport> take_step(db::Writer& writer, const House& house, const Viewer& viewer, ReportId report, ReportStep step, std::int64_t expected_version,
                              const StepTold& told = {});
// Marks that the viewer enters for this body; `how` may be empty. "report.own" when it is the viewer's own body.
Result<RoundReport> enter_on_behalf(db::Writer& writer, const House& house, const Viewer& viewer, ReportId report, std::int64_t expected_version, const std::string& how);
// An event that changes no state (ReportStep::adjusted): the row stays as it is.
void tell_report_event(db::Writer& writer, const House& house, const Viewer& viewer, const RoundReport& report, ReportStep step, const std::string& reason);

// ---- locks, for House::entry_lock

// Refused in words, with the way out, while the report of the body or of the association it reports through is locked, or the round closed to entry.
// "entry.locked"; `association` may be the body itself. By the reports of one form, or of all when none is named.
Result<void> entry_lock(db::Reader& reader, const Organisation& organisation, BodyId body, BodyId association, Period window, std::string_view form = {});
// As the rooms of entering figures name the window of a round: by a request's own code where it asks one.
NamedPeriod entry_period(db::Reader& reader, const House& house, const ReportingRound& round);
// Sets House::entry_lock, asked_by_rounds, figures_confirmed and round_address. Called by add_reporting_round_pages; tests of rules call it themselves.
void join_rounds(House& house);

// Reports that were moved by a step at least once, of windows that end on the day or later: for who restructures (RecordKeeper). One that is only asked for
// stands in nobody's way.
std::map<BodyId, std::int64_t> reports_kept_from(db::Reader& reader, Day from);

}  // namespace khuyenhoc
