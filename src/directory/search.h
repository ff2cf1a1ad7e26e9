// Finding bodies and units by what people type, within the viewer's scope.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "directory/outlook.h"

namespace khuyenhoc::directory {

struct Found {
  Named what;
  std::string where;             // "xã Ea Kar, tỉnh Đắk Lắk"
  std::string remark;            // "đã kết thúc từ 01/8/2025", or empty
};

// Bodies and units together, best first: the very name, then names that end in what was typed ("Hội Khuyến học xã Ea Kar"), then the others; what has
// ended comes last.
std::vector<Found> search(const Outlook& outlook, std::string_view typed, std::size_t limit);

}  // namespace khuyenhoc::directory
