// Who reports below a body: its associations and the branches that report through each. Worked out once for each tree, for every page of a round asks it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "organisation/organisation.h"

namespace khuyenhoc {

// An association of a commune, or of an office or university.
struct ReportingAssociation {
  struct Branch {
    BodyId body;
    Node node = no_node;
  };
  enum class Of { commune, office } of = Of::commune;
  BodyId body;
  Node node = no_node;
  std::string name;                     // short: "Xã Ea Kar"
  std::vector<Branch> branches;         // and boards, by name
};
using RoundRoster = std::vector<ReportingAssociation>;             // by name

std::shared_ptr<const RoundRoster> round_roster(const OrganisationView& organisation, BodyId above, Day day);

}  // namespace khuyenhoc
