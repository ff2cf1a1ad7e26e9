// A figure asked in the words of the office: which measure, of whom, for which period, in which tree, through which lens. Everything that shows a number asks here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "measures/facts.h"

namespace khuyenhoc {

enum class Lens { live, official };     // "số tạm tính", "số đã chốt"

// A body along the superiors, or a unit along the areas.
using Subject = std::variant<BodyId, UnitId>;

struct Question {
  Subject subject;
  Period period;
  Day tree;                             // the tree of this day
  Lens lens = Lens::live;
};

// An exact answer: a whole number, or a ratio kept as numerator and denominator; "–" when undefined.
struct Figure {
  std::int64_t value = 0;               // whole; of a ratio: the numerator
  std::int64_t denominator = 1;         // 1 for whole numbers; 0: undefined
  bool is_ratio = false;
  std::int64_t scale = 1;               // of a ratio: 100 for percent
  bool defined() const { return denominator != 0; }
  std::string text(const Measure& measure) const;      // "12.309", "20,4%", "110.641", "–"
  bool operator==(const Figure&) const = default;
};
inline constexpr Figure undefined_figure{0, 0, false, 1};

struct Part {                           // one row of a breakdown by child
  enum class Kind { own, child, line } kind = Kind::child;
  Subject subject;                      // of own: the asked one; of a line: the body or unit it is keyed by
  std::string label;
  Figure figure;
};

// What a line is called: it is keyed by one that is gone ("Xã Ea BHốk (cũ)") or, in an older tree, by one that was yet to come ("Xã Ea Kar (có từ 01/7/2025)").
std::string line_label(const Organisation& organisation, const Subject& subject, Day tree);

// How complete an official figure is: who has closed the round, and whose last closed levels stand in.
struct Coverage {
  std::string family;
  std::size_t expected = 0;             // associations of communes, offices and universities in the subject
  std::size_t closed = 0;
  std::vector<BodyId> carried;          // missing, with the last closed levels taken and no flows
  std::vector<BodyId> absent;           // missing, and nothing to carry
  std::int64_t closed_ms = 0;           // when the newest of the reports in it was closed; 0: none was
};

class Figures {                         // one view: everything asked of one object agrees
 public:
  explicit Figures(LedgerView view) : view_(std::move(view)) {}
  // Refusals: "figure.not_additive", "figure.no_official", "figure.unplaced".
  Result<Figure> figure(MeasureIndex measure, const Question& question) const;
  Result<Figure> member(Series series, const Question& question) const;
  Result<std::vector<Part>> by_child(MeasureIndex measure, const Question& question) const;  // own, children by name, lines: sums to the figure
  Result<std::vector<Part>> by_child(Series series, const Question& question) const;
  // Every child and the whole of many measures at once: rows as by_child, one figure per measure.
  struct Table {
    std::vector<Part> rows;                            // figure of each row: of the first measure
    std::vector<std::vector<Figure>> figures;          // [row][measure]
    std::vector<Figure> whole;                         // [measure]
  };
  Result<Table> table(std::span<const MeasureIndex> measures, const Question& question) const;
  // One figure a month; the first and the last month may be cut by the period (a level stands at the end of each).
  Result<std::vector<Figure>> by_month(MeasureIndex measure, const Question& question) const;
  // For cross-checks: what a term stands for, the day before the period and the window before it included; none where it is undefined. Blank is not known
  // here: whoever checks typed figures asks the statements first.
  std::optional<std::int64_t> term(const Term& term, const Question& question) const;
  Result<Coverage> coverage(const Question& question) const;                                 // official lens only
  static Question same_last_year(const Question& question);                                  // tree stays: restated in the period's territory
  const LedgerView& view() const { return view_; }
  const Catalogue& catalogue() const { return *view_.catalogue; }

 private:
  Result<Table> table_of(std::span<const Series> asked, const Question& question) const;
  LedgerView view_;
};

// "tăng 14.030 hội viên (2,1%) so với cùng kỳ năm 2025"; "không thay đổi so với …"; of a ratio in percent points: "tăng 0,3 điểm phần trăm so với …".
// Empty when either side is undefined: then nothing is compared.
std::string comparison_sentence(const Measure& measure, const Figure& now, const Figure& then, std::string_view compared_with, Language language = Language::vietnamese);
// The short form for a table cell: "tăng 14.030 (2,1%)".
std::string comparison_text(const Measure& measure, const Figure& now, const Figure& then, Language language = Language::vietnamese);
// "cùng kỳ năm 2025 (quy về địa giới hiện nay)" or without the bracket.
enum class Restated { no, yes };
std::string same_last_year_words(const Question& question, Restated restated, Language language = Language::vietnamese);

}  // namespace khuyenhoc
