// What stands in the cells of a grid or a form: the statements of whole indicators for exactly the period, taken-back ones too.
#pragma once

#include <span>
#include <vector>

#include "measures/statements.h"

namespace khuyenhoc {

std::vector<Statement> stated_cells(db::Reader& reader, const Ledger& ledger, std::span<const BodyId> bodies, Period period);

}  // namespace khuyenhoc
