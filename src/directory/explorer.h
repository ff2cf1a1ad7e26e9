// The rows of both trees: bodies under their superior, units under theirs, each with what can be counted below it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "directory/outlook.h"
#include "organisation/systems.h"

namespace khuyenhoc::directory {

struct RowCounts {
  std::optional<std::int64_t> branches, boards, members;    // none: nothing is known, or not counted at this level
};

struct TreeRow {
  enum class Kind { body, unit, line } kind = Kind::body;   // line: an old unit or body whose figures are not divided yet
  Named who;
  std::int64_t below = 0;             // that stand directly under it on the day, and may be seen
  RowCounts counts;
  Named association;                  // of a unit: the association that answers for it
  bool wants_association = false;     // a commune, so its absence is worth saying
  std::vector<Named> of_old_units;    // of a commune without an association: those of the old communes, which go on until their decision comes
  std::string carer;                  // who of the office above looks after it; filled in by name_carers
  std::string former_area;            // of a branch: the old commune it lies in, "Xã Cư Huê (cũ)"
};

// Branches of several old communes stand under their old commune; everything else is one group without a label.
struct RowGroup {
  std::string label;
  std::vector<TreeRow> rows;
};
std::vector<RowGroup> grouped(std::vector<TreeRow> rows);

TreeRow row_of(const Outlook& outlook, BodyId body);
TreeRow row_of(const Outlook& outlook, UnitId unit);
std::vector<TreeRow> rows_below(const Outlook& outlook, BodyId superior);
std::vector<TreeRow> rows_below(const Outlook& outlook, UnitId parent);

// Who looks after each of an office's bodies, where somebody looks after any of them: the others are told as looked after by nobody.
void name_carers(db::Reader& reader, BodyId office, Day day, std::vector<TreeRow>& rows);

// Bodies of another system that work in the area of the viewer's unit, those on top with the ones under them named too.
struct Partner {
  std::string name, kind;
  std::vector<std::string> below;
};
struct SystemChoice {
  std::string code, label;
  std::int64_t bodies = 0;            // that the viewer may see
};
std::vector<SystemChoice> systems_in_sight(const Outlook& outlook, const Systems& systems);
std::vector<Partner> partners(const Outlook& outlook, std::string_view system);

}  // namespace khuyenhoc::directory
