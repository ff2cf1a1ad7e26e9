// What each row of a list of bodies would do, judged with all the others at hand.
#pragma once

#include <memory>
#include <vector>

#include "importing/importing.h"
#include "organisation/contacts_in_bulk.h"
#include "organisation/staged_bodies.h"

namespace khuyenhoc::body_lists {

struct RowPlan {
  enum class Does { nothing, founds, changes_contact } does = Does::nothing;
  NewBody given;                           // founds
  std::optional<std::size_t> superior_row; // its superior is founded by this row
  BodyId existing;                         // matched
  Contact before, after;                   // of the existing one; of a new one `after` says who heads it
};

struct Plan : ImportPlan {
  std::vector<RowPlan> does;
  // while it is being written
  std::unique_ptr<StagedBodies> staged;
  std::unique_ptr<StagedContacts> contacts;
  std::vector<BodyId> ids;                 // by row
  const std::size_t* first_chosen = nullptr;
  std::vector<std::size_t> founded_before; // how many of the chosen rows before each one found a body
  std::vector<std::size_t> changed_before; // … and how many change a contact
};

std::unique_ptr<Plan> judge(db::Reader& reader, const ImportContext& context, const ImportRows& rows);

}  // namespace khuyenhoc::body_lists
