// The runs of an axis: for each series its months, quarters, years and levels in the order of one tree, built from the facts when first asked for.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "measures/cube.h"
#include "measures/cube_facts.h"
#include "measures/cube_run.h"

namespace khuyenhoc {

inline constexpr Label no_label = 0xFFFFFFFFu;       // behind every range

// Where bodies stand on one axis.
struct BodyPlaces {
  BodyPlaces(const Layout& layout, std::size_t bodies, std::span<const Node> area_node);   // area_node empty: nodes are bodies
  std::size_t resident_bytes() const;
  std::vector<Label> label;                          // of body n; no_label: not on this axis
  std::vector<std::uint32_t> rank;                   // of body n in the order of labels
  std::vector<Label> label_of_rank;
};

class AxisCells;

// Counts the bytes of all runs and, above the limit, drops those of the series longest unused.
class RunKeeper : public std::enable_shared_from_this<RunKeeper> {
 public:
  explicit RunKeeper(std::size_t limit) : limit_(limit) {}
  std::shared_ptr<const Run> keep(std::vector<RunEntry>&& entries);
  void watch(const std::shared_ptr<AxisCells>& cells);
  std::vector<std::shared_ptr<AxisCells>> all_cells() const;
  void make_room();                                  // does nothing below the limit
  std::size_t used() const { return used_.load(std::memory_order_relaxed); }
  std::uint64_t tick() { return clock_.load(std::memory_order_relaxed); }

 private:
  std::size_t limit_;
  std::atomic<std::size_t> used_{0};
  std::atomic<std::uint64_t> clock_{1};              // counts runs built
  mutable std::mutex mutex_;
  std::mutex dropping_;
  mutable std::vector<std::weak_ptr<AxisCells>> cells_;
};

// One series along one axis, for one version of its facts. Runs appear as they are asked for and stay; reading one that is there takes no lock.
class AxisSeries {
 public:
  explicit AxisSeries(std::shared_ptr<const SeriesFacts> facts);
  const std::shared_ptr<const SeriesFacts>& facts() const { return facts_; }

  template <class Visit>
  void each_run(const AxisCells& cells, Day first, Day last, Visit visit) const;      // runs that together hold the facts from first to last
  template <class Visit>
  void each_run_up_to(const AxisCells& cells, Day last, Visit visit) const;
  const Run& month_run(const AxisCells& cells, int month) const { return run(cells, static_cast<std::size_t>(month - facts_->first_year() * 12)); }

  // The same runs with deltas merged in, for the next version of the facts.
  std::shared_ptr<AxisSeries> with(std::shared_ptr<const SeriesFacts> next, std::span<const Delta> deltas, const AxisCells& cells) const;
  void build_like(const AxisSeries& other, const AxisCells& cells) const;             // the runs that another axis has in use
  bool any_built() const;
  mutable std::atomic<std::uint64_t> last_used{0};

 private:
  using Slot = std::atomic<const Run*>;
  enum class Kind : std::uint8_t { month, quarter, year, up_to_year };
  struct Window { Kind kind; int year; int part; };  // part: month 0 to 11 or quarter 0 to 3
  std::size_t years() const { return static_cast<std::size_t>(facts_->years()); }
  std::size_t slot_of(Window window) const;
  Window window_of(std::size_t slot) const;
  static bool holds(Window window, Day day);
  const Run& run(const AxisCells& cells, std::size_t slot) const;
  const Run& run(const AxisCells& cells, Window window) const { return run(cells, slot_of(window)); }
  std::shared_ptr<const Run> part_run(const AxisCells& cells, int month, Day first, Day last) const;
  std::shared_ptr<const Run> build(const AxisCells& cells, int first_month, int end_month, Day first, Day last) const;
  std::shared_ptr<const Run> built(std::size_t slot) const;

