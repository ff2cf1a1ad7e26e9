#include "shell/form.h"

#include <algorithm>

namespace khuyenhoc {

FormLine FormLine::text(std::string name, std::string label, std::string value, std::string help, Wanted wanted) {
  return {.kind = Kind::text, .name = std::move(name), .label = std::move(label), .value = std::move(value), .help = std::move(help), .wanted = wanted};
}

FormLine FormLine::choice(std::string name, std::string label, std::string value, std::vector<FormChoice> choices, std::string help) {
  return {.kind = Kind::choice, .name = std::move(name), .label = std::move(label), .value = std::move(value), .help = std::move(help), .choices = std::move(choices)};
}

bool PlainForm::has_file() const {
  return std::ranges::any_of(fields, [](const FormLine& field) { return field.kind == FormLine::Kind::file; });
}

std::string PlainForm::error_of(const std::string& field) const {
  for (const auto& [name, message] : errors)
    if (name == field) return message;
  return {};
}

}  // namespace khuyenhoc
