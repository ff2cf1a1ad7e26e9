// What the page of an administrative unit says: its names and codes in time, what it is made of and what became of it, by which act, and who answers for it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "directory/explorer.h"
#include "territory/territory_store.h"

namespace khuyenhoc::directory {

struct UnitEra {
  Day from;                             // Day::earliest(): from before any record
  std::optional<Day> until;             // last day
  std::string name, code, parent;
};

struct UnitAct {
  Day day;
  std::string title, legal_basis;
};

struct UnitRecord {
  UnitId id;
  std::string name, level, code;
  bool alive = true;                    // on the outlook's day
  Day born;
  std::optional<Day> ended;
  std::vector<Named> path;
  std::optional<Named> association;     // that answers for it
  bool wants_association = false;
  std::vector<Named> of_old_units;      // of a commune without one: the associations of the old communes, still at work
  std::string made_of;                  // "Xã Ea Kar gồm thị trấn Ea Kar và xã Cư Huê (cũ)." Empty where it is as it always was.
  std::string became;                   // "Từ 01/7/2025, địa bàn này thuộc xã Ea Kar."
  std::vector<Named> predecessors, successors;
  std::vector<UnitEra> eras;            // newest first
  std::vector<UnitAct> acts;            // newest first
  std::vector<TreeRow> below;
};
UnitRecord record_of(const Outlook& outlook, UnitId unit);
std::vector<UnitAct> acts_of(db::Reader& reader, UnitId unit);

}  // namespace khuyenhoc::directory
