// Bodies as pages and papers of restructures name them: told apart from siblings called alike, and branches with the office that they answer to.
#pragma once

#include <string>

#include "organisation/organisation.h"

namespace khuyenhoc {

// "Chi hội Thôn 1 (xã Cư Huê cũ)" as it stood on the day; empty for one that is not there yet.
std::string name_then(const Organisation& organisation, BodyId body, Day day);
// Of a branch its office on the day, "Hội Khuyến học xã Ea Kar"; an association says by its name where it is.
std::string office_then(const Organisation& organisation, BodyId body, Day day);

}  // namespace khuyenhoc
