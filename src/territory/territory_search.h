// What Territory::search() looks through: folded names of every version, made when somebody first searches.
#pragma once

#include <string>
#include <vector>

#include "territory/territory.h"

namespace khuyenhoc {

struct Territory::SearchIndex {
  struct Names {
    std::string name;      // folded "ea kar"
    std::string full;      // folded "xa ea kar"
  };
  std::vector<std::vector<Names>> versions;   // by node, then by version
};

}  // namespace khuyenhoc
