#include "measures/entered.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <set>

namespace khuyenhoc {

std::shared_ptr<const Entered::Window> Entered::window(Period period) const {
  const auto found = std::ranges::lower_bound(windows_, period, {}, &std::pair<Period, std::shared_ptr<const Window>>::first);
  return found != windows_.end() && found->first == period ? found->second : nullptr;
}

Entered::Round Entered::round(Period period) const {
  Round out;
  out.whole_ = window(period);
  if (period.first != period.last) out.last_day_ = window({period.last, period.last});
  return out;
}

std::shared_ptr<const Entered> Entered::with(std::span<const Row> rows) const {
  auto changed = std::make_shared<Entered>(*this);
  std::set<const Window*> own_windows;                               // already copied: nobody else sees them yet
  std::set<const Chunk*> own_chunks;
  for (const Row& row : rows) {
    auto found = std::ranges::lower_bound(changed->windows_, row.window, {}, &std::pair<Period, std::shared_ptr<const Window>>::first);
    if (found == changed->windows_.end() || found->first != row.window) found = changed->windows_.insert(found, {row.window, nullptr});
    std::shared_ptr<Window> window;
    if (own_windows.contains(found->second.get())) {
      window = std::const_pointer_cast<Window>(found->second);
    } else {
      window = found->second ? std::make_shared<Window>(*found->second) : std::make_shared<Window>();
      own_windows.insert(window.get());
      found->second = window;
    }
    const std::size_t place = row.body / chunk_size;
    if (place >= window->size()) window->resize(place + 1);
    auto& chunk = (*window)[place];
    if (!own_chunks.contains(chunk.get())) {
      chunk = chunk ? std::make_shared<Chunk>(*chunk) : std::make_shared<Chunk>();
      own_chunks.insert(chunk.get());
    }
    Cell& cell = (*chunk)[row.body % chunk_size];
    if (row.figures) {
      assert(*row.figures >= 0 && *row.figures <= std::numeric_limits<std::uint16_t>::max());
      cell.figures = static_cast<std::uint16_t>(*row.figures);
    }
    if (row.mode) cell.mode = static_cast<std::uint8_t>(*row.mode);
  }
  return changed;
}

}  // namespace khuyenhoc
