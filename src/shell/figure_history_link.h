// Where the history of a figure is told (src/figure_history): for every page that shows one.
#pragma once

#include <string_view>

#include "measures/periods.h"
#include "platform/html/url.h"

namespace khuyenhoc {

// `measure`: code of the indicator ("B01").
inline Url figure_history_link(BodyId body, std::string_view measure, Period window) {
  return Url("/lich-su-so-lieu").with("don-vi", body.value).with("chi-tieu", measure).with("tu", window.first.iso()).with("den", window.last.iso());
}

}  // namespace khuyenhoc
