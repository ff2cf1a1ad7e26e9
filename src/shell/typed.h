// What people type into forms, read by one rule for every room.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/day.h"

namespace khuyenhoc {

// Fields that are wrong, each with its sentence; empty when all is well. The field's name is the form's.
using FormErrors = std::vector<std::pair<std::string, std::string>>;

// A day as people write it; where none stands there, or no day, the sentence that says so is added for the field.
std::optional<Day> typed_day(std::string_view typed, std::string_view field, FormErrors& errors);

}  // namespace khuyenhoc
