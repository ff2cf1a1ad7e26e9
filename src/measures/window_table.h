// Remainders of windows that cross another window of the same body (school year against half-year): they answer only where exactly that window is asked.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "measures/cube.h"

namespace khuyenhoc {

// Immutable; a changed copy shares what did not change.
class WindowTable {
 public:
  struct Entry {
    Node body;
    std::int64_t amount;
  };
  std::shared_ptr<const WindowTable> with(Series series, Period window, Node body, std::int64_t amount) const;   // adds to what the body holds
  std::span<const Entry> entries(Series series, Period window) const;
  bool empty() const { return held_.empty(); }

 private:
  std::map<std::pair<Series, Period>, std::shared_ptr<const std::vector<Entry>>> held_;
};

}  // namespace khuyenhoc
