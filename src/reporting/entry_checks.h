// What a row of the grid has to be told: checks with their arithmetic, blanks, lists that are not complete, changes that need a reason.
#pragma once

#include "measures/checks.h"
#include "reporting/entry_sheet.h"
#include "reporting/row_figures.h"

namespace khuyenhoc {

// The figures of one row as the checks ask for them: what is blank is not known, what a commune records no branch has.
class RowTerms {
 public:
  RowTerms(const Catalogue& catalogue, const EntryColumns& columns, const ComparedFigures& compared, const EntryRow& row, Day born, const NamedPeriod& period)
      : catalogue_(catalogue), columns_(columns), compared_(compared), row_(row), is_new_(born >= period.period.first) {}
  std::optional<std::int64_t> operator()(const Term& term) const;

 private:
  const Catalogue& catalogue_;
  const EntryColumns& columns_;
  const ComparedFigures& compared_;
  const EntryRow& row_;
  bool is_new_;
};

struct ListedMembers {
  std::int64_t stated = 0;
  std::int64_t listed = 0;
};

// Fills the row's remarks, blanks and flags from its cells.
void judge_row(EntryRow& row, const Catalogue& catalogue, const AskedForms& asked, const ComparedFigures& compared, const RowTerms& terms, const std::optional<ListedMembers>& listed);
// What changed so much against the same period last year that whoever signs will be asked why.
std::vector<EntryRemark> jumps_of_whole(const Catalogue& catalogue, const EntryColumns& columns, const ComparedFigures& compared);
// A finding as it stands in a margin: without the full stop after its title.
EntryRemark remark_of(const Catalogue& catalogue, const Finding& finding);

}  // namespace khuyenhoc
