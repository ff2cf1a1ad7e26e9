#include "measures/cube_axis.h"

#include <algorithm>
#include <cassert>

namespace khuyenhoc {

BodyPlaces::BodyPlaces(const Layout& layout, std::size_t bodies, std::span<const Node> area_node) : label(bodies, no_label), rank(bodies, 0) {
  const auto order = layout.in_order();
  label_of_rank.resize(order.size());
  std::vector<std::uint32_t> rank_of_node(order.size());
  for (std::uint32_t at = 0; at < order.size(); ++at) {
    label_of_rank[at] = layout.label(order[at]);
    rank_of_node[order[at]] = at;
  }
  for (std::size_t body = 0; body < bodies; ++body) {
    const Node node = area_node.empty() ? static_cast<Node>(body) : body < area_node.size() ? area_node[body] : no_node;
    if (node == no_node) continue;
    assert(node < order.size());
    rank[body] = rank_of_node[node];
    label[body] = label_of_rank[rank[body]];
  }
}

std::size_t BodyPlaces::resident_bytes() const { return (label.capacity() + rank.capacity() + label_of_rank.capacity()) * sizeof(Label); }

std::shared_ptr<const Run> RunKeeper::keep(std::vector<RunEntry>&& entries) {
  auto* run = new Run(entries);
  const std::size_t bytes = run->resident_bytes();
  used_.fetch_add(bytes, std::memory_order_relaxed);
  clock_.fetch_add(1, std::memory_order_relaxed);
  return std::shared_ptr<const Run>(run, [keeper = shared_from_this(), bytes](const Run* dropped) {
    keeper->used_.fetch_sub(bytes, std::memory_order_relaxed);
    delete dropped;
  });
}

void RunKeeper::watch(const std::shared_ptr<AxisCells>& cells) {
  const std::lock_guard lock(mutex_);
  std::erase_if(cells_, [](const auto& one) { return one.expired(); });
  cells_.push_back(cells);
}

std::vector<std::shared_ptr<AxisCells>> RunKeeper::all_cells() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<AxisCells>> alive;
  for (const auto& one : cells_) {
    if (auto cells = one.lock()) alive.push_back(std::move(cells));
  }
  return alive;
}

void RunKeeper::make_room() {
  if (used() <= limit_) return;
  const std::unique_lock dropping(dropping_, std::try_to_lock);
  if (!dropping) return;                               // somebody is at it
  struct Candidate {
    std::uint64_t last_used;
    std::shared_ptr<AxisCells> cells;
    Series series;
    std::shared_ptr<AxisSeries> runs;
  };
  std::vector<Candidate> candidates;
  for (const auto& cells : all_cells()) {
    for (Series series = 0; series < cells->size(); ++series) {
      if (auto runs = cells->in_use(series)) {
        const std::uint64_t last_used = runs->last_used.load(std::memory_order_relaxed);
        candidates.push_back({last_used, cells, series, std::move(runs)});
      }
    }
  }
  std::sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) { return a.last_used < b.last_used; });
  for (Candidate& oldest : candidates) {
    if (used() <= limit_ / 5 * 4) break;
    oldest.cells->drop(oldest.series, oldest.runs.get());
    oldest.runs.reset();
  }
}

AxisSeries::AxisSeries(std::shared_ptr<const SeriesFacts> facts) : facts_(std::move(facts)) {
  const std::size_t count = years() * 18;
  slots_ = std::make_unique<Slot[]>(count);
  owned_.resize(count);
}

// Months first, then quarters, years, and levels at the end of each year.
std::size_t AxisSeries::slot_of(Window window) const {
  const auto year = static_cast<std::size_t>(window.year - facts_->first_year());
  const auto part = static_cast<std::size_t>(window.part);
  switch (window.kind) {
    case Kind::month: return year * 12 + part;
    case Kind::quarter: return years() * 12 + year * 4 + part;
    case Kind::year: return years() * 16 + year;
    case Kind::up_to_year: break;
  }
  return years() * 17 + year;
}

AxisSeries::Window AxisSeries::window_of(std::size_t slot) const {
  const auto window = [&](Kind kind, std::size_t year, std::size_t part) {
    return Window{kind, facts_->first_year() + static_cast<int>(year), static_cast<int>(part)};
  };
  if (slot < years() * 12) return window(Kind::month, slot / 12, slot % 12);
  if (slot < years() * 16) return window(Kind::quarter, slot / 4 - years() * 3, slot % 4);
  if (slot < years() * 17) return window(Kind::year, slot - years() * 16, 0);
  return window(Kind::up_to_year, slot - years() * 17, 0);
}

