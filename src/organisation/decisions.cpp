#include "organisation/decisions.h"

#include "base/i18n.h"
#include "base/text.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t longest_number = 60, longest_issuer = 150;

}  // namespace

Result<Decision> decision_from(std::string_view number, std::string_view day, std::string_view issuer, DecisionIs is) {
  Decision out{normalised(number), std::nullopt, normalised(issuer)};
  const std::string typed_day = normalised(day);
  if (is == DecisionIs::optional && out.number.empty() && typed_day.empty() && out.issuer.empty()) return out;
  if (out.number.empty()) return refuse("decision.number", tr("Xin ghi số quyết định, ví dụ 12/QĐ-HKH."), "decision_number");
  if (count_characters(out.number) > longest_number) return refuse("decision.number", tr("Số quyết định dài quá 60 chữ; xin xem lại."), "decision_number");
  if (typed_day.empty()) return refuse("decision.day", tr("Xin ghi ngày của quyết định, ví dụ 28/5/2026."), "decision_day");
  const auto parsed = Day::parse(typed_day);
  if (!parsed) return refuse("decision.day", parsed.error().message, "decision_day");
  out.day = *parsed;
  if (out.issuer.empty()) return refuse("decision.issuer", tr("Xin ghi cơ quan ban hành quyết định."), "decision_issuer");
  if (count_characters(out.issuer) > longest_issuer) return refuse("decision.issuer", tr("Tên cơ quan ban hành dài quá 150 chữ; xin rút gọn."), "decision_issuer");
  return out;
}

std::string decision_text(const Decision& decision) {
  if (decision.number.empty() || !decision.day) return {};
  return tr("Quyết định số {} ngày {} của {}", decision.number, decision.day->text(), decision.issuer);
}

}  // namespace khuyenhoc
