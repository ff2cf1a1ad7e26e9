// Small turns of phrase around words that come from elsewhere.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace khuyenhoc {

// Names one after the other: "xã Ea Kar", "xã Ea Kar và xã Ea Ô", "xã Ea Kar, xã Ea Ô và xã Cư Yang".
std::string enumerated(std::span<const std::string> names);
// The first letter large, the rest as it is: "đắk lắk" -> "Đắk lắk".
std::string capitalised(std::string_view text);

}  // namespace khuyenhoc
