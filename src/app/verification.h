// Proves that what is shown is what was recorded: the trail's chain, the cube against sums made the plain way, stated totals, attached files.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "shell/house.h"

namespace khuyenhoc {

struct CubeVerdict {
  std::int64_t facts = 0;
  std::int64_t series = 0;               // with facts
  std::int64_t trees = 0;                // laid out and compared: both axes on several days
  std::int64_t figures = 0;              // compared, every unit and body of every tree
  std::vector<std::string> wrong;        // sentences; the first few
};

struct StatementVerdict {
  std::int64_t in_force = 0, looked_at = 0, conflicts = 0;
  std::vector<std::string> wrong;
};

struct FileVerdict {
  std::int64_t files = 0;
  std::int64_t bytes = 0;
  std::vector<std::string> wrong;
};

// Each fact is added to its body and to all that this one hangs under, tree by tree, without the orders and sums that the cube answers from.
CubeVerdict verify_cube(House& house);
// A stated total must be what its unit's figure says, or be shown as a conflict: a sample spread over all. What is kept of who has reported must be what
// the statements say: all of it.
StatementVerdict verify_statements(House& house);
FileVerdict verify_files(House& house);

}  // namespace khuyenhoc
