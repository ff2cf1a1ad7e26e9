// The form's checks as formulas of a workbook: what does not hold in a row is said beside it while it is filled in, in the form's own words.
#pragma once

#include <optional>
#include <string>

#include "reporting/entry_sheet.h"

namespace khuyenhoc {

// The formula of the cell that says what is wrong in one row of the sheet: blanks, checks that do not hold; empty text where nothing is typed or all is well.
// Checks over figures that the workbook does not show are left to the server. None for a row that is asked nothing.
std::optional<std::string> row_check_formula(const Catalogue& catalogue, const EntrySheet& sheet, const EntryRow& row, int at);

}  // namespace khuyenhoc
