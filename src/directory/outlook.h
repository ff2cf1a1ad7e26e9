// With which eyes the directory is read: who asks, over which scope, for which period, in the tree of which day.
#pragma once

#include "access/viewer.h"
#include "measures/figures.h"

namespace khuyenhoc::directory {

struct Outlook {
  const Viewer& viewer;
  Scope scope;                // of Permission::see_figures: what lies outside is as if it did not exist
  LedgerView ledger;
  Period period;
  Day tree;

  const Organisation& organisation() const { return *viewer.organisation(); }
  const Territory& territory() const { return viewer.organisation()->territory(); }
  bool tree_is_old() const { return tree != viewer.today(); }
  Question about(Subject subject) const { return {subject, period, tree, Lens::live}; }
};

// A body or unit as it is named on a page; `open` where it leads to a page of its own.
struct Named {
  Subject subject;
  std::string name;
  bool open = false;
};

Named named(const Outlook& outlook, BodyId body);
Named named(const Outlook& outlook, UnitId unit);
std::vector<Named> associations_of_old_units(const Outlook& outlook, UnitId unit);      // organisation/in_charge.h
// What stands above, from the top down to the one directly above. In the tree of the outlook's day.
std::vector<Named> path_of(const Outlook& outlook, BodyId body);
std::vector<Named> path_of(const Outlook& outlook, UnitId unit);

// What stands for a body or unit in the tree of a day: itself, or its successors, or its predecessors alive then; empty when nothing does.
std::vector<BodyId> standing_for(const Organisation& organisation, BodyId body, Day day);
std::vector<UnitId> standing_for(const Territory& territory, UnitId unit, Day day);

// Whether a body is asked for a measure at all: a branch only for what its short form holds. What nobody asked for is no zero.
bool is_asked(const Outlook& outlook, BodyId body, MeasureIndex measure);

}  // namespace khuyenhoc::directory
