// The forms a round may be opened on, and the windows its office reports in.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rounds/rounds.h"

namespace khuyenhoc::rounds {

struct FormChoice {
  std::string value, label;              // of the choice on the page
  std::string code, family;
  std::vector<std::string> windows;      // it serves; empty: all of the family
  std::optional<NamedPeriod> request;    // of an ad-hoc request: the days it asks about
  std::vector<FormVersionId> versions;   // what the round pins
};
std::vector<FormChoice> form_choices(db::Reader& reader, const House& house, BodyId office, Day today);
std::shared_ptr<const Periods> round_periods(db::Reader& reader, const House& house, BodyId office);

}  // namespace khuyenhoc::rounds
