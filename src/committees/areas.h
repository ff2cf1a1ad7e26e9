// Who of an office looks after which bodies below it, from day to day: shown on the body's page, and what boards, reminders and rates group by.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "access/viewer.h"
#include "organisation/posts.h"
#include "shell/house.h"

namespace khuyenhoc {

// One body in the care of one holder. It counts as long as the holder holds the post.
struct LookedAfter {
  std::int64_t id = 0;
  BodyId office, body;
  std::int64_t holding = 0;
  Day from;
  std::optional<Day> until;              // first day no longer
};

// In force on the day, whose holders hold their posts; of a body each office names at most one.
std::vector<LookedAfter> looked_after_by(db::Reader& reader, BodyId office, Day day);
std::vector<LookedAfter> looked_after_history(db::Reader& reader, BodyId body);            // of one body, newest first

// The group a body falls into for its office: by who looks after it, or after the nearest body above it. None: nobody does.
struct Carer {
  PostHolding holding;
  BodyId office;
  std::string name() const { return holding.person_name; }
};
std::optional<Carer> who_looks_after(db::Reader& reader, const Organisation& organisation, BodyId body, Day day);
// The bodies directly below an office by holder, in the order of the posts; those whom nobody looks after stand under 0.
std::map<std::int64_t, std::vector<BodyId>> bodies_by_carer(db::Reader& reader, const Organisation& organisation, BodyId office, Day day);

// Who may be given bodies: those who lead the office or sit in its standing committee, by their posts.
std::vector<PostHolding> possible_carers(db::Reader& reader, BodyId office, Day day);

// One line of the table that assigns them: whom a body gets (0: nobody), and what the table said when it was read (the assignment's id, 0 for none).
struct CareWanted {
  BodyId body;
  std::int64_t holding = 0, known = 0;
};
// From the day on. What does not change stays as it is. "areas.body", "areas.holder", "areas.stale" (place: the body), "areas.days", and those of look_after().
// Says how many changed.
Result<std::size_t> assign_carers(House& house, const Viewer& viewer, BodyId office, const std::vector<CareWanted>& wanted, Day from);

}  // namespace khuyenhoc
