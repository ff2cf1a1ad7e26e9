// What the named places of an office's template say for one report.
#pragma once

#include "platform/document/docx_template.h"
#include "reports/round_paper.h"

namespace khuyenhoc {

// Lives no longer than the paper.
document::TemplateSource paper_fields(const RoundPaper& paper);
document::LetterheadFamily family_of(BodySystem::Papers layout);

}  // namespace khuyenhoc
