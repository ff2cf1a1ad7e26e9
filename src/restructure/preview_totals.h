// Every total before and after a restructure that was only tried: what each body holds itself, added up along the tree as it would be.
#pragma once

#include "restructure/restructure.h"
#include "territory/layout.h"

namespace khuyenhoc {

class PreviewTotals {
 public:
  // `facts`: what the tried transaction would post.
  PreviewTotals(const LedgerView& view, const Organisation& after, const std::vector<Fact>& facts, Day as_of);
  // Fills totals, grand and what is counted of them. Whole level indicators alone; none where both are zero.
  void put_into(RestructurePreview& preview, std::span<const BodyId> concerned) const;

 private:
  struct Pair {
    std::int64_t before = 0, after = 0;
  };
  struct Part {                         // first ≤ place < end among the nodes of a tree in order
    std::size_t first = 0, end = 0;
  };
  struct Place {                        // of one body, on both sides
    Part before, after;
  };
  struct Sums {                         // of all nodes before each place
    std::vector<std::int64_t> before{0}, after{0};
  };
  Place place_of(BodyId id) const;
  static Part part_of(const std::vector<Label>& labels, LabelRange range);
  Sums sums(Series series) const;

  const LedgerView& view_;
  const Organisation& after_org_;
  Day as_of_;
  std::shared_ptr<const Axis> axis_;
  Layout after_;
  std::vector<Label> labels_before_, labels_after_;        // of the nodes in the order of each tree
  std::vector<LabelRange> alone_;       // each node known before, in order, and nothing else: ranges apart are found by search
  std::map<Series, std::vector<std::pair<Node, std::int64_t>>> posted_;
};

}  // namespace khuyenhoc
