// Whose figures were written lately: what was worked out from some bodies' statements, facts and modes holds until one of them is touched.
#pragma once

#include <cstdint>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "organisation/organisation.h"

namespace khuyenhoc {

// A commit touches the bodies it writes for and everything above them, once it can be read.
class Touched {
 public:
  std::uint64_t now() const;                                                        // to be asked before what is kept is read
  std::vector<std::size_t> since(std::span<const Node> bodies, std::uint64_t then) const;   // which of them, by place, were touched after that
  void touch(std::span<const Node> bodies);
  void touch_all();

 private:
  mutable std::mutex mutex_;
  std::uint64_t count_ = 0, all_at_ = 0;
  std::vector<std::uint64_t> at_;                                                   // by node
};

// The bodies written for, from the first day it concerns, with everything above them.
void touch_written(Touched& touched, const Organisation& organisation, std::span<const std::pair<BodyId, Day>> written);

}  // namespace khuyenhoc
