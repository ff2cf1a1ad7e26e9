// The parts a work report is put together from; each appends its blocks.
#pragma once

#include "reports/report_figures.h"

namespace khuyenhoc {

// What did not come in: "Chưa có báo cáo của 7/102 xã, phường; số hội viên của 7 xã, phường này lấy theo kỳ trước." Empty when all did. Associations of
// offices and universities are counted apart and by name.
struct ReportCoverage {
  std::vector<BodyId> missing;
  std::vector<BodyId> partial;          // have begun, and some below them are still to come
  std::vector<BodyId> complete;         // whose figures of the period are all in: only they can be compared while others are missing
  bool running = false;                 // the period has not ended
  bool before_due = false;              // nobody is late yet
  std::string who;                      // "7/102 xã, phường và 1/6 đơn vị khác (Hội Khuyến học Trường Đại học Tây Nguyên)"
  std::string sentence;
};
bool is_full(const ReportCoverage& coverage);
ReportCoverage report_coverage(const ReportFigures& figures);

void add_results(document::Document& report, const ReportFigures& figures, const ReportCoverage& coverage);   // I
void add_assessment(document::Document& report, const ReportFigures& figures, const ReportCoverage& coverage); // II to IV
Result<void> add_annexes(document::Document& report, const ReportFigures& figures, const ReportCoverage& coverage, const std::string& attached_to);

}  // namespace khuyenhoc