bool AxisSeries::holds(Window window, Day day) {
  const int year = day.year();
  if (window.kind == Kind::up_to_year) return year <= window.year;
  if (year != window.year) return false;
  const int month = day.month() - 1;
  return window.kind == Kind::year || (window.kind == Kind::quarter ? month / 3 == window.part : month == window.part);
}

const Run& AxisSeries::run(const AxisCells& cells, std::size_t slot) const {
  if (const Run* there = slots_[slot].load(std::memory_order_acquire)) return *there;
  {
    const std::lock_guard lock(mutex_);
    if (!owned_[slot]) {
      const Window window = window_of(slot);
      int first = window.year * 12, end = first + 12;
      if (window.kind == Kind::month) first += window.part, end = first + 1;
      if (window.kind == Kind::quarter) first += window.part * 3, end = first + 3;
      if (window.kind == Kind::up_to_year) first = facts_->first_year() * 12;
      owned_[slot] = build(cells, first, end, Day::earliest(), Day::latest());
      slots_[slot].store(owned_[slot].get(), std::memory_order_release);
    }
  }
  cells.keeper().make_room();
  return *slots_[slot].load(std::memory_order_acquire);
}

std::shared_ptr<const Run> AxisSeries::part_run(const AxisCells& cells, int month, Day first, Day last) const {
  std::shared_ptr<const Run> part;
  {
    const std::lock_guard lock(mutex_);
    const auto found = parts_.find({first, last});
    if (found != parts_.end()) return found->second;
    part = build(cells, month, month + 1, first, last);
    if (parts_.size() >= kept_parts) parts_.erase(parts_.begin());
    parts_[{first, last}] = part;
  }
  cells.keeper().make_room();
  return part;
}

std::shared_ptr<const Run> AxisSeries::build(const AxisCells& cells, int first_month, int end_month, Day first, Day last) const {
  const std::shared_ptr<const BodyPlaces> places = cells.places();
  std::size_t count = 0;
  for (int month = first_month; month < end_month; ++month) {
    if (const MonthFacts* facts = facts_->month(month)) count += facts->size();
  }
  static thread_local std::vector<std::int64_t> amounts;
  const auto each = [&](auto visit) {
    for (int month = first_month; month < end_month; ++month) {
      const MonthFacts* facts = facts_->month(month);
      if (facts == nullptr || facts->last_day() < first || last < facts->first_day()) continue;
      const bool whole = first <= facts->first_day() && facts->last_day() <= last;
      facts->amounts().read_into(amounts);
      for (std::size_t index = 0; index < facts->size(); ++index) {
        const Node body = facts->body(index);
        if (body >= places->label.size() || places->label[body] == no_label) continue;   // a newer body than these trees know: no reader of theirs sees its facts
        if (whole || (first <= facts->day(index) && facts->day(index) <= last)) visit(body, amounts[index]);
      }
    }
  };
  std::vector<RunEntry> entries;
  const std::size_t ranks = places->label_of_rank.size();
  if (count < ranks / 16) {
    entries.reserve(count);
    each([&](Node body, std::int64_t amount) { entries.push_back({places->label[body], amount}); });
    put_in_order(entries);
  } else {                                             // many: added up in their places, then read off in order
    static thread_local std::vector<std::int64_t> sums;
    sums.assign(ranks, 0);
    each([&](Node body, std::int64_t amount) { sums[places->rank[body]] += amount; });
    entries.reserve(std::min(count, ranks));
    for (std::size_t rank = 0; rank < ranks; ++rank) {
      if (sums[rank] != 0) entries.push_back({places->label_of_rank[rank], sums[rank]});
    }
  }
  return cells.keeper().keep(std::move(entries));
}

std::shared_ptr<const Run> AxisSeries::built(std::size_t slot) const {
  const std::lock_guard lock(mutex_);
  return owned_[slot];
}

bool AxisSeries::any_built() const {
  const std::lock_guard lock(mutex_);
  return std::any_of(owned_.begin(), owned_.end(), [](const auto& run) { return run != nullptr; });
}

