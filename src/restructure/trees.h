// The tree as it is and as it will be, or as it was and as it is: what pages of restructures show side by side.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "restructure/draft.h"

namespace khuyenhoc {

enum class TreeMark { none, ends, opens, comes, goes_on, renamed };

struct TreeNode {
  std::string name;
  TreeMark mark = TreeMark::none;
  std::string remark;                   // "trước là Hội Khuyến học thị trấn Ea Kar"
  std::vector<TreeNode> below;
  std::size_t more = 0;                 // others below, unchanged or too many to name
};

// Only what the acts concern, under its superiors.
struct TwoTrees {
  std::vector<TreeNode> before, after;
  std::size_t left_out = 0;             // bodies concerned beyond those shown
};
TwoTrees trees_of(const RestructureDraft& draft, const Organisation& organisation, Day day);

// One body below the asked one in the tree of a day, and what stands for it in the other tree.
struct LifeRow {
  enum class What { same, renamed, moved, merged, divided, ended, opened };
  BodyId body;
  std::string name;
  What what = What::same;
  std::vector<std::pair<BodyId, std::string>> others;      // its successors today; of today's bodies its predecessors then
  std::string superior;                                    // of a moved one: the other side's superior
  BodyRestructureId restructure;                           // by which decision; none: not on record
  std::string title, basis;
};
struct LifeSide {
  BodyId body;
  std::string name;
  std::vector<LifeRow> rows;
};
struct BeforeAndAfter {
  Day then, now;
  std::vector<LifeSide> before;         // what stood for the body on the chosen day: often several
  LifeSide after;
  std::vector<Day> days;                // of decisions that concern it, newest first: days worth choosing
};
// `body` is alive on `now`.
BeforeAndAfter before_and_after(db::Reader& reader, Restructures& restructures, const Organisation& organisation, BodyId body, Day then, Day now);
// The day before the last decision that concerned the body or its predecessors; none when there was none.
std::optional<Day> day_before_last_change(db::Reader& reader, Restructures& restructures, const Organisation& organisation, BodyId body, Day now);

}  // namespace khuyenhoc
