// The insides of the cube: the trees with the axes laid over them, the state of each series, and the one place where versions are made and swapped.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <unordered_set>
#include <vector>

#include "measures/cube.h"
#include "measures/cube_axis.h"
#include "measures/cube_facts.h"

namespace khuyenhoc {

using Deltas = std::vector<Delta>;

// What a snapshot knows of one series: facts in runs, and the few that came since.
struct SeriesState {
  std::shared_ptr<const SeriesFacts> facts;
  std::shared_ptr<const Deltas> deltas;              // none when there are none
};

// One version of the trees, and the axes laid out over it so far.
struct TreeState {
  TreeState(CubeTrees trees_given, std::size_t series_count_given, std::size_t kept_axes_given, std::shared_ptr<RunKeeper> keeper_given);
  std::shared_ptr<const Axis> axis(AxisKind kind, Day day);
  struct Laid {
    AxisKind kind;
    Day since;                                       // the tree has looked so since this day
    std::shared_ptr<const Layout> layout;
    std::shared_ptr<const BodyPlaces> places;
    std::shared_ptr<AxisCells> cells;
    std::uint64_t last_used = 0;
    Day asked = since;                               // by whoever used it last
  };
  std::vector<Laid> all_laid() const;
  const TreeInTime& tree(AxisKind kind) const { return kind == AxisKind::superiors ? *trees.superiors : *trees.areas; }
  Laid lay(AxisKind kind, Day since) const;
  void put(Laid laid);
  // True when these trees are the older ones and new bodies behind them.
  bool only_added_since(const TreeState& older) const;
  void take_over(const TreeState& older);            // its axes, with the new bodies in gaps
  std::optional<Laid> carried(const TreeState& older, Laid laid) const;   // one of them; its cells do not know the new places yet
  std::size_t resident_bytes() const;

  const CubeTrees trees;
  const std::size_t series_count, kept_axes;
  const std::shared_ptr<RunKeeper> keeper;

 private:
  mutable std::mutex mutex_;
  std::vector<Laid> laid_;
  std::uint64_t uses_ = 0;
};

// An axis laid out anew, and the one whose runs were in use.
struct Warming {
  std::shared_ptr<AxisCells> fresh, old;
};

struct Cube::Ahead {
  std::shared_ptr<TreeState> old, next;
  std::vector<std::pair<std::shared_ptr<AxisCells>, std::shared_ptr<const BodyPlaces>>> extended;   // cells of both, which learn of the new places at the swap
  std::vector<Warming> warmings;
  std::vector<std::pair<Series, std::shared_ptr<const SeriesFacts>>> whole_series;
};

class CubeCore {
 public:
  CubeCore(CubeTrees trees, std::size_t series_count, CubeOptions options);
  ~CubeCore();
  void load(const std::function<bool(std::vector<CubeFact>& chunk)>& next, std::int64_t log_position);
  void post(std::span<const CubeFact> facts, std::int64_t log_position);
  void replace(Series series, std::vector<CubeFact> facts);
  void change_trees(CubeTrees trees, std::span<const CubeFact> facts, std::optional<std::int64_t> log_position);
  std::shared_ptr<Cube::Ahead> ahead(CubeTrees trees, std::vector<std::pair<Series, std::vector<CubeFact>>> whole_series);
  void change_trees(const Cube::Ahead& ahead);
  std::shared_ptr<const CubeSnapshot> snapshot() const;
  void merge_now();
  std::size_t unmerged() const;
  std::size_t resident_bytes() const;

 private:
  class Draft;                                       // the next snapshot in the making
  void publish(std::shared_ptr<const CubeSnapshot> next);
  void add_facts(Draft& draft, std::span<const CubeFact> facts);
  void merge(Series series);
  bool put_merged(Series series, const SeriesState& before, const std::shared_ptr<const SeriesFacts>& after);
  void merge_into_cells(Series series, const std::shared_ptr<const SeriesFacts>& before, const std::shared_ptr<const SeriesFacts>& after,
                        std::span<const Delta> deltas);
  void work_in_background();
  void warm(const Warming& warming);
  void warm_later(std::vector<Warming> warmings);
  std::vector<Warming> lay_anew(TreeState& next, const TreeState& old, const std::vector<TreeState::Laid>& laid) const;   // those used last

  const CubeOptions options_;
  const std::size_t series_count_;
  const std::shared_ptr<RunKeeper> keeper_;
  mutable std::mutex published_mutex_;               // held only to copy or swap the pointer
  std::shared_ptr<const CubeSnapshot> published_;
  std::mutex writing_;                               // one version is made at a time
  std::mutex changing_trees_;                        // taken before writing_
  std::mutex merging_;                               // taken before writing_

  std::mutex work_mutex_;
  std::condition_variable work_waits_;
  std::deque<Series> to_merge_;
  std::unordered_set<Series> queued_;
  std::deque<Warming> to_warm_;
  std::vector<std::pair<std::weak_ptr<AxisCells>, Series>> merged_lately_;
  std::atomic<bool> stopping_{false};
  std::thread worker_;
};

}  // namespace khuyenhoc
