// Lays out, behind the first visitors' backs, the trees that everybody looks at: today's, and that of the last day before the reform.
#pragma once

#include <thread>

#include "shell/house.h"

namespace khuyenhoc {

class Warming {
 public:
  explicit Warming(House& house);        // starts at once, in a thread of its own; stops when it goes

 private:
  std::jthread thread_;
};

}  // namespace khuyenhoc
