// What a report of a round says on paper: the figures in the form's columns, the words, the annex of bodies, head and signature. As signed, or as it would be signed now.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "forms/forms.h"
#include "measures/figures.h"
#include "organisation/letterheads.h"
#include "organisation/signing.h"
#include "organisation/systems.h"
#include "report_texts/report_texts.h"
#include "reports/frozen_paper.h"
#include "signed_reports/signed_reports.h"

namespace khuyenhoc {

struct PaperOrder {
  ReportId report;
  ReportVersionId version = {};          // none: the last signed one of a report that is out of hand, else the draft
  TextLens draft_lens = TextLens::as_signed;   // of a draft: as it would be signed, or everything entered so far
  std::vector<MeasureIndex> more_columns = {};   // of the annex, besides those chosen: what a template's rows name
  Pictures pictures = Pictures::none;    // the scanned signature and seal, where the office issues such papers
};

struct PaperLine {                       // one indicator of the form
  MeasureIndex measure = 0;
  std::string label;
  FormColumns columns;
  std::optional<Figure> plan, done, same_period;
  std::string against_plan() const;      // "97,4%", "–"
};
struct PaperSection {
  std::string heading;
  std::vector<PaperLine> lines;
};

struct AnnexLine {
  enum class Kind { child, own, line, apart } kind = Kind::child;   // apart: what the rows miss to the totals as signed
  BodyId body;
  std::string group, name, note;
  std::vector<std::optional<Figure>> figures;   // by column
};
struct PaperAnnex {
  std::vector<MeasureIndex> columns;
  std::vector<AnnexLine> rows;
  std::vector<std::optional<Figure>> whole;     // what the cube (of a signed one, the version) says for all of them
};

struct RoundPaper {
  RoundReport report;
  ReportingRound round;
  ComposedForm form;
  std::optional<SignedVersion> version;         // none: a draft
  BodySystem::Papers layout = BodySystem::Papers::state;
  BodyKind::Level level = BodyKind::Level::commune;
  std::string body_name, office_name;           // "Hội Khuyến học xã Ea Kar"; of whose head it has: the heir that signed, or the body
  Letterhead head;
  document::Signer signer;
  std::string period_label;                     // "6 tháng đầu năm 2026"
  std::vector<PaperSection> sections;
  PaperAnnex annex;
  std::vector<PrintedText> texts;
  std::string missing;                          // whose figures are carried or not in; empty when all are
  std::string apart;                            // where paper and official figures differ today
  std::string restated;                         // that the year before was put into the territory of today
  std::string children_words;                   // "Xã, phường, đơn vị"
  Day printed;                                  // today
  const Catalogue* catalogue = nullptr;

  bool is_draft() const { return !version; }
  std::string number() const;                   // "07/BC-HKH"; of a draft "     /BC-HKH"
  std::string day_words() const;                // "ngày 08 tháng 6 năm 2026"; of a draft with the day left open
  std::string summary() const;                  // "Sơ kết công tác khuyến học … 6 tháng đầu năm 2026; …"
  std::vector<std::string> recipients() const;
  const PaperLine* line(MeasureIndex measure) const;
  std::string link(MeasureIndex measure) const; // the page of what the figure is made of
  std::string comparison(const PaperLine& line) const;   // "tăng 120 hội viên (2,1%) so với cùng kỳ năm 2025", or empty
};

// "report.unknown" (no such report or version), "report.branch" (branches write no report)
Result<RoundPaper> round_paper(db::Reader& reader, const House& house, const PaperOrder& order);

// In the house's layout, by the system of the body: Decree 30/2020 or the Youth Union's.
document::Document paper_document(const RoundPaper& paper);
// Its tables and chief results by themselves, for documents that an office made.
document::Table lines_table(const RoundPaper& paper);
std::vector<document::Table> annex_tables(const RoundPaper& paper);
std::vector<document::Block> results_blocks(const RoundPaper& paper);   // each chief result with its comparison and the year's plan
std::string annex_note(const RoundPaper& paper);

std::string paper_file_name(const RoundPaper& paper);          // without its ending

// What the signature freezes besides figures and words, for ReportTextSource.
FrozenText paper_to_freeze(db::Reader& reader, const House& house, const RoundReport& report);

}  // namespace khuyenhoc
