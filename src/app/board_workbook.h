// A board as a workbook: measures across, the unit's children down, as the program answers today.
#pragma once

#include <string>
#include <vector>

#include "app/asked.h"

namespace khuyenhoc {

// Whole numbers as numbers, ratios as ratios, undefined ones as "–". Refusals of Figures, and of the workbook when there is no room.
Result<std::string> board_workbook(const House& house, const Asked& asked, const std::vector<MeasureIndex>& measures);

// Every measure that may be added up over units, in the order of the catalogue.
std::vector<MeasureIndex> usual_measures(const Catalogue& catalogue);

}  // namespace khuyenhoc
