// Every fact in memory, ordered so that any subtree is one contiguous range and any figure a few binary searches (design 4.3).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
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

enum class AxisKind { superiors, areas };

// The trees a cube lays its axes over; immutable, swapped as a whole when the organisation changes.
struct CubeTrees {
  std::shared_ptr<const TreeInTime> superiors;      // nodes are bodies
  std::shared_ptr<const TreeInTime> areas;          // nodes are units, then bodies
  std::vector<Node> area_node;                      // of body n in `areas`; no_node: not on this axis
  std::uint64_t version = 0;
};

// A tree of one day as laid out for figures.
class Axis {
 public:
  AxisKind kind() const;
  Day day() const;
  const Layout& layout() const;                     // nodes are bodies (superiors), or units and bodies (areas)
};

// What a reader holds: one tree version, one log position. All answers from one snapshot agree with each other. Safe to share between threads.
class CubeSnapshot {
 public:
  std::shared_ptr<const Axis> axis(AxisKind kind, Day day) const;        // laid out on first use, then kept
  // Sum of the facts of a series within a range of labels and a period; a level on a day is the sum up to it.
  std::int64_t flow(const Axis& axis, Series series, LabelRange range, Period period) const;
  std::int64_t level(const Axis& axis, Series series, LabelRange range, Day day) const;
  // The same for many ranges at once (a table of children): out[i] belongs to ranges[i].
  void flows(const Axis& axis, Series series, std::span<const LabelRange> ranges, Period period, std::span<std::int64_t> out) const;
  void levels(const Axis& axis, Series series, std::span<const LabelRange> ranges, Day day, std::span<std::int64_t> out) const;
  // One value a month of the period, whole months only.
  std::vector<std::int64_t> monthly_flows(const Axis& axis, Series series, LabelRange range, Period whole_months) const;
  std::vector<std::int64_t> monthly_levels(const Axis& axis, Series series, LabelRange range, Period whole_months) const;
  std::int64_t log_position() const;
  std::uint64_t tree_version() const;
};

class Cube {
 public:
  explicit Cube(CubeTrees trees, std::size_t series_count);
  // Bulk: all facts of the log up to `log_position`, in any order, given in chunks by `next` (false at the end).
  void load(const std::function<bool(std::vector<CubeFact>& chunk)>& next, std::int64_t log_position);
  // Deltas of one commit, in log order; visible in the next snapshot() when it returns.
  void post(std::span<const CubeFact> facts, std::int64_t log_position);
  // Register counts (bodies, communes): the whole content of one series, computed elsewhere; replaces what it held.
  void replace(Series series, std::vector<CubeFact> facts);
  // After a restructure or a new body: the next order is built aside, then swapped. New bodies alone take gaps.
  void change_trees(CubeTrees trees);
  std::shared_ptr<const CubeSnapshot> snapshot() const;
  std::size_t resident_bytes() const;
};

}  // namespace khuyenhoc
