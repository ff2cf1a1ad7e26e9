// The way back to the steps of the start, for whoever is in the middle of them: the pages that the steps lead to put it first in their trail.
#pragma once

#include <optional>

#include "shell/visit.h"

namespace khuyenhoc {

inline constexpr std::string_view start_cookie = "dang_bat_dau";
// Set by the page of the steps while some are left, taken away when none is; the browser forgets it when it is closed.
enum class StartSteps { left, all_closed };
void remember_start(http::Response& response, StartSteps steps);
std::optional<FrameLink> start_under_way(const Visit& visit);
// The same in front of a trail.
std::vector<FrameLink> after_start(const Visit& visit, std::vector<FrameLink> trail);

}  // namespace khuyenhoc
