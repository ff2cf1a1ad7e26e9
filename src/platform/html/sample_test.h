// What the sample page of the tests shows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "platform/html/json_text.h"
#include "platform/html/url.h"

namespace khuyenhoc {

struct SamplePage {
  std::string title;
  std::vector<std::string> rows;
  std::optional<Url> back;
  Day day;
  JsonText values;
};

}  // namespace khuyenhoc
