// The annex given back with what is wrong marked in its cells, so that it can be mended and sent again.
#pragma once

#include <string>

#include "past_years/annex_loading.h"

namespace khuyenhoc {

// Refusals of the workbook that was kept and of writing one.
Result<std::string> marked_workbook(db::Reader& reader, const AnnexPlan& plan, Day today);

}  // namespace khuyenhoc
