// Signing in and out, one's own settings, the accounts of the bodies in one's care, and the trail of changes.
#pragma once

#include "accounts/handing_out.h"
#include "accounts/site_address.h"
#include "accounts/slips.h"
#include "accounts/trail_words.h"
#include "shell/visit.h"

namespace khuyenhoc {

void add_account_pages(Pages& pages);
// The answer with the cookie of a session just begun; an empty token ends it.
http::Response with_session(http::Response response, const std::string& token);

}  // namespace khuyenhoc
