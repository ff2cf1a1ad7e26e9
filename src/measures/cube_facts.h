// The cube's facts themselves, by series and month, independent of any tree: what every axis is laid out from.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/day.h"
#include "measures/cube_run.h"
#include "territory/tree_in_time.h"

namespace khuyenhoc {

struct Delta {
  Node body;
  Day day;
  std::int64_t amount;
};

// Months counted from year 0: year * 12 + month - 1.
int month_of(Day day);
Day first_day_of_month(int month);

// Facts of one series in one month, ordered by body and day, those of the same body and day added up. Immutable.
class MonthFacts {
 public:
  explicit MonthFacts(std::span<const Delta> ordered);            // all within one month, each body and day once
  std::size_t size() const { return bodies_.size(); }
  Day first_day() const { return first_day_; }                    // of any fact
  Day last_day() const { return last_day_; }
  Node body(std::size_t index) const { return bodies_[index]; }
  Day day(std::size_t index) const { return days_.empty() ? first_day_ : month_start_ + days_[index]; }
  std::int64_t amount(std::size_t index) const { return amounts_.at(index); }
  const NarrowColumn& amounts() const { return amounts_; }
  std::vector<Delta> plus(std::span<const Delta> ordered) const;
  std::size_t resident_bytes() const;

 private:
  std::vector<Node> bodies_;
  std::vector<std::uint8_t> days_;                                // days after the first of the month; none when all facts share one day
  NarrowColumn amounts_;
  Day month_start_, first_day_, last_day_;
};

// All facts of one series, by whole years of months. Immutable.
class SeriesFacts {
 public:
  static std::shared_ptr<const SeriesFacts> of(std::vector<Delta> facts);
  SeriesFacts() = default;
  SeriesFacts(int first_year, std::vector<std::shared_ptr<const MonthFacts>> months);
  int first_year() const { return first_year_; }
  int years() const { return static_cast<int>(months_.size() / 12); }
  std::uint64_t generation() const { return generation_; }        // grows with every version made
  struct Span { Day first = Day::latest(), last = Day::earliest(); bool empty() const { return last < first; } };
  const Span& year_span(int year) const { return year_spans_[static_cast<std::size_t>(year - first_year_)]; }   // first and last day with a fact
  Span quarter_span(int year, int quarter) const;
  const MonthFacts* month(int month) const { return months_[static_cast<std::size_t>(month - first_year_ * 12)].get(); }   // none when empty
  std::shared_ptr<const SeriesFacts> plus(std::span<const Delta> deltas) const;
  std::size_t resident_bytes() const;

 private:
  void made();
  Span span_of(std::size_t first, std::size_t end) const;
  int first_year_ = 0;
  std::uint64_t generation_ = 0;
  std::vector<std::shared_ptr<const MonthFacts>> months_;         // twelve a year
  std::vector<Span> year_spans_;
};

// Orders by body and day, adds up what has both in common and drops what adds up to nothing.
void put_in_order(std::vector<Delta>& facts);

// Gathers facts that arrive in any order, in little memory, and hands them over as SeriesFacts.
class SeriesGatherer {
 public:
  void add(Node body, Day day, std::int64_t amount);
  std::shared_ptr<const SeriesFacts> finish();                    // empties it

 private:
  struct Month {
    std::vector<Node> bodies;
    std::vector<std::uint8_t> days;
    std::vector<std::int32_t> amounts;                            // `large` marks those kept beside
    std::vector<std::int64_t> large_amounts;
  };
  static constexpr std::int32_t large = INT32_MIN;
  int first_year_ = 0;
  std::vector<Month> months_;
  Day month_start_;                                               // of the month last added to
  Day month_end_;
  std::size_t month_index_ = 0;
};

}  // namespace khuyenhoc
