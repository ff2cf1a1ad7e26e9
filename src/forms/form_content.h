// The content of a form version as the store keeps it: one JSON text, with indicators by their codes.
#pragma once

#include <string>
#include <string_view>

#include "forms/forms.h"

namespace khuyenhoc {

std::string content_text(const Catalogue& catalogue, const FormContent& content);
// "form.content": the text is not one of ours; "form.measure": with the code that the catalogue does not know as place.
Result<FormContent> content_of_text(const Catalogue& catalogue, std::string_view text);
std::string windows_text(const std::vector<PeriodWindow>& windows);
std::vector<PeriodWindow> windows_of_text(std::string_view text);

}  // namespace khuyenhoc
