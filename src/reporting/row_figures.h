// The figures that stand behind a grid: of every branch, of the association itself and of the whole, for the period and for those it is compared with.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <vector>

#include "measures/figures.h"
#include "measures/periods.h"
#include "measures/statements.h"
#include "reporting/entry_columns.h"

namespace khuyenhoc {

// One question asked of all columns and rows at once.
struct RowFigures {
  std::unordered_map<BodyId, std::vector<std::int64_t>> of;     // by column
  std::vector<std::int64_t> whole;
  std::int64_t at(BodyId body, std::size_t column) const;
};

struct ComparedFigures {
  RowFigures now, before, last_year, earlier;                   // before: on the day before the period; earlier: the twelve months before it
  std::set<std::pair<BodyId, std::size_t>> stated_before, stated_last_year;   // somebody said so, even when it is 0
  // What stands beside in grey; none when nobody knows.
  std::optional<std::int64_t> was(const EntryColumn& column, const Catalogue& catalogue, BodyId body, std::size_t at) const;
  std::optional<std::int64_t> known_before(BodyId body, std::size_t at) const;
  std::optional<std::int64_t> known_last_year(BodyId body, std::size_t at) const;
};

Result<RowFigures> row_figures(const LedgerView& view, std::span<const EntryColumn> columns, const Question& question, std::span<const BodyId> bodies);
Result<ComparedFigures> compared_figures(const LedgerView& view, db::Reader& reader, const Ledger& ledger, const Periods& periods, const EntryColumns& columns, BodyId association,
                                         const NamedPeriod& period, Day day, std::span<const BodyId> bodies);

}  // namespace khuyenhoc
