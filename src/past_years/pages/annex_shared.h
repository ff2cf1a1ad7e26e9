// What the steps of one annex share: finding it within the office, its version, its steps, its workbook.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "past_years/annex_table.h"
#include "past_years/pages/past_year_views.h"
#include "platform/files/files.h"

namespace khuyenhoc::past_years {

// {phu_luc} of the address, when it belongs to the office of the address and that is within the viewer's scope.
std::optional<Annex> annex_of(const Visit& visit);
Url annex_page(const Annex& annex);
bool same_version(const Visit& visit, const Annex& annex);
std::string stale_words();
Steps steps_of(const Visit& visit, const Annex& annex, int current);
// Of an annex half way: "Đang ghi", "Ghi dở dang"; "mới có 2.100 trên 5.400 số".
std::string half_way_state(const Annex& annex, std::int64_t now_ms);
std::string half_way_words(const Annex& annex);
std::string summary_json(const std::string& summary);
std::vector<std::string> sheet_names(House& house, const Annex& annex);
// A PDF or a picture; "annex.signed_kind" for anything else.
Result<files::Attachment> accept_signed(const http::Upload& given);

}  // namespace khuyenhoc::past_years
