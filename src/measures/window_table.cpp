#include "measures/window_table.h"

#include <algorithm>

namespace khuyenhoc {

std::shared_ptr<const WindowTable> WindowTable::with(Series series, Period window, Node body, std::int64_t amount) const {
  auto out = std::make_shared<WindowTable>(*this);
  auto& held = out->held_[{series, window}];
  auto entries = held ? std::make_shared<std::vector<Entry>>(*held) : std::make_shared<std::vector<Entry>>();
  const auto at = std::ranges::lower_bound(*entries, body, {}, &Entry::body);
  if (at != entries->end() && at->body == body) at->amount += amount;
  else entries->insert(at, {body, amount});
  held = std::move(entries);
  return out;
}

std::span<const WindowTable::Entry> WindowTable::entries(Series series, Period window) const {
  const auto at = held_.find({series, window});
  if (at == held_.end()) return {};
  return *at->second;
}

}  // namespace khuyenhoc
