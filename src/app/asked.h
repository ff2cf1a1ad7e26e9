// A figure's question in the words of the command line: --unit, --period, --territory, --lens.
#pragma once

#include <optional>
#include <string>

#include "measures/figures.h"
#include "shell/house.h"

namespace khuyenhoc {

struct AskedWords {
  std::string unit;                      // "VN", "66", "66/24490", "66@2025-06-30", "hoi/123"
  std::string period;                    // "2026-H1"
  std::string territory;                 // ISO day; empty: the day named in the unit, or today
  Lens lens = Lens::live;
};

struct Asked {
  Question question;
  std::string unit_code;                 // of the tree of the question
  std::string unit_name;
  std::string period_name;               // as it was asked for
  Period period() const { return question.period; }
};

// A unit with an association in charge on the day of the tree means that association with all below it along the superiors; any other the unit along the
// areas. Codes: those of Territory::resolve, "command.period", "command.territory", "command.body".
Result<Asked> ask(const House& house, const AskedWords& words);

// How --unit names it: "66/24490" of today's territory, "66/huyen-ea-kar@2025-06-30" where it is no more, "hoi/123" for a body that is not in charge of a
// unit in the tree of `day`. Codes were re-used, so the code of another day alone would name somebody else.
std::string subject_code(const Organisation& organisation, const Subject& subject, Day day, Day today);
std::string asked_subject_name(const Organisation& organisation, const Subject& subject, Day day);

}  // namespace khuyenhoc
