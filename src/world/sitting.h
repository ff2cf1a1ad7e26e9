// The house as it was at one moment, and one of its people at work there: what they do goes through the doors of the rooms, and into the trail, at that hour.
#pragma once

#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "reporting/reporting.h"
#include "world/plan.h"

namespace khuyenhoc::world {

class Sitting {
 public:
  Sitting(const World& world, ViewerData who, std::int64_t at_ms);
  Sitting(const Sitting&) = delete;
  Sitting& operator=(const Sitting&) = delete;

  House& house() { return house_; }
  const Viewer& viewer() const { return viewer_; }
  Day today() const { return clock_.today(); }
  AuditTrail& trail() { return trail_; }
  template <class Body>
  auto write(Body body) {
    return house_.store.write([&](db::Writer& writer) { return body(writer); });
  }

  void sign_in();
  // Into the grid of the association; a cell that is refused ends the making of the world.
  Result<void> type(BodyId association, BodyId body, const NamedPeriod& period, std::span<const TypedFigure> figures);

 private:
  static ViewerData on(ViewerData who, Day today);

  Clock clock_;
  AuditTrail trail_;
  House house_;
  Viewer viewer_;
};

// What people do, in the order of time, however it was thought up. What would be later than the morning of the world's day has not happened yet.
class Acts {
 public:
  void at(std::int64_t at_ms, std::function<Result<void>()> act) { acts_.emplace_back(at_ms, std::move(act)); }
  Result<void> happen(const World& world);

 private:
  std::vector<std::pair<std::int64_t, std::function<Result<void>()>>> acts_;
};

}  // namespace khuyenhoc::world
