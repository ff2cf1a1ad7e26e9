// Somebody as they may act now, without a session of theirs: for work that goes on after the page was left.
#pragma once

#include <optional>
#include <string>

#include "shell/house.h"

namespace khuyenhoc {

// With the bodies and permissions held today; none when they may not sign in any more, or do not deputise any more.
std::optional<Viewer> acting_viewer(const House& house, UserId user, std::optional<UserId> on_behalf_of, const std::string& name, BodyId body);

}  // namespace khuyenhoc
