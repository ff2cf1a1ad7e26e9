// Which cell styles of a workbook show a day: a day is a number that only its format betrays.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace khuyenhoc::spreadsheet {

// True when the format shows a calendar day ("dd/mm/yyyy"), not only a time or a duration ("[h]:mm").
bool shows_a_day(std::string_view format_code);
bool built_in_format_shows_a_day(int format_id);
// One entry for each cell style (cellXfs) of styles.xml.
Result<std::vector<bool>> day_styles(std::string styles_xml);

}  // namespace khuyenhoc::spreadsheet