std::shared_ptr<AxisSeries> AxisSeries::with(std::shared_ptr<const SeriesFacts> next, std::span<const Delta> deltas, const AxisCells& cells) const {
  auto merged = std::make_shared<AxisSeries>(std::move(next));
  merged->last_used = last_used.load(std::memory_order_relaxed);
  const std::shared_ptr<const BodyPlaces> places = cells.places();
  std::vector<RunEntry> inside;
  for (std::size_t slot = 0; slot < years() * 18; ++slot) {
    std::shared_ptr<const Run> run = built(slot);
    if (!run) continue;
    const Window window = window_of(slot);
    inside.clear();
    for (const Delta& delta : deltas) {
      if (delta.body >= places->label.size() || places->label[delta.body] == no_label || !holds(window, delta.day)) continue;
      inside.push_back({places->label[delta.body], delta.amount});
    }
    put_in_order(inside);
    if (!inside.empty()) run = cells.keeper().keep(run->plus(inside));
    const std::size_t there = merged->slot_of(window);
    merged->slots_[there].store(run.get(), std::memory_order_release);
    merged->owned_[there] = std::move(run);
  }
  return merged;                                       // parts of months are cheap to build again
}

void AxisSeries::build_like(const AxisSeries& other, const AxisCells& cells) const {
  for (std::size_t slot = 0; slot < other.years() * 18; ++slot) {
    if (!other.built(slot)) continue;
    const Window window = other.window_of(slot);
    if (window.year >= facts_->first_year() && window.year < facts_->first_year() + facts_->years()) run(cells, window);
  }
}

AxisCells::AxisCells(std::size_t series_count, std::shared_ptr<const BodyPlaces> places, std::shared_ptr<RunKeeper> keeper)
    : count_(series_count), slots_(std::make_unique<Slot[]>(series_count)), places_(std::move(places)), keeper_(std::move(keeper)) {}

std::shared_ptr<AxisSeries> AxisCells::series(Series series, const std::shared_ptr<const SeriesFacts>& facts) {
  Slot& slot = slots_[series];
  const std::uint64_t now = keeper_->tick();
  const std::lock_guard lock(slot.mutex);
  const auto used = [&](const std::shared_ptr<AxisSeries>& runs) {
    if (runs->last_used.load(std::memory_order_relaxed) != now) runs->last_used.store(now, std::memory_order_relaxed);
    return runs;
  };
  if (slot.current && slot.current->facts() == facts) return used(slot.current);
  if (slot.previous && slot.previous->facts() == facts) return used(slot.previous);
  auto fresh = std::make_shared<AxisSeries>(facts);
  if (!slot.current || slot.current->facts()->generation() < facts->generation()) {
    slot.previous = std::move(slot.current);
    slot.current = fresh;
  } else {
    slot.previous = fresh;
  }
  return used(fresh);
}

void AxisCells::merge(Series series, const std::shared_ptr<const SeriesFacts>& before, const std::shared_ptr<const SeriesFacts>& after,
                      std::span<const Delta> deltas) {
  const std::shared_ptr<AxisSeries> old = in_use(series);
  if (!old || old->facts() != before) return;
  std::shared_ptr<AxisSeries> merged = old->with(after, deltas, *this);
  Slot& slot = slots_[series];
  const std::lock_guard lock(slot.mutex);
  if (slot.current != old) return;
  slot.previous = std::move(slot.current);
  slot.current = std::move(merged);
}

void AxisCells::extend(std::shared_ptr<const BodyPlaces> places) {
  const std::lock_guard lock(places_mutex_);
  if (places->label.size() >= places_->label.size()) places_ = std::move(places);
}

std::shared_ptr<const BodyPlaces> AxisCells::places() const {
  const std::lock_guard lock(places_mutex_);
  return places_;
}

std::shared_ptr<AxisSeries> AxisCells::in_use(Series series) const {
  const Slot& slot = slots_[series];
  const std::lock_guard lock(slot.mutex);
  return slot.current;
}

void AxisCells::drop(Series series, const AxisSeries* unused) {
  Slot& slot = slots_[series];
  std::shared_ptr<AxisSeries> current, previous;       // freed outside the lock
  const std::lock_guard lock(slot.mutex);
  previous = std::move(slot.previous);
  if (slot.current.get() == unused) current = std::move(slot.current);
}

void AxisCells::forget_version(Series series, const SeriesFacts* facts) {
  Slot& slot = slots_[series];
  std::shared_ptr<AxisSeries> current, previous;
  const std::lock_guard lock(slot.mutex);
  if (slot.previous && slot.previous->facts().get() == facts) previous = std::move(slot.previous);
  if (slot.current && slot.current->facts().get() == facts) {
    current = std::move(slot.current);
    slot.current = std::move(slot.previous);
  }
}

void AxisCells::forget_previous(Series series) {
  Slot& slot = slots_[series];
  std::shared_ptr<AxisSeries> previous;
  const std::lock_guard lock(slot.mutex);
  previous = std::move(slot.previous);
}

}  // namespace khuyenhoc
