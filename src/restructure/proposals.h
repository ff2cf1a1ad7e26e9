// What a restructure usually comes to, proposed from the rules: names and kinds of the bodies to be opened, whose superior they get, which branch goes where.
#pragma once

#include <string>
#include <vector>

#include "restructure/draft.h"

namespace khuyenhoc {

struct Proposals {
  const Organisation& organisation;
  const Systems& systems;
  Day day;                              // first day of the new state

  // "Hội Khuyến học xã Ea Kar", "Xã Ea Kar" from the unit an association is to answer for; of a branch the names stay as they are.
  DraftBody association_of(UnitId unit, const std::string& kind, BodyId superior) const;
  // The units in which the bodies' areas lie on the day, each once: where theirs are gone, what those became.
  std::vector<UnitId> units_of(const std::vector<BodyId>& bodies) const;
  // One new body for all: kind, superior and area of the first; its name from the unit that they share.
  DraftBody merged(const std::vector<BodyId>& bodies) const;
  // Where a body's area was divided: one part for each unit, an association that is there already as a successor.
  void split(DraftAct& act) const;
  // Branches whose area, or the old one they record, lies in one part only; the others have none yet.
  void branches(DraftAct& act, const RestructureDraft& draft) const;
  // What the territory's own reform suggests for the associations in the draft's unit whose old commune is gone: those of one new commune become one, a divided
  // one divides. Bodies that the draft names already are left alone. Says how many acts were added.
  std::size_t follow_the_territory(RestructureDraft& draft) const;
  // The superior of a body on the day: its own while that lives on, else the association of what its area became.
  BodyId superior_of(BodyId body) const;
  // Kinds that may answer to a superior of this kind, in the order of the catalogue.
  std::vector<const BodyKind*> kinds_under(const BodyKind& superior) const;
};

}  // namespace khuyenhoc
