// The figures of one paper: what was done, the same period, the plan, and a row for each body, out of one view.
#pragma once

#include <map>

#include "reports/round_paper.h"

namespace khuyenhoc {

class PaperFigures {
 public:
  // `paper` has its report, round, form and catalogue. Of a signed one, the totals are the version's to the last digit.
  PaperFigures(const House& house, const RoundPaper& paper, LedgerView view, Lens lens, std::optional<VersionContent> content = std::nullopt);

  std::optional<Figure> done(MeasureIndex measure) const;
  // What the signature froze of figures that come from an earlier period.
  void know(const FrozenPaper& beside) { from_before_ = beside.from_before; }
  std::vector<FrozenPaper::Row> branch_rows(const std::vector<MeasureIndex>& columns) const;
  // What a signature freezes beside (frozen_paper.h), as it stands now. `more`: columns that rows of branches are kept for besides those of the annex.
  FrozenPaper beside(db::Reader& reader, const std::vector<MeasureIndex>& more) const;
  PaperAnnex annex(const FrozenPaper& beside) const;

  bool by_branches() const;                      // its children are branches: what they stated, not what was closed

 private:
  std::optional<Figure> year_before(MeasureIndex measure) const;
  bool comparable(MeasureIndex measure) const;
  std::string missing() const;
  bool is_from_before(MeasureIndex measure) const;
  void put_branches(PaperAnnex& annex, const FrozenPaper& beside) const;
  void put_associations(PaperAnnex& annex) const;
  std::string note_of(BodyId child) const;
  std::string group_of(BodyId body) const;

  const House& house_;
  const RoundPaper& paper_;
  OrganisationView organisation_;
  Question question_;
  Figures figures_, of_the_year_before_;
  std::optional<VersionContent> content_;
  std::optional<Coverage> coverage_;
  std::map<MeasureIndex, Figure> from_before_;
};

}  // namespace khuyenhoc
