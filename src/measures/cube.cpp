#include "measures/cube.h"

#include <algorithm>
#include <cassert>
#include <chrono>

#if __has_include(<malloc.h>)
#include <malloc.h>
#endif

#include "measures/cube_core.h"

namespace khuyenhoc {

namespace {

// So many deltas of one series are merged by whoever posts them: the background is behind, and every reader walks over them.
constexpr std::size_t merge_at_once_at = 65'536;

}  // namespace

class CubeCore::Draft {
 public:
  explicit Draft(const CubeSnapshot& from) : next_(std::make_shared<CubeSnapshot>(from)) {}
  const SeriesState& state(Series series) const { return next_->state(series); }
  // The page of a series is copied once, when first touched.
  SeriesState& change(Series series) {
    const std::size_t page = series / CubeSnapshot::series_per_page;
    assert(page < next_->pages_.size());
    if (page != open_page_) {
      auto copy = std::make_shared<CubeSnapshot::Page>(*next_->pages_[page]);
      open_ = copy.get();
      open_page_ = page;
      next_->pages_[page] = std::move(copy);
    }
    return (*open_)[series % CubeSnapshot::series_per_page];
  }
  CubeSnapshot& snapshot() { return *next_; }
  std::shared_ptr<const CubeSnapshot> finish() { return std::move(next_); }

