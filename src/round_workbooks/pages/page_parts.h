// What the pages of a round's workbooks share: who is there, the head of a page, a job as it goes on.
#pragma once

#include "round_workbooks/pages/workbook_views.h"

namespace khuyenhoc::round_workbooks {

inline RoundId round_of(const Visit& visit) { return visit.request().id<struct RoundTag>("round"); }
std::string number(std::size_t value);
Head head_of(const Visit& visit, const ReportingRound& round, BodyId from, std::string title);
Work work_of(const Visit& visit, std::optional<jobs::JobId> id, bool going_on, Url at);
BodyId typed_from(const Visit& visit);       // the hidden field "trong"
http::Response show_start(const Visit& visit, BodyId from, const BoardFilter& filter, FormErrors errors, http::Status status);
void add_handing_out_pages(Pages& pages);
void add_taking_in_pages(Pages& pages);

}  // namespace khuyenhoc::round_workbooks
