// What a report's paper shows besides its own figures and words, frozen with the signature: the same period of the year before, the year's plan, rows of branches, who was missing,
// which template. Kept among the frozen texts under a code that is no block's, so that the digest covers it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "measures/figures.h"
#include "signed_reports/signed_reports.h"

namespace khuyenhoc {

struct FrozenPaper {
  std::map<MeasureIndex, Figure> same_period;
  std::map<MeasureIndex, std::int64_t> plan;     // as targets are kept
  std::map<MeasureIndex, Figure> from_before;    // of this period, but worked out from an earlier one: an opening balance
  std::vector<MeasureIndex> columns;             // of the annex
  struct Row {
    BodyId body;
    std::map<MeasureIndex, Figure> figures;
  };
  std::vector<Row> rows;                         // of branches, which have no closing of their own
  std::string missing;
  std::int64_t paper_template = 0;               // 0: the house's layout
  bool restated = false;
};

// Lines of words: "cung_ky B01 118", "ke_hoach B01 500", "cot B01 D02", "dau_ky D01 240", "dong 17 B01 120 D02 6400000", "thieu Chưa có …", "mau 12".
std::string stored_form(const FrozenPaper& paper, const Catalogue& catalogue);
// Unknown lines and indicators are passed over: a newer program may have written them.
FrozenPaper frozen_paper_of(std::string_view stored, const Catalogue& catalogue);
// Of a version; none was frozen by older signatures.
std::optional<FrozenPaper> frozen_paper_of(const std::vector<FrozenText>& texts, const Catalogue& catalogue);

}  // namespace khuyenhoc
