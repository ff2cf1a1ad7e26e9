// The groups of pages that add_account_pages puts together.
#pragma once

#include "accounts/accounts.h"

namespace khuyenhoc {

void add_sign_in_pages(Pages& pages);
void add_setting_pages(Pages& pages);
void add_office_pages(Pages& pages);    // accounts of other people, the trail

}  // namespace khuyenhoc
