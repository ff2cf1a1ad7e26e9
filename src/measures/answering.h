// Works figures out for one question and many ranges of one tree at once: sums from the cube or from closed rounds, formulas over them.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "measures/figures.h"

namespace khuyenhoc {

// Where a question's subject stands in the tree it is asked in.
struct Standing {
  std::shared_ptr<const Axis> axis;
  Node node = no_node;
  LabelRange range;
  bool has_parts = false;               // children or lines below it
};
Result<Standing> standing_of(const LedgerView& view, const Question& question);
// The family of forms whose closed rounds answer the official lens for the period.
Result<std::string> closed_family(const LedgerView& view, Period period);
// What the official lens shows of a body: its closed report of the period, or, of a level, the last one before. That of an ended body stands in only as long as
// whoever took its place has never closed. None: nothing.
const ClosedRound* round_shown(const LedgerView& view, const std::string& family, Period period, BodyId body, MeasureKind kind);
// The label of a body on an axis; nullopt when it is not on it.
std::optional<Label> label_of(const LedgerView& view, const Axis& axis, BodyId body);

class Answering {
 public:
  static Result<Answering> make(const LedgerView& view, const Question& question, std::shared_ptr<const Axis> axis, std::vector<LabelRange> ranges);
  // One figure a range.
  std::vector<Figure> figures(Series series);
  // What a term of a formula or a check stands for, one value a range; none where it is undefined.
  using Sums = std::vector<std::optional<std::int64_t>>;
  const Sums& sums(const Term& term);

 private:
  Sums live(Series series, Moment moment, MeasureKind kind) const;
  Sums official(Series series, Moment moment, MeasureKind kind) const;
  Series member_like(Series asked, const Term& term) const;

  LedgerView view_;
  Period period_;
  Lens lens_ = Lens::live;
  std::string family_;
  std::shared_ptr<const Axis> axis_;
  std::vector<LabelRange> ranges_;
  std::map<std::pair<Series, Moment>, Sums> known_;
};

}  // namespace khuyenhoc
