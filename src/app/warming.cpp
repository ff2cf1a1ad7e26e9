#include "app/warming.h"

#include <chrono>

#include "platform/log/log.h"

namespace khuyenhoc {
namespace {

// Asking once for each series lays its run out along the axis.
void warm(const LedgerView& view, AxisKind kind, Day day, const std::stop_token& stop) {
  const auto axis = view.cube->axis(kind, day);
  const Catalogue& catalogue = *view.catalogue;
  for (Series series = 0; series < catalogue.series_count() && !stop.stop_requested(); ++series)
    if (catalogue.is_whole(series)) (void)view.cube->level(*axis, series, axis->layout().everything(), day);
}

}  // namespace

Warming::Warming(House& house) {
  if (house.organisation.current()->size() == 0) return;
  thread_ = std::jthread([&house](const std::stop_token& stop) {
    const auto began = std::chrono::steady_clock::now();
    for (const Day day : {house.clock.today(), reform_day() - 1})
      for (const AxisKind kind : {AxisKind::superiors, AxisKind::areas}) warm(house.ledger.view(), kind, day, stop);
    log::info("trees laid out in {} ms", std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began).count());
  });
}

}  // namespace khuyenhoc
