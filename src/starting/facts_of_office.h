// What is known of an office that begins: the bodies below it and what each of them has; the six steps are judged by these.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "starting/steps.h"
#include "starting/steps_queries.h"

namespace khuyenhoc::starting {

struct OfficeFacts {
  House& house;
  db::Reader& reader;
  const Viewer& viewer;
  OrganisationView organisation;
  BodyId body;
  Day today;
  std::string name = {};
  BodyKind::Level level = BodyKind::Level::commune;
  bool territorial = true;                         // answers for a unit; an office or a university does not
  std::vector<BodyId> associations = {};                // below it, without itself
  std::vector<BodyId> branches = {};                    // branches and boards below it
  std::vector<UnitId> units = {};                       // that should have an association directly below: communes of a province, provinces of the country
  std::size_t units_with_association = 0;
  std::size_t own_branches = 0;                    // that answer to it directly
  std::size_t associations_without_branches = 0;
  std::unordered_map<BodyId, starting_sql::KnownContact> contacts = {};
  std::unordered_set<BodyId> can_sign = {}, can_enter = {};  // some post of the body brings the permission
  std::unordered_map<BodyId, std::size_t> accounts = {};    // how many act for the body
  struct Accounts {
    std::size_t in_use = 0, unused = 0, expired = 0, without_slip = 0;
    std::size_t all() const { return in_use + unused + expired + without_slip; }
  } signed_in = {};                                     // of the office and below it
};
OfficeFacts office_facts(House& house, db::Reader& reader, const Viewer& viewer, BodyId body);

StepView bodies_step(const OfficeFacts& office);
StepView posts_step(const OfficeFacts& office);
StepView accounts_step(const OfficeFacts& office);
StepView letterhead_step(const OfficeFacts& office);
StepView targets_step(const OfficeFacts& office);
StepView past_years_step(const OfficeFacts& office);

}  // namespace khuyenhoc::starting
