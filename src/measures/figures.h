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
  std::string text(const Measure& measure) const;      // "12.309", "20,4%", "110.641", "–"
};

struct Part {                           // one row of a breakdown by child
  enum class Kind { own, child, line } kind = Kind::child;
  Subject subject;                      // of own: the asked one; of a line: the body or unit it is keyed by
  std::string label;
  Figure figure;
};

class Figures {                         // one snapshot: everything asked of one object agrees
 public:
  Figures(std::shared_ptr<const CubeSnapshot> snapshot, const Catalogue& catalogue, OrganisationView organisation);
  Result<Figure> figure(MeasureIndex measure, const Question& question) const;               // "figure.not_additive", "figure.no_official", "figure.unplaced"
  Result<Figure> member(Series series, const Question& question) const;
  Result<std::vector<Part>> by_child(MeasureIndex measure, const Question& question) const;  // own, children by name, lines: sums to the figure
  Result<std::vector<Figure>> by_month(MeasureIndex measure, const Question& question) const;
  Question same_last_year(const Question& question) const;                                   // tree stays: restated in the period's territory
};

}  // namespace khuyenhoc
