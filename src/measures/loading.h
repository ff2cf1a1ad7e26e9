// The bulk door for statements: many at once, in order of time, with the very rows that stating them one by one would leave (generate, import of past years).
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <unordered_map>
#include <vector>

#include "measures/entry_mode.h"
#include "measures/statements.h"

namespace khuyenhoc {

// Holds what is needed to work remainders out without asking the store for each statement. Make one when nobody else writes, load period after period,
// throw it away; after a restructure make a new one.
class StatementLoading {
 public:
  StatementLoading(db::Reader& reader, Ledger& ledger);

  struct Mode {
    BodyId body;
    Period period;
    EntryMode mode = EntryMode::unset;
  };
  // How totals of units come about in a period; before the statements of that period. One for each body and period.
  void set_modes(db::Writer& writer, std::span<const Mode> modes, UserId by, std::int64_t now_ms);

  // Every statement is a first one of its whole period, with a value, within the totals above it; `by` and `at_ms` are taken from it, `id` and `row_version`
  // are given here. Nothing may have been stated for a later day; windows of one body and series do not overlap; and a unit's total comes in the same call as
  // the figures below it (what it only took over at a restructure shrinks by what is stated below). One call a transaction, which writes no other facts; the figures are visible after the commit.
  // Refusals: those of Statements::state for each single one, with "loading.order" and "loading.arrival" for what only state() can do.
  Result<void> load(db::Writer& writer, std::span<const Statement> statements, std::int64_t now_ms);

 private:
  struct Key {
    BodyId body;
    Series series = 0;
    Extent extent = Extent::subtree;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const noexcept;
  };
  struct Held {
    Day last = Day::earliest();        // of the last statement
    std::int64_t remainder = 0;        // of levels: what its remainder facts add up to
    std::int64_t taken_over = 0;       // of that, what others handed over to it (or it to others)
    Day handed = Day::earliest();      // the last day of that
    Source source;                     // what handed over that day
    bool only_taken_over() const { return last == Day::earliest() && handed != Day::earliest(); }
  };
  using HeldByKey = std::unordered_map<Key, Held, KeyHash>;
  class Round;

  Ledger& ledger_;
  OrganisationView organisation_;
  HeldByKey held_;
  std::map<std::pair<BodyId, Period>, EntryMode> modes_;
  Day latest_ = Day::earliest();
};

}  // namespace khuyenhoc
