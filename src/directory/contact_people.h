// Whom else to call in a body beside its head: several people, each for a task, from a day until a day; those before stay readable.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "access/viewer.h"
#include "shell/house.h"

namespace khuyenhoc::directory {

struct ContactPerson {
  std::int64_t id = 0;
  BodyId body;
  std::string name, task, telephone;     // task: "Phụ trách số liệu"; telephone may be empty
  Day from;
  std::optional<Day> until;              // first day no longer
  std::int64_t row_version = 1;
  bool on(Day day) const { return from <= day && (!until || day < *until); }
};
std::vector<ContactPerson> contact_people(db::Reader& reader, const crypto::KeyRing& keys, BodyId body);     // newest first

// In the caller's transaction, with its entry in the trail. "person.name", "person.task", "person.telephone", "person.days"
Result<ContactPerson> add_contact_person(House& house, db::Writer& writer, const Viewer& viewer, ContactPerson given);
// "person.unknown", "person.stale", "person.days"
Result<void> end_contact_person(House& house, db::Writer& writer, const Viewer& viewer, BodyId body, std::int64_t person, Day first_day_gone, std::int64_t expected_version);

}  // namespace khuyenhoc::directory
