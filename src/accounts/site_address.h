// How people reach this site from outside: what stands on slips and in their QR codes.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace khuyenhoc {

// "https://hoi.example.vn", perhaps with a port, without a path: pages are addressed from the root. "serve.public_address"
Result<std::string> checked_public_address(std::string_view typed);
// As the administrator set it, checked; before the server starts. Empty: not set.
void set_public_address(std::string address);

// The address that was set; otherwise how a browser came here, where its Host header is a plain name or number with at most a port. Empty when neither is known.
std::string site_address(std::string_view host, std::string_view forwarded_protocol);

}  // namespace khuyenhoc
