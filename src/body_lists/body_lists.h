// The Excel list of bodies below the one that imports: communes' associations, branches, boards; matched to what exists, dry run, written together, taken back.
#pragma once

#include <memory>

#include "importing/importing.h"

namespace khuyenhoc {

// Kind "to-chuc"; needs keep_bodies. Codes of findings: body_list.unknown_kind, .unknown_area, .ambiguous_area, .other_province, .other_area, .divided_unit,
// .old_unit (a note), .unknown_superior, .no_superior, .superior_kind, .superior_row, .superior_area, .twice, .telephone_twice, .day_ahead,
// .day_before_superior, .kind_closed, .namesake, .alike, .same_name_beside (a note), .other_kind (a note).
std::unique_ptr<ImportKind> body_lists_import(House& house);

}  // namespace khuyenhoc
