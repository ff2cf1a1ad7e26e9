// What the official lens reads: the frozen figures of every closed report in force, by form family and period. In memory; a reader's copy never changes.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/id.h"
#include "measures/cube.h"

namespace khuyenhoc {

// One body's report of one period as frozen: its own figures and those of the branches that report through it (closing.h), by series. Without any figures: it
// has become part of another's.
struct ClosedRound {
  std::int64_t id = 0;
  std::string family;
  Period period;
  BodyId body;
  std::int64_t version = 0;
  std::int64_t closed_ms = 0;
  std::vector<std::pair<Series, std::int64_t>> figures;          // sorted by series
  std::optional<std::int64_t> figure(Series series) const;
};

class ClosedRounds {
 public:
  void add(std::shared_ptr<const ClosedRound> round);                                            // in force instead of the version before
  // The families that have closed this very period, in order of their codes.
  std::vector<std::string> families(Period period) const;
  // The report of a body in force for the period, or none.
  const ClosedRound* of(const std::string& family, Period period, BodyId body) const;
  std::shared_ptr<const ClosedRound> shared(const std::string& family, Period period, BodyId body) const;
  // The last one closed for an earlier period of the same family: levels of a body that has not reported are carried from it.
  const ClosedRound* last_before(const std::string& family, Period period, BodyId body) const;
  // Every body that ever closed a period of the family.
  std::vector<BodyId> bodies(const std::string& family) const;

 private:
  using OfBody = std::vector<std::shared_ptr<const ClosedRound>>;                                // by last day, then first day
  const OfBody* find(const std::string& family, BodyId body) const;
  std::map<std::string, std::map<BodyId, OfBody>> families_;
};

}  // namespace khuyenhoc
