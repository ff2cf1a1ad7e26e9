// The groups of pages that add_reporting_round_pages puts together, and what they share.
#pragma once

#include "rounds/pages/round_views.h"
#include "rounds/add_pages.h"
#include "rounds/round_parts.h"

namespace khuyenhoc::rounds {

void add_list_pages(Pages& pages);
void add_open_pages(Pages& pages);
void add_board_pages(Pages& pages, BoardActions more);
void add_calling_pages(Pages& pages);
void add_passing_pages(Pages& pages);
void add_record_pages(Pages& pages, ReportPage report_page);

inline RoundId round_of(const Visit& visit) { return visit.request().id<struct RoundTag>("round"); }
std::int64_t typed_whole(const Visit& visit, std::string_view field);   // 0 where it is none
// The body of ?trong=, where it is one the visitor may see.
BodyId looked_at(const Visit& visit);
// The whole address of a page, for messages: as the site is known from outside.
std::string whole_address(const Visit& visit, const Url& link);
std::string days_words(std::optional<int> days_left);            // "còn 2 ngày", "quá hạn 3 ngày", "hạn hôm nay"
std::string error_at_field(const FormErrors& errors, std::string_view field);
// Pages of a long list: the links, and what stands on this one.
struct Slice {
  std::size_t first = 0, last = 0;       // [first, last)
  std::vector<Chip> pages;
};
Slice slice_of(const Visit& visit, std::size_t all, std::size_t a_page, const Url& here);
// The form's fields once more when they are sent twice (an answer was lost on the way).
Result<std::string> once(const Visit& visit, const std::string& token, const std::function<Result<std::string>(db::Writer&)>& body);

}  // namespace khuyenhoc::rounds
