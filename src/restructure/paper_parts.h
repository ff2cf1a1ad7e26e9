// What the papers of a restructure share: letterhead, day, who signs.
#pragma once

#include <string>

#include "restructure/papers.h"

namespace khuyenhoc::paper_parts {

// A document with the letterhead of the deciding unit. `number` empty: left open, "Số:      /QĐ-HKH".
document::Document begin(House& house, const PaperMatter& matter, Day signed_on, const std::string& letters, const std::string& number);
std::string suffix(House& house, const PaperMatter& matter, Day signed_on);      // "HKH"
std::string open_day(Day near);                                                  // "ngày      tháng 8 năm 2026"
std::string lower_first(std::string text);
// Whoever usually signs a decision of the body on the day (organisation/signing.h).
document::Signer signer(House& house, BodyId body, Day day);

}  // namespace khuyenhoc::paper_parts
