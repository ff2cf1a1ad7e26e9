// What must be the same before and after a restructure: the answers of the cube in the old tree and in the new one, and the rows of the store.
#pragma once

#include <string>

#include "bench/reform_world.h"

namespace khuyenhoc::bench {

// Every series of one body or of everything: levels on some days, flows of some periods.
using Answers = std::vector<std::int64_t>;

struct NationalAnswers {
  Answers everything;                                      // by axis, series, day and period: of the whole association and of the whole country
  Answers provinces;                                       // the same of each of the 34, added up from the old ones where the tree is the old one
  Answers provinces_past;                                  // of these what was until the eve: later, in the old tree, a new body of several old provinces has a line of its own
  Answers communes;                                        // of old communes, in the tree of the eve, for days until then
  bool operator==(const NationalAnswers&) const = default;
};

// In the tree of `tree`; provinces and communes are grouped as the reform groups them, so that the answers of both trees can be laid side by side.
NationalAnswers national_answers(const ReformWorld& world, Day tree);
// A digest of the levels and flows of every body and every unit in the trees of the eve and of the day after the reform. `bodies`: those known before.
std::string digest_of_answers(const ReformWorld& world, std::size_t bodies, std::int64_t& answers);
// Bodies (but for their row versions), their names and places, successions, statements, and what the facts of each body, series and day add up to.
std::string digest_of_rows(db::Reader& reader, BodyId newest);

}  // namespace khuyenhoc::bench
