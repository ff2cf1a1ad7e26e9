// Telephone numbers as people type them, and the one form in which they are stored.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace khuyenhoc {

// Ten digits for mobiles, eleven for landlines, beginning with 0: "+84 912.345.678" -> "0912345678". None when it is no telephone number.
std::optional<std::string> telephone_digits(std::string_view typed);

}  // namespace khuyenhoc
