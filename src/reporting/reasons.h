// Why a figure changed so much: given at its cell by who typed it, kept with the figure, shown to whoever receives it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "measures/statements.h"
#include "platform/db/db.h"

namespace khuyenhoc {

struct FigureReason {
  BodyId body;
  std::string measure;                  // as the desk names it: "B01", "D02-rieng"
  std::string text;
  UserId by;
  std::int64_t at_ms = 0;               // its version, too
};

// The reasons given for figures of these bodies in the window, by body and measure. For grids, reports, whoever receives.
std::vector<FigureReason> figure_reasons(db::Reader& reader, std::span<const BodyId> bodies, Period window);
const FigureReason* find_reason(std::span<const FigureReason> reasons, BodyId body, std::string_view measure);

inline constexpr std::size_t longest_reason = 500;      // characters

}  // namespace khuyenhoc
