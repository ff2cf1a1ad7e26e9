// The groups of pages that add_account_pages puts together.
#pragma once

#include "accounts/accounts.h"

namespace khuyenhoc {

void add_sign_in_pages(Pages& pages);
void add_setting_pages(Pages& pages);
void add_office_pages(Pages& pages);    // the list of accounts, one account, new ones, the trail
void add_change_pages(Pages& pages);    // handing over, leaving, coming back, deputising
void add_slip_pages(Pages& pages);      // sheets of many slips

}  // namespace khuyenhoc
