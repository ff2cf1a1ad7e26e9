// Signing in and out, one's own settings, the accounts of the bodies in one's care, and the trail of changes.
#pragma once

#include "accounts/trail_words.h"
#include "shell/visit.h"

namespace khuyenhoc {

void add_account_pages(Pages& pages);

}  // namespace khuyenhoc
