// What becomes of the associations when the units they answer for were merged, divided or went: the acts of a reform, read from who followed whom.
#pragma once

#include "restructure/restructure.h"

namespace khuyenhoc {

// From the tree of the day before to that of the day. Provinces take over their predecessors and the districts that went; communes their predecessors; a divided
// commune is split among the associations of its parts, its branches dealt out in turn, for whoever knows better to change.
std::vector<BodyAct> acts_following_territory(const Organisation& organisation, Day day);

}  // namespace khuyenhoc
