// The forms a round may be opened on, and the windows its office reports in.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rounds/reporting_round.h"

namespace khuyenhoc::rounds {

struct FormChoice {
  std::string value, label;              // of the choice on the page
  std::string code, family;
  std::vector<std::string> windows;      // it serves; empty: all of the family
  std::optional<NamedPeriod> request;    // of an ad-hoc request: the days it asks about
  std::optional<Day> request_due;        // and the day it wants them by
};
// Those in force, and the ad-hoc request `wanted` when it is one.
std::vector<FormChoice> form_choices(db::Reader& reader, const House& house, BodyId office, Day today, std::string_view wanted);
// What a round of the window pins of the form.
std::vector<FormVersionId> form_pins(db::Reader& reader, const House& house, const FormChoice& form, BodyId office, Period window);
std::shared_ptr<const Periods> round_periods(db::Reader& reader, const House& house, BodyId office);

}  // namespace khuyenhoc::rounds
