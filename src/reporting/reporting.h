// Entering figures: the grid of a commune, the short form of a branch, a commune's own figures, the same grid as a workbook; what is due, and the desk that writes, for other rooms.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "reporting/asked_forms.h"
#include "reporting/corrections.h"
#include "reporting/entry_columns.h"
#include "reporting/entry_desk.h"
#include "reporting/entry_sheet.h"
#include "reporting/entry_state.h"
#include "reporting/entry_workbook.h"
#include "reporting/entry_texts.h"
#include "reporting/known_of_tree.h"
#include "reporting/reasons.h"
#include "reporting/visitors.h"
#include "shell/visit.h"

namespace khuyenhoc {

// "ông Phạm Văn Lượng" inside a sentence.
std::string inside_sentence(std::string name);

// /nhap-so-lieu…, /phieu…, /l/{token}
void add_reporting_pages(Pages& pages, AskedCorrections asked = {});

}  // namespace khuyenhoc
