// Many measures of some bodies and of the whole they belong to, at once and without names or order: what stands behind a grid.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "measures/figures.h"

namespace khuyenhoc {

struct FiguresOfBodies {
  std::vector<std::vector<std::int64_t>> of;   // [body][measure]; 0 of a body that has no place in that tree, as nothing is known of it
  std::vector<std::int64_t> whole;             // [measure], of the question's subject
};

// Whole numbers only. The bodies stand anywhere below the question's subject. Refusals: those of Figures.
Result<FiguresOfBodies> figures_of_bodies(const LedgerView& view, std::span<const MeasureIndex> measures, const Question& question, std::span<const BodyId> bodies);

}  // namespace khuyenhoc
