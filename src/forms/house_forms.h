// The house's own forms as read from catalogue/forms.toml.
#pragma once

#include <string_view>
#include <vector>

#include "forms/forms.h"

namespace khuyenhoc {

Result<std::vector<FormVersion>> parse_forms(std::string_view toml, const Catalogue& catalogue, const Periods& periods);   // "forms.entry"
const std::vector<FormVersion>& house_forms();

}  // namespace khuyenhoc
