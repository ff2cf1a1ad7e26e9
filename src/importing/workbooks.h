// Workbooks that the wizard hands out: the empty template of a kind, and the rows that were not written, back as they came with the reasons marked.
#pragma once

#include <string>

#include "importing/desk.h"

namespace khuyenhoc::importing {

Result<std::string> template_workbook(const ImportKind& kind, const ImportContext& context);
// Same sheet, same columns, same headings; a column more with the reasons in words. Readable again as it is.
Result<std::string> rejected_workbook(const Batch& batch, const Judged& judged, Day today);

}  // namespace khuyenhoc::importing
