// What the pages of a signed report share: which report is asked for, its lines, the way back.
#pragma once

#include "shell/form_answers.h"
#include "signed_reports/pages/report_views.h"
#include "signed_reports/signed_reports.h"

namespace khuyenhoc::signed_pages {

// The report of the address, where the viewer sees its figures; none: answer not_found().
std::optional<RoundReport> report_in(const Visit& visit);
bool keeps_its_figures(const Visit& visit, const RoundReport& report);      // types or signs for the body
bool receives_it(const Visit& visit, const RoundReport& report);
Url page_of(ReportId report, std::string_view more = {});                   // "/bao-cao-ky/17/ky"
Url fill_in_page(const Visit& visit, const RoundReport& report);               // where its figures are entered
Url texts_page(const RoundReport& report);                                  // where its words are written
std::string title_of(const Visit& visit, const RoundReport& report);        // "Báo cáo 6 tháng đầu năm 2026"
std::string body_name(const Visit& visit, const RoundReport& report);
std::vector<FrameLink> trail_to(const Visit& visit, const RoundReport& report, bool on_the_page = false);
// Totals as lines, in the order of the catalogue; `now` beside, where it differs.
std::vector<FigureLine> figure_lines(const Visit& visit, BodyId body, const std::map<Series, std::int64_t>& figures, const std::map<Series, std::int64_t>* now = nullptr);
// Each figure leads to its history: who entered what it is made of.
void lead_to_history(std::vector<FigureLine>& lines, const RoundReport& report);
std::map<Series, std::int64_t> totals_now(const Visit& visit, db::Reader& reader, const RoundReport& report);   // as they would be signed, or were
std::vector<TextLine> text_lines(const std::vector<FrozenText>& texts);
std::vector<std::string> finding_lines(const std::vector<ReportFinding>& findings);
std::string who_is(const Visit& visit, db::Reader& reader, UserId user);
// The answer to a step that was refused: the sentence on a page of its own.
http::Response refused_step(const Visit& visit, const Refusal& refusal);

void add_record_pages(Pages& pages, const ReportTextSource& texts, const TextFindings& text_findings);
void add_office_pages(Pages& pages);
void add_adjust_pages(Pages& pages);

}  // namespace khuyenhoc::signed_pages
