// Số liệu các năm trước: figures of past years from the annex tables of reports already signed, in the units of that time, so that every "cùng kỳ" is filled.
#pragma once

#include <string>
#include <vector>

#include "measures/periods.h"
#include "shell/house.h"

namespace khuyenhoc {

class Pages;
void add_past_year_pages(Pages& pages);

// A report that is still to be written, and what its column "cùng kỳ" will lack.
struct MissingComparison {
  NamedPeriod report;                   // 2026-H1
  NamedPeriod before;                   // 2025-H1, whose figures are missing
  std::vector<MeasureIndex> measures;   // of which nothing is known, in the order of the catalogue
  std::vector<std::string> parts;       // "Tỉnh Phú Yên (cũ)": old provinces for which some of these are missing; empty: everywhere
  std::string sentence;                 // "Báo cáo 6 tháng đầu năm 2026 sẽ để trống cột cùng kỳ của 14 chỉ tiêu."
};

// Of the reports of this year and the next one due: half-year, nine months, year. Empty where nothing is missing.
std::vector<MissingComparison> missing_comparisons(House& house, BodyId office, Day today);
// An office mends it at /so-lieu-nam-truoc/{body}.

}  // namespace khuyenhoc
