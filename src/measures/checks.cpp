#include "measures/checks.h"

#include "base/number.h"

namespace khuyenhoc {
namespace {

// Replaces every {name} by what `value` says; unknown names stay, so that a slip in the data file is seen.
std::string filled(std::string_view text, const std::function<std::optional<std::string>(std::string_view)>& value) {
  std::string out;
  while (!text.empty()) {
    const auto open = text.find('{');
    const auto close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) break;
    out += text.substr(0, open);
    const auto name = text.substr(open + 1, close - open - 1);
    out += value(name).value_or(fmt::format("{{{}}}", name));
    text.remove_prefix(close + 1);
  }
  out += text;
  return out;
}

struct Sides {
  std::int64_t left = 0, right = 0;
  bool holds = true;
};

std::optional<Sides> sides_of(const Check& check, const TermLookup& figures) {
  const auto& expression = check.formula.expression;
  const auto values = [&](std::size_t name) { return figures(check.formula.terms[name]); };
  const auto left = expression.left().whole(values);
  const auto right = expression.right().whole(values);
  if (!left || !right) return std::nullopt;
  return Sides{*left, *right, *expression.holds(values)};
}

std::string arithmetic(const Check& check, std::string_view text, const Sides& sides, const TermLookup& figures) {
  return filled(text, [&](std::string_view name) -> std::optional<std::string> {
    if (name == "left") return number_text(sides.left);
    if (name == "right") return number_text(sides.right);
    if (name == "over") return number_text(std::abs(sides.left - sides.right));
    const auto names = check.formula.expression.names();
    for (std::size_t i = 0; i < names.size(); ++i)
      if (names[i] == name)
        if (const auto value = figures(check.formula.terms[i])) return number_text(*value);
    return std::nullopt;
  });
}

std::string title_of(formula::Operation operation, const Sides& sides, Language language) {
  if (operation != formula::Operation::equal) return tr(language, "Chưa hợp lý.");
  const std::string distance = number_text(std::abs(sides.left - sides.right));
  return sides.left > sides.right ? tr(language, "Chưa khớp, thừa {}.", distance) : tr(language, "Chưa khớp, thiếu {}.", distance);
}

// Members of a partition make the whole together; no member of a subset is larger than it.
void add_member_findings(std::vector<Finding>& out, const Catalogue& catalogue, MeasureIndex index, const TermLookup& figures, Language language) {
  const Measure& measure = catalogue.measure(index);
  const auto whole = figures({index, catalogue.series(index), Moment::period});
  if (!whole) return;
  for (const auto& dimension : measure.dimensions) {
    std::int64_t sum = 0;
    bool complete = true;
    for (const auto& member : dimension.members) {
      const auto value = figures({index, *catalogue.series(index, dimension.code, member.code), Moment::period});
      complete = complete && value;
      if (!value) continue;
      sum += *value;
      if (dimension.kind == Dimension::Kind::subset && *value > *whole)
        out.push_back({measure.code + "-member", Check::Severity::error, index, tr(language, "Chưa hợp lý."),
                       tr(language, "{} có {} {}, nhưng tổng số chỉ có {}.", member.label(language), number_text(*value), measure.unit(language), number_text(*whole))});
    }
    // members that are all zero say that nobody has broken the figure down
    if (dimension.kind == Dimension::Kind::partition && sum != 0 && (complete ? sum != *whole : sum > *whole))
      out.push_back({measure.code + "-members", Check::Severity::warning, index,
                     sum > *whole ? tr(language, "Chưa khớp, thừa {}.", number_text(sum - *whole)) : tr(language, "Chưa khớp, thiếu {}.", number_text(*whole - sum)),
                     tr(language, "Cộng theo {} được {}; tổng số đang ghi {}.", dimension.label(language), number_text(sum), number_text(*whole))});
  }
}

}  // namespace

std::optional<Finding> judge(const Catalogue&, const Check& check, const TermLookup& figures, Language language) {
  const auto sides = sides_of(check, figures);
  if (!sides || sides->holds) return std::nullopt;
  const std::string& text = language == Language::english ? check.message_en : check.message_vi;
  return Finding{check.code, check.severity, check.measures.front(), title_of(check.formula.expression.operation(), *sides, language),
                 arithmetic(check, text, *sides, figures)};
}

std::optional<std::string> agreement(const Catalogue&, const Check& check, const TermLookup& figures, Language language) {
  const std::string& text = language == Language::english ? check.holds_en : check.holds_vi;
  const auto sides = sides_of(check, figures);
  if (!sides || !sides->holds || text.empty()) return std::nullopt;
  return tr(language, "Khớp: {}", arithmetic(check, text, *sides, figures));
}

std::vector<Finding> findings(const Catalogue& catalogue, const TermLookup& figures, Language language) { return findings(catalogue, catalogue.checks(), figures, language); }

std::vector<Finding> findings(const Catalogue& catalogue, std::span<const Check> checks, const TermLookup& figures, Language language) {
  std::vector<Finding> out;
  for (const Check& check : checks)
    if (auto found = judge(catalogue, check, figures, language)) out.push_back(std::move(*found));
  for (MeasureIndex index = 0; index < catalogue.measures().size(); ++index)
    if (is_typed(catalogue.measure(index).kind)) add_member_findings(out, catalogue, index, figures, language);
  return out;
}

std::optional<Finding> jump_question(const Catalogue& catalogue, MeasureIndex index, std::int64_t now, std::int64_t year_before, Language language) {
  const JumpRule& rule = catalogue.jump_rule();
  const Measure& measure = catalogue.measure(index);
  const std::int64_t change = now - year_before;
  const std::int64_t least = measure.is_money ? rule.least_money : rule.least_change;
  if (year_before <= 0 || std::abs(change) < least) return std::nullopt;
  // |change| > percent/100 of the year before, without a fraction
  __extension__ using wide = __int128;
  if (static_cast<wide>(std::abs(change)) * 100 <= static_cast<wide>(year_before) * rule.percent) return std::nullopt;
  const std::string percent = percent_text(std::abs(change), year_before);
  return Finding{measure.code + "-jump", Check::Severity::warning, index, tr(language, "Thay đổi nhiều so với cùng kỳ năm trước."),
                 change > 0 ? tr(language, "Cùng kỳ năm trước {}, nay {}, tăng {}. Xin ghi lý do.", number_text(year_before), number_text(now), percent)
                            : tr(language, "Cùng kỳ năm trước {}, nay {}, giảm {}. Xin ghi lý do.", number_text(year_before), number_text(now), percent)};
}

}  // namespace khuyenhoc
