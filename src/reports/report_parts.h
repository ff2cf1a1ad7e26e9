// The parts a work report is put together from; each appends its blocks.
#pragma once

#include "reports/report_figures.h"

namespace khuyenhoc {

// What did not come in: "Chưa có báo cáo của 7/102 xã; số hội viên của 7 xã này lấy theo kỳ trước." Empty when all did.
struct ReportCoverage {
  std::size_t asked = 0;
  std::vector<BodyId> missing;
  std::string sentence;
};
ReportCoverage report_coverage(const ReportFigures& figures);

void add_results(document::Document& report, const ReportFigures& figures, const ReportCoverage& coverage);   // I
void add_assessment(document::Document& report, const ReportFigures& figures, const ReportCoverage& coverage); // II to IV
Result<void> add_annexes(document::Document& report, const ReportFigures& figures, const ReportCoverage& coverage, const std::string& attached_to);

}  // namespace khuyenhoc
