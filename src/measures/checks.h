// Cross-checks between the figures of one body and period, in whole numbers, with their sentence and arithmetic (domain 3.1).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "measures/catalogue.h"

namespace khuyenhoc {

// The figure a term stands for; nullopt where nothing was reported, and then the check is silent.
using TermLookup = std::function<std::optional<std::int64_t>(const Term&)>;

struct Finding {
  std::string code;                     // "B01-movement", "C03-members", "D02-jump"
  Check::Severity severity = Check::Severity::warning;
  MeasureIndex measure = 0;             // where the sentence stands
  std::string title;                    // "Chưa khớp, thừa 3."
  std::string message;                  // "Kỳ trước 96, thêm 4, giảm 1 thì còn 99; đang ghi 102."
};

// What does not hold among the figures; a breakdown's members against their whole included.
std::vector<Finding> findings(const Catalogue& catalogue, const TermLookup& figures, Language language = Language::vietnamese);
// The same by the checks of one form (forms/forms.h), in place of all those of the catalogue.
std::vector<Finding> findings(const Catalogue& catalogue, std::span<const Check> checks, const TermLookup& figures, Language language);
// One check alone: nullopt when it holds or a figure is blank.
std::optional<Finding> judge(const Catalogue& catalogue, const Check& check, const TermLookup& figures, Language language = Language::vietnamese);
// "Movement" checks say a sentence when they hold, too: "Khớp: 118 thêm 5, giảm 3 thì còn 120."
std::optional<std::string> agreement(const Catalogue& catalogue, const Check& check, const TermLookup& figures, Language language = Language::vietnamese);
// The question about a jump of more than 30 % against the same period of the year before.
std::optional<Finding> jump_question(const Catalogue& catalogue, MeasureIndex measure, std::int64_t now, std::int64_t year_before,
                                     Language language = Language::vietnamese);

}  // namespace khuyenhoc
