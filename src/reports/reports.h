// The papers an association signs about its work: the half-year, nine-month and year report, written from live figures in the layout of Decree 30/2020.
#pragma once

#include "base/result.h"
#include "measures/figures.h"
#include "measures/periods.h"
#include "platform/document/document.h"
#include "shell/house.h"

namespace khuyenhoc {

struct ReportOrder {
  BodyId body;
  NamedPeriod period;                   // of the association's family: H1, 9M, Y …
  Day tree;                             // the territory the figures stand in: the cut-off day's unless another is asked for
  Lens lens = Lens::live;
};

// The draft of the report: number left open, narrative parts written from the figures where they say something and left to the office where they do not.
// Refusals: "report.body" (branches and other systems write no such report), "report.period", and those of Figures.
Result<document::Document> work_report(House& house, const ReportOrder& order);

// The paper of the report of a round where there is one of the body and period, as it was signed or as it stands; otherwise the draft that writes itself.
Result<document::Document> report_document(House& house, const ReportOrder& order);

// "Báo cáo sơ kết 6 tháng đầu năm 2026 – Hội Khuyến học tỉnh Đắk Lắk.docx" without its ending.
std::string report_file_name(const House& house, const ReportOrder& order);
// The tree a period is reported in: that of its last day, today's for one that is still running.
Day report_tree(const NamedPeriod& period, Day today);

class Pages;
// With those of a round's paper: /bao-cao-ky/{report}/van-ban, .docx, .pdf, .xlsx.
void add_report_pages(Pages& pages);
void add_round_paper_pages(Pages& pages);

}  // namespace khuyenhoc