 private:
  std::shared_ptr<CubeSnapshot> next_;
  std::size_t open_page_ = static_cast<std::size_t>(-1);
  CubeSnapshot::Page* open_ = nullptr;
};

CubeCore::CubeCore(CubeTrees trees, std::size_t series_count, CubeOptions options)
    : options_(options), series_count_(series_count), keeper_(std::make_shared<RunKeeper>(options.kept_bytes)) {
  auto first = std::make_shared<CubeSnapshot>();
  first->trees_ = std::make_shared<TreeState>(std::move(trees), series_count, options_.kept_axes, keeper_);
  const auto empty = std::make_shared<const CubeSnapshot::Page>();
  first->pages_.assign((series_count + CubeSnapshot::series_per_page - 1) / CubeSnapshot::series_per_page, empty);
  published_ = std::move(first);
  worker_ = std::thread([this] { work_in_background(); });
}

CubeCore::~CubeCore() {
  {
    const std::lock_guard lock(work_mutex_);
    stopping_ = true;
  }
  work_waits_.notify_all();
  worker_.join();
}

std::shared_ptr<const CubeSnapshot> CubeCore::snapshot() const {
  const std::lock_guard lock(published_mutex_);
  return published_;
}

void CubeCore::publish(std::shared_ptr<const CubeSnapshot> next) {
  const std::lock_guard lock(published_mutex_);
  published_.swap(next);                             // the older one is let go after the lock
}

void CubeCore::load(const std::function<bool(std::vector<CubeFact>& chunk)>& next, std::int64_t log_position) {
  std::vector<SeriesGatherer> gatherers(series_count_);
  std::vector<CubeFact> chunk;
  const std::size_t bodies = snapshot()->trees_->trees.superiors->size();
  while (next(chunk)) {
    for (const CubeFact& fact : chunk) {
      assert(fact.series < series_count_ && fact.body < bodies);
      gatherers[fact.series].add(fact.body, fact.day, fact.amount);
    }
    chunk.clear();
  }
  const std::lock_guard writing(writing_);
  Draft draft(*snapshot());
  for (Series series = 0; series < series_count_; ++series) draft.change(series) = {gatherers[series].finish(), nullptr};
  draft.snapshot().log_position_ = log_position;
  publish(draft.finish());
#if defined(__GLIBC__)
  malloc_trim(0);                                    // what was gathered is a gigabyte at the scale of the country
#endif
}

void CubeCore::add_facts(Draft& draft, std::span<const CubeFact> facts) {
  [[maybe_unused]] const std::size_t bodies = draft.snapshot().trees_->trees.superiors->size();
  std::vector<CubeFact> by_series(facts.begin(), facts.end());
  std::stable_sort(by_series.begin(), by_series.end(), [](const CubeFact& a, const CubeFact& b) { return a.series < b.series; });
  for (std::size_t first = 0; first < by_series.size();) {
    const Series series = by_series[first].series;
    assert(series < series_count_);
    std::size_t end = first;
    while (end < by_series.size() && by_series[end].series == series) ++end;
    SeriesState& state = draft.change(series);
    auto deltas = std::make_shared<Deltas>();
    deltas->reserve((state.deltas ? state.deltas->size() : 0) + end - first);
    if (state.deltas) *deltas = *state.deltas;
    for (; first < end; ++first) {
      assert(by_series[first].body < bodies);
      deltas->push_back({by_series[first].body, by_series[first].day, by_series[first].amount});
    }
    const std::size_t count = deltas->size();
    if (count >= merge_at_once_at) {
      auto merged = (state.facts ? state.facts : std::make_shared<const SeriesFacts>())->plus(*deltas);
      merge_into_cells(series, state.facts, merged, *deltas);
      state = {std::move(merged), nullptr};
      continue;
    }
    state.deltas = std::move(deltas);
    if (count >= options_.merge_at) {
      const std::lock_guard lock(work_mutex_);
      if (queued_.insert(series).second) to_merge_.push_back(series);
      work_waits_.notify_one();
    }
  }
}

void CubeCore::post(std::span<const CubeFact> facts, std::int64_t log_position) {
  const std::lock_guard writing(writing_);
  Draft draft(*snapshot());
  add_facts(draft, facts);
  draft.snapshot().log_position_ = log_position;
  publish(draft.finish());
}

void CubeCore::replace(Series series, std::vector<CubeFact> facts) {
  assert(series < series_count_);
  Deltas content;
  content.reserve(facts.size());
  for (const CubeFact& fact : facts) content.push_back({fact.body, fact.day, fact.amount});
  auto replaced = SeriesFacts::of(std::move(content));
  const std::lock_guard writing(writing_);
  Draft draft(*snapshot());
  draft.change(series) = {std::move(replaced), nullptr};
  publish(draft.finish());
}

std::vector<Warming> CubeCore::lay_anew(TreeState& next, const TreeState& old, const std::vector<TreeState::Laid>& laid) const {
  std::vector<const TreeState::Laid*> by_use;
  for (const TreeState::Laid& one : laid) by_use.push_back(&one);
  std::sort(by_use.begin(), by_use.end(), [](const auto* a, const auto* b) { return a->last_used > b->last_used; });
  constexpr std::size_t laid_out_at_once = 4;
  std::vector<std::pair<AxisKind, Day>> done;
  std::vector<Warming> warmings;
  for (const TreeState::Laid* one : by_use) {
    if (done.size() == laid_out_at_once) break;
    if (one->kind == AxisKind::areas && next.trees.areas == nullptr) continue;
    const bool of_today = old.tree(one->kind).unchanged_since(old.trees.today) == one->since;
    const Day since = next.tree(one->kind).unchanged_since(of_today ? next.trees.today : one->asked);
    if (std::find(done.begin(), done.end(), std::pair{one->kind, since}) != done.end()) continue;
    done.emplace_back(one->kind, since);
    TreeState::Laid fresh = next.lay(one->kind, since);
    fresh.last_used = 0;
    fresh.asked = one->asked;
    warmings.push_back({fresh.cells, one->cells});
    next.put(std::move(fresh));
  }
  return warmings;
}

void CubeCore::change_trees(CubeTrees trees, std::span<const CubeFact> facts, std::optional<std::int64_t> log_position) {
  const std::lock_guard changing(changing_trees_);
  const std::shared_ptr<TreeState> old = snapshot()->trees_;
  auto next = std::make_shared<TreeState>(std::move(trees), series_count_, options_.kept_axes, keeper_);
  std::vector<Warming> warmings;
  if (next->only_added_since(*old)) next->take_over(*old);
  else warmings = lay_anew(*next, *old, old->all_laid());
  {
    const std::lock_guard writing(writing_);
    Draft draft(*snapshot());
    draft.snapshot().trees_ = next;
    add_facts(draft, facts);
    if (log_position) draft.snapshot().log_position_ = *log_position;
    publish(draft.finish());
  }
  warm_later(std::move(warmings));
}

void CubeCore::warm_later(std::vector<Warming> warmings) {
  if (warmings.empty()) return;
  const std::lock_guard lock(work_mutex_);
  to_warm_.insert(to_warm_.end(), warmings.begin(), warmings.end());
  work_waits_.notify_one();
}

std::shared_ptr<Cube::Ahead> CubeCore::ahead(CubeTrees trees, std::vector<std::pair<Series, std::vector<CubeFact>>> whole_series) {
  auto out = std::make_shared<Cube::Ahead>();
  out->old = snapshot()->trees_;
  out->next = std::make_shared<TreeState>(std::move(trees), series_count_, options_.kept_axes, keeper_);
  std::vector<TreeState::Laid> not_carried;
  const bool only_added = out->next->only_added_since(*out->old);
  for (TreeState::Laid& laid : out->old->all_laid()) {
    auto next = only_added ? out->next->carried(*out->old, laid) : std::nullopt;
    if (!next) {
      not_carried.push_back(std::move(laid));
      continue;
    }
    out->extended.emplace_back(next->cells, next->places);
    out->next->put(std::move(*next));
  }
  out->warmings = lay_anew(*out->next, *out->old, not_carried);
  for (auto& [series, facts] : whole_series) {
    assert(series < series_count_);
    Deltas content;
    content.reserve(facts.size());
    for (const CubeFact& fact : facts) content.push_back({fact.body, fact.day, fact.amount});
    out->whole_series.emplace_back(series, SeriesFacts::of(std::move(content)));
  }
  for (const Warming& warming : out->warmings) warm(warming);      // whoever reads first after the swap finds the runs there
  return out;
}

void CubeCore::change_trees(const Cube::Ahead& ahead) {
  {
    const std::lock_guard changing(changing_trees_);
    const std::lock_guard writing(writing_);
    if (snapshot()->trees_ == ahead.old) {
      for (const auto& [cells, places] : ahead.extended) cells->extend(places);
      Draft draft(*snapshot());
      draft.snapshot().trees_ = ahead.next;
      for (const auto& [series, facts] : ahead.whole_series) draft.change(series) = {facts, nullptr};
      publish(draft.finish());
      return;
    }
  }
  change_trees(ahead.next->trees, {}, std::nullopt);
  const std::lock_guard writing(writing_);
  Draft draft(*snapshot());
  for (const auto& [series, facts] : ahead.whole_series) draft.change(series) = {facts, nullptr};
  publish(draft.finish());
}

void CubeCore::merge_into_cells(Series series, const std::shared_ptr<const SeriesFacts>& before, const std::shared_ptr<const SeriesFacts>& after,
                                std::span<const Delta> deltas) {
  if (!before) return;
  for (const auto& cells : keeper_->all_cells()) {
    cells->merge(series, before, after, deltas);
    const std::lock_guard lock(work_mutex_);
    merged_lately_.emplace_back(cells, series);
  }
}

// The merging is done beside readers and posts; only the swap is one of the versions made in turn. Deltas posted meanwhile stay deltas.
void CubeCore::merge(Series series) {
  const std::lock_guard merging(merging_);
  const SeriesState before = snapshot()->state(series);
  if (!before.deltas) return;
  const auto after = (before.facts ? before.facts : std::make_shared<const SeriesFacts>())->plus(*before.deltas);
  merge_into_cells(series, before.facts, after, *before.deltas);
  if (put_merged(series, before, after)) return;
  for (const auto& cells : keeper_->all_cells()) cells->forget_version(series, after.get());
}

bool CubeCore::put_merged(Series series, const SeriesState& before, const std::shared_ptr<const SeriesFacts>& after) {
  const std::lock_guard writing(writing_);
  Draft draft(*snapshot());
  const SeriesState& now = draft.state(series);
  if (now.facts != before.facts || !now.deltas || now.deltas->size() < before.deltas->size()) return false;   // replaced meanwhile
  SeriesState& state = draft.change(series);
  const auto merged_end = state.deltas->begin() + static_cast<std::ptrdiff_t>(before.deltas->size());
  auto rest = merged_end == state.deltas->end() ? nullptr : std::make_shared<const Deltas>(merged_end, state.deltas->end());
  state = {after, std::move(rest)};
  publish(draft.finish());
  return true;
}

void CubeCore::warm(const Warming& warming) {
  for (Series series = 0; series < series_count_; ++series) {
    if (stopping_ || warming.fresh.use_count() <= 1) return;      // the trees have changed again
    const auto old = warming.old->in_use(series);
    if (!old || !old->any_built()) continue;
    const SeriesState state = snapshot()->state(series);
    if (!state.facts) continue;
    warming.fresh->series(series, state.facts)->build_like(*old, *warming.fresh);
  }
}

void CubeCore::work_in_background() {
  std::unique_lock lock(work_mutex_);
  while (!stopping_) {
    if (!to_merge_.empty()) {
      const Series series = to_merge_.front();
      to_merge_.pop_front();
      queued_.erase(series);
      lock.unlock();
      merge(series);
      lock.lock();
    } else if (!to_warm_.empty()) {
      const Warming warming = std::move(to_warm_.front());
      to_warm_.pop_front();
      lock.unlock();
      warm(warming);
      lock.lock();
    } else if (!merged_lately_.empty()) {
      // Readers of the snapshot before a merge have had their time; what only they used is let go.
      const auto lately = std::move(merged_lately_);
      merged_lately_.clear();
      work_waits_.wait_for(lock, std::chrono::seconds(1), [this] { return stopping_ || !to_merge_.empty() || !to_warm_.empty(); });
      lock.unlock();
      for (const auto& [cells, series] : lately) {
        if (const auto alive = cells.lock()) alive->forget_previous(series);
      }
      lock.lock();
    } else {
      work_waits_.wait(lock);
    }
  }
}

void CubeCore::merge_now() {
  for (Series series = 0; series < series_count_; ++series) merge(series);
}

std::size_t CubeCore::unmerged() const {
  const auto now = snapshot();
  std::size_t count = 0;
  for (Series series = 0; series < series_count_; ++series) {
    const SeriesState& state = now->state(series);
    count += state.deltas ? state.deltas->size() : 0;
  }
  return count;
}

std::size_t CubeCore::resident_bytes() const {
  const auto now = snapshot();
  std::size_t bytes = keeper_->used() + now->trees_->resident_bytes();
  for (Series series = 0; series < series_count_; ++series) {
    const SeriesState& state = now->state(series);
    if (state.facts) bytes += state.facts->resident_bytes();
    if (state.deltas) bytes += state.deltas->capacity() * sizeof(Delta);
  }
  return bytes;
}

Cube::Cube(CubeTrees trees, std::size_t series_count, CubeOptions options) : core_(std::make_unique<CubeCore>(std::move(trees), series_count, options)) {}
Cube::~Cube() = default;
void Cube::load(const std::function<bool(std::vector<CubeFact>& chunk)>& next, std::int64_t log_position) { core_->load(next, log_position); }
void Cube::post(std::span<const CubeFact> facts, std::int64_t log_position) { core_->post(facts, log_position); }
void Cube::replace(Series series, std::vector<CubeFact> facts) { core_->replace(series, std::move(facts)); }
void Cube::change_trees(CubeTrees trees) { core_->change_trees(std::move(trees), {}, std::nullopt); }
void Cube::change_trees(CubeTrees trees, std::span<const CubeFact> facts, std::int64_t log_position) { core_->change_trees(std::move(trees), facts, log_position); }
std::shared_ptr<Cube::Ahead> Cube::ahead(CubeTrees trees, std::vector<std::pair<Series, std::vector<CubeFact>>> whole_series) {
  return core_->ahead(std::move(trees), std::move(whole_series));
}
void Cube::change_trees(const Ahead& ahead) { core_->change_trees(ahead); }
std::shared_ptr<const CubeSnapshot> Cube::snapshot() const { return core_->snapshot(); }
void Cube::merge_now() { core_->merge_now(); }
std::size_t Cube::unmerged() const { return core_->unmerged(); }
std::size_t Cube::resident_bytes() const { return core_->resident_bytes(); }

}  // namespace khuyenhoc
