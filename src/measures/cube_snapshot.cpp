#include <algorithm>
#include <cassert>

#include "measures/cube_core.h"

namespace khuyenhoc {

std::shared_ptr<const Axis> CubeSnapshot::axis(AxisKind kind, Day day) const { return trees_->axis(kind, day); }

std::uint64_t CubeSnapshot::tree_version() const { return trees_->trees.version; }

const SeriesState& CubeSnapshot::state(Series series) const {
  assert(series / series_per_page < pages_.size());
  return (*pages_[series / series_per_page])[series % series_per_page];
}

namespace {

bool is_in(Label label, LabelRange range) { return range.first <= label && label < range.end; }

bool in_order_apart(std::span<const LabelRange> ranges) {
  for (std::size_t index = 1; index < ranges.size(); ++index) {
    if (ranges[index].first < ranges[index - 1].end) return false;
  }
  return true;
}

// Calls add(range, delta) for every range that holds a delta of the days.
template <class Add>
void each_delta(const SeriesState& state, const BodyPlaces& places, std::span<const LabelRange> ranges, Day first, Day last, Add add) {
  if (!state.deltas) return;
  const bool searchable = ranges.size() > 4 && in_order_apart(ranges);
  for (const Delta& delta : *state.deltas) {
    if (delta.day < first || last < delta.day) continue;
    const Label label = places.label[delta.body];
    if (searchable) {
      const auto after = std::upper_bound(ranges.begin(), ranges.end(), label, [](Label wanted, const LabelRange& range) { return wanted < range.end; });
      if (after != ranges.end() && after->first <= label) add(static_cast<std::size_t>(after - ranges.begin()), delta);
    } else {
      for (std::size_t index = 0; index < ranges.size(); ++index) {
        if (is_in(label, ranges[index])) add(index, delta);
      }
    }
  }
}

}  // namespace

void CubeSnapshot::flows(const Axis& axis, Series series, std::span<const LabelRange> ranges, Period period, std::span<std::int64_t> out) const {
  assert(axis.trees_ == trees_.get() && ranges.size() == out.size());
  std::fill(out.begin(), out.end(), 0);
  const SeriesState& of = state(series);
  if (of.facts) {
    const auto runs = axis.cells_->series(series, of.facts);
    runs->each_run(*axis.cells_, period.first, period.last, [&](const Run& run) { run.add_within(ranges, out.data(), 1); });
  }
  each_delta(of, *axis.places_, ranges, period.first, period.last, [&](std::size_t range, const Delta& delta) { out[range] += delta.amount; });
}

void CubeSnapshot::levels(const Axis& axis, Series series, std::span<const LabelRange> ranges, Day day, std::span<std::int64_t> out) const {
  assert(axis.trees_ == trees_.get() && ranges.size() == out.size());
  std::fill(out.begin(), out.end(), 0);
  const SeriesState& of = state(series);
  if (of.facts) {
    const auto runs = axis.cells_->series(series, of.facts);
    runs->each_run_up_to(*axis.cells_, day, [&](const Run& run) { run.add_within(ranges, out.data(), 1); });
  }
  each_delta(of, *axis.places_, ranges, Day::earliest(), day, [&](std::size_t range, const Delta& delta) { out[range] += delta.amount; });
}

std::int64_t CubeSnapshot::flow(const Axis& axis, Series series, LabelRange range, Period period) const {
  std::int64_t sum = 0;
  flows(axis, series, {&range, 1}, period, {&sum, 1});
  return sum;
}

std::int64_t CubeSnapshot::level(const Axis& axis, Series series, LabelRange range, Day day) const {
  std::int64_t sum = 0;
  levels(axis, series, {&range, 1}, day, {&sum, 1});
  return sum;
}

void CubeSnapshot::monthly_flows(const Axis& axis, Series series, std::span<const LabelRange> ranges, Period whole_months, std::span<std::int64_t> out) const {
  assert(axis.trees_ == trees_.get());
  assert(whole_months.first == whole_months.first.first_of_month() && whole_months.last == whole_months.last.last_of_month());
  const int first = month_of(whole_months.first);
  const auto months = static_cast<std::size_t>(month_of(whole_months.last) - first + 1);
  assert(out.size() == ranges.size() * months);
  std::fill(out.begin(), out.end(), 0);
  const SeriesState& of = state(series);
  if (of.facts && of.facts->years() > 0) {
    const auto runs = axis.cells_->series(series, of.facts);
    const int first_held = of.facts->first_year() * 12, end_held = first_held + of.facts->years() * 12;
    for (std::size_t month = 0; month < months; ++month) {
      const int asked = first + static_cast<int>(month);
      if (asked < first_held || asked >= end_held || of.facts->month(asked) == nullptr) continue;
      runs->month_run(*axis.cells_, asked).add_within(ranges, out.data() + month, months);
    }
  }
  each_delta(of, *axis.places_, ranges, whole_months.first, whole_months.last,
             [&](std::size_t range, const Delta& delta) { out[range * months + static_cast<std::size_t>(month_of(delta.day) - first)] += delta.amount; });
}

void CubeSnapshot::monthly_levels(const Axis& axis, Series series, std::span<const LabelRange> ranges, Period whole_months, std::span<std::int64_t> out) const {
  monthly_flows(axis, series, ranges, whole_months, out);
  if (ranges.empty()) return;
  std::vector<std::int64_t> level(ranges.size());
  levels(axis, series, ranges, whole_months.first - 1, level);
  const std::size_t months = out.size() / ranges.size();
  for (std::size_t range = 0; range < ranges.size(); ++range) {
    for (std::size_t month = 0; month < months; ++month) {
      level[range] += out[range * months + month];
      out[range * months + month] = level[range];
    }
  }
}

std::vector<std::int64_t> CubeSnapshot::monthly_flows(const Axis& axis, Series series, LabelRange range, Period whole_months) const {
  std::vector<std::int64_t> out(static_cast<std::size_t>(month_of(whole_months.last) - month_of(whole_months.first) + 1));
  monthly_flows(axis, series, {&range, 1}, whole_months, out);
  return out;
}

std::vector<std::int64_t> CubeSnapshot::monthly_levels(const Axis& axis, Series series, LabelRange range, Period whole_months) const {
  std::vector<std::int64_t> out(static_cast<std::size_t>(month_of(whole_months.last) - month_of(whole_months.first) + 1));
  monthly_levels(axis, series, {&range, 1}, whole_months, out);
  return out;
}

}  // namespace khuyenhoc
