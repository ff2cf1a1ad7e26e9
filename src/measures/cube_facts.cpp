#include "measures/cube_facts.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cassert>

namespace khuyenhoc {

int month_of(Day day) { return day.year() * 12 + day.month() - 1; }

Day first_day_of_month(int month) { return Day::of(month / 12, month % 12 + 1, 1); }

namespace {

std::uint64_t sort_number(const Delta& fact) {
  return (static_cast<std::uint64_t>(fact.body) << 20) | static_cast<std::uint64_t>(fact.day.number() - Day::earliest().number());
}

// Least digit first, for the hundreds of thousands of facts a month may hold at start.
void radix_sort(std::vector<Delta>& facts, Day month_start) {
  const auto number = [&](const Delta& fact) { return (static_cast<std::uint64_t>(fact.body) << 5) | static_cast<std::uint64_t>(fact.day - month_start); };
  std::uint64_t greatest = 0;
  for (const Delta& fact : facts) greatest = std::max(greatest, number(fact));
  std::vector<Delta> other(facts.size());
  constexpr unsigned digit_bits = 11;
  for (unsigned shift = 0; shift < 64 && (greatest >> shift) != 0; shift += digit_bits) {
    std::array<std::uint32_t, 1u << digit_bits> places{};
    const auto digit = [&](const Delta& fact) { return (number(fact) >> shift) & ((1u << digit_bits) - 1); };
    for (const Delta& fact : facts) ++places[digit(fact)];
    std::uint32_t next = 0;
    for (std::uint32_t& place : places) {
      const std::uint32_t count = place;
      place = next;
      next += count;
    }
    for (const Delta& fact : facts) other[places[digit(fact)]++] = fact;
    facts.swap(other);
  }
}

bool in_order(const Delta& a, const Delta& b) { return sort_number(a) < sort_number(b); }

void add_up(std::vector<Delta>& facts) {
  std::size_t kept = 0;
  for (std::size_t index = 0; index < facts.size(); ++index) {
    if (kept > 0 && facts[kept - 1].body == facts[index].body && facts[kept - 1].day == facts[index].day) facts[kept - 1].amount += facts[index].amount;
    else facts[kept++] = facts[index];
  }
  facts.resize(kept);
  std::erase_if(facts, [](const Delta& fact) { return fact.amount == 0; });
}

}  // namespace

void put_in_order(std::vector<Delta>& facts) {
  if (!std::is_sorted(facts.begin(), facts.end(), in_order)) std::sort(facts.begin(), facts.end(), in_order);
  add_up(facts);
}

MonthFacts::MonthFacts(std::span<const Delta> ordered) {
  assert(!ordered.empty());
  bodies_.resize(ordered.size());
  std::vector<std::int64_t> amounts(ordered.size());
  month_start_ = ordered.front().day.first_of_month();
  first_day_ = last_day_ = ordered.front().day;
  for (std::size_t index = 0; index < ordered.size(); ++index) {
    bodies_[index] = ordered[index].body;
    amounts[index] = ordered[index].amount;
    first_day_ = std::min(first_day_, ordered[index].day);
    last_day_ = std::max(last_day_, ordered[index].day);
  }
  assert(last_day_ - month_start_ < 31);
  amounts_ = NarrowColumn(amounts);
  if (first_day_ != last_day_) {
    days_.resize(ordered.size());
    for (std::size_t index = 0; index < ordered.size(); ++index) days_[index] = static_cast<std::uint8_t>(ordered[index].day - month_start_);
  }
}

std::vector<Delta> MonthFacts::plus(std::span<const Delta> ordered) const {
  std::vector<Delta> merged;
  merged.reserve(size() + ordered.size());
  auto next = ordered.begin();
  for (std::size_t index = 0; index < size(); ++index) {
    const Delta mine{body(index), day(index), amount(index)};
    while (next != ordered.end() && in_order(*next, mine)) merged.push_back(*next++);
    merged.push_back(mine);
  }
  merged.insert(merged.end(), next, ordered.end());
  add_up(merged);
  return merged;
}

std::size_t MonthFacts::resident_bytes() const {
  return sizeof(MonthFacts) + bodies_.capacity() * sizeof(Node) + days_.capacity() + amounts_.resident_bytes();
}

SeriesFacts::SeriesFacts(int first_year, std::vector<std::shared_ptr<const MonthFacts>> months) : first_year_(first_year), months_(std::move(months)) {
  assert(months_.size() % 12 == 0);
  made();
}

void SeriesFacts::made() {
  static std::atomic<std::uint64_t> versions{0};
  generation_ = ++versions;
  year_spans_.clear();
  for (std::size_t first = 0; first < months_.size(); first += 12) year_spans_.push_back(span_of(first, first + 12));
}

SeriesFacts::Span SeriesFacts::span_of(std::size_t first, std::size_t end) const {
  Span span;
  for (std::size_t index = first; index < end; ++index) {
    if (!months_[index]) continue;
    span.first = std::min(span.first, months_[index]->first_day());
    span.last = months_[index]->last_day();
  }
  return span;
}

SeriesFacts::Span SeriesFacts::quarter_span(int year, int quarter) const {
  const auto first = static_cast<std::size_t>((year - first_year_) * 12 + quarter * 3);
  return span_of(first, first + 3);
}

std::shared_ptr<const SeriesFacts> SeriesFacts::of(std::vector<Delta> facts) { return SeriesFacts().plus(facts); }

std::shared_ptr<const SeriesFacts> SeriesFacts::plus(std::span<const Delta> deltas) const {
  auto next = std::make_shared<SeriesFacts>(*this);
  if (deltas.empty()) {
    next->made();
    return next;
  }
  std::vector<std::pair<int, Delta>> by_month;
  by_month.reserve(deltas.size());
  for (const Delta& delta : deltas) by_month.emplace_back(month_of(delta.day), delta);
  std::stable_sort(by_month.begin(), by_month.end(), [](const auto& a, const auto& b) { return a.first < b.first; });

  const int first_year = by_month.front().first / 12, last_year = by_month.back().first / 12;
  if (next->months_.empty()) next->first_year_ = first_year;
  if (first_year < next->first_year_) {
    next->months_.insert(next->months_.begin(), static_cast<std::size_t>(next->first_year_ - first_year) * 12, nullptr);
    next->first_year_ = first_year;
  }
  const auto months_needed = static_cast<std::size_t>(last_year - next->first_year_ + 1) * 12;
  if (next->months_.size() < months_needed) next->months_.resize(months_needed);

  std::vector<Delta> of_month;
  for (std::size_t first = 0; first < by_month.size();) {
    const int month = by_month[first].first;
    of_month.clear();
    for (; first < by_month.size() && by_month[first].first == month; ++first) of_month.push_back(by_month[first].second);
    put_in_order(of_month);
    auto& held = next->months_[static_cast<std::size_t>(month - next->first_year_ * 12)];
    if (held) of_month = held->plus(of_month);
    held = of_month.empty() ? nullptr : std::make_shared<const MonthFacts>(of_month);
  }
  next->made();
  return next;
}

std::size_t SeriesFacts::resident_bytes() const {
  std::size_t bytes = sizeof(SeriesFacts) + months_.capacity() * sizeof(months_.front());
  for (const auto& month : months_) bytes += month ? month->resident_bytes() : 0;
  return bytes;
}

void SeriesGatherer::add(Node body, Day day, std::int64_t amount) {
  if (months_.empty() || day < month_start_ || day > month_end_) {
    const int month = month_of(day);
    const int year = month / 12;
    if (months_.empty()) first_year_ = year;
    if (year < first_year_) {
      std::vector<Month> earlier(static_cast<std::size_t>(first_year_ - year) * 12);
      std::move(months_.begin(), months_.end(), std::back_inserter(earlier));
      months_ = std::move(earlier);
      first_year_ = year;
    }
    const auto needed = static_cast<std::size_t>(year - first_year_ + 1) * 12;
    if (months_.size() < needed) months_.resize(needed);
    month_index_ = static_cast<std::size_t>(month - first_year_ * 12);
    month_start_ = day.first_of_month();
    month_end_ = day.last_of_month();
  }
  Month& month = months_[month_index_];
  month.bodies.push_back(body);
  month.days.push_back(static_cast<std::uint8_t>(day - month_start_));
  if (amount > large && amount <= INT32_MAX) {
    month.amounts.push_back(static_cast<std::int32_t>(amount));
  } else {
    month.amounts.push_back(large);
    month.large_amounts.push_back(amount);
  }
}

std::shared_ptr<const SeriesFacts> SeriesGatherer::finish() {
  std::vector<std::shared_ptr<const MonthFacts>> months(months_.size());
  std::vector<Delta> facts;
  for (std::size_t index = 0; index < months_.size(); ++index) {
    Month month = std::move(months_[index]);
    months_[index] = {};
    if (month.bodies.empty()) continue;
    const Day start = first_day_of_month(first_year_ * 12 + static_cast<int>(index));
    facts.clear();
    std::size_t next_large = 0;
    for (std::size_t fact = 0; fact < month.bodies.size(); ++fact) {
      const std::int64_t amount = month.amounts[fact] == large ? month.large_amounts[next_large++] : month.amounts[fact];
      facts.push_back({month.bodies[fact], start + month.days[fact], amount});
    }
    month = {};
    if (!std::is_sorted(facts.begin(), facts.end(), in_order)) {
      if (facts.size() < 512) std::sort(facts.begin(), facts.end(), in_order);
      else radix_sort(facts, start);
    }
    add_up(facts);
    if (!facts.empty()) months[index] = std::make_shared<const MonthFacts>(facts);
  }
  months_.clear();
  months_.shrink_to_fit();
  return std::make_shared<const SeriesFacts>(first_year_, std::move(months));
}

}  // namespace khuyenhoc
