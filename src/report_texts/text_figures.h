// Live figures in the text of a report: {{B01}} stands for the figure, {{B01: so sánh}} for a phrase that writes itself. Each is worked out when the text is read, never kept.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "measures/figures.h"
#include "platform/markdown/markdown.h"
#include "shell/house.h"

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
std::string_view saying_words(FigureSaying saying);                            // "so sánh"; empty for the value
std::string_view saying_label(FigureSaying saying);                            // "So sánh với cùng kỳ", for lists

struct FigureToken {
  MeasureIndex measure = 0;
  FigureSaying saying = FigureSaying::value;
  std::string text(const Catalogue& catalogue) const;                          // "{{B01: so sánh}}"
  bool operator==(const FigureToken&) const = default;
};

// What a report's texts may name: its indicators as the form says them.
struct NamedFigure {
  MeasureIndex measure = 0;
  std::string code, label, section;
};

// A place in a text that cannot be said: what stands there and why, whole sentences.
struct TextProblem {
  enum class Weight : std::uint8_t { error, remark } weight = Weight::error;   // an error stands in the way of signing
  std::string block;                     // code
  std::string token;                     // "{{B1O}}"
  std::size_t line = 0;                  // from 1
  std::string message;
};

class TextFigures {
 public:
  // `question`: the report's body, period, tree and lens.
  TextFigures(const House& house, LedgerView view, Question question, std::vector<NamedFigure> named);

  const std::vector<NamedFigure>& named() const { return named_; }
  // By code in any case, or by the label of the form without regard to accents; "text.figure", "text.saying"
  Result<FigureToken> token(std::string_view inside) const;
  // "–" and "chưa có số cùng kỳ để so sánh" where there is nothing to say.
  std::string say(const FigureToken& token) const;
  bool can_say(const FigureToken& token) const;
  // The page of what the figure is made of.
  std::string link(MeasureIndex measure) const;
  // The sayings that make sense for this indicator here, each with its words, for lists of the editor.
  std::vector<std::pair<FigureSaying, std::string>> sayings(MeasureIndex measure) const;

  // Every token in its one way of writing: labels become codes. Unknown ones stay.
  std::string canonical(std::string_view markdown) const;
  std::vector<TextProblem> problems(std::string_view block, std::string_view markdown) const;
  std::string resolved(std::string_view markdown) const;                       // Markdown; unknown tokens stay as they are
  std::vector<markdown::Part> parts(std::string_view markdown) const;          // figures as links to what they are made of; unknown tokens stay

 private:
  std::optional<Figure> figure(MeasureIndex measure, const Question& question) const;
  std::optional<Figure> target(MeasureIndex measure) const;
  document::Run run(std::string_view inside) const;

  const House& house_;
  Question question_;
  std::vector<NamedFigure> named_;
  Figures figures_;
};

}  // namespace khuyenhoc
