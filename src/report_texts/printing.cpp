// What checks, signatures and papers take from the texts of a report.
#include <algorithm>

#include "base/i18n.h"
#include "report_texts/report_texts.h"

namespace khuyenhoc {
namespace {

// A signed report says what was frozen; none where it is not signed, or was asked to be corrected since.
std::optional<std::vector<FrozenText>> as_frozen(db::Reader& reader, const House& house, const RoundReport& report) {
  if (report.state != ReportState::sent && report.state != ReportState::received && report.state != ReportState::closed) return std::nullopt;
  const auto version = last_version(reader, report.id);
  return version ? std::optional(content_of(reader, house.ledger, *version).texts) : std::nullopt;
}

std::string written(const std::vector<ReportText>& texts, const std::string& code) {
  const auto found = std::ranges::find(texts, code, &ReportText::code);
  return found == texts.end() ? std::string() : found->markdown;
}

}  // namespace

std::vector<TextProblem> text_problems(db::Reader& reader, const House& house, const RoundReport& report) {
  std::vector<TextProblem> out;
  const TextFigures figures = figures_of_texts(reader, house, report, TextLens::as_signed);
  const std::vector<ReportText> texts = texts_of(reader, report.id);
  for (const NarrativeBlock& block : blocks_of(reader, house, report)) {
    const std::string markdown = written(texts, block.code);
    if (markdown.empty() && block.need == NarrativeBlock::Need::required)
      out.push_back({TextProblem::Weight::error, block.code, {}, 0, tr("Phần “{}” chưa viết.", block.heading(current_language()))});
    std::ranges::move(figures.problems(block.code, markdown), std::back_inserter(out));
  }
  std::ranges::stable_sort(out, {}, &TextProblem::weight);
  return out;
}

std::vector<ReportFinding> text_findings(db::Reader& reader, const House& house, const RoundReport& report) {
  std::vector<ReportFinding> out;
  if (report.level == BodyKind::Level::branch) return out;
  for (const TextProblem& one : text_problems(reader, house, report))
    if (one.weight == TextProblem::Weight::error)
      out.push_back({fmt::format("{}:text:{}:{}", report.body.value, one.block, one.line), Check::Severity::error, report.body, {}, tr("Lời văn"), one.message, {}});
  return out;
}

std::vector<FrozenText> frozen_texts(db::Reader& reader, const House& house, const RoundReport& report) {
  if (report.level == BodyKind::Level::branch) return {};
  if (auto frozen = as_frozen(reader, house, report)) return std::move(*frozen);
  const std::vector<ReportText> texts = texts_of(reader, report.id);
  if (std::ranges::all_of(texts, [](const ReportText& text) { return text.markdown.empty(); })) return {};
  const TextFigures figures = figures_of_texts(reader, house, report, TextLens::as_signed);
  std::vector<FrozenText> out;
  for (const NarrativeBlock& block : blocks_of(reader, house, report))
    if (const std::string markdown = written(texts, block.code); !markdown.empty()) out.push_back({block.code, block.heading_vi, figures.resolved(markdown)});
  return out;
}

std::vector<PrintedText> printed_texts(db::Reader& reader, const House& house, const RoundReport& report, TextLens lens) {
  std::vector<PrintedText> out;
  const auto frozen = as_frozen(reader, house, report);
  const std::vector<ReportText> texts = frozen ? std::vector<ReportText>() : texts_of(reader, report.id);
  std::optional<TextFigures> figures;
  if (!frozen) figures.emplace(figures_of_texts(reader, house, report, lens));
  for (const NarrativeBlock& block : blocks_of(reader, house, report)) {
    PrintedText one{block.code, block.part_vi, block.heading_vi, {}};
    if (frozen) {
      if (const auto found = std::ranges::find(*frozen, block.code, &FrozenText::code); found != frozen->end()) one.blocks = markdown::to_blocks(found->markdown);
    } else if (const std::string markdown = written(texts, block.code); !markdown.empty()) {
      one.blocks = markdown::to_blocks(figures->parts(markdown));
    }
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace khuyenhoc