  static constexpr std::size_t kept_parts = 16;
  std::shared_ptr<const SeriesFacts> facts_;
  std::unique_ptr<Slot[]> slots_;
  mutable std::mutex mutex_;                         // guards what follows, and building
  mutable std::vector<std::shared_ptr<const Run>> owned_;                  // by slot
  mutable std::map<std::pair<Day, Day>, std::shared_ptr<const Run>> parts_;   // parts of months
};

// All series along one axis. Kept by every version of the trees whose order is the same but for new bodies in gaps.
class AxisCells {
 public:
  AxisCells(std::size_t series_count, std::shared_ptr<const BodyPlaces> places, std::shared_ptr<RunKeeper> keeper);
  std::shared_ptr<AxisSeries> series(Series series, const std::shared_ptr<const SeriesFacts>& facts);
  void merge(Series series, const std::shared_ptr<const SeriesFacts>& before, const std::shared_ptr<const SeriesFacts>& after, std::span<const Delta> deltas);
  void extend(std::shared_ptr<const BodyPlaces> places);                   // the same places and more
  std::shared_ptr<const BodyPlaces> places() const;
  RunKeeper& keeper() const { return *keeper_; }
  std::size_t size() const { return count_; }
  std::shared_ptr<AxisSeries> in_use(Series series) const;                 // none when nothing was asked of it
  void drop(Series series, const AxisSeries* unused);
  void forget_previous(Series series);
  void forget_version(Series series, const SeriesFacts* facts);

 private:
  struct Slot {
    mutable std::mutex mutex;
    std::shared_ptr<AxisSeries> current, previous;   // previous: for readers whose snapshot is a merge older
  };
  std::size_t count_;
  std::unique_ptr<Slot[]> slots_;
  mutable std::mutex places_mutex_;
  std::shared_ptr<const BodyPlaces> places_;
  std::shared_ptr<RunKeeper> keeper_;
};

template <class Visit>
void AxisSeries::each_run(const AxisCells& cells, Day first, Day last, Visit visit) const {
  if (facts_->years() == 0 || last < first) return;
  const auto covers = [&](const SeriesFacts::Span& span) { return first <= span.first && span.last <= last; };
  const auto misses = [&](const SeriesFacts::Span& span) { return span.empty() || span.last < first || last < span.first; };
  const int first_year = std::max(first.year(), facts_->first_year());
  const int last_year = std::min(last.year(), facts_->first_year() + facts_->years() - 1);
  for (int year = first_year; year <= last_year; ++year) {
    const SeriesFacts::Span& of_year = facts_->year_span(year);
    if (misses(of_year)) continue;
    if (covers(of_year)) {
      visit(run(cells, Window{Kind::year, year, 0}));
      continue;
    }
    for (int quarter = 0; quarter < 4; ++quarter) {
      const SeriesFacts::Span of_quarter = facts_->quarter_span(year, quarter);
      if (misses(of_quarter)) continue;
      if (covers(of_quarter)) {
        visit(run(cells, Window{Kind::quarter, year, quarter}));
        continue;
      }
      for (int month = quarter * 3; month < quarter * 3 + 3; ++month) {
        const MonthFacts* facts = facts_->month(year * 12 + month);
        if (facts == nullptr) continue;
        const SeriesFacts::Span of_month{facts->first_day(), facts->last_day()};
        if (misses(of_month)) continue;
        if (covers(of_month)) visit(run(cells, Window{Kind::month, year, month}));
        else visit(*part_run(cells, year * 12 + month, std::max(first, of_month.first), std::min(last, of_month.last)));
      }
    }
  }
}

template <class Visit>
void AxisSeries::each_run_up_to(const AxisCells& cells, Day last, Visit visit) const {
  if (facts_->years() == 0) return;
  const int first_year = facts_->first_year(), last_year = first_year + facts_->years() - 1;
  const int asked = last.year();
  if (asked < first_year) return;
  int whole = std::min(asked, last_year);              // the last year taken whole
  if (asked <= last_year && !facts_->year_span(asked).empty() && last < facts_->year_span(asked).last) --whole;
  if (whole >= first_year) visit(run(cells, Window{Kind::up_to_year, whole, 0}));
  if (whole < asked && whole < last_year) each_run(cells, Day::of(asked, 1, 1), last, visit);
}

}  // namespace khuyenhoc
