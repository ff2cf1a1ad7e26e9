// Live figures in the text of a report: {{B01}} stands for the figure, {{B01: so sánh}} for a phrase that writes itself. Each is worked out when the text is read, never kept.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "measures/figures.h"
#include "measures/periods.h"
#include "platform/markdown/markdown.h"

namespace khuyenhoc {

// What is said of an indicator.
enum class FigureSaying : std::uint8_t {
  value,          // {{B01}}                "12.309"
  with_unit,      // {{B01: kèm đơn vị}}    "12.309 hội viên"
  same_period,    // {{B01: cùng kỳ}}       "12.189"
  comparison,     // {{B01: so sánh}}       "tăng 120 hội viên (2,1%) so với cùng kỳ năm 2025"
  plan,           // {{B01: kế hoạch}}      "13.000"
  against_plan,   // {{B01: so kế hoạch}}   "đạt 97,4% kế hoạch năm"
};
inline constexpr FigureSaying all_sayings[] = {FigureSaying::value, FigureSaying::with_unit, FigureSaying::same_period, FigureSaying::comparison, FigureSaying::plan, FigureSaying::against_plan};
std::string_view saying_words(FigureSaying saying);                            // as it stands in a token: "so sánh"; empty for the value
std::string saying_label(FigureSaying saying);                                 // "So sánh với cùng kỳ năm trước", for lists

struct FigureToken {
  MeasureIndex measure = 0;
  FigureSaying saying = FigureSaying::value;
  bool operator==(const FigureToken&) const = default;
};

// A place in a text that cannot be said: what stands there and why, in whole sentences.
struct TextProblem {
  enum class Weight : std::uint8_t { error, remark } weight = Weight::error;   // an error stands in the way of signing
  std::string block;                     // code
  std::string token;                     // "{{B1O}}"; empty where the whole block is meant
  std::size_t line = 0;                  // of the Markdown, from 1
  std::string message;
};

// What the texts of a report may name: its indicators as the form says them.
class FigureNames {
 public:
  struct Named {
    MeasureIndex measure = 0;
    std::string code, label, section;
  };
  FigureNames(const Catalogue& catalogue, std::vector<Named> all) : catalogue_(&catalogue), all_(std::move(all)) {}

  const std::vector<Named>& all() const { return all_; }
  const Catalogue& catalogue() const { return *catalogue_; }
  // By code in any case, or by the form's label or the catalogue's short one, without regard to accents. "text.figure", "text.saying"
  Result<FigureToken> token(std::string_view inside) const;
  std::string text(const FigureToken& token) const;                            // "{{B01: so sánh}}"
  // Every token in its one way of writing: labels become codes. Unknown ones stay.
  std::string canonical(std::string_view markdown) const;

 private:
  const Catalogue* catalogue_;
  std::vector<Named> all_;
};

class TextFigures {
 public:
  // `question`: the report's body, period, tree and lens. `targets`: of the body in the period's year. What the official lens does not know of the year before
  // is taken as it stands.
  TextFigures(FigureNames names, LedgerView view, Question question, NamedPeriod period, std::map<MeasureIndex, std::int64_t> targets);

  const FigureNames& names() const { return names_; }
  // Works out every figure that may be named in a few passes, for lists of all of them.
  void know_all();
  // What a paper says: always Vietnamese. "–" and "chưa có số cùng kỳ để so sánh" where there is nothing to say.
  std::string say(const FigureToken& token) const;
  bool can_say(const FigureToken& token) const { return said(token).has_value(); }
  // The page of what the figure is made of.
  std::string link(MeasureIndex measure) const;

  std::vector<TextProblem> problems(std::string_view block, std::string_view markdown) const;
  std::string resolved(std::string_view markdown) const;                       // Markdown; unknown tokens stay as they are
  std::vector<markdown::Part> parts(std::string_view markdown) const;          // figures as links to what they are made of; unknown tokens stay
  std::vector<markdown::Part> editor_parts(std::string_view markdown) const;   // figures as places of their tokens, for markdown::to_editor_html

 private:
  std::optional<std::string> said(const FigureToken& token) const;
  std::optional<Figure> now(MeasureIndex measure) const;
  std::optional<Figure> year_before(MeasureIndex measure) const;
  bool comparable(MeasureIndex measure) const;
  bool anything_known_of_year_before() const;

  FigureNames names_;
  Question question_;
  NamedPeriod period_;
  std::map<MeasureIndex, std::int64_t> targets_;
  Figures figures_;
  using Known = std::map<MeasureIndex, std::optional<Figure>>;
  mutable Known now_, year_before_;                                            // worked out when first asked
  mutable std::optional<bool> year_before_is_known_;
};

}  // namespace khuyenhoc
