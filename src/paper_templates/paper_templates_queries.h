// Writing the tables of templates and of what is used.
#pragma once

#include "paper_templates/paper_templates.h"

namespace khuyenhoc::paper_template_sql {

void insert(db::Writer& writer, const PaperTemplate& given);
void insert_choice(db::Writer& writer, const PaperChoice& given, UserId by, const std::string& by_name, std::int64_t at_ms);

}  // namespace khuyenhoc::paper_template_sql
