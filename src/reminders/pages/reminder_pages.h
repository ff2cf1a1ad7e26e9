// What the pages of reminders share.
#pragma once

#include "reminders/pages/reminder_views.h"
#include "reminders/reminders.h"

namespace khuyenhoc::reminder_pages {

// "https://hoi.example.vn" as people reach this site.
std::string site_of(const http::Request& request);
void add_office_pages(Pages& pages);
void add_own_pages(Pages& pages, const std::vector<DueDaySource>& sources);

}  // namespace khuyenhoc::reminder_pages
