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

struct FoundAll {
  std::vector<Found> bodies, units;      // best first
  bool empty() const { return bodies.empty() && units.empty(); }
};

FoundAll search(const Outlook& outlook, std::string_view typed, std::size_t bodies, std::size_t units);

}  // namespace khuyenhoc::directory
