#include "boards/arrangement.h"

#include <algorithm>

#include "base/text.h"

namespace khuyenhoc {
namespace {

using By = Arrangement::By;
using Filter = Arrangement::Filter;
using Order = Arrangement::Order;

bool matches(const BoardRow& row, Filter filter) {
  switch (filter) {
    case Filter::below_90: {
      const auto share = reached(row);
      return share && share->below_90();
    }
    case Filter::fallen: return row.now.defined() && row.then.defined() && !row.now.is_ratio && row.now.value < row.then.value && !(row.report == BoardRow::Report::silent && row.now.value == 0);
    case Filter::silent: return row.report == BoardRow::Report::silent;
    case Filter::all: break;
  }
  return true;
}

// What a row is sorted by; a fraction, compared without rounding. Rows without one stand last in either order.
struct SortKey {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
};

std::optional<SortKey> key_of(const BoardRow& row, By by) {
  switch (by) {
    case By::now:
      if (row.now.defined()) return SortKey{row.now.value, row.now.denominator};
      break;
    case By::then:
      if (row.then.defined()) return SortKey{row.then.value, row.then.denominator};
      break;
    case By::change:
      if (row.now.defined() && row.then.defined() && !row.now.is_ratio) return SortKey{row.now.value - row.then.value, 1};
      break;
    case By::target:
      if (row.target) return SortKey{*row.target, 1};
      break;
    case By::reached:
      if (const auto share = reached(row)) return SortKey{share->value, share->target};
      break;
    case By::usual:
    case By::name: break;
  }
  return std::nullopt;
}

bool less(const SortKey& a, const SortKey& b) {
  return static_cast<long double>(a.numerator) * static_cast<long double>(b.denominator) < static_cast<long double>(b.numerator) * static_cast<long double>(a.denominator);
}

void sort_rows(std::vector<const BoardRow*>& rows, By by, Order order) {
  if (by == By::name) {                              // they come by name
    if (order == Order::descending) std::ranges::reverse(rows);
    return;
  }
  std::ranges::stable_sort(rows, [&](const BoardRow* a, const BoardRow* b) {
    const auto first = key_of(*a, by), second = key_of(*b, by);
    if (!first || !second) return first.has_value() && !second;
    return order == Order::ascending ? less(*first, *second) : less(*second, *first);
  });
}

}  // namespace

BoardRow added(std::span<const BoardRow* const> rows) {
  BoardRow out;
  out.now = out.then = Figure{};
  bool all_have_targets = !rows.empty();
  bool any_has_a_target = false;
  std::int64_t targets = 0;
  for (const BoardRow* row : rows) {
    add_figure(out.now, row->now);
    add_figure(out.then, row->then);
    all_have_targets = all_have_targets && row->target && !row->now.is_ratio;
    any_has_a_target = any_has_a_target || (row->target && !row->now.is_ratio);
    targets += row->target.value_or(0);
  }
  if (all_have_targets) out.target = targets;
  else if (any_has_a_target) out.targets_of_some = targets;
  return out;
}

Arrangement::By usual_sort(const Board& board) {
  const auto any = [&](auto has) {
    return std::ranges::any_of(board.sections, [&](const BoardSection& section) {
      return std::ranges::any_of(section.rows, [&](const BoardRow& row) { return row.kind == Part::Kind::child && has(row); });
    });
  };
  if (any([](const BoardRow& row) { return reached(row).has_value(); })) return By::reached;
  if (board.is_parted()) return By::name;
  if (any([](const BoardRow& row) { return row.now.defined() && !row.now.is_ratio && row.then.defined() && row.then.value != 0; })) return By::change;
  if (any([](const BoardRow& row) { return row.now.defined() && row.now.is_ratio; })) return By::now;
  return By::name;
}

ArrangedSection arranged(const BoardSection& section, const Board& board, const Arrangement& arrangement, std::size_t at_most) {
  ArrangedSection out;
  std::vector<const BoardRow*> others;
  for (const BoardRow& row : section.rows) {
    if (row.kind != Part::Kind::child) {
      out.apart.push_back(&row);
      continue;
    }
    ++out.children;
    (matches(row, arrangement.filter) ? out.shown : others).push_back(&row);
  }
  const By usual = usual_sort(board);
  sort_rows(out.shown, arrangement.by == By::usual ? usual : arrangement.by, arrangement.order);
  // a row more or two say more than a line for the rest
  if (arrangement.shown == Arrangement::Shown::first_ones && out.shown.size() > at_most + 2) {
    others.insert(others.begin(), out.shown.begin() + static_cast<std::ptrdiff_t>(at_most), out.shown.end());
    out.shown.resize(at_most);
  }
  out.rest_count = others.size();
  if (!others.empty()) out.rest = added(others);
  return out;
}

std::size_t matching(const Board& board, Arrangement::Filter filter) {
  std::size_t count = 0;
  for (const BoardSection& section : board.sections)
    count += static_cast<std::size_t>(std::ranges::count_if(section.rows, [&](const BoardRow& row) { return row.kind == Part::Kind::child && matches(row, filter); }));
  return count;
}

}  // namespace khuyenhoc
