// Whether a draft may be kept, and whether it may be published.
#pragma once

#include "forms/forms.h"

namespace khuyenhoc {

enum class Judged : std::uint8_t { as_draft, for_publishing };
// Refusals with the place of the field: "form.name", "form.empty", "form.line", "form.block", "form.check" (place "kt-2"), "form.question" (place "ch-3"), "form.window".
Result<void> judge_content(db::Reader& reader, const House& house, const FormVersion& draft, Judged how);
// A check as typed: its formula read, every indicator among those asked. "form.check" with what is wrong where.
Result<Check> judge_check(const Catalogue& catalogue, const std::string& code, const std::string& expression, const std::string& message, const std::vector<MeasureIndex>& asked);
// Every indicator the draft asks, with those of the form it adds to.
std::vector<MeasureIndex> asked_with_base(db::Reader& reader, const House& house, const FormVersion& draft);

}  // namespace khuyenhoc
