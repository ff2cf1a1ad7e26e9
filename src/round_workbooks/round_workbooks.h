// Workbooks of a round, sent around by Zalo: one for each association handed out in a zip, filled ones taken in many at a time, each with its verdict, wrong ones given back marked.
//
// Handing out and taking in go on as jobs. A workbook that came back is written whole or not at all, in a transaction of its own; what was written is remembered by its digest.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/jobs/jobs.h"
#include "reporting/reporting.h"
#include "rounds/rounds.h"

namespace khuyenhoc {

using WorkbookBundleId = Id<struct WorkbookBundleTag>;
using WorkbookIntakeId = Id<struct WorkbookIntakeTag>;

// ---- handing out

// A zip of workbooks: of the lines of a board that are chosen, or of the marked ones of an intake.
struct WorkbookBundle {
  WorkbookBundleId id;
  RoundId round;
  BodyId from;                           // whose region of the round
  UserId by;
  std::optional<UserId> on_behalf_of;
  std::string by_name;
  std::optional<WorkbookIntakeId> intake;   // marked ones of this intake
  std::string state_word;                // as BoardFilter says it
  std::int64_t carer = -1;
  std::int64_t asked_ms = 0;
  std::optional<jobs::JobId> job;
  std::size_t files = 0;                 // once it is made
  std::string file_name;
  std::string left_out;                  // whose workbook could not be made and why, a line each
  std::optional<std::int64_t> made_ms;
};

// Whose workbooks are handed out: associations whose figures the viewer enters, in the order of the board; those that have no branches to ask stand in `without_rows`.
struct HandedOut {
  std::vector<BodyId> bodies, without_rows;
};
HandedOut to_hand_out(const House& house, db::Reader& reader, const Viewer& viewer, const RoundBoard& board, const BoardFilter& filter);

// Asks for a zip; a few workbooks are put in at once, many by a job. "round.unknown", "bundle.nothing" (no workbook to make)
Result<WorkbookBundleId> ask_for_bundle(House& house, const Viewer& viewer, RoundId round, BodyId from, const BoardFilter& filter);
Result<WorkbookBundleId> ask_for_marked(House& house, const Viewer& viewer, WorkbookIntakeId intake);
std::optional<WorkbookBundle> find_bundle(db::Reader& reader, WorkbookBundleId id);     // for its job; pages ask the other
// What its asker was given, and nobody else: others ask for their own, with what they may see in it.
std::optional<WorkbookBundle> find_bundle(db::Reader& reader, const Viewer& viewer, WorkbookBundleId id);
std::optional<std::string> bundle_content(db::Reader& reader, WorkbookBundleId id);    // the zip; none: not made yet, or forgotten

// What stands in a workbook beside its figures: the round, the due day, whom to send it back to.
WorkbookLetter workbook_letter(const House& house, db::Reader& reader, const ReportingRound& round, BodyId body, Day today);

// ---- taking in

enum class WorkbookVerdict : std::int64_t {
  waiting = 0,                           // not looked at yet
  ready = 1,                             // will be written: so many figures change
  nothing_new = 2,                       // as it stands already
  already = 3,                           // this very file was written before
  to_mend = 4,                           // wrong places inside; comes back marked
  refused = 5,                           // no workbook of this round, or not now; says why
  written = 6,
  changed = 7,                           // figures moved on between the dry run and the writing; nothing was written
};
std::string verdict_words(WorkbookVerdict verdict);
std::string_view verdict_look(WorkbookVerdict verdict);    // class of `state`: "good", "attention", "bad", "wait"

struct IntakeFile {
  std::size_t place = 0;                 // in the order they came, from 1
  std::string file_name;                 // as it was called, folders of a zip before it
  std::optional<db::Digest> content;     // of a file that is kept
  WorkbookVerdict verdict = WorkbookVerdict::waiting;
  BodyId body;                           // whose workbook it is, once known
  std::size_t changes = 0, problems = 0;
  std::string message;                   // one sentence on the verdict
  std::string places;                    // the first wrong places, a line each
  std::string plan_digest;               // of what was shown
  std::optional<std::int64_t> written_ms;
};

struct WorkbookIntake {
  enum class State : std::int64_t { judging = 1, judged = 2, writing = 3 };
  WorkbookIntakeId id;
  RoundId round;
  BodyId from;
  UserId by;
  std::optional<UserId> on_behalf_of;
  std::string by_name;
  std::int64_t at_ms = 0;
  std::string label;                     // "so-lieu.zip", "12 tệp"
  State state = State::judging;
  std::optional<jobs::JobId> job;
};

struct SentFile {
  std::string name;
  std::string_view content;
};
inline constexpr std::size_t most_workbooks = 400;

// Keeps what was sent, zips opened, and asks for the judging. "round.unknown", "intake.nothing", "intake.too_many", "intake.bundle" (the only file is a zip that cannot be read)
Result<WorkbookIntakeId> take_in_workbooks(House& house, const Viewer& viewer, RoundId round, BodyId from, const std::vector<SentFile>& files);
// Asks for the writing of all that are ready. "intake.unknown", "intake.busy", "intake.nothing"
Result<void> ask_to_write(House& house, const Viewer& viewer, WorkbookIntakeId intake);
// Judges those anew that are not written: others may have set something right since. "intake.unknown", "intake.busy"
Result<void> judge_again(House& house, const Viewer& viewer, WorkbookIntakeId intake);

// Whoever took it in sees it, and those who may enter figures there and of every body whose workbook came with it.
std::optional<WorkbookIntake> find_intake(db::Reader& reader, const Viewer& viewer, WorkbookIntakeId id);
std::vector<IntakeFile> intake_files(db::Reader& reader, WorkbookIntakeId id);
std::vector<WorkbookIntake> intakes_of_round(db::Reader& reader, RoundId round, BodyId from);      // newest first

// One workbook as it would change the figures now.
struct WorkbookView {
  EntrySheet sheet;
  WorkbookPlan plan;
};
Result<WorkbookView> view_of_file(const House& house, const Viewer& viewer, const WorkbookIntake& intake, const IntakeFile& file);
// The workbook as it was filled in, its wrong places marked, to be sent back. "intake.unknown" where there is nothing to give back.
struct MarkedWorkbook {
  std::string name, bytes;
};
Result<MarkedWorkbook> marked_workbook(const House& house, const Viewer& viewer, const WorkbookIntake& intake, const IntakeFile& file);
// Ready to be pasted into Zalo: "Kính gửi …, sổ … còn 3 chỗ cần sửa: …". In Vietnamese whoever asks.
std::string give_back_message(const House& house, db::Reader& reader, const Viewer& viewer, const ReportingRound& round, const IntakeFile& file, const std::string& head_name);

// ---- the jobs, and what they do without the worker around them

using TellWork = std::function<bool(std::size_t done, std::size_t of)>;      // false: stop, to be taken up again later
Result<std::string> make_bundle(House& house, WorkbookBundleId id, const TellWork& tell);
Result<std::string> judge_intake(House& house, WorkbookIntakeId id, const TellWork& tell);
Result<std::string> write_intake(House& house, WorkbookIntakeId id, const TellWork& tell);
void add_round_workbook_jobs(jobs::Worker& worker, House& house);

// /dot-bao-cao/{round}/so-excel…
void add_round_workbook_pages(Pages& pages);
// The button on a round's board for whoever may hand out and take in there.
std::vector<FrameLink> round_workbook_buttons(const Visit& visit, const RoundBoard& board, const BoardFilter& filter);

}  // namespace khuyenhoc
