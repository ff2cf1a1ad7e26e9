// What the office above asked to be corrected, shown where figures are entered. Told by the room above that keeps what is signed and sent back.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "measures/periods.h"
#include "organisation/organisation.h"
#include "platform/db/db.h"

namespace khuyenhoc {

struct AskedCorrection {
  BodyId body;                          // the association itself or one of its branches
  std::string measure, reason;          // "B01"
};
using AskedCorrections = std::function<std::vector<AskedCorrection>(db::Reader&, BodyId association, const NamedPeriod&)>;

}  // namespace khuyenhoc
