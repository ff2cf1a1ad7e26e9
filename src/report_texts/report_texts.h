// What a report says in words: one text for each block of its form, written by several people, with live figures in it, gathered from below, frozen when the chairman signs.
//
// Stored as Markdown (platform/markdown). Every text has a row version: whoever saves second sees both and decides. What was written before stays in the history.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "forms/forms.h"
#include "report_texts/text_figures.h"
#include "rounds/rounds.h"
#include "shell/visit.h"
#include "signed_reports/signed_reports.h"

namespace khuyenhoc {

inline constexpr std::size_t longest_report_text = 20'000;     // letters of one block, as stored

struct ReportText {
  ReportId report;
  std::string code;                      // of the block in the form: "uu_diem"
  std::string markdown;                  // tokens as they are: "{{B01}}"
  std::int64_t row_version = 0;          // 0: nobody has written yet
  UserId by;
  std::string by_name;
  std::int64_t at_ms = 0;
};

// An earlier state of a text. Saves of one person within ten minutes are one entry, unless much was taken away.
struct ReportTextVersion {
  enum class Kind : std::int64_t {
    written = 1,
    gathered = 2,                        // something from below was appended
    restored = 3,                        // an earlier one was put back
    set_aside = 4,                       // never stood in the report: what the second of two people gave up
  } kind = Kind::written;
  std::int64_t id = 0;
  std::string markdown;
  std::int64_t row_version = 0;          // of the text it was; 0: set aside
  UserId by;
  std::string by_name;
  std::int64_t at_ms = 0;
};

// ---- reading
std::vector<ReportText> texts_of(db::Reader& reader, ReportId report);
ReportText text_of(db::Reader& reader, ReportId report, std::string_view code);            // empty with row_version 0 where nobody wrote
std::vector<ReportTextVersion> text_versions(db::Reader& reader, ReportId report, std::string_view code);   // newest first

// The blocks of the report's form as its round pinned it, for its body; headings and guidance with the period said in them.
std::vector<NarrativeBlock> blocks_of(db::Reader& reader, const House& house, const RoundReport& report);

// The figures a report's texts speak of: as they would be signed now (signed_reports), or as they stand at this moment. A signed report: as it was signed.
enum class TextLens : std::uint8_t { as_signed, live };
TextFigures figures_of_texts(db::Reader& reader, const House& house, const RoundReport& report, TextLens lens);
// What may be named, without working any figure out.
FigureNames figure_names(db::Reader& reader, const House& house, const RoundReport& report);

// ---- writing. All inside a write(), by who may enter figures of the body or signs for it, as long as the report is not out of their hands.
bool may_write_texts(const Viewer& viewer, const RoundReport& report);
// "text.may_not", "text.block" (no such block in its form), "text.too_long", "text.stale" (somebody saved first), "entry.locked", "report.unknown"
Result<ReportText> save_text(db::Writer& writer, const House& house, const Viewer& viewer, ReportId report, std::string_view code, std::string_view markdown, std::int64_t expected_version);
// Keeps in the history what somebody gave up when two had written, or typed while the report was sent; also of a report that is locked. Nothing twice.
Result<void> set_text_aside(db::Writer& writer, const House& house, const Viewer& viewer, ReportId report, std::string_view code, std::string_view markdown);
// "text.version" (no such one)
Result<ReportText> restore_text(db::Writer& writer, const House& house, const Viewer& viewer, ReportId report, std::string_view code, std::int64_t version, std::int64_t expected_version);

// ---- gathering from below
struct GatheredText {
  ReportId report;
  BodyId body;
  std::string source;                    // "Xã Ea Kar"
  std::string markdown;                  // as it was sent, figures in it said
  std::int64_t at_ms = 0;                // when it was sent
  bool taken = false;                    // stands in the text already, under its source
};
// Of the reports sent to this body for the same form and window, those that have been sent and say something in the block; by name.
std::vector<GatheredText> texts_below(db::Reader& reader, const House& house, const RoundReport& report, std::string_view code);
// "> **Xã Ea Kar:**" and the text below it, every line quoted.
std::string quoted_from(const GatheredText& text);
// Appends each as a quote under its source ("Xã Ea Kar:"); what stands there stays. "text.nothing_chosen", and those of save_text.
Result<ReportText> gather_texts(db::Writer& writer, const House& house, const Viewer& viewer, ReportId report, std::string_view code, const std::vector<ReportId>& from,
                                std::int64_t expected_version);

// ---- for who checks, signs and prints
// Required blocks without a word, and tokens that cannot be said. Errors first.
std::vector<TextProblem> text_problems(db::Reader& reader, const House& house, const RoundReport& report);
// Every block that says something, in the order of the form, its figures said: what a signature freezes. Of a signed report, what was frozen.
std::vector<FrozenText> frozen_texts(db::Reader& reader, const House& house, const RoundReport& report);
// For ReportTextSource: [&house](reader, report) { return frozen_texts(reader, house, report); }
// The problems that stand in the way of submitting and signing, as the checks of a report tell them.
std::vector<ReportFinding> text_findings(db::Reader& reader, const House& house, const RoundReport& report);

// A block for a paper, in the order of the form; `blocks` empty where nothing is written. Figures are links to what they are made of as long as the report is not signed.
struct PrintedText {
  std::string code, part, heading;
  std::vector<document::Block> blocks;
};
std::vector<PrintedText> printed_texts(db::Reader& reader, const House& house, const RoundReport& report, TextLens lens);

// ---- pages
Url report_texts_page(ReportId report);                       // "/bao-cao-ky/17/loi-van"
void add_report_text_pages(Pages& pages);

}  // namespace khuyenhoc
