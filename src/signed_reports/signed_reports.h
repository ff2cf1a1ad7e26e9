// A report from the secretary's desk to the official figures: checked, signed (and frozen from then on), received above or asked to be corrected, closed, adjusted.
//
// What a signature froze never changes: the body's own figures (a closing of measures/closing.h), the closings of those below that it used, the totals and
// texts as signed, number, day and signer, all under one digest. Closing puts the frozen figures in force in the official lens; an adjustment is a further
// version. Where the official total is no longer the one that was signed, differences() has both.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "measures/checks.h"
#include "measures/closing.h"
#include "measures/regions.h"
#include "organisation/signing.h"
#include "platform/db/digest.h"
#include "rounds/rounds.h"
#include "shell/visit.h"
#include "signed_reports/adjustments.h"
#include "signed_reports/signed_version.h"

namespace khuyenhoc {

// ---- texts: who keeps them (src/report_texts) hands them in; Markdown, in the order of the report.
using ReportTextSource = std::function<std::vector<FrozenText>(db::Reader&, const RoundReport&)>;

// ---- the figures of a report that is not signed yet

// What the official lens would show for the report's window if this report and all it received below it were closed now; everything else as it stands. Ask it
// with Lens::official (documents, checks). A report that is signed already: with its last signed version instead.
LedgerView prospective_view(db::Reader& reader, const House& house, const RoundReport& report);
// The official lens as it was when this version was signed: its own figures and exactly the closings it used.
LedgerView view_as_signed(db::Reader& reader, const House& house, const SignedVersion& version);

// ---- checking and submitting ("Trình Chủ tịch duyệt")

// One sentence about the report's figures; `key` names it from one run of the checks to the next.
struct ReportFinding {
  std::string key;                       // "12:B01-movement"
  Check::Severity severity = Check::Severity::warning;
  BodyId body;                           // where it stands: the report's own body, or a branch
  std::string measure;                   // code
  std::string title, message;
  std::string reason;                    // as given by who submitted
};
// What stands in the way in the words of a report: from who keeps them (src/report_texts).
using TextFindings = std::function<std::vector<ReportFinding>(db::Reader&, const RoundReport&)>;
// Errors first. Branches that type, the body's own figures, the totals over what was received, and the words. The reason is the one given at the figure when it
// was entered, where there is one.
std::vector<ReportFinding> check_report(db::Reader& reader, const House& house, const RoundReport& report, Day today, const TextFindings& texts = {});
// Runs the checks again: errors block ("signed.errors"), every warning needs a reason, here by its key or at its figure ("signed.reason", place: the key). Then
// ReportStep::submit.
Result<RoundReport> submit_report(db::Writer& writer, const House& house, const Viewer& viewer, ReportId report, std::int64_t expected_version,
                                  const std::map<std::string, std::string>& reasons, const TextFindings& texts = {});
std::vector<ReportFinding> findings_kept(db::Reader& reader, ReportId report);   // with the reasons of the last submission
// The head gives it back to the desk: ReportStep::take_back. "signed.say_why"
Result<RoundReport> give_back_inside(db::Writer& writer, const House& house, const Viewer& viewer, ReportId report, std::int64_t expected_version, const std::string& reason);

// ---- signing

// A body that ended is signed for by an heir of its own: whose number, letterhead and signer it gets. None: nobody of this viewer's.
std::optional<BodyId> body_that_signs(const Organisation& organisation, const Viewer& viewer, const RoundReport& report, Day today);

struct SigningPreview {
  BodyId office;                         // whose number, letterhead and signer
  std::vector<MaySign> signers;          // the viewer's own post first
  std::string next_number;               // "07/BC-HKH"; given for good when it is signed
  std::vector<RoundReport> to_close;     // received and not closed yet: closed together with the signature
  std::vector<RoundReport> not_received; // sent and not received yet
  Coverage coverage;                     // who is carried, who has nothing
  std::string missing;                   // the footnote: "Chưa có báo cáo của 7/102 xã; …"; empty when all are in
};
Result<SigningPreview> preview_signing(db::Reader& reader, const House& house, const Viewer& viewer, const RoundReport& report);

struct SignOrder {
  ReportId report;
  std::int64_t expected_version = 0;
  std::int64_t holding = 0;              // whose signature; 0: the likeliest
};
// Freezes and sends, in one transaction with the number. What was received below is closed first. A report that nobody above asked for is closed with the
// signature. "signed.may_not", "signed.errors", "signing.may_not", "report.stale", "report.step"
Result<SignedVersion> sign_report(db::Writer& writer, const House& house, const Viewer& viewer, const SignOrder& order, const ReportTextSource& texts = {},
                                  const TextFindings& text_findings = {});

// The stamped scan, or the PDF with its digital signature: one of a version counts, the last. Refusals of files::accept; "signed.paper_kind", "signed.no_version"
struct SignedPaper {
  std::int64_t id = 0;
  ReportVersionId version;
  db::Digest digest{};
  std::string name, media_type;
  UserId by;
  std::int64_t at_ms = 0;
};
Result<SignedPaper> attach_signed_paper(db::Writer& writer, const House& house, const Viewer& viewer, ReportId report, std::string content, std::string file_name);
std::vector<SignedPaper> papers_of(db::Reader& reader, ReportVersionId version);   // newest first

// ---- the office above

// What the office above says about one cell or one block of text of a report.
struct ReportRemark {
  enum class On : std::int64_t { cell = 1, text = 2 } on = On::cell;
  BodyId body;                           // of a cell: the association itself or one of its branches
  std::string measure;                   // of a cell: code of the indicator, "B01"; of a text: code of its block
  std::string reason;
};
Result<RoundReport> receive_report(db::Writer& writer, const House& house, const Viewer& viewer, ReportId report, std::int64_t expected_version);
// "Đề nghị sửa": a reason for the whole, or at least one remark. "signed.say_why", "signed.remark" (place: its index)
Result<RoundReport> ask_correction(db::Writer& writer, const House& house, const Viewer& viewer, ReportId report, std::int64_t expected_version, const std::string& reason,
                                   const std::vector<ReportRemark>& remarks);
// Of the last return, as long as the report has not been sent again: what its page shows at the cells.
std::vector<ReportRemark> open_remarks(db::Reader& reader, ReportId report);

struct ManyOutcome {
  std::size_t done = 0;
  std::vector<std::pair<RoundReport, std::string>> left;   // and why
};
// "Tiếp nhận tất cả báo cáo không có cảnh báo": of those sent to the office, the ones signed without a warning.
Result<ManyOutcome> receive_all_clean(db::Writer& writer, const House& house, const Viewer& viewer, BodyId office, const std::string& form, Period window);
// Closes what was received: these, or all (empty). Their frozen figures are official from the commit on.
Result<ManyOutcome> close_reports(db::Writer& writer, const House& house, const Viewer& viewer, BodyId office, const std::string& form, Period window,
                                  const std::vector<ReportId>& only = {});

// ---- both numbers

// A figure of the report as signed, and what the official total is today.
struct Difference {
  Series series = 0;
  std::int64_t as_signed = 0, today = 0;
};
struct Differences {
  ReportVersionId version;               // the last signed one; none: nothing was signed
  std::vector<Difference> figures;       // in the order of the catalogue
  struct Cause {
    BodyId body;
    ReportVersionId version;             // of the child, where it is one of these
    std::string number_text;             // "12/BC-HKH"
    std::int64_t at_ms = 0;
    bool late = false;                   // came in after the signature; else an adjustment
    std::string reason;
  };
  std::vector<Cause> causes;             // newest first
  bool none() const { return figures.empty(); }
};
// Empty when paper and lens agree. Before the report itself is closed, its own figures count as if it were.
Differences differences(db::Reader& reader, const House& house, const RoundReport& report);
// "Báo cáo ghi 12.309 hội viên; số đã chốt hiện nay là 12.315 (điều chỉnh của xã Ea Kar ngày …)." for a footnote; empty when they agree.
std::string difference_sentence(const House& house, const Differences& differences, Language language = Language::vietnamese);

// ---- what waits for somebody, for "Việc cần làm"

struct SignedTask {
  enum class Kind { sign, sign_adjustment, receive, correct, changed_below } kind = Kind::sign;
  ReportId report;
  std::string title, sentence, reason, address;
  std::optional<Day> due;
  std::size_t count = 1;                 // of receive: how many
};
std::vector<SignedTask> signed_tasks(db::Reader& reader, const House& house, const Viewer& viewer, BodyId body);

Url signed_report_page(ReportId report);                      // "/bao-cao-ky/17"
void add_signed_report_pages(Pages& pages, ReportTextSource texts = {}, TextFindings text_findings = {});

}  // namespace khuyenhoc
