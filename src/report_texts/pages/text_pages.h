// The groups of pages that add_report_text_pages puts together, and what they share.
#pragma once

#include "report_texts/pages/text_views.h"
#include "report_texts/report_texts.h"

namespace khuyenhoc::report_texts {

void add_writing_pages(Pages& pages);
void add_island_answers(Pages& pages);
void add_gathering_pages(Pages& pages);
void add_history_pages(Pages& pages);

// The report in the address, when the visitor may see figures of its body.
std::optional<RoundReport> found_report(const Visit& visit, db::Reader& reader);
std::string block_in_address(const Visit& visit);
std::optional<NarrativeBlock> found_block(const Visit& visit, db::Reader& reader, const RoundReport& report);
std::int64_t typed_version(const Visit& visit);
std::string report_title(const Visit& visit, const RoundReport& report);   // "Báo cáo 6 tháng đầu năm 2026"
http::Status status_for(const Refusal& refusal);
// Saves; and where the report was locked meanwhile, keeps what was typed in the history, and says so.
Result<ReportText> save_or_set_aside(const Visit& visit, ReportId report, const std::string& code, const std::string& markdown, std::int64_t version);
std::string saved_words(const ReportText& text, const Viewer& viewer);

}  // namespace khuyenhoc::report_texts
