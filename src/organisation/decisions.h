// The paper something was decided by: its number, day and issuer, as they are cited in other papers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/day.h"
#include "base/result.h"

namespace khuyenhoc {

struct Decision {
  std::string number;                    // "12/QĐ-HKH"
  std::optional<Day> day;
  std::string issuer;                    // "Hội Khuyến học tỉnh Đắk Lắk"
  bool empty() const { return number.empty() && !day && issuer.empty(); }
};

enum class DecisionIs { wanted, optional };
// From what was typed, tidied. Refusals with the field as place ("decision_number", "decision_day", "decision_issuer"): "decision.number", "decision.day", "decision.issuer".
// An optional one is whole or empty.
Result<Decision> decision_from(std::string_view number, std::string_view day, std::string_view issuer, DecisionIs is);
std::string decision_text(const Decision& decision);     // "Quyết định số 12/QĐ-HKH ngày 28/5/2026 của Hội Khuyến học tỉnh Đắk Lắk"; empty for none

}  // namespace khuyenhoc
