// Every fact in memory, ordered so that any subtree is one contiguous range and any figure a few binary searches (design 4.3).
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "base/day.h"
#include "territory/layout.h"

namespace khuyenhoc {

using Series = std::uint32_t;           // dense: one measure with one member of a breakdown (or the whole), as the catalogue numbers them

struct CubeFact {
  Node body;                            // node of the organisation
  Day day;
  Series series;
  std::int64_t amount;                  // a change of a level (stocks) or an amount of a flow; whole units or đồng
};

enum class AxisKind : std::uint8_t { superiors, areas };

// The trees a cube lays its axes over; immutable, swapped as a whole when the organisation changes.
struct CubeTrees {
  std::shared_ptr<const TreeInTime> superiors;      // nodes are bodies
  std::shared_ptr<const TreeInTime> areas;          // nodes are units, then bodies; may be absent
  std::vector<Node> area_node;                      // of body n in `areas`; no_node: not on this axis
  std::uint64_t version = 0;
  Day today = Day::latest();                        // the tree most readers look at: kept warm when new bodies come
};

struct CubeOptions {
  std::size_t merge_at = 256;                       // a series is merged in the background once it has so many deltas
  std::size_t kept_bytes = std::size_t{1'200} << 20;  // for runs laid out along axes; the least recently used are dropped and built anew when asked
  std::size_t kept_axes = 16;                       // laid out at once
};

class AxisCells;
class CubeCore;
struct BodyPlaces;
struct SeriesState;
struct TreeState;

// A tree of one day as laid out for figures. Holds on to what it needs; cheap to pass around.
class Axis {
 public:
  AxisKind kind() const { return kind_; }
  Day day() const { return day_; }
  const Layout& layout() const { return *layout_; }  // nodes are bodies (superiors), or units and bodies (areas)

 private:
  friend class CubeSnapshot;
  friend struct TreeState;
  Axis() = default;
  AxisKind kind_ = AxisKind::superiors;
  Day day_;
  std::shared_ptr<const Layout> layout_;
  std::shared_ptr<const BodyPlaces> places_;
  std::shared_ptr<AxisCells> cells_;
  const TreeState* trees_ = nullptr;
};

// What a reader holds: one tree version, one log position. All answers from one snapshot agree with each other. Safe to share between threads.
class CubeSnapshot {
 public:
  std::shared_ptr<const Axis> axis(AxisKind kind, Day day) const;        // laid out on first use, then kept
  // Sum of the facts of a series within a range of labels and a period; a level on a day is the sum up to it. The axis must come from this snapshot.
  std::int64_t flow(const Axis& axis, Series series, LabelRange range, Period period) const;
  std::int64_t level(const Axis& axis, Series series, LabelRange range, Day day) const;
  // The same for many ranges at once (a table of children): out[i] belongs to ranges[i].
  void flows(const Axis& axis, Series series, std::span<const LabelRange> ranges, Period period, std::span<std::int64_t> out) const;
  void levels(const Axis& axis, Series series, std::span<const LabelRange> ranges, Day day, std::span<std::int64_t> out) const;
  // One value a month of the period, whole months only: flows of the month, levels on its last day.
  std::vector<std::int64_t> monthly_flows(const Axis& axis, Series series, LabelRange range, Period whole_months) const;
  std::vector<std::int64_t> monthly_levels(const Axis& axis, Series series, LabelRange range, Period whole_months) const;
  // For many ranges: out[range * months + month].
  void monthly_flows(const Axis& axis, Series series, std::span<const LabelRange> ranges, Period whole_months, std::span<std::int64_t> out) const;
  void monthly_levels(const Axis& axis, Series series, std::span<const LabelRange> ranges, Period whole_months, std::span<std::int64_t> out) const;
  std::int64_t log_position() const { return log_position_; }
  std::uint64_t tree_version() const;

 private:
  friend class CubeCore;
  static constexpr std::size_t series_per_page = 32;
  using Page = std::array<SeriesState, series_per_page>;
  const SeriesState& state(Series series) const;

  std::shared_ptr<TreeState> trees_;
  std::vector<std::shared_ptr<const Page>> pages_;   // a commit copies only the pages of the series it touches
  std::int64_t log_position_ = 0;
};

// One writer at a time is assumed for load, post, replace and change_trees in log order (calls from several threads are safe, but then order is theirs).
class Cube {
 public:
  explicit Cube(CubeTrees trees, std::size_t series_count, CubeOptions options = {});
  ~Cube();
  Cube(const Cube&) = delete;
  Cube& operator=(const Cube&) = delete;
  // Bulk: all facts of the log up to `log_position`, in any order, given in chunks by `next` (false at the end, whose chunk is not read).
  void load(const std::function<bool(std::vector<CubeFact>& chunk)>& next, std::int64_t log_position);
  // Deltas of one commit, in log order; visible in the next snapshot() when it returns. Bodies must be known to the trees.
  void post(std::span<const CubeFact> facts, std::int64_t log_position);
  // Register counts (bodies, communes): the whole content of one series, computed elsewhere; replaces what it held. (A small change is cheaper posted.)
  void replace(Series series, std::vector<CubeFact> facts);
  // After a restructure or a new body: the next order is built aside, then swapped, while readers and posts go on. New bodies alone take gaps.
  void change_trees(CubeTrees trees);
  // The same with the facts of the very commit (handovers): both become visible at once.
  void change_trees(CubeTrees trees, std::span<const CubeFact> facts, std::int64_t log_position);
  // The same in two steps, for very many bodies: `ahead` lays out axes and puts whole series in order beside everything else and shows nothing; the swap is
  // short. Where other trees came in between, the swap does all of it.
  struct Ahead;
  std::shared_ptr<Ahead> ahead(CubeTrees trees, std::vector<std::pair<Series, std::vector<CubeFact>>> whole_series);
  void change_trees(const Ahead& ahead);
  std::shared_ptr<const CubeSnapshot> snapshot() const;
  void merge_now();                                  // all deltas into the runs, without waiting for the background
  std::size_t unmerged() const;                      // deltas not yet merged
  std::size_t resident_bytes() const;

 private:
  std::unique_ptr<CubeCore> core_;
};

}  // namespace khuyenhoc
