// The token that a page's forms carry: pages are compressed, so one that stood in every page unchanged could be guessed from their sizes; each page has it under a fresh mask.
#pragma once

#include <string>
#include <string_view>

#include "platform/http/request.h"

namespace khuyenhoc {

std::string masked_token(std::string_view token);
// Whether a changed form, or an island's request, carries the token (X-CSRF-Token, or the field csrf).
bool carries_token(const http::Request& request, std::string_view token);

}  // namespace khuyenhoc
